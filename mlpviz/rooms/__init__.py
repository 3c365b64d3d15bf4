"""Rooms: what a class has in common, a teacher's place and one question, and the short codes of links."""
