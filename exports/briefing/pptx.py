"""The slides: native charts and tables that can be edited, speaker notes, a foot that says where every figure is from."""

from collections.abc import Sequence
from io import BytesIO

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.util import Pt

from exports.briefing.document import Chart, Document, Figure, Grid, Section, clean
from exports.briefing.fonts import SLIDES_EN, SLIDES_JA
from exports.briefing.layout import Layout, fits, fitting, height, laid_out, pages_of, row_heights
from exports.briefing.native_charts import POINT, draw_chart, name_asian, plain, rgb
from exports.briefing.native_charts import points as points_of
from view.texts import Texts
from view.theme import LIGHT

WIDE, HIGH = 960.0, 540.0
"""Size of a slide in points: 16:9."""
MARGIN = 34.0
TOP = 114.0
FOOT = 504.0
_NOTES_LINE = 13.0
ROOM = (WIDE - 2 * MARGIN, FOOT - TOP - 24)
"""Width and height for a table below the heading."""
CHART_BESIDE = 480.0
BESIDE = (WIDE - 2 * MARGIN - CHART_BESIDE - 20, FOOT - TOP - 30)
"""The same for a table beside a chart."""


def pptx_of(document: Document, t: Texts) -> bytes:
    """The document as slides of 16:9."""
    maker = Maker(document, t)
    maker.make()
    return maker.saved()


