"""Hand-written stand-ins for the machine's edges; everything inside stays real in tests."""
