"""Words of sources stand in the reader's language, and those that do not are marked."""

import re
from pathlib import Path

import pytest

from queries.warehouse import current
from view.names import texts_of
from view.stated_words import stated, stated_html, title_of
from view.texts import Texts, texts


@pytest.fixture
def japanese(warehouse_dir: Path) -> Texts:
    return texts_of(current(warehouse_dir), "ja")


WORDS = (
    "SELECT DISTINCT scope FROM official_total WHERE scope NOT IN (SELECT project_id FROM history.project)",
    "SELECT DISTINCT label FROM history.aggregate_statement",
    "SELECT DISTINCT coverage FROM ndc_target",
    "SELECT DISTINCT market_jcm FROM ndc_target",
    "SELECT DISTINCT market_international FROM ndc_target",
    "SELECT DISTINCT instrument FROM carbon_pricing",
    "SELECT DISTINCT note FROM carbon_pricing",
    "SELECT DISTINCT mitigation_type FROM ndc_target",
    "SELECT DISTINCT mitigation_target FROM ndc_target WHERE regexp_matches(mitigation_target, '[a-z]{4}')",
    "SELECT DISTINCT place_text FROM project_site",
    "SELECT DISTINCT location FROM history.project",
    "SELECT DISTINCT note FROM history.project",
    "SELECT DISTINCT est_total_basis FROM history.project",
    "SELECT DISTINCT note FROM history.issuance",
    "SELECT DISTINCT note FROM history.aggregate_statement",
    "SELECT DISTINCT note FROM history.article6_event",
    "SELECT DISTINCT note FROM official_total",
    "SELECT DISTINCT note FROM partner_country",
    "SELECT DISTINCT signed_place FROM partner_country",
    "SELECT DISTINCT value FROM readiness WHERE NOT regexp_full_match(value, '[0-9]+')",
    "SELECT DISTINCT title_en FROM milestone WHERE title_ja IS NULL",
    "SELECT DISTINCT title_en FROM history.project WHERE title_ja IS NULL",
)


@pytest.mark.parametrize("sql", WORDS)
def test_every_wording_of_the_record_has_its_japanese(sql: str, warehouse_dir: Path, japanese: Texts) -> None:
    with current(warehouse_dir)._connection.cursor() as cursor:
        found = [row[0] for row in cursor.execute(sql).fetchall() if row[0]]
    assert found
    assert [w for w in found if stated(w, japanese) == w] == []


def test_every_wording_that_is_translated_stands_in_the_record(warehouse_dir: Path, japanese: Texts) -> None:
    with current(warehouse_dir)._connection.cursor() as cursor:
        columns = cursor.execute(
            "SELECT c.schema_name, c.table_name, c.column_name FROM duckdb_columns() AS c"
            " INNER JOIN duckdb_tables() AS t USING (schema_name, table_name)"
            " WHERE c.data_type = 'VARCHAR' AND c.schema_name IN ('main', 'history')"
        ).fetchall()
        held = {
            value
            for schema, table, column in columns
            for (value,) in cursor.execute(f'SELECT DISTINCT "{column}" FROM "{schema}"."{table}"').fetchall()
        }
    assert sorted(set(japanese.wordings) - held) == []


def test_wordings_are_japanese(japanese: Texts) -> None:
    plain = {"BSD City", "JCM"}
    assert [
        en for en, ja in japanese.wordings.items() if en not in plain and not re.search("[\u3040-\u9fff]", ja)
    ] == []


def test_the_wordings_are_those_of_the_data_version(japanese: Texts) -> None:
    # What a pinned version did not word yet stays English, whatever the files say today.
    assert stated("Darkhan", japanese) != "Darkhan"
    assert stated("Darkhan", texts("ja").knowing({})) == "Darkhan"


def test_a_title_of_ours_is_told_apart_from_a_published_one(japanese: Texts) -> None:
    english = "3.4MW Rice Husk Power Generation Project in Maule"
    ours = {"title_en": english, "title_ja": None}
    assert title_of(ours, japanese) == "マウレ州における3.4MWもみ殻発電プロジェクト（仮訳）"
    assert title_of(ours, texts("en")) == english
    assert title_of({**ours, "title_ja": "公表された題名"}, japanese) == "公表された題名"
    assert title_of({"title_en": "A new project", "title_ja": None}, japanese) == "A new project"


def test_a_wording_that_is_not_known_stays_and_is_marked_as_english(japanese: Texts) -> None:
    assert stated("some new <scope>", japanese) == "some new <scope>"
    assert stated_html("some new <scope>", japanese) == '<span lang="en">some new &lt;scope&gt;</span>'
    assert stated_html("some new <scope>", texts("en")) == "some new &lt;scope&gt;"


def test_conditions_of_a_target_are_named(japanese: Texts) -> None:
    words = "4% (unconditional), 14.5% (conditional)"
    assert stated(words, japanese) == "4%（条件なし）、14.5%（条件付き）"
    assert stated(words, texts("en")) == words
    assert stated("Peak by 2025", japanese) == "Peak by 2025"
