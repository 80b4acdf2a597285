"""Progress against each target in full: the figures behind the panel on the gap."""

from functools import partial

from model.ladder import RUNG_BY_CODE
from model.overview import End, progress_of
from model.progress import Progress
from view.marks.table import Column, Table
from view.target.content import TargetContent
from view.target.sentences import capital, rung_name, to_date
from view.texts import Texts

Measured = tuple[str, Progress, Progress]
"""A measure by name, and its progress from the low and from the high end."""

ENDS: tuple[End, End] = ("low", "high")


def progress_table(content: TargetContent, t: Texts) -> Table[Measured]:
    """Progress of the measure and of every rung by itself against each target: the panel's figures in full."""
    first = content.verified_rung
    rungs = [first, *(code for code in RUNG_BY_CODE if code != first)]
    found = [(rung_name(code, t), *_ends_of_rung(code, content)) for code in rungs]
    found.insert(1, (capital(to_date(content, t)), content.progress(), content.progress("high")))
    rows = [
        (measure, low, high) for measure, lows, highs in found for low, high in zip(lows, highs, strict=True)
    ]
    filed = partial(Column[Measured], cell=None)
    if not rows:
        return Table((filed("measure", t("Measure")),), rows, t)
    amount = partial(filed, kind="tonnes")

    def of(end: End, name: str, heading: str) -> Column[Measured]:
        return amount(f"{name}_{end}", heading, value=lambda r: getattr(r[1 + ENDS.index(end)], name))

    def pace(years: int) -> Column[Measured]:
        label = t.count("Pace, last fiscal year", "Pace, mean of the last {n} fiscal years", years)
        return amount(
            f"pace_{years}",
            t("{pace} (tCO2 a year)", pace=label),
            value=lambda r: next(_rounded(p.tco2_per_year) for p in r[1].paces if p.years == years),
        )

    def ratio(years: int) -> Column[Measured]:
        return filed(
            f"ratio_{years}",
            t("Times the pace of {n} years needed", n=years),
            "number",
            lambda r: _rounded(r[1].ratio[years], 2),
        )

    return Table(
        (
            filed("measure", t("Measure"), value=lambda r: r[0]),
            filed("target_year", t("Target year"), value=lambda r: t.year(r[1].target_fiscal_year)),
            amount("target_tco2", t("Target (tCO2)"), value=lambda r: r[1].target_tco2),
            of("low", "level_tco2", t("Sum to the as-of date, low end (tCO2)")),
            of("high", "level_tco2", t("Sum to the as-of date, high end (tCO2)")),
            of("low", "by_target_year_tco2", t("By the end of the target year, low end (tCO2)")),
            of("high", "by_target_year_tco2", t("By the end of the target year, high end (tCO2)")),
            filed("share_low", t("Share of the target, low end"), "share", lambda r: r[1].share),
            filed("share_high", t("Share of the target, high end"), "share", lambda r: r[2].share),
            of("low", "to_go_tco2", t("To go from the low end (tCO2)")),
            of("high", "to_go_tco2", t("To go from the high end (tCO2)")),
            filed("years_left", t("Years left"), "number", lambda r: round(r[1].years_left, 2)),
            amount(
                "required_pace",
                t("Required mean pace from the low end (tCO2 a year)"),
                value=lambda r: _rounded(r[1].required_pace_tco2),
            ),
            *(pace(p.years) for p in rows[0][1].paces),
            *(ratio(years) for years in rows[0][1].ratio),
        ),
        rows,
        t,
    )


def _ends_of_rung(code: str, content: TargetContent) -> tuple[tuple[Progress, ...], tuple[Progress, ...]]:
    targets, as_of = content.targets, content.selection.as_of
    low, high = (progress_of(content.by_rung, (code,), targets, as_of, end) for end in ENDS)
    return low, high


def _rounded(value: float | None, digits: int | None = None) -> float | None:
    return None if value is None else round(value, digits)
