"""Fetching over real HTTP: polite to servers, patient with faults that pass, and firm with what is no document."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from etl.importers.fetching import Fetched, Fetcher, Pace, Unchanged
from etl.importers.raw_store import Form, Kept, RawStore
from etl.importers.source import SourceNotRead
from etl.sources.limits import Limits
from tests.etl.importers.fixture_server import (
    Exchange,
    FixtureServer,
    Handler,
    dripping,
    dripping_head,
    gzip_bomb,
    hung_up,
    in_turn,
    page,
    redirect,
    status,
    streamed,
    truncated,
)

PAGE = "<!DOCTYPE html>\n<html><table><tr><td>モンゴル</td></tr></table></html>".encode()
CSV = b"id,name\nMN001,heat\n"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOGIN = b"<html><head><title>Sign in - JCM registry</title></head><form><input type=password></form></html>"
DAY = "Sat, 24 Jan 2026 09:00:00 GMT"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FixtureServer]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "JCM_CONTACT", "JCM_MAX_FETCH_MB"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with FixtureServer() as server:
        yield server


class Waiting:
    """A clock that only waiting moves, so that no test waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.now += seconds
        self.waited.append(seconds)


class Desk:
    """Fetches as a refresh does, and keeps what was fetched."""

    def __init__(self, fetcher: Fetcher, waiting: Waiting, store: RawStore) -> None:
        self.fetcher, self.waiting, self.store = fetcher, waiting, store

    def fetch(self, address: str, form: Form = "html", known: Kept | None = None) -> Fetched | Unchanged:
        return self.fetcher.fetch(address, known, form=form, source_code="jcm-projects")

    def content(self, address: str, form: Form = "html") -> bytes:
        fetched = self.fetch(address, form)
        assert isinstance(fetched, Fetched)
        return fetched.content

    def kept(self, address: str) -> Kept:
        fetched = self.fetch(address)
        assert isinstance(fetched, Fetched)
        return self.store.keep(
            "jcm-projects",
            "",
            "html",
            fetched.content,
            address=address,
            final_address=fetched.final_address,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            fetched_at=datetime(2026, 1, 24, tzinfo=UTC),
        )

    def refusal(self, address: str, form: Form = "html") -> str:
        """The English message; both name the address and the way round."""
        with pytest.raises(SourceNotRead) as raised:
            self.fetch(address, form)
        english, japanese = raised.value.message_en, raised.value.message_ja
        for message in (english, japanese):
            assert message.startswith(address)
            assert "python -m etl refresh jcm-projects --from FILE" in message
        assert " Expected " in english
        assert re.search("が必要です。", japanese)
        return english


QUICK = Pace(pause=2, backoff=1, longest_wait=60, longest_crawl_delay=20)


def desk_of(folder: Path, pace: Pace = QUICK, limits: Limits | None = None) -> Desk:
    waiting = Waiting()
    fetcher = Fetcher(limits, pace, wait=waiting, clock=lambda: waiting.now, chance=lambda: 0.5)
    return Desk(fetcher, waiting, RawStore(folder / "raw"))


@pytest.fixture
def desk(server: FixtureServer, tmp_path: Path) -> Iterator[Desk]:  # noqa: ARG001 - clears the environment first
    desk = desk_of(tmp_path)
    with desk.fetcher:
        yield desk


def workbook(size: int = 10) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<row/>" * size)
    return made.getvalue()


# What is taken


def test_a_page_comes_with_all_that_the_server_said_of_it(server: FixtureServer, desk: Desk) -> None:
    media_type = "text/html; charset=iso-8859-1"  # wrong: what the bytes are is for the reader to find out
    server.serve("/list", PAGE, media_type=media_type, etag='"1"', last_modified=DAY)
    address = server.url("/list")
    assert desk.fetch(address) == Fetched(address, address, PAGE, media_type, '"1"', DAY)


def test_a_csv_file_and_a_workbook_are_taken_whatever_type_is_stated(
    server: FixtureServer, desk: Desk
) -> None:
    server.serve("/data.csv", CSV, media_type="application/octet-stream")
    server.serve("/data.xlsx", workbook(), media_type="text/html")
    assert desk.content(server.url("/data.csv"), "csv") == CSV
    assert desk.content(server.url("/data.xlsx"), "xlsx") == workbook()


@pytest.mark.parametrize("size", [1, 65_536, 1_000_000])
def test_a_packed_page_is_unpacked(size: int, server: FixtureServer, desk: Desk) -> None:
    body = PAGE + b"<p>" * size
    server.serve("/list", body, is_packed=True)
    assert desk.content(server.url("/list")) == body


