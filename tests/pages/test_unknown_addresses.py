"""An address that asks for what is not there: what is wrong, what is near, and the rest of it held."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from queries.warehouse import current
from tests.pages.reading import address_of, answer_of, html_of, opened
from view.texts import texts

EVERY_PAGE = (
    *("target", "changes", "countries", "map", "compare", "readiness", "sectors", "projects", "participants"),
    *("methodologies", "credits", "article6", "outlook", "briefing", "downloads", "sql", "guide", "methods"),
    *("quality", "search"),
)


def note_of(html: str) -> str:
    found = re.search(
        r'<div class="jcm-note" role="status">(Ignored in the address|アドレスのうち無視したもの).*?</div>',
        html,
    )
    assert found
    return found[0]


def near_links(html: str) -> list[dict[str, list[str]]]:
    return [
        parse_qs(unescape(href).partition("?")[2]) for href in re.findall(r'href="([^"]*)"', note_of(html))
    ]


@pytest.mark.parametrize(
    ("page", "key", "value", "near"),
    [
        ("target", "country", "VNN", "VNM"),
        ("sectors", "country", "Vietnam", "VNM"),
        ("credits", "country", "ベトナン", "VNM"),
        ("projects", "technology", "solar", "solar PV"),
        ("target", "sector", "33", "3"),
        ("map", "status", "regisered", "registered"),
        ("credits", "participant", "tokyo-centry", "tokyo-century"),
        ("target", "as_of", "2021-02-30", "2021-02-28"),
        ("credits", "as_of", "2021/6", "2021-06-30"),
        ("methodologies", "methodology", "VN_AM0O1", "VN_AM001"),
        ("guide", "term", "imto", "itmo"),
        ("sql", "query", "laddr", "ladder"),
        ("sectors", "by", "technolgy", "technology"),
        ("briefing", "audience", "contry", "country"),
        ("target", "form", "anual", "yearly"),
        ("downloads", "table", "projct", "project"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_is_near_to_an_unknown_value_is_a_link_that_keeps_the_rest(
    page: str, key: str, value: str, near: str, lang: str
) -> None:
    app = opened(f"pages/{page}.py", lang=lang, funding="private", **{key: value})
    links = near_links(html_of(app))
    assert any(link[key][-1] == near for link in links)
    if page not in {"sql", "methodologies", "guide", "briefing"}:
        assert all(link["funding"] == ["private"] for link in links)
    assert value in unescape(note_of(html_of(app)))


def test_other_values_of_the_same_filter_hold() -> None:
    app = opened(lang="en", country=["THA", "VNN"])
    assert address_of(app)["country"] == ["THA"]
    assert {"country": ["THA", "VNM"], "lang": ["en"]} in near_links(html_of(app))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_day_outside_the_record_leads_to_the_nearest_that_can_be_shown(
    lang: str, warehouse_dir: Path
) -> None:
    warehouse, t = current(warehouse_dir), texts(lang)  # type: ignore[arg-type]
    first, last = warehouse.first_on, warehouse.data_as_of
    for asked, near in ((first - timedelta(days=9), first), (last + timedelta(days=400), last)):
        html = html_of(opened(lang=lang, as_of=asked.isoformat()))
        assert t.day(first) in note_of(html)
        assert t.day(last) in note_of(html)
        assert [link["as_of"] for link in near_links(html)] == [[near.isoformat()]]


def test_an_unknown_choice_leads_to_the_one_meant() -> None:
    html = html_of(opened(lang="en", contry="VNM", sector="1"))
    assert "There is no choice “contry”" in note_of(html)
    assert near_links(html)[0] == {"country": ["VNM"], "sector": ["1"], "lang": ["en"]}


def test_a_choice_of_another_page_is_said_not_to_be_used_here_and_one_of_this_page_is_not() -> None:
    assert "“iso3” is not used on this page" in html_of(opened("pages/credits.py", lang="en", iso3="VNM"))
    assert "Ignored" not in html_of(opened("pages/country.py", lang="en", iso3="VNM", form="yearly"))
    assert "from -0.5 to 0.5, not “7”" in html_of(opened("pages/outlook.py", lang="en", growth="7"))


def test_a_figure_on_another_page_says_what_it_does_not_narrow_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("view.embedding.is_on", lambda: True)
    html = html_of(opened(lang="en", figure="ladder", country="VNN"))
    assert near_links(html)[0]["country"] == ["VNM"]
    assert html.index("Ignored in the address") < html.index('<h2 class="jcm-title">')


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_page_says_that_the_reader_is_in_the_past(name: str, lang: str) -> None:
    app = opened(
        f"pages/{name}.py", lang=lang, as_of="2021-03-31", **({"q": "Mongolia"} if name == "search" else {})
    )
    band = re.search(r'<div class="jcm-note jcm-past" role="status">.*?</div>', html_of(app))
    assert band
    assert texts(lang).day(current().data_as_of) in band[0]  # type: ignore[arg-type]
    assert answer_of(app)
