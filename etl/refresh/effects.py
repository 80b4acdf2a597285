"""What the record would say if all proposals were accepted: every rung, every target, and what would be doubtful."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from etl.refresh.applying import apply
from etl.refresh.proposal import Proposal, Proposed
from etl.refresh.record_files import RecordFiles
from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped
from etl.steps.dating import in_force
from etl.warehouse.build import BuildReport, try_out
from etl.warehouse.version import version_of
from model.ladder import ACTUAL_RUNGS, RUNGS

Range = tuple[int, int]


@dataclass(frozen=True)
class RungEffect:
    """Tonnes of a rung cumulative to the end of a target year, before and after, low and high, tCO2."""

    fiscal_year: int
    target_tco2: int
    rung: str
    before: Range
    after: Range


@dataclass(frozen=True)
class Doubt:
    """A finding of plausibility, or a row that would be rejected, which the proposals bring."""

    code: str
    level: str
    table_name: str
    row_key: str
    message_en: str
    message_ja: str


@dataclass(frozen=True)
class Effects:
    """Effects on rungs by target year, doubts, and why nothing can be said where the trial stopped."""

    rungs: Sequence[RungEffect]
    doubts: Sequence[Doubt]
    stopped_en: str = ""
    stopped_ja: str = ""


def effects_of(proposed: Proposed, data: Path, today: date) -> Effects:
    """Return the effects of all proposals that can be accepted together. Nothing is written below `data`."""
    taken = _all_at_once(proposed.proposals)
    record = RecordFiles(data, today)
    try:
        before = _present(data, today)
        apply(taken, proposed, record, today)
        with tempfile.TemporaryDirectory(prefix="jcm-trial-") as name:
            record.copy_to(Path(name))
            after = try_out(Path(name), today)
    except BuildStopped as stopped:
        return Effects((), (), stopped.message_en, stopped.message_ja)
    levels = [_levels(report) for report in (before, after)]
    targets = _targets(after)
    rungs = [
        RungEffect(
            year,
            target,
            rung.code,
            levels[0].get((year, rung.code), (0, 0)),
            levels[1].get((year, rung.code), (0, 0)),
        )
        for year, target in targets
        for rung in RUNGS
    ]
    return Effects(rungs, _doubts(before, after))


def _all_at_once(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Proposals without those that contradict, or that would count something twice: they need a person first."""
    taken, matched = [], set[str]()
    for one in proposals:
        is_twice = one.action == "same" and (one.table_name != "project" or one.match_key in matched)
        if one.action != "contradicting" and not is_twice:
            taken.append(one)
        if one.action == "same":
            matched.add(one.match_key)
    return taken


_kept: dict[str, BuildReport] = {}


def _present(data: Path, today: date) -> BuildReport:
    """What the record says now; kept until it changes, for a session that refreshes several times."""
    version = version_of(data, Limits()).data_version
    if version not in _kept:
        _kept.clear()
        _kept[version] = try_out(data, today)
    return _kept[version]


def _targets(report: BuildReport) -> list[tuple[int, int]]:
    """Fiscal years of the targets in force, with their tonnes."""
    target = in_force(report.frames["target"], report.data_as_of).sort("fiscal_year")
    return list(target.select("fiscal_year", "high_tco2").iter_rows())


def _levels(report: BuildReport) -> dict[tuple[int, str], Range]:
    """Tonnes by target year and rung, low and high, on the day of the data."""
    expected = in_force(report.frames["expected"], report.data_as_of)
    verified = in_force(report.frames["verified"], report.data_as_of)
    found: dict[tuple[int, str], Range] = {}
    for year, _ in _targets(report):
        until = pl.col("fiscal_year") <= year
        sums = expected.filter(until).group_by("rung").agg(pl.col("tco2").sum())
        found |= {(year, rung): (tco2, tco2) for rung, tco2 in sums.iter_rows()}
        some = verified.filter(until.fill_null(value=True))
        for rung in ACTUAL_RUNGS:
            found[year, rung] = (int(some[f"{rung}_low_tco2"].sum()), int(some[f"{rung}_high_tco2"].sum()))
    return found


def _doubts(before: BuildReport, after: BuildReport) -> list[Doubt]:
    """Findings and rejected rows that were not there before."""
    key = ["rule_code", "table_name", "row_key", "value"]
    finding = after.frames["finding"].filter(~pl.col("is_acknowledged"))
    new = finding.join(before.frames["finding"], on=key, how="anti", nulls_equal=True)
    doubts = [
        Doubt(r["rule_code"], r["level"], r["table_name"], r["row_key"], r["message_en"], r["message_ja"])
        for r in new.iter_rows(named=True)
    ]
    known = {(r.table_name, r.subject, r.column, r.value, r.rule) for r in before.facts.rejected}
    return doubts + [
        Doubt(r.rule, "refuse", r.table_name, r.subject or "", r.message_en, r.message_ja)
        for r in after.facts.rejected
        if (r.table_name, r.subject, r.column, r.value, r.rule) not in known
    ]


def with_findings(proposals: Sequence[Proposal], doubts: Sequence[Doubt]) -> list[Proposal]:
    """Return the proposals with the codes of the rules that doubt their rows; what is refused or held needs a decision."""
    by_row: dict[tuple[str, str], list[Doubt]] = {}
    for doubt in doubts:
        by_row.setdefault((doubt.table_name, doubt.row_key.split(";")[0]), []).append(doubt)
    found = []
    for one in proposals:
        key = one.cells.get("project_id", one.row_key) if one.table_name == "project" else one.row_key
        mine = by_row.get((one.table_name, key.split(";")[0]), [])
        codes = ";".join(sorted({doubt.code for doubt in mine}))
        held = any(doubt.level in {"refuse", "hold"} for doubt in mine)
        found.append(replace(one, finding_codes=codes, needs_decision=one.needs_decision or held))
    return found
