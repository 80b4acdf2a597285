"""Files that people click: CSV with a byte-order mark, a workbook with its context, images drawn by the browser."""

import json
import math
import os
import re
import shutil
import threading
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from io import BytesIO

import plotly.graph_objects as go
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from view.texts import Texts

_FORMULA = r"^[\s\x00\x{ad}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{feff}]*[=+\-@＝＋－＠]|^[\t\r\n]"
_FORMULA_IN_A_NAME = re.compile(
    "^[\\s\x00\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\\-@＝＋－＠]|^[\\t\\r\\n]"
)
"""A text that a spreadsheet might run: signs before a formula are passed over as programs do, full width is folded."""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_drawing = threading.Lock()


_NUMBER_FORMATS = {"tonnes": "#,##0", "number": "#,##0", "decimal": "#,##0.00", "share": "0.0%"}
"""How a workbook writes the kinds of columns of `view/marks/table.py`."""
_WIDEST = 60
_FIRST_YEAR_OF_EXCEL = 1900

XLSX_ROWS_AT_MOST = 100_000
"""A workbook of more rows takes longer to write than a reader waits; CSV and Parquet have no such limit."""


def formats(
    table: pa.Table, about: list[tuple[str, str]], t: Texts
) -> list[tuple[str, str, str, Callable[[], bytes]]]:
    """Every file that a result can be taken away as: label, ending of the name, media type, and what makes it."""
    csv, excel = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    found: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (t("CSV for Excel"), ".csv", csv, partial(csv_file, table)),
        (t("CSV for programs"), "_plain.csv", csv, partial(plain_csv, table)),
        ("Parquet", ".parquet", "application/vnd.apache.parquet", partial(parquet, table)),
        ("JSON", ".json", "application/json", partial(json_file, table)),
    ]
    if table.num_rows <= XLSX_ROWS_AT_MOST:
        make = partial(workbook, flat(table), about, data_sheet=t("Data"), about_sheet=t("About"))
        found.insert(2, ("XLSX", ".xlsx", excel, make))
    return found


def flat(table: pa.Table) -> pa.Table:
    """The table with lists, structures and bytes as JSON text, for files that hold plain values only."""
    for i, field in enumerate(table.schema):
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
            texts = [None if v is None else _json(v) for v in table.column(i).to_pylist()]
            table = table.set_column(i, field.name, pa.array(texts, pa.string()))
    return table


def _json(value: object) -> str:
    try:
        return json.dumps(value, default=str, ensure_ascii=False, allow_nan=False)
    except ValueError:  # JSON has no word for NaN and infinity
        return json.dumps(_finite(value), default=str, ensure_ascii=False)


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list | tuple) else value


def plain_csv(table: pa.Table) -> bytes:
    """CSV in UTF-8 without a byte-order mark, every text as it is: for programs."""
    buffer = BytesIO()
    pl.DataFrame(flat(table)).write_csv(buffer)
    return buffer.getvalue()


def parquet(table: pa.Table) -> bytes:
    """Parquet with the types of the result."""
    buffer = BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def json_file(table: pa.Table) -> bytes:
    """JSON: a list of rows; dates as ISO 8601 text."""
    rows = (_json(row) for batch in table.to_batches(max_chunksize=4_096) for row in batch.to_pylist())
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()


def _harmless_heads(names: list[str]) -> list[str]:
    """Headings that no spreadsheet runs, each once."""
    heads: list[str] = []
    for name in names:
        head = f"'{name}" if _FORMULA_IN_A_NAME.match(name) else name
        while head in heads or (head != name and head in names):
            head = f"'{head}"
        heads.append(head)
    return heads


def csv_file(table: pa.Table) -> bytes:
    """CSV in UTF-8 with a byte-order mark, so that Excel reads Japanese. Text that looks like a formula is quoted."""
    frame = pl.DataFrame(flat(table))
    text = pl.selectors.string()
    guarded = frame.with_columns(
        pl.when(text.str.contains(_FORMULA)).then("'" + text).otherwise(text).name.keep()
    )
    heads = _harmless_heads(frame.columns)
    guarded = guarded.rename(dict(zip(frame.columns, heads, strict=True)))
    buffer = BytesIO()
    guarded.write_csv(buffer, include_bom=True, line_terminator="\r\n")
    return buffer.getvalue()


def workbook(table: pa.Table, about: list[tuple[str, str]], *, data_sheet: str, about_sheet: str) -> bytes:
    """Workbook of two sheets: the table, and what it is, where it comes from and how to cite it."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        label = book.add_format({"bold": True, "valign": "top"})
        sheet = book.add_worksheet(data_sheet)
        write_table(book, sheet, table, bold)
        sheet.freeze_panes(1, 1)
        page = book.add_worksheet(about_sheet)
        page.set_column(0, 0, 22)
        page.set_column(1, 1, 100)
        for row, (name, text) in enumerate(about):
            page.write_string(row, 0, name, label)
            page.write_string(row, 1, text, wrap)
    return buffer.getvalue()


def write_table(
    book: xlsxwriter.Workbook, sheet: Worksheet, table: pa.Table, heading: Format, first: int = 0
) -> None:
    """Writes a table from the row `first` on, each column as its kind says; what is not known stays empty.

    Numbers of a column without a kind, and years, which have none, are written as they are.
    """
    formats = {kind: book.add_format({"num_format": written}) for kind, written in _NUMBER_FORMATS.items()}
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for column, field in enumerate(table.schema):
        kind = (field.metadata or {}).get(b"kind", b"").decode()
        values = table.column(column).to_pylist()
        sheet.write_string(first, column, field.name, heading)
        longest = max((len(str(v)) for v in values if v is not None), default=0)
        sheet.set_column(column, column, min(max(longest, len(field.name) // 2, 10) + 3, _WIDEST))
        for row, value in enumerate(values, first + 1):
            if value is None:
                continue
            if pa.types.is_date(field.type) and value.year >= _FIRST_YEAR_OF_EXCEL:
                sheet.write_datetime(row, column, value, day)
            elif _is_number(field.type) and math.isfinite(value):
                written = "decimal" if kind == "number" and value != int(value) else kind
                sheet.write_number(row, column, value, formats.get(written))
            else:
                sheet.write_string(row, column, str(value))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


_FIXED = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """All files in one archive, without the time of day: the same files give the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), body, zipfile.ZIP_DEFLATED)
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
