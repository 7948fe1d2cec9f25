"""What is computed from the whole database and kept while the database stays as it is."""

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from registry.services.undisturbed import undisturbed
from registry.store import database

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Keeps the last few values of `make`, each for one database, revision and key.

    Where the key names all that a value rests on, `by_key` alone keeps it through revisions.
    Threads that ask for the same value at once wait for the first to make it; whoever asks for
    another one that is there already waits for nobody.
    """

    def __init__(self, most: int, *, by_key: bool = False) -> None:
        self._most = most
        self._by_key = by_key
        self._values: OrderedDict[tuple[str, int | None, Hashable], Value] = OrderedDict()
        self._making: dict[tuple[str, int | None, Hashable], Lock] = {}
        self._lock = Lock()

    def get(self, session: Session, key: Hashable, make: Callable[[], Value]) -> Value:
        at = None if self._by_key else database.revision(session)
        known = (database.name(session), at, key)
        with self._lock:
            if known in self._values:
                self._values.move_to_end(known)
                return self._values[known]
            making = self._making.setdefault(known, Lock())
        with making:
            with self._lock:
                if known in self._values:  # somebody else made it meanwhile
                    return self._values[known]
            with undisturbed():
                value = make()
                # Millions of objects that stay: looking for garbage among them stops every thread
                # for half a second. They hold no cycles and go when nobody refers to them.
                gc.freeze()
            with self._lock:
                self._values[known] = value
                self._making.pop(known, None)
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
            return value

    def latest(self, session: Session, key: Hashable) -> Value | None:
        """What was made last for the database and the key, perhaps of an earlier revision; None if
        nothing is kept. Only what is new of another one is worth making then."""
        name = database.name(session)
        with self._lock:
            kept = [(known, value) for known, value in self._values.items()]
        return next((v for (of, _, k), v in reversed(kept) if (of, k) == (name, key)), None)
