"""Every page beside an own record: which record it shows, what is said of it, and which figures are marked."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from queries import warehouse
from queries.warehouse import current, own
from tests.own_warehouse import MARK, PROJECT
from tests.pages.reading import address_of, html_of, opened, texts_to_copy
from view.tiles import Tile

FOR_OTHERS = (
    "pages/briefing.py",
    "pages/downloads.py",
    "pages/sql.py",
    "pages/changes.py",
    "pages/methods.py",
)
WITH_OWN: Mapping[str, dict[str, str]] = {
    "pages/target.py": {},
    "pages/countries.py": {},
    "pages/country.py": {"iso3": "VNM"},
    "pages/readiness.py": {},
    "pages/sectors.py": {},
    "pages/methodologies.py": {},
    "pages/projects.py": {"q": MARK},
    "pages/project.py": {"project": PROJECT},
    "pages/credits.py": {},
    "pages/article6.py": {},
    "pages/map.py": {},
    "pages/outlook.py": {},
    "pages/guide.py": {},
    "pages/quality.py": {},
}
MARKED = {"en": "with the own record of the organisation, not public", "ja": "自組織の非公開記録を含む"}
SHOWN = {"en": "Not public", "ja": "対外非公表"}
THERE = {"en": "The organisation has a record of its own, too.", "ja": "自組織の記録もあります。"}
ALONE = {
    "en": "handed to others never has the organisation",
    "ja": "外部提供に用いる内容に自組織の記録は含まれません",
}


@pytest.fixture(autouse=True)
def _beside(laid_over: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(laid_over))
    monkeypatch.delenv("JCM_SIGN_IN", raising=False)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, Tile]:
    """Tiles of the run by their key."""
    found: dict[str, Tile] = {}

    def keep(tile: Any, _t: Any, *_: Any) -> list[Any]:
        assert isinstance(tile, Tile), tile
        found[tile.key] = tile
        return []

    monkeypatch.setattr("view.page.draw_tile", keep)
    return found


def plain(html: str) -> str:
    return re.sub("<.*?>", "", html)


def everything(app: AppTest) -> str:
    """All that a run sends to the browser."""
    return "\n".join(str(element.proto) for element in app.main) + "\n".join(
        str(element.proto)
        for kind in ("html", "plotly_chart", "arrow_data_frame", "code")
        for element in app.get(kind)
    )


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("page", WITH_OWN)
def test_a_page_shows_the_own_record_where_the_address_asks_for_it(page: str, lang: str) -> None:
    words = plain(html_of(opened(page, lang=lang, record="own", **WITH_OWN[page])))
    assert SHOWN[lang] in words
    assert THERE[lang] not in words
    public = plain(html_of(opened(page, lang=lang, **WITH_OWN[page])))
    assert THERE[lang] in public
    assert SHOWN[lang] not in public
    assert MARKED[lang] not in public


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("page", FOR_OTHERS)
def test_a_page_for_others_shows_the_public_record_and_says_so(page: str, lang: str) -> None:
    app = opened(page, lang=lang, record="own")
    assert ALONE[lang] in plain(html_of(app))
    assert SHOWN[lang] not in plain(html_of(app))
    assert MARK not in everything(app)
    assert current().data_version != getattr(own(), "data_version", None)


@pytest.mark.parametrize("page", WITH_OWN)
def test_a_figure_is_marked_where_the_own_record_moves_it_and_only_there(
    page: str, drawn: dict[str, Tile]
) -> None:
    given = {**WITH_OWN[page], "lang": "en"}
    opened(page, record="own", **given)
    with_own = dict(drawn)
    drawn.clear()
    opened(page, **given)
    public = dict(drawn)
    assert public or page in {"pages/project.py", "pages/projects.py"}
    for key, tile in with_own.items():
        assert tile.is_not_public == (MARKED["en"] in tile.source), key
        assert tile.has_own_record
        if key in public:
            assert tile.is_not_public or said(tile) == said(public[key]), (
                f"{page} {key} moves and is not marked"
            )
    assert not any(tile.has_own_record or tile.is_not_public for tile in public.values())


def said(tile: Tile) -> tuple[object, ...]:
    """What a figure tells, apart from how it was made and where its links lead."""
    rows = tile.rows().to_pylist()
    figure = json.loads(tile.plot.to_json()) if tile.figure is not None else None
    found = json.dumps([figure, rows, tile.drawn().body, tile.sentence, tile.notes], default=str)
    return (re.sub(r"(&amp;|&|\\u0026)record=own", "", found),)


def test_at_least_the_headline_is_marked_and_the_targets_are_not_moved(drawn: dict[str, Tile]) -> None:
    opened(record="own", lang="en")
    assert drawn["cumulative"].is_not_public
    opened("pages/quality.py", record="own", lang="en")
    assert not drawn["milestones"].is_not_public


def test_the_public_page_is_the_same_with_and_without_an_own_record_beside_it(
    warehouse_dir: Path, drawn: dict[str, Tile], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(record="own", lang="en")
    drawn.clear()
    opened(lang="en")
    beside = {key: said(tile) for key, tile in drawn.items()}
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))
    opened(lang="en")
    assert {key: said(tile) for key, tile in drawn.items()} == beside


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_pinned_link_shows_the_public_record_and_says_so(lang: str) -> None:
    app = opened("pages/projects.py", record="own", v=current().data_version, lang=lang, q=MARK)
    words = plain(html_of(app))
    expected = {
        "en": "A link to a data version shows the public record alone",
        "ja": "データ版を指定したリンクでは公表記録のみ",
    }
    assert expected[lang] in words
    assert SHOWN[lang] not in words
    assert f"{MARK} wind" not in everything(app)
    assert f"{MARK}風力" not in everything(app)


def test_the_version_of_the_own_record_cannot_be_asked_for_by_a_link() -> None:
    beside = own()
    assert beside is not None
    words = plain(html_of(opened("pages/projects.py", v=beside.data_version, lang="en")))
    assert f"Ignored in the address: v={beside.data_version}" in words
    assert SHOWN["en"] not in words


def test_links_and_the_address_carry_the_record() -> None:
    app = opened("pages/countries.py", record="own", lang="en")
    assert address_of(app)["record"] == ["own"]
    links = re.findall(r'href="(country\?[^"]*)"', html_of(app))
    assert links
    assert all("record=own" in link for link in links)
    public = opened("pages/countries.py", lang="en")
    assert "record" not in address_of(public)
    assert not [link for link in re.findall(r'href="(country\?[^"]*)"', html_of(public)) if "record" in link]


def test_the_panel_of_a_figure_with_the_own_record_has_no_lasting_link_and_no_frame() -> None:
    app = opened(record="own", lang="en")
    app.session_state["panel_cumulative"] = True
    app.run()
    assert not app.exception
    assert not texts_to_copy(app)


@pytest.mark.parametrize("page", ["pages/target.py", "pages/downloads.py"])
def test_without_an_own_record_the_address_is_told_that_it_was_ignored(
    page: str, warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))
    for lang, words in (("en", "Ignored in the address: record=own"), ("ja", "record=own")):
        app = opened(page, record="own", lang=lang)
        assert words in plain(html_of(app))
        assert SHOWN[lang] not in plain(html_of(app))
        assert THERE[lang] not in plain(html_of(app))


def test_a_record_laid_over_another_public_version_is_not_shown(
    laid_over: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(laid_over, tmp_path / "w", symlinks=True)
    (tmp_path / "w" / "own" / "laid-over").write_text("jcm-000000000000")
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path / "w"))
    words = plain(html_of(opened(record="own", lang="en")))
    assert SHOWN["en"] not in words
    assert "Ignored in the address: record=own" in words


def test_what_is_taken_off_is_let_go_of(
    laid_over: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(laid_over, tmp_path / "w", symlinks=True)
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path / "w"))
    assert MARK in html_of(opened("pages/projects.py", record="own", lang="en", q=MARK))
    folder = (tmp_path / "w" / "own").resolve()
    assert any(identity.path.parent == folder for identity in warehouse._opened)
    shutil.rmtree(folder)
    app = opened("pages/projects.py", record="own", lang="en")
    assert MARK not in everything(app)
    assert not any(identity.path.parent == folder for identity in warehouse._opened)


@pytest.mark.parametrize("value", ["own", "all", "yes"])
def test_without_a_sign_in_that_is_set_up_a_demanded_one_shows_no_own_record(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_SIGN_IN", value)
    app = opened("pages/projects.py", record="own", lang="en")
    words = plain(html_of(app))
    assert "No sign-in is set up" in words
    assert MARK not in everything(app)
    if value == "own":
        assert "Until then the page shows the public one" in words
        assert "289 projects" in words
    else:
        assert "Sign in to see this tracker" in words
        assert len(words) < 600 + len("".join(re.findall(r"<style>.*?</style>", html_of(app), re.DOTALL)))
