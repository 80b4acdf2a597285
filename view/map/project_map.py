"""The world with its projects: colour and symbol by stage or technology, size by annual reductions, a build-up to play."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from view.amounts import amount_short
from view.map.points import Point, counts_by_country, diameter, points_of
from view.map_frame import zoomed
from view.marks.markup import Markup, key, keys
from view.sectors.colours import NAMED_AT_MOST, OTHERS, styles_of
from view.stated_words import stated, title_of
from view.texts import Texts
from view.theme import PALETTES, ThemeName
from view.world_map import Rows, world_map

STAGES = ("registered", "validation", "pipeline", "dormant", "withdrawn", "study")
_STAGE_SYMBOLS = {
    "registered": "circle",
    "validation": "square",
    "pipeline": "diamond",
    "dormant": "hourglass",
    "withdrawn": "x-thin",
    "study": "cross-thin",
}
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "pentagon", "hexagon", "circle")
SHOWN_SIZES = (3_000, 30_000, 300_000)
MILLISECONDS_A_YEAR = 700


def project_map(
    shapes: Rows,
    rows: Rows,
    *,
    names: Mapping[str, Mapping[str, str]],
    colour_by: str,
    t: Texts,
    theme: ThemeName,
) -> go.Figure:
    """Every site as a point whose customdata is the project, zoomed to the countries of the rows.

    A country tells on hovering how many projects have a place and of how many only the country is known.
    """
    hover = {
        code: f"<b>{t.country(code)}</b><br>{_plain(placed_words(counts, t))}"
        for code, counts in counts_by_country(rows).items()
    }
    figure = world_map(shapes, t, theme, hover=hover)
    _quiet_markers(figure)
    points = points_of(rows)
    groups = _groups(points, colour_by, names, (t, theme))
    for name, (colour, symbol, some) in groups.items():
        figure.add_trace(_points(name, (colour, symbol), some, t, theme))
    figure.update_layout(
        legend={
            "orientation": "h",
            "x": 0,
            "y": -0.01,
            "yanchor": "top",
            "itemsizing": "constant",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
    )
    return zoomed(figure, shapes, {row["iso3"] for row in rows})


def placed_words(counts: tuple[int, int], t: Texts) -> str:
    """Projects with a place, and those of which only the country is known."""
    placed, country_only = counts
    return t(
        "{placed} placed, {rest} known to the country only",
        placed=t.number(placed),
        rest=t.number(country_only),
    )


def add_build_up(figure: go.Figure, rows: Rows, last_year: int, t: Texts) -> None:
    """A button that plays the build-up year by year in the browser, without asking the server."""
    traces = [i for i, trace in enumerate(figure.data) if trace.meta == "projects"]
    first_year = min((row["from_fiscal_year"] for row in rows), default=last_year)
    years = list(range(first_year, last_year + 1))
    figure.frames = [
        go.Frame(
            name=str(year),
            traces=traces,
            data=[
                go.Scatter(
                    marker={
                        "size": [
                            size if of_year <= year else 0
                            for size, of_year in zip(
                                figure.data[i].marker.size,
                                [c[1] for c in figure.data[i].customdata],
                                strict=True,
                            )
                        ]
                    }
                )
                for i in traces
            ],
            layout={"annotations": [_year_mark(t.year(year))]},
        )
        for year in years
    ]
    figure.update_layout(
        annotations=[_year_mark(t.year(last_year))],
        updatemenus=[
            {
                "type": "buttons",
                "direction": "left",
                "x": 0.005,
                "y": 0.06,
                "xanchor": "left",
                "yanchor": "bottom",
                "pad": {"t": 2, "b": 2},
                "showactive": False,
                "buttons": [
                    {
                        "label": t("Play the build-up"),
                        "method": "animate",
                        "args": [
                            [str(year) for year in years],
                            {
                                "frame": {"duration": MILLISECONDS_A_YEAR, "redraw": True},
                                "transition": {"duration": 0},
                                "mode": "immediate",
                            },
                        ],
                    },
                    {
                        "label": t("Stop"),
                        "method": "animate",
                        "args": [[None], {"mode": "immediate", "frame": {"duration": 0, "redraw": False}}],
                    },
                ],
            }
        ],
    )


def _year_mark(text: str) -> dict[str, object]:
    return {
        "text": f"<b>{text}</b>",
        "x": 0.006,
        "y": 0.06,
        "yshift": 44,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 18},
    }


def _quiet_markers(figure: go.Figure) -> None:
    """The markers of partners step back behind the projects; they still can be pointed at."""
    for trace in figure.data:
        if trace.mode == "markers":
            trace.marker.size = 5
            trace.marker.line.width = 0.5
            trace.meta = "partners"


def _groups(
    points: Sequence[Point],
    colour_by: str,
    names: Mapping[str, Mapping[str, str]],
    reader: tuple[Texts, ThemeName],
) -> dict[str, tuple[str, str, list[Point]]]:
    """Name of each group with its colour, symbol and points."""
    t, theme = reader
    palette = PALETTES[theme]
    groups: dict[str, tuple[str, str, list[Point]]] = {}
    if colour_by == "technology":
        counts: dict[str, int] = {}
        for point in points:
            code = point.row["technology"]
            counts[code] = counts.get(code, 0) + 1
        largest = sorted(counts, key=lambda code: (-counts[code], code))[:NAMED_AT_MOST]
        styles = styles_of(largest, theme)
        for n, code in enumerate([*largest, OTHERS]):
            some = [
                p
                for p in points
                if (p.row["technology"] if p.row["technology"] in largest else OTHERS) == code
            ]
            if some:
                name = t("Other technologies") if code == OTHERS else names["technology"].get(code, code)
                groups[name] = (styles[code].colour, _SYMBOLS[n], some)
        return groups
    for stage in STAGES:
        some = [p for p in points if p.row["stage"] == stage]
        if some:
            colour = palette.rungs[stage].colour if stage in palette.rungs else palette.muted
            groups[names["status"].get(stage, stage)] = (colour, _STAGE_SYMBOLS[stage], some)
    return groups


def _points(
    name: str, style: tuple[str, str], points: Sequence[Point], t: Texts, theme: ThemeName
) -> go.Scatter:
    colour, symbol = style
    palette = PALETTES[theme]
    return go.Scatter(
        x=[p.x for p in points],
        y=[p.y for p in points],
        mode="markers",
        name=name,
        meta="projects",
        marker={
            "size": [p.size for p in points],
            "symbol": [symbol if p.is_known or symbol.endswith("thin") else f"{symbol}-open" for p in points],
            "color": colour,
            "opacity": 0.9,
            "line": {
                "color": [
                    palette.background if p.is_known and not symbol.endswith("thin") else colour
                    for p in points
                ],
                "width": [0.8 if p.is_known else 1.4 for p in points],
            },
        },
        customdata=[[p.row["project_id"], p.row["from_fiscal_year"]] for p in points],
        text=[_hover(p, t) for p in points],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(point: Point, t: Texts) -> str:
    row = point.row
    title = title_of(row, t)
    shown = title if len(title) <= 70 else title[:69] + "…"
    annual = row["annual_tco2"]
    words = (
        t("no annual estimate known")
        if annual is None
        else t("expected {amount} a year", amount=amount_short(annual, t))
    )
    place = stated(row["place_text"], t) if row["place_text"] else t.country(row["iso3"])
    return f"<b>{row['project_id']}</b> {_plain(shown)}<br>{_plain(place)} · {words}"


def _plain(text: str) -> str:
    """Text that Plotly shows as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sizes_html(t: Texts) -> Markup:
    """What the sizes of the points mean; beside the map, so that a narrow screen does not squeeze it."""
    dot = Markup('<i class="jcm-dot" style="width:{0:.0f}px;height:{0:.0f}px"></i>')
    dots = (key(dot.format(diameter(value)), amount_short(value, t)) for value in SHOWN_SIZES)
    unknown = key(Markup('<i class="jcm-dot jcm-open"></i>'), t("not known"))
    return keys(key("", t("Annual estimate")), *dots, unknown)
