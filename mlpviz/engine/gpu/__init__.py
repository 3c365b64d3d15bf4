"""The engine on a GPU: the same equations, planned into few launches and generated as CUDA C."""
