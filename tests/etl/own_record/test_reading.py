"""The files of an own record: habits of offices, templates, mapping files, and what is refused in words."""

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl.importers.source import SourceNotRead
from etl.importers.templates import HEADING_ROW, write_template
from etl.own_record.reading import OwnFiles, read_folder
from etl.refresh.record_files import RecordFiles
from etl.refresh.session import names_in
from tests.conftest import DATA
from tests.etl.own_record.office_book import BOOK, HEAD, MAPPING, ROWS, csv_of, office_book, office_rows, put

TODAY = date(2026, 12, 15)
NAMES = names_in(RecordFiles(DATA, TODAY))


def read(folder: Path) -> OwnFiles:
    return read_folder(folder, NAMES, TODAY)


def refused(folder: Path) -> SourceNotRead:
    with pytest.raises(SourceNotRead) as caught:
        read(folder)
    assert re.search("[ぁ-んァ-ヶ一-龠]", caught.value.message_ja)
    assert not re.search("[ぁ-ん]", caught.value.message_en)
    return caught.value


def test_the_workbook_of_a_ministry_is_read_row_by_row(tmp_path: Path) -> None:
    reading = read(put(tmp_path, {BOOK: office_book(office_rows()), "mapping.toml": MAPPING})).read[0].reading
    assert len(reading.observed) == ROWS
    first, second, third, fourth, fifth, sixth = (dict(one.cells) for one in reading.observed[:6])
    assert (first["est_annual_tco2"], first["operation_start"], first["iso3"]) == (
        "12500",
        "2027-04-01",
        "VNM",
    )
    assert (second["est_annual_tco2"], second["operation_start"], second["fy_selected"]) == (
        "3200",
        "2027-04-01",
        "2024",
    )
    assert (third["est_annual_tco2"], third["operation_start"]) == ("4750", "2027-04-01")
    assert (fourth["est_annual_tco2"], fourth["fy_selected"]) == ("800", "2024")
    assert (fifth["est_annual_tco2"], fifth["operation_start"]) == ("6000", "2027-04")
    assert not {"est_annual_tco2", "operation_start", "fy_selected"} & set(sixth)
    assert {one.cells["status"] for one in reading.observed} == {"pipeline"}
    assert [(one.where, one.found) for one in reading.set_aside] == [
        (f"{BOOK}: 一覧, row 14, est_annual_tco2", "3～5"),
        (f"{BOOK}: 一覧, row 18, est_annual_tco2", "△2.5"),
    ]


def test_rows_of_several_participants_are_one_project_and_a_shared_amount_is_of_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["国名", "案件名（和文）", "年間削減見込量（千t-CO2/年）", "日本側参加者"])
    sheet.append(["ベトナム", "架空一号", 1.5, "架空商事"])
    sheet.append([None, None, None, "架空電力"])
    sheet.append(["ベトナム", "架空二号", 9, "架空物産"])
    sheet.append(["ベトナム", "架空三号", None, "架空工業"])
    for area in ("A2:A3", "B2:B3", "C2:C3", "C4:C5"):
        sheet.merge_cells(area)
    book.save(tmp_path / "x.xlsx")
    reading = read(tmp_path).read[0].reading
    assert [one.cells.get("est_annual_tco2") for one in reading.observed] == ["1500", None, None]
    assert reading.observed[0].cells["jp_participants"] == "架空商事; 架空電力"
    assert [one.where for one in reading.set_aside] == [
        f"x.xlsx: Sheet, row {n}, est_annual_tco2" for n in (4, 5)
    ]


