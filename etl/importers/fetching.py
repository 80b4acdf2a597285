"""Polite fetching of official pages and files over HTTP.

Asked only for what changed (ETag, Last-Modified), one request at a time, with a pause between requests to a host, within
the rules of its robots.txt. What is too large, too slow, cut off, or not of the expected form is refused.

Environment: JCM_MAX_FETCH_MB (largest size), JCM_FETCH_PAUSE (seconds between requests), JCM_CONTACT (address or page of
a person, told to servers in the User-Agent), and what is usual for proxies and certificates: HTTP_PROXY, HTTPS_PROXY,
ALL_PROXY, NO_PROXY, SSL_CERT_FILE.
"""

import contextlib
import os
import random
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.robotparser import RobotFileParser

import httpx

from etl.importers.pace import Pace
from etl.importers.raw_store import EXPECTED, Form, Kept, misfit
from etl.importers.source import SourceNotRead
from etl.sources.limits import Limits

AGENT = "jcm-target-tracker"
CONTACT_VARIABLE = "JCM_CONTACT"
PASSING = frozenset({429, 502, 503, 504})
MOST_REDIRECTS = 5

_Answer = tuple[httpx.Response, bytes]
_PIECE = 1 << 16
_UNTRUSTED = (
    "its certificate is not trusted; see SSL_CERT_FILE",
    "証明書が信頼できません。SSL_CERT_FILE 参照",
)
_FAULTS: Mapping[type[httpx.TransportError], tuple[str, str]] = {
    httpx.ProxyError: ("the proxy refused; see HTTPS_PROXY", "プロキシに拒否されました"),
    httpx.TimeoutException: ("the server fell silent", "サーバーの応答がありません"),
    httpx.ConnectError: ("the server could not be reached", "サーバーに接続できません"),
    httpx.RemoteProtocolError: ("the answer was cut off", "応答が途中で切れました"),
    httpx.TransportError: ("the connection failed", "通信に失敗しました"),
}


@dataclass(frozen=True)
class Fetched:
    """A document as the server sent it, unpacked. `final_address` is where redirects led."""

    address: str
    final_address: str
    content: bytes
    media_type: str
    etag: str
    last_modified: str


@dataclass(frozen=True)
class Unchanged:
    """The server's word that what is kept is still what it states."""

    address: str
    known: Kept


@dataclass(eq=False)
class _Refused(Exception):
    """What was found in place of a document, in both languages."""

    en: str
    ja: str


@dataclass(eq=False)
class _Passing(_Refused):
    """A fault that may pass by itself; `after` are the seconds that the server asked to wait."""

    after: float | None = None


