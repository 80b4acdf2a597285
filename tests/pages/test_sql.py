"""The SQL page: links open statements, answers and refusals are told, figures of other pages open here."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from queries.catalogue import catalogue
from queries.warehouse import current
from tests.pages.reading import address_of, html_of, opened, texts_to_copy
from view.sql.desk import packed, unpacked

PAGE = "pages/sql.py"


@pytest.fixture(autouse=True)
def _answers_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take longer than a page waits at once; what is shown meanwhile is not meant here."""
    monkeypatch.setattr("pages.panels.sql_running.WAITS_AT_ONCE", 30)


def statement(sql: str, /, **address: str) -> AppTest:
    """The page as a link with a statement opens it."""
    return opened(PAGE, lang=address.pop("lang", "en"), sql=packed(sql), **address)


def table_of(app: AppTest) -> Any:
    return app.dataframe[0].value


def texts_of(app: AppTest) -> str:
    return unescape(re.sub("<.*?>", " ", re.sub("<style>.*?</style>", "", html_of(app), flags=re.DOTALL)))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_speaks_its_language(lang: str) -> None:
    app = opened(PAGE, lang=lang)
    texts = texts_of(app)
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", texts)
    assert (len(japanese) > 300) == (lang == "ja")
    assert lang == "ja" or not japanese
    assert app.selectbox[0].label == ("Questions ready to run" if lang == "en" else "用意された問い合わせ")


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_named_query_is_a_question_that_runs(name: str) -> None:
    app = opened(PAGE, lang="en", query=name)
    assert 'class="jcm-failure"' not in html_of(app)
    assert catalogue()[name].title_en in texts_of(app)
    assert address_of(app).get("query") == [name]


def test_the_question_gives_the_figures_of_the_other_pages(warehouse_dir: Path) -> None:
    values = {"countries": ["MNG"], "until_fiscal_year": 2040, "as_of": "2023-03-31"}
    app = opened(PAGE, lang="en", query="ladder", values=json.dumps(values))
    expected = current(warehouse_dir).run(
        "ladder", countries=["MNG"], until_fiscal_year=2040, as_of=__import__("datetime").date(2023, 3, 31)
    )
    assert table_of(app)["tco2_low"].astype(object).where(
        table_of(app)["tco2_low"].notna(), None
    ).tolist() == (expected.column("tco2_low").to_pylist())
    assert json.loads(address_of(app)["values"][0]) == values


def test_a_changed_parameter_runs_the_question_again() -> None:
    app = opened(PAGE, lang="en", query="ladder")
    before = table_of(app)["tco2_low"].sum()
    year = next(w for w in app.number_input if w.label == "$until_fiscal_year")
    year.set_value(2040).run()
    assert table_of(app)["tco2_low"].sum() > before
    assert json.loads(address_of(app)["values"][0]) == {"until_fiscal_year": 2040}


def test_a_choice_among_questions_puts_its_text_and_its_answer_there() -> None:
    app = opened(PAGE, lang="en")
    app.selectbox[0].select("milestones").run()
    assert address_of(app)["query"] == ["milestones"]
    assert list(table_of(app).columns) == [c.name for c in catalogue()["milestones"].columns]


def test_an_own_statement_takes_parameters() -> None:
    app = statement("SELECT $n + 1 AS more, $word AS word", values='{"n":41,"word":"水力"}')
    assert table_of(app).to_dict("records") == [{"more": 42, "word": "水力"}]
    next(w for w in app.text_input if w.label == "$n").set_value("1").run()
    assert table_of(app)["more"].tolist() == [2]


def test_a_cut_off_is_said_and_the_whole_can_be_fetched() -> None:
    app = statement("SELECT range AS n FROM range(20000)")
    assert "more than 5,000 rows, the first 5,000 shown" in texts_of(app)
    assert len(table_of(app)) == 5_000
    app.button(key="sql.full").click().run()
    assert not [b for b in app.button if b.key == "sql.full"]
    assert "more than 5,000 rows" in texts_of(app)


