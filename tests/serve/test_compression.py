"""Scripts and styles over HTTP: compressed, for good, the same bytes as Streamlit's own."""

import gzip

import pyarrow as pa
import pytest

from tests.running_server import RunningServer
from tests.serve.conftest import fetch, scripts_of


@pytest.fixture(scope="module")
def script(server: RunningServer) -> str:
    return next(path for path in scripts_of(server) if "/js/index." in path)


def test_every_script_of_the_start_page_arrives_compressed_and_is_kept(server: RunningServer) -> None:
    scripts = scripts_of(server)
    assert len(scripts) > 20
    for path in scripts:
        answer = fetch(server, path, accept_encoding="gzip, deflate, br, zstd")
        assert answer.status == 200
        kind = "text/javascript" if path.endswith(".js") else "text/css"
        assert answer.headers["Content-Type"].split(";")[0] == kind
        assert answer.headers["Content-Encoding"] == "br"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "immutable" in answer.headers["Cache-Control"]


def test_each_coding_gives_the_same_bytes_back(server: RunningServer, script: str) -> None:
    plain = fetch(server, script).body
    assert gzip.decompress(fetch(server, script, accept_encoding="gzip").body) == plain
    brotli = fetch(server, script, accept_encoding="br").body
    assert pa.Codec("brotli").decompress(brotli, len(plain), asbytes=True) == plain


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0", None),
        ("identity", None),
        ("zstd, dcb", None),
        (";;,,;q=1", None),
    ],
)
def test_the_best_coding_that_the_client_takes(
    server: RunningServer, script: str, accepted: str, chosen: str | None
) -> None:
    assert fetch(server, script, accept_encoding=accepted).headers["Content-Encoding"] == chosen


def test_a_head_request_has_the_same_headers_and_no_body(server: RunningServer, script: str) -> None:
    got = fetch(server, script, accept_encoding="br")
    head = fetch(server, script, "HEAD", accept_encoding="br")
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.body))
    assert head.body == b""


def test_a_range_is_cut_from_the_plain_file(server: RunningServer, script: str) -> None:
    whole = fetch(server, script)
    part = fetch(server, script, accept_encoding="br", range="bytes=5-14")
    assert part.status == 206
    assert part.body == whole.body[5:15]


def test_nothing_outside_the_folders_is_served(server: RunningServer) -> None:
    for target in ("/static/../../config.py", "/static/%2e%2e/%2e%2e/config.py", "//etc/passwd"):
        answer = fetch(server, target, accept_encoding="br")
        assert answer.status in {400, 404} or answer.headers["Content-Type"].startswith("text/html")
        assert b"import streamlit" not in answer.body
        assert b"root:" not in answer.body
