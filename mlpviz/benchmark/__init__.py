"""Times ``mlpviz.train`` beside other libraries and the step's matrix products alone: python -m mlpviz.benchmark."""
