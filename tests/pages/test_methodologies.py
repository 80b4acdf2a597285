"""Methodologies, decisions and days of steps: on the committed record, and once the site's tables were read."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from queries.warehouse import current
from tests.changed_warehouse import changed
from tests.pages.reading import answer_of, html_of, opened

PAGE = "pages/methodologies.py"
READ = """
INSERT INTO history.methodology BY NAME
SELECT 'MN_AM003' AS methodology_code, 'Invented title' AS title_en, 'MNG' AS iso3, 'Approved' AS status, '3.0' AS version,
  DATE '2017-08-01' AS approved_on, '1;3' AS sector_numbers, DATE '2017-05-01' AS public_input_start_on,
  DATE '2017-05-15' AS public_input_end_on, max_by(source_id, retrieved_on) AS source_id
FROM source
UNION ALL BY NAME
SELECT 'MN_PM099' AS methodology_code, 'Proposed only' AS title_en, 'MNG' AS iso3, min(source_id) AS source_id FROM source
"""


@pytest.fixture
def once_read(warehouse_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse in which the site's table of one country was read: one methodology approved, one proposed."""
    changed(warehouse_dir, tmp_path, READ)
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(tmp_path))
    return tmp_path


def words_of(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub("<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)))


@pytest.mark.parametrize(
    ("lang", "unknown", "rule"),
    [
        ("en", "Titles and days of approval are not known", "within seven days"),
        ("ja", "名称は不明", "7日間以内"),
    ],
)
def test_what_was_not_read_is_not_known_in_words_of_a_reader(lang: str, unknown: str, rule: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    assert unknown in words
    assert "make refresh" not in words
    assert rule in words


def test_every_project_that_names_a_methodology_is_under_it(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    named = warehouse.run("methodology_projects").to_pylist()
    told = {row["methodology_code"]: row for row in warehouse.run("methodologies").to_pylist()}
    for code, row in told.items():
        assert row["projects"] == sum(one["methodology_code"] == code for one in named)
        versions = {one["version"] for one in named if one["methodology_code"] == code}
        assert set(row["versions_used"].split(";")) == versions
    listed = {
        p["project_id"] for p in warehouse.run("projects", rows_at_most=10_000).to_pylist() if p["ref_no"]
    }
    assert {one["project_id"] for one in named} == listed


def test_no_event_is_told_twice_under_one_methodology_and_none_of_other_projects(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    total = sum(row["tco2_low"] or 0 for row in warehouse.run("issuances").to_pylist())
    for row in warehouse.run("methodologies").to_pylist():
        assert (row["tco2_low"] or 0) <= total
        assert row["events"] or row["tco2_low"] is None


def test_decisions_are_the_registrations_and_dated_issuances_of_the_record(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    rows = warehouse.run("committee_decisions").to_pylist()
    with warehouse._connection.cursor() as cursor:
        [registered] = cursor.execute(
            "SELECT count(*) FROM project WHERE registered_on IS NOT NULL"
        ).fetchone() or [0]
    dated = [row for row in warehouse.run("issuances").to_pylist() if row["decided_on"]]
    assert sum(row["registrations"] for row in rows) == registered
    assert sum(row["issuances"] for row in rows) == len(dated)
    assert sum(row["tco2_low"] or 0 for row in rows) == sum(row["tco2_low"] or 0 for row in dated)
    assert [row["decided_on"] for row in rows] == sorted((row["decided_on"] for row in rows), reverse=True)


def test_days_of_a_step_are_never_negative(warehouse_dir: Path) -> None:
    assert [row for row in current(warehouse_dir).run("step_days").to_pylist() if row["days"] < 0] == []


def test_a_methodology_of_the_address_comes_first_with_its_projects() -> None:
    html = html_of(opened(PAGE, lang="en", methodology="MN_AM003"))
    assert html.index("Projects that use MN_AM003") < html.index("Methodologies: scope, versions")
    for project in ("MN003", "MN004", "MN006"):
        assert f">{project}</small>" in html
    assert "not on the list" not in html
    unknown = html_of(opened(PAGE, lang="en", methodology="XX_AM001"))
    assert "methodology=XX_AM001" in unknown, "what was ignored is said"


@pytest.mark.parametrize(("country", "sector", "n"), [("THA", None, "TH_"), ("MNG", "2", "MN_AM001")])
def test_country_and_scope_narrow_the_list(country: str, sector: str | None, n: str) -> None:
    html = html_of(opened(PAGE, lang="en", country=country, **({"sector": sector} if sector else {})))
    codes = set(re.findall(r"methodology=([A-Z]{2}_[A-Z]{2}[0-9]{3})", html))
    assert codes
    assert all(code.startswith(n) for code in codes)


def test_a_project_leads_to_its_methodology() -> None:
    html = html_of(opened("pages/project.py", lang="en", project="TH015"))
    assert re.search(r'href="methodologies\?[^"]*methodology=TH_AM[0-9]{3}"', html)


def test_tables_of_the_site_bring_title_approval_and_days_beside_the_rule(once_read: Path) -> None:
    [row] = [
        r for r in current(once_read).run("methodologies").to_pylist() if r["methodology_code"] == "MN_AM003"
    ]
    assert (row["title_en"], row["approved_on"].isoformat(), row["sector_numbers"]) == (
        "Invented title",
        "2017-08-01",
        "1;3",
    )
    assert row["projects"] == 3
    words = words_of(html_of(opened(PAGE, lang="en")))
    assert "Invented title" in words
    assert "Proposed only" in words
    assert "1 methodology approved" in words
    # Fifteen days of public input, and 78 days to the decision, of 90 at most.
    assert "public input: 1 of 1 within the rule" in words
    assert "consideration by the Joint Committee: 1 of 1 within the rule" in words
    assert "90 methodologies" in answer_of(opened(PAGE, lang="en"))
    past = current(once_read).run("methodologies", as_of=date(2017, 6, 1), countries=["MNG"]).to_pylist()
    assert {r["methodology_code"]: r["approved_on"] for r in past}["MN_AM003"] is None
