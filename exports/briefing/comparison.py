"""The briefing that compares two days: what was known on each, and what became known between."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from exports.briefing import figures, parts
from exports.briefing.document import Figure, Section
from exports.briefing.grids import Pick, as_amount
from exports.briefing.parts import Contents, Desk, TargetPart, section_of, table_of
from exports.briefing.programme import CREDITS, events_section
from model.changes import Change
from model.editions import Difference, Edition, difference
from model.ladder import EXPECTED_RUNGS
from queries.editions import edition_of
from view.amounts import amount_short
from view.changes import page as changes_page
from view.credits import page as credits_page
from view.marks.table import DASH, Column, Table
from view.texts import Texts
from view.tiles import Tile

PROJECT_FIELDS = frozenset({"stage", "annual_tco2"})
"""What of a project a briefing compares."""


def comparison_contents(desk: Desk) -> Contents:
    """The target page of both days, and every section on the difference."""
    t, request, selection = desk.t, desk.request, desk.selection()
    assert request.earlier is not None  # noqa: S101 - the request was checked
    before = parts.target_part(desk, replace(selection, as_of=request.earlier))
    after = parts.target_part(desk, selection)
    years = after.content.target_years
    found = _of_a_briefing(
        difference(*(edition_of(desk.warehouse, day, years) for day in (request.earlier, request.as_of)))
    )
    changed = desk.page(changes_page, selection, {"found": found})
    tile = replace(changed.tile("changed_rungs"), coverage=after.page.tile("ladder").coverage)
    ladders = _ladders(found, tile, t)
    sections = (
        ladders,
        _countries(desk, found),
        _projects(found, changed.tile("changed_projects"), t),
        _issuances(desk, found),
        _milestones(desk, after),
        parts.ladder_section(after, t),
    )
    return Contents(
        title=t("JCM: what changed between two days"),
        subtitle=t(
            "{first} and {second} compared", first=t.day(request.earlier), second=t.day(request.as_of)
        ),
        answer=ladders.sentence,
        part=after,
        figures=_both(before, after, t),
        sections=sections,
        message=ladders.message,
        takeaways=tuple(_counted(one, t) for one in sections[1:4]),
    )


def _counted(section: Section, t: Texts) -> str:
    """A section in a sentence that needs no heading above it."""
    return t("{title}: {sentence}", title=section.title, sentence=section.sentence)


def _of_a_briefing(found: Difference) -> Difference:
    """The difference with the fields of projects that a briefing compares."""

    def fewer(change: Change) -> Change:
        return replace(change, fields=tuple(f for f in change.fields if f.field in PROJECT_FIELDS))

    projects = [c for c in map(fewer, found.changes["projects"]) if c.fields or c.kind != "changed"]
    return replace(found, changes={**found.changes, "projects": projects})


def _both(before: TargetPart, after: TargetPart, t: Texts) -> tuple[Figure, ...]:
    """The figures of the later day, each with that of the earlier one beneath."""
    earlier = {one.label: one.value for one in before.figures(t, is_whole=True)}
    return tuple(
        replace(one, below=t("before: {value}", value=earlier.get(one.label, DASH)))
        for one in after.figures(t, is_whole=True)
    )


def _days(found: Difference, t: Texts) -> tuple[str, str]:
    return t.day_short(found.old.as_of), t.day_short(found.new.as_of)


def _signed(tco2: float | None, t: Texts) -> str:
    return DASH if tco2 is None else changes_page.with_sign(tco2, t)


def _ladders(found: Difference, tile: Tile, t: Texts) -> Section:
    first, second = _days(found, t)
    year = t.year(found.new.years[0])
    own = [e for e in found.near if e.code in EXPECTED_RUNGS]
    sums = [sum(ends[0] for e in own if (ends := getattr(e, day))) for day in ("before", "after")]
    tile = replace(
        tile,
        title=t("The stages on both days, tonnes by {year}", year=year),
        sentence=t(
            "Expected by {year}: {before} on {first}, {after} on {second}.",
            year=year,
            before=amount_short(sums[0], t),
            after=amount_short(sums[1], t),
            first=t.day(found.old.as_of),
            second=t.day(found.new.as_of),
        ),
        key="ladders",
    )
    picks = (
        "rung",
        Pick("before_0_0_tco2", "before_0_1_tco2", first, as_amount),
        Pick("after_0_0_tco2", "after_0_1_tco2", second, as_amount),
        Pick("difference_0_0_tco2", "difference_0_1_tco2", t("Difference"), _signed),
    )
    return section_of(tile, picks, chart=figures.ladders_figure(found, tile, t))


def _expected_by_country(edition: Edition) -> Counter[str]:
    """Expected tonnes by the first target's year, by country."""
    sums: Counter[str] = Counter()
    for row in edition.rows["projects"].values():
        if row["stage"] in EXPECTED_RUNGS:
            sums[row["iso3"]] += row["expected_first_tco2"] or 0
    return sums


