"""What a multilayer perceptron is: architecture, expressions, equations, shapes. Standard library only."""
