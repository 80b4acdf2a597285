"""Single pages: hostile names, tables cut up, equal bytes, addresses told, and nothing of an own record."""

import json
import re
import shutil
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from markupsafe import Markup

from exports.briefing.document import Grid
from exports.site.build import OwnRecord, site_files
from exports.site.command import site as command
from exports.site.edition import Edition, Places, edition_of
from exports.site.page import Part, SitePage
from exports.site.pictures import picture_of
from exports.site.record import Methods, changes_of, credits_of
from exports.site.rendering import LARGEST, Press
from exports.site.subjects import Subjects
from queries.warehouse import OWN_FOLDER, WAREHOUSE_DIR_VARIABLE, Warehouse, current
from tests.own_warehouse import AMOUNT, MARK, lay_over
from view.texts import Language

HOSTILE = '</script><img src=x onerror="alert(1)">&\x00\x1b'
PLACES = Places("https://jcm.example/site", "https://jcm.example/live")


def press(edition: Edition) -> Press:
    return Press(edition, lambda page: {"name": page.title})


def pages_about(warehouse: Warehouse, lang: Language, country: str) -> dict[str, bytes]:
    """The pages that an own record would move most: the first, a country, credits, changes, data."""
    made = Subjects(edition_of(warehouse, lang, Places()))
    one = replace(made.edition, subjects={**made.edition.subjects, "countries": {country: country}})
    pages = [
        made.target(),
        made.participants(),
        *Subjects(one).each_country(),
        credits_of(made),
        changes_of(made),
    ]
    pages += [Methods(made).data(Markup("")), Methods(made).alone("sources")]
    found = {path: body for page in pages for path, body in press(made.edition).pages(page)}
    return {**found, "picture": picture_of(pages[0], (), "", made.t)}


def test_what_is_named_badly_is_only_text(warehouse: Warehouse) -> None:
    page = SitePage(
        path="x.html",
        room="data",
        title=HOSTILE,
        answer=HOSTILE,
        parts=[Part("p", HOSTILE, HOSTILE, grid=Grid((HOSTILE,), ((HOSTILE,), ("javascript:alert(1)",))))],
        crumbs=((HOSTILE, ""),),
    )
    ((_, html),) = press(edition_of(warehouse, "en", Places())).pages(page)
    text = html.decode()
    assert "<img" not in text
    assert 'href="javascript' not in text
    assert "\x00" not in text
    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert told
    assert json.loads(told[1])["name"] == HOSTILE


def test_a_table_too_long_for_a_page_goes_on_on_others(warehouse: Warehouse) -> None:
    rows = tuple((f"row {n}", "words " * 12) for n in range(4_000))
    page = SitePage(
        "long.html", "data", "Long", "Long.", parts=[Part("rows", "Rows", grid=Grid(("A", "B"), rows))]
    )
    pages = dict(press(edition_of(warehouse, "en", Places())).pages(page))
    assert len(pages) > 2
    assert all(len(html) <= LARGEST for html in pages.values())
    shown = [name for html in pages.values() for name in re.findall(r">(row \d+)<", html.decode())]
    assert shown == [row[0] for row in rows]
    for path in list(pages)[1:]:
        assert path.removeprefix("en/") in pages["en/long.html"].decode()


def test_the_same_version_makes_the_same_bytes(
    warehouse: Warehouse, warehouse_dir: Path, tmp_path: Path
) -> None:
    again = current(shutil.copytree(warehouse_dir, tmp_path / "warehouse", symlinks=True))
    assert again is not warehouse
    assert pages_about(warehouse, "ja", "MNG") == pages_about(again, "ja", "MNG")
    first, second = (list(islice(site_files(one, PLACES), 40)) for one in (warehouse, again))
    assert first == second


def test_addresses_that_were_told_are_whole(warehouse: Warehouse) -> None:
    made = Subjects(edition_of(warehouse, "ja", PLACES))
    ((_, html),) = press(made.edition).pages(made.countries())
    text = html.decode()
    assert '<link rel="canonical" href="https://jcm.example/site/ja/countries/index.html">' in text
    assert 'hreflang="en" href="https://jcm.example/site/en/countries/index.html"' in text
    assert 'property="og:image" content="https://jcm.example/site/pictures/countries.ja.png"' in text
    assert 'href="https://jcm.example/live/countries?lang=ja"' in text
    project = next(row["project_id"] for row in warehouse.run("project_keys").to_pylist())
    assert made.edition.pages_of[project] == f"https://jcm.example/live/project?lang=ja&project={project}"


def test_nothing_of_an_own_record_is_in_the_site(warehouse_dir: Path, tmp_path: Path) -> None:
    both = lay_over(warehouse_dir, tmp_path / "warehouse")
    public = current(both)
    marks = (MARK, f"{AMOUNT:,}", str(AMOUNT))
    for lang in ("en", "ja"):
        for path, body in pages_about(public, lang, "VNM").items():
            assert not any(mark.encode() in body for mark in marks), path
    for path, body in site_files(public, Places()):
        if path.endswith("catalog.jsonld"):
            break
        assert not any(mark.encode() in body for mark in marks), path


def test_a_warehouse_with_an_own_record_makes_no_site(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = lay_over(warehouse_dir, tmp_path / "warehouse") / OWN_FOLDER
    with pytest.raises(OwnRecord):
        next(site_files(current(own), Places()))
    monkeypatch.setenv(WAREHOUSE_DIR_VARIABLE, str(own))
    assert command(out=tmp_path / "site") == 2
    assert "own record" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "address", ["jcm.example", "ftp://jcm.example", "https://", "https://a/?q=1", "http://[x"]
)
def test_an_address_that_is_none_is_refused(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(out=tmp_path / "site", base_url=address) == 2
    assert "--base-url" in capsys.readouterr().err


def test_without_a_warehouse_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAREHOUSE_DIR_VARIABLE, str(tmp_path / "none"))
    assert command(out=tmp_path / "site") == 2
    assert not (tmp_path / "site").exists()
