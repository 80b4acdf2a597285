"""Facts of a country beside its projects: NDC, carbon pricing, statements, and what is not known."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from model.ladder import PROJECT_RUNGS
from view.amounts import between
from view.countries.content import CountryProfile
from view.marks.table import DASH, ONE_LINE, Column, Table, source_link
from view.readiness.items import item_names, steps_table
from view.stated_words import stated
from view.target.statements import metric_names, reliability_names, unit_name
from view.texts import Texts
from view.tiles import Tile, TileMaker

Row = Mapping[str, Any]


def _partial(row: Row, day: str, t: Texts) -> str:
    on = row[f"{day}_on"]
    return t.partial_day(on, row[f"{day}_precision"] or "day") if on else DASH


def _linked(text: str, url: str | None) -> str:
    return source_link(url, text) if url else text


def _fact_columns(
    names: Mapping[str, str], words: Callable[[Row], str], day: str, t: Texts
) -> tuple[Column[Row], ...]:
    """What is known, the `words` of it with its source, and its date, that of the columns named after `day`."""
    return (
        Column("item", t("Fact"), value=lambda r: names.get(r["item"], r["item"])),
        Column("value", t("Statement"), value=words, cell=lambda r: _linked(words(r), r["url"])),
        Column(f"{day}_on", t("Dated"), "day", cell=lambda r: _partial(r, day, t), css=ONE_LINE),
    )


def _climate_value(row: Row, t: Texts) -> str:
    return stated(row["value"], t) if row["value"] else t("instrument not named")


def _statement(row: Row, profile: CountryProfile, t: Texts) -> str:
    """What was stated, and of what where it is not the whole country."""
    name = metric_names(t).get(str(row["metric"])) or str(row["metric"])
    if row["scope"] == profile.iso3:
        return name
    return t("{statement}: {scope}", statement=name, scope=stated(row["scope"], t))


def _climate_sentence(parts: set[str], t: Texts) -> str:
    """What is held on the country; `parts` are ndc and pricing where there is a fact."""
    if "ndc" in parts:
        if "pricing" in parts:
            return t("NDC facts and carbon pricing as found.")
        return t("NDC facts as found; on carbon pricing we hold no data.")
    if "pricing" in parts:
        return t("NDC not known; carbon pricing as found.")
    return t("NDC not known; on carbon pricing we hold no data.")


def climate_tile(profile: CountryProfile, tile: TileMaker, t: Texts) -> Tile:
    """NDC and carbon pricing of the country."""
    names = {
        "latest NDC": t("Latest NDC"),
        "mitigation target": t("Mitigation target"),
        "baseline": t("Baseline"),
        "target year": t("Target year"),
        "coverage": t("Covers"),
        "international markets": t("On international markets"),
        "JCM": t("On the JCM"),
        "implemented": t("Carbon pricing, implemented"),
        "pilot": t("Carbon pricing, pilot"),
        "under development": t("Carbon pricing, under development"),
        "under consideration": t("Carbon pricing, under consideration"),
    }
    columns = (
        *_fact_columns(names, partial(_climate_value, t=t), "dated", t),
        Column("url", t("Source"), "source", cell=None),
    )
    return tile(
        "country_climate",
        t("In the words of the databases read; a country not listed is not known"),
        title=t("NDC and carbon pricing"),
        sentence=_climate_sentence({row["part"] for row in profile.climate}, t),
        table=Table(columns, profile.climate, t),
        body="" if profile.climate else " ",
    )


def _ours(row: Row, t: Texts) -> str:
    if row["our_value"] is None:
        return DASH
    return between(row["our_value"], row["our_high_value"], t, lambda value, words: words.number(value))


def readiness_names(t: Texts) -> dict[str, str]:
    """What is stated on a partner's readiness, in the order in which it is read."""
    return {
        **item_names(t),
        "dna": t("National authority"),
        "transfer_limit": t("Limit on transfers"),
        "cooperative_approaches": t("Cooperative approaches"),
        "bilateral_agreements": t("Bilateral agreements"),
        "mutual_recognition": t("Mutual recognition"),
        "ndc_2035_status": t("NDC for 2035: status"),
        "ndc_2035_target": t("NDC for 2035: target"),
        "other": t("Other"),
    }


def steps_tile(profile: CountryProfile, tile: TileMaker, t: Texts) -> Tile:
    """The partner's row of the readiness page, in full."""
    known = sum(row["state"] is not None for row in profile.steps)
    return tile(
        "readiness_matrix",
        t(
            "Memoranda, decisions and transfers of the record; all else from single statements, of few partners"
        ),
        title=t("How far the partner is with Article 6"),
        sentence=t(
            "Of {n} of {all} steps something is known; the rest is not known, which does not mean that it is missing.",
            n=t.number(known),
            all=t.number(len(profile.steps)),
        )
        if profile.steps
        else t("Not yet a partner on this day."),
        table=steps_table(profile.steps, t, has_partner=False),
        body="" if profile.steps else " ",
    )


def readiness_tile(profile: CountryProfile, tile: TileMaker, t: Texts) -> Tile:
    """How far the partner is with Article 6 and with its NDC for 2035, statement by statement."""
    names, reliability = readiness_names(t), reliability_names(t)
    order = list(names)
    found = sorted(profile.readiness, key=lambda row: order.index(row["item"]))
    columns = (
        *_fact_columns(names, partial(_readiness_value, t=t), "as_of", t),
        Column(
            "reliability",
            t("Reliability"),
            value=lambda r: reliability[r["reliability"]],
            page_label=t("Source"),
            css=ONE_LINE,
        ),
        Column("evidence", t("Words of the source"), cell=None),
        Column("url", t("Source"), "source", cell=None),
    )
    sentence = t.count(
        "{n} statement; what is not listed is not known.",
        "{n} statements; what is not listed is not known.",
        len(found),
    )
    return tile(
        "readiness",
        t("Each statement with its date and the kind of its source; counts are those of a research database"),
        title=t("Statements on Article 6, limits of transfer and the NDC for 2035"),
        sentence=sentence if found else t("Nothing is known of it on this day."),
        table=Table(columns, found, t),
        body="" if found else " ",
    )


