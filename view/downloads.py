"""Files that people click: CSV with a byte-order mark, a workbook with its context, images drawn by the browser."""

import base64
import json
import math
import os
import re
import shutil
import threading
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, partial
from io import BytesIO
from typing import Final, Literal, TypeGuard

import kaleido
import plotly.graph_objects as go
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from view.picture import Caption, framed, text_width
from view.texts import Language, Texts
from view.theme import DARK, LIGHT

_FORMULA = r"^[\s\x00\x{ad}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{feff}]*[=+\-@＝＋－＠]|^[\t\r\n]"
_FORMULA_IN_A_NAME = re.compile(
    "^[\\s\x00\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\\-@＝＋－＠]|^[\\t\\r\\n]"
)
"""A text that a spreadsheet might run: signs before a formula are passed over as programs do, full width is folded."""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_drawing = threading.Lock()


_NUMBER_FORMATS = {"tonnes": "#,##0", "number": "#,##0", "decimal": "#,##0.00", "share": "0.0%"}
"""How a workbook writes the kinds of columns of `view/marks/table.py`."""
_PLAIN = re.compile(r"(?i)(?:^|[\W_])(?:years?|fy|ids?|codes?|seed)(?:$|[\W_])|年|番号")
_AMOUNT = re.compile(r"(?i)tco2|tonne|t-CO₂|トン")
"""Columns without a kind: numbers that name something have no separators, unless they are tonnes by the year."""
_THOUSAND = 1_000
_WIDEST = 60
_FIRST_YEAR_OF_EXCEL = 1900
_LARGEST_WHOLE_OF_EXCEL: Final = 1_000_000_000_000_000
_WIDTH, _HEIGHT = 1100, 420
"""Size of a figure in a picture, px; its height where it states none."""

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

    In a column without a kind, such as one of a reader's own query, large numbers have separators unless its name says
    that they are years or name something; a moment is in UTC.
    """
    formats = {kind: book.add_format({"num_format": written}) for kind, written in _NUMBER_FORMATS.items()}
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    for column, field in enumerate(table.schema):
        about = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
        kind = about.get("kind", "")
        if kind not in _NUMBER_FORMATS:
            kind = _guessed(f"{about.get('key', '')} {field.name}")
        values = table.column(column).to_pylist()
        sheet.write_string(first, column, field.name, heading)
        longest = max((_wide(v) for v in values if v is not None), default=0.0)
        sheet.set_column(column, column, min(max(longest, text_width(field.name) / 2, 10) + 3, _WIDEST))
        for row, value in enumerate(values, first + 1):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, datetime) and value.year >= _FIRST_YEAR_OF_EXCEL:
                at = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
                sheet.write_datetime(row, column, at, moment)
            elif isinstance(value, date) and value.year >= _FIRST_YEAR_OF_EXCEL:
                sheet.write_datetime(row, column, value, day)
            elif _is_number(value):
                sheet.write_number(row, column, value, formats.get(_format_of(value, kind)))
            else:
                sheet.write_string(row, column, str(value))


def _guessed(name: str) -> str:
    """What the numbers of a column without a kind are, by its name: amounts, or plain ones."""
    return "" if _PLAIN.search(name) and not _AMOUNT.search(name) else "guessed"


def _format_of(value: float | Decimal, kind: str) -> str:
    """The number format of a cell; of a column without a kind only large numbers need one."""
    if kind == "guessed":
        kind = "" if -_THOUSAND < value < _THOUSAND else "number"
    return "decimal" if kind == "number" and value != int(value) else kind


def _wide(value: object) -> float:
    """Letters that a cell takes, with the separators of a large number."""
    if isinstance(value, float | Decimal):
        return len(f"{value:,.2f}")
    return float(len(f"{value:,}")) if isinstance(value, int) else text_width(str(value))


def _is_number(value: object) -> TypeGuard[float | Decimal]:
    """Whether a workbook can hold it as a number, with all its digits: it has no word for infinity."""
    if isinstance(value, int):
        return abs(value) < _LARGEST_WHOLE_OF_EXCEL
    return isinstance(value, float | Decimal) and math.isfinite(value)


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


def without_buttons(figure: go.Figure) -> go.Figure:
    """The figure without what a reader can press on the page: it stands for nothing on paper or in a frame."""
    alone = go.Figure(data=figure.data, layout=figure.layout)
    alone.layout.updatemenus, alone.layout.sliders = (), ()  # an update with nothing would keep them
    return alone


def image(drawn: go.Figure | str, kind: Literal["png", "svg"], caption: Caption, lang: Language) -> bytes:
    """PNG or SVG of a figure, or of an SVG that states its size, with title, selection and sources in its margins.

    A figure states its height, in px. The installed browser draws figures and every PNG; raises RuntimeError when there
    is none.
    """
    browser = _browser()
    if browser is None and (kind == "png" or isinstance(drawn, go.Figure)):
        raise RuntimeError("no Chromium or Chrome found; install one to draw images")
    if isinstance(drawn, str) and kind == "svg":
        return framed(drawn, caption, lang, LIGHT)[0].encode()
    os.environ["BROWSER_PATH"] = browser or ""
    # Two at a time would be two browsers; the one that is started draws the figure, then the picture with its margins.
    with _drawing:
        kaleido.start_sync_server(n=1, silence_warnings=True)
        try:
            return _drawn(drawn, kind, caption, lang)
        finally:
            kaleido.stop_sync_server(silence_warnings=True)


def _drawn(drawn: go.Figure | str, kind: str, caption: Caption, lang: Language) -> bytes:
    palette = LIGHT
    if isinstance(drawn, go.Figure):
        palette = DARK if drawn.layout.meta == "dark" else LIGHT
        drawn = _by_browser(without_buttons(drawn), "svg", _WIDTH, drawn.layout.height or _HEIGHT).decode()
    svg, width, height = framed(drawn, caption, lang, palette)
    if kind == "svg":
        return svg.encode()
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    whole = {"source": source, "xref": "paper", "yref": "paper", "x": 0, "y": 1, "sizex": 1, "sizey": 1}
    sheet = go.Figure(
        layout={
            "images": [{**whole, "sizing": "stretch"}],
            "margin": dict.fromkeys("lrtb", 0),
            "xaxis": {"visible": False},
            "yaxis": {"visible": False},
        }
    )
    return _by_browser(sheet, "png", width, height)


def _by_browser(figure: go.Figure, kind: str, width: float, height: float) -> bytes:
    """A figure in pixels; a PNG has two a pixel."""
    options = {"format": kind, "width": width, "height": height, "scale": 2 if kind == "png" else 1}
    return bytes(kaleido.calc_fig_sync(figure, options))
