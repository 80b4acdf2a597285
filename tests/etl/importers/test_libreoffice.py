"""What LibreOffice has saved is read as what was meant: merged cells, real days, formulas, numbers, errors."""

from datetime import date
from pathlib import Path

from etl.importers import jcm_projects, selections
from etl.importers.sheets import sheets_of
from tests.etl.importers.jcm_pages import NAMES, PROJECT_HEAD, document, project, projects_page, workbook_of
from tests.etl.importers.libreoffice import needs_libreoffice, through_libreoffice
from tests.etl.importers.workbooks import SELECTIONS_HEAD, Formula, selections_workbook, workbook

pytestmark = needs_libreoffice


def test_formulas_and_merged_cells_and_real_days_are_read(tmp_path: Path) -> None:
    row = dict.fromkeys(SELECTIONS_HEAD)
    amount = next(name for name in SELECTIONS_HEAD if "削減" in name)
    title = next(name for name in SELECTIONS_HEAD if "案件" in name or "事業名" in name)
    country = next(name for name in SELECTIONS_HEAD if "国" in name)
    first = row | {title: "架空の太陽光発電", country: "モンゴル", amount: Formula("=1000+234", 1234)}
    second = row | {title: "架空の風力発電", country: "モンゴル", amount: Formula("=NA()", "#N/A")}
    content = selections_workbook(
        [list(one.values()) for one in (first, second)], above=[["採択結果（架空）"]], merged=["A1:C1"]
    )
    reading = selections.IMPORTER.read(workbook(through_libreoffice(content, tmp_path)), NAMES)
    found = {one.cells["title_ja"]: one.cells.get("est_annual_tco2") for one in reading.observed}
    assert found == {"架空の太陽光発電": "1234", "架空の風力発電": None}


def test_a_list_kept_as_a_workbook_gives_the_same_projects(tmp_path: Path) -> None:
    rows = [project("MN901"), project("MN902", status="Validation", registered_on="N/A")]
    as_page = jcm_projects.IMPORTER.read(document(projects_page(rows)), NAMES)
    saved = through_libreoffice(workbook_of([PROJECT_HEAD, *rows]), tmp_path)
    as_book = jcm_projects.IMPORTER.read(document(saved, "saved.xlsx"), NAMES)
    assert [one.cells for one in as_book.observed] == [one.cells for one in as_page.observed]


def test_days_stay_days(tmp_path: Path) -> None:
    content = selections_workbook([[date(2026, 1, 24)] + [None] * (len(SELECTIONS_HEAD) - 1)])
    sheet = sheets_of(workbook(through_libreoffice(content, tmp_path)))[0]
    assert "2026-01-24" in {cell for row in sheet.rows for cell in row.cells}
