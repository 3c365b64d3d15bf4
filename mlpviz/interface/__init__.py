"""The Streamlit side: the shell around every page, the widgets, the stepper, and a folder a page."""
