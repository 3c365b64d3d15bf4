"""Trains: the pass that the stepper shows, over and over, and an update after each."""
