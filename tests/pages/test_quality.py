"""The page on data quality: ages, proposals, revisions, doubts and coverage, on the committed record and after refreshes."""

import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from etl.contracts import table
from etl.sources.cells import expected_header
from etl.warehouse.build import build
from queries.warehouse import current
from tests.etl.data_folder import DATA, DataFolder
from tests.pages.reading import answer_of, html_of, opened
from view.quality.sources import judged
from view.texts import texts

PAGE = "pages/quality.py"
DAY = "2026-11-28"
ATTEMPTS = """\
jcm-projects,2026-11-29,read,2026-11-29,2026-11-20,1,147,0,2,as expected,正常
jcm-locations,2026-11-29,unchanged,2026-11-29,,1,90,0,0,as expected,正常
world-bank,2026-11-29,failed,,,0,0,0,0,<b>not</b> reached,接続できません
"""
PROPOSALS = [
    {
        "proposal_id": "P0001",
        "action": "changed",
        "row_key": "VN005",
        "column": "status",
        "value_before": "validation",
        "value_after": "registered",
        "needs_decision": "false",
    },
    {
        "proposal_id": "P0002",
        "action": "same",
        "row_key": "VN901",
        "value_after": "<script>alert(1)</script>",
        "match_key": "P-VNM-001",
        "match_score": "0.93",
        "finding_codes": "SIZE-OF-KIND",
        "needs_decision": "true",
    },
    {
        "proposal_id": "P0003",
        "action": "gone",
        "row_key": "BD004",
        "needs_decision": "true",
        "decision": "reject",
        "decided_on": "2026-11-29",
        "reason": "A fault of the list",
    },
]
REVISIONS = """\
2026-11-29,2026-11-27,P0009,project,MN003,est_annual_tco2,100,,200,gh-ctsdb-all-jcm,Newer
"""


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published warehouse with attempts, open proposals and a revision."""
    folder_of_data = tmp_path_factory.mktemp("refreshed") / "data"
    data = DataFolder(Path(shutil.copytree(DATA, folder_of_data, ignore=shutil.ignore_patterns("warehouse"))))
    for file, lines in (("refresh/attempts.csv", ATTEMPTS), ("refresh/revisions.csv", REVISIONS)):
        data.write(file, data.content(file) + lines.encode())
    header = list(expected_header(table("proposal")))
    same = {
        "proposed_on": DAY,
        "table_name": "project",
        "source_code": "jcm-projects",
        "source_id": f"jcm-projects-{DAY}",
        "evidence": "row 12",
    }
    folder = data.path / "proposals" / DAY
    folder.mkdir(parents=True)
    rows = [[{**same, **one}.get(name, "") for name in header] for one in PROPOSALS]
    data.write_rows(f"proposals/{DAY}/proposals.csv", [header, *rows])
    warehouse = data.path.parent / "warehouse"
    build(data.path, warehouse)
    return warehouse


@pytest.fixture
def after_refreshes(refreshed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages read the warehouse with attempts, open proposals and a revision."""
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(refreshed))
    return refreshed


def words_of(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub("<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)))


def row_of(html: str, name: str) -> str:
    found = [row for row in re.findall(r"<tr.*?</tr>", html, flags=re.DOTALL) if name in row]
    assert found, name
    return found[0]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            (
                "not tried yet",
                "No proposed change waits",
                "No value was replaced yet",
                "No row or cell was rejected",
            ),
        ),
        (
            "ja",
            (
                "未実施",
                "採否が未決の変更案はありません",
                "置き換えられた値はまだありません",
                "除外した行及びセルはありません",
            ),
        ),
    ],
)
def test_nothing_is_said_in_words(lang: str, told: tuple[str, ...]) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    for one in told:
        assert one in words


def test_what_is_not_known_is_never_zero() -> None:
    html = html_of(opened(PAGE, lang="en"))
    source = row_of(html, "iges-database")
    assert source.count("not known") == 2, "its state and its day"
    assert "not tried yet" in source
    country = words_of(row_of(html, "Azerbaijan")).split(" ", 2)[2]
    assert re.findall(r"\d+", country) == []
    assert "none known" in country


@pytest.mark.usefixtures("after_refreshes")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_answer_counts_what_is_overdue_and_what_waits(lang: str) -> None:
    answer = answer_of(opened(PAGE, lang=lang))
    assert ("2 proposed changes wait" if lang == "en" else "変更案が2件") in answer


