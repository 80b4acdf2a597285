"""The briefing that sets two days beside each other: what was known on each, and what became known between."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa

from exports.briefing import figures, parts
from exports.briefing.document import Chart, Section, Series
from exports.briefing.grids import DASH, Columns, as_amount, as_text, as_tonnes, grid_of, rung_names
from exports.briefing.parts import Desk, section_of
from model.changes import Effect, Ends
from model.ladder import DORMANT, EXPECTED_RUNGS, RUNGS
from view.amounts import amount_short, event_tonnes
from view.changes.page import signed
from view.countries.profile import ALL_ROWS
from view.page import Rows
from view.stated_words import stated, title_of
from view.target.content import labelled
from view.texts import Texts
from view.tiles import TileMaker


def comparison_sections(desk: Desk) -> tuple[parts.TargetPart, parts.TargetPart, tuple[Section, ...]]:
    """The target page of both days, and every section on the difference."""
    assert desk.request.earlier is not None  # noqa: S101 - the request was checked
    selection = desk.selection()
    before = parts.target_part(desk, replace(selection, as_of=desk.request.earlier))
    after = parts.target_part(desk, selection)
    asked = ("ladder", "ladder_by_group", "projects", "issuances", "milestones")
    maker = desk.tile_maker({name: {"as_of": selection.as_of} for name in asked})
    return (
        before,
        after,
        (
            _ladders(desk, before, after, maker),
            _countries(desk, maker),
            _projects(desk, maker),
            _issuances(desk, maker),
            _milestones(desk, after, maker),
            parts.ladder_section(after, desk.t),
        ),
    )


def _days(desk: Desk) -> tuple[str, str]:
    t, request = desk.t, desk.request
    assert request.earlier is not None  # noqa: S101
    return t.day_short(request.earlier), t.day_short(request.as_of)


def _ladders(desk: Desk, before: parts.TargetPart, after: parts.TargetPart, maker: TileMaker) -> Section:
    t = desk.t
    first, second = _days(desk)
    names, year = rung_names(t), after.content.first_year
    effects = [Effect(r.code, _tonnes(before, r.code), _tonnes(after, r.code)) for r in RUNGS]
    columns: dict[str, list[object]] = {t("Rung"): [names[e.code] for e in effects]}
    for name, found in (
        (first, [e.before for e in effects]),
        (second, [e.after for e in effects]),
        (t("Difference"), [e.difference for e in effects]),
    ):
        for end, words in enumerate((t("low end"), t("high end"))):
            columns[t("{name}, {end}", name=name, end=words)] = [
                ends[end] if ends else None for ends in found
            ]
    table = labelled(columns)
    sums = [sum(ends[0] for code in EXPECTED_RUNGS if (ends := _tonnes(p, code))) for p in (before, after)]
    tile = maker(
        "ladder",
        after.tile("ladder").coverage,
        title=t("The ladder on both days, tonnes by {year}", year=t.year(year)),
        sentence=t(
            "Expected by {year}: {before} on {first}, {after} on {second}.",
            year=t.year(year),
            before=amount_short(sums[0], t),
            after=amount_short(sums[1], t),
            first=first,
            second=second,
        ),
        body=" ",
        table=table,
        key="ladders",
    )
    unit, divisor = figures.scale(float(max(*sums, 1)), t)
    series: list[Series] = []
    for day, style, found in (
        (first, "pipeline", [e.before for e in effects]),
        (second, "registered", [e.after for e in effects]),
    ):
        low, high = ([float(ends[end]) if ends else None for ends in found] for end in (0, 1))
        series += figures.with_high(day, low, high, style, t)
    categories = tuple(names[e.code] for e in effects)
    chart = Chart("bars", tile.title, categories, tuple(series), unit, divisor, tile.sentence)
    grid = grid_of(table, [(0, as_text), ((1, 2), as_amount), ((3, 4), as_amount), ((5, 6), _signed)], t)
    return section_of(tile, chart, grid)


def _tonnes(part: parts.TargetPart, rung: str) -> Ends | None:
    row = part.content.ladder_row(rung)
    return None if row["tco2_low"] is None else (row["tco2_low"], row["tco2_high"])


def _signed(value: Any, t: Texts) -> str:  # noqa: ANN401
    low, high = value if isinstance(value, tuple) else (value, value)
    return signed(None if low is None else (low, high), t)


def _countries(desk: Desk, maker: TileMaker) -> Section:
    """Expected tonnes by the first target's year, by country, where the two days differ."""
    t, request = desk.t, desk.request
    first, second = _days(desk)
    sums: list[dict[str, int]] = []
    for day in (request.earlier, request.as_of):
        found: dict[str, int] = {}
        for row in desk.warehouse.run("ladder_by_group", as_of=day).to_pylist():
            if row["rung"] in EXPECTED_RUNGS:
                found[row["value"]] = found.get(row["value"], 0) + (row["tco2_low"] or 0)
        sums.append(found)
    codes = [c for c in {*sums[0], *sums[1]} if sums[0].get(c, 0) != sums[1].get(c, 0)]
    codes.sort(key=lambda c: (-abs(sums[1].get(c, 0) - sums[0].get(c, 0)), c))
    table = labelled(
        {
            t("Partner country"): [t.country(c) for c in codes],
            first: pa.array([sums[0].get(c, 0) for c in codes], pa.int64()),
            second: pa.array([sums[1].get(c, 0) for c in codes], pa.int64()),
            t("Difference"): pa.array([sums[1].get(c, 0) - sums[0].get(c, 0) for c in codes], pa.int64()),
        }
    )
    tile = maker(
        "ladder_by_group",
        t("Projects with an annual estimate only"),
        title=t("Expected reductions by partner country on both days"),
        sentence=t.count("{n} country differs.", "{n} countries differ.", len(codes)),
        body=" ",
        table=table,
        key="countries",
    )
    writes: Columns = [(0, as_text), (1, as_amount), (2, as_amount), (3, _signed)]
    return section_of(tile, grid=grid_of(table, writes, t))


