"""Facts of a project with where each comes from, what the sources state, and the sources themselves."""

from collections.abc import Callable, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from model.methodology_code import methodologies_named
from view.amounts import as_reported, tonnes
from view.marks.markup import Markup, items, joined
from view.marks.table import DASH, Column, Table, linked, source_link
from view.participants.words import name_of
from view.projects.content import (
    ProjectProfile,
    coverage_of,
    estimate_bases,
    has_no_schedule,
    stage_name,
    start_bases,
    start_words,
)
from view.stated_words import stated
from view.texts import Texts
from view.tiles import Tile, TileMaker

Link = Callable[..., str]


def fact_rows(profile: ProjectProfile, t: Texts) -> list[tuple[str, str, str]]:
    """Fact, value and remark on where it comes from."""
    f, names = profile.facts, profile.names
    sources = {row["source_id"]: row["publisher"] for row in profile.sources}
    taken: dict[str, str] = {}
    for row in profile.claims:
        if row["is_taken"]:
            taken.setdefault(row["field"], str(row["publisher"]))
    site_list = t("JCM project list, copy of {day}", day=t.day(profile.list_of)) if f["ref_no"] else ""

    def source_of(field: str) -> str:
        return taken.get(field, site_list)

    below = t("one of the sources below")
    basis = {"stated": t("stated on the list"), "classified": t("classified from the technology by us")}
    rows = [
        (t("Reference number"), f["ref_no"] or t("not on the list of the JCM site"), site_list),
        (t("Stage"), stage_name(profile, t), site_list),
        *((t("On the list"), seen, "") for seen in _seen(profile, t)),
        (t("Counted as a JCM project"), t("counted") if f["in_target_scope"] else t("not counted"), ""),
        (
            t("Sector (JCM sectoral scope)"),
            names["sector"].get(str(f["sector_number"]), t("Not stated")),
            basis.get(f["sector_basis"] or "", ""),
        ),
        (
            t("Technology"),
            names["technology"].get(f["technology"], f["technology"]),
            t("assigned from the title by us"),
        ),
        (t("Methodology"), _methodologies(profile, t), site_list if f["methodology"] else ""),
        (t("Programme"), names["programme"].get(f["programme"], f["programme"]), source_of("programme")),
        (t("Funding"), names["funding"].get(f["funding"], f["funding"]), t("follows from the programme")),
        (
            t("Selected"),
            t.year(f["fy_selected"]) if f["fy_selected"] else t("not known"),
            source_of("fy_selected") if f["fy_selected"] else "",
        ),
        (
            t("Registered on"),
            t.day(f["registered_on"]) if f["registered_on"] else t("not registered on this day"),
            source_of("registered_on") if f["registered_on"] else "",
        ),
        (
            t("Annual estimate"),
            annual_words(f, t),
            sources.get(f["est_annual_source_id"] or "", source_of("est_annual_tco2"))
            if f["annual_tco2"] is not None
            else "",
        ),
        (
            t("Stated total"),
            t.noted(tonnes(f["est_total_tco2"], t), stated(f["est_total_basis"], t))
            if f["est_total_tco2"]
            else t("not known"),
            below if f["est_total_tco2"] else "",
        ),
        (
            t("Start of operation"),
            start_words(f, t) if f["start_on"] else t("not known"),
            start_bases(t)[f["start_basis"]] if f["start_on"] or has_no_schedule(f) else "",
        ),
        (
            t("Place"),
            stated(f["location"], t) if f["location"] else t("not known"),
            below if f["location"] else "",
        ),
        *(
            (label, t("; ").join(names) or t("not known"), below if names else "")
            for label, names in _participants(profile, t).items()
        ),
    ]
    if f["is_reported"]:
        rows.insert(0, (t("Rests on"), t("reports alone, not confirmed by another source"), below))
    if f["title_en_basis"] == "translated":
        rows.insert(0, (t("Title, English"), t("translated by us"), ""))
    if f["note"]:
        rows.append((t("Remarks"), stated(f["note"], t), ""))
    return rows


def _methodologies(profile: ProjectProfile, t: Texts) -> str:
    """The methodologies as the list names them, each leading to what else is known of it."""
    cell = profile.facts["methodology"]
    if not cell:
        return t("not known")
    link = profile.context.link
    parts = [part.strip() for part in cell.split(";")]
    return joined(
        (
            linked(link("methodologies", methodology=named.code), part)
            for part in parts
            for named in methodologies_named(part)[:1]
        ),
        "; ",
    ) or str(cell)


def _participants(profile: ProjectProfile, t: Texts) -> dict[str, dict[str, str]]:
    """For each side its participants: keys by their names in the reader's language."""
    sides = {"Japan": t("Japanese participants"), "partner": t("Partner participants")}
    return {
        label: {name_of(row, t): row["participant_id"] for row in profile.participants if row["side"] == side}
        for side, label in sides.items()
    }


def _seen(profile: ProjectProfile, t: Texts) -> list[str]:
    """Since when our copies of the list have each status: not the day on which it happened."""
    found = []
    for row in profile.sightings:
        stage = profile.names["status"].get(row["status"], row["status"])
        days = {"stage": stage, "first": t.day(row["first_on"]), "last": t.day(row["last_on"])}
        if row["first_on"] == row["last_on"]:
            found.append(t("{stage}: seen in the copy of {first}", **days))
        else:
            found.append(t("{stage}: first seen {first}, last seen {last}", **days))
        if row["gone_on"]:
            found.append(t("no longer listed in the copy of {day}", day=t.day(row["gone_on"])))
    return found


