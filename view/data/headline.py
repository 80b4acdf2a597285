"""What the headline rests on and how far it moves, and the official yearly totals: sections of data and methods."""

from collections.abc import Mapping

from view.amounts import tonnes_between
from view.marks.table import Column
from view.methods import Row, Section
from view.page import Rows
from view.texts import Texts

TCO2 = "tCO2"


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
    shares = [r | {"share": None if r["share"] is None else t.percent(r["share"])} for r in rows]
    found, years = _by_year(shares, "item", basis_names(t))
    columns = [Column[Row]("name", t("What it rests on"))]
    for year in years:
        columns += [
            Column(f"projects_{year}", t("Projects by FY{year}", year=year), "number"),
            Column(f"tco2_{year}", t("Tonnes by FY{year} (tCO2)", year=year), "tonnes"),
            Column(f"share_{year}", t("Share by FY{year}", year=year)),
        ]
    return Section(
        "headline",
        t("What the headline rests on"),
        t(
            "The stated expectation to the year of each target, divided by how the start of operation and the annual"
            " estimate are known; projects without any tonnes by that year are not counted. On the day of the data."
        ),
        columns,
        found,
    )


def _sensitivity_section(rows: Rows, t: Texts) -> Section:
    found, years = _by_year(rows, "variant", variant_names(t))
    columns = [Column[Row]("name", t("Assumed otherwise"))]
    for year in years:
        difference = t("Difference by FY{year} (tCO2)", year=year)
        columns += [
            Column(f"tco2_{year}", t("Tonnes by FY{year} (tCO2)", year=year), "tonnes"),
            Column(f"difference_tco2_{year}", difference, "tonnes"),
        ]
    return Section(
        "sensitivity",
        t("How far the headline moves"),
        t("One assumption changed at a time; what is stated or verified stays. On the day of the data."),
        columns,
        found,
    )


def _by_year(rows: Rows, key: str, names: Mapping[str, str]) -> tuple[list[Row], list[int]]:
    """One row a name with every field of each target year, such as `tco2_2030`; and these years."""
    years = sorted({r["target_fiscal_year"] for r in rows})
    empty = {f"{field}_{year}": None for year in years for field in rows[0]}
    found: dict[str, Row] = {code: {"name": name, **empty} for code, name in names.items()}
    for row in rows:
        if row[key] in found:
            found[row[key]] |= {f"{field}_{row['target_fiscal_year']}": row[field] for field in row}
    return list(found.values()), years


def official_years_section(rows: Rows, sources: Rows, t: Texts) -> Section:
    """Credits issued by calendar year as stated beside our events; a year without a statement stays out of the sums of both."""
    stated = [r for r in rows if r["stated_tco2"] is not None]
    publishers = sorted({s["publisher"] for s in sources if s["url"] in {r["url"] for r in stated}})
    shown = [*rows, _total(stated)] if stated else rows
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
        (
            Column("calendar_year", t("Year of issuance"), value=lambda r: _year(r, t)),
            Column("stated_tco2", t("Stated (tCO2)"), "tonnes"),
            Column("events", t("Events"), "number"),
            Column("events_without_amount", t("Events without an amount"), "number"),
            Column("itemised_exact_tco2", t("Itemised exactly (tCO2)"), "tonnes"),
            Column(
                "itemised_inexact",
                t("Itemised as a range or in part (tCO2)"),
                value=lambda r: _inexact(r, t),
                unit=TCO2,
            ),
            Column("open", t("Stated, not itemised (tCO2)"), value=lambda r: _open(r, t), unit=TCO2),
            Column(
                "more_than_stated_tco2",
                t("Itemised beyond what is stated (tCO2)"),
                "tonnes",
                value=lambda r: None if r["stated_tco2"] is None else r["more_than_stated_tco2"],
            ),
        ),
        shown,
    )


def _year(row: Row, t: Texts) -> str:
    year = row["calendar_year"]
    return t("Years with a statement") if year is None else t.year(year, "calendar")


def _open(row: Row, t: Texts) -> str | None:
    if row["stated_tco2"] is None:
        return None
    return tonnes_between(row["open_low_tco2"], row["open_high_tco2"], t)


def _inexact(row: Row, t: Texts) -> str | None:
    low, high = (row[end] - row["itemised_exact_tco2"] for end in ("itemised_low_tco2", "itemised_high_tco2"))
    return tonnes_between(low, high, t) if high else None


def _total(rows: Rows) -> Row:
    summed = (name for name in rows[0] if name not in {"calendar_year", "url"})
    return {"calendar_year": None, **{name: sum(r[name] for r in rows) for name in summed}}
