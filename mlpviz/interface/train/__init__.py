"""The Train page; ``page`` is where to begin."""
