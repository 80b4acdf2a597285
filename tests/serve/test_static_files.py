from pathlib import Path

import pyarrow as pa
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from serve.bundles import Bundles
from serve.static_files import StaticFiles
from tests.serve.exchange import ask

SCRIPT = b"export const a = 1; " * 200
CHART = "/static/js/Chart.Ab3_-9zZ.js"


async def plain_server(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"Cache-Control": "private", "X-Served-By": "plain"}
    await PlainTextResponse("plain", headers=headers)(scope, receive, send)


@pytest.fixture
def bundles(tmp_path: Path) -> Bundles:
    folder = tmp_path / "static"
    (folder / "js").mkdir(parents=True)
    (folder / "js" / "Chart.Ab3_-9zZ.js").write_bytes(b'import{x}from"./lib.12345678.js";' + SCRIPT)
    (folder / "js" / "lib.12345678.js").write_bytes(b'import"./gone.12345678.js";' + SCRIPT)
    (folder / "js" / "plain.js").write_bytes(SCRIPT)
    (folder / "js" / "tiny.12345678.js").write_bytes(b"1")
    (folder / "font.12345678.woff2").write_bytes(SCRIPT)
    (tmp_path / "secret.12345678.js").write_bytes(SCRIPT)
    return Bundles(folder)


@pytest.fixture
def app(bundles: Bundles) -> StaticFiles:
    return StaticFiles(plain_server, bundles=bundles)


def test_a_bundle_is_sent_compressed_and_for_good(app: StaticFiles, bundles: Bundles) -> None:
    answer = ask(app, CHART, accept_encoding="gzip, br")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.body) < 300
    bundle = bundles.find(CHART)
    assert bundle is not None
    original = bundle.file.read_bytes()
    assert pa.Codec("brotli").decompress(answer.body, len(original), asbytes=True) == original


def test_a_head_request_has_the_same_headers(app: StaticFiles) -> None:
    got = ask(app, CHART, accept_encoding="br")
    head = ask(app, CHART, method="HEAD", accept_encoding="br")
    assert head.headers == got.headers


def test_validators_differ_by_coding_and_lead_to_304(app: StaticFiles) -> None:
    tags = {ask(app, CHART, accept_encoding=coding).headers["etag"] for coding in ("br", "gzip")}
    assert len(tags) == 2
    tag = ask(app, CHART, accept_encoding="br").headers["etag"]
    for given in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = ask(app, CHART, accept_encoding="br", if_none_match=given)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"].endswith("immutable")
        assert "content-encoding" not in again.headers
    assert ask(app, CHART, accept_encoding="gzip", if_none_match=tag).status == 200


@pytest.mark.parametrize("accepted", ["", "identity", "zstd", "br;q=0, gzip;q=0"])
def test_a_client_without_a_known_coding_gets_the_plain_file(app: StaticFiles, accepted: str) -> None:
    answer = ask(app, CHART, accept_encoding=accepted)
    assert answer.headers["x-served-by"] == "plain"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"].endswith("immutable")


def test_a_range_is_cut_from_the_plain_file(app: StaticFiles) -> None:
    answer = ask(app, CHART, accept_encoding="br", range="bytes=0-9")
    assert answer.headers["x-served-by"] == "plain"
    assert "content-encoding" not in answer.headers


def test_fonts_and_tiny_files_are_left_as_they_are(app: StaticFiles) -> None:
    for path in ("/static/font.12345678.woff2", "/static/js/tiny.12345678.js"):
        answer = ask(app, path, accept_encoding="br")
        assert answer.headers["x-served-by"] == "plain"
        assert answer.headers["cache-control"].endswith("immutable")


def test_a_name_without_a_hash_is_asked_for_again(app: StaticFiles) -> None:
    for accepted in ("br", "identity"):
        answer = ask(app, "/static/js/plain.js", accept_encoding=accepted)
        assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/gone.12345678.js",
        "/static/../secret.12345678.js",
        "/static/js/../../../secret.12345678.js",
        "/static//etc/passwd",
        "/static/js/..\\..\\secret.12345678.js",
        "/static/js/Chart.Ab3_-9zZ.js\x00",
        "/static/",
    ],
)
def test_what_is_not_a_bundle_does_not_exist(app: StaticFiles, path: str) -> None:
    answer = ask(app, path, accept_encoding="br")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"


def test_other_addresses_and_methods_are_left_to_streamlit(app: StaticFiles) -> None:
    assert ask(app, "/countries").headers["cache-control"] == "private"
    assert ask(app, "/app/static/world.json").headers["cache-control"] == "private"
    assert ask(app, CHART, method="POST").headers["x-served-by"] == "plain"


def test_compressing_ahead_covers_what_is_worth_it(bundles: Bundles) -> None:
    bundles.compress_all()
    chart, font = bundles.find(CHART), bundles.find("/static/font.12345678.woff2")
    assert chart is not None
    assert font is not None
    assert bundles.kept(chart, "br") is not None
    assert bundles.kept(font, "br") is None


def test_the_scripts_behind_a_chart_are_found_through_their_imports(bundles: Bundles) -> None:
    found = bundles.with_imports(bundles.named("Chart"))
    assert [bundle.url_path for bundle in found] == [CHART, "/static/js/lib.12345678.js"]
