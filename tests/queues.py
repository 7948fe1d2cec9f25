"""Doing what a queue says until it is empty, as a worker does."""


def work_off(queue):
    """Do every message. Gives the jobs as they ended, without those that nothing was done for."""
    done = []
    while queue.pending_count():
        done.append(queue.execute(queue.dequeue()))
    return [each for each in done if each]
