"""Downloading editions from their publishers. Nothing else in the product uses the network."""

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from importers.base import ImportProblem
from importers.source import LARGEST, Part, Source, from_bytes
from importers.vocabulary import Download, Follow, Vocabulary

PRODUCT = "atrocity-sanctions-registry"
MOST_REDIRECTS = 5
PIECE = 1 << 16  # bytes
WEB_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|title|script)\b",
    re.IGNORECASE | re.DOTALL,
)
OBJECT = re.compile(r"^(?:<.*?>|\w+\(.*?\)):\s*")  # how urllib3 names what failed
PLAIN_VALUE = re.compile(r"[\w-]+")


class FetchProblem(ImportProblem):
    """A list could not be downloaded; the message names the address, what happened, the remedy."""


class Blocked(FetchProblem):
    """The publisher answers, but not to a program."""


class Unavailable(FetchProblem):
    """No whole answer came, however often it was asked for: it may come later."""


class Unusable(FetchProblem):
    """What came, or the address itself, is not what is expected: asking again does not help."""


class _Passing(Exception):
    """What may be gone at the next try; `wait` is how many seconds the publisher asks for."""

    def __init__(self, what: str, wait: float = 0) -> None:
        super().__init__(what)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Validator:
    """What a publisher gave with a file, by which it tells later whether the file has changed."""

    etag: str = ""
    last_modified: str = ""


Validators = Mapping[str, Validator]  # by address


@dataclass(frozen=True, slots=True)
class Settings:
    """Bounds of a download; times in seconds, `largest` in bytes for all files of one list.

    `read_timeout` bounds the wait for the next bytes: the EU generates its file while one waits,
    for over a minute. `total_timeout` bounds one list with all its tries; `back_off` is the wait
    before the second try and doubles from there.
    """

    user_agent: str = f"{PRODUCT}/{version(PRODUCT)} (contact: set REGISTRY_USER_AGENT)"
    connect_timeout: float = 15
    read_timeout: float = 180
    total_timeout: float = 1800
    tries: int = 4
    back_off: float = 3
    largest: int = LARGEST


def settings_from_environment() -> Settings:
    """The default bounds, with the name that REGISTRY_USER_AGENT gives. Raises Unusable."""
    user_agent = os.environ.get("REGISTRY_USER_AGENT", "").strip()
    if not user_agent:
        return Settings()
    if not (user_agent.isascii() and user_agent.isprintable()):
        raise Unusable("REGISTRY_USER_AGENT: give one line of plain ASCII, with a contact in it.")
    return Settings(user_agent=user_agent)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An edition as downloaded; `source` is None where the publisher says that nothing changed.

    `validators` are for the next fetch. Keep them only when the edition has been imported: else
    an edition that failed would never be offered again. `url` holds every address, by blanks.
    """

    source: Source | None
    validators: Validators
    url: str
    fetched_at: datetime


def fetch(
    vocabulary: Vocabulary,
    validators: Validators,
    *,
    at: datetime,
    settings: Settings,
    progress: Callable[[int], None] = lambda _bytes: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Download the newest edition of a list; several downloads make one source.

    `progress` gets the number of bytes that came, negative where a try is given up. Raises
    FetchProblem, or ImportProblem if the bytes can not be opened.
    """
    visit = _Visit(vocabulary, settings, progress, sleep)
    with visit.session:
        wanted = [each for download in vocabulary.downloads for each in visit.files(download)]
        if not wanted:
            raise visit.unusable(
                vocabulary.official_list.landing_url or "no address", "it has no download"
            )
        addresses = [address for _name, address in wanted]
        known = validators if validators.keys() == set(addresses) else {}
        answers = [visit.get(url, name, known.get(url, Validator())) for name, url in wanted]
        if all(answer.content is None for answer in answers):
            return Fetched(None, validators, " ".join(addresses), at)
        # An edition is archived whole: what did not change is asked for again, unconditionally.
        answers = [
            visit.get(url, name, Validator()) if answer.content is None else answer
            for (name, url), answer in zip(wanted, answers, strict=True)
        ]
    parts = [
        part
        for (name, _url), answer in zip(wanted, answers, strict=True)
        for part in _opened(name, answer)
    ]
    return Fetched(
        Source(wanted[0][0] if len(wanted) == 1 else vocabulary.official_list.key, tuple(parts)),
        {url: answer.validator for url, answer in zip(addresses, answers, strict=True)},
        " ".join(addresses),
        at,
    )


