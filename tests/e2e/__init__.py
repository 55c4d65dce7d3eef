"""End-to-end: the program against a real exchange over loopback."""
