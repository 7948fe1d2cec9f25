"""How fast pages are while many read: percentiles of the time from request to the last byte.

    registry serve &
    python benchmarks/load.py http://127.0.0.1:8000 --readers 20 --requests 2000

Each reader asks for one page after the other without a pause, as no person does: matrix pages with
filters of their own, subjects, searches, situations, by a fixed mix that is the same every time.
Only a server on this machine is asked, and never for more than `--requests` pages.
"""

import random
import re
import sys
import threading
import time
from argparse import ArgumentParser
from collections import defaultdict
from html import unescape
from http.client import HTTPConnection
from ipaddress import ip_address
from itertools import chain
from urllib.parse import urlsplit

LINK = re.compile(r'href="(/subjects/\w+)"')
SITUATION = re.compile(r'<option value="([a-z-]+)"')
NAMES = (
    "min aung hlaing", "Минобороны", "bashar al assad", "wagner", "hemeti", "rosneft", "kadyrov",
    "myanmar economic holdings", "علي", "ali khan", "GHR0078", "CDi.031", "lukashenko", "hizbollah",
)  # fmt: skip
PARTNERS = ("US", "EU", "UK", "CA")


def main() -> int:
    options = _options()
    where = urlsplit(options.url)
    if not ip_address(where.hostname or "").is_loopback:
        print("only a server on this machine is asked", file=sys.stderr)
        return 2
    pages = _pages(where, options.requests)
    times: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    failures: list[str] = []
    lock, waiting = threading.Lock(), iter(pages)

    def read() -> None:
        connection = HTTPConnection(where.hostname or "", where.port, timeout=60)
        while True:
            with lock:
                sort, address = next(waiting, ("", ""))
            if not sort:
                return
            began = time.perf_counter()
            status, body = _get(connection, address)
            took = time.perf_counter() - began
            with lock:
                times[sort].append(took)
                sizes[sort] = max(sizes[sort], len(body))
                if status != 200:
                    failures.append(f"{status} {address}")

    readers = [threading.Thread(target=read) for _ in range(options.readers)]
    began = time.perf_counter()
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    took = time.perf_counter() - began
    print(f"{options.readers} readers, {len(pages):,} pages in {took:.1f} s")
    print(f"{'page':12} {'asked':>6} {'median':>8} {'p95':>8} {'most':>8}   largest")
    for sort in (*times, "all"):
        of = sorted(chain.from_iterable(times.values()) if sort == "all" else times[sort])
        shown = " ".join(f"{of[int(share * (len(of) - 1))] * 1000:5.0f} ms" for share in SHARES)
        size = max(sizes.values()) if sort == "all" else sizes[sort]
        print(f"{sort:12} {len(of):6,} {shown} {size / 1000:6.1f} kB")
    for each in failures[:5]:
        print(each, file=sys.stderr)
    return 1 if failures else 0


SHARES = (0.5, 0.95, 1.0)


def _pages(where, requests: int) -> list[tuple[str, str]]:
    """(sort, address) of every page to ask for, mixed."""
    chance = random.Random(1)
    connection = HTTPConnection(where.hostname, where.port, timeout=120)
    form = _get(connection, "/coverage/?listed-by=EU", plain=True)[1].decode()
    situations = SITUATION.findall(form[form.index('name="situation"') :].partition("</select>")[0])
    subjects = []
    for number in range(1, 9):
        page = _get(connection, f"/coverage/?sort=value&page={number * 7}", plain=True)[1].decode()
        subjects += sorted(set(LINK.findall(unescape(page))))

    def matrix() -> str:
        one, other = chance.sample(PARTNERS, 2)
        filters = chance.choice(
            (
                f"page={chance.randint(1, 40)}",
                f"listed-by={one}&missing-from={other}&page={chance.randint(1, 5)}",
                f"listed-by={one}&missing-from={other}&situation={chance.choice(situations)}",
                f"missing-from={other}&measure=travel-ban&kind=person&sort=value",
                f"nexus=programme&missing-from={other}&sort=lag",
            )
        )
        return f"/coverage/?{filters}"

    makers = {
        "matrix": matrix,
        "subject": lambda: chance.choice(subjects),
        "search": lambda: f"/search/?q={_quoted(chance.choice(NAMES))}",
        "situation": lambda: f"/situations/{chance.choice(situations)}",
    }
    if _get(connection, makers["situation"](), plain=True)[0] != 200:
        makers["situation"] = lambda: f"/coverage/?situation={chance.choice(situations)}"
    sorts = tuple(makers)
    return [(sort, makers[sort]()) for sort in chance.choices(sorts, (4, 3, 2, 1), k=requests)]


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _get(connection: HTTPConnection, address: str, *, plain: bool = False) -> tuple[int, bytes]:
    connection.request("GET", address, headers={} if plain else {"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    return answer.status, answer.read()


def _options():
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("url", metavar="URL", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--requests", type=int, default=2000)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
