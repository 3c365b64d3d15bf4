"""The queue is fair between learners, bounded, and says everyone's place."""

import pytest

from mlpviz.jobs.queue import MOST_OF_ONE, MOST_WAITING, FairQueue, Full


def test_a_second_learner_goes_ahead_of_the_first_ones_backlog():
    queue = FairQueue()
    for k in range(8):
        queue.add(f"a{k}", "A", at_work=1)
    queue.add("b0", "B")
    queue.add("b1", "B")
    assert queue.place("b0") == 1
    assert queue.place("a0") == 2
    assert queue.place("b1") == 3
    order = []
    for _ in range(4):
        order.append(queue.next())
        assert queue.drop(order[-1])
    assert order == ["b0", "a0", "b1", "a1"]


def test_the_queue_is_bounded_and_says_so():
    queue = FairQueue()
    for k in range(MOST_OF_ONE):
        queue.add(f"a{k}", "A")
    with pytest.raises(Full, match=f"{MOST_OF_ONE} of your runs"):
        queue.add("more", "A")
    for k in range(MOST_WAITING - MOST_OF_ONE):
        queue.add(f"b{k}", f"B{k}")
    with pytest.raises(Full, match=f"{MOST_WAITING} runs"):
        queue.add("more", "C")


def test_a_run_waits_once_and_can_be_dropped():
    queue = FairQueue()
    queue.add("a", "A")
    queue.add("a", "A")
    assert len(queue) == 1
    assert queue.drop("a")
    assert not queue.drop("a")
    assert queue.next() is None
    assert queue.place("a") is None
