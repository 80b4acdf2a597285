"""The heat map of countries and sectors (or technologies): an HTML table, shaded in one hue, with every number in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from view.amounts import amount_short, between, reported
from view.marks.table import DASH, Column, Markup, Table, linked
from view.sectors.content import NOT_STATED, Cell, SectorsContent
from view.sectors.sentences import share_note
from view.texts import Texts, Told
from view.theme import PALETTES, ThemeName

HEAT: Mapping[ThemeName, str] = {"light": "#4a3f8f", "dark": "#9d92e0"}

STEPS: Mapping[Cell, tuple[int, ...]] = {
    "projects": (1, 2, 5, 10, 20),
    "near": (1, 10_000, 100_000, 1_000_000, 5_000_000),
    "far": (1, 10_000, 100_000, 1_000_000, 5_000_000),
    "notified": (1, 100, 1_000, 10_000, 100_000),
}
"""Lower ends of the five shades; tonnes in tCO2."""


Ends = tuple[int, int]
"""Low and high end of what is known of a figure; equal where it is exact."""


@dataclass(frozen=True)
class _Grid:
    """Low and high end by country and group; None where something is there and its amount is not known."""

    values: Mapping[tuple[str, str], Ends | None]
    countries: list[str]
    groups: list[str]

    def total(self, *, country: str | None = None, group: str | None = None) -> Ends | None:
        found = [
            v
            for (c, g), v in self.values.items()
            if country in {None, c} and group in {None, g} and v is not None
        ]
        return (sum(low for low, _ in found), sum(high for _, high in found)) if found else None

    def low(self, *, country: str | None = None, group: str | None = None) -> int:
        """The low end of a total, by which rows and columns are ordered."""
        return (self.total(country=country, group=group) or (0, 0))[0]


def _value(row: Mapping[str, Any], cell: Cell) -> Ends | None:
    if cell == "projects":
        return row["projects"], row["projects"]
    if cell == "notified":
        low, high = row["notified_low_tco2"], row["notified_high_tco2"]
        return None if low is None else (low, high)
    return None if row["expected_tco2"] is None else (row["expected_tco2"], row["expected_tco2"])


def _grid(content: SectorsContent) -> _Grid:
    cell = content.cell
    key = "events" if cell == "notified" else "projects"
    rows = [row for row in content.cells if row[key]]
    values = {(row["iso3"], row["value"]): _value(row, cell) for row in rows}
    groups = [g.value for g in content.groups if any(g.value == v for _, v in values)]
    grid = _Grid(values, [], groups)
    if content.by == "technology":
        groups.sort(key=lambda g: (g == NOT_STATED[content.by], -grid.low(group=g)))
    countries = sorted({c for c, _ in values}, key=lambda c: (-grid.low(country=c), c))
    return _Grid(values, countries, groups)


def cell_names(t: Texts, first_year: int, last_year: int) -> dict[Cell, str]:
    """What a cell can show."""
    return {
        "projects": t("Projects"),
        "near": t("Expected by FY{year}", year=first_year),
        "far": t("Expected by FY{year}", year=last_year),
        "notified": t("Issuance decided"),
    }


def heat_title(content: SectorsContent, t: Texts) -> str:
    """Title with what the cells hold."""
    what = {
        "projects": t("number of projects"),
        "near": t("expected reductions by FY{year}", year=content.first_year),
        "far": t("expected reductions by FY{year}", year=content.last_year),
        "notified": t("tonnes decided for issuance"),
    }[content.cell]
    title = (
        t("Partner countries and sectors: {what}", what=what)
        if content.by == "sector"
        else t("Partner countries and technologies: {what}", what=what)
    )
    return title + ("" if content.cell == "projects" else share_note(content, t))


def heat_told(content: SectorsContent, t: Texts) -> Told:
    """The strongest cell, and its share of all."""
    grid = _grid(content)
    known = {k: v for k, v in grid.values.items() if v and v[0]}
    if not known:
        return "", t("Nothing to show in this selection.")
    (country, group), (low, high) = max(known.items(), key=lambda item: (item[1], item[0]))
    figure = (
        t.count("{n} project", "{n} projects", int(low))
        if content.cell == "projects"
        else between(low, high, t, amount_short)
    )
    message = t(
        "{country} has the largest cell, {name}: {figure}, {share} of all",
        country=t.country(country),
        name=content.plain_name(group, t),
        figure=figure,
        share=t.percent(low / grid.low()),
    )
    weak = reported(content.total.notified_reported, t) if content.cell == "notified" else ""
    return message, t("Of all: {part}.", part=weak) if weak else ""


def _writer(content: SectorsContent, t: Texts) -> tuple[Callable[[int], str], str]:
    """How a number is written in a cell, and the unit that all cells share."""
    if content.cell == "projects":
        return t.number, t("projects")
    if content.cell == "notified":
        return t.number, "t-CO₂"
    unit = _unit(t)

    def write(tco2: int) -> str:
        value = tco2 / unit
        if 0 < value < 0.05:
            return "<" + t.number(0.1, 1)
        return t.number(value, 0 if value >= 100 else 1)

    return write, "万t-CO₂" if t.lang == "ja" else "thousand t-CO₂"


def _unit(t: Texts) -> int:
    """Tonnes in the unit of cells with expected tonnes: 万t, thousand tonnes."""
    return 10_000 if t.lang == "ja" else 1_000


def heat_map(content: SectorsContent, t: Texts, theme: ThemeName) -> Markup:
    """HTML: countries in rows, the strongest first; groups in columns; sums at both edges."""
    grid = _grid(content)
    if not grid.values:
        return Markup(" ")
    write, _ = _writer(content, t)
    nothing, together = Markup(""), t("All together")
    head = nothing.join(
        Markup('<th scope="col" title="{}"><span>{}</span></th>').format(
            content.name(g, t), _group_heading(g, content, t)
        )
        for g in grid.groups
    )
    sums = nothing.join(
        Markup("<td>{}</td>").format(_ends(grid.total(group=g), write, t)) for g in (None, *grid.groups)
    )
    return Markup(
        '{}<div class="jcm-scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="{}" style="--heat:{};--ground:{}"><thead><tr><th scope="col">{}</th>'
        '<th scope="col"><span>{}</span></th>{}</tr></thead><tbody>'
        '<tr class="jcm-sum"><th scope="row">{}</th>{}</tr>{}</tbody></table></div>'
    ).format(
        _legend(content, t, theme),
        heat_title(content, t),
        "jcm-heat jcm-upright" if content.by == "technology" else "jcm-heat",
        HEAT[theme],
        PALETTES[theme].background,
        t("Partner country"),
        together,
        head,
        together,
        sums,
        nothing.join(_country_row(c, grid, content, write, t) for c in grid.countries),
    )


def _group_heading(group: str, content: SectorsContent, t: Texts) -> str:
    name = content.short_name(group, t)
    return name if group == "unstated" else linked(content.projects_link(**{content.by: group}), name)


def _country_row(
    country: str, grid: _Grid, content: SectorsContent, write: Callable[[int], str], t: Texts
) -> Markup:
    cells = Markup("")
    for group in grid.groups:
        if (country, group) not in grid.values:
            cells += Markup("<td></td>")
            continue
        value = grid.values[country, group]
        shade = sum(1 for step in STEPS[content.cell] if value is not None and value[0] >= step)
        text = _ends(value, write, t)
        if group != NOT_STATED["technology"]:
            text = Markup('<a class="jcm-link" href="{}" title="{}">{}</a>').format(
                content.projects_link(**{"country": country, content.by: group}),
                f"{t.country(country)}, {content.short_name(group, t)}",
                text,
            )
        cells += Markup('<td class="jcm-heat-{}">{}</td>').format(shade, text)
    return Markup('<tr><th scope="row">{}</th><td>{}</td>{}</tr>').format(
        linked(content.projects_link(country=country), t.country(country)),
        _ends(grid.total(country=country), write, t),
        cells,
    )


def _ends(value: Ends | None, write: Callable[[int], str], t: Texts) -> str:
    if value is None:
        return DASH
    low, high = write(value[0]), write(value[1])
    return low if low == high else t("{low} to {high}", low=low, high=high)


def _legend(content: SectorsContent, t: Texts, theme: ThemeName) -> Markup:
    steps = STEPS[content.cell]
    is_count = content.cell == "projects"
    _, unit = _writer(content, t)

    def of_step(value: int) -> str:
        return t.number(value / (_unit(t) if content.cell in {"near", "far"} else 1))

    labels = []
    for n, step in enumerate(steps):
        following = steps[n + 1] if n + 1 < len(steps) else None
        if following is None:
            labels.append(t("{least} or more", least=of_step(step)))
        elif is_count and following == step + 1:
            labels.append(of_step(step))
        elif is_count:
            labels.append(t("{least} to {most}", least=of_step(step), most=of_step(following - 1)))
        else:
            labels.append(t("below {limit}", limit=of_step(following)))
    swatches = Markup("").join(
        Markup('<span><i class="jcm-swatch jcm-heat-{}"></i>{}</span>').format(n, label)
        for n, label in enumerate(labels, 1)
    )
    if is_count:
        words = t("empty: no project known")
    elif content.cell == "notified":
        words = t("empty: no issuance decision known; –: decided, amount not known")
    else:
        words = t("empty: no project known; –: projects without an estimate or a schedule")
    if content.selection.share == "japan" and not is_count:
        words += t(", or share not known")
    unit_text = "" if is_count else Markup("<span>{}</span>").format(t("Unit: {unit}", unit=unit))
    return Markup('<div class="jcm-keys" style="--heat:{}">{}{}<span>{}</span></div>').format(
        HEAT[theme], unit_text, swatches, words
    )


def heat_table(content: SectorsContent, t: Texts) -> Table[dict[str, Any]]:
    """Every cell as one row with all its figures, for files."""
    until = content.last_year if content.cell == "far" else content.first_year
    kind = t("JCM sectoral scope") if content.by == "sector" else t("Technology")
    filed = partial(Column[dict[str, Any]], cell=None)
    number, amount = partial(filed, kind="number"), partial(filed, kind="tonnes")
    return Table(
        (
            filed("country", t("Partner country"), value=lambda r: t.country(r["iso3"])),
            filed("iso3", t("Country code")),
            filed("value", kind, value=lambda r: content.name(r["value"], t)),
            number("projects", t("Projects")),
            number("projects_with_estimate", t("Projects with an estimate")),
            amount("expected_tco2", t("Expected by FY{year} (tCO2)", year=until)),
            number("events", t("Issuance decisions")),
            number("events_without_amount", t("Of these without an amount")),
            amount("notified_low_tco2", t("Issuance decided, low end (tCO2)")),
            amount("notified_high_tco2", t("Issuance decided, high end (tCO2)")),
        ),
        content.cells,
        t,
    )
