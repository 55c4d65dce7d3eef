"""The reference exchange: what offices speak with, over SQLite or PostgreSQL.

It imports the contract and nothing else of ours, so that it proves the contract sufficient.
"""
