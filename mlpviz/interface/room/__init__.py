"""The room: the line that a class sees on every page, and the addresses that its browsers ask."""
