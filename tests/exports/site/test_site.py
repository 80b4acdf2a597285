"""The whole site: its numbers are those of the answers, its links lead somewhere, and it asks for nothing outside."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
from PIL import Image

from exports.site.rendering import LARGEST
from model.ladder import RUNG_BY_CODE
from queries.record import latest_target_years
from queries.warehouse import Warehouse
from tests.exports.site.reading import read
from view.amounts import amount_short, between
from view.names import texts_of
from view.texts import LANGUAGES, Language

ATOM = "{http://www.w3.org/2005/Atom}"
EACH_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)


def pages_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@EACH_LANGUAGE
def test_the_ladder_is_that_of_the_query(site: Path, warehouse: Warehouse, lang: Language) -> None:
    t, (near, far) = texts_of(warehouse, lang), latest_target_years(warehouse)
    on_page = {row[0]: row for row in read(site / lang / "index.html").tables["ladder"]}
    with (site / lang / "index-ladder.csv").open(encoding="utf-8-sig", newline="") as file:
        in_file = list(csv.reader(file))
    for column, year in ((2, near), (4, far)):
        rungs = {r["rung"]: r for r in warehouse.run("ladder", until_fiscal_year=year).to_pylist()}
        for code, rung in RUNG_BY_CODE.items():
            low, high = rungs[code]["tco2_low"], rungs[code]["tco2_high"]
            if not low:
                continue
            name = t.pick(rung.name_en, rung.name_ja)
            row = next(row for key, row in on_page.items() if key.startswith(name))
            assert row[column] == between(low, high, t, amount_short), code
            assert any(str(low) in row for row in in_file), code


@EACH_LANGUAGE
def test_the_first_figures_are_those_of_the_query(site: Path, warehouse: Warehouse, lang: Language) -> None:
    t = texts_of(warehouse, lang)
    near, _ = latest_target_years(warehouse)
    rungs = {r["rung"]: r for r in warehouse.run("ladder", until_fiscal_year=near).to_pylist()}
    decided = between(rungs["notified"]["tco2_low"], rungs["notified"]["tco2_high"], t, amount_short)
    expected = amount_short(
        sum(rungs[one]["tco2_low"] for one in ("pipeline", "validation", "registered")), t
    )
    figures = read(site / lang / "index.html").figures
    assert figures[0].removesuffix("-CO₂") == decided
    assert figures[1].removesuffix("-CO₂") == expected


@EACH_LANGUAGE
def test_every_country_shows_the_projects_and_decisions_of_the_queries(
    site: Path, warehouse: Warehouse, lang: Language
) -> None:
    t = texts_of(warehouse, lang)
    projects = Counter(row["iso3"] for row in warehouse.run("projects", rows_at_most=100_000).to_pylist())
    events = warehouse.run("issuances").to_pylist()
    countries = [r["iso3"] for r in warehouse.run("partner_signatures").to_pylist()]
    assert countries
    for iso3 in countries:
        tables = read(site / lang / "countries" / f"{iso3.lower()}.html").tables
        assert len(tables.get("country_projects", [()])) - 1 == projects[iso3], iso3
        own = [row for row in events if row["iso3"] == iso3]
        shown = tables.get("country_issuances", [()])[1:]
        assert len(shown) == len(own), iso3
        amounts = Counter(
            between(row["tco2_low"], row["tco2_high"], t, lambda tco2, to: f"{to.number(tco2)}")
            for row in own
            if row["tco2_low"] is not None
        )
        cells = Counter(re.sub(r" ?t\b| ?t-CO₂", "", cell) for row in shown for cell in row)
        assert not [one for one in amounts if one not in cells], iso3


@EACH_LANGUAGE
def test_every_participant_and_sector_has_a_page_with_its_projects(
    site: Path, warehouse: Warehouse, lang: Language
) -> None:
    listed = read(site / lang / "participants" / "index.html")
    rows = warehouse.run("participants").to_pylist()
    shown = sum(len(t) - 1 for key, t in listed.tables.items() if key == "participants")
    more = sorted((site / lang / "participants").glob("index-participants-*.html"))
    shown += sum(len(read(path).tables["participants"]) - 1 for path in more)
    assert shown == len(rows)
    for row in rows:
        page = read(site / lang / "participants" / f"{row['participant_id']}.html")
        assert len(page.tables["participant_projects"]) - 1 == row["projects"], row["participant_id"]
    sectors = [r for r in warehouse.run("filter_options").to_pylist() if r["filter"] == "sector"]
    for row in sectors:
        if row["value"] != "0":
            page = read(site / lang / "sectors" / f"{row['value']}.html")
            assert len(page.tables["projects"]) - 1 == row["projects"], row["value"]


def test_downloads_are_the_tables_of_the_data_file(site: Path, warehouse: Warehouse) -> None:
    for name in ("project", "issuance", "ladder"):
        table = warehouse.table(name)
        rows = json.loads((site / "data" / "json" / f"{name}.json").read_text(encoding="utf-8"))
        assert [list(row) for row in rows[:1]] == [table.column_names]
        assert len(rows) == table.num_rows
        text = (site / "data" / "csv" / f"{name}.csv").read_text(encoding="utf-8")
        assert sum(1 for _ in csv.reader(io.StringIO(text))) == table.num_rows + 1
    low = sum(r["tco2_low"] or 0 for r in json.loads((site / "data/json/issuance.json").read_text()))
    assert low == sum(value or 0 for value in warehouse.table("issuance")["tco2_low"].to_pylist())


def test_every_link_leads_to_a_file_of_the_site_and_to_a_place_on_it(site: Path) -> None:
    pages = {path: read(path) for path in pages_of(site)}
    broken = []
    for path, page in pages.items():
        for _, address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file() or (parts.fragment and parts.fragment not in pages[target].ids):
                broken.append((path.relative_to(site).as_posix(), address))
    assert broken == []


def test_nothing_is_asked_of_another_host_and_no_address_is_of_the_root(site: Path) -> None:
    for path in pages_of(site):
        for tag, address in read(path).addresses:
            assert not address.startswith("/"), (path, address)
            if tag != "a":
                assert not urlsplit(address).scheme, (path, tag, address)
    sheet = (site / "assets" / "site.css").read_text(encoding="utf-8")
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_no_page_is_larger_than_a_slow_line_bears(site: Path) -> None:
    assert [p for p in pages_of(site) if p.stat().st_size > LARGEST] == []


def test_both_languages_have_the_same_pages(site: Path) -> None:
    english, japanese = (
        {p.relative_to(site / lang).as_posix() for p in (site / lang).rglob("*.html")}
        for lang in ("en", "ja")
    )
    # The continuations of long tables may be cut at other rows.
    assert all(re.search(r"-\d+\.html$", path) for path in english ^ japanese)


def test_pages_are_valid_html_with_ids_of_their_own(site: Path) -> None:
    few = [p for p in pages_of(site) if p.parent.name != "participants"]
    few += sorted((site / "en" / "participants").glob("*.html"))[::30]
    for path in few:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_bytes())
        assert parser.errors == [], path
        ids = Counter(read(path).ids)
        assert [one for one, n in ids.items() if n > 1] == [], path


@EACH_LANGUAGE
def test_the_feed_leads_to_what_the_page_of_changes_says(site: Path, lang: Language) -> None:
    feed = ET.parse(site / "feed" / f"changes.{lang}.atom").getroot()  # noqa: S314 - our own file
    page = read(site / lang / "changes.html")
    links = [
        link.get("href", "") for entry in feed.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link")
    ]
    assert links
    for address in links:
        path, _, anchor = address.partition("#")
        assert (site / "feed" / path).resolve() == page.path.resolve()
        assert anchor in page.ids


def test_the_catalogue_names_every_file_with_its_size(site: Path) -> None:
    found = json.loads((site / "data" / "catalog.jsonld").read_text(encoding="utf-8"))
    files = [one for of in found["dcat:dataset"] for one in of["dcat:distribution"]]
    assert len(files) > 100
    for one in files:
        file = site / "data" / one["dcat:downloadURL"]["@id"]
        assert file.stat().st_size == one["dcat:byteSize"]


def test_pages_tell_machines_of_the_data_set(site: Path, warehouse: Warehouse) -> None:
    html = (site / "ja" / "data.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    told = json.loads(found[1])
    assert (told["@type"], told["version"]) == ("Dataset", warehouse.data_version)
    for one in told["distribution"]:
        assert (site / "ja" / one["contentUrl"]).is_file(), one


def test_every_page_has_a_picture_for_previews(site: Path) -> None:
    told = json.loads((site / "previews.json").read_text(encoding="utf-8"))["pages"]
    for path, (title, description, picture) in told.items():
        assert (site / path).is_file()
        assert title
        assert description
        assert (site / picture).is_file()
    with Image.open(site / "pictures" / "target.ja.png") as image:
        assert image.size == (1200, 630)
