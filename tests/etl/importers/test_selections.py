"""Selections from press releases: habits of Japanese offices are understood, and what is not is named with near matches."""

from datetime import date
from typing import Any

import pytest

from etl.importers.layout import plain_heading
from etl.importers.selections import IMPORTER, vocabulary
from etl.importers.source import Reading, SourceNotRead
from tests.etl.importers.jcm_pages import NAMES, csv_of
from tests.etl.importers.workbooks import SELECTIONS_HEAD, Formula, selections_workbook, workbook

TITLE = "架空工場への1.5MW太陽光発電システムの導入"
USUAL = {
    "案件名（和文）": TITLE,
    "案件名（英文）": "Invented solar plant",
    "パートナー国": "モンゴル",
    "所在地": "架空市",
    "技術": "太陽光",
    "支援事業": "環境省 設備補助事業",
    "採択年度": "令和7年度",
    "年間削減見込量": "1,234",
    "日本側参加者": "架空株式会社、第二架空株式会社",
    "パートナー国側参加者": "Invented LLC; Second LLC",
    "方法論": "MN_AM901",
    "公表日": "R8.1.24",
    "出典URL": "https://example.org/invented",
    "公表機関": "環境省（架空）",
}


def row(**cells: Any) -> list[Any]:
    by_name = dict(zip(("title", "title_en", "country"), SELECTIONS_HEAD, strict=False))
    by_name |= {"technology": "技術", "programme": "支援事業", "fy": "採択年度", "tonnes": "年間削減見込量"}
    by_name |= {"announced": "公表日", "url": "出典URL", "jp": "日本側参加者"}
    given = {by_name[name]: value for name, value in cells.items()}
    return [(USUAL | given)[name] for name in SELECTIONS_HEAD]


def read(content: bytes) -> Reading:
    return IMPORTER.read(workbook(content, IMPORTER.code), NAMES)


def read_rows(*rows: list[Any], **layout: Any) -> Reading:
    return read(selections_workbook(rows, **layout))


def test_a_row_becomes_a_project_of_the_pipeline() -> None:
    reading = read_rows(row())
    [one] = reading.observed
    assert (one.table, one.key, one.where) == ("project", None, "given.xlsx: 採択結果, row 2")
    assert one.cells == {
        "title_ja": TITLE,
        "title_en": "Invented solar plant",
        "iso3": "MNG",
        "location": "架空市",
        "technology": "solar PV",
        "programme": "MOEJ model project",
        "fy_selected": "2025",
        "est_annual_tco2": "1234",
        "est_annual_basis": "selection",
        "jp_participants": "架空株式会社; 第二架空株式会社",
        "partner_participants": "Invented LLC; Second LLC",
        "methodology": "MN_AM901",
        "status": "pipeline",
        "announced_on": "2026-01-24",
        "source_url": "https://example.org/invented",
        "publisher": "環境省（架空）",
    }
    assert reading.stated_on == date(2026, 1, 24)
    assert (reading.set_aside, reading.covers) == ([], {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_csv_file_is_read_in_every_encoding_of_an_office(encoding: str) -> None:
    given = csv_of([list(SELECTIONS_HEAD), row()], encoding)
    assert read(given).observed[0].cells == read_rows(row()).observed[0].cells


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("１，２３４", "1234"),
        ("約1,200", "1200"),
        ("1.2千t", "1200"),
        ("１．２万ｔ", "12000"),
        ("1,234※1", "1234"),
        ("1,234（注2）", "1234"),
        ("1,234 t-CO2/年", "1234"),
        (1234, "1234"),
        (Formula("=617*2", 1234), "1234"),
    ],
)
def test_tonnes_are_read_as_they_are_written(text: Any, tonnes: str) -> None:
    reading = read_rows(row(tonnes=text))
    assert (reading.observed[0].cells["est_annual_tco2"], reading.set_aside) == (tonnes, [])


@pytest.mark.parametrize("text", ["－", "ー", "―", "—", "N/A", "未定", "-", "なし", "#N/A", None, "－※1"])
def test_nothing_is_no_zero(text: str | None) -> None:
    reading = read_rows(row(tonnes=text, fy=text, announced=text))
    assert not {"est_annual_tco2", "est_annual_basis", "fy_selected", "announced_on"} & set(
        reading.observed[0].cells
    )
    assert reading.set_aside == []


@pytest.mark.parametrize("text", ["△120", "1,000～1,200", "1234.5", "1.234", "5,000,000", "0", "12 MWh"])
def test_an_amount_with_no_or_two_readings_is_set_aside_and_the_project_is_kept(text: str) -> None:
    reading = read_rows(row(tonnes=text))
    assert "est_annual_tco2" not in reading.observed[0].cells
    assert reading.observed[0].cells["fy_selected"] == "2025"
    [aside] = reading.set_aside
    assert text in aside.message_en
    assert "年間削減見込量 / Expected reductions a year" in aside.message_en
    assert text in aside.message_ja


