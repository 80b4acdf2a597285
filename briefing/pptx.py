"""The slides: native charts and tables that can be edited, speaker notes, a foot that says where every figure is from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.util import Emu, Pt

from briefing.document import Chart, Document, Figure, Grid, Section, Series, clean
from briefing.drawing import style_of
from briefing.figures import axis_words
from briefing.fonts import SLIDES_EN, SLIDES_JA, lines, width
from view.texts import Texts
from view.theme import LIGHT

POINT = 12_700
WIDE, HIGH = 960.0, 540.0
"""Size of a slide in points: 16:9."""
MARGIN = 34.0
TOP = 92.0
FOOT = 504.0
ROOM = (WIDE - 2 * MARGIN, FOOT - TOP - 24)
"""Width and height for a table below the heading."""
BESIDE = (WIDE - 2 * MARGIN - 560, FOOT - TOP - 30)
"""The same for a table beside a chart."""
LARGEST_TABLE, SMALLEST_TABLE, CUT_TABLE = 14.0, 9.0, 10.5
"""Sizes of a table: as large as fits one slide, and the size of one that takes several."""
ROW_PADDING = 7.0
SMALLEST_POINTS = 8.0
_LINE = 1.28
"""Height of a line over the size of its letters; office fonts for Japanese are tall."""
_SAFETY = 1.06
"""Office fonts run a little wider than the font that texts are measured with."""
_HATCH = {
    "/": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "\\": MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    "x": MSO_PATTERN.TRELLIS,
    ".": MSO_PATTERN.PERCENT_20,
}
_DASH = {
    "solid": MSO_LINE.SOLID,
    "dash": MSO_LINE.DASH,
    "dot": MSO_LINE.ROUND_DOT,
    "dashdot": MSO_LINE.DASH_DOT,
}


@dataclass(frozen=True)
class Layout:
    """How a table is set: size of its letters and widths of its columns, in points."""

    points: float
    columns: tuple[float, ...]


def pptx_of(document: Document, t: Texts) -> bytes:
    """The document as slides of 16:9."""
    maker = _Maker(document, t)
    maker.make()
    buffer = BytesIO()
    maker.slides.save(buffer)
    return buffer.getvalue()


def _rgb(colour: str) -> RGBColor:
    made: RGBColor = RGBColor.from_string(colour.removeprefix("#").upper())
    return made


def _points(value: float) -> Emu:
    return Emu(round(value * POINT))


class _Maker:
    """The slides while they are made."""

    def __init__(self, document: Document, t: Texts) -> None:
        self.document, self.t = document, t
        self.slides: Slides = Presentation()
        self.slides.slide_width, self.slides.slide_height = _points(WIDE), _points(HIGH)
        self._latin, self._asian = (SLIDES_JA, SLIDES_JA) if t.lang == "ja" else (SLIDES_EN, SLIDES_JA)
        _name_fonts(self.slides, self._latin, self._asian)
        properties = self.slides.core_properties
        properties.title, properties.subject = clean(document.title), document.as_of
        properties.author = t("JCM target tracker")
        properties.comments = clean(document.citation)
        self._numbered: list[tuple[Slide, Section | None]] = []

    def make(self) -> None:
        """Makes every slide, then numbers them."""
        self._cover()
        for section in self.document.sections:
            self._section(section)
        self._list(
            self.t("What each rung is"), Grid((self.t("Rung"), self.t("Meaning")), self.document.terms)
        )
        limits = tuple((text,) for text in self.document.limits)
        self._list(self.t("What these figures do not cover"), Grid((self.t("Limits"),), limits))
        for number, (slide, subject) in enumerate(self._numbered, 1):
            self._foot(slide, subject, number)

    # Parts of a slide.

    def _slide(self, section: Section | None, notes: Sequence[str]) -> Slide:
        slide: Slide = self.slides.slides.add_slide(self.slides.slide_layouts[6])
        slide.notes_slide.notes_text_frame.text = clean("\n".join(x for x in notes if x))
        self._numbered.append((slide, section))
        return slide

    def text(
        self,
        slide: Slide,
        text: str,
        box: tuple[float, float, float, float],
        points: float,
        *,
        is_bold: bool = False,
        colour: str = LIGHT.ink,
        align: PP_ALIGN = PP_ALIGN.LEFT,
        name: str = "",
    ) -> float:
        """Puts a text into a box, smaller where it would not fit; gives the size it was set in."""
        left, top, wide, high = box
        text = clean(text)
        size = fitting(text, points, wide, high, is_bold=is_bold)
        shape = slide.shapes.add_textbox(_points(left), _points(top), _points(wide), _points(high))
        shape.name = name or "text"
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = align
        self._run(paragraph.add_run(), text, size, is_bold=is_bold, colour=colour)
        return size

    def _run(
        self, run: object, text: str, size: float, *, is_bold: bool = False, colour: str = LIGHT.ink
    ) -> None:
        run.text = text  # type: ignore[attr-defined]
        font = run.font  # type: ignore[attr-defined]
        font.size, font.bold, font.name = Pt(size), is_bold, self._latin
        font.color.rgb = _rgb(colour)
        properties = font._element  # noqa: SLF001 - the library names the Latin font only
        asian = etree.SubElement(properties, qn("a:ea"))
        asian.set("typeface", self._asian)
        properties.set("lang", "ja-JP" if self.t.lang == "ja" else "en-GB")
        properties.set("altLang", "en-US" if self.t.lang == "ja" else "ja-JP")

    def _bar(self, slide: Slide, box: tuple[float, float, float, float], colour: str) -> None:
        left, top, wide, high = box
        shape = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, _points(left), _points(top), _points(wide), _points(high)
        )
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(colour)
        shape.line.fill.background()
        shape.shadow.inherit = False

    def _foot(self, slide: Slide, section: Section | None, number: int) -> None:
        self._bar(slide, (MARGIN, FOOT - 4, WIDE - 2 * MARGIN, 0.75), LIGHT.grid)
        foot = " · ".join(self.document.foot(section))
        self.text(
            slide, foot, (MARGIN, FOOT, WIDE - 2 * MARGIN - 60, 26), 8.5, colour=LIGHT.muted, name="foot"
        )
        page = f"{number} / {len(self._numbered)}"
        box = (WIDE - MARGIN - 55, FOOT, 55, 14)
        self.text(slide, page, box, 8.5, colour=LIGHT.muted, align=PP_ALIGN.RIGHT, name="page")

    def _heading(self, slide: Slide, title: str, sentence: str) -> None:
        self._bar(slide, (0, 0, WIDE, 5), LIGHT.rungs["registered"].colour)
        self.text(slide, title, (MARGIN, 18, WIDE - 2 * MARGIN, 28), 20, is_bold=True, name="title")
        self.text(
            slide, sentence, (MARGIN, 50, WIDE - 2 * MARGIN, 36), 13, colour=LIGHT.muted, name="sentence"
        )

    # Slides.

    def _cover(self) -> None:
        document, t = self.document, self.t
        figures = [f"{one.label}: {one.value} ({one.below})" for one in document.figures]
        slide = self._slide(None, (document.answer, *figures, *document.limits, document.citation))
        self._bar(slide, (0, 0, WIDE, 8), LIGHT.rungs["registered"].colour)
        self.text(slide, t("JCM target tracker"), (MARGIN, 30, 500, 16), 11, colour=LIGHT.muted)
        self.text(slide, document.title, (MARGIN, 52, WIDE - 2 * MARGIN, 48), 32, is_bold=True, name="title")
        self.text(slide, document.subtitle, (MARGIN, 104, WIDE - 2 * MARGIN, 20), 13, colour=LIGHT.muted)
        self.text(
            slide, document.answer, (MARGIN, 146, WIDE - 2 * MARGIN, 116), 21, is_bold=True, name="answer"
        )
        self._figures(slide, document.figures)
        limits = "\n".join(f"・{x}" if t.lang == "ja" else f"• {x}" for x in document.limits)
        self._limits_box(slide, limits)

    def _figures(self, slide: Slide, figures: Sequence[Figure]) -> None:
        if not figures:
            return
        gap = 10.0
        wide = (WIDE - 2 * MARGIN - gap * (len(figures) - 1)) / len(figures)
        for i, one in enumerate(figures):
            left = MARGIN + i * (wide + gap)
            self._bar(slide, (left, 276, wide, 92), LIGHT.panel)
            self._bar(slide, (left, 276, 3, 92), LIGHT.rungs["registered"].colour)
            self.text(slide, one.label, (left + 12, 283, wide - 18, 28), 11, colour=LIGHT.muted)
            self.text(slide, one.value, (left + 12, 311, wide - 18, 30), 22, is_bold=True, name="figure")
            self.text(slide, one.below, (left + 12, 343, wide - 18, 24), 10, colour=LIGHT.muted)

    def _limits_box(self, slide: Slide, text: str) -> None:
        self.text(slide, text, (MARGIN, 384, WIDE - 2 * MARGIN, 108), 11, colour=LIGHT.ink, name="limits")

    def _section(self, section: Section) -> None:
        notes = (
            section.sentence,
            section.coverage,
            *section.notes,
            self.document.source,
            section.query + ".sql",
        )
        layout = laid_out(section.grid, ROOM) if section.grid else None
        pages = list(_pages(section.grid, ROOM[1], layout)) if section.grid and layout else []
        if section.chart is None and not pages:
            slide = self._slide(section, notes)
            self._heading(slide, section.title, section.sentence)
            words = self.t("Nothing is known here on this day; see the sentence above.")
            self.text(slide, words, (MARGIN, 200, WIDE - 2 * MARGIN, 40), 16, colour=LIGHT.muted)
            return
        is_beside = section.chart is not None and _fits_beside(section)
        if section.chart is not None:
            slide = self._slide(section, notes)
            self._heading(slide, section.title, section.sentence)
            wide = 540.0 if is_beside else WIDE - 2 * MARGIN
            self._chart(slide, section.chart, (MARGIN, TOP, wide, FOOT - TOP - 24))
            self._notes_line(slide, section)
            if is_beside and section.grid is not None:
                self._table(slide, section.grid, (MARGIN + 560, TOP + 6), laid_out(section.grid, BESIDE))
                return
        for number, grid in enumerate(pages, 1):
            assert layout is not None  # noqa: S101 - pages come of a layout
            slide = self._slide(section, notes)
            title = section.title
            if len(pages) > 1:
                title = self.t(
                    "{title} ({n}/{all})", title=title, n=self.t.number(number), all=self.t.number(len(pages))
                )
            self._heading(slide, title, section.sentence)
            self._table(slide, grid, (MARGIN, TOP), layout)
            self._notes_line(slide, section)

    def _notes_line(self, slide: Slide, section: Section) -> None:
        if section.notes:
            box = (MARGIN, FOOT - 18, WIDE - 2 * MARGIN, 13)
            self.text(slide, " · ".join(section.notes), box, 8.5, colour=LIGHT.muted, name="notes")

    def _list(self, title: str, grid: Grid) -> None:
        layout = laid_out(grid, ROOM)
        for page in _pages(grid, ROOM[1], layout):
            slide = self._slide(None, (title,))
            self._heading(slide, title, "")
            self._table(slide, page, (MARGIN, 56), layout)

    # Native tables and charts.

    def _table(self, slide: Slide, grid: Grid, place: tuple[float, float], layout: Layout) -> None:
        left, top = place
        columns, points = layout.columns, layout.points
        heights = row_heights(grid, layout)
        shape = slide.shapes.add_table(
            len(grid.rows) + 1,
            len(grid.heads),
            _points(left),
            _points(top),
            _points(sum(columns)),
            _points(sum(heights)),
        )
        table = shape.table
        style = shape._element.graphic.graphicData.tbl.tblPr  # noqa: SLF001 - no style of the program
        style.set("bandRow", "0")
        style.set("firstRow", "1")
        for identifier in style.findall(qn("a:tableStyleId")):
            identifier.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        for i, column in enumerate(columns):
            table.columns[i].width = _points(column)
        for r, row in enumerate([grid.heads, *grid.rows]):
            table.rows[r].height = _points(heights[r])
            for i, text in enumerate(row):
                cell = table.cell(r, i)
                right = PP_ALIGN.RIGHT if i in grid.numeric else PP_ALIGN.LEFT
                cell.text_frame.paragraphs[0].alignment = right
                self._cell(cell, text, points, is_head=r == 0, is_strong=r - 1 in grid.strong)

    def _cell(self, cell: object, text: str, points: float, *, is_head: bool, is_strong: bool) -> None:
        cell.margin_left = cell.margin_right = _points(4)  # type: ignore[attr-defined]
        cell.margin_top = cell.margin_bottom = _points(2)  # type: ignore[attr-defined]
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP  # type: ignore[attr-defined]
        paragraph = cell.text_frame.paragraphs[0]  # type: ignore[attr-defined]
        colour = LIGHT.muted if is_head else LIGHT.ink
        self._run(
            paragraph.add_run(),
            clean(text),
            points,
            is_bold=is_head or is_strong,
            colour=colour,
        )
        properties = cell._tc.get_or_add_tcPr()  # type: ignore[attr-defined]  # noqa: SLF001 - borders have no other way
        line = etree.SubElement(properties, qn("a:lnB"))
        line.set("w", str(round(1.0 * POINT)) if is_head else str(round(0.5 * POINT)))
        fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
        fill.set("val", (LIGHT.ink if is_head else LIGHT.grid).removeprefix("#"))
        etree.SubElement(properties, qn("a:noFill"))

    def _chart(self, slide: Slide, chart: Chart, box: tuple[float, float, float, float]) -> None:
        data = CategoryChartData(number_format="#,##0.##")
        data.categories = [clean(x) for x in chart.categories]
        for one in chart.series:
            data.add_series(clean(one.name), chart.shown(one))
        kind = {
            "columns": XL_CHART_TYPE.COLUMN_STACKED,
            "bars": XL_CHART_TYPE.BAR_CLUSTERED,
            "lines": XL_CHART_TYPE.LINE_MARKERS,
        }[chart.kind]
        left, top, wide, high = (_points(x) for x in box)
        frame = slide.shapes.add_chart(kind, left, top, wide, high, data)
        frame.name = "chart"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(chart.alt))  # noqa: SLF001 - the alternative text
        native = frame.chart
        native.font.size, native.font.name = Pt(11), self._latin
        native.font.color.rgb = _rgb(LIGHT.ink)
        native.has_title = False
        native.has_legend = len(chart.series) > 1
        if native.has_legend:
            native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        self._axes(native, chart)
        plot = native.plots[0]
        if chart.kind != "lines":
            plot.gap_width = 35
            plot.overlap = 100
        for series, one in zip(plot.series, chart.series, strict=True):
            _dress(series, one, chart)

    def _axes(self, native: object, chart: Chart) -> None:
        value, category = native.value_axis, native.category_axis  # type: ignore[attr-defined]
        value.has_title = True
        value.axis_title.text_frame.text = axis_words(chart, self.t)
        run = value.axis_title.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold = Pt(10), False
        run.font.color.rgb = _rgb(LIGHT.muted)
        value.minimum_scale = 0
        value.tick_labels.number_format, value.tick_labels.number_format_is_linked = "#,##0.##", False
        value.tick_labels.font.size = Pt(10)
        value.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
        value.format.line.fill.background()
        category.tick_labels.font.size = Pt(10)
        category.format.line.color.rgb = _rgb(LIGHT.muted)
        category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        if chart.kind == "bars":
            category.reverse_order = True
            value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        elif len(chart.categories) > 12:
            for name in ("c:tickLblSkip", "c:tickMarkSkip"):
                skip = etree.SubElement(category._element, qn(name))  # noqa: SLF001 - the library has no word for it
                skip.set("val", "5")
                no_multi = category._element.find(qn("c:noMultiLvlLbl"))  # noqa: SLF001
                if no_multi is not None:
                    no_multi.addprevious(skip)


def _dress(series: object, one: Series, chart: Chart) -> None:
    """Colour, pattern, dash and labels of a native series, as the pages draw it."""
    colour, pattern, dash = style_of(one)
    look = series.format  # type: ignore[attr-defined]
    if chart.kind == "lines":
        series.smooth = False  # type: ignore[attr-defined]
        marker = series.marker  # type: ignore[attr-defined]
        if one.is_marks:
            look.line.fill.background()
            marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 11
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = _rgb(colour)
        else:
            look.line.color.rgb, look.line.width, look.line.dash_style = _rgb(colour), Pt(2), _DASH[dash]
            marker.style = XL_MARKER_STYLE.NONE
    elif one.style == "gap":
        look.fill.background()
        look.line.color.rgb, look.line.width, look.line.dash_style = _rgb(colour), Pt(1.25), MSO_LINE.DASH
    elif pattern:
        look.fill.patterned()
        look.fill.pattern = _HATCH[pattern]
        look.fill.fore_color.rgb, look.fill.back_color.rgb = RGBColor(255, 255, 255), _rgb(colour)
    else:
        look.fill.solid()
        look.fill.fore_color.rgb = _rgb(colour)
    if chart.kind == "bars":
        labels = series.data_labels  # type: ignore[attr-defined]
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, "#,##0.##", False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(10)


def _name_fonts(slides: Slides, latin: str, asian: str) -> None:
    """Names the fonts of the theme, which new texts of an editor take."""
    for part in slides.part.package.iter_parts():
        if part.partname.endswith("theme1.xml"):
            root = etree.fromstring(part.blob)
            for kind in ("a:majorFont", "a:minorFont"):
                for font in root.iter(qn(kind)):
                    font.find(qn("a:latin")).set("typeface", latin)
                    font.find(qn("a:ea")).set("typeface", asian)
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001


# Measuring.


def fitting(text: str, points: float, wide: float, high: float, *, is_bold: bool = False) -> float:
    """The size, at most `points`, in which a text fits a box; never below SMALLEST_POINTS."""
    size = points
    while size > SMALLEST_POINTS and height(text, size, wide, is_bold=is_bold) > high:
        size -= 0.5
    return size


def height(text: str, points: float, wide: float, *, is_bold: bool = False) -> float:
    """Height of a text set in a column, in points."""
    return lines(text, points * _SAFETY, wide, is_bold=is_bold) * points * _LINE


def column_widths(grid: Grid, wide: float, points: float) -> list[float]:
    """Widths that share the room: columns of numbers as they need, texts by their length."""
    padding = 10.0
    longest = []
    for i, head in enumerate(grid.heads):
        cells = max(
            (width(row[i], points * _SAFETY, is_bold=n in grid.strong) for n, row in enumerate(grid.rows)),
            default=0.0,
        )
        word = max((width(w, points * _SAFETY, is_bold=True) for w in head.split()), default=0.0)
        longest.append(max(cells, min(word, 130.0)) + padding)
    if sum(longest) <= wide:
        spare = wide - sum(longest)
        return [w + (spare if i == _widest(longest, grid) else 0.0) for i, w in enumerate(longest)]
    fixed = {i: w for i, w in enumerate(longest) if i in grid.numeric and w < wide / 4}
    texts = {i: min(w, wide * 0.6) for i, w in enumerate(longest) if i not in fixed}
    room = wide - sum(fixed.values())
    # Short texts keep their width; the long ones share the rest by their length.
    short = {i: w for i, w in texts.items() if w <= room / len(texts)}
    long = {i: w for i, w in texts.items() if i not in short}
    rest = room - sum(short.values())
    total = sum(long.values()) or 1.0
    shares = {i: rest * w / total for i, w in long.items()}
    return [fixed.get(i) or short.get(i) or shares[i] for i in range(len(longest))]


def _widest(longest: list[float], grid: Grid) -> int:
    texts = [i for i in range(len(longest)) if i not in grid.numeric] or list(range(len(longest)))
    return max(texts, key=lambda i: longest[i])


def row_heights(grid: Grid, layout: Layout) -> list[float]:
    """Height of the heading and of each row."""
    points = layout.points

    def high(row: Sequence[str], *, is_bold: bool) -> float:
        tallest = max(
            lines(text, points * _SAFETY, room - 8.5, is_bold=is_bold)
            for text, room in zip(row, layout.columns, strict=True)
        )
        return tallest * points * _LINE + ROW_PADDING

    rows = (high(row, is_bold=i in grid.strong) for i, row in enumerate(grid.rows))
    return [high(grid.heads, is_bold=True), *rows]


def laid_out(grid: Grid, room: tuple[float, float]) -> Layout:
    """The largest size in which the whole table fits, else the size of one that is cut over slides."""
    points = LARGEST_TABLE
    while points >= SMALLEST_TABLE:
        layout = Layout(points, tuple(column_widths(grid, room[0], points)))
        if sum(row_heights(grid, layout)) <= room[1]:
            return layout
        points -= 0.5
    return Layout(CUT_TABLE, tuple(column_widths(grid, room[0], CUT_TABLE)))


def _pages(grid: Grid, high: float, layout: Layout) -> Iterator[Grid]:
    """The table cut into parts that fit a slide; a row is never cut, one taller than a slide is shortened."""
    if not grid.rows:
        return
    grid = _shortened(grid, high, layout)
    heights = row_heights(grid, layout)
    head, begins, used = heights[0], 0, heights[0]
    for i, tall in enumerate(heights[1:]):
        if used + tall > high and i > begins:
            yield _part(grid, begins, i)
            begins, used = i, head
        used += tall
    yield _part(grid, begins, len(grid.rows))


def _shortened(grid: Grid, high: float, layout: Layout) -> Grid:
    """Cells so long that their row would leave the slide end with a sign that there is more; the workbook holds all."""
    heights = row_heights(grid, layout)
    rows = list(grid.rows)
    for i, tall in enumerate(heights[1:]):
        part = 1.0
        while heights[0] + tall > high and part > 0.05:
            part -= 0.05
            rows[i] = tuple(x if len(x) < 60 else x[: int(len(x) * part)] + " […]" for x in grid.rows[i])
            tall = row_heights(Grid(grid.heads, (rows[i],), grid.numeric), layout)[1]  # noqa: PLW2901
    return Grid(grid.heads, tuple(rows), grid.numeric, grid.strong)


def _part(grid: Grid, first: int, last: int) -> Grid:
    strong = frozenset(i - first for i in grid.strong if first <= i < last)
    return Grid(grid.heads, grid.rows[first:last], grid.numeric, strong)


def _fits_beside(section: Section) -> bool:
    """Whether the table is small enough to stand beside the chart."""
    grid = section.grid
    if grid is None or len(grid.heads) > 4:
        return False
    layout = laid_out(grid, BESIDE)
    return sum(row_heights(grid, layout)) <= BESIDE[1] and min(layout.columns) > 40
