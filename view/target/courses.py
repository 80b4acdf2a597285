"""How the lines of the target page run, in words: what its charts show to those who cannot see them."""

from model.fiscal_year import fiscal_year_of
from model.ladder import RUNG_BY_CODE
from model.overview import rungs_of
from view.marks.course import Point, course, courses
from view.target.content import TargetContent
from view.target.cumulative_chart import value_of
from view.target.verified_chart import rungs_drawn
from view.texts import Texts


def cumulative_course(content: TargetContent, t: Texts) -> str:
    """The sum of the stages, cumulative or of each year as the reader chose."""
    selection = content.selection
    yearly, rungs = selection.form == "yearly", rungs_of(selection.measure)
    low: dict[int, float] = {}
    high: dict[int, float] = {}
    for row in content.by_year:
        if (year := row["year"]) is not None and row["rung"] in rungs:
            low[year] = low.get(year, 0) + value_of(row, "low", yearly=yearly)
            high[year] = high.get(year, 0) + value_of(row, "high", yearly=yearly)
    points = [(t.year(year, selection.year_basis), low[year], high[year]) for year in sorted(low)]
    return course(t("Sum"), points, t)


def verified_course(content: TargetContent, t: Texts) -> str:
    """Each actual rung up to the day looked at, cumulative."""
    last = fiscal_year_of(content.selection.as_of)
    lines = []
    for code in rungs_drawn(content):
        rows = sorted(
            (r for r in content.by_rung if r["rung"] == code and r["year"] and r["year"] <= last),
            key=lambda r: r["year"],
        )
        points = [
            (t.year(r["year"]), r["cumulative_low_tco2"] or 0, r["cumulative_high_tco2"] or 0) for r in rows
        ]
        rung = RUNG_BY_CODE[code]
        lines.append((t.pick(rung.name_en, rung.name_ja), points))
    return courses(lines, t)


def expectations_course(content: TargetContent, t: Texts) -> str:
    """What was stated, and our sum of the same days."""
    rows = sorted(content.expectations(), key=lambda row: row["as_of_on"])

    def line(key: str) -> list[Point]:
        return [
            (
                t.partial_day(row["as_of_on"], "year" if row["as_of_precision"] == "year" else "month"),
                float(row[key]),
                float(row[key]),
            )
            for row in rows
            if row[key] is not None
        ]

    return courses(
        ((t("Stated"), line("stated_value")), (t("Our sum as of the same date"), line("our_value"))), t
    )
