"""Runs a network on arrays: parameters, one pass over buffers allocated once, and the checks of its gradients."""
