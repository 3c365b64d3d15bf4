"""A whole program, run on random networks by a small machine of its own: what each of its lines holds is told by value.

Nothing is evaluated by Python: names, attributes and functions are looked up in tables alone.
"""
