"""The encrypted store of one workstation: SQLCipher through SQLAlchemy. Rows never leave it."""
