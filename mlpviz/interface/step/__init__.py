"""The Step page; ``page`` is where to begin."""
