"""Everything a person or the program does: one function, one use case, one transaction."""
