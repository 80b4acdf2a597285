"""Selections of press releases, and rows that a person completes in a spreadsheet: keys, sources, doubles, forms of cells."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.refresh.deciding import accept, reject
from etl.refresh.proposal import FOLDER
from etl.sources.csv_rows import csv_text, read_rows
from etl.sources.stops import BuildStopped
from tests.etl.data_folder import DataFolder
from tests.etl.importers.workbooks import selections_workbook, unep_workbook
from tests.etl.refresh.lists_of_the_record import TODAY, Sources, listed
from tests.etl.refresh.test_refresh import data_row, facts, only, said

DAY = TODAY.isoformat()
NEXT = TODAY + timedelta(days=1)
RELEASE = "https://www.env.go.jp/press/press_09999.html"
OF_A_COMPANY = "https://example.com/news/2026/jcm"


def selection(title: str, country: str, **cells: str | int) -> list[str | int | None]:
    """A row of the template. Cells: technology, programme, estimate, japanese, announced, url, publisher."""
    japanese = cells.get("japanese", "Invented Trading Co., Ltd.")
    return [
        *(None, title, country, None, cells.get("technology", "solar PV"), cells.get("programme"), 2026),
        *(cells.get("estimate", 1_234), japanese, None, None),
        *(cells.get("announced"), cells.get("url"), cells.get("publisher")),
    ]


def save(sources: Sources, *rows: list[str | int | None]) -> None:
    sources.files.clear()
    sources.save("selections", selections_workbook(rows), "selections.xlsx")


def edit(path: Path, *, encoding: str = "utf-8-sig", **cells: str) -> None:
    """Write cells into all rows of a file, and save it as a spreadsheet does: with a mark, CRLF, days as 2026/11/30."""
    rows = [row | cells for row in read_rows(path)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _as_shown(cell) for name, cell in row.items()})
    path.write_bytes(text.getvalue().encode(encoding))


def _as_shown(cell: str) -> str:
    try:
        day = date.fromisoformat(cell) if len(cell) == 10 else None
    except ValueError:
        day = None
    if day:
        return f"{day.year}/{day.month}/{day.day}"
    return cell.upper() if cell in {"true", "false"} else cell


def sources_of(data: Path) -> dict[str, dict[str, str]]:
    return {row["source_id"]: row for row in read_rows(data / "snapshot/sources.csv")}


def test_each_selection_keeps_the_press_release_it_is_from(sources: Sources, data: DataFolder) -> None:
    known = read_rows(data.path / "snapshot/sources.csv")[0]
    save(
        sources,
        selection(
            "Invented solar roof A", "Mongolia", announced="2026-10-01", url=RELEASE, publisher="環境省"
        ),
        selection("Invented solar roof B", "Thailand", url=OF_A_COMPANY, publisher="Invented Trading"),
        selection("Invented solar roof C", "Indonesia", url=known["url"]),
        selection("Invented solar roof D", "Kenya"),
    )
    proposals = sources.refresh().proposals
    assert {p.action for p in proposals} == {"added"}
    accept(data.path, DAY, [p.proposal_id for p in proposals], TODAY)
    rows = {
        r["title_en"][-1]: r
        for r in read_rows(data.path / "snapshot/projects.csv")
        if "solar roof" in r["title_en"]
    }
    found = {letter: sources_of(data.path)[row["source_ids"]] for letter, row in rows.items()}
    assert (found["A"]["url"], found["A"]["publisher"], found["A"]["as_of"]) == (
        RELEASE,
        "環境省",
        "2026-10-01",
    )
    assert (found["A"]["kind"], found["B"]["kind"]) == ("official", "press")
    assert found["B"]["url"] == OF_A_COMPANY
    assert found["C"] == known
    assert found["D"]["url"] == "https://gec.jp/jcm/"
    assert rows["A"]["project_id"].startswith("P-MNG-")
    assert (rows["A"]["est_annual_basis"], rows["A"]["fy_selected"], rows["A"]["status"]) == (
        "selection",
        "2026",
        "pipeline",
    )
    claims = [
        r
        for r in read_rows(data.path / "snapshot/project_claims.csv")
        if r["project_id"] == rows["A"]["project_id"]
    ]
    assert {(c["field"], c["value"], c["figure_basis"]) for c in claims} == {
        ("est_annual_tco2", "1234", "selection"),
        ("fy_selected", "2026", ""),
    }
    assert {c["source_id"] for c in claims} == {rows["A"]["source_ids"]}
    assert said(sources.refresh(NEXT)) == set()


def test_equal_titles_in_two_countries_are_two_projects_and_are_proposed_once(sources: Sources) -> None:
    title = "Invented solar roof"
    save(sources, selection(title, "Mongolia"), selection(title, "Thailand"), selection(title, "Thailand"))
    keys = [p.row_key for p in sources.refresh().proposals]
    assert len(keys) == len(set(keys)) == 3
    assert said(sources.refresh(NEXT)) == set()


def test_keys_that_are_proposed_and_open_are_not_given_again(sources: Sources, data: DataFolder) -> None:
    save(sources, selection("Invented solar roof A", "Mongolia"))
    first = only(sources.refresh())
    save(
        sources,
        selection("Quite another cogeneration", "Mongolia", technology="cogeneration", japanese="Other Inc."),
    )
    second = only(sources.refresh(NEXT))
    assert first.row_key != second.row_key
    for day in (TODAY, NEXT):
        accept(data.path, day.isoformat(), ("project",), day)


def test_a_rejected_selection_is_not_proposed_again(sources: Sources, data: DataFolder) -> None:
    save(sources, selection("Invented solar roof A", "Mongolia"))
    sources.refresh()
    reject(data.path, DAY, (), TODAY, "withdrawn before it was announced")
    assert said(sources.refresh(NEXT)) == set()


def test_a_selection_like_one_of_ours_may_be_new_all_the_same(sources: Sources, data: DataFolder) -> None:
    ours = data_row(data.path, "P-VNM-001")
    save(
        sources,
        selection(
            f"{ours['title_en']} of an Invented Dairy",
            "Viet Nam",
            technology=ours["technology"],
            announced="2026-10-01",
        ),
    )
    proposal = only(sources.refresh())
    assert (proposal.action, proposal.match_key, proposal.needs_decision) == ("same", "P-VNM-001", True)
    path = data.path / FOLDER / DAY / "proposals.csv"
    edit(path, decision="new")
    accept(data.path, DAY, (), TODAY)
    row = data_row(data.path, proposal.row_key)
    assert row["title_en"].endswith("Invented Dairy")
    assert data_row(data.path, "P-VNM-001") == ours


def test_decisions_that_do_not_fit_are_refused(sources: Sources, data: DataFolder) -> None:
    save(sources, selection("Invented solar roof A", "Mongolia"))
    sources.refresh()
    before = facts(data.path)
    edit(data.path / FOLDER / DAY / "proposals.csv", decision="claim")
    with pytest.raises(BuildStopped, match="only a value can be kept as a claim") as stopped:
        accept(data.path, DAY, (), TODAY)
    assert "claim は値の提案にのみ" in stopped.value.message_ja
    assert facts(data.path) == before


def test_two_rows_like_one_project_of_ours_change_it_once(sources: Sources, data: DataFolder) -> None:
    ours = data_row(data.path, "P-VNM-001")
    found = listed(data.path)
    for key, title in (("VN901", ours["title_en"]), ("VN902", ours["title_en"] + " II")):
        found.append([key, "Viet Nam", title, "Validation", "N/A", "", ours["jp_participants"], "", ""])
    sources.save_list(found)
    proposals = {p.row_key: p for p in sources.refresh().proposals}
    assert not proposals["VN901"].needs_decision
    assert proposals["VN902"].needs_decision
    accept(data.path, DAY, ("VN901",), TODAY)
    assert data_row(data.path, "VN901")["fy_selected"] == ours["fy_selected"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_what_a_spreadsheet_makes_of_the_files_is_read_as_it_was(
    sources: Sources, data: DataFolder, encoding: str
) -> None:
    save(
        sources,
        [
            *(
                "架空の太陽光発電",
                "Invented solar roof A",
                "Mongolia",
                None,
                "solar PV",
                None,
                2026,
                1_345,
            ),
            *("Invented Trading", None, None, "2026-10-01", RELEASE, "環境省"),
        ],
    )
    sources.refresh()
    folder = data.path / FOLDER / DAY
    edit(
        folder / "added_project.csv",
        encoding=encoding,
        operation_start="2026-09-01",
        est_annual_tco2="1,346",
    )
    edit(folder / "proposals.csv", encoding=encoding, decision="Accept")
    edit(folder / "sources.csv", encoding=encoding)
    accept(data.path, DAY, (), TODAY)
    row = next(
        r for r in read_rows(data.path / "snapshot/projects.csv") if r["title_ja"] == "架空の太陽光発電"
    )
    assert (row["operation_start"], row["est_annual_tco2"], row["in_target_scope"]) == (
        "2026-09-01",
        "1346",
        "true",
    )
    assert sources_of(data.path)[row["source_ids"]]["as_of"] == "2026-10-01"
    # A figure that a person wrote in place of the source's is not the source's: that is said, and not undone.
    again = only(sources.refresh(NEXT))
    assert (again.action, again.value_before, again.value_after) == ("contradicting", "1346", "1345")


def test_values_of_proposals_survive_a_spreadsheet_and_are_not_a_persons_to_change(
    sources: Sources, data: DataFolder
) -> None:
    title = data_row(data.path, "VN017")["title_en"]
    sources.files.clear()
    registered = ["VN017", title, "Viet Nam", 49.237, "Validation", None]
    sources.save("unep-pipeline", unep_workbook([registered]), "unep-pipeline.xlsx")
    sources.refresh()
    path = data.path / FOLDER / DAY / "proposals.csv"
    edit(path, value_after="49,237", value_before="48237.0")
    rows = read_rows(path)
    path.write_text(csv_text(list(rows[0]), [rows[0] | {"value_after": "5000"}]), "utf-8-sig")
    with pytest.raises(BuildStopped, match="value_after was “49237” and is now “5000”"):
        accept(data.path, DAY, (), TODAY)
    path.write_text(csv_text(list(rows[0]), rows), "utf-8-sig")
    accept(data.path, DAY, (), TODAY)
    assert data_row(data.path, "VN017")["est_annual_tco2"] == "49237"
