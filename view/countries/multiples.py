"""Small multiples: cumulative reductions of each country as small drawings on one scale. Drawn as SVG, which prints."""

import base64
from collections.abc import Callable, Mapping
from html import escape

import pyarrow as pa

from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE
from model.ranking import rungs_of
from view.amounts import amount_short
from view.countries.ranking import Countries
from view.target.content import labelled
from view.texts import Texts
from view.theme import PALETTES, ThemeName

Link = Callable[..., str]
FIRST_YEAR, LAST_YEAR = 2013, 2040
MARKED_YEAR = 2030
WIDTH, HEIGHT = 150.0, 62.0


def series_of(countries: Countries) -> dict[str, dict[str, list[int]]]:
    """Cumulative tonnes by country and rung for FIRST_YEAR to LAST_YEAR, tCO2."""
    wanted = rungs_of(countries.figure)
    found: dict[str, dict[str, dict[int, int]]] = {}
    for row in countries.by_year:
        if row["rung"] in wanted and row["year"] is not None:
            found.setdefault(row["value"], {}).setdefault(row["rung"], {})[row["year"]] = row[
                "cumulative_tco2"
            ]
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return {
        code: {rung: [of_year.get(year, 0) for year in years] for rung, of_year in rungs.items()}
        for code, rungs in found.items()
        if any(any(of_year.values()) for of_year in rungs.values())
    }


def multiples_html(countries: Countries, link: Link, t: Texts, theme: ThemeName) -> str:
    """One drawing a country, in the order of the ranking, all on the scale of the largest."""
    series = series_of(countries)
    order = [s.iso3 for s in countries.standings if s.iso3 in series]
    highest = max((_end(rungs) for rungs in series.values()), default=1) or 1
    basis = countries.selection.year_basis
    # The upright line of each drawing stands at the year of the first target.
    years = (FIRST_YEAR, MARKED_YEAR, LAST_YEAR)
    axis = "".join(f"<span>{escape(t.year(year, basis))}</span>" for year in years)
    cells = ""
    for code in order:
        name, href = t.country(code), escape(link("country", iso3=code), quote=True)
        end = _end(series[code])
        label = escape(
            t("{country}: {amount} cumulative", country=name, amount=amount_short(end, t)), quote=True
        )
        cells += (
            f'<figure><a class="jcm-link" href="{href}">{escape(name)}</a><span>{escape(amount_short(end, t))}</span>'
            f"{_drawing(series[code], highest, label, theme)}<small>{axis}</small></figure>"
        )
    drawn = [rung for rung in RUNG_BY_CODE if any(rung in rungs for rungs in series.values())]
    keys = "".join(
        f'<span><span class="jcm-swatch jcm-fill-{rung}"></span>'
        f"{escape(t.pick(RUNG_BY_CODE[rung].name_en, RUNG_BY_CODE[rung].name_ja))}</span>"
        for rung in drawn
    )
    return f'<div class="jcm-keys">{keys}</div><div class="jcm-multiples">{cells}</div>'


def multiples_sentence(countries: Countries, t: Texts) -> str:
    """The scale and what is drawn."""
    series = series_of(countries)
    highest = max((_end(rungs) for rungs in series.values()), default=0)
    return t.count(
        "{n} country, {first} to {last}; it reaches {amount}.",
        "{n} countries on one scale, {first} to {last}; the largest reaches {amount}.",
        len(series),
        first=t.year(FIRST_YEAR, countries.selection.year_basis),
        last=t.year(LAST_YEAR, countries.selection.year_basis),
        amount=amount_short(highest, t),
    )


def multiples_rows(countries: Countries, t: Texts) -> pa.Table:
    """Cumulative tonnes by country and year, tCO2."""
    series = series_of(countries)
    years = list(range(FIRST_YEAR, LAST_YEAR + 1))
    columns: Mapping[str, list[object]] = {
        t("Year"): [t.year(year, countries.selection.year_basis) for year in years]
    }
    return labelled(
        {
            **columns,
            **{
                t.country(code): [sum(some) for some in zip(*rungs.values(), strict=True)]
                for code, rungs in series.items()
            },
        }
    )


def _end(rungs: Mapping[str, list[int]]) -> int:
    return sum(values[-1] for values in rungs.values())


def _drawing(rungs: Mapping[str, list[int]], highest: int, label: str, theme: ThemeName) -> str:
    palette = PALETTES[theme]
    order = [r for r in reversed(EXPECTED_RUNGS) if r in rungs] + [
        r for r in rungs if r not in EXPECTED_RUNGS
    ]
    steps = LAST_YEAR - FIRST_YEAR
    base = [0.0] * (steps + 1)
    areas = ""
    for rung in order:
        top = [b + v for b, v in zip(base, rungs[rung], strict=True)]
        points = [f"{_x(i, steps)},{_y(v, highest)}" for i, v in enumerate(top)]
        points += [f"{_x(i, steps)},{_y(base[i], highest)}" for i in range(steps, -1, -1)]
        areas += f'<polygon points="{" ".join(points)}" fill="{palette.rungs[rung].colour}"/>'
        base = top
    middle = _x(MARKED_YEAR - FIRST_YEAR, steps)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none">'
        f'<line x1="{middle}" x2="{middle}" y1="0" y2="{HEIGHT:g}" stroke="{palette.grid}" stroke-width="1"/>{areas}'
        f'<line x1="0" x2="{WIDTH:g}" y1="{HEIGHT - 0.5:g}" y2="{HEIGHT - 0.5:g}" stroke="{palette.muted}" stroke-width="1"/></svg>'
    )
    # As an image: the page keeps no SVG of ours in its own document.
    packed = base64.b64encode(drawing.encode()).decode()
    return f'<img alt="{label}" src="data:image/svg+xml;base64,{packed}">'


def _x(step: int, steps: int) -> str:
    return f"{step / steps * WIDTH:.1f}"


def _y(value: float, highest: int) -> str:
    return f"{HEIGHT - value / highest * (HEIGHT - 2):.1f}"
