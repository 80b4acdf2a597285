"""Data and methods: the prose leads from a document to each rung and to the tables behind, and one project has its figures."""

import re

import pytest

from model.ladder import RUNGS
from queries.warehouse import current
from tests.pages.reading import html_of, opened
from view.texts import Language, texts

PAGE = "pages/methods.py"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_prose_names_every_rung_and_leads_to_sections_and_terms_that_are_there(lang: str) -> None:
    app = opened(PAGE, lang=lang)
    html = html_of(app, with_term_links=True)
    way = html[html.index('id="way"') : html.index('id="worked"')]
    assert {f"jcm-fill-{rung.code}" for rung in RUNGS} <= set(re.findall(r"jcm-fill-\w+", way))
    leads = set(re.findall(r'href="#([\w-]+)"', way))
    assert len(leads) > 10
    assert leads <= set(re.findall(r'<h2 [^>]*id="([\w-]+)"', html))
    assert len(re.findall(r'class="jcm-term"', way)) > 10
    # The tables are folded: the page opens without their rows.
    assert not app.dataframe
    assert html.index('id="way"') < html.index('id="worked"') < html.index('id="tables"')


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_project_worked_through_has_the_figures_of_the_record(lang: Language) -> None:
    html = html_of(opened(PAGE, lang=lang))
    worked = html[html.index('id="worked"') : html.index('id="tables"')]
    found = re.search(r'href="project\?[^"]*project=([\w-]+)', worked)
    assert found
    warehouse, t = current(), texts(lang)
    facts = warehouse.run("project_facts", project=found[1]).to_pylist()[0]
    assert facts["stage"] == "registered"
    assert t.day(facts["registered_on"]) in worked
    assert t.number(facts["annual_tco2"]) in worked
    events = warehouse.run("project_events", project=found[1]).to_pylist()
    assert any(
        t.number(e["tco2_low"]) in worked
        and t.day(e["decided_on"]) in worked
        and t.day(e["issued_on"]) in worked
        for e in events
    )
    assert {"jcm-fill-pipeline", "jcm-fill-notified", "jcm-fill-ndc"} <= set(
        re.findall(r"jcm-fill-\w+", worked)
    )


def test_a_day_without_such_a_project_has_the_prose_alone() -> None:
    html = html_of(opened(PAGE, lang="en", as_of="2013-02-01"))
    assert 'id="way"' in html
    assert 'id="worked"' not in html
