"""Small multiples: cumulative reductions of each country as small drawings on one scale. Drawn as SVG, which prints."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE
from model.ranking import rungs_of
from view.amounts import amount_short, between
from view.countries.ranking import Countries, answer
from view.marks.table import Column, Markup, Table, linked
from view.texts import Texts
from view.theme import PALETTES, ThemeName

Link = Callable[..., str]
WIDTH, HEIGHT = 150.0, 62.0


@dataclass(frozen=True)
class Series:
    """Cumulative tonnes of one country by rung, one value a year of `years_of`: low and high end, tCO2."""

    low: Mapping[str, list[int]]
    high: Mapping[str, list[int]]

    @property
    def end(self) -> tuple[int, int]:
        """Low and high end at the end of the last year."""
        return sum(v[-1] for v in self.low.values()), sum(v[-1] for v in self.high.values())


def years_of(countries: Countries) -> list[int]:
    """The years drawn: from the first to the last that any row has."""
    found = [row["year"] for row in countries.by_year if row["year"] is not None]
    return list(range(min(found), max(found) + 1)) if found else []


def series_of(countries: Countries) -> dict[str, Series]:
    """Series of the countries that have tonnes of the measure."""
    wanted, years = rungs_of(countries.figure), years_of(countries)
    found: dict[str, dict[str, dict[int, tuple[int, int]]]] = {}
    for row in countries.by_year:
        if row["rung"] in wanted and row["year"] is not None:
            ends = (row["cumulative_low_tco2"], row["cumulative_high_tco2"])
            found.setdefault(row["value"], {}).setdefault(row["rung"], {})[row["year"]] = ends
    made = {
        code: Series(
            *(
                {rung: [of_year.get(year, (0, 0))[n] for year in years] for rung, of_year in rungs.items()}
                for n in (0, 1)
            )
        )
        for code, rungs in found.items()
    }
    return {code: series for code, series in made.items() if series.end[1]}


def multiples_html(countries: Countries, link: Link, t: Texts, theme: ThemeName) -> Markup:
    """One drawing a country, in the order of the ranking, all on the scale of the largest."""
    series = series_of(countries)
    order = [s.iso3 for s in countries.standings if s.iso3 in series]
    highest = max((one.end[1] for one in series.values()), default=1) or 1
    years, basis = years_of(countries), countries.selection.year_basis
    # The upright line of each drawing marks the year up to which the page counts.
    named = sorted({*years[:1], *(y for y in years if y == countries.until), *years[-1:]})
    axis = Markup("").join(Markup("<span>{}</span>").format(t.year(year, basis)) for year in named)
    cells = Markup("")
    for code in order:
        name, amount = t.country(code), between(*series[code].end, t, amount_short)
        label = t("{country}: {amount} cumulative", country=name, amount=amount)
        cells += Markup("<figure>{}<span>{}</span>{}<small>{}</small></figure>").format(
            linked(link("country", iso3=code), name),
            amount,
            _drawing(series[code], highest, years.index(countries.until), label, theme),
            axis,
        )
    keys = Markup("").join(
        Markup('<span><span class="jcm-swatch jcm-fill-{}"></span>{}</span>').format(
            code, t.pick(rung.name_en, rung.name_ja)
        )
        for code, rung in RUNG_BY_CODE.items()
        if any(code in one.low for one in series.values())
    )
    return Markup('<div class="jcm-keys">{}</div><div class="jcm-multiples">{}</div>').format(keys, cells)


def multiples_sentence(countries: Countries, t: Texts) -> str:
    """The scale and what is drawn."""
    series, years = series_of(countries), years_of(countries)
    if not series:
        return answer(countries, t)
    largest = max((one.end for one in series.values()), key=lambda end: end[1])
    return t.count(
        "{n} country, {first} to {last}: {amount}.",
        "{n} countries on one scale, {first} to {last}; the largest has {amount}.",
        len(series),
        first=t.year(years[0], countries.selection.year_basis),
        last=t.year(years[-1], countries.selection.year_basis),
        amount=between(*largest, t, amount_short),
    )


def multiples_table(countries: Countries, t: Texts) -> Table[int]:
    """Cumulative tonnes by country and year, for files; a second column for the high end where it is a range."""
    years = years_of(countries)
    columns = [Column[int]("year", t("Year"), value=lambda y: t.year(y, countries.selection.year_basis))]
    for code, series in series_of(countries).items():
        low, high = (
            [sum(some) for some in zip(*rungs.values(), strict=True)] for rungs in (series.low, series.high)
        )
        name = t.country(code)
        columns.append(_of_country(f"{code}_tco2", name, dict(zip(years, low, strict=True))))
        if high != low:
            heading = t("{country}, high end", country=name)
            columns.append(_of_country(f"{code}_high_tco2", heading, dict(zip(years, high, strict=True))))
    return Table(columns, years, t)


def _of_country(key: str, heading: str, by_year: Mapping[int, int]) -> Column[int]:
    return Column(key, heading, "tonnes", value=by_year.__getitem__, cell=None)


def _drawing(series: Series, highest: int, marked: int, label: str, theme: ThemeName) -> Markup:
    """An SVG image: the low ends stacked, the range up to the high end lighter, a line at the year `marked`."""
    palette = PALETTES[theme]
    order = [r for r in reversed(EXPECTED_RUNGS) if r in series.low] + [
        r for r in series.low if r not in EXPECTED_RUNGS
    ]
    steps = len(next(iter(series.low.values()))) - 1
    base = [0] * (steps + 1)
    areas = ""
    for rung in order:
        for ends, opacity in ((series.low, ""), (series.high, ' opacity="0.4"')):
            beyond = [
                v - (low if opacity else 0) for v, low in zip(ends[rung], series.low[rung], strict=True)
            ]
            if not any(beyond):
                continue
            top = [b + v for b, v in zip(base, beyond, strict=True)]
            points = [f"{_x(i, steps)},{_y(v, highest)}" for i, v in enumerate(top)]
            points += [f"{_x(i, steps)},{_y(base[i], highest)}" for i in range(steps, -1, -1)]
            areas += f'<polygon points="{" ".join(points)}" fill="{palette.rungs[rung].colour}"{opacity}/>'
            base = top
    middle = _x(marked, steps)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none">'
        f'<line x1="{middle}" x2="{middle}" y1="0" y2="{HEIGHT:g}" stroke="{palette.grid}" stroke-width="1"/>{areas}'
        f'<line x1="0" x2="{WIDTH:g}" y1="{HEIGHT - 0.5:g}" y2="{HEIGHT - 0.5:g}" stroke="{palette.muted}" stroke-width="1"/></svg>'
    )
    # As an image: the page keeps no SVG of ours in its own document.
    packed = base64.b64encode(drawing.encode()).decode()
    return Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(label, packed)


def _x(step: int, steps: int) -> str:
    return f"{step / steps * WIDTH:.1f}"


def _y(value: float, highest: int) -> str:
    return f"{HEIGHT - value / highest * (HEIGHT - 2):.1f}"
