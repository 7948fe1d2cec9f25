"""How long a sign-in lasts, and how failed ones slow further ones down."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

IDLE = timedelta(hours=1)  # without a page asked for
LONGEST = timedelta(hours=12)
REMEMBERED = timedelta(hours=24)  # how long a failed attempt counts

# A name is never locked by itself: whoever tries another's name slows down only their own address.
_FREE_AT_NAME = 5
_FREE_AT_ADDRESS = 40  # offices share an address
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT_AT_NAME = timedelta(minutes=15)
_LONGEST_WAIT_AT_ADDRESS = timedelta(minutes=1)


class TooManyAttempts(Exception):
    """Too many attempts failed; `wait` says for how long none is looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many attempts to sign in from here have failed.")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Failures:
    """How many attempts failed within the time that they are remembered, and when the last did."""

    count: int
    last_at: datetime | None = None


def is_loopback(host: str) -> bool:
    """Whether a host without its port is the machine itself, by name or by number."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def network(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 that one IPv6 client has whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def require_patience(of_name: Failures, of_address: Failures, now: datetime) -> None:
    """Raises TooManyAttempts if it is too early for another attempt.

    `of_name` are the failures with this name from this address, `of_address` all failures from it.
    """
    wait = max(
        _wait(of_name, _FREE_AT_NAME, _LONGEST_WAIT_AT_NAME, now),
        _wait(of_address, _FREE_AT_ADDRESS, _LONGEST_WAIT_AT_ADDRESS, now),
    )
    if wait > timedelta(0):
        raise TooManyAttempts(wait)


def _wait(failures: Failures, free: int, longest: timedelta, now: datetime) -> timedelta:
    beyond = failures.count - free
    if beyond < 0 or failures.last_at is None:
        return timedelta(0)
    delay = min(_FIRST_WAIT * (1 << min(beyond, 20)), longest)
    return failures.last_at + delay - now
