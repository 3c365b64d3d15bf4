"""What people write: formulas and programs of our own spelling, with labels proven without the package."""
