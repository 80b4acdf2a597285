"""Words on participants that their pages share: names, sides, and what tonnes of a participant mean."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from view.amounts import reported, tonnes_between
from view.marks.table import DASH, WIDE, Column, Markup, escape, small
from view.texts import Texts

Row = Mapping[str, Any]


def name_of(row: Row, t: Texts) -> str:
    """The name in the reader's language, in English where no Japanese one is known."""
    return t.pick(row["name_en"], row["name_ja"] or row["name_en"])


def side_names(t: Texts) -> dict[str, str]:
    """The sides of a project, all first."""
    return {"both": t("Both sides"), "japan": t("Japanese side"), "partner": t("Partner side")}


def side_words(row: Row, t: Texts) -> str:
    """The side on which a participant takes part."""
    return side_names(t)[row["side"].lower()]


def meaning(t: Texts) -> str:
    """What tonnes beside a participant are, and what they are not."""
    return t(
        "Tonnes are those of the projects with its participation, all participants together; no source states how they are"
        " divided among them. A project counts for each of its participants, so that rows are not added up."
    )


def some_of(names: Sequence[str], t: Texts, most: int = 3) -> str:
    """The first names, and how many more there are."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(t("{n} more", n=t.number(len(names) - most)))
    return t.listing(shown)


def countries_of(row: Row, t: Texts) -> list[str]:
    """Names of the countries of its projects."""
    return sorted(t.country(code) for code in row["iso3_codes"].split(";"))


def amount_columns(years: tuple[int, int], t: Texts) -> tuple[Column[Row], ...]:
    """Columns of expected, decided and issued tonnes of the projects; the share of the Japanese side where stated."""
    first, last = (t.year(year) for year in years)

    def ends(stem: str, label: str, cell: Callable[[Row], str] | None = None) -> tuple[Column[Row], ...]:
        low, high = f"{stem}_low_tco2", f"{stem}_high_tco2"
        return (
            Column(
                low,
                t("{measure}, low end (tCO2)", measure=label),
                "tonnes",
                cell=cell,
                page_label=label,
                css=WIDE,
            ),
            Column(high, t("{measure}, high end (tCO2)", measure=label), "tonnes", cell=None),
        )

    def limits(row: Row, stem: str) -> str:
        low, high = row[f"{stem}_low_tco2"], row[f"{stem}_high_tco2"]
        return DASH if low is None else tonnes_between(low, high, t)

    def decided(row: Row) -> Markup:
        if row["notified_low_tco2"] is None:
            words = t("amount not known") if row["events"] or row["shared_events"] else DASH
            return escape(words)
        return escape(limits(row, "notified")) + small(reported(row["reported_tco2"], t))

    def issued(row: Row) -> Markup:
        if row["japan_low_tco2"] is None:
            return escape(limits(row, "issued"))
        share = t("Japanese side: {amount}", amount=limits(row, "japan"))
        return escape(limits(row, "issued")) + small(share)

    return (
        Column(
            "expected_first_tco2",
            t("Expected of its projects by {year} (tCO2)", year=first),
            "tonnes",
            page_label=t("Expected by {year}", year=first),
        ),
        Column(
            "expected_last_tco2",
            t("Expected of its projects by {year} (tCO2)", year=last),
            "tonnes",
            cell=None,
        ),
        *ends("notified", t("Issuance decided"), decided),
        Column("reported_tco2", t("Of the low end, reported (tCO2)"), "tonnes", cell=None),
        *ends("issued", t("Issued"), issued),
        *ends("japan", t("Issued to the Japanese side, where stated")),
    )