def annual_words(facts: Mapping[str, Any], t: Texts) -> str:
    """The annual estimate with what it rests on."""
    if facts["annual_tco2"] is None:
        return t("not known")
    text = tonnes(facts["annual_tco2"], t)
    if facts["annual_basis"]:
        text = t("{amount} ({basis})", amount=text, basis=estimate_bases(t)[facts["annual_basis"]])
    return as_reported(text, t) if facts["is_reported"] else text


def facts_tile(profile: ProjectProfile, link: Link, tile: TileMaker, t: Texts) -> Tile:
    """Facts of the project, each with where it comes from; participants lead to their profiles."""
    rows = fact_rows(profile, t)
    led = {
        label: joined((linked(link("participant", name=key), name) for name, key in some.items()), t("; "))
        for label, some in _participants(profile, t).items()
        if some
    }
    unknown = sum(1 for _, value, _ in rows if value == t("not known"))
    return tile(
        "project_facts",
        coverage_of(profile, t),
        title=t("Facts"),
        sentence=t.count("{n} fact is not known.", "{n} facts are not known.", unknown)
        if unknown
        else t("Every fact we look for is known."),
        table=Table(
            (
                Column("fact", t("Fact"), value=itemgetter(0), is_head=True),
                Column(
                    "value",
                    t("Value"),
                    value=lambda r: _plain(r[1]),
                    cell=lambda r: led.get(r[0], r[1]),
                ),
                Column("source", t("Where from"), value=itemgetter(2), css="jcm-muted"),
            ),
            rows,
            t,
            css="jcm-tight jcm-facts",
            has_headings=False,
        ),
    )


def _plain(value: str) -> str:
    return value.striptags() if isinstance(value, Markup) else value


def _differ(values: set[str]) -> bool:
    """Whether statements contradict each other; a month agrees with a day in it."""
    longest = max(values, key=len)
    return any(not longest.startswith(value) for value in values)


def _claim_words(field: str, value: str, t: Texts) -> str:
    """A statement as the pages write such facts; one that cannot be read is shown as recorded."""
    if field == "est_annual_tco2" and value.isdecimal():
        return tonnes(int(value), t)
    if field == "fy_selected" and value.isdecimal():
        return t.year(int(value))
    precision = {4: "year", 7: "month", 10: "day"}.get(len(value))
    if field == "registered_on" and precision:
        try:
            return t.partial_day(date.fromisoformat(f"{value}-01-01"[:10]), precision)
        except ValueError:
            return value
    return value


def claims_tile(profile: ProjectProfile, tile: TileMaker, t: Texts) -> Tile:
    """What each source states, and which statement was taken."""
    fields = {
        "est_annual_tco2": t("Annual estimate"),
        "registered_on": t("Registered on"),
        "fy_selected": t("Selected"),
        "programme": t("Programme"),
    }
    by_field: dict[str, set[str]] = {}
    for row in profile.claims:
        by_field.setdefault(row["field"], set()).add(row["value"])
    differing = [fields.get(field, field) for field, values in by_field.items() if _differ(values)]
    bases = estimate_bases(t)
    if not profile.claims:
        sentence = t("No source makes a separate statement on this project.")
    elif differing:
        sentence = t("Sources differ on: {fields}. Which was taken is marked.", fields=t.listing(differing))
    else:
        sentence = t("The sources agree.")
    return tile(
        "project_claims",
        coverage_of(profile, t),
        title=t("What the sources state, and which was taken"),
        sentence=sentence,
        body="" if profile.claims else " ",
        table=Table(
            (
                Column("field", t("On"), value=lambda r: fields.get(r["field"], r["field"])),
                Column("value", t("Statement"), value=lambda r: _claim_words(r["field"], r["value"], t)),
                Column(
                    "figure_basis", t("Rests on"), value=lambda r: bases.get(r["figure_basis"] or "", DASH)
                ),
                Column(
                    "is_taken", t("Taken"), value=lambda r: t("taken") if r["is_taken"] else t("not taken")
                ),
                Column("publisher", t("Source"), cell=lambda r: source_link(r["url"], r["publisher"])),
                Column("as_of_on", t("Dated"), value=lambda r: _dated(r, t) or DASH),
                Column("url", t("Address"), "source", cell=None),
            ),
            profile.claims,
            t,
        ),
    )


def _dated(row: Mapping[str, Any], t: Texts) -> str:
    return t.partial_day(row["as_of_on"], row["as_of_precision"]) if row["as_of_on"] else ""


def sources_tile(profile: ProjectProfile, tile: TileMaker, t: Texts) -> Tile:
    """Every source of the project, as links."""
    pages = [
        source_link(row["url"], row["publisher"]) + (f" · {_dated(row, t)}" if row["as_of_on"] else "")
        for row in profile.sources
    ]
    return tile(
        "project_sources",
        coverage_of(profile, t),
        title=t("Sources"),
        sentence=t("Every page that a fact of this project was read from; links leave this site."),
        body=items(pages, "jcm-reasons") if pages else " ",
        table=Table(
            (
                Column("source_id", t("Source"), cell=None),
                Column("publisher", t("Publisher"), cell=None),
                Column("as_of_on", t("Dated"), "day", cell=None),
                Column("url", t("Address"), "source", cell=None),
            ),
            profile.sources,
            t,
        ),
    )
