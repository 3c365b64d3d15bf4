"""Training runs in the background: a run is a directory, worked on by a process of its own."""
