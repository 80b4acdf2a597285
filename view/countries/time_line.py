"""What happened with one partner country, in order of time."""

from itertools import groupby

from model.fiscal_year import fiscal_year_of
from view.amounts import event_tonnes
from view.countries.content import CountryProfile
from view.countries.matrix import signed_words
from view.countries.own_part import is_signature_told
from view.marks.table import Column, Markup, Table
from view.stated_words import stated
from view.texts import Texts
from view.tiles import Tile, TileMaker

Event = tuple[int, str, str]
"""Fiscal year, date in words, and what happened."""


def events_of(profile: CountryProfile, t: Texts) -> list[Event]:
    """Fiscal year, date and what happened, in order of time."""
    partner = profile.partner
    found: list[tuple[str, int, str, str]] = [
        (
            partner["signed_to_on"].isoformat(),
            fiscal_year_of(partner["signed_to_on"]),
            t.day(partner["signed_to_on"])
            if partner["signed_precision"] == "day"
            else signed_words(partner, t),
            t("Memorandum signed"),
        )
    ]
    if not partner["is_partner"] or is_signature_told(profile):
        found.clear()
    selected: dict[int, int] = {}
    for project in profile.projects:
        if project["fy_selected"]:
            selected[project["fy_selected"]] = selected.get(project["fy_selected"], 0) + 1
        if project["registered_on"]:
            day = project["registered_on"]
            found.append(
                (
                    day.isoformat(),
                    fiscal_year_of(day),
                    t.day(day),
                    t("{project} registered", project=project["project_id"]),
                )
            )
    found += [
        (f"{year + 1}-03-31", year, t.year(year), t.count("{n} project selected", "{n} projects selected", n))
        for year, n in selected.items()
    ]
    for event in profile.issuances:
        if event["decided_on"]:
            names = ", ".join((event["project_ids"] or "").split(";"))
            what = t("Issuance decided: {project}", project=names or t("projects not named"))
            amount = t("amount not known") if event["tco2_low"] is None else event_tonnes(event, t)
            day = event["decided_on"]
            when = t.partial_day(day, event["decided_precision"])
            found.append((day.isoformat(), fiscal_year_of(day), when, f"{what}, {amount}"))
    for row in profile.named_milestones:
        day = row["milestone_on"]
        found.append(
            (
                day.isoformat(),
                fiscal_year_of(day),
                t.partial_day(day, row["milestone_precision"]),
                stated(t.pick(row["title_en"], row["title_ja"]), t),
            )
        )
    return [(year, when, what) for _, year, when, what in sorted(found, key=lambda one: (one[0], one[3]))]


def time_tile(profile: CountryProfile, coverage: str, tile: TileMaker, t: Texts) -> Tile:
    """What happened, year by year."""
    events = events_of(profile, t)
    by_year = [(year, list(some)) for year, some in groupby(events, key=lambda event: event[0])]

    def items(of_year: list[Event]) -> Markup:
        found = Markup("").join(Markup("<li><b>{}</b> {}</li>").format(*event[1:]) for event in of_year)
        return Markup('<ul class="jcm-facet jcm-events">{}</ul>').format(found)

    shown = Table[tuple[int, list[Event]]](
        (
            Column("year", "", value=None, cell=lambda r: t.year(r[0]), is_head=True),
            Column("events", "", value=None, cell=lambda r: items(r[1])),
        ),
        by_year,
        t,
        css="jcm-tight jcm-years",
        is_long=True,
        has_headings=False,
    )
    filed = Table[Event](
        (
            Column("fiscal_year", t("Fiscal year"), value=lambda r: t.year(r[0])),
            Column("day", t("Date"), value=lambda r: r[1]),
            Column("event", t("Event"), value=lambda r: r[2]),
        ),
        events,
        t,
    )
    return tile(
        "projects",
        coverage,
        title=t("Time line: signature, selections, registrations, issuance decided"),
        sentence=t.count("{n} dated event.", "{n} dated events.", len(events)),
        body=shown.html(),
        table=filed,
    )
