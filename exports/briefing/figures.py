"""The figures of a briefing as data: series over years, groups side by side, paces, the outlook."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from exports.briefing.document import Chart, ChartKind, Series
from exports.briefing.grids import rung_names
from model.editions import Difference
from model.ladder import RUNG_BY_CODE
from model.outlook.report import Report
from model.overview import rungs_of
from view.amounts import MEGATONNE, TEN_THOUSAND, amount_short, between
from view.target.content import TargetContent
from view.target.gap import pace_label
from view.target.sentences import to_date
from view.texts import Texts
from view.tiles import Tile

VERIFIED = ("notified", "issued", "japan")
GROUPS_AT_MOST = 12
Group = tuple[str, float | None, float | None]
"""A group: its name, and the low and the high end of its tonnes."""

TONNES, THOUSAND = 1, 1_000


def _scale(highest: float, t: Texts) -> tuple[str, int]:
    """Unit and divisor that fit the largest value: Mt or kt, 万t or t."""
    if t.lang == "ja":
        return ("万t-CO₂", TEN_THOUSAND) if highest >= TEN_THOUSAND else ("t-CO₂", TONNES)
    if highest >= MEGATONNE / 10:
        return "Mt-CO₂", MEGATONNE
    return ("kt-CO₂", THOUSAND) if highest >= THOUSAND else ("t-CO₂", TONNES)


def _chart(
    kind: ChartKind,
    tile: Tile,
    categories: Iterable[str],
    series: Sequence[Series],
    t: Texts,
    *,
    highest: float | None = None,
) -> Chart:
    """A chart with the title and the sentence of its tile, in the unit that fits the largest value."""
    if highest is None:
        highest = max((v for one in series for v in one.values if v is not None), default=0.0)
    unit, divisor = _scale(highest, t)
    return Chart(kind, tile.title, tuple(categories), tuple(series), unit, divisor, tile.sentence)


def cumulative_figure(content: TargetContent, tile: Tile, t: Texts, *, to_targets: bool = True) -> Chart:
    """Cumulative tonnes by fiscal year, stacked by rung; what each target still lacks is in its own year.

    Without `to_targets` there are columns only: a part of the whole would be too small beside the targets.
    """
    years = sorted({r["year"] for r in content.by_fiscal_year if r["year"] is not None})
    years = [y for y in years if y <= content.last_year]
    series = []
    sums = dict.fromkeys(years, 0)
    for code in rungs_of(content.selection.measure):
        rows = {r["year"]: r["cumulative_low_tco2"] or 0 for r in content.by_fiscal_year if r["rung"] == code}
        for year in years:
            sums[year] += rows.get(year, 0)
        rung = RUNG_BY_CODE[code]
        values = tuple(float(rows.get(y, 0)) for y in years)
        series.append(Series(t.pick(rung.name_en, rung.name_ja), values, code))
    targets = {x.fiscal_year: x.high_tco2 for x in content.targets}
    if to_targets and targets and any(sums.values()):
        lacks = tuple(float(max(0, targets[y] - sums[y])) if y in targets else None for y in years)
        series.append(Series(t("Short of the target"), lacks, "gap"))
    highest = max([*sums.values(), *(targets.values() if to_targets else ())], default=0)
    return _chart("columns", tile, map(t.year, years), series, t, highest=float(highest))


def verified_figure(content: TargetContent, tile: Tile, t: Texts) -> Chart | None:
    """Cumulative tonnes decided, issued and on the Japanese side, with their high ends; None where no amount is known."""
    last = content.selection.as_of.year
    rows = [r for r in content.by_rung if r["rung"] in VERIFIED]
    years = sorted({y for r in rows if r["tco2_high"] and (y := r["year"]) is not None and y <= last})
    if not years:
        return None
    span = range(years[0], years[-1] + 1)
    series = []
    for code in VERIFIED:
        rung = RUNG_BY_CODE[code]
        low, high = (
            tuple(
                accumulate(
                    float(sum(r[end] for r in rows if r["rung"] == code and r["year"] == year))
                    for year in span
                )
            )
            for end in ("tco2_low", "tco2_high")
        )
        series += _with_high(t.pick(rung.name_en, rung.name_ja), low, high, code, t)
    return _chart("lines", tile, map(t.year, span), series, t)


def pace_figure(content: TargetContent, tile: Tile, t: Texts) -> Chart | None:
    """Required mean pace for each target beside what is estimated so far; None where no target is in force."""
    progress = content.progress()
    if not progress:
        return None
    names: list[str] = []
    required: list[float | None] = []
    past: list[float | None] = []
    for pace in reversed(progress[0].paces):
        names.append(pace_label(pace.years, content, t))
        required.append(None)
        past.append(pace.tco2_per_year)
    starts = (
        (t("from what is verified"), content.verified()),
        (t("from the {measure}", measure=to_date(content, t)), progress),
    )
    for start, found in starts:
        for one in found:
            if one.required_pace_tco2 is not None:
                names.append(
                    t("Required for {year}, {start}", year=t.year(one.target_fiscal_year), start=start)
                )
                required.append(one.required_pace_tco2)
                past.append(None)
    series = (
        Series(t("Estimated so far, a year"), tuple(past), "registered"),
        Series(t("Required mean pace"), tuple(required), "target"),
    )
    chart = _chart("bars", tile, names, series, t)
    return replace(chart, unit=t("{unit} a year", unit=chart.unit))


def _with_high(
    name: str, low: Sequence[float | None], high: Sequence[float | None], style: str, t: Texts
) -> list[Series]:
    """A series of low ends, behind it the high ends where one differs."""
    own = Series(name, tuple(low), style)
    if tuple(high) == own.values:
        return [own]
    differs = tuple(h if h != v else None for v, h in zip(low, high, strict=True))
    return [Series(t("{name}, high end", name=name), differs, style, is_high=True), own]


def groups_figure(groups: Sequence[Group], style: str, tile: Tile, t: Texts) -> Chart | None:
    """The largest groups with a value, largest first; the rest is one bar. None where no group has a value.

    A bar reaches to the low end; a group that is known as a range says so in its name and has a lighter bar to the
    high end behind.
    """
    known = sorted(
        ((low, high or low, name) for name, low, high in groups if low is not None and (low or high)),
        reverse=True,
    )
    if not known:
        return None
    shown, rest = known[:GROUPS_AT_MOST], known[GROUPS_AT_MOST:]
    if rest:
        others = t("{n} others", n=t.number(len(rest)))
        shown = [*shown, (sum(low for low, _, _ in rest), sum(high for _, high, _ in rest), others)]
    lows, highs = [low for low, _, _ in shown], [high for _, high, _ in shown]
    names = [
        name if low == high else t("{name} ({range})", name=name, range=between(low, high, t, amount_short))
        for low, high, name in shown
    ]
    return _chart("bars", tile, names, _with_high(t("tonnes"), lows, highs, style, t), t)


def ladders_figure(found: Difference, tile: Tile, t: Texts) -> Chart:
    """Each rung on both days."""
    days = (
        (found.old.as_of, "pipeline", [e.before for e in found.near]),
        (found.new.as_of, "registered", [e.after for e in found.near]),
    )
    series = []
    for day, style, known in days:
        low, high = ([float(ends[end]) if ends else None for ends in known] for end in (0, 1))
        series += _with_high(t.day_short(day), low, high, style, t)
    names = rung_names(t)
    return _chart("bars", tile, [names[e.code] for e in found.near], series, t)


def fan_figure(report: Report, tile: Tile, t: Texts) -> Chart:
    """Middle and range of the outlook by fiscal year, and the targets as marks."""
    years = report.shown_years
    goals = {found.goal.fiscal_year: float(found.goal.tco2) for found in report.goals}
    series = (
        Series("P90", tuple(report.fan[y].p90 for y in years), "range"),
        Series(t("Median (P50)"), tuple(report.fan[y].p50 for y in years), "middle"),
        Series("P10", tuple(report.fan[y].p10 for y in years), "range"),
        Series(t("Target"), tuple(goals.get(y) for y in years), "target", is_marks=True),
    )
    return _chart("lines", tile, map(t.year, years), series, t)


def axis_words(chart: Chart, t: Texts) -> str:
    """Title of the value axis."""
    return t("cumulative, {unit}", unit=chart.unit) if chart.kind != "bars" else chart.unit


def label_of(value: float, t: Texts) -> str:
    """A value in the unit of its axis, with three digits that count."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 3
    return t.number(value, decimals)