def _countries(desk: Desk, found: Difference) -> Section:
    """Expected tonnes of the countries where the two days differ, the largest difference first."""
    t = desk.t
    old, new = _expected_by_country(found.old), _expected_by_country(found.new)
    rows = [code for code in {**old, **new} if old[code] != new[code]]
    rows.sort(key=lambda code: (-abs(new[code] - old[code]), code))
    first, second = _days(found, t)

    def amount(key: str, name: str, value: Callable[[str], int]) -> Column[str]:
        return Column(key, t("{part} (tCO2)", part=name), "tonnes", value=value, page_label=name)

    tile = desk.tile_maker({"projects": {"as_of": found.new.as_of}})(
        "projects",
        t("Projects with an annual estimate only"),
        title=t("Expected reductions by partner country on both days"),
        sentence=t.count("{n} country differs.", "{n} countries differ.", len(rows)),
        table=Table(
            (
                Column("country", t("Partner country"), value=t.country),
                amount("before", first, lambda code: old[code]),
                amount("after", second, lambda code: new[code]),
                amount("difference", t("Difference"), lambda code: new[code] - old[code]),
            ),
            rows,
            t,
        ),
        key="countries",
    )
    before, after = (Pick(key, write=as_amount) for key in ("before", "after"))
    return section_of(tile, ("country", before, after, Pick("difference", write=_signed)))


def _projects(found: Difference, tile: Tile, t: Texts) -> Section:
    """Projects that became known, and those whose stage or estimate changed."""
    known = len(found.of("projects", "added"))
    tile = replace(
        tile,
        title=t("Projects: newly recorded, or changed in stage or estimate"),
        sentence=t(
            "{known} projects newly recorded, {changed} changed.",
            known=t.number(known),
            changed=t.number(len(found.changes["projects"]) - known),
        ),
        coverage=t("All projects, studies and withdrawn ones included"),
        key="project_changes",
    )
    picks = (
        Pick("key", label=t("Project")),
        Pick("subject", label=t("Title")),
        "country",
        Pick("what", label=t("What changed")),
        Pick("moved_tco2", label=t("Expected by {year}", year=t.year(found.new.years[0])), write=_signed),
    )
    rows = sorted(table_of(tile).rows, key=lambda row: abs(row.moved_tco2 or 0), reverse=True)
    return section_of(tile, picks, rows=rows, rows_at_most=parts.ROWS_OF_A_LIST)


def _issuances(desk: Desk, found: Difference) -> Section:
    """Decisions on issuance that became known between the days."""
    t = desk.t
    known = {change.key for change in found.of("issuances", "added")}
    tile = desk.page(credits_page, desk.selection(), CREDITS).tile("issuance_events")
    table = table_of(tile)
    rows = [row for row in table.rows if row["issuance_id"] in known]
    tile = replace(
        tile,
        title=t("Issuance decisions newly recorded"),
        sentence=t.count("{n} event.", "{n} events.", len(rows)),
        coverage=t("Our records of issuance are partial; see the target page for the coverage"),
        table=replace(table, rows=rows),
        key="issuance_changes",
    )
    return events_section(tile, t, parts.ROWS_OF_A_LIST)


def _milestones(desk: Desk, after: TargetPart) -> Section:
    """What happened between the days."""
    t, earlier = desk.t, desk.request.earlier
    tile = after.page.tile("milestones")
    table = table_of(tile)
    rows = [m for m in table.rows if earlier is not None and m["milestone_on"] > earlier]
    tile = replace(
        tile,
        title=t("What happened between the two days"),
        sentence=t.count("{n} event.", "{n} events.", len(rows)),
        coverage=t("{n} milestones with a source", n=t.number(len(rows))),
        table=replace(table, rows=rows),
        key="milestone_changes",
    )
    picks = ("milestone_on", "title")
    return section_of(tile, picks, rows_at_most=parts.ROWS_OF_A_LIST, finding=parts.latest_milestone(tile, t))
