"""The Check page; ``page`` is where to begin."""