@pytest.mark.parametrize(
    ("sql", "lang", "told"),
    [
        (
            "SELECT * FROM projcet",
            "en",
            ("There is no table “projcet”. Did you mean project", "Line 1, column 15"),
        ),
        ("SELECT titel_en\nFROM project\nWHERE titel = 1", "ja", ("列", "title_en", "DuckDBのメッセージ")),
        ("COPY project TO '/tmp/x'", "en", ("Not run", "COPY", "The data cannot be changed here")),
        ("SELECT * FROM read_csv('/etc/passwd')", "ja", ("実行していません",)),
        ("SELECT 1; SELECT 2", "en", ("2 statements were found",)),
        ("SELECT repeat('x', 100000000)", "en", ("left(column, 1000)",)),
    ],
)
def test_what_went_wrong_is_told(sql: str, lang: str, told: tuple[str, ...]) -> None:
    texts = texts_of(statement(sql, lang=lang))
    for words in told:
        assert words in texts


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({"query": "laddr"}, "query=laddr"),
        ({"sql": "%%%"}, "sql=%%%"),
        ({"query": "ladder", "values": "[1"}, "values=[1"),
        ({"query": "ladder", "values": '{"until_fiscal_year":"soon"}'}, "values="),
        ({"query": "ladder", "values": '{"nothing":1}'}, "values="),
    ],
)
def test_an_address_that_cannot_be_used_is_told(address: dict[str, str], told: str) -> None:
    app = opened(PAGE, lang="en", **address)
    assert f"Ignored in the address: {told}" in texts_of(app)
    assert len(table_of(app)) == 11


def test_a_link_made_on_other_data_says_so() -> None:
    app = statement("SELECT 1 AS one", version="000000000000")
    assert "made on data version 000000000000" in texts_of(app)


def test_the_link_carries_statement_values_and_version(warehouse_dir: Path) -> None:
    app = statement("SELECT $n AS n", values='{"n":7}')
    link = next(text for text in texts_to_copy(app) if "sql?" in text)
    assert f"version={current(warehouse_dir).data_version}" in link
    assert "values=%7B%22n%22%3A7%7D" in link
    text = re.search("sql=([^&]+)", link)
    assert text
    assert unpacked(text[1], 1_000) == "SELECT $n AS n"


def test_the_history_brings_a_statement_back() -> None:
    app = opened(PAGE, lang="en")
    app.selectbox[0].select("milestones").run()
    entries = [b for b in app.button if str(b.key).startswith("sql.history")]
    assert [e.label.split(" · ")[0] for e in entries] == [
        catalogue()[n].title_en for n in ("milestones", "ladder")
    ]
    entries[1].click().run()
    assert address_of(app)["query"] == ["ladder"]


def test_a_chart_and_a_map_fit_the_result() -> None:
    app = statement("SELECT iso3, count(*) AS projects FROM project GROUP BY ALL ORDER BY ALL", draw="map")
    (figure,) = app.get("plotly_chart")
    assert "Mongolia" in figure.proto.spec
    app = statement(
        "SELECT fiscal_year, sum(tco2_low) AS tco2 FROM reduction GROUP BY ALL ORDER BY ALL", draw="chart"
    )
    (figure,) = app.get("plotly_chart")
    assert json.loads(figure.proto.spec)["data"][0]["type"] == "scatter"


def test_figures_of_other_pages_lead_here_with_their_values() -> None:
    app = opened(lang="en", country="MNG")
    app.session_state["panel_ladder"] = True
    app.run()
    links = [e.proto for e in app.get("page_link") if "sql" in e.proto.page]
    assert links
    assert any("query=ladder" in link.query_string and "MNG" in link.query_string for link in links)


def test_limits_in_force_and_the_data_file_are_shown(warehouse_dir: Path) -> None:
    app = opened(PAGE, lang="en")
    texts = texts_of(app)
    assert "JCM_SQL_SECONDS" in texts
    assert current(warehouse_dir).path.name in [b.label for b in app.get("download_button")]


def test_the_browser_of_tables_tells_what_a_column_means() -> None:
    app = opened(PAGE, lang="en")
    tables = next(s for s in app.selectbox if s.label == "Tables")
    tables.select("issuance").run()
    assert "Issuance events" in texts_of(app)
    app.toggle[0].set_value(True).run()
    assert len(app.dataframe[-1].value) == 5


def test_the_browser_keeps_history_and_record_apart_and_tells_sizes_and_macros() -> None:
    app = opened(PAGE, lang="en")
    tables = next(s for s in app.selectbox if s.label == "Tables")
    assert not [name for name in tables.options if name.startswith(("history.", "record."))]
    assert any(name.startswith("reduction ·") and name.endswith("· view") for name in tables.options)
    tables.select("reduction").run()
    assert "reduction_as_of(DATE" in texts_of(app)
    next(g for g in app.button_group if g.label == "Schema").set_value("history").run()
    tables = next(s for s in app.selectbox if s.label == "Tables")
    assert all(name.startswith("history.") and name.endswith("rows") for name in tables.options)
    tables.select("history.expected").run()
    app.toggle[0].set_value(True).run()
    assert len(app.dataframe[-1].value) == 5