@pytest.mark.parametrize(
    "heading", ["想定GHG削減量（千tCO2/年）", "年間削減見込量\n（千t-CO2）", "年間削減見込量(kt-CO2/年)"]
)
def test_the_unit_of_the_heading_holds_for_its_column(heading: str) -> None:
    head = [heading if name == "年間削減見込量" else name for name in SELECTIONS_HEAD]
    reading = read_rows(row(tonnes=1.2), row(tonnes="500t"), head=[head])
    assert [one.cells["est_annual_tco2"] for one in reading.observed] == ["1200", "500"]


def test_the_unit_of_a_row_of_units_holds_for_its_column() -> None:
    units = ["（千t-CO2/年）" if name == "年間削減見込量" else "" for name in SELECTIONS_HEAD]
    reading = read_rows(units, row(tonnes=1.2))
    assert [one.cells["est_annual_tco2"] for one in reading.observed] == ["1200"]


def test_a_column_that_may_be_a_total_is_reported_and_not_taken() -> None:
    head = ["GHG削減量（tCO2）" if name == "年間削減見込量" else name for name in SELECTIONS_HEAD]
    reading = read_rows(row(), head=[head])
    assert "est_annual_tco2" not in reading.observed[0].cells
    assert reading.unknown_headings == ("GHG削減量（tCO2）",)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和8年1月24日", "2026-01-24"),
        ("R8.1.24", "2026-01-24"),
        ("24-Jan-26", "2026-01-24"),
        ("2026/1/24", "2026-01-24"),
        ("２０２６年１月２４日", "2026-01-24"),
        (date(2026, 1, 24), "2026-01-24"),
    ],
)
@pytest.mark.parametrize("has_epoch_1904", [False, True])
def test_days_are_read_in_every_style(text: Any, day: str, has_epoch_1904: bool) -> None:
    reading = read_rows(row(announced=text), has_epoch_1904=has_epoch_1904)
    assert reading.observed[0].cells["announced_on"] == day


@pytest.mark.parametrize("text", ["2025年度", "令和７年度", "R7", "R７年度", "FY2025", 2025, "2025"])
def test_fiscal_years_are_read_in_every_style(text: Any) -> None:
    assert read_rows(row(fy=text)).observed[0].cells["fy_selected"] == "2025"


@pytest.mark.parametrize("text", ["2025年", "1999", "来年度", "2025-2027"])
def test_what_is_no_fiscal_year_is_set_aside(text: str) -> None:
    reading = read_rows(row(fy=text))
    assert "fy_selected" not in reading.observed[0].cells
    assert text in reading.set_aside[0].message_ja


def test_titles_units_notes_and_totals_around_the_table_are_no_projects() -> None:
    units = ["（t-CO2/年）" if name == "年間削減見込量" else "" for name in SELECTIONS_HEAD]
    total = ["", "", "合　計", "", "", "", "", "2,468", "", "", "", "", "", ""]
    reading = read_rows(
        units,
        row(),
        ["小計（1件）", *[""] * 6, "1,234", *[""] * 6],
        row(title="別の架空案件"),
        total,
        ["※1 架空の値"],
        ["（注）架空"],
        above=[["令和7年度 採択案件一覧（架空）"], ["令和8年3月1日時点"], []],
        merged=["A1:N1"],
    )
    assert [one.cells["title_ja"] for one in reading.observed] == [TITLE, "別の架空案件"]
    assert reading.set_aside == []
    assert reading.stated_on == date(2026, 3, 1)


def test_a_heading_of_two_rows_with_merged_cells_is_understood() -> None:
    head = [
        ["", "パートナー国", "案件名", "参加者", "", "年間GHG削減量"],
        ["番号", "", "", "日本側", "パートナー国側", "（千t-CO2/年）"],
    ]
    rows = [["1", "モンゴル", TITLE, "架空株式会社※1", "Invented LLC", "1.2"]]
    content = selections_workbook(
        rows, head=head, above=[["採択結果（架空）"]], merged=["B2:B3", "C2:C3", "D2:E2"]
    )
    reading = read(content)
    assert reading.observed[0].cells == {
        "title_ja": TITLE,
        "iso3": "MNG",
        "status": "pipeline",
        "jp_participants": "架空株式会社",
        "partner_participants": "Invented LLC",
        "est_annual_tco2": "1200",
        "est_annual_basis": "selection",
    }
    assert reading.unknown_headings == ("番号",)


def test_a_country_merged_over_its_projects_counts_for_each_and_its_subtotal_is_none() -> None:
    rows = [row(), row(title="別の架空案件", country=None), row(title="小計", country=None, title_en=None)]
    reading = read_rows(*rows, merged=["C2:C4"])
    assert [(one.cells["iso3"], one.cells["title_ja"]) for one in reading.observed] == [
        ("MNG", TITLE),
        ("MNG", "別の架空案件"),
    ]


