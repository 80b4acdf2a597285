"""Native charts on slides: they can be edited, and look as the pages draw them."""

from lxml import etree
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
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import Font
from pptx.util import Emu, Pt

from exports.briefing.document import Chart, Series, clean
from exports.briefing.drawing import axis_format, beside_each_other, label_format, style_of
from exports.briefing.figures import axis_words
from view.texts import Texts
from view.theme import LIGHT

POINT = 12_700
_WIDE_YEAR = 44.0
"""Room that a fiscal year needs on an axis, in points."""
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


def rgb(colour: str) -> RGBColor:
    """A colour of the palette."""
    made: RGBColor = RGBColor.from_string(colour.removeprefix("#").upper())
    return made


def points(value: float) -> Emu:
    """A length in points as the format counts it."""
    return Emu(round(value * POINT))


def name_asian(font: Font, name: str) -> etree._Element:
    """Names the font of Japanese letters, of which the library has no word; returns the properties of the text."""
    properties = font._element  # noqa: SLF001 - the library names the Latin font only
    asian = properties.find(qn("a:ea"))
    if asian is None:
        asian = etree.SubElement(properties, qn("a:ea"))
    asian.set("typeface", name)
    return properties


def plain(shape: Shape) -> None:
    """Takes the style of the theme off a shape, with its shadow and its line."""
    for style in shape._element.findall(qn("p:style")):  # noqa: SLF001 - the library has no word for it
        shape._element.remove(style)  # noqa: SLF001


def _write(font: Font, fonts: tuple[str, str], size: float, colour: str = LIGHT.ink) -> None:
    """Sets a text of a chart: each names both fonts, as not every program hands down those of the whole chart."""
    font.size, font.bold, font.name = Pt(size), False, fonts[0]
    font.color.rgb = rgb(colour)
    name_asian(font, fonts[1])


def draw_chart(
    slide: Slide, chart: Chart, box: tuple[float, float, float, float], fonts: tuple[str, str], t: Texts
) -> None:
    """Puts a native chart, which can be edited, on a slide; `box` in points, `fonts` for Latin and for Japanese."""
    data = CategoryChartData(number_format="#,##0.00")
    beside = beside_each_other(chart) if chart.kind == "bars" else 1
    series = [one for one in chart.series if beside == 1 or not one.is_high]
    data.categories = [clean(x) for x in chart.categories]
    for one in series:
        data.add_series(clean(one.name), chart.shown(one))
    kind = {
        "columns": XL_CHART_TYPE.COLUMN_STACKED,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "lines": XL_CHART_TYPE.LINE_MARKERS,
    }[chart.kind]
    left, top, wide, high = (points(x) for x in box)
    frame = slide.shapes.add_chart(kind, left, top, wide, high, data)
    frame.name = "chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(chart.alt))  # noqa: SLF001 - the alternative text
    native = frame.chart
    _write(native.font, fonts, 11)
    native.has_title = False
    native.has_legend = len(series) > 1
    if native.has_legend:
        _write(native.legend.font, fonts, 11)
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _axes(native, chart, fonts, t, wide=box[2])
    plot = native.plots[0]
    if chart.kind != "lines":
        plot.gap_width = 35
        # Bars of several groups stand side by side; high ends lie behind their own low ends.
        plot.overlap = 100 if beside == 1 else 0
    for of_plot, one in zip(plot.series, series, strict=True):
        _dress(of_plot, one, chart, fonts)


def _axes(native: object, chart: Chart, fonts: tuple[str, str], t: Texts, *, wide: float) -> None:
    value, category = native.value_axis, native.category_axis  # type: ignore[attr-defined]
    value.has_title = True
    value.axis_title.text_frame.text = axis_words(chart, t)
    _write(value.axis_title.text_frame.paragraphs[0].runs[0].font, fonts, 10, LIGHT.muted)
    value.minimum_scale = 0
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = axis_format(chart), False
    _write(value.tick_labels.font, fonts, 10)
    value.major_gridlines.format.line.color.rgb = rgb(LIGHT.grid)
    value.format.line.fill.background()
    _write(category.tick_labels.font, fonts, 10)
    category.format.line.color.rgb = rgb(LIGHT.muted)
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.kind == "bars":
        category.reverse_order = True
        value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    elif wide / len(chart.categories) < _WIDE_YEAR:
        # Every year keeps its name, upright where there is no room beside the next.
        category._element.txPr.bodyPr.set("rot", "-5400000")  # noqa: SLF001 - the library has no word for it


def _dress(series: object, one: Series, chart: Chart, fonts: tuple[str, str]) -> None:
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
            marker.format.fill.fore_color.rgb = rgb(colour)
        else:
            look.line.color.rgb, look.line.width, look.line.dash_style = (
                rgb(colour),
                Pt(1 if one.is_high else 2),
                _DASH[dash],
            )
            marker.style = XL_MARKER_STYLE.NONE
    elif one.style == "gap":
        look.fill.background()
        look.line.color.rgb, look.line.width, look.line.dash_style = rgb(colour), Pt(1.25), MSO_LINE.DASH
    elif pattern:
        look.fill.patterned()
        look.fill.pattern = _HATCH[pattern]
        look.fill.fore_color.rgb, look.fill.back_color.rgb = RGBColor(255, 255, 255), rgb(colour)
    else:
        look.fill.solid()
        look.fill.fore_color.rgb = rgb(colour)
    if chart.kind == "bars" and not one.is_high:
        labels = series.data_labels  # type: ignore[attr-defined]
        labels.show_value, labels.number_format, labels.number_format_is_linked = (
            True,
            label_format(chart),
            False,
        )
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        _write(labels.font, fonts, 10)
