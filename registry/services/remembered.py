"""What is computed from the whole database and kept while the database stays as it is."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from registry.store.database import revision

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Keeps the last few values of `make`, each for one database, revision and key.

    Where the key names all that a value rests on, `by_key` alone keeps it through revisions.
    Threads that ask for the same value at once wait for the first to make it.
    """

    def __init__(self, most: int, *, by_key: bool = False) -> None:
        self._most = most
        self._by_key = by_key
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, session: Session, key: Hashable, make: Callable[[], Value]) -> Value:
        at = None if self._by_key else revision(session)
        known = (str(session.get_bind().engine.url), at, key)
        with self._lock:
            if known not in self._values:
                self._values[known] = make()
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
            self._values.move_to_end(known)
            return self._values[known]
