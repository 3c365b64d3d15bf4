"""Writes the equations: in a notation, as LaTeX, as a sum for one entry, as code."""
