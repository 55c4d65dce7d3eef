"""The wire between an office and the exchange, as typed values; both sides import this alone.

Every value refuses what it does not understand of its own fields (types, lengths, codes) and
ignores fields it does not know, so that the exchange may add to the contract without a new
version (RFC 9413 is heeded: nothing malformed is repaired).
"""
