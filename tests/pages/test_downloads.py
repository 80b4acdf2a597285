"""The downloads page: everything, each table, each question."""

import pytest

from queries.catalogue import catalogue
from queries.warehouse import current
from tests.pages.reading import address_of, answer_of, html_of, opened
from view.downloads import formats
from view.texts import texts

PAGE = "pages/downloads.py"


def labels(app: object) -> list[str]:
    return [b.proto.label for b in app.get("download_button")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lang", "title", "package"),
    [
        ("en", "Take the data away", "Data Package (ZIP)"),
        ("ja", "データの入手", "データパッケージ（ZIP）"),
    ],
)
def test_the_page_speaks_its_language(lang: str, title: str, package: str) -> None:
    app = opened(PAGE, lang=lang)
    assert answer_of(app) == title
    assert labels(app)[0] == package
    assert labels(app)[1].startswith("DuckDB · jcm-")
    assert current().data_version in html_of(app)


def test_a_link_opens_a_table_and_a_question_with_its_filters() -> None:
    app = opened(PAGE, lang="en", table="project", query="ladder", country="MNG", as_of="2023-03-31")
    assert address_of(app) == {
        "lang": ["en"],
        "table": ["project"],
        "query": ["ladder"],
        "country": ["MNG"],
        "as_of": ["2023-03-31"],
    }
    captions = [c.value for c in app.caption]
    assert f"{current().table('project').num_rows} rows" in captions
    assert f"{current().run('ladder').num_rows} rows" in captions
    assert "key: the JCM reference number" in html_of(app)


@pytest.mark.parametrize("key", ["table", "query"])
def test_an_unknown_table_or_question_is_said(key: str) -> None:
    app = opened(PAGE, lang="en", **{key: "no_such_thing"})
    assert f"Ignored in the address: {key}=no_such_thing" in html_of(app)


def test_every_question_can_be_taken_away_in_every_format() -> None:
    t = texts("ja")
    for name in catalogue():
        for _, ending, _, make in formats(current().run(name), [("a", "b")], t):
            assert make() is not None, (name, ending)


def test_a_question_is_given_whole_and_not_a_page_of_it() -> None:
    app = opened(PAGE, lang="ja", query="projects")
    everything = current().table("project").num_rows
    assert f"{everything}行" in [c.value for c in app.caption]
