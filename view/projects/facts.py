"""Facts of a project with where each comes from, what the sources state, and the sources themselves."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from view.amounts import as_reported, tonnes
from view.projects.known import (
    Profile,
    coverage_of,
    estimate_bases,
    has_no_schedule,
    stage_name,
    start_bases,
    start_words,
)
from view.stated_words import stated
from view.target.content import labelled
from view.texts import Texts
from view.tiles import Tile, TileMaker


def fact_rows(profile: Profile, t: Texts) -> list[tuple[str, str, str]]:
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
        (t("Methodology"), f["methodology"] or t("not known"), site_list if f["methodology"] else ""),
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
            f"{tonnes(f['est_total_tco2'], t)} ({stated(f['est_total_basis'], t)})"
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
        (
            t("Japanese participants"),
            f["jp_participants"] or t("not known"),
            below if f["jp_participants"] else "",
        ),
        (t("Partner participants"), f["partner_participants"] or t("not known"), ""),
    ]
    if f["is_reported"]:
        rows.insert(0, (t("Rests on"), t("reports alone, not confirmed by another source"), below))
    if f["title_en_basis"] == "translated":
        rows.insert(0, (t("Title, English"), t("translated by us"), ""))
    if f["note"]:
        rows.append((t("Remarks"), stated(f["note"], t), ""))
    return rows


def annual_words(facts: Mapping[str, Any], t: Texts) -> str:
    """The annual estimate with what it rests on."""
    if facts["annual_tco2"] is None:
        return t("not known")
    text = tonnes(facts["annual_tco2"], t)
    if facts["annual_basis"]:
        text = t("{amount} ({basis})", amount=text, basis=estimate_bases(t)[facts["annual_basis"]])
    return as_reported(text, t) if facts["is_reported"] else text


def facts_tile(profile: Profile, tile: TileMaker, t: Texts) -> Tile:
    """Facts of the project, each with where it comes from."""
    rows = fact_rows(profile, t)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td><td class="jcm-muted">{escape(where)}</td></tr>'
        for name, value, where in rows
    )
    unknown = sum(1 for _, value, _ in rows if value == t("not known"))
    return tile(
        "facts",
        "project_facts",
        coverage_of(profile, t),
        title=t("Facts"),
        sentence=t.count("{n} fact is not known.", "{n} facts are not known.", unknown)
        if unknown
        else t("Every fact we look for is known."),
        body=f'<div class="jcm-scroll"><table class="jcm-tight jcm-facts"><tbody>{body}</tbody></table></div>',
        table=labelled(
            {
                t("Fact"): [name for name, _, _ in rows],
                t("Value"): [value for _, value, _ in rows],
                t("Where from"): [where for _, _, where in rows],
            }
        ),
    )


def _differ(values: set[str]) -> bool:
    """Whether statements contradict each other; a month agrees with a day in it."""
    longest = max(values, key=len)
    return any(not longest.startswith(value) for value in values)


def _claim_words(field: str, value: str, t: Texts) -> str:
    """A statement as the pages write such facts; one that cannot be read stands as it is."""
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


def claims_tile(profile: Profile, tile: TileMaker, t: Texts) -> Tile:
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
    heads = (t("On"), t("Statement"), t("Rests on"), t("Taken"), t("Source"), t("Dated"))
    rows = [
        (
            fields.get(row["field"], row["field"]),
            _claim_words(row["field"], row["value"], t),
            bases.get(row["figure_basis"] or "", "–"),
            t("taken") if row["is_taken"] else t("not taken"),
            row["publisher"],
            t.partial_day(row["as_of_on"], row["as_of_precision"]) if row["as_of_on"] else "–",
        )
        for row in profile.claims
    ]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td><a class="jcm-link" href="{escape(row["url"], quote=True)}" rel="noreferrer">{escape(cell)}</a></td>'
            if i == len(heads) - 2
            else f"<td>{escape(cell)}</td>"
            for i, cell in enumerate(cells)
        )
        + "</tr>"
        for cells, row in zip(rows, profile.claims, strict=True)
    )
    if not rows:
        sentence = t("No source makes a separate statement on this project.")
    elif differing:
        sentence = t("Sources differ on: {fields}. Which was taken is marked.", fields=t.listing(differing))
    else:
        sentence = t("The sources agree.")
    return tile(
        "claims",
        "project_claims",
        coverage_of(profile, t),
        title=t("What the sources state, and which was taken"),
        sentence=sentence,
        body=f'<div class="jcm-scroll"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        if rows
        else " ",
        table=labelled(
            {name: [cells[i] for cells in rows] for i, name in enumerate(heads)}
            | {t("Address"): [row["url"] for row in profile.claims]}
        ),
    )


def sources_tile(profile: Profile, tile: TileMaker, t: Texts) -> Tile:
    """Every source of the project, as links."""
    body = "".join(
        f'<li><a class="jcm-link" href="{escape(row["url"], quote=True)}" rel="noreferrer">{escape(row["publisher"])}</a>'
        f"{' · ' + escape(t.partial_day(row['as_of_on'], row['as_of_precision'])) if row['as_of_on'] else ''}</li>"
        for row in profile.sources
    )
    return tile(
        "sources",
        "project_sources",
        coverage_of(profile, t),
        title=t("Sources"),
        sentence=t("Every page that a fact of this project was read from; links leave this site."),
        body=f'<ul class="jcm-reasons">{body}</ul>' if body else " ",
        table=labelled(
            {
                t("Source"): [r["source_id"] for r in profile.sources],
                t("Publisher"): [r["publisher"] for r in profile.sources],
                t("Dated"): [r["as_of_on"] for r in profile.sources],
                t("Address"): [r["url"] for r in profile.sources],
            }
        ),
    )
