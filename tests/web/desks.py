"""A registry of one's own, in which tests may write, and its worker."""

from registry import worker
from registry.store.incoming import Incoming
from tests.queues import work_off
from tests.web.conftest import NOW


def shop(desk, clock=lambda: NOW):
    return worker.Workshop(desk.engine, desk.archive, Incoming(desk.config.incoming), clock=clock)


def work(desk):
    """Do every job that waits. Gives them as they ended."""
    mine = shop(desk)
    queue = worker.listen(mine)
    worker.look_after(mine, queue)
    done = work_off(queue)
    queue.storage.close()
    return done
