"""Networks and data to start from."""
