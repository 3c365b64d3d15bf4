"""The stepper: the payload in Python, the drawing in the browser."""