def test_a_body_without_a_stated_length_is_taken_to_its_end(server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", streamed(1_000_000))
    assert len(desk.content(server.url("/list"))) == 1_000_000


# Only what changed


@pytest.mark.parametrize(("etag", "day"), [('W/"a"', ""), ("", DAY), ('"a"', DAY)])
def test_what_is_known_is_not_sent_again(etag: str, day: str, server: FixtureServer, desk: Desk) -> None:
    server.serve("/list", PAGE, etag=etag, last_modified=day)
    kept = desk.kept(server.url("/list"))
    assert desk.fetch(server.url("/list"), known=kept) == Unchanged(server.url("/list"), kept)
    first, second = server.asked("/list")
    assert first.headers["If-None-Match"] is first.headers["If-Modified-Since"] is None
    assert (second.headers["If-None-Match"] or "", second.headers["If-Modified-Since"] or "") == (etag, day)


def test_what_changed_is_fetched(server: FixtureServer, desk: Desk) -> None:
    server.serve("/list", PAGE, etag='"1"')
    kept = desk.kept(server.url("/list"))
    server.serve("/list", PAGE + b"<p>new", etag='"2"')
    fetched = desk.fetch(server.url("/list"), known=kept)
    assert isinstance(fetched, Fetched)
    assert (fetched.content, fetched.etag) == (PAGE + b"<p>new", '"2"')


def test_the_mark_of_another_address_is_not_shown_to_this_one(server: FixtureServer, desk: Desk) -> None:
    server.serve("/old", PAGE, etag='"1"')
    server.answer("/list", redirect("/old"))
    kept = desk.kept(server.url("/list"))
    assert kept.final_address == server.url("/old")
    assert desk.fetch(server.url("/list"), known=kept) == Unchanged(server.url("/list"), kept)
    server.serve("/new", PAGE + b"<p>new", etag='"1"')  # the same mark for something else
    server.answer("/list", redirect("/new"))
    fetched = desk.fetch(server.url("/list"), known=kept)
    assert isinstance(fetched, Fetched)
    assert fetched.content == PAGE + b"<p>new"
    assert all(asked.headers["If-None-Match"] is None for asked in server.asked("/list"))


def test_unchanged_is_not_believed_where_nothing_is_known(server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", lambda exchange: exchange.start(304, {}))
    assert "the server answered HTTP 304" in desk.refusal(server.url("/list"))


# Faults that pass


def test_a_server_that_is_down_for_a_moment_is_asked_again_each_time_later(
    server: FixtureServer, desk: Desk
) -> None:
    server.answer("/list", in_turn(status(503), status(502), status(504), page(PAGE)))
    assert desk.content(server.url("/list")) == PAGE
    assert desk.waiting.waited == [
        2,
        2,
        2,
        4,
    ]  # the pause after robots.txt, then 1, 2 and 4 s, no less than the pause


@pytest.mark.parametrize(
    ("told", "waited"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "86400"}, 60),
        ({"Retry-After": "9" * 400}, 60),
        ({"Retry-After": "Sat, 24 Jan 2026 09:00:30 GMT", "Date": DAY}, 30),
        ({"Retry-After": "Sat, 24 Jan 2026 08:00:00 GMT", "Date": DAY}, 2),
        ({"Retry-After": "soon"}, 2),
        ({"Retry-After": "-5"}, 2),
        ({}, 2),
    ],
)
def test_a_server_that_asks_to_wait_is_obeyed_within_reason(
    told: dict[str, str], waited: float, server: FixtureServer, desk: Desk
) -> None:
    def busy(exchange: Exchange) -> None:
        exchange.send_response_only(429)  # with no date of its own
        for name, value in {**told, "Content-Length": "0"}.items():
            exchange.send_header(name, value)
        exchange.end_headers()

    server.answer("/list", in_turn(busy, page(PAGE)))
    assert desk.content(server.url("/list")) == PAGE
    assert desk.waiting.waited == [2, waited]


