"""From text to trees: what was written, in any dialect, and what it means in a network."""
