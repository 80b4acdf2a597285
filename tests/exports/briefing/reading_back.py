"""Opens the files of a pack with other programs than those that wrote them, and reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from math import hypot
from typing import Any

import openpyxl
import pypdfium2 as pdfium
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu
from pypdfium2 import raw

POINT = 12_700


@dataclass
class Slides:
    """Content of the slides: texts, rows of tables, values of charts, notes, and boxes with the size of their text."""

    texts: list[str] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    charts: list[dict[str, list[float | None]]] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    boxes: list[tuple[str, float, float, float, bool]] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    asian: list[str] = field(default_factory=list)


def slides_of(body: bytes) -> Slides:
    found = Slides()
    for slide in Presentation(BytesIO(body)).slides:
        found.notes.append(slide.notes_slide.notes_text_frame.text)
        for shape in slide.shapes:
            found.bottoms.append((shape.top + shape.height) / POINT)
            if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                found.groups.append(shape.name)
            if shape.name == "title":
                found.titles.append(shape.text_frame.text)
            if shape.has_text_frame and shape.text_frame.text:
                found.texts.append(shape.text_frame.text)
                run = shape.text_frame.paragraphs[0].runs[0]
                size = Emu(run.font.size).pt
                found.boxes.append(
                    (
                        shape.text_frame.text,
                        size,
                        shape.width / POINT,
                        shape.height / POINT,
                        bool(run.font.bold),
                    )
                )
                if shape.name == "foot":
                    found.feet.append(shape.text_frame.text)
            if shape.has_table:
                found.rows += [tuple(cell.text for cell in row.cells) for row in shape.table.rows]
            if shape.has_chart:
                found.charts.append({s.name: list(s.values) for s in shape.chart.plots[0].series})
                names = shape.chart.font._element.findall(qn("a:ea"))
                found.asian += [name.get("typeface") for name in names]
                found.alts.append(shape._element.nvGraphicFramePr.cNvPr.get("descr"))
    return found


def cells_of(body: bytes) -> dict[str, list[list[Any]]]:
    """Rows of every sheet; formulas would be read as text that begins with `=`."""
    book = openpyxl.load_workbook(BytesIO(body))
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


@dataclass
class Paper:
    pages: list[str]
    is_tagged: bool
    standard: str
    title: str
    smallest: float


def paper_of(body: bytes, at_most: int = 40) -> Paper:
    """The text of the first pages without its spaces, and what the file says of itself."""
    # The metadata of PDF/A are not compressed.
    part = re.search(rb"pdfaid:part>?=?\"?(\d)", body)
    level = re.search(rb"pdfaid:conformance>?=?\"?(\w)", body)
    standard = b"".join(found[1] for found in (part, level) if found).decode().lower()
    with pdfium.PdfDocument(body) as document:
        pages = [
            re.sub(r"\s+", "", document[i].get_textpage().get_text_range())
            for i in range(min(len(document), at_most))
        ]
        smallest = min(size for i in range(len(pages)) for size in _sizes(document[i]))
        return Paper(pages, document.is_tagged(), standard, document.get_metadata_value("Title"), smallest)


def _sizes(page: pdfium.PdfPage) -> Iterator[float]:
    """Sizes of the letters of a page in points, as they are seen: those of figures may be scaled with them."""
    text = page.get_textpage()
    matrix = raw.FS_MATRIX()
    for i in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, i):  # ends of lines, which the file does not have
            continue
        raw.FPDFText_GetMatrix(text, i, matrix)
        yield raw.FPDFText_GetFontSize(text, i) * hypot(matrix.c, matrix.d)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"src", "href", "action", "data", "poster"} and value and not value.startswith("#"):
                self.addresses.append(value)
            if tag == "html" and name == "lang":
                self.lang = value or ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass
class WebPage:
    text: str
    addresses: list[str]
    lang: str


def web_page_of(body: bytes) -> WebPage:
    reader = _Reader()
    reader.feed(body.decode("utf-8"))
    return WebPage("\n".join(reader.words), reader.addresses, reader.lang)
