"""The catalogues, a folder a language, and ``python -m mlpviz.interface.locale`` for those who write them."""
