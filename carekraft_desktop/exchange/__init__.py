"""Our side of the wire: what comes in, what goes out, and the one socket between."""