@pytest.mark.parametrize("name", ["projects", "issuances", "article6-events", "selections"])
def test_a_template_that_was_filled_in_is_read_without_a_mapping(name: str, tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(write_template(name))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book.worksheets[0]
    given = {
        "projects": {
            "iso3": "VNM",
            "title_ja": "架空風力発電所",
            "est_annual_tco2": 1200,
            "technology": "wind",
        },
        "issuances": {"project_id": "VN001", "total_tco2": 77, "decided_on": "2026-03-01"},
        "article6-events": {"issuance_id": "BD002-1", "action": "authorisation", "quantity_tco2": 5},
        "selections": {
            "country": "ベトナム / Viet Nam",
            "title_ja": "架空案件",
            "technology": "風力 / Wind power",
        },
    }[name]
    fields = [cell.value for cell in book.worksheets[1]["B"]][2:]
    for field, value in given.items():
        sheet.cell(HEADING_ROW + 2, 1 + fields.index(field), value)
    book.save(tmp_path / "t.xlsx")
    reading = read(tmp_path).read[0].reading
    assert not reading.set_aside
    cells = dict(reading.observed[0].cells)
    wanted = {"country": {"iso3": "VNM"}, "technology": {"technology": "wind"}}
    for field, value in given.items():
        for column, text in wanted.get(field, {field: str(value)}).items():
            assert cells[column] == text


def test_a_csv_file_in_shift_jis_and_terms_in_words_are_read(tmp_path: Path) -> None:
    text = csv_of(
        ("国名", "案件名（和文）", "年間削減見込量（千トン/年）", "技術", "支援事業"),
        ("タイ", "架空太陽光", "１．５", "太陽光", "架空の事業"),
        ("国でない", "架空", "3", "", ""),
        ("合計", "", "4.5", "", ""),
    )
    put(tmp_path, {"表.csv": text.encode("cp932")})
    reading = read(tmp_path).read[0].reading
    assert dict(reading.observed[0].cells) == {
        "iso3": "THA",
        "title_ja": "架空太陽光",
        "technology": "solar PV",
        "est_annual_tco2": "1500",
        "est_annual_basis": "own record",
    }
    assert len(reading.observed) == 1
    found = [one.message_ja for one in reading.set_aside]
    assert len(found) == 3
    assert "支援事業ではありません" in found[0]


def test_locked_copies_hidden_files_and_notes_are_passed_over_and_old_forms_are_named(tmp_path: Path) -> None:
    files = {
        "a.csv": csv_of(("ref_no", "status"), ("VN001", "registered")),
        "~$a.xlsx": b"lock",
        ".b.csv": "x",
    }
    put(tmp_path, {**files, "README.md": "note", "old.xls": b"\xd0\xcf\x11\xe0"})
    put(tmp_path / ".git", {"c.csv": "x"})
    found = read(tmp_path)
    assert [file.name for file in found.read] == ["a.csv"]
    assert [one.message_en for one in found.passed_over] == ["old.xls: not read. Save it as .xlsx or .csv."]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ('["other.csv"]\ntemplate = "projects"', "there is no file other.csv; found: a.csv"),
        ('["a.csv"]\ntemplate = "project"', "template is 'project'; expected one of selections, projects"),
        ('["a.csv"]\ntemplate = "projects"\ncolumns = { "番号" = "number" }', "has no column number"),
        ('["a.csv"]\ntemplate = "projects"\nvalues = { stage = {} }', "has no column stage"),
        ('["a.csv"]\ntemplate = "projects"\ncolumns = { "番号" = "ref_no" }', "Missing: 番号"),
        ('["a.csv"]\ntemplate = "projects"\nsheets = "x"', "there is no setting sheets"),
        ('["a.csv"]\ntemplate = "projects"\nunit = "千"', "the unit “千” is not understood"),
        ('["a.csv"]\ntemplate = "projects"\nunit = "mt"', "the unit “mt” is not understood"),
        ('["a.csv"]\ntemplate = "projects"\ncolumns = "ref_no"', "columns and values are tables of texts"),
        (
            '["a.csv"]\ntemplate = "projects"\nvalues = { status = "x" }',
            "columns and values are tables of texts",
        ),
        ('"a.csv" = 1', "a.csv is no table"),
        ('["a.csv"\n', "it cannot be read"),
    ],
)
def test_a_wrong_mapping_is_refused_in_words_of_both_languages(
    mapping: str, words: str, tmp_path: Path
) -> None:
    put(tmp_path, {"a.csv": csv_of(("ref_no", "status"), ("VN001", "registered")), "mapping.toml": mapping})
    assert words in refused(tmp_path).message_en


def test_a_name_that_another_system_stores_in_two_signs_is_the_same_file(tmp_path: Path) -> None:
    put(tmp_path, {"カ\u3099.csv": csv_of(("番号", "状態"), ("VN001", "登録"))})
    put(
        tmp_path,
        {
            "mapping.toml": '["ガ.csv"]\ntemplate = "projects"\ncolumns = { "番号" = "ref_no", "状態" = "status" }\n'
            'values = { status = { "登録" = "registered" } }'
        },
    )
    assert dict(read(tmp_path).read[0].reading.observed[0].cells) == {
        "ref_no": "VN001",
        "status": "registered",
    }


def test_a_sheet_that_is_not_there_and_a_table_that_is_no_template_are_refused(tmp_path: Path) -> None:
    put(tmp_path, {BOOK: office_book(office_rows(3)), "mapping.toml": MAPPING.replace("一覧", "別紙")})
    assert "there is no sheet “別紙”; found: 表紙, 一覧" in refused(tmp_path).message_en
    (tmp_path / "mapping.toml").unlink()
    put(tmp_path, {BOOK: csv_of(("品名", "数量"), ("鉛筆", "3"))})
    assert "neither a template (selections, projects" in refused(tmp_path).message_en


@pytest.mark.parametrize("cut", [0, 100, 3000])
def test_a_damaged_workbook_is_refused(cut: int, tmp_path: Path) -> None:
    put(tmp_path, {BOOK: office_book(office_rows(5))[:cut], "mapping.toml": MAPPING})
    assert BOOK in refused(tmp_path).message_en


def test_an_amount_keeps_the_unit_of_its_cell_before_that_of_its_heading_and_of_the_mapping(
    tmp_path: Path,
) -> None:
    head = [list(row) for row in HEAD]
    rows = office_rows(3)
    for row, amount in zip(rows, ("2.5kt", "1,200 t", 3), strict=True):
        row[8] = amount
    put(tmp_path, {BOOK: office_book(rows, head, totals=False), "mapping.toml": MAPPING})
    assert [o.cells["est_annual_tco2"] for o in read(tmp_path).read[0].reading.observed] == [
        "2500",
        "1200",
        "3000",
    ]
    head[2][8] = None
    put(
        tmp_path, {BOOK: office_book(rows, head, totals=False), "mapping.toml": MAPPING.replace("千t", "万t")}
    )
    assert [o.cells["est_annual_tco2"] for o in read(tmp_path).read[0].reading.observed] == [
        "2500",
        "1200",
        "30000",
    ]
