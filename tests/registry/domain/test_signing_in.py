"""Failed attempts slow further ones down: those of the same client, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.domain.signing_in import (
    Failures,
    TooManyAttempts,
    is_loopback,
    network,
    require_patience,
)

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
NONE = Failures(0)


def wait(of_name=NONE, of_address=NONE):
    """Seconds until another attempt is looked at."""
    try:
        require_patience(of_name, of_address, NOW)
    except TooManyAttempts as error:
        return error.wait.total_seconds()
    return 0


@pytest.mark.parametrize(
    ("count", "seconds"),
    [(0, 0), (4, 0), (5, 5), (6, 10), (7, 20), (12, 640), (13, 900), (1_000_000, 900)],
)
def test_failures_with_a_name_from_one_client_double_the_wait_up_to_a_quarter_of_an_hour(
    count, seconds
):
    assert wait(of_name=Failures(count, NOW if count else None)) == seconds


@pytest.mark.parametrize(
    ("count", "seconds"), [(39, 0), (40, 5), (41, 10), (43, 40), (44, 60), (9_999, 60)]
)
def test_failures_with_any_names_from_one_client_slow_it_down_for_a_minute_at_most(count, seconds):
    assert wait(of_address=Failures(count, NOW)) == seconds


def test_the_wait_counts_from_the_last_failure():
    assert wait(of_name=Failures(7, NOW - timedelta(seconds=15))) == 5
    assert wait(of_name=Failures(7, NOW - timedelta(seconds=20))) == 0


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_one_client_is_one_address_or_one_network_of_the_newer_kind(address, client):
    assert network(address) == client


@pytest.mark.parametrize(
    ("host", "is_it"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("localhost.example", False),
        ("192.0.2.1", False),
        ("", False),
    ],
)
def test_only_loopback_is_this_machine(host, is_it):
    assert is_loopback(host) is is_it