class Maker:
    """The slides while they are made."""

    def __init__(self, document: Document, t: Texts) -> None:
        self.document, self.t = document, t
        self.slides: Slides = Presentation()
        self.slides.slide_width, self.slides.slide_height = points_of(WIDE), points_of(HIGH)
        self.latin, self._asian = (SLIDES_JA, SLIDES_JA) if t.lang == "ja" else (SLIDES_EN, SLIDES_JA)
        _name_fonts(self.slides, self.latin, self._asian)
        properties = self.slides.core_properties
        properties.title, properties.subject = clean(document.title), document.as_of
        properties.author = t("JCM target tracker")
        properties.comments = clean(document.citation)
        self._numbered: list[tuple[Slide, Section | None]] = []

    def make(self) -> None:
        """Makes every slide, then numbers them."""
        self._cover()
        t, sections = self.t, self.document.sections
        for section in sections:
            if section.is_known:
                self._section(section)
        self._nothing([section for section in sections if not section.is_known])
        self._list(
            t("What is expected is no credit: every figure names its stage."),
            t("What each stage is"),
            Grid((t("Stage"), t("Meaning")), self.document.terms),
        )
        self._list(
            t("These figures hold what is stated in public, and no more."),
            t("What these figures do not cover"),
            Grid((t("Limits"),), tuple((text,) for text in self.document.limits)),
        )

    def saved(self) -> bytes:
        """The file, with a foot on every slide."""
        for number, (slide, subject) in enumerate(self._numbered, 1):
            self._foot(slide, subject, number)
        buffer = BytesIO()
        self.slides.save(buffer)
        return buffer.getvalue()

    # Parts of a slide.

    def slide(
        self,
        section: Section | None,
        notes: Sequence[str],
        title: str = "",
        sentence: str = "",
        subject: str = "",
    ) -> Slide:
        """A slide with its message as the title, its subject above and what explains it beneath."""
        slide: Slide = self.slides.slides.add_slide(self.slides.slide_layouts[6])
        slide.notes_slide.notes_text_frame.text = clean("\n".join(x for x in notes if x))
        self._numbered.append((slide, section))
        if title:
            self.bar(slide, (0, 0, WIDE, 5), LIGHT.rungs["registered"].colour)
            wide = WIDE - 2 * MARGIN
            if subject:
                self.text(slide, subject, (MARGIN, 12, wide, 15), 10.5, colour=LIGHT.muted, name="subject")
            points = self.text(slide, title, (MARGIN, 27, wide, 48), 20, is_bold=True, name="title")
            below = 29 + height(title, points, wide, is_bold=True)
            if sentence:
                box = (MARGIN, below, wide, TOP - 4 - below)
                self.text(slide, sentence, box, 12.5, colour=LIGHT.muted, name="sentence")
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
        """Puts a text into a box, smaller where it would not fit; returns the size of its letters."""
        text = clean(text)
        size = fitting(text, points, *box[2:], is_bold=is_bold)
        shape = slide.shapes.add_textbox(*map(points_of, box))
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
        font.size, font.bold, font.name = Pt(size), is_bold, self.latin
        font.color.rgb = rgb(colour)
        properties = name_asian(font, self._asian)
        properties.set("lang", "ja-JP" if self.t.lang == "ja" else "en-GB")
        properties.set("altLang", "en-US" if self.t.lang == "ja" else "ja-JP")

    def bar(self, slide: Slide, box: tuple[float, float, float, float], colour: str) -> None:
        """Puts a rectangle of one colour on a slide; `box` in points."""
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(points_of, box))
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(colour)
        shape.line.fill.background()
        plain(shape)

    def _foot(self, slide: Slide, section: Section | None, number: int) -> None:
        self.bar(slide, (MARGIN, FOOT - 4, WIDE - 2 * MARGIN, 0.75), LIGHT.grid)
        foot = " · ".join(self.document.foot(section))
        self.text(
            slide, foot, (MARGIN, FOOT, WIDE - 2 * MARGIN - 60, 26), 8.5, colour=LIGHT.muted, name="foot"
        )
        page = f"{number} / {len(self._numbered)}"
        box = (WIDE - MARGIN - 55, FOOT, 55, 14)
        self.text(slide, page, box, 8.5, colour=LIGHT.muted, align=PP_ALIGN.RIGHT, name="page")

    # Slides.

    def _cover(self) -> None:
        document, t = self.document, self.t
        figures = [t.named(one.label, t.noted(one.value, one.below)) for one in document.figures]
        slide = self.slide(None, (document.answer, *figures, *document.limits, document.citation))
        self.bar(slide, (0, 0, WIDE, 8), LIGHT.rungs["registered"].colour)
        self.text(slide, t("JCM target tracker"), (MARGIN, 30, 500, 16), 11, colour=LIGHT.muted)
        self.text(slide, document.title, (MARGIN, 52, WIDE - 2 * MARGIN, 48), 32, is_bold=True, name="title")
        self.text(slide, document.subtitle, (MARGIN, 104, WIDE - 2 * MARGIN, 20), 13, colour=LIGHT.muted)
        self.text(
            slide, document.answer, (MARGIN, 146, WIDE - 2 * MARGIN, 116), 21, is_bold=True, name="answer"
        )
        self._figures(slide, document.figures)
        limits = "\n".join(f"・{x}" if t.lang == "ja" else f"• {x}" for x in document.limits)
        self.text(slide, limits, (MARGIN, 384, WIDE - 2 * MARGIN, 108), 11, name="limits")

    def _figures(self, slide: Slide, figures: Sequence[Figure]) -> None:
        if not figures:
            return
        gap = 10.0
        wide = (WIDE - 2 * MARGIN - gap * (len(figures) - 1)) / len(figures)
        for i, one in enumerate(figures):
            left = MARGIN + i * (wide + gap)
            self.bar(slide, (left, 276, wide, 92), LIGHT.panel)
            self.bar(slide, (left, 276, 3, 92), LIGHT.rungs["registered"].colour)
            self.text(slide, one.label, (left + 12, 283, wide - 18, 28), 11, colour=LIGHT.muted)
            self.text(slide, one.value, (left + 12, 311, wide - 18, 30), 22, is_bold=True, name="figure")
            self.text(slide, one.below, (left + 12, 343, wide - 18, 24), 10, colour=LIGHT.muted)

    def _section(self, section: Section) -> None:
        notes = self._spoken(section)
        room = (ROOM[0], ROOM[1] + _NOTES_LINE - self._notes_height(section))
        layout = laid_out(section.grid, room) if section.grid else None
        pages = list(pages_of(section.grid, room[1], layout)) if section.grid and layout else []
        if section.chart is not None:
            beside = section.grid if section.grid and fits(section.grid, BESIDE) else None
            slide = self.slide(section, notes, *words_of(section))
            wide = CHART_BESIDE if beside else WIDE - 2 * MARGIN
            self.chart(slide, section.chart, (MARGIN, TOP, wide, room[1]))
            self._notes_line(slide, section)
            if beside:
                self._table(slide, beside, (MARGIN + CHART_BESIDE + 20, TOP + 6), laid_out(beside, BESIDE))
                return
        for number, grid in enumerate(pages, 1):
            assert layout is not None  # noqa: S101 - pages come of a layout
            title = section.title
            if len(pages) > 1:
                title = self.t(
                    "{title} ({n}/{all})", title=title, n=self.t.number(number), all=self.t.number(len(pages))
                )
            slide = self.slide(section, notes, *words_of(section)[:2], title)
            self._table(slide, grid, (MARGIN, TOP), layout)
            self._notes_line(slide, section)

    def _notes_line(self, slide: Slide, section: Section) -> None:
        if section.notes:
            high = self._notes_height(section)
            box = (MARGIN, FOOT - 5 - high, WIDE - 2 * MARGIN, high)
            self.text(slide, " · ".join(section.notes), box, 8.5, colour=LIGHT.muted, name="notes")

    def _notes_height(self, section: Section) -> float:
        """Height of the notes above the foot, of one line at least."""
        return max(_NOTES_LINE, height(" · ".join(section.notes), 8.5, WIDE - 2 * MARGIN))

    def _spoken(self, section: Section) -> tuple[str, ...]:
        """What a speaker is told of a section."""
        return (
            section.title,
            section.sentence,
            section.coverage,
            *section.notes,
            self.document.source,
            section.query + ".sql",
        )

    def _nothing(self, sections: Sequence[Section]) -> None:
        """One slide for all subjects on which nothing is known."""
        if sections:
            t = self.t
            title = t.count(
                "Nothing is known on {n} subject on this day.",
                "Nothing is known on {n} subjects on this day.",
                len(sections),
            )
            rows = tuple((section.title, section.message) for section in sections)
            notes = tuple(line for section in sections for line in self._spoken(section))
            self._list(title, t("What is not known"), Grid((t("Subject"), t("What is known")), rows), notes)

    def _list(self, title: str, subject: str, grid: Grid, notes: Sequence[str] = ()) -> None:
        layout = laid_out(grid, ROOM)
        for page in pages_of(grid, ROOM[1], layout):
            slide = self.slide(None, (subject, *notes), title, subject=subject)
            self._table(slide, page, (MARGIN, TOP), layout)

    # Native tables and charts.

    def chart(self, slide: Slide, chart: Chart, box: tuple[float, float, float, float]) -> None:
        """Puts a native chart on a slide; `box` in points."""
        draw_chart(slide, chart, box, (self.latin, self._asian), self.t)

    def _table(self, slide: Slide, grid: Grid, place: tuple[float, float], layout: Layout) -> None:
        left, top = place
        columns, points = layout.columns, layout.points
        heights = row_heights(grid, layout)
        box = map(points_of, (left, top, sum(columns), sum(heights)))
        shape = slide.shapes.add_table(len(grid.rows) + 1, len(grid.heads), *box)
        table = shape.table
        style = shape._element.graphic.graphicData.tbl.tblPr  # noqa: SLF001 - no style of the program
        style.set("bandRow", "0")
        style.set("firstRow", "1")
        for identifier in style.findall(qn("a:tableStyleId")):
            identifier.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        for i, column in enumerate(columns):
            table.columns[i].width = points_of(column)
        for r, row in enumerate([grid.heads, *grid.rows]):
            table.rows[r].height = points_of(heights[r])
            for i, text in enumerate(row):
                cell = table.cell(r, i)
                right = PP_ALIGN.RIGHT if i in grid.numeric else PP_ALIGN.LEFT
                cell.text_frame.paragraphs[0].alignment = right
                self._cell(cell, text, points, is_head=r == 0, is_strong=r - 1 in grid.strong)

    def _cell(self, cell: object, text: str, points: float, *, is_head: bool, is_strong: bool) -> None:
        cell.margin_left = cell.margin_right = points_of(4)  # type: ignore[attr-defined]
        cell.margin_top = cell.margin_bottom = points_of(2)  # type: ignore[attr-defined]
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP  # type: ignore[attr-defined]
        paragraph = cell.text_frame.paragraphs[0]  # type: ignore[attr-defined]
        colour = LIGHT.muted if is_head else LIGHT.ink
        self._run(paragraph.add_run(), clean(text), points, is_bold=is_head or is_strong, colour=colour)
        properties = cell._tc.get_or_add_tcPr()  # type: ignore[attr-defined]  # noqa: SLF001 - borders have no other way
        line = etree.SubElement(properties, qn("a:lnB"))
        line.set("w", str(round(1.0 * POINT)) if is_head else str(round(0.5 * POINT)))
        fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
        fill.set("val", (LIGHT.ink if is_head else LIGHT.grid).removeprefix("#"))
        etree.SubElement(properties, qn("a:noFill"))


def words_of(section: Section) -> tuple[str, str, str]:
    """What stands at the head of a slide: the message, what explains it, the subject."""
    return section.message, section.explanation, section.title


def _name_fonts(slides: Slides, latin: str, asian: str) -> None:
    """Names the fonts of the theme, which new texts of an editor take."""
    for part in slides.part.package.iter_parts():
        if part.partname.endswith("theme1.xml"):
            root = etree.fromstring(part.blob)
            for kind in ("a:majorFont", "a:minorFont"):
                for font in root.iter(qn(kind)):
                    font.find(qn("a:latin")).set("typeface", latin)
                    font.find(qn("a:ea")).set("typeface", asian)
                    for of_script in font.findall(qn("a:font")):
                        if of_script.get("script") == "Jpan":
                            of_script.set("typeface", asian)
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001
