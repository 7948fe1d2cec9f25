"""Downloading, against a server on this machine that misbehaves as publishers do."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from importers import fetch as fetching
from importers.base import ImportProblem
from importers.fetch import Blocked, Fetched, Settings, Unavailable, Unusable, Validator
from importers.vocabulary import Download, Follow, Gates, Vocabulary
from registry.domain.official_list import OfficialList

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EDITION = b"<?xml version='1.0'?><list>" + b"<entry>Minsk</entry>" * 20_000 + b"</list>"
PAGE = b"\n<!-- cached -->\n<!DOCTYPE html><html><body>Service unavailable</body></html>"
QUICK = Settings(
    user_agent="test/1", connect_timeout=5, read_timeout=5, total_timeout=30, tries=3, back_off=0
)

Step = Callable[[BaseHTTPRequestHandler], None]


class Publisher:
    """A web server whose paths answer step by step; the last step is repeated."""

    def __init__(self) -> None:
        self.steps: dict[str, list[Step]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                publisher.requests.append((self.path, dict(self.headers)))
                steps = publisher.steps[self.path]
                step = steps.pop(0) if len(steps) > 1 else steps[0]
                step(self)

            def end_headers(self) -> None:
                self.send_header("Connection", "close")
                super().end_headers()

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def answers(self, path: str, *steps: Step) -> str:
        self.steps[path] = list(steps)
        return self.address + path


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    publisher = Publisher()
    thread = threading.Thread(target=publisher.server.serve_forever, args=(0.01,))
    thread.start()
    yield publisher
    publisher.over.set()
    publisher.server.shutdown()
    publisher.server.server_close()
    thread.join()


def gives(content: bytes, status: int = 200, **headers: str) -> Step:
    def step(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return step


def unless_known(content: bytes, etag: str) -> Step:
    def step(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            gives(content, ETag=etag)(handler)

    return step


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    gives(EDITION[: len(EDITION) // 2], Content_Length=str(len(EDITION)))(handler)


def cut_off_in_chunks(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\n<list\r\n")


def cut_off_gzip(handler: BaseHTTPRequestHandler) -> None:
    packed = gzip.compress(EDITION)
    gives(packed[:-20], Content_Encoding="gzip", Content_Length=str(len(packed)))(handler)


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def vocabulary(*downloads: Download, key: str = "ca-sema") -> Vocabulary:
    official_list = OfficialList(
        key, "CA", "Global Affairs Canada", "Consolidated list", 30, "licence", "attribution",
        landing_url="https://www.international.gc.ca/",
    )  # fmt: skip
    return Vocabulary(official_list, downloads, Gates(1, {}), "ymd", {}, {}, {}, {}, {}, {}, {}, ())


def fetch(
    *downloads: Download,
    validators: fetching.Validators | None = None,
    settings: Settings = QUICK,
    progress: Callable[[int], None] = lambda _bytes: None,
    sleep: Callable[[float], None] = lambda _seconds: None,
) -> Fetched:
    return fetching.fetch(
        vocabulary(*downloads),
        validators or {},
        at=AT,
        settings=settings,
        progress=progress,
        sleep=sleep,
    )


def xml(url: str) -> Download:
    return Download("list.xml", url)


def content(fetched: Fetched) -> bytes:
    assert fetched.source is not None
    (part,) = fetched.source.parts
    return part.content


def test_an_edition_comes_byte_for_byte_with_what_tells_its_next_change(
    publisher: Publisher,
) -> None:
    url = publisher.answers("/list", gives(EDITION, ETag='"7"', Last_Modified="yesterday"))
    fetched = fetch(xml(url))
    assert content(fetched) == EDITION
    assert fetched.source is not None
    assert fetched.source.name == "list.xml"
    assert fetched.validators == {url: Validator('"7"', "yesterday")}
    assert (fetched.url, fetched.fetched_at) == (url, AT)


def test_a_compressed_answer_is_unpacked(publisher: Publisher) -> None:
    step = gives(gzip.compress(EDITION), Content_Encoding="gzip")
    assert content(fetch(xml(publisher.answers("/list", step)))) == EDITION


def test_we_say_who_we_are(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_USER_AGENT", "ministry-registry/1 (desk@example.org)")
    fetch(
        xml(publisher.answers("/list", gives(EDITION))),
        settings=fetching.settings_from_environment(),
    )
    assert publisher.requests[0][1]["User-Agent"] == "ministry-registry/1 (desk@example.org)"


def test_the_default_name_is_the_products_own_and_no_browsers() -> None:
    assert Settings().user_agent.startswith("atrocity-sanctions-registry/")
    assert "REGISTRY_USER_AGENT" in Settings().user_agent


def test_a_name_that_would_break_the_request_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_USER_AGENT", "desk\r\nX-Other: 1")
    with pytest.raises(Unusable, match="one line of plain ASCII"):
        fetching.settings_from_environment()


def test_an_unchanged_list_is_not_downloaded_again(publisher: Publisher) -> None:
    download = xml(publisher.answers("/list", unless_known(EDITION, '"7"')))
    first = fetch(download)
    again = fetch(download, validators=first.validators)
    assert again.source is None
    assert again.validators == first.validators


def test_several_downloads_make_one_edition(publisher: Publisher) -> None:
    parts = {"sdn.csv": b'36,"AEROCARIBBEAN"', "alt.csv": b'36,12,"aka"'}
    downloads = [
        Download(name, publisher.answers(f"/{name}", gives(content)))
        for name, content in parts.items()
    ]
    source = fetch(*downloads).source
    assert source is not None
    assert {part.name: part.content for part in source.parts} == parts


def test_an_edition_of_which_one_part_changed_is_fetched_whole(publisher: Publisher) -> None:
    names = Download("sdn.csv", publisher.answers("/sdn", unless_known(b"names", '"1"')))
    aliases = Download("alt.csv", publisher.answers("/alt", unless_known(b"aliases", '"1"')))
    first = fetch(names, aliases)
    publisher.answers("/alt", unless_known(b"more aliases", '"2"'))
    source = fetch(names, aliases, validators=first.validators).source
    assert source is not None
    assert [part.content for part in source.parts] == [b"names", b"more aliases"]


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(gives(b"", 500), id="the EU's generator fails in bursts"),
        pytest.param(gives(b"", 503, Retry_After="1"), id="asked to wait"),
        pytest.param(gives(b"", 429), id="too many requests"),
        pytest.param(cut_off, id="half of the announced length"),
        pytest.param(cut_off_in_chunks, id="cut off within chunks, without any length"),
        pytest.param(cut_off_gzip, id="cut off within compressed bytes"),
        pytest.param(hangs_up, id="no answer at all"),
    ],
)
def test_what_may_pass_is_tried_again(publisher: Publisher, trouble: Step) -> None:
    url = publisher.answers("/list", trouble, trouble, gives(EDITION))
    assert content(fetch(xml(url))) == EDITION
    assert len(publisher.requests) == 3


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (gives(b"", 500), "answered 500"),
        (gives(b"", 503), "answered 503"),
        (cut_off, "the connection failed or was cut off"),
        (cut_off_in_chunks, "the connection failed or was cut off"),
        (hangs_up, "the connection failed or was cut off"),
    ],
)
def test_what_does_not_pass_is_unavailable(publisher: Publisher, trouble: Step, said: str) -> None:
    url = publisher.answers("/list", trouble)
    with pytest.raises(Unavailable, match=said) as problem:
        fetch(xml(url))
    assert f"ca-sema: {url}: " in str(problem.value)
    assert "tried 3 times" in str(problem.value)
    assert "The last good edition stays in force" in str(problem.value)


def test_a_publisher_that_can_not_be_reached_is_named_without_the_librarys_objects(
    publisher: Publisher,
) -> None:
    publisher.server.socket.close()
    with pytest.raises(Unavailable) as problem:
        fetch(xml(f"{publisher.address}/list"))
    assert "Connection refused" in str(problem.value)
    assert "Pool" not in str(problem.value)
    assert "object at" not in str(problem.value)


def test_the_waits_double_and_a_publisher_may_ask_for_more(publisher: Publisher) -> None:
    waits: list[float] = []
    url = publisher.answers(
        "/list", gives(b"", 500), gives(b"", 500), gives(b"", 429, Retry_After="20"), gives(EDITION)
    )
    settings = Settings(tries=4, back_off=2, total_timeout=600)
    fetch(xml(url), settings=settings, sleep=waits.append)
    assert waits == [2, 4, 20]


def test_a_publisher_that_asks_for_more_time_than_there_is_gets_it_another_day(
    publisher: Publisher,
) -> None:
    url = publisher.answers("/list", gives(b"", 429, Retry_After="86400"))
    with pytest.raises(Unavailable, match="wait 86400 seconds"):
        fetch(xml(url))
    assert len(publisher.requests) == 1


def test_a_server_that_stalls_is_given_up(publisher: Publisher) -> None:
    def stalls(handler: BaseHTTPRequestHandler) -> None:
        gives(EDITION[:1000], Content_Length=str(len(EDITION)))(handler)
        publisher.over.wait(30)

    url = publisher.answers("/list", stalls)
    with pytest.raises(Unavailable, match="nothing came in time"):
        fetch(xml(url), settings=Settings(read_timeout=0.05, tries=2, back_off=0))


def test_a_server_that_drips_is_given_up(publisher: Publisher) -> None:
    def drips(handler: BaseHTTPRequestHandler) -> None:
        gives(b"<list>", Content_Length=str(len(EDITION)))(handler)
        while not publisher.over.wait(0.01):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    url = publisher.answers("/list", drips)
    with pytest.raises(Unavailable, match=r"not finished within|nothing came in time"):
        fetch(xml(url), settings=Settings(read_timeout=20, total_timeout=0.3, back_off=0))


def test_a_publisher_that_blocks_programs_is_not_asked_twice(publisher: Publisher) -> None:
    url = publisher.answers("/list", gives(b"Forbidden", 403))
    with pytest.raises(Blocked) as problem:
        fetch(xml(url))
    assert len(publisher.requests) == 1
    assert url in str(problem.value)
    assert "the publisher blocks automated downloads" in str(problem.value)
    assert "registry import ca-sema PATH" in str(problem.value)


def test_a_moved_file_is_not_asked_for_twice(publisher: Publisher) -> None:
    url = publisher.answers("/list", gives(b"", 404))
    with pytest.raises(Unusable, match="answered 404 Not Found: the file has moved"):
        fetch(xml(url))
    assert len(publisher.requests) == 1


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(PAGE, id="after blanks and a comment"),
        pytest.param(b"\xef\xbb\xbf<HTML><title>Sorry</title>", id="after a byte order mark"),
        pytest.param(
            b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
            id="XHTML, which begins as XML",
        ),
    ],
)
def test_an_error_page_that_says_success_is_no_edition(publisher: Publisher, page: bytes) -> None:
    url = publisher.answers("/list", gives(page))
    with pytest.raises(Unusable, match=r"a web page came in place of list\.xml"):
        fetch(xml(url))


def test_a_list_that_is_a_web_page_may_be_one(publisher: Publisher) -> None:
    url = publisher.answers("/list", gives(PAGE))
    assert content(fetch(Download("report.html", url))) == PAGE


def test_an_empty_file_is_no_edition(publisher: Publisher) -> None:
    with pytest.raises(ImportProblem, match="empty"):
        fetch(xml(publisher.answers("/list", gives(b""))))


def test_a_file_beyond_all_bounds_is_not_read_to_its_end(publisher: Publisher) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not publisher.over.is_set():
            try:
                handler.wfile.write(EDITION)
            except OSError:
                return

    url = publisher.answers("/list", endless)
    with pytest.raises(Unusable, match="larger than the 1,000,000 bytes"):
        fetch(xml(url), settings=Settings(largest=1_000_000))


def test_a_small_file_that_unpacks_without_end_is_refused(publisher: Publisher) -> None:
    bomb = gzip.compress(bytes(20_000_000))
    url = publisher.answers("/list", gives(bomb, Content_Encoding="gzip"))
    with pytest.raises(Unusable, match="larger than the 1,000,000 bytes"):
        fetch(xml(url), settings=Settings(largest=1_000_000))


def test_a_redirect_is_followed(publisher: Publisher) -> None:
    publisher.answers("/new", gives(EDITION))
    url = publisher.answers("/old", gives(b"", 302, Location="/new"))
    assert content(fetch(xml(url))) == EDITION


def test_a_redirect_loop_ends(publisher: Publisher) -> None:
    url = publisher.answers("/list", gives(b"", 301, Location="/list"))
    with pytest.raises(Unusable, match="redirects more than 5 times"):
        fetch(xml(url))


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://example.org/list.xml", id="in the clear"),
        pytest.param("ftp://example.org/list.xml", id="another protocol"),
        pytest.param("file:///etc/hostname", id="a file of this machine"),
    ],
)
def test_only_https_is_asked_and_followed(publisher: Publisher, address: str) -> None:
    with pytest.raises(Unusable, match="which is not https"):
        fetch(xml(address))
    url = publisher.answers("/list", gives(b"", 302, Location=address))
    with pytest.raises(Unusable, match="which is not https"):
        fetch(xml(url))


def test_a_publisher_does_not_lead_to_this_machine() -> None:
    assert not fetching._is_safe("http://127.0.0.1/admin", "https://example.org/list")
    assert not fetching._is_safe("https://[::1]/admin", "https://example.org/list")


FOLLOW = Follow("data.travelBansFiles", "id", "fileName", "")


def index(publisher: Publisher, body: object) -> Download:
    url = publisher.answers("/data", gives(json.dumps(body).encode()))
    follow = Follow(FOLLOW.items, FOLLOW.value, FOLLOW.file_name, f"{publisher.address}/file/{{}}")
    return Download("bans.xml", url, follow)


def test_an_index_leads_to_the_files_of_the_right_kind(publisher: Publisher) -> None:
    publisher.answers("/file/101", gives(EDITION))
    files = [{"id": 101, "fileName": "20261101.XML"}, {"id": 102, "fileName": "20261101.pdf"}]
    fetched = fetch(index(publisher, {"data": {"travelBansFiles": files}}))
    assert content(fetched) == EDITION
    assert fetched.url == f"{publisher.address}/file/101"


def test_all_files_of_an_index_make_one_edition(publisher: Publisher) -> None:
    for number in (1, 2):
        publisher.answers(f"/file/{number}", gives(b"<list>%d</list>" % number))
    files = [{"id": number, "fileName": f"{number}.xml"} for number in (1, 2)]
    source = fetch(index(publisher, {"data": {"travelBansFiles": files}})).source
    assert source is not None
    assert [part.name for part in source.parts] == ["bans-1.xml", "bans-2.xml"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"data": {}}, id="renamed key"),
        pytest.param({"data": {"travelBansFiles": []}}, id="no file"),
        pytest.param(
            {"data": {"travelBansFiles": [{"id": "../x", "fileName": "a.xml"}]}}, id="a path as id"
        ),
        pytest.param(["data"], id="another shape"),
    ],
)
def test_an_index_that_is_not_as_it_was_stops_the_list(publisher: Publisher, body: object) -> None:
    with pytest.raises(Unusable, match="the index"):
        fetch(index(publisher, body))


def test_a_list_without_address_is_imported_by_hand() -> None:
    with pytest.raises(Unusable, match=r"no download.*registry import ca-sema PATH"):
        fetch()


def test_progress_counts_the_bytes_that_are_kept(publisher: Publisher) -> None:
    received: list[int] = []
    url = publisher.answers("/list", cut_off, gives(EDITION))
    fetch(xml(url), progress=received.append)
    assert sum(received) == len(EDITION)
    assert min(received) < 0


def test_one_lists_failure_does_not_block_another(publisher: Publisher) -> None:
    blocked = vocabulary(xml(publisher.answers("/a", gives(b"", 403))), key="eu-fsf")
    good = vocabulary(xml(publisher.answers("/b", gives(EDITION))), key="un-sc")
    results = dict(
        fetching.fetch_all([(blocked, {}), (good, {})], clock=lambda: AT, settings=QUICK)
    )
    assert isinstance(results["eu-fsf"], Blocked)
    assert isinstance(results["un-sc"], Fetched)
