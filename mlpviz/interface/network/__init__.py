"""The Network page; ``page`` is where to begin."""
