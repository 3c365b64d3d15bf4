"""Decides which part of a training step runs in which kernel."""
