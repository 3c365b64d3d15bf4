"""How much work a function does: counted, since a clock tells more of what else the machine has to do."""

import gc
import sys
import tracemalloc


def work(function, *args):
    """What a function returns, and how many calls were made for it."""
    calls = 0

    def note(frame, event, arg):
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        found = function(*args)
    finally:
        sys.setprofile(before)
    return found, calls


def memory(function, *args):
    """What a function returns, the bytes that it allocated at most, and those that are kept when it has ended."""
    gc.freeze()  # so that to collect costs what this function has made, not what stood before
    tracemalloc.start()
    try:
        found = function(*args)
        _, most = tracemalloc.get_traced_memory()
        gc.collect()  # what only circles hold is not kept
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.unfreeze()
    return found, most, kept
