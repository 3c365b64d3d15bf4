"""Runs the equations with NumPy."""
