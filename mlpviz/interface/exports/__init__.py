"""What is taken away: a page of its own, documents and programs, all from the trees that the stepper shows."""