def _readiness_value(row: Row, t: Texts) -> str:
    value = str(row["value"])
    return t.number(int(value)) if value.isdecimal() else stated(value, t)


def statements_tile(profile: CountryProfile, tile: TileMaker, t: Texts) -> Tile:
    """What was stated about the country, beside our figures."""
    names = metric_names(t)

    def value_words(row: Row) -> str:
        if row["stated_value"] is None:
            return DASH
        return f"{t.number(row['stated_value'])} {unit_name(row['unit'], t)}"

    table = Table[Row](
        (
            Column(
                "metric",
                t("Statement"),
                value=lambda r: names.get(r["metric"], r["metric"]),
                cell=lambda r: _linked(_statement(r, profile, t), r["url"]),
            ),
            Column("scope", t("Scope"), value=lambda r: stated(r["scope"], t), cell=None),
            Column("stated_value", t("Stated"), "number", cell=value_words),
            Column("unit", t("Unit"), value=lambda r: unit_name(r["unit"], t), cell=None),
            Column("our_value", t("Ours"), "number", cell=lambda r: _ours(r, t)),
            Column("url", t("Source"), "source", cell=None),
            Column("our_high_value", t("Ours, high end"), "number", cell=None),
            Column(
                "coverage",
                t("Coverage"),
                "share",
                value=None,
                cell=lambda r: DASH if r["coverage"] is None else t.percent(r["coverage"]),
            ),
            Column("as_of_on", t("Dated"), value=lambda r: _partial(r, "as_of", t), css=ONE_LINE),
        ),
        profile.statements,
        t,
    )
    return tile(
        "country_statements",
        t("Figures stated for several projects together are never added to ours"),
        title=t("What was stated about it, beside our figures"),
        sentence=t.count("{n} statement.", "{n} statements.", len(profile.statements))
        if profile.statements
        else t("No statement is in our facts."),
        table=table,
        body="" if profile.statements else " ",
    )


def unknowns(profile: CountryProfile, t: Texts) -> list[tuple[str, int]]:
    """What is not known, with how many projects or events it concerns; nothing for what is complete."""
    counted = [p for p in profile.projects if p["in_target_scope"] and p["stage"] in PROJECT_RUNGS]
    shares = sum(
        1
        for e in profile.issuances
        if e["tco2_low"] is not None and e["japan_low_tco2"] != e["japan_high_tco2"]
    )
    placed = {s["project_id"] for s in profile.sites if s["precision"] != "country"}
    found = [
        (t("projects without an annual estimate"), sum(1 for p in counted if p["annual_tco2"] is None)),
        (t("projects without a fiscal year of selection"), sum(1 for p in counted if not p["fy_selected"])),
        (
            t("projects whose start of operation is assumed"),
            sum(1 for p in counted if p["start_basis"] in {"selection", "registration"}),
        ),
        (
            t("projects without a schedule: neither start, selection nor registration is known"),
            sum(1 for p in counted if p["start_basis"] is None),
        ),
        (t("projects that rest on reports alone"), sum(1 for p in counted if p["is_reported"])),
        (t("projects without a place"), sum(1 for p in profile.projects if p["project_id"] not in placed)),
        (
            t("projects without a known programme"),
            sum(1 for p in counted if p["programme"] == "unstated"),
        ),
        (
            t("issuance events without an amount"),
            sum(1 for e in profile.issuances if e["tco2_low"] is None),
        ),
        (
            t("issuance events whose amount is known as a range or in part"),
            sum(1 for e in profile.issuances if e["amount_basis"] in {"range", "at least"}),
        ),
        (
            t("issuance events without a monitoring period"),
            sum(1 for e in profile.issuances if e["period_start_on"] is None),
        ),
        (t("issuance events whose sharing is not known"), shares),
    ]
    if profile.partner["signed_precision"] != "day":
        found.append((t("day of signature, known to an interval only"), 1))
    if not profile.partner["signed_place"]:
        found.append((t("place of signature"), 1))
    if not profile.partner["has_ndc"]:
        found.append((t("NDC: no source found"), 1))
    if not profile.partner["has_pricing"]:
        found.append((t("carbon pricing: no source found"), 1))
    return [(name, n) for name, n in found if n]


def unknown_tile(profile: CountryProfile, coverage: str, tile: TileMaker, t: Texts) -> Tile:
    """What is not known, with how many it concerns."""
    found = unknowns(profile, t)
    table = Table[tuple[str, int]](
        (
            Column("counted", "", "number", value=None, cell=lambda r: t.number(r[1])),
            Column("unknown", t("Not known"), value=lambda r: r[0]),
            Column("n", t("Projects or events"), "number", value=lambda r: r[1], cell=None),
        ),
        found,
        t,
        has_headings=False,
    )
    return tile(
        "projects",
        coverage,
        title=t("What is not known"),
        sentence=t(
            "Gaps in our facts, each with how many it concerns. Nothing is filled in for them but stated assumptions."
        )
        if found
        else t("Everything we look for is known."),
        table=table,
        body="" if found else " ",
    )
