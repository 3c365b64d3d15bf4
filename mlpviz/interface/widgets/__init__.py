"""What more than one page shows: matrices to edit, figures, tables."""
