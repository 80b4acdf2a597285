"""Workbooks in the layouts of the sources. Every value is invented; the numbers from 901 on are nobody's."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xlsxwriter.utility import xl_cell_to_rowcol

from etl.importers.source import Document

READ_ON = date(2030, 4, 1)
UNEP_HEAD = (
    *("No.", "ID", "Title", "Host country", "Region", "Sub-region", "Sector group", "Type", "Sub-type"),
    *(
        "ktCO2e/yr",
        "Years",
        "ktCO2e to 2030",
        "Implementer",
        "Buyer",
        "Website",
        "Status",
        "Registration date",
    ),
)
AGREEMENT_HEAD = (
    *("Title", "Host country", "Region", "Sub-region", "Buying country", "Date", "Status", "Link"),
    "Associated projects",
)
IGES_HEAD = (
    *("Project reference number", "Title", "Host Country", "Participant (Host Country)"),
    *("Participant (Japan)", "TPE"),
)
SELECTIONS_HEAD = (
    *(
        "案件名（和文）",
        "案件名（英文）",
        "パートナー国",
        "所在地",
        "技術",
        "支援事業",
        "採択年度",
        "年間削減見込量",
    ),
    *("日本側参加者", "パートナー国側参加者", "方法論", "公表日", "出典URL", "公表機関"),
)

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Formula:
    """A formula with the value that a spreadsheet kept of it."""

    text: str
    value: float | str


def workbook(
    content: bytes, source_code: str = "", read_on: date = READ_ON, name: str = "given.xlsx"
) -> Document:
    return Document(source_code, "", name, content, read_on)


def unep_workbook(
    rows: Rows,
    agreements: Rows = (),
    *,
    updated: Sequence[Any] = ("Updated 28 February 2030",),
    head: Sequence[str] = UNEP_HEAD,
    hidden: Sequence[int] = (),
    has_epoch_1904: bool = False,
) -> bytes:
    """`rows`: reference, title, country, kt a year, status, day of registration; `agreements`: host, buyer, day, status."""
    book = openpyxl.Workbook()
    if has_epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    front = book.active
    assert front is not None
    front.title = "Front page"
    front.append(["Invented pipeline"])
    front.append(list(updated))
    jcm = book.create_sheet("JCM")
    for above in (["Projects of the JCM"], [], ["Invented"]):
        jcm.append(above)
    jcm.append(list(head))
    jcm.merge_cells("A1:D1")
    for number, (reference, title, country, kt, status, registered) in enumerate(rows, 1):
        region = ("Asia", "-", "N/A", "Solar", "Solar PV", kt, 10, "#N/A", "Invented Co.", "nan")
        website = "https://example.org/invented"
        jcm.append([number, reference, title, country, *region, website, status, registered])
    for row in hidden:
        jcm.row_dimensions[row].hidden = True
    bilateral = book.create_sheet("Bilateral Agreements")
    bilateral.append(["Agreements under Article 6.2"])
    bilateral.append([])
    bilateral.append(list(AGREEMENT_HEAD))
    for host, buyer, signed, status in agreements:
        bilateral.append([f"{host} - {buyer}", host, "Asia", "-", buyer, signed, status, "-", 0])
    return _saved(book)


def world_bank_workbook(
    issued: Mapping[int, Any],
    instruments: Rows | None = (),
    *,
    updated: str = "Data last updated by May 22, 2029",
    note: str = "Credits issued by calendar year",
    mechanism: str = "Joint Crediting Mechanism",
) -> bytes:
    """`issued`: figure by year; `instruments`: name, type, status, jurisdiction, or None for a workbook without that sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Crediting_Issuance"
    sheet.append([updated])
    sheet.append([note])
    sheet.append(["Mechanism", *issued])
    sheet.append(["Invented Mechanism", *[7_000_001] * len(issued)])
    sheet.append([mechanism, *issued.values()])
    detail = book.create_sheet("Crediting_Detail")
    detail.append([updated])
    detail.append(["Mechanism", "Cumulative credits issued", "Projects"])
    detail.append([mechanism, 99_999_999, 1])
    if instruments is not None:
        pricing = book.create_sheet("Compliance_Gen Info")
        pricing.append([updated])
        pricing.append(
            ["Unique ID", "Instrument name", "Type", "Status", "Jurisdiction covered", "Description"]
        )
        for number, (name, kind, status, jurisdiction) in enumerate(instruments, 1):
            pricing.append([f"X_{number}", name, kind, status, jurisdiction, "Invented."])
    return _saved(book)


def iges_workbook(rows: Rows, further: Mapping[str, Sequence[Any]] | None = None) -> bytes:
    """`rows`: reference, title, country, host participants, Japanese participants, TPE; `further`: columns by heading."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Project Data"
    further = further or {}
    for above in (["IGES JCM Database (invented)"], ["Data as of", date(2030, 3, 15)], []):
        sheet.append(above)
    sheet.append([*IGES_HEAD, *further])
    for number, row in enumerate(rows):
        sheet.append([*row, *(column[number] for column in further.values())])
    return _saved(book)


def selections_workbook(
    rows: Rows,
    *,
    above: Rows = (),
    head: Rows = (SELECTIONS_HEAD,),
    merged: Sequence[str] = (),
    hidden: Sequence[int] = (),
    has_epoch_1904: bool = False,
) -> bytes:
    """Rows below titles and a heading of one or more rows. `merged` has areas such as A5:A6; a Formula keeps its value."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"date_1904": has_epoch_1904}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet = book.add_worksheet("採択結果")
        cells = {
            (r, c): value
            for r, row in enumerate((*above, *head, *rows))
            for c, value in enumerate(row)
            if value is not None
        }
        for area in merged:
            (top, left), (bottom, right) = (xl_cell_to_rowcol(end) for end in area.split(":"))
            sheet.merge_range(top, left, bottom, right, cells.get((top, left), ""))
            for inside in [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]:
                cells.pop(inside, None)
        for (r, c), value in cells.items():
            if isinstance(value, Formula):
                sheet.write_formula(r, c, value.text, None, value.value)
            elif isinstance(value, date):
                sheet.write_datetime(r, c, datetime.combine(value, time()), day)
            else:
                sheet.write(r, c, value)
        for row in hidden:
            sheet.set_row(row - 1, None, None, {"hidden": True})
    return buffer.getvalue()


def _saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