def test_an_amount_merged_over_several_projects_is_the_figure_of_none() -> None:
    reading = read_rows(row(), row(title="別の架空案件", tonnes=None), merged=["H2:H3"])
    assert len(reading.observed) == 2
    assert not any("est_annual_tco2" in one.cells for one in reading.observed)
    assert "stated for rows 2 to 3 together" in reading.set_aside[0].message_en


def test_a_project_over_several_rows_is_one_with_all_its_participants() -> None:
    again = row(jp="第三架空株式会社")
    reading = read_rows(row(), again, merged=["A2:A3", "B2:B3", "C2:C3", "H2:H3"])
    [one] = reading.observed
    assert one.cells["jp_participants"] == "架空株式会社; 第二架空株式会社; 第三架空株式会社"
    assert one.cells["est_annual_tco2"] == "1234"


def test_english_headings_and_names_are_read() -> None:
    head = [
        "Project title",
        "Host country",
        "Technology",
        "Programme",
        "FY",
        "Expected annual reductions (tCO2/year)",
    ]
    values = ["Invented plant", "Viet Nam", "solar power", "NEDO demonstration", "FY2025", "1,234"]
    [one] = read_rows(values, head=[head]).observed
    assert one.cells == {
        "title_en": "Invented plant",
        "iso3": "VNM",
        "technology": "solar PV",
        "programme": "NEDO demonstration",
        "fy_selected": "2025",
        "est_annual_tco2": "1234",
        "est_annual_basis": "selection",
        "status": "pipeline",
    }


def test_a_title_is_kept_in_the_language_it_is_in() -> None:
    [one] = read_rows(row(title="Invented plant in English", title_en=None)).observed
    assert one.cells["title_en"] == "Invented plant in English"
    assert "title_ja" not in one.cells


@pytest.mark.parametrize("cells", [{"title": None, "title_en": "－"}, {"country": None}, {"country": "未定"}])
def test_a_row_without_country_or_title_is_set_aside(cells: dict[str, Any]) -> None:
    reading = read_rows(row(**cells), row())
    assert len(reading.observed) == 1
    assert "row 2" in reading.set_aside[0].message_en


@pytest.mark.parametrize(
    ("cells", "near"),
    [
        ({"technology": "太陽光発電"}, "太陽光 / Solar power"),
        ({"technology": "solar PVs"}, "太陽光 / Solar power"),
        ({"programme": "設備補助"}, "環境省 設備補助事業 / MOEJ, JCM Model Projects"),
        ({"country": "モンゴル国"}, "モンゴル"),
    ],
)
def test_a_term_that_is_not_known_is_set_aside_with_near_ones(cells: dict[str, str], near: str) -> None:
    reading = read_rows(row(**cells))
    [aside] = reading.set_aside
    assert near in aside.message_en
    assert near in aside.message_ja
    assert not {"technology", "programme", "iso3"} <= {key for one in reading.observed for key in one.cells}


@pytest.mark.parametrize("country", ["日本", "Japan", "アトランティス"])
def test_a_country_that_is_no_partner_is_set_aside(country: str) -> None:
    reading = read_rows(row(country=country))
    assert reading.observed == []
    assert country in reading.set_aside[0].message_ja


@pytest.mark.parametrize(
    "country", ["モンゴル", "ﾓﾝｺﾞﾙ", "Mongolia", "MNG", "mn", "モンゴル / Mongolia", " モンゴル　※1"]
)
def test_a_partner_is_known_by_its_names_and_codes(country: str) -> None:
    assert read_rows(row(country=country)).observed[0].cells["iso3"] == "MNG"


def test_a_source_that_is_no_address_is_set_aside() -> None:
    reading = read_rows(row(url="環境省ウェブサイト"))
    assert "source_url" not in reading.observed[0].cells
    assert "https://" in reading.set_aside[0].message_ja


def test_hidden_rows_are_read() -> None:
    assert len(read_rows(row(), row(title="別の架空案件"), hidden=[3]).observed) == 2


def test_a_table_without_country_or_title_is_not_read() -> None:
    with pytest.raises(SourceNotRead, match="Missing: パートナー国 / Partner country"):
        read_rows(["x", "y"], head=[["案件名", "備考"]])
    with pytest.raises(SourceNotRead):
        read_rows(["x", "y"], head=[["国", "備考"]])


@pytest.mark.parametrize("file", ["technologies.csv", "programmes.csv"])
def test_no_name_of_a_vocabulary_means_two_terms(file: str) -> None:
    names = [
        (plain_heading(n), term) for term, chosen in vocabulary(file) for n in (term, *chosen.split(" / "))
    ]
    assert all(term == other for name, term in names for again, other in names if name == again)
