"""The line above a page that leads through a lesson."""
