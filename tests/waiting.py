"""Waiting for what happens elsewhere, with a bound."""

import time

PATIENCE = 30  # seconds


def until(what):
    """The first true answer of `what`."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if found := what():
            return found
        time.sleep(0.02)
    raise AssertionError("it never came")
