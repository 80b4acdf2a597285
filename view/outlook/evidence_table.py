"""What the draws rest on: fitted values with the number of observations behind each."""

from collections.abc import Sequence

from model.outlook.evidence import Evidence
from model.outlook.realisation import Realisation
from view.amounts import amount_short
from view.marks.table import Column, Table
from view.texts import Texts

Fit = tuple[str, str, int]
"""What is fitted, its value in words and the number of observations behind it."""


def evidence_table(evidence: Evidence, t: Texts) -> Table[Fit]:
    """Fitted values with the number of observations behind them."""
    delivery, delays, sizes, intake = evidence.delivery, evidence.delays, evidence.sizes, evidence.intake
    rows: list[Fit] = [
        (t("Delivery ratio, robust centre"), t.number(delivery.middle, 2), delivery.projects),
        (
            t("Delivery ratio, all verified ÷ all expected tonnes"),
            "" if delivery.by_tonnes is None else t.number(delivery.by_tonnes, 2),
            delivery.projects,
        ),
        *(
            (
                t("Delivery ratio without {project}, the project with the largest effect", project=project),
                t.number(ratio, 2),
                delivery.projects - 1,
            )
            for project, ratio in ([delivery.most_moving] if delivery.most_moving else [])
        ),
        (t("Delivery ratio, spread between projects (log)"), t.number(delivery.spread, 2), delivery.projects),
        (
            t("Delivery ratio, uncertainty of the median (log)"),
            t.number(delivery.common_spread, 2),
            delivery.projects,
        ),
        *(
            (
                t("Delivery ratio observed, {project}", project=project),
                t.number(ratio, 2),
                1,
            )
            for project, _, ratio in delivery.observed
        ),
        (
            t("Years from 1 April of the fiscal year of selection to operation, median"),
            t.number(float(delays.new[len(delays.new) // 2]), 1),
            delays.projects,
        ),
        (
            t("the same, tenth and ninetieth percentile"),
            f"{t.number(float(delays.new[10]), 1)} – {t.number(float(delays.new[90]), 1)}",
            delays.projects,
        ),
        (t("Annual reductions, mean"), amount_short(float(sizes.quantiles.mean()), t), sizes.projects),
        (
            t("Annual reductions, median"),
            amount_short(float(sizes.quantiles[len(sizes.quantiles) // 2]), t),
            sizes.projects,
        ),
        (t("Exponent of the tail of sizes"), t.number(sizes.tail_exponent, 2), sizes.projects),
        *_realisation_fits(evidence.realisation, t),
        (
            t("New projects a year, government-supported, mean of {years}", years=_years(intake.years, t)),
            t.number(intake.government_per_year, 1),
            sum(intake.by_year.get(year, 0) for year in intake.years),
        ),
        (
            t("New projects a year, private, mean of the same years"),
            t.number(intake.private_per_year, 1),
            round(intake.private_per_year * len(intake.years)),
        ),
        (
            t(
                "Projects in no such mean, as their fiscal year of selection is not known (private among them)"
            ),
            t(
                "{all} ({private})",
                all=t.number(intake.without_year + intake.private_without_year),
                private=t.number(intake.private_without_year),
            ),
            intake.without_year + intake.private_without_year,
        ),
        (t("Spread of the number between years (relative)"), t.number(intake.spread, 2), len(intake.by_year)),
    ]
    return Table(
        (
            Column("quantity", t("Quantity"), value=lambda r: r[0], cell=None),
            Column("value", t("Value"), value=lambda r: r[1], cell=None),
            Column("observations", t("Observations"), "number", value=lambda r: r[2], cell=None),
        ),
        rows,
        t,
    )


def _realisation_fits(found: Realisation, t: Texts) -> list[Fit]:
    """Chances to be registered in the end, each with its code and error."""

    def words(value: float, error: float, code: str) -> str:
        return t("{value} ± {error} ({code})", value=t.percent(value), error=t.percent(error), code=code)

    listing, validation = found.listing, found.of_listed
    fits = [
        (
            t("Realisation of selected projects, average"),
            words(found.pipeline.value, found.pipeline.error, found.code),
            listing.observations,
        ),
        (
            t("Realisation of projects under validation, average"),
            words(found.validation.value, found.validation.error, found.validation_code),
            validation.observations,
        ),
        (
            t("Realisation of new projects"),
            words(found.new.value, found.new.error, found.code),
            listing.observations,
        ),
        *(
            (
                t("Share listed by the largest age observed, {programme}", programme=programme),
                t.percent(curve.finally_reached),
                curve.observations,
            )
            for programme, curve in found.by_programme.items()
        ),
    ]
    half = found.registration.age_of(0.25)
    if half is not None:
        fits.append(
            (
                t("Years from selection until a quarter is registered"),
                t.number(half, 1),
                found.registration.observations,
            )
        )
    if found.dormant is not None:
        fits.append(
            (
                t("Chance that a lapsed project still comes (in no sum)"),
                words(found.dormant.value, found.dormant.error, found.code),
                round(found.dormant.at_risk),
            )
        )
    return fits


def _years(years: Sequence[int], t: Texts) -> str:
    return t.span(t.year(years[0]), t.year(years[-1]))
