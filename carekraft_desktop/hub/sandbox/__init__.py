"""The sandbox: a generated office with its patients, a public that goes on, and bad luck to order.

Nothing in here exists unless the exchange is started with it.
"""