def _projects(desk: Desk, maker: TileMaker) -> Section:
    """Projects that became known, and those whose stage or estimate changed."""
    t, request = desk.t, desk.request
    given = {"sort": "project", "rows_at_most": ALL_ROWS}
    old, new = (
        {r["project_id"]: r for r in desk.warehouse.run("projects", as_of=day, **given).to_pylist()}
        for day in (request.earlier, request.as_of)
    )
    stages = desk.names["status"]
    rows: list[tuple[str, str, str, str, str]] = []
    for code, row in new.items():
        what = _changes(old.get(code), row, lambda stage: stages.get(stage, stage), t)
        if what:
            rows.append((code, title_of(row, t), t.country(row["iso3"]), *what))
    known = sum(1 for code in new if code not in old)
    heads = (t("Project"), t("Title"), t("Partner country"), t("What changed"), t("Annual estimate"))
    table = pa.table({name: pa.array([r[i] for r in rows], pa.string()) for i, name in enumerate(heads)})
    tile = maker(
        "projects",
        t("All projects, studies and withdrawn ones included"),
        title=t("Projects: newly recorded, or changed in stage or estimate"),
        sentence=t(
            "{known} projects newly recorded, {changed} changed.",
            known=t.number(known),
            changed=t.number(len(rows) - known),
        ),
        body=" ",
        table=table,
        key="project_changes",
    )
    return section_of(tile, grid=grid_of(table, [(i, as_text) for i in range(5)], t))


def _changes(
    old: dict[str, Any] | None, new: dict[str, Any], name: Callable[[str], str], t: Texts
) -> tuple[str, str] | None:
    """What changed, and the estimate; None where nothing did."""
    estimate = DASH if new["annual_tco2"] is None else as_tonnes(new["annual_tco2"], t)
    if old is None:
        return t("newly recorded: {stage}", stage=name(new["stage"])), estimate
    changed = []
    if old["stage"] != new["stage"]:
        changed.append(f"{name(old['stage'])} → {name(new['stage'])}")
        if new["stage"] == DORMANT:
            changed.append(t("no longer counted"))
    if old["annual_tco2"] != new["annual_tco2"]:
        before = DASH if old["annual_tco2"] is None else as_tonnes(old["annual_tco2"], t)
        changed.append(t("estimate changed"))
        estimate = f"{before} → {estimate}"
    return (t("; ").join(changed), estimate) if changed else None


def _issuances(desk: Desk, maker: TileMaker) -> Section:
    """Issuance events that became known between the days."""
    t, request = desk.t, desk.request
    before, after = (
        desk.warehouse.run("issuances", as_of=day).to_pylist() for day in (request.earlier, request.as_of)
    )
    known = {row["issuance_id"] for row in before}
    rows: Rows = [row for row in after if row["issuance_id"] not in known]
    table = pa.table(
        {
            t("Event"): pa.array([r["issuance_id"] for r in rows], pa.string()),
            t("Partner country"): pa.array([t.country(r["iso3"]) for r in rows], pa.string()),
            t("Decided on"): pa.array([r["decided_on"] for r in rows], pa.date32()),
            t("Issued on"): pa.array([r["issued_on"] for r in rows], pa.date32()),
            t("Amount"): pa.array([event_tonnes(r, t) for r in rows], pa.string()),
            t("Amount, low end (tCO2)"): pa.array([r["tco2_low"] for r in rows], pa.int64()),
            t("Amount, high end (tCO2)"): pa.array([r["tco2_high"] for r in rows], pa.int64()),
            t("Japanese side at least (tCO2)"): pa.array([r["japan_low_tco2"] for r in rows], pa.int64()),
            t("Japanese side at most (tCO2)"): pa.array([r["japan_high_tco2"] for r in rows], pa.int64()),
        }
    )
    tile = maker(
        "issuances",
        t("Our records of issuance are partial; see the target page for the coverage"),
        title=t("Issuance decisions newly recorded"),
        sentence=t.count("{n} event.", "{n} events.", len(rows)),
        body=" ",
        table=table,
        key="issuance_changes",
    )
    writes: Columns = [*((i, as_text) for i in range(5)), ((7, 8), as_tonnes)]
    return section_of(tile, grid=grid_of(table, writes, t, heads={7: t("Japanese side")}))


def _milestones(desk: Desk, after: parts.TargetPart, maker: TileMaker) -> Section:
    """What happened between the days."""
    t, earlier = desk.t, desk.request.earlier
    rows = [m for m in after.content.milestones if earlier is not None and m["milestone_on"] > earlier]
    rows.sort(key=lambda m: (m["milestone_on"], m["title_en"]), reverse=True)
    table = pa.table(
        {
            t("Date"): pa.array(
                [t.partial_day(m["milestone_on"], m["milestone_precision"]) for m in rows], pa.string()
            ),
            t("Event"): pa.array(
                [stated(t.pick(m["title_en"], m["title_ja"]), t) for m in rows], pa.string()
            ),
        }
    )
    tile = maker(
        "milestones",
        t("{n} milestones with a source", n=t.number(len(rows))),
        title=t("What happened between the two days"),
        sentence=t.count("{n} event.", "{n} events.", len(rows)),
        body=" ",
        table=table,
        key="milestone_changes",
    )
    return section_of(tile, grid=grid_of(table, [(0, as_text), (1, as_text)], t))
