"""What every page stands in: frame, session, address, translation, toolbar, notation."""
