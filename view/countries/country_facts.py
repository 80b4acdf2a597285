"""Facts of a country beside its projects: NDC, carbon pricing, statements, and what is not known."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import pyarrow as pa

from model.ladder import PROJECT_RUNGS
from view.amounts import between
from view.countries.known import Profile, plain_table
from view.stated_words import stated
from view.target.content import labelled
from view.target.statements import metric_names, reliability_names, unit_name
from view.texts import Texts
from view.tiles import Tile, TileMaker


def _partial(day: date | None, precision: str | None, t: Texts) -> str:
    return t.partial_day(day, precision or "day") if day else "–"


def _linked(text: str, url: str | None) -> str:
    if not url:
        return escape(text)
    return f'<a class="jcm-link" href="{escape(url, quote=True)}" rel="noreferrer">{escape(text)}</a>'


def _climate_value(row: Mapping[str, Any], t: Texts) -> str:
    return stated(row["value"], t) if row["value"] else t("instrument not named")


def _statement(row: Mapping[str, Any], profile: Profile, t: Texts) -> str:
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


def climate_tile(profile: Profile, tile: TileMaker, t: Texts) -> Tile:
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
    heads = ((t("Fact"), ""), (t("Statement"), ""), (t("Dated"), "jcm-nowrap"))
    rows = [
        (
            escape(names.get(row["item"]) or row["item"] or ""),
            _linked(_climate_value(row, t), row["url"]),
            escape(_partial(row["dated_on"], row["dated_precision"], t)),
        )
        for row in profile.climate
    ]
    parts = {row["part"] for row in profile.climate}
    return tile(
        "climate",
        "country_climate",
        t("In the words of the databases read; a country not listed is not known"),
        title=t("NDC and carbon pricing"),
        sentence=_climate_sentence(parts, t),
        body=plain_table(heads, rows) if rows else " ",
        table=labelled(
            {
                t("Fact"): [names.get(r["item"], r["item"]) for r in profile.climate],
                t("Statement"): [_climate_value(r, t) for r in profile.climate],
                t("Dated"): [r["dated_on"] for r in profile.climate],
                t("Source"): [r["url"] for r in profile.climate],
            }
        ),
    )


def _ours(row: Mapping[str, Any], t: Texts) -> str:
    if row["our_value"] is None:
        return "–"
    return between(row["our_value"], row["our_high_value"], t, lambda value, words: words.number(value))


def readiness_names(t: Texts) -> dict[str, str]:
    """What is stated on a partner's readiness, in the order in which it is read."""
    return {
        "authorisation_arrangement": t("Authorisation under Article 6"),
        "dna": t("National authority"),
        "registry": t("Registry"),
        "transfer_limit": t("Limit on transfers"),
        "cooperative_approaches": t("Cooperative approaches"),
        "bilateral_agreements": t("Bilateral agreements"),
        "mutual_recognition": t("Mutual recognition"),
        "ndc_2035_status": t("NDC for 2035: status"),
        "ndc_2035_target": t("NDC for 2035: target"),
        "other": t("Other"),
    }


def readiness_tile(profile: Profile, tile: TileMaker, t: Texts) -> Tile:
    """How far the partner is with Article 6 and with its NDC for 2035, statement by statement."""
    names, reliability = readiness_names(t), reliability_names(t)
    order = list(names)
    found = sorted(profile.readiness, key=lambda row: order.index(row["item"]))
    heads = (
        (t("Fact"), ""),
        (t("Statement"), ""),
        (t("Dated"), "jcm-nowrap"),
        (t("Source"), "jcm-nowrap"),
    )
    rows = [
        (
            escape(names[row["item"]]),
            _linked(_readiness_value(row, t), row["url"]),
            escape(_partial(row["as_of_on"], row["as_of_precision"], t)),
            escape(reliability[row["reliability"]]),
        )
        for row in found
    ]
    sentence = t.count(
        "{n} statement; what is not listed is not known.",
        "{n} statements; what is not listed is not known.",
        len(found),
    )
    return tile(
        "readiness",
        "readiness",
        t("Each statement with its date and the kind of its source; counts are those of a research database"),
        title=t("Readiness for Article 6 and for the NDC of 2035"),
        sentence=sentence if found else t("Nothing is known of it on this day."),
        body=plain_table(heads, rows) if rows else " ",
        table=labelled(
            {
                t("Fact"): [names[r["item"]] for r in found],
                t("Statement"): [_readiness_value(r, t) for r in found],
                t("Dated"): [r["as_of_on"] for r in found],
                t("Reliability"): [reliability[r["reliability"]] for r in found],
                t("Words of the source"): [r["evidence"] for r in found],
                t("Source"): [r["url"] for r in found],
            }
        ),
    )


