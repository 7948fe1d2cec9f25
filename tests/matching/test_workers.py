import os
from concurrent.futures.process import BrokenProcessPool

import pytest

from matching import workers


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_the_order_of_the_pieces(processes):
    added = 7  # what the work refers to is there in every process
    assert list(workers.mapped(lambda each: each + added, range(50), processes)) == [
        each + 7 for each in range(50)
    ]


def test_several_processes_share_the_work():
    found = set(workers.mapped(lambda _each: os.getpid(), range(200), 2))
    assert os.getpid() not in found


def test_an_error_in_a_process_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        list(workers.mapped(lambda each: 1 // each, [1, 0, 1], 2))


def test_a_killed_process_is_an_error_and_no_endless_wait():
    with pytest.raises(BrokenProcessPool):
        list(workers.mapped(lambda _each: os.kill(os.getpid(), 9), range(4), 2))


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_done_beside_answers_when_it_is_asked(processes):
    added = 7
    with workers.beside(lambda: added + 1, processes) as answer:
        assert sum(workers.mapped(lambda each: each, range(10), processes)) == 45
        assert answer() == 8


def test_what_is_done_beside_is_done_by_another_process():
    with workers.beside(os.getpid, 2) as answer:
        assert answer() != os.getpid()


def test_an_error_beside_reaches_whoever_asks():
    with workers.beside(lambda: 1 // 0, 2) as answer, pytest.raises(ZeroDivisionError):
        answer()


def test_something_can_be_done_by_at_least_one_process():
    assert 1 <= workers.available() <= workers.MOST