@pytest.mark.parametrize("fault", [hung_up, truncated(PAGE, 9_999)])
def test_a_connection_that_breaks_is_tried_again(fault: Handler, server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", in_turn(fault, page(PAGE)))
    assert desk.content(server.url("/list")) == PAGE
    assert len(server.asked("/list")) == 2


@pytest.mark.parametrize("code", [429, 503])
def test_patience_ends(code: int, server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", status(code))
    assert f"the server answered HTTP {code}" in desk.refusal(server.url("/list"))
    assert len(server.asked("/list")) == 4


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 451, 500, 501, 204, 206])
def test_what_will_not_pass_is_asked_once(code: int, server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", status(code))
    assert f"HTTP {code}" in desk.refusal(server.url("/list"))
    assert len(server.asked("/list")) == 1


def test_a_page_that_is_gone_points_to_the_list_of_addresses(server: FixtureServer, desk: Desk) -> None:
    assert "refresh_sources.csv may be out of date" in desk.refusal(server.url("/gone"))


def test_a_server_that_is_not_there(desk: Desk) -> None:
    with FixtureServer() as gone:
        address = gone.url("/list")
    message = desk.refusal(address)
    assert "robots.txt could not be read" in message
    assert "the server could not be reached" in message
    assert len(desk.waiting.waited) == 3


# Time and size


@pytest.mark.parametrize(
    "slow",
    [dripping(PAGE * 99, 0.02), dripping(PAGE * 99, 0.02, has_length=False), dripping_head(0.02)],
    ids=["body", "body without length", "heading"],
)
def test_a_dripping_answer_ends_at_the_total_time(
    slow: Handler, server: FixtureServer, tmp_path: Path
) -> None:
    server.answer("/list", slow)
    desk = desk_of(tmp_path, Pace(total=0.25))
    with desk.fetcher:
        assert "no whole answer within 0.25 s" in desk.refusal(server.url("/list"))
    assert len(server.asked("/list")) == 1


def test_a_silent_server_is_given_up(server: FixtureServer, tmp_path: Path) -> None:
    server.answer("/list", dripping_head(5))
    desk = desk_of(tmp_path, Pace(read=0.1, attempts=2))
    with desk.fetcher:
        assert "the server fell silent" in desk.refusal(server.url("/list"))
    assert len(server.asked("/list")) == 2


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "200000000"}])
def test_200_megabytes_are_not_read_to_their_end(
    headers: dict[str, str], server: FixtureServer, tmp_path: Path
) -> None:
    sent: list[int] = []
    server.answer("/list", streamed(200_000_000, sent, headers))
    desk = desk_of(tmp_path, limits=Limits(max_fetch_mb=5))
    with desk.fetcher:
        assert "more than 5 MB; set JCM_MAX_FETCH_MB" in desk.refusal(server.url("/list"))
    assert sum(sent) < 30_000_000


