"""Windows that ask: what a table means before its points are shown."""
