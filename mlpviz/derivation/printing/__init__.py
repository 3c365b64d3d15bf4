"""Writes trees as text: one printer, and a dialect for LaTeX, code, plain text and a learner's formula."""