def fetch_all(
    wanted: Iterable[tuple[Vocabulary, Validators]],
    *,
    clock: Callable[[], datetime],
    settings: Settings,
    progress: Callable[[int], None] = lambda _bytes: None,
) -> Iterator[tuple[str, Fetched | ImportProblem]]:
    """Download lists one after another; yield (list, what came or what went wrong) for each."""
    for vocabulary, validators in wanted:
        key = vocabulary.official_list.key
        try:
            fetched = fetch(
                vocabulary, validators, at=clock(), settings=settings, progress=progress
            )
        except ImportProblem as problem:
            yield key, problem
        else:
            yield key, fetched


@dataclass(frozen=True, slots=True)
class _Answer:
    """A file's bytes, or None if it has not changed."""

    content: bytes | None
    validator: Validator


class _Visit:
    """The fetching of one list: its session, its bounds, and the remedies that fit it."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        settings: Settings,
        progress: Callable[[int], None],
        sleep: Callable[[float], None],
    ) -> None:
        self.session = requests.Session()
        self.session.headers["User-Agent"] = settings.user_agent
        self._list = vocabulary.official_list
        self._settings = settings
        self._progress = progress
        self._sleep = sleep
        self._deadline = time.monotonic() + settings.total_timeout
        self._room = settings.largest

    def files(self, download: Download) -> list[tuple[str, str]]:
        """The (name, address) of each file of a download."""
        if download.follow is None:
            return [(download.name, download.url)]
        index = self.get(download.url, "index.json", Validator()).content or b""
        values = self._followed(download.url, index, download.follow, _suffix(download.name))
        addresses = [download.follow.url.replace("{}", value) for value in values]
        if len(addresses) == 1:
            return [(download.name, addresses[0])]
        stem, suffix = PurePosixPath(download.name).stem, _suffix(download.name)
        return [(f"{stem}-{n}{suffix}", address) for n, address in enumerate(addresses, start=1)]

    def get(self, url: str, name: str, validator: Validator) -> _Answer:
        tried = 0
        while True:
            tried += 1
            try:
                return self._try(url, name, validator)
            except _Passing as trouble:
                wait = max(trouble.wait, self._settings.back_off * 2 ** (tried - 1))
                out_of_time = time.monotonic() + wait >= self._deadline
                if tried >= self._settings.tries or out_of_time:
                    again = (
                        f"wait {trouble.wait:.0f} seconds, as the publisher asks, and fetch again"
                        if trouble.wait
                        else "fetch it again later"
                    )
                    raise Unavailable(
                        f"{self._list.key}: {url}: {trouble} (tried {tried} times). "
                        f"The last good edition stays in force; {again}."
                    ) from trouble
            self._sleep(wait)

    def unusable(self, url: str, what: str) -> Unusable:
        return Unusable(f"{self._list.key}: {url}: {what}. {self._by_hand}")

    @property
    def _by_hand(self) -> str:
        page = self._list.landing_url
        where = f"from {page} in a browser" if page else "in a browser"
        return f"Download it by hand {where} and run: registry import {self._list.key} PATH"

    def _try(self, url: str, name: str, validator: Validator) -> _Answer:
        try:
            with self._open(url, validator) as response:
                if response.status_code == 304 and validator != Validator():
                    return _Answer(None, validator)
                if response.status_code != 200:
                    raise self._refusal(url, response)
                content = self._body(url, response)
        except requests.exceptions.SSLError as error:
            raise Unavailable(
                f"{self._list.key}: {url}: its certificate is not trusted ({_reason(error)}). If "
                "your network inspects traffic, set REQUESTS_CA_BUNDLE to its certificate file."
            ) from error
        except (requests.Timeout, ReadTimeoutError) as error:
            raise _Passing("nothing came in time") from error
        except (requests.ConnectionError, HTTPError) as error:
            raise _Passing(f"the connection failed or was cut off ({_reason(error)})") from error
        except requests.RequestException as error:
            raise self.unusable(url, f"not an address that can be fetched ({error})") from error
        if _suffix(name) not in (".html", ".htm") and WEB_PAGE.match(
            content.lstrip(b"\xef\xbb\xbf")
        ):
            self._give_back(len(content))
            raise self.unusable(url, f"a web page came in place of {name}")
        given = response.headers
        return _Answer(content, Validator(given.get("ETag", ""), given.get("Last-Modified", "")))

    def _open(self, url: str, validator: Validator) -> requests.Response:
        headers = {"If-None-Match": validator.etag, "If-Modified-Since": validator.last_modified}
        address = url
        for _ in range(MOST_REDIRECTS + 1):
            if not _is_safe(address, url):
                raise self.unusable(url, f"leads to {address}, which is not https")
            response = self.session.get(
                address,
                headers={name: value for name, value in headers.items() if value},
                timeout=(self._settings.connect_timeout, self._patience()),
                stream=True,
                allow_redirects=False,
            )
            if not response.is_redirect:
                return response
            response.close()
            address = urljoin(address, response.headers["Location"])
        raise self.unusable(url, f"redirects more than {MOST_REDIRECTS} times")

    def _patience(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise _Passing(f"not finished within {self._settings.total_timeout:g} seconds")
        return min(self._settings.read_timeout, left)

    def _body(self, url: str, response: requests.Response) -> bytes:
        content = bytearray()
        try:
            # read1 returns what has come: read would wait for a full piece and never let the
            # deadline speak where a server drips. Both raise if less comes than was announced.
            while piece := response.raw.read1(PIECE, decode_content=True):
                content += piece
                self._progress(len(piece))
                if len(content) > self._room:
                    raise self.unusable(
                        url, f"larger than the {self._settings.largest:,} bytes that are read"
                    )
                self._patience()
        except BaseException:
            self._progress(-len(content))
            raise
        self._room -= len(content)
        return bytes(content)

    def _give_back(self, size: int) -> None:
        self._progress(-size)
        self._room += size

    def _refusal(self, url: str, response: requests.Response) -> Exception:
        status = response.status_code
        what = f"answered {status} {response.reason}".rstrip()
        if status == 429 or status >= 500:
            asked = response.headers.get("Retry-After", "")
            return _Passing(what, float(asked) if asked.isdecimal() else 0)
        if status in (401, 403):
            return Blocked(
                f"{self._list.key}: {url}: {what}: the publisher blocks automated downloads. "
                f"{self._by_hand}"
            )
        if status in (404, 410):
            what += ": the file has moved"
        return self.unusable(url, what)

    def _followed(self, url: str, index: bytes, follow: Follow, suffix: str) -> list[str]:
        try:
            items = json.loads(index)
            for key in follow.items.split("."):
                items = items[key]
            values = [
                str(item[follow.value])
                for item in items
                if _suffix(str(item[follow.file_name])) == suffix
            ]
        except (ValueError, KeyError, TypeError) as error:
            raise self.unusable(url, f"the index is not as it was ({error!r})") from error
        if not values or not all(PLAIN_VALUE.fullmatch(value) for value in values):
            raise self.unusable(url, f"the index names no {suffix} file under {follow.items}")
        return values


def _opened(name: str, answer: _Answer) -> tuple[Part, ...]:
    return from_bytes(name, answer.content or b"").parts


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_safe(address: str, first: str) -> bool:
    """Only https; a test server on this machine may do without, but no publisher leads there."""
    if _is_loopback(address):
        return _is_loopback(first)
    return urlsplit(address).scheme == "https"


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _reason(error: Exception) -> str:
    """The last words of a chain of nested errors, without the objects' addresses."""
    while inner := _inner(error):
        error = inner
    return OBJECT.sub("", str(error)) or type(error).__name__


def _inner(error: Exception) -> Exception | None:
    """urllib3 keeps the error behind its own as the reason, or as the last thing that it says."""
    stated = (getattr(error, "reason", None), *error.args[-1:])
    return next((each for each in stated if isinstance(each, Exception)), None)