def _readiness_value(row: Mapping[str, Any], t: Texts) -> str:
    value = str(row["value"])
    return t.number(int(value)) if value.isdecimal() else stated(value, t)


def statements_tile(profile: Profile, tile: TileMaker, t: Texts) -> Tile:
    """What was stated about the country, beside our figures."""
    names = metric_names(t)
    heads = (
        (t("Statement"), ""),
        (t("Stated"), "jcm-n"),
        (t("Ours"), "jcm-n"),
        (t("Coverage"), "jcm-n"),
        (t("Dated"), "jcm-nowrap"),
    )
    rows = [
        (
            _linked(_statement(row, profile, t), row["url"]),
            escape(
                f"{t.number(row['stated_value'])} {unit_name(row['unit'], t)}"
                if row["stated_value"] is not None
                else "–"
            ),
            escape(_ours(row, t)),
            escape(t.percent(row["coverage"]) if row["coverage"] is not None else "–"),
            escape(_partial(row["as_of_on"], row["as_of_precision"], t)),
        )
        for row in profile.statements
    ]
    return tile(
        "country_statements",
        "country_statements",
        t("Figures stated for several projects together are never added to ours"),
        title=t("What was stated about it, beside our figures"),
        sentence=t.count("{n} statement.", "{n} statements.", len(rows))
        if rows
        else t("No statement is in our facts."),
        body=plain_table(heads, rows) if rows else " ",
        table=pa.table(
            {
                t("Statement"): pa.array(
                    [names.get(r["metric"], r["metric"]) for r in profile.statements], pa.string()
                ),
                t("Scope"): pa.array([stated(r["scope"], t) for r in profile.statements], pa.string()),
                t("Stated"): pa.array([r["stated_value"] for r in profile.statements], pa.float64()),
                t("Unit"): pa.array([unit_name(r["unit"], t) for r in profile.statements], pa.string()),
                t("Ours"): pa.array([r["our_value"] for r in profile.statements], pa.float64()),
                t("Source"): pa.array([r["url"] for r in profile.statements], pa.string()),
                t("Ours, high end"): pa.array(
                    [r["our_high_value"] for r in profile.statements], pa.float64()
                ),
            }
        ),
    )


def unknowns(profile: Profile, t: Texts) -> list[tuple[str, int]]:
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


def unknown_tile(profile: Profile, coverage: str, tile: TileMaker, t: Texts) -> Tile:
    """What is not known, with how many it concerns."""
    found = unknowns(profile, t)
    body = "".join(
        f'<tr><td class="jcm-n">{t.number(n)}</td><td>{escape(name)}</td></tr>' for name, n in found
    )
    return tile(
        "unknown",
        "projects",
        coverage,
        title=t("What is not known"),
        sentence=t(
            "Gaps in our facts, each with how many it concerns. Nothing is filled in for them but stated assumptions."
        )
        if found
        else t("Everything we look for is known."),
        body=f'<div class="jcm-scroll"><table class="jcm-tight"><tbody>{body}</tbody></table></div>'
        if found
        else " ",
        table=labelled(
            {t("Not known"): [name for name, _ in found], t("Projects or events"): [n for _, n in found]}
        ),
    )
