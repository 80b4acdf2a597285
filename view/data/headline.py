"""What the headline rests on and how far it moves, and the official yearly totals: sections of data and methods."""

from typing import Any

from view.amounts import tonnes_between
from view.methods import Section
from view.target.content import Rows, labelled
from view.texts import Texts


def basis_names(t: Texts) -> dict[str, str]:
    """Names of the items of the query `headline_basis`, in the order of the table."""
    return {
        "all": t("Stated expectation, all"),
        "start_stated": t("Start of operation: stated"),
        "start_verified": t("Start of operation: earliest verified period"),
        "start_assumed": t("Start of operation: assumed from the selection or the registration"),
        "project_document": t("Annual estimate: project document"),
        "selection": t("Annual estimate: ministry's selection"),
        "other_basis": t("Annual estimate: other basis"),
        "largest_project": t("Largest project"),
        "five_largest": t("Five largest projects"),
        "dormant": t("Beside it, in no sum: selected long ago, never listed"),
    }


def variant_names(t: Texts) -> dict[str, str]:
    """Names of the variants of the query `headline_sensitivity`, in the order of the table."""
    return {
        "start_a_year_earlier": t("Assumed starts a year earlier"),
        "start_a_year_later": t("Assumed starts a year later"),
        "lives_a_fifth_longer": t("Assumed lives 20% longer"),
        "lives_a_fifth_shorter": t("Assumed lives 20% shorter"),
        "without_largest_project": t("Without the largest project"),
        "with_dormant": t("With the projects selected long ago and never listed"),
        "lapse_of_six_years": t("Lapse after 6 years"),
        "without_lapse": t("Without lapse"),
    }


def headline_sections(basis: Rows, sensitivity: Rows, t: Texts) -> tuple[Section, Section]:
    """By target year: shares of the stated expectation by what it is known from, then what other assumptions make of it."""
    return _basis_section(basis, t), _sensitivity_section(sensitivity, t)


def _basis_section(rows: Rows, t: Texts) -> Section:
    names = basis_names(t)
    found, years = _by_year(rows, "item")
    columns: dict[str, list[object]] = {t("What it rests on"): list(names.values())}
    for year in years:
        of_year = [found.get((year, item)) for item in names]
        columns[t("Projects by FY{year}", year=year)] = [r and r["projects"] for r in of_year]
        columns[t("Tonnes by FY{year} (tCO2)", year=year)] = [r and r["tco2"] for r in of_year]
        columns[t("Share by FY{year}", year=year)] = [
            None if r is None or r["share"] is None else t.percent(r["share"]) for r in of_year
        ]
    return Section(
        "headline",
        t("What the headline rests on"),
        t(
            "The stated expectation to the year of each target, divided by how the start of operation and the annual"
            " estimate are known; projects without any tonnes by that year are not counted. On the day of the data."
        ),
        labelled(columns),
        "headline_basis",
    )


def _sensitivity_section(rows: Rows, t: Texts) -> Section:
    names = variant_names(t)
    found, years = _by_year(rows, "variant")
    columns: dict[str, list[object]] = {t("Assumed otherwise"): list(names.values())}
    for year in years:
        of_year = [found.get((year, variant)) for variant in names]
        columns[t("Tonnes by FY{year} (tCO2)", year=year)] = [r and r["tco2"] for r in of_year]
        columns[t("Difference by FY{year} (tCO2)", year=year)] = [r and r["difference_tco2"] for r in of_year]
    return Section(
        "sensitivity",
        t("How far the headline moves"),
        t("One assumption changed at a time; what is stated or verified stays. On the day of the data."),
        labelled(columns),
        "headline_sensitivity",
    )


def _by_year(rows: Rows, key: str) -> tuple[dict[tuple[int, str], dict[str, Any]], list[int]]:
    return (
        {(r["target_fiscal_year"], r[key]): r for r in rows},
        sorted({r["target_fiscal_year"] for r in rows}),
    )


def official_years_section(rows: Rows, sources: Rows, t: Texts) -> Section:
    """Credits issued by calendar year as stated beside our events; a year without a statement stays out of the sums of both."""
    stated = [r for r in rows if r["stated_tco2"] is not None]
    publishers = sorted({s["publisher"] for s in sources if s["url"] in {r["url"] for r in stated}})
    shown = [*rows, _total(stated)] if stated else rows
    open_ends = [
        None if r["stated_tco2"] is None else tonnes_between(r["open_low_tco2"], r["open_high_tco2"], t)
        for r in shown
    ]
    return Section(
        "official-years",
        t("Credits issued by calendar year: stated, and in our events"),
        t(
            "Stated by {publisher}. What is stated and not itemised stays open and is given to no country; the total is"
            " that of the years with a statement.",
            publisher=t.listing(publishers),
        )
        if stated
        else t("No yearly total was known on this day."),
        labelled(
            {
                t("Year of issuance"): [
                    t("Years with a statement")
                    if r["calendar_year"] is None
                    else t.year(r["calendar_year"], "calendar")
                    for r in shown
                ],
                t("Stated (tCO2)"): [r["stated_tco2"] for r in shown],
                t("Events"): [r["events"] for r in shown],
                t("Events without an amount"): [r["events_without_amount"] for r in shown],
                t("Itemised exactly (tCO2)"): [r["itemised_exact_tco2"] for r in shown],
                t("Itemised as a range or in part (tCO2)"): [_inexact(r, t) for r in shown],
                t("Stated, not itemised (tCO2)"): open_ends,
                t("Itemised beyond what is stated (tCO2)"): [
                    None if r["stated_tco2"] is None else r["more_than_stated_tco2"] for r in shown
                ],
            }
        ),
        "official_years",
    )


def _inexact(row: dict[str, Any], t: Texts) -> str | None:
    low, high = (row[end] - row["itemised_exact_tco2"] for end in ("itemised_low_tco2", "itemised_high_tco2"))
    return tonnes_between(low, high, t) if high else None


def _total(rows: Rows) -> dict[str, Any]:
    summed = (name for name in rows[0] if name not in {"calendar_year", "url"})
    return {"calendar_year": None, **{name: sum(r[name] for r in rows) for name in summed}}
