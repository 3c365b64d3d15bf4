"""Writes the kernels of a schedule as CUDA C++."""
