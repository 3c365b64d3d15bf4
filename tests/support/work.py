"""How much work a function does: counted, since a clock tells more of what else the machine has to do."""

import gc
import sys
import tracemalloc
from cProfile import Profile


def work(function, *args):
    """What a function returns, and how many calls were made for it."""
    before, counting = sys.getprofile(), Profile()
    counting.enable()
    try:
        found = function(*args)
    finally:
        counting.disable()
        sys.setprofile(before)
    return found, sum(each.callcount for each in counting.getstats())


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
