"""Small multiples: cumulative reductions of each country as small drawings on one scale."""

from collections.abc import Callable, Mapping

from model.ladder import RUNG_BY_CODE
from view.amounts import amount_short, between
from view.countries.drawings import stacked
from view.countries.ranking import answer, figure_names
from view.countries.ranking_content import Countries
from view.marks.table import Column, Markup, Table, linked
from view.texts import Texts, Told
from view.theme import ThemeName

Link = Callable[..., str]


def multiples_html(countries: Countries, link: Link, t: Texts, theme: ThemeName) -> Markup:
    """One drawing a country, in the order of the ranking, all on the scale of the largest."""
    series = countries.series
    order = [s.iso3 for s in countries.standings if s.iso3 in series]
    highest = max((one.end[1] for one in series.values()), default=1) or 1
    years, basis = countries.years, countries.selection.year_basis
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
            stacked(series[code], highest, countries.marked, label, theme),
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


def multiples_told(countries: Countries, t: Texts) -> Told:
    """Who has the most at the end, and the scale."""
    series, years = countries.series, countries.years
    if not series:
        return "", answer(countries, t)
    code = max(series, key=lambda code: series[code].end[1])
    first, last = (t.year(year, countries.selection.year_basis) for year in (years[0], years[-1]))
    message = t(
        "{measure}: {country} has the most by {year}, {amount}",
        measure=figure_names(t)[countries.figure],
        country=t.country(code),
        year=last,
        amount=between(*series[code].end, t, amount_short),
    )
    drawn = t.count(
        "{n} country, {first} to {last}.",
        "{n} countries on one scale, {first} to {last}.",
        len(series),
        first=first,
        last=last,
    )
    return message if len(series) > 1 else "", drawn


def multiples_table(countries: Countries, t: Texts) -> Table[int]:
    """Cumulative tonnes by country and year, for files; a second column for the high end where it is a range."""
    years = countries.years
    columns = [Column[int]("year", t("Year"), value=lambda y: t.year(y, countries.selection.year_basis))]
    for code, series in countries.series.items():
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
