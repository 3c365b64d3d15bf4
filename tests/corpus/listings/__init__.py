"""The programs by dialect, each file a tuple of rows."""
