"""Many networks of one architecture trained at once: the same equations, and every array has one more axis."""
