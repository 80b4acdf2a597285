"""A language in preview: menu, target page and glossary in it, the rest in English and said so."""

import re

import pytest

from tests.pages.reading import address_of, answer_of, html_of, opened


def test_the_target_page_speaks_spanish_and_says_that_it_is_a_preview() -> None:
    app = opened(lang="es")
    assert "AF2030" in answer_of(app)
    assert "vista previa" in html_of(app)
    assert address_of(app)["lang"] == ["es"]
    shown = re.sub(r'lang="ja"[^<]*|日本語', "", answer_of(app))
    assert not re.search("[\u3040-\u30ff\u4e00-\u9fff]", shown), "names of the record stand in English"


@pytest.mark.parametrize(
    "page", ["guide", "countries", "projects", "credits", "map", "sql", "briefing", "methods"]
)
def test_every_other_page_opens_in_it(page: str) -> None:
    app = opened(f"pages/{page}.py", lang="es")
    assert answer_of(app)
    assert "vista previa" in html_of(app)
