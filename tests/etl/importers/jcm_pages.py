"""Pages and files in the layouts of the JCM website. Every value is invented; the numbers from 901 on are nobody's."""

import csv
import html
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl

from etl.importers.source import Document, Names

NAMES = Names(
    dict.fromkeys(("mongolia", "モンゴル", "mn", "mng"), "MNG")
    | dict.fromkeys(("thailand", "タイ", "th", "tha"), "THA")
    | dict.fromkeys(("viet nam", "ベトナム", "vn", "vnm"), "VNM")
    | dict.fromkeys(("japan", "日本", "jpn"), "JPN")
)
PROJECT_HEAD = (
    *("Reference Number", "Host Country", "Title", "Status", "Registration date"),
    *("Host country participants", "Japanese participants", "Methodology number", "Methodology title"),
)
ISSUANCE_HEAD = (
    *("Reference number", "Monitoring period", "Date of decision", "Total amount notified"),
    *("Country", "Amount notified", "Date of issuance", "Amount issued"),
)
METHODOLOGY_HEAD = (
    *("Methodology number", "Title", "Status", "Version", "Approval date", "Proposed methodology number"),
    *("Methodology proponent", "Sectoral scope", "Public input start", "Public input end"),
)
LOCATION_HEAD = ("Reference number", "Title of the project", "Location of project")

Rows = Sequence[Sequence[str]]


def document(content: bytes, name: str = "saved.html", part: str = "", media_type: str = "") -> Document:
    return Document("jcm", part, name, content, date(2030, 4, 1), media_type)


def page_of(*tables: Rows, charset: str = "utf-8") -> bytes:
    """A page with a menu and each of the tables; a new line in a cell is a break."""
    bodies = []
    for rows in tables:
        lines = ("".join(f"<td> {_html(cell)}\n  </td>" for cell in row) for row in rows)
        bodies.append("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")
    text = f'<!DOCTYPE html><html><head><meta charset="{charset}"></head><body><ul><li>Menu</li></ul>{"".join(bodies)}</body></html>'
    return text.encode(charset)


def _html(cell: str) -> str:
    return html.escape(cell).replace("\n", "<br>")


def csv_of(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    """The rows as a spreadsheet saves them: each as wide as the widest."""
    width = max(map(len, rows))
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return buffer.getvalue().encode(encoding)


def workbook_of(rows: Iterable[Sequence[Any]], merged: Iterable[str] = (), sheet: str = "Sheet1") -> bytes:
    """A workbook of one sheet. `merged` has areas such as A2:A3; what stands in them beside the first cell is lost."""
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active.title = sheet
    for row in rows:
        active.append(list(row))
    for area in merged:
        active.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def project(reference: str, **cells: str) -> list[str]:
    """A row of the list of projects. Cells: country, title, status, registered_on, partners, japanese, methodology."""
    usual = {
        "country": "Mongolia",
        "title": f"Invented project {reference}",
        "status": "Project registered",
        "registered_on": "02 Jun 23",
        "partners": "Invented Power LLC",
        "japanese": "Invented Trading Co., Ltd.",
        "methodology": "MN_AM901",
        "methodology_title": "Invented methodology",
    }
    return [reference, *_with(usual, cells)]


def projects_page(rows: Rows) -> bytes:
    return page_of([PROJECT_HEAD, *rows])


@dataclass(frozen=True)
class Event:
    """An issuance event: per country name tonnes notified, day of issuance and tonnes issued."""

    reference: str
    start: date
    end: date
    decided_on: date | None
    sides: Mapping[str, tuple[int | None, date | None, int | None]]


def issuance_rows(events: Sequence[Event]) -> list[list[str]]:
    """Rows as the site has them: title, full row with the total of the project, short rows for what follows."""
    rows: list[list[str]] = []
    before = ""
    for event in events:
        amounts = [a for e in events if e.reference == event.reference for a, _, _ in e.sides.values()]
        total = sum(a for a in amounts if a is not None)
        lead = ["", f"{site_day(event.start)} - {site_day(event.end)}", site_day(event.decided_on)]
        if event.reference != before:
            rows.append([f"Invented project {event.reference}"])
            lead = [event.reference, *lead[1:], f"{total:,}"]
        for country, (notified, issued_on, issued) in event.sides.items():
            rows.append([*lead, country, _amount(notified), site_day(issued_on), _amount(issued)])
            lead = []
        before = event.reference
    return rows


def issuances_page(events: Sequence[Event]) -> bytes:
    return page_of([ISSUANCE_HEAD, *issuance_rows(events)])


def aligned(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of issuances in the columns of the heading, blank where a merged cell covers them."""
    at = {1: 0, 4: 4, 8: 0}
    return [
        [*row[:3], "", *row[3:]] if len(row) == 7 else [""] * at[len(row)] + list(row) + [""] * (8 - len(row))
        for row in rows
    ]


def filled_down(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of issuances as somebody has them who repeats what stands above."""
    found: list[list[str]] = []
    for row in aligned(rows):
        is_title = len([cell for cell in row if cell]) == 1
        above = found[-1] if found and not is_title and not row[0] else [""] * 4
        found.append([cell or above[n] if n < 4 else cell for n, cell in enumerate(row)])
    return found


def english_excel(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """What an English spreadsheet makes of single days and amounts: 24-Jan-26, 24249."""
    return [
        [
            cell.replace(",", "") if cell.replace(",", "").isdigit()
            else cell.replace(" ", "-") if len(cell) == 9 and cell[:2].isdigit()
            else cell
            for cell in row
        ]
        for row in rows
    ]  # fmt: skip


def site_day(day: date | None) -> str:
    """A day as the site writes it: 24 Jan 26."""
    return f"{day:%d %b %y}" if day else "N/A"


def _amount(tonnes: int | None) -> str:
    return "N/A" if tonnes is None else f"{tonnes:,}"


def methodology(code: str, proposed_code: str, **cells: str) -> list[str]:
    """A row of a list of methodologies. Cells: title, status, version, approved_on, proponent, scopes, start, end."""
    usual = {
        "title": f"Invented methodology {code or proposed_code}",
        "status": "Approved" if code else "Proposed",
        "version": "1.0" if code else "",
        "approved_on": "18 Feb 25" if code else "N/A",
    }
    more = {
        "proponent": "Invented Trading Co., Ltd.",
        "scopes": "1. Energy industries (renewable / non-renewable sources)",
        "start": "02 Dec 24",
        "end": "16 Dec 24",
    }
    first = _with(usual, {key: cell for key, cell in cells.items() if key not in more})
    return [code, *first, proposed_code, *_with(more, {k: c for k, c in cells.items() if k in more})]


def methodologies_page(rows: Rows) -> bytes:
    return page_of([METHODOLOGY_HEAD, *rows])


def locations_csv(places: Mapping[str, str], encoding: str = "utf-8-sig") -> bytes:
    """The file of locations; `places` has the cell of four lines by reference number."""
    return csv_of(
        [LOCATION_HEAD, *([r, f"Invented project {r}", cell] for r, cell in places.items())], encoding
    )


def _with(usual: Mapping[str, str], cells: Mapping[str, str]) -> list[str]:
    if unknown := cells.keys() - usual.keys():
        raise KeyError(f"no such cell: {unknown}")
    return [cells.get(key, cell) for key, cell in usual.items()]
