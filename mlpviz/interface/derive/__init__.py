"""The Derive page; ``page`` is where to begin."""
