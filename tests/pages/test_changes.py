"""The page on what has changed, and links that pin a data version."""

import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from queries.editions import difference_between
from queries.warehouse import current
from tests.pages.reading import address_of, answer_of, html_of, opened
from view.texts import Language, texts

PAGE = "pages/changes.py"


@pytest.mark.parametrize(
    ("lang", "happened", "hidden", "moved"),
    [
        ("en", r"(\d+) happened in between", "not visible", "projects newly recorded"),
        ("ja", r"期間中の出来事(\d+)件", "確認不能", "新たに把握した案件"),
    ],
)
def test_the_page_tells_what_happened_from_what_could_not_be_seen(
    lang: Language, happened: str, hidden: str, moved: str
) -> None:
    warehouse = current()
    first = date(2025, 3, 31)
    found = difference_between(warehouse, first, warehouse, warehouse.data_as_of)
    app = opened(PAGE, lang=lang, earlier=first.isoformat())
    told = re.search(happened, answer_of(app))
    assert told
    assert int(told[1]) == found.timings["happened"]
    html = html_of(app)
    assert moved in html
    rung = re.search(r'<span class="jcm-swatch jcm-fill-validation">.*?</tr>', html)
    assert rung
    assert hidden in rung[0]
    assert "0 → " not in rung[0]
    (since,) = found.not_visible.values()
    assert texts(lang).day(since) in html


def test_a_link_names_the_earlier_day() -> None:
    app = opened(PAGE, lang="en", earlier="2023-03-31")
    assert address_of(app) == {"lang": ["en"], "earlier": ["2023-03-31"]}
    assert "From 31 March 2023" in html_of(app)


def test_days_in_the_wrong_order_are_swapped_and_told() -> None:
    app = opened(PAGE, lang="en", earlier="2025-06-30", as_of="2024-06-30")
    assert "the two were put in order" in html_of(app)
    assert "From 30 June 2024" in html_of(app)


def test_links_carry_the_pin_and_the_day_of_their_own_reader() -> None:
    version = current().data_version
    days = {"earlier": "2023-03-31", "as_of": "2024-06-30"}
    for pin in ({"v": version}, {}):
        links = re.findall(
            r'href="((?:country|project)\?[^"]*)"', html_of(opened(PAGE, lang="en", **days, **pin))
        )
        assert links
        assert {f"v={version}" in link for link in links} == {bool(pin)}
    swapped = html_of(opened(PAGE, lang="en", earlier="2024-06-30", as_of="2023-03-31"))
    links = re.findall(r'href="((?:country|project)\?[^"]*)"', swapped)
    assert {"as_of=2024-06-30" in link for link in links} == {True}


def test_a_version_that_older_code_wrote_cannot_be_compared(
    warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = (warehouse_dir / "current.duckdb").resolve()
    shutil.copy(published, tmp_path / published.name)
    (tmp_path / "current.duckdb").symlink_to(published.name)
    with duckdb.connect(str(tmp_path / "jcm-0123456789ab.duckdb")) as connection:
        connection.execute("CREATE TABLE build AS SELECT '0123456789ab' AS data_version")
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path))
    app = opened(PAGE, lang="en", before="0123456789ab")
    assert answer_of(app) == "Version 0123456789ab cannot be compared"


def test_equal_days_say_that_nothing_differs() -> None:
    app = opened(PAGE, lang="ja", earlier="2024-06-30", as_of="2024-06-30")
    assert answer_of(app) == "両者に差はありません。"


def test_a_pinned_link_says_so_and_a_version_that_is_not_kept_is_told() -> None:
    version = current().data_version
    app = opened("pages/countries.py", lang="en", v=version)
    assert f"pinned to data version {version}, the newest there is" in html_of(app)
    assert address_of(app)["v"] == [version]
    assert f"v={version}" in html_of(app)
    app = opened("pages/countries.py", lang="en", v="0123456789ab")
    assert "Ignored in the address: v=0123456789ab" in html_of(app)
    assert "v" not in address_of(app)


@pytest.mark.parametrize(
    ("page", "given", "address"),
    [
        (PAGE, {}, "feed/changes.en.atom"),
        ("pages/country.py", {"iso3": "VNM"}, "feed/changes.en.atom?country=VNM"),
        ("pages/participant.py", {"name": "marubeni"}, "feed/changes.en.atom?participant=marubeni"),
        ("pages/sectors.py", {"sector": "1"}, "feed/changes.en.atom?sector=1"),
    ],
)
def test_the_foot_leads_to_the_feed_of_what_the_page_shows(
    page: str, given: dict[str, str], address: str
) -> None:
    html = html_of(opened(page, lang="en", **given))
    assert re.findall(r'class="jcm-link jcm-lined jcm-feed" href="([^"]+)"', html) == [address]
