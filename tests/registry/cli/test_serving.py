"""Serving in several processes."""

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from registry import cli
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="serves in one process elsewhere")


def children(process):
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return set(map(int, found))


def status(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/method/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def serving(database_url, port):
    assert cli.main(["init", "--database", database_url]) == 0
    command = [sys.executable, "-m", "registry.cli", "serve", "--no-worker", "--processes", "2"]
    command += ["--port", str(port), "--database", database_url]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: len(children(process)) == 2 and status(port))
            yield process
        finally:
            process.kill()


def is_there(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{process_id}/status").read_text()


def test_they_end_with_the_one_that_began_them(serving, port):
    begun = children(serving)
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(PATIENCE) == 0
    assert not any(map(is_there, begun))
    assert status(port) is None


def test_they_end_also_where_it_had_no_time_to_tell_them(serving):
    begun = children(serving)
    serving.kill()
    until(lambda: not any(map(is_there, begun)))
