"""The static edition as the app serves it, and what the app's own first HTML says where it is there."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running_server import RunningServer
from tests.serve.conftest import SMALL_APP, fetch

TITLE = "JCM with Viet Nam"
PAGES = {
    "en/index.html": ["Progress", "In short.", "pictures/target.en.png"],
    "ja/index.html": ["進捗", "要約。", "pictures/target.ja.png"],
    "en/countries/vnm.html": [TITLE, 'What "is" known & stated.', "pictures/countries-vnm.en.png"],
    "ja/countries/vnm.html": ["ベトナム", "判明分。", "pictures/countries-vnm.ja.png"],
}


def write_small_site(folder: Path, base: str = "") -> Path:
    for path, (title, *_) in PAGES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"<!DOCTYPE html><title>{title}</title>" + "<p>words</p>" * 200)
    (folder / "404.html").write_text("<!DOCTYPE html><title>Not here</title>")
    (folder / ".jcm-site").write_text("")
    (folder / "previews.json").write_text(json.dumps({"base": base, "pages": PAGES}))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_site(tmp_path_factory.mktemp("sites") / "site")


@pytest.fixture(scope="module")
def with_site(folder: Path) -> Iterator[RunningServer]:
    """The small app below a path, with a static edition."""
    arguments = ("--script", str(SMALL_APP), "--no-warm", "--base-path", "jcm")
    with RunningServer.tuned(*arguments, environment={"JCM_SITE_DIR": str(folder)}) as running:
        yield running


def test_pages_of_the_site_are_served_with_a_policy_of_their_own(with_site: RunningServer) -> None:
    found = fetch(with_site, "/jcm/site/en/countries/vnm.html", accept_encoding="gzip")
    assert found.status == 200
    assert found.headers["content-type"].startswith("text/html")
    assert found.headers["content-encoding"] == "gzip"
    policy = found.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "none.html",
        ".jcm-site",
        "../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "en/%2e%2e/%2e%2e/previews.json",
        "//etc/passwd",
        "%00",
    ],
)
def test_nothing_but_the_site_is_served_there(with_site: RunningServer, path: str) -> None:
    found = fetch(with_site, f"/jcm/site/{path}")
    assert found.status in {400, 404}
    assert b"root:" not in found.body


@pytest.mark.parametrize(
    ("target", "accepted", "lang", "path"),
    [
        ("/jcm/country?iso3=VNM&lang=ja", "en", "ja", "ja/countries/vnm.html"),
        ("/jcm/country?iso3=VNM", "ja-JP,en;q=0.5", "ja", "ja/countries/vnm.html"),
        ("/jcm/country?iso3=VNM&record=own", "de", "en", "en/countries/vnm.html"),
        ("/jcm/", "en", "en", "en/index.html"),
        ("/jcm/target?lang=ja", "en", "ja", "ja/index.html"),
    ],
)
def test_the_first_html_of_a_page_leads_to_the_same_page_of_the_site(
    with_site: RunningServer, target: str, accepted: str, lang: str, path: str
) -> None:
    found = fetch(with_site, target, accept_language=accepted)
    html = found.body.decode()
    title, _, picture = PAGES[path]
    site = f"http://127.0.0.1:{with_site.port}/jcm/site"
    assert f'<html lang="{lang}">' in html
    assert f"<title>{title}</title>" in html
    assert f'<link rel="canonical" href="{site}/{path}">' in html
    assert f'<meta property="og:image" content="{site}/{picture}">' in html
    (without_scripts,) = re.findall(r"<noscript>(.*?)</noscript>", html, re.DOTALL)
    assert f'href="{site}/{path}"' in without_scripts
    assert int(found.headers["content-length"]) == len(found.body)
    assert "Accept-Language" in found.headers["vary"]
    assert found.headers["etag"] is None
    assert fetch(with_site, path_of(html)).status == 200


def path_of(html: str) -> str:
    found = re.search(r'rel="canonical" href="http://[^/]+(/[^"]+)"', html)
    assert found
    return found[1]


def test_a_page_without_a_like_on_the_site_still_leads_to_it(with_site: RunningServer) -> None:
    html = fetch(with_site, "/jcm/sql?lang=en").body.decode()
    assert "canonical" not in html
    (without_scripts,) = re.findall(r"<noscript>(.*?)</noscript>", html, re.DOTALL)
    assert "/jcm/site/en/index.html" in without_scripts


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("/jcm/country?iso3=%3Cscript%3Ealert(1)%3C/script%3E&lang=%22%3E%3Cscript%3E", "127.0.0.1"),
        ("/jcm/country?iso3=VNM&" + "a=b&" * 300, "127.0.0.1"),
        ("/jcm/country?iso3=VNM", 'evil"><script>alert(1)</script>'),
        ("/jcm/country?iso3=../../index&lang=en", "127.0.0.1"),
    ],
    ids=["script", "many fields", "host", "path"],
)
def test_an_address_never_becomes_markup(with_site: RunningServer, target: str, host: str) -> None:
    found = fetch(with_site, target, host=host)
    assert found.status in {200, 400}
    assert b"alert(1)" not in found.body


def test_the_scripts_of_the_start_page_still_fit_its_policy(with_site: RunningServer) -> None:
    found = fetch(with_site, "/jcm/country?iso3=VNM")
    for script in re.findall(r"<script>(.*?)</script>", found.body.decode(), re.DOTALL):
        assert "sha256-" in found.headers["content-security-policy"]
        assert script


def test_another_site_in_its_place_is_served_at_once(tmp_path: Path) -> None:
    place = write_small_site(tmp_path / "site", "https://jcm.example/a")
    arguments = ("--script", str(SMALL_APP), "--no-warm")
    with RunningServer.tuned(*arguments, environment={"JCM_SITE_DIR": str(place)}) as running:
        assert b'href="https://jcm.example/a/en/index.html"' in fetch(running, "/").body
        write_small_site(tmp_path / "new", "https://jcm.example/b")
        place.rename(tmp_path / "old")
        (tmp_path / "new").rename(place)
        assert b'href="https://jcm.example/b/en/index.html"' in fetch(running, "/").body
        shutil.rmtree(place)
        assert fetch(running, "/site/en/index.html").status == 404
        assert b"canonical" not in fetch(running, "/").body


def test_a_tracker_that_asks_everybody_to_sign_in_serves_no_site(folder: Path) -> None:
    environment = {"JCM_SITE_DIR": str(folder), "JCM_SIGN_IN": "all"}
    with RunningServer.tuned("--script", str(SMALL_APP), "--no-warm", environment=environment) as running:
        assert fetch(running, "/site/en/index.html").status == 404
        assert TITLE.encode() not in fetch(running, "/country?iso3=VNM").body