def test_the_age_counts_to_the_day_of_the_reader(warehouse_dir: Path) -> None:
    rows = current(warehouse_dir).run("refresh_sources").to_pylist()
    listed = next(row for row in rows if row["source_code"] == "jcm-projects")
    for days, state in ((30, "current"), (60, "due"), (61, "overdue")):
        today = date.fromordinal(listed["held_on"].toordinal() + days)
        found = judged([listed], today)[0]
        assert (found["age_days"], found["state"]) == (days, state)
    never = judged([{**listed, "held_on": None}], date(2026, 12, 1))[0]
    assert (never["age_days"], never["state"]) == (None, None)
    agreeing = judged([{**listed, "agreed_on": date(2026, 11, 29)}], date(2026, 12, 1))[0]
    assert agreeing["state"] == "current"
    assert agreeing["age_days"] > 100, "the record is as old as it was"


def test_a_reading_counts_only_where_the_record_agrees_with_it(after_refreshes: Path) -> None:
    rows = {row["source_code"]: row for row in current(after_refreshes).run("refresh_sources").to_pylist()}
    assert rows["jcm-locations"]["agreed_on"] == date(2026, 11, 29)
    assert rows["jcm-projects"]["agreed_on"] is None, "something of it is open"
    assert rows["jcm-projects"]["open_proposals"] == 2
    assert rows["world-bank"]["agreed_on"] is None, "it failed"
    assert rows["jcm-issuances"]["tried_on"] is None


@pytest.mark.usefixtures("after_refreshes")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_attempts_proposals_and_revisions_are_told(lang: str) -> None:
    html = html_of(opened(PAGE, lang=lang))
    failed = words_of(row_of(html, "world-bank"))
    assert ("failed" if lang == "en" else "失敗") in failed
    assert ("<b>not</b> reached" if lang == "en" else "接続できません") in failed
    changed = words_of(row_of(html, "VN005"))
    assert "validation → registered" in changed
    assert "row 12" in changed
    like = row_of(html, "VN901")
    assert "P-VNM-001" in like
    assert "93%" in like
    assert "SIZE-OF-KIND" in like
    assert "P0003" not in html, "that one is decided"
    revised = row_of(html, "P0009")
    assert "100 → 200" in revised
    assert ("not known" if lang == "en" else "不明") in revised
    assert "gh-ctsdb-all-jcm" in revised
    assert "<script>" not in html
    assert "<b>not</b>" not in html


def test_only_pages_under_https_are_linked() -> None:
    html = html_of(opened(PAGE, lang="en"))
    assert 'href="https://www.jcm.go.jp/jc/mn-projects/"' in html
    for row in (row_of(html, "jcm-issuances"), row_of(html, "jcm-methodologies")):
        assert "{letters}" in row
        assert "<a " not in row
    assert 'href="http://' not in html


def test_coverage_is_that_of_the_warehouse(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    rows = warehouse.run("quality_coverage").to_pylist()
    with warehouse._connection.cursor() as cursor:
        projects, estimates = cursor.execute(
            "SELECT count(*), count(annual_tco2) FROM history.project_state WHERE known_until IS NULL"
        ).fetchone() or (None, None)
        exact = cursor.execute(
            "SELECT count(*) FROM history.issuance WHERE total_tco2 IS NOT NULL"
        ).fetchone()
    assert sum(row["projects"] for row in rows) == projects
    assert sum(row["with_estimate"] for row in rows) == estimates
    assert (sum(row["with_exact_amount"] for row in rows),) == exact
    number = texts("en").number
    words = words_of(html_of(opened(PAGE, lang="en")))
    assert f"Of {number(projects or 0)} projects {number(estimates or 0)} have an annual estimate" in words


def test_findings_are_counted_and_their_rows_are_a_link_away(warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    doubts = warehouse.run("quality_doubts").to_pylist()
    assert (
        sum(row["total"] for row in doubts if row["kind"] == "finding") == warehouse.run("findings").num_rows
    )
    rejected = sum(row["total"] for row in doubts if row["kind"] == "rejected")
    assert rejected == warehouse.run("rejected_rows").num_rows
    assert [row["open"] for row in doubts] == sorted((row["open"] for row in doubts), reverse=True)
    html = html_of(opened(PAGE, lang="en"))
    assert 'href="methods?lang=en#findings"' in html
    assert 'href="methods?lang=en#rejected"' in html


@pytest.mark.parametrize(("lang", "report"), [("en", "report.md"), ("ja", "report.ja.md")])
def test_the_commands_are_there(lang: str, report: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    for command in (
        "python -m etl refresh",
        "python -m etl refresh jcm-projects --from FILE",
        f"/{report}",
        "python -m etl accept <",
        "python -m etl build",
        "jcm-issuances-mn.html",
    ):
        assert command in words


def test_a_day_of_another_page_does_not_change_what_this_one_says() -> None:
    html = html_of(opened(PAGE, lang="en", as_of="2020-03-31"))
    day = current().data_as_of.isoformat()
    assert html.count(f"As of {day}") == 6
    assert "Ignored in the address" not in html
