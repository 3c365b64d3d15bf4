"""A whole class from one machine: several processes of the app behind nginx."""
