"""Runs kernels and products on a GPU."""
