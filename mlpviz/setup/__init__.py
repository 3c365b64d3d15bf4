"""A setup in a link and in a file: everything that is on screen, as one declared list of properties."""
