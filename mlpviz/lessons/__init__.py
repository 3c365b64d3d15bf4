"""Lessons: scenes with a text, a link and a question, as data."""