class _Deadline:
    """Ends a request in time even if its server drips bytes: a read time-out alone starts anew with every byte."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, _: str, happened: Mapping[str, Any]) -> None:
        """Take note of the connections that httpx opens for the request."""
        if find := getattr(happened.get("return_value"), "get_extra_info", None):
            self._sockets.append(find("socket"))
            if self.is_over:
                self._end()

    def _end(self) -> None:
        self.is_over = True
        for opened in self._sockets:
            with contextlib.suppress(OSError):  # closed already
                socket.socket.shutdown(opened, socket.SHUT_RDWR)


class Fetcher:
    """Context manager that fetches with one HTTP client; `wait` and `clock` can be replaced, so that tests need no time."""

    def __init__(
        self,
        limits: Limits | None = None,
        pace: Pace | None = None,
        *,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._most = (limits or Limits()).max_fetch_mb * 1_000_000
        self._pace = pace or Pace.from_environment()
        self._wait, self._clock, self._chance = wait, clock, chance
        self._ended_at, self._pauses = dict[str, float](), dict[str, float]()
        self._robots: dict[str, RobotFileParser | _Refused] = {}
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        contact = re.sub(r"[^ -'*-~]", "", os.environ.get(CONTACT_VARIABLE, "")).strip()
        agent = f"{AGENT} (+{contact})" if contact else AGENT
        try:
            self._client = httpx.Client(
                headers={"User-Agent": agent, "Accept-Encoding": "gzip"},
                timeout=httpx.Timeout(self._pace.read, connect=self._pace.connect),
                # A connection for each request, so that the deadline knows it; pauses outlast kept ones anyway.
                limits=httpx.Limits(max_keepalive_connections=0),
            )
        except (OSError, ValueError, ImportError) as error:
            raise SourceNotRead(
                f"Fetching cannot start ({error}). Check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE.",
                f"取得を開始できません（{error}）。HTTP_PROXY、HTTPS_PROXY、ALL_PROXY 及び SSL_CERT_FILE を確認してください。",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch(self, address: str, known: Kept | None, *, form: Form, source_code: str) -> Fetched | Unchanged:
        """Return the document, or that it is still the known one. Raises SourceNotRead for anything not of that form."""
        try:
            with self._turn:
                return self._document(_url(address), address, known, form)
        except _Refused as refused:
            expected_en, expected_ja = EXPECTED[form]
            command = f"python -m etl refresh {source_code} --from FILE"
            raise SourceNotRead(
                f"{address}: {refused.en}. Expected {expected_en}."
                f" Try again later, or save it by hand in a browser and run: {command}",
                f"{address}：{refused.ja}。{expected_ja}が必要です。"
                f"後日再試行するか、ブラウザーで保存して {command} を実行してください。",
            ) from refused

    def _document(self, url: httpx.URL, address: str, known: Kept | None, form: Form) -> Fetched | Unchanged:
        answer, content = self._followed(url, known)
        final = str(answer.url)
        if answer.status_code == httpx.codes.NOT_MODIFIED and known and known.final_address == final:
            return Unchanged(address, known)
        if answer.status_code != httpx.codes.OK:
            raise _Refused(*_status(answer.status_code))
        if found := misfit(content, form):
            led = "" if answer.url == url else f" ({final})"
            raise _Refused(f"{found[0]} was found{led}", f"{found[1]}でした{led}")
        sent = (answer.headers.get(name, "") for name in ("content-type", "etag", "last-modified"))
        return Fetched(address, final, content, *sent)

    def _followed(self, url: httpx.URL, known: Kept | None = None, *, is_robots: bool = False) -> _Answer:
        """The answer behind all redirects. The rules of each host on the way are kept to."""
        seen: list[httpx.URL] = []
        while url not in seen and len(seen) <= MOST_REDIRECTS:
            seen.append(url)
            if not is_robots:
                self._check_robots(url)
            # An ETag belongs to one address; another may use the same for something else.
            conditions = _conditions(known) if known and known.final_address == str(url) else {}
            answer, content = self._answered(url, conditions)
            if not answer.has_redirect_location:
                return answer, content
            url = _url(answer.headers["location"], url)
        if url in seen:
            raise _Refused(f"the redirects go in a circle ({url})", f"転送が循環しています（{url}）")
        raise _Refused(f"more than {MOST_REDIRECTS} redirects ({url})", f"転送が多すぎます（{url}）")

    def _check_robots(self, url: httpx.URL) -> None:
        site = str(httpx.URL(scheme=url.scheme, host=url.host, port=url.port, path="/robots.txt"))
        rules = self._robots.get(site) or self._robots.setdefault(site, self._read_robots(site))
        if isinstance(rules, _Refused):
            raise rules
        if not rules.can_fetch(AGENT, str(url)):
            raise _Refused(f"{site} does not let programs fetch {url}", f"{site} が自動取得を禁じています")
        delay = min(float(rules.crawl_delay(AGENT) or 0), self._pace.longest_crawl_delay)
        self._pauses[url.host] = max(self._pace.pause, delay)

    def _read_robots(self, site: str) -> RobotFileParser | _Refused:
        try:
            answer, content = self._followed(httpx.URL(site), is_robots=True)
            if answer.is_server_error:
                raise _Refused(*_status(answer.status_code))
        except _Refused as refused:
            return _Refused(
                f"{site} could not be read, so nothing is fetched there ({refused.en})",
                f"{site} を確認できないため取得を控えました（{refused.ja}）",
            )
        rules = RobotFileParser(site)
        rules.parse(content.decode("utf-8-sig", "replace").splitlines())
        return rules

    def _answered(self, url: httpx.URL, conditions: Mapping[str, str]) -> _Answer:
        """The answer of one address; what may pass by itself is tried again, each time later."""
        pace, least, attempt = self._pace, 0.0, 0
        while True:
            if url.host in self._ended_at:
                pause = max(self._pauses.get(url.host, pace.pause), least)
                self._wait(max(0.0, self._ended_at[url.host] + pause - self._clock()))
            try:
                return self._asked(url, conditions)
            except _Passing as passing:
                attempt += 1
                if attempt == pace.attempts:
                    times = f"{passing.en}, {attempt} times", f"{passing.ja}（{attempt}回試行）"
                    raise _Refused(*times) from passing
                backoff = pace.backoff * 2 ** (attempt - 1) * (0.5 + self._chance())
                least = min(passing.after or backoff, pace.longest_wait)
            finally:
                self._ended_at[url.host] = self._clock()

    def _asked(self, url: httpx.URL, conditions: Mapping[str, str]) -> _Answer:
        with _Deadline(self._pace.total) as deadline:
            try:
                traced = {"trace": deadline.trace}
                with self._client.stream("GET", url, headers=conditions, extensions=traced) as answer:
                    status = answer.status_code
                    if status in PASSING:
                        raise _Passing(*_status(status), _retry_after(answer.headers))
                    content = _content(answer, self._most) if status == httpx.codes.OK else b""
            except httpx.InvalidURL as error:  # of a redirect: httpx looks at it before it is followed
                raise _Refused(f"a redirect to no address ({error})", "転送先が不正です") from error
            except httpx.TransportError as error:
                if not deadline.is_over:
                    raise _fault(error) from error
            if deadline.is_over:  # a body of no stated length looks whole when its connection is shut
                most = f"{self._pace.total:g}"
                raise _Refused(f"no whole answer within {most} s", f"応答が{most}秒以内に終わりませんでした")
            return answer, content


def _url(address: str, base: httpx.URL | None = None) -> httpx.URL:
    with contextlib.suppress(httpx.InvalidURL):
        url = base.join(address) if base else httpx.URL(address)
        if url.scheme in {"http", "https"} and url.host:
            return url.copy_with(fragment=None)
    raise _Refused(f"“{address}” is no http or https address", f"「{address}」は http(s) ではありません")


def _conditions(known: Kept) -> dict[str, str]:
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: text for name, text in named.items() if text and text.isascii()}


def _status(status: int) -> tuple[str, str]:
    words = f"HTTP {status} {httpx.codes.get_reason_phrase(status)}".rstrip()
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        return (
            f"{words}; the address in data/vocabulary/refresh_sources.csv may be out of date",
            f"{words} でした。data/vocabulary/refresh_sources.csv の所在が古い可能性があります",
        )
    return f"the server answered {words}", f"サーバーの応答は {words} でした"


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds that the server asks to wait; a date counts from the server's own clock."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        until, sent = (parsedate_to_datetime(date) for date in (text, headers.get("date", "")))
    except ValueError:
        return None
    return max(0.0, until.timestamp() - sent.timestamp())


def _fault(error: httpx.TransportError) -> _Refused:
    reason = str(error) or type(error).__name__
    is_untrusted = "CERTIFICATE_VERIFY_FAILED" in reason
    fitting = (words for kind, words in _FAULTS.items() if isinstance(error, kind))
    en, ja = _UNTRUSTED if is_untrusted else next(fitting)
    return (_Refused if is_untrusted else _Passing)(f"{en} ({reason})", f"{ja}（{reason}）")


def _content(response: httpx.Response, most: int) -> bytes:
    """The body, unpacked. What passes the limit, packed or unpacked, is not read to its end."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise _Refused(f"packed as {encoding}, which was not asked for", f"圧縮形式 {encoding} は扱えません")
    stated = int(response.headers.get("content-length", "0"))  # httpx takes nothing but a number
    content, size = bytearray(), f"{most // 1_000_000} MB"
    words = (
        f"more than {size}; set JCM_MAX_FETCH_MB to allow it",
        f"{size}超です。JCM_MAX_FETCH_MB で変更できます",
    )
    for piece in _gunzipped(response.iter_raw()) if "gzip" in encoding else response.iter_raw():
        content += piece
        if max(stated, len(content), response.num_bytes_downloaded) > most:
            raise _Refused(*words)
    return bytes(content)


def _gunzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Small pieces, so that a few packed bytes cannot fill the memory."""
    unpacking, chunk = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
    try:
        for chunk in chunks:
            rest, piece = chunk, b""
            while rest or len(piece) == _PIECE:
                piece = unpacking.decompress(rest, _PIECE)
                yield piece
                rest = unpacking.unconsumed_tail
    except zlib.error as error:
        raise _Refused(f"a damaged gzip body ({error})", f"圧縮データが破損しています（{error}）") from error
    if chunk and not unpacking.eof:
        raise _Passing(*_FAULTS[httpx.RemoteProtocolError])