def test_a_gzip_bomb_is_not_unpacked(server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", gzip_bomb(200_000_000))
    assert "more than 50 MB" in desk.refusal(server.url("/list"))


def test_the_limit_comes_from_the_environment(
    server: FixtureServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_MAX_FETCH_MB", "1")
    server.answer("/list", streamed(1_100_000))
    server.answer("/small", streamed(1_000_000))
    desk = desk_of(tmp_path)
    with desk.fetcher:
        assert "more than 1 MB" in desk.refusal(server.url("/list"))
        assert len(desk.content(server.url("/small"))) == 1_000_000


# What is no document


@pytest.mark.parametrize(
    ("body", "form", "found"),
    [
        (b"", "html", "nothing (an empty body)"),
        (b" \r\n\xef\xbb\xbf"[3:] + b"\n", "csv", "nothing"),
        (PAGE, "xlsx", "a web page was found. Expected an Excel workbook"),
        (PAGE, "csv", "a web page was found. Expected a CSV file"),
        (b"\xef\xbb\xbf\n<!-- x --><html lang=ja>", "xlsx", "a web page"),
        (LOGIN, "html", "a page that asks to sign in was found. Expected a web page with the list"),
        (LOGIN, "xlsx", "a page that asks to sign in"),
        ("<html><title>ログイン</title>".encode("cp932"), "html", "a page that asks to sign in"),
        (b"<html><INPUT name=p TYPE='password'>", "html", "a page that asks to sign in"),
        (workbook(9_999)[:900], "xlsx", "a workbook that is cut off"),
        (workbook(), "csv", "a workbook or another ZIP file"),
        (workbook(), "html", "a workbook or another ZIP file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx", "an old or encrypted Excel file"),
        (b"%PDF-1.7", "html", "a PDF file"),
        (b'{"error": "gone"}', "csv", "a JSON answer"),
        (CSV, "html", "text that is no web page"),
        (CSV, "xlsx", "text that is no web page"),
    ],
)
def test_what_has_another_form_is_refused_whatever_type_is_stated(
    body: bytes, form: Form, found: str, server: FixtureServer, desk: Desk
) -> None:
    types = {"html": "text/html", "csv": "text/csv", "xlsx": XLSX_TYPE}
    server.serve("/data", body, media_type=types[form])
    assert found in desk.refusal(server.url("/data"), form)


def test_a_body_that_stays_cut_off_is_refused(server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", truncated(PAGE, 9_999))
    message = desk.refusal(server.url("/list"))
    assert "the answer was cut off" in message
    assert f"received {len(PAGE)} bytes, expected 9999" in message


@pytest.mark.parametrize(
    ("body", "told"),
    [(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xb3", "cut off"), (b"no gzip", "a damaged gzip body")],
)
def test_a_packed_body_that_is_cut_off_or_damaged_is_refused(
    body: bytes, told: str, server: FixtureServer, desk: Desk
) -> None:
    server.answer("/list", status(200, {"Content-Encoding": "gzip"}, body))
    assert told in desk.refusal(server.url("/list"))


def test_a_packing_that_was_not_asked_for_is_refused(server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", status(200, {"Content-Encoding": "br"}, b"x"))
    assert "packed as br" in desk.refusal(server.url("/list"))
    assert server.asked("/list")[0].headers["Accept-Encoding"] == "gzip"


# Redirects


def test_redirects_are_followed_and_the_last_address_is_told(server: FixtureServer, desk: Desk) -> None:
    for step, code in enumerate((301, 302, 303, 307, 308)):
        server.answer(f"/{step}", redirect(f"{step + 1}#part", code))
    server.serve("/5", PAGE)
    fetched = desk.fetch(server.url("/0"))
    assert isinstance(fetched, Fetched)
    assert (fetched.address, fetched.final_address) == (server.url("/0"), server.url("/5"))


def test_more_redirects_are_not(server: FixtureServer, desk: Desk) -> None:
    for step in range(9):
        server.answer(f"/{step}", redirect(server.url(f"/{step + 1}")))
    assert "more than 5 redirects" in desk.refusal(server.url("/0"))
    assert not server.asked("/6")


def test_a_circle_of_redirects_is_told(server: FixtureServer, desk: Desk) -> None:
    server.answer("/a", redirect("/b"))
    server.answer("/b", redirect("/a"))
    assert f"the redirects go in a circle ({server.url('/a')})" in desk.refusal(server.url("/a"))
    assert len(server.asked("/a")) == 1


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("ftp://127.0.0.1/list", "“ftp://127.0.0.1/list” is no http or https address"),
        ("file:///etc/passwd", "“file:///etc/passwd” is no http or https address"),
        ("javascript:1", "a redirect to no address"),
        ("http://[::1/", "Invalid URL in location header"),
    ],
)
def test_a_redirect_leads_to_the_web_alone(to: str, told: str, server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", redirect(to))
    assert told in desk.refusal(server.url("/list"))


def test_a_redirect_to_the_sign_in_page_names_both_addresses(server: FixtureServer, desk: Desk) -> None:
    server.answer("/list", redirect("/login?next=/list"))
    server.serve("/login?next=/list", LOGIN)
    assert f"asks to sign in was found ({server.url('/login?next=/list')})" in desk.refusal(
        server.url("/list")
    )


@pytest.mark.parametrize(
    "address", ["", "list", "file:///etc/passwd", "http://", "http://[::1/", "http://a\nb/"]
)
def test_what_is_no_address_is_refused(address: str, desk: Desk) -> None:
    assert "is no http or https address" in desk.refusal(address)


# Manners


def test_the_program_says_who_it_is_and_whom_to_ask(
    server: FixtureServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve("/list", PAGE)
    for contact, told in {
        "": "jcm-target-tracker",
        "jcm@example.org": "jcm-target-tracker (+jcm@example.org)",
        "https://example.org/\r\nX-Bad: 環境省 (1)": "jcm-target-tracker (+https://example.org/X-Bad:  1)",
    }.items():
        monkeypatch.setenv("JCM_CONTACT", contact)
        desk = desk_of(tmp_path)
        with desk.fetcher:
            desk.fetch(server.url("/list"))
        assert {asked.headers["User-Agent"] for asked in server.requests} == {told}
        server.requests.clear()


def test_a_host_is_left_alone_for_a_moment_between_requests(server: FixtureServer, desk: Desk) -> None:
    for name in "abc":
        server.serve(f"/{name}", PAGE)
        desk.fetch(server.url(f"/{name}"))
    assert [asked.path for asked in server.requests] == ["/robots.txt", "/a", "/b", "/c"]
    assert desk.waiting.waited == [2, 2, 2]


def test_another_host_need_not_be_waited_for(server: FixtureServer, desk: Desk) -> None:
    server.serve("/list", PAGE)
    desk.fetch(server.url("/list"))
    desk.waiting.waited.clear()
    desk.fetch(server.url("/list").replace("127.0.0.1", "localhost"))
    assert desk.waiting.waited == [2]  # between its own robots.txt and its page


RULES = b"""User-agent: *
Disallow: /private
Crawl-delay: 5

User-agent: somebody-else
Disallow: /
"""


def test_the_rules_of_a_host_are_kept_to(server: FixtureServer, desk: Desk) -> None:
    server.serve("/robots.txt", b"\xef\xbb\xbf" + RULES, media_type="text/plain")
    server.serve("/list", PAGE)
    server.serve("/private/list", PAGE)
    server.answer("/moved", redirect("/private/list"))
    desk.fetch(server.url("/list"))
    for path in ("/private/list", "/moved"):
        told = f"robots.txt does not let programs fetch {server.url('/private/list')}"
        assert told in desk.refusal(server.url(path))
    assert not server.asked("/private/list")
    assert len(server.asked("/robots.txt")) == 1
    assert desk.waiting.waited == [5, 5]


def test_rules_for_this_program_count_for_it(server: FixtureServer, desk: Desk) -> None:
    rules = RULES + b"\nUser-agent: JCM-target-tracker\nDisallow: /list\nCrawl-delay: 86400\n"
    server.serve("/robots.txt", rules, media_type="text/plain")
    server.serve("/private", PAGE)
    assert "does not let programs" in desk.refusal(server.url("/list"))
    assert desk.content(server.url("/private")) == PAGE
    assert desk.waiting.waited == [20]


@pytest.mark.parametrize(
    "robots",
    [
        status(404),
        status(403),
        status(200, {}, b""),
        status(200, {}, b"\xff\xfe\0<html>"),
        redirect("/rules"),
    ],
)
def test_a_host_without_rules_allows_all(robots: Handler, server: FixtureServer, desk: Desk) -> None:
    server.answer("/robots.txt", robots)
    server.serve("/list", PAGE)
    assert desk.content(server.url("/list")) == PAGE


@pytest.mark.parametrize(
    "robots", [status(500), status(503), hung_up, redirect("/robots.txt"), streamed(60_000_000)]
)
def test_where_the_rules_cannot_be_read_nothing_is_fetched(
    robots: Handler, server: FixtureServer, desk: Desk
) -> None:
    server.answer("/robots.txt", robots)
    server.serve("/list", PAGE)
    for _ in range(2):
        assert "robots.txt could not be read, so nothing is fetched there" in desk.refusal(
            server.url("/list")
        )
    assert not server.asked("/list")
    assert len(server.asked("/robots.txt")) in {1, 4}


# Proxies and certificates


def test_a_proxy_from_the_environment_is_used(
    server: FixtureServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url())
    monkeypatch.setenv("HTTPS_PROXY", server.url())
    server.serve("http://jcm.invalid/list", PAGE)
    server.answer("jcm.invalid:443", status(407))
    desk = desk_of(tmp_path, Pace(attempts=1))
    with desk.fetcher:
        assert desk.content("http://jcm.invalid/list") == PAGE
        assert "the proxy refused" in desk.refusal("https://jcm.invalid/list")
    assert [(asked.method, asked.path) for asked in server.requests] == [
        ("GET", "http://jcm.invalid/robots.txt"),
        ("GET", "http://jcm.invalid/list"),
        ("CONNECT", "jcm.invalid:443"),
    ]


def test_a_host_that_is_excepted_from_the_proxy_is_asked_directly(
    server: FixtureServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    server.serve("/list", PAGE)
    desk = desk_of(tmp_path)
    with desk.fetcher:
        assert desk.content(server.url("/list")) == PAGE
    assert urlsplit(server.url()).netloc == server.asked("/list")[0].headers["Host"]


@pytest.mark.parametrize(
    ("name", "value"), [("SSL_CERT_FILE", "/nowhere/certificates.pem"), ("HTTPS_PROXY", "gopher://127.0.0.1")]
)
def test_settings_that_cannot_be_used_are_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SourceNotRead, match=rf"Fetching cannot start.*{name}"), Fetcher():
        pass
