"""The Texts page; ``page`` is where to begin."""
