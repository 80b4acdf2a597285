"""The workbook: exact numbers with native charts, what they mean and where they come from."""

import math
import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from exports.briefing.document import Chart, Document, Section, Series, clean
from exports.briefing.drawing import axis_format, beside_each_other, style_of
from exports.briefing.figures import axis_words
from view.downloads import write_table
from view.texts import Texts
from view.theme import LIGHT

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_PATTERNS = {"/": "wide_upward_diagonal", "\\": "wide_downward_diagonal", "x": "trellis", ".": "percent_20"}
_DASHES = {"solid": "solid", "dash": "dash", "dot": "round_dot", "dashdot": "dash_dot"}
_KINDS = {
    "columns": {"type": "column", "subtype": "stacked"},
    "bars": {"type": "bar"},
    "lines": {"type": "line"},
}
_FIRST_ROW = 4
_CHART_ROWS = 22


def xlsx_of(document: Document, t: Texts) -> bytes:
    """The document as a workbook: about, one sheet a section, terms, sources."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": clean(document.title), "subject": document.as_of, "comments": clean(document.citation)}
        )
        _Book(book, document, t).write()
    return buffer.getvalue()


class _Book:
    """The workbook while it is written."""

    def __init__(self, book: xlsxwriter.Workbook, document: Document, t: Texts) -> None:
        self._book, self._document, self._t = book, document, t
        self._taken = {t("About").lower(), t("Glossary").lower(), t("Sources").lower()}
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": LIGHT.panel}
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._head = book.add_format(head)
        self._decimal = book.add_format({"num_format": "#,##0.00"})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._small = book.add_format({"font_color": LIGHT.muted, "font_size": 9})

    def write(self) -> None:
        """Writes every sheet."""
        t, document = self._t, self._document
        self._about()
        for number, section in enumerate(document.sections, 1):
            self._section(section, self._sheet_name(f"{number} {section.title}"))
        self._pairs(t("Glossary"), (t("Term"), t("Meaning")), document.terms)
        self._pairs(t("Sources"), (t("Source"), t("Address")), tuple(document.source_names))

    def _sheet_name(self, title: str) -> str:
        """A name of at most 31 characters that no other sheet has."""
        name = _FORBIDDEN.sub(" ", clean(title))[:31].strip() or "sheet"
        number = 2
        while name.lower() in self._taken:
            name = f"{name[:27]} ({number})"
            number += 1
        self._taken.add(name.lower())
        return name

    def _about(self) -> None:
        t, document = self._t, self._document
        sheet = self._book.add_worksheet(t("About"))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, clean(document.title), self._title)
        rows = [
            (t("Subject"), document.subtitle),
            (t("Answer"), document.answer),
            *((one.label, t.noted(one.value, one.below)) for one in document.figures),
            (t("As of"), document.as_of),
            (t("Data version"), document.data_version),
            (t("Coverage"), document.coverage),
            (t("Source"), document.source),
            (t("Unit"), t("tCO2: tonnes of CO2 equivalent; an empty cell is not known, never zero")),
            (t("Cite as"), document.citation),
            *((t("Limits") if i == 0 else "", text) for i, text in enumerate(document.limits)),
        ]
        for row, (label, text) in enumerate(rows, 2):
            sheet.write_string(row, 0, clean(label), self._strong)
            sheet.write_string(row, 1, clean(text), self._wrap)
        self._set_up_print(sheet)

    def _set_up_print(self, sheet: Worksheet) -> None:
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        foot = clean(f"{self._document.as_of} · {self._document.data_version}").replace("&", "&&")
        sheet.set_footer(f"&L&8{foot}&R&8&P/&N")

    def _section(self, section: Section, name: str) -> None:
        sheet = self._book.add_worksheet(name)
        foot = " · ".join((*self._document.foot(section), *section.notes))
        sheet.write_string(0, 0, clean(section.title), self._title)
        sheet.write_string(1, 0, clean(section.sentence))
        sheet.write_string(2, 0, clean(foot), self._small)
        row = _FIRST_ROW
        if section.chart is not None:
            self._series(sheet, section.chart)
            self._chart(sheet, section.chart)
            row += max(len(section.chart.categories) + 3, _CHART_ROWS)
        self._rows(sheet, section, row)
        self._set_up_print(sheet)

    def _series(self, sheet: Worksheet, chart: Chart) -> None:
        """The values of a chart as a small table."""
        sheet.write_string(_FIRST_ROW, 0, clean(axis_words(chart, self._t)), self._head)
        for i, category in enumerate(chart.categories, _FIRST_ROW + 1):
            sheet.write_string(i, 0, clean(category))
        for column, one in enumerate(chart.series, 1):
            sheet.write_string(_FIRST_ROW, column, clean(one.name), self._head)
            for i, value in enumerate(chart.shown(one), _FIRST_ROW + 1):
                if value is not None and math.isfinite(value):
                    sheet.write_number(i, column, value, self._decimal)

    def _chart(self, sheet: Worksheet, chart: Chart) -> None:
        """A native chart of that table."""
        size = len(chart.categories)
        native = self._book.add_chart(_KINDS[chart.kind])
        last = _FIRST_ROW + size
        beside = beside_each_other(chart) if chart.kind == "bars" else 1
        for column, one in enumerate(chart.series, 1):
            if (
                one.is_high and beside > 1
            ):  # the sheet has it; bars side by side leave it no place behind its low end
                continue
            native.add_series(
                {
                    "name": [sheet.name, _FIRST_ROW, column],
                    "categories": [sheet.name, _FIRST_ROW + 1, 0, last, 0],
                    "values": [sheet.name, _FIRST_ROW + 1, column, last, column],
                    "gap": 30,
                    **({"overlap": 100} if chart.kind == "bars" and beside == 1 else {}),
                    **_look(chart, one),
                }
            )
        native.set_title({"name": clean(chart.title), "name_font": {"size": 11, "bold": True}})
        lines = {"visible": True, "line": {"color": LIGHT.grid}}
        axis = {
            "name": clean(axis_words(chart, self._t)),
            "num_format": axis_format(chart),
            "major_gridlines": lines,
        }
        if chart.kind == "bars":
            native.set_x_axis({"reverse": True})
            native.set_y_axis(axis)
        else:
            native.set_y_axis(axis)
        native.set_legend({"position": "bottom", "none": len(chart.series) == 1})
        native.set_size({"width": 860, "height": 400})
        sheet.insert_chart(_FIRST_ROW, len(chart.series) + 2, native, {"description": clean(chart.alt)})

    def _rows(self, sheet: Worksheet, section: Section, first: int) -> None:
        table = section.data
        if not table.num_rows:
            sheet.write_string(first, 0, self._t("No rows: nothing is known here."), self._small)
            return
        write_table(self._book, sheet, table, self._head, first)
        sheet.autofilter(first, 0, first + table.num_rows, table.num_columns - 1)
        if section.chart is None:
            sheet.freeze_panes(first + 1, 1)

    def _pairs(self, name: str, heads: tuple[str, str], pairs: Sequence[tuple[str, str]]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 110)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
        for row, pair in enumerate(pairs, 1):
            for column, text in enumerate(pair):
                sheet.write_string(row, column, clean(text), self._wrap)
        sheet.freeze_panes(1, 0)
        self._set_up_print(sheet)


def _look(chart: Chart, series: Series) -> dict[str, Any]:
    """Fill, pattern, line or marker of a series, as the pages draw it."""
    colour, pattern, dash = style_of(series)
    if chart.kind == "lines" and series.is_marks:
        mark = {"type": "diamond", "size": 8, "fill": {"color": colour}, "border": {"color": colour}}
        return {"line": {"none": True}, "marker": mark}
    if chart.kind == "lines":
        return {"line": {"color": colour, "width": 1.75, "dash_type": _DASHES[dash]}}
    if series.style == "gap":
        return {"fill": {"none": True}, "border": {"color": colour, "dash_type": "dash"}}
    if pattern:
        return {"pattern": {"pattern": _PATTERNS[pattern], "fg_color": "#ffffff", "bg_color": colour}}
    return {"fill": {"color": colour}}
