"""Our side of the wire."""
