"""Corresponding adjustments: by Party and year, and by NDC period with the average that counts."""

from collections.abc import Mapping
from typing import Any

from model.ledger.ndc_period import average_a_year
from view.amounts import reported, tonnes
from view.ledger.content import Ledger, vintage_words
from view.marks.table import DASH, WIDE, Column, Markup, Table, small
from view.texts import Texts

Row = Mapping[str, Any]


def period_words(row: Row, t: Texts) -> str:
    """The years of an NDC period."""
    first, last = row["ndc_first_year"], row["ndc_last_year"]
    return t("not known") if first is None else t.span(str(first), str(last))


def adjustments_table(ledger: Ledger, t: Texts) -> Table[Row]:
    """Each Party's additions by vintage and subtractions by year of use: partners add, Japan subtracts."""

    def added(row: Row) -> str:
        if row["party"] == "JPN":
            return DASH
        return Markup("{}{}").format(_amount(row["added_tco2"], t), small(reported(row["reported_tco2"], t)))

    return Table(
        (
            Column("party", t("Party"), value=lambda r: t.country(r["party"]), is_head=True),
            Column(
                "ndc_period",
                t("NDC period"),
                value=lambda r: period_words(r, t),
                is_figure=True,
                css=WIDE,
            ),
            Column(
                "year",
                t("Vintage, or year of use"),
                value=lambda r: vintage_words(r["year"], t),
                is_figure=True,
            ),
            Column(
                "added_tco2",
                t("Added (tCO2)"),
                "tonnes",
                cell=added,
                page_label=t("Added: first transferred"),
            ),
            Column("reported_tco2", t("Of the added, only reported (tCO2)"), "tonnes", cell=None),
            Column(
                "subtracted_tco2",
                t("Subtracted (tCO2)"),
                "tonnes",
                cell=lambda r: _amount(r["subtracted_tco2"], t) if r["party"] == "JPN" else DASH,
                page_label=t("Subtracted: used towards the NDC"),
            ),
            Column("events", t("Transfers and uses"), "number", cell=lambda r: _events(r, t)),
            Column("without_amount", t("Of these, without an amount"), "number", cell=None),
        ),
        ledger.adjustments,
        t,
        css="jcm-tight jcm-vintages",
    )


def periods_table(ledger: Ledger, t: Texts) -> Table[Row]:
    """Each NDC period: added by partners, used by Japan, and the average a year of what was used."""

    def average(row: Row) -> int | None:
        first, last, used = row["ndc_first_year"], row["ndc_last_year"], row["used_tco2"]
        return None if first is None or used is None else average_a_year(used, first, last)

    def added(row: Row) -> str:
        amount = _amount(row["added_tco2"], t) if row["transfers"] else DASH
        return Markup("{}{}").format(amount, small(reported(row["reported_tco2"], t)))

    def used(row: Row) -> str:
        return _amount(row["used_tco2"], t) if row["uses"] else t("none known")

    return Table(
        (
            Column("ndc_period", t("NDC period"), value=lambda r: period_words(r, t), is_head=True),
            Column(
                "added_tco2",
                t("Added by partners (tCO2)"),
                "tonnes",
                cell=added,
                page_label=t("Added by partners"),
            ),
            Column("reported_tco2", t("Of the added, only reported (tCO2)"), "tonnes", cell=None),
            Column(
                "used_tco2", t("Used by Japan (tCO2)"), "tonnes", cell=used, page_label=t("Used by Japan")
            ),
            Column(
                "average_tco2",
                t("Average a year of what is used (tCO2)"),
                "tonnes",
                value=average,
                cell=lambda r: DASH if average(r) is None else tonnes(average(r) or 0, t),
                page_label=t("Counted at the target year, by averaging"),
            ),
            Column("transfers", t("First transfers"), "number", css=WIDE),
            Column("uses", t("Uses"), "number", cell=None),
            Column("without_amount", t("Of these, without an amount"), "number", cell=None),
        ),
        ledger.periods,
        t,
        css="jcm-tight jcm-vintages",
    )


def _events(row: Row, t: Texts) -> Markup:
    missing = row["without_amount"]
    lacking = small(t("{n} without an amount", n=t.number(missing)) if missing else "")
    return Markup("{}{}").format(t.number(row["events"]), lacking)


def _amount(value: int | None, t: Texts) -> str:
    return t("amount not known") if value is None else tonnes(value, t)
