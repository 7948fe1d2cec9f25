"""Serving pages in several processes, which share what was computed before they parted.

One process of Python computes on one core at a time. The coverage of all subjects is made once,
before the fork; its memory is shared as long as nobody writes to it.
"""

import gc
import os
import signal
import socket
import threading
import time
from contextlib import suppress

from flask import Flask
from waitress import create_server

from registry.cli import printing
from registry.cli.failure import Failure
from registry.warming import keep_warm, warm

THREADS = 8  # in each process
BACKLOG = 1024  # connections that may wait
SHORTEST = 5.0  # seconds; a process that ends sooner would do so again and again


def listen(host: str, port: int) -> socket.socket:
    """Raises Failure if nobody may listen there."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        raise Failure(
            f"can not serve on {host}:{port}: {error.strerror}; choose another --port"
        ) from error


def run(app: Flask, listening: socket.socket, processes: int) -> None:
    """Answer until Ctrl+C or SIGTERM."""
    if processes == 1 or not hasattr(os, "fork"):
        warm(app)
        _answer(app, listening)
        return
    printing.say("computing the coverage that the processes share")
    warm(app).join()
    app.extensions["engine"].dispose()  # no connection may have two users
    gc.collect()
    gc.freeze()  # looking for garbage would write to shared memory
    signal.signal(signal.SIGTERM, _interrupt)
    ends, held = os.pipe()  # closes with this process, however it ends
    children: dict[int, float] = {}
    try:
        while True:
            while len(children) < processes:
                children[_child(app, listening, ends, held)] = time.monotonic()
            ended, _ = os.wait()
            began = children.pop(ended, None)
            if began is not None and time.monotonic() - began < SHORTEST:
                raise Failure("a serving process ended at once; its reason stands above")
    except KeyboardInterrupt:
        return
    finally:
        for each in children:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGTERM)
        for each in children:
            with suppress(ChildProcessError):
                os.waitpid(each, 0)


def _answer(app: Flask, listening: socket.socket) -> None:
    keep_warm(app)
    # What proxies say is read by the application alone, and only if it was told to trust them.
    create_server(
        app, sockets=[listening], threads=THREADS, clear_untrusted_proxy_headers=False
    ).run()


def _child(app: Flask, listening: socket.socket, ends: int, held: int) -> int:
    """Fork a process that serves; the parent gets its id and goes on."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.close(held)
        threading.Thread(target=_until_closed, args=(ends,), daemon=True).start()
        _answer(app, listening)
        status = 0
    except (KeyboardInterrupt, SystemExit):
        status = 0
    finally:
        os._exit(status)  # what the parent opened is the parent's to close


def _until_closed(ends: int) -> None:
    os.read(ends, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
