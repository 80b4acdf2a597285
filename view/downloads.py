"""Files that people click: CSV with a byte-order mark, a workbook with its context, images drawn by the browser."""

import os
import shutil
import threading
from functools import cache
from io import BytesIO

import plotly.graph_objects as go
import polars as pl
import pyarrow as pa
import xlsxwriter

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_drawing = threading.Lock()


def csv_file(table: pa.Table) -> bytes:
    """CSV in UTF-8 with a byte-order mark, so that Excel reads Japanese. Text that looks like a formula is quoted."""
    frame = pl.DataFrame(table)
    text = pl.selectors.string()
    guarded = frame.with_columns(
        pl.when(text.str.slice(0, 1).is_in(list(_FORMULA_START))).then("'" + text).otherwise(text).name.keep()
    )
    buffer = BytesIO()
    guarded.write_csv(buffer, include_bom=True, line_terminator="\r\n")
    return buffer.getvalue()


def workbook(table: pa.Table, about: list[tuple[str, str]], *, data_sheet: str, about_sheet: str) -> bytes:
    """Workbook of two sheets: the table, and what it is, where it comes from and how to cite it."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        whole = book.add_format({"num_format": "#,##0"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        label = book.add_format({"bold": True, "valign": "top"})
        sheet = book.add_worksheet(data_sheet)
        for column, name in enumerate(table.column_names):
            values = table.column(column).to_pylist()
            sheet.write_string(0, column, name, bold)
            longest = max((len(str(v)) for v in values if v is not None), default=0)
            sheet.set_column(column, column, min(max(longest, len(name) // 2, 8) + 4, 60))
            for row, value in enumerate(values, start=1):
                if value is None:
                    continue
                if isinstance(value, bool) or not isinstance(value, int | float):
                    sheet.write_string(row, column, str(value))
                else:
                    sheet.write_number(
                        row, column, value, whole if isinstance(value, int) and value > 9999 else None
                    )
        sheet.freeze_panes(1, 1)
        page = book.add_worksheet(about_sheet)
        page.set_column(0, 0, 22)
        page.set_column(1, 1, 100)
        for row, (name, text) in enumerate(about):
            page.write_string(row, 0, name, label)
            page.write_string(row, 1, text, wrap)
    return buffer.getvalue()


@cache
def _browser() -> str | None:
    given = os.environ.get("BROWSER_PATH")
    return given if given and shutil.which(given) else next(filter(None, map(shutil.which, _BROWSERS)), None)


def can_draw_images() -> bool:
    """Whether a browser that can draw PNG and SVG is installed on this machine."""
    return _browser() is not None


def image(figure: go.Figure, kind: str, *, title: str, source: str) -> bytes:
    """PNG or SVG of the figure with its title and source inside, at 1200 × 720.

    Drawn by the installed browser; raises RuntimeError when there is none.
    """
    browser = _browser()
    if browser is None:
        raise RuntimeError("no Chromium or Chrome found; install one to draw images")
    os.environ["BROWSER_PATH"] = browser
    drawn = go.Figure(figure)
    drawn.update_layout(
        title={"text": title, "x": 0.01, "xanchor": "left", "font": {"size": 18}},
        paper_bgcolor="white" if drawn.layout.meta != "dark" else "#10161d",
        margin={"l": 70, "r": 30, "t": 90, "b": 130},
        width=1200,
        height=720,
    )
    drawn.add_annotation(
        text=source,
        xref="paper",
        yref="paper",
        x=0,
        y=-0.11,
        xanchor="left",
        showarrow=False,
        font={"size": 12},
    )
    # The browser is started once for each image; two at a time would be two browsers.
    with _drawing:
        return bytes(drawn.to_image(format=kind, scale=2 if kind == "png" else 1))
