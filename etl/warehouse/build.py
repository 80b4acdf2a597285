"""The build: read, derive, check, write beside, publish. One function, one stage after the other."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from etl.contracts import TABLES
from etl.plausibility import find, lines_of, stop_on_findings
from etl.sources.intake import Facts, load_facts
from etl.sources.limits import Limits
from etl.sources.quarantine import quarantine_frame, tonnes_at_stake
from etl.sources.stops import BuildStopped
from etl.steps import derive, derive_tonnes
from etl.steps.assumptions import MissingAssumption
from etl.steps.checks import check_identities, data_as_of
from etl.steps.dating import in_force
from etl.steps.search_texts import search_texts
from etl.steps.sites import remarks_on_sites
from etl.warehouse.file import (
    check_file,
    column_meanings,
    differing_table,
    enforce_contracts,
    row_counts,
    write_file,
)
from etl.warehouse.publish import (
    flip,
    only_build,
    publish,
    published,
    remove_leftovers,
    remove_older,
    unfinished_path,
    version_path,
)
from etl.warehouse.shifts import (
    Shift,
    levels_of,
    published_levels,
    rejected_tonnes,
    shifts_between,
    stop_on_shifts,
    unacknowledged,
)
from etl.warehouse.version import Version, version_of
from model.ladder import ACTUAL_RUNGS
from model.ledger.rules import FIRST_VINTAGE

Progress = Callable[[str], None]

STAGES = ("reading", "deriving", "checking", "writing", "verifying", "publishing")
"""Stages of a build, in order; each is reported before it begins."""


@dataclass(frozen=True)
class BuildReport:
    """What a build found: version, day of the data, tables, and whether anything was published."""

    version: Version
    data_as_of: date
    path: Path | None
    is_new: bool
    facts: Facts
    frames: dict[str, pl.DataFrame]

    def rung_totals(self) -> dict[str, tuple[int, int]]:
        """Low and high end of each rung on the day of the data, expected ones to the last target year, tCO2."""
        expected = in_force(self.frames["expected"], self.data_as_of)
        verified = in_force(self.frames["verified"], self.data_as_of)
        totals = {
            rung: (tco2, tco2)
            for rung, tco2 in expected.group_by("rung").agg(pl.col("tco2").sum()).iter_rows()
        }
        for rung in ACTUAL_RUNGS:
            low, high = (int(verified[f"{rung}_{end}_tco2"].sum()) for end in ("low", "high"))
            totals[rung] = (low, high)
        return totals

    def names_of_participants(self) -> tuple[int, int]:
        """Names in the lists of projects, and of these the ones that are of a participant of the vocabulary."""
        known = self.frames["participant"].filter("is_resolved").select("participant_id")
        named = self.frames["project_participant"]
        return named.height, named.join(known, on="participant_id", how="semi").height


def read_and_doubt(
    data_dir: Path, limits: Limits, today: date | None
) -> tuple[Facts, pl.DataFrame, pl.DataFrame]:
    """Read facts alone; return them with their files (`source_file`) and what is doubtful (`finding`). Raises BuildStopped."""
    facts = load_facts(data_dir, limits)
    source_file = facts.source_files()
    finding = find({**facts.frames, "source_file": source_file}, lines_of(facts.tables), today)
    return facts, source_file, finding


def try_out(data_dir: Path, today: date) -> BuildReport:
    """Read facts and derive their tonnes alone, with what is doubtful in the table `finding`. Raises BuildStopped.

    For whoever asks what facts would come to: a report of fewer tables than that of `prepare`, in less time.
    """
    limits = Limits()
    facts, _, finding = read_and_doubt(data_dir, limits, today)
    day = data_as_of(facts.frames)
    try:
        derived = derive_tonnes(facts.frames, day)
    except MissingAssumption as missing:
        raise BuildStopped(missing.message_en, missing.message_ja) from missing
    frames = {**facts.frames, **derived, "finding": finding}
    return BuildReport(version_of(data_dir, limits), day, None, is_new=False, facts=facts, frames=frames)


def prepare(
    data_dir: Path,
    limits: Limits,
    progress: Progress = lambda _: None,
    today: date | None = None,
    *,
    is_trial: bool = False,
) -> BuildReport:
    """Reads, derives and checks without writing anything. Without `today` no reading is compared with it.

    A trial goes on where findings would stop a build; they are in its table `finding`. Raises BuildStopped.
    """
    version = version_of(data_dir, limits)
    progress("reading")
    facts, source_file, finding = read_and_doubt(data_dir, limits, today)
    day = data_as_of(facts.frames)
    if not is_trial:
        stop_on_findings(finding)
    progress("deriving")
    try:
        derived = derive(facts.frames, day)
    except MissingAssumption as missing:
        raise BuildStopped(missing.message_en, missing.message_ja) from missing
    frames = {**facts.frames, **derived}
    facts.remarks += remarks_on_sites(frames["project_site"], frames["project"], frames["map_shape"])
    frames |= search_texts(frames)
    progress("checking")
    frames["check_result"] = check_identities(frames)
    frames["quarantine"] = quarantine_frame(facts.rejected)
    frames["source_file"] = source_file
    frames["finding"] = finding
    first_on = facts.frames["partner_country"].get_column("signed_from_on").min()
    borders = {"data_as_of_on": day, "first_on": first_on, "first_vintage": FIRST_VINTAGE}
    frames["build"] = pl.DataFrame([{**asdict(version), **borders}])
    frames["column_meaning"] = column_meanings(frames)
    failed = frames["check_result"].filter(~pl.col("is_passed"))
    if failed.height:
        first = failed.row(0, named=True)
        raise BuildStopped(
            f"{failed.height} identities fail. {first['check_code']}: {first['title_en']}. {first['detail']}",
            f"整合性検査のうち{failed.height}項目が不合格です。{first['check_code']}：{first['title_ja']}。{first['detail']}",
        )
    frames = enforce_contracts(frames)
    if version_of(data_dir, limits) != version:
        raise BuildStopped(
            "The files were changed while they were read. Build again.",
            "読み取り中にファイルが変更されました。もう一度構築してください。",
        )
    return BuildReport(version, day, None, is_new=False, facts=facts, frames=frames)


def build(
    data_dir: Path,
    warehouse_dir: Path,
    *,
    force: bool = False,
    limits: Limits | None = None,
    progress: Progress = lambda _: None,
    today: date | None = None,
    acknowledged: str | None = None,
    is_trial: bool = False,
) -> BuildReport:
    """Builds the warehouse of a data folder and publishes it, unless that very version is published already.

    `acknowledged` is the reason for which tonnes may enter or leave the record in this build; `is_trial` lets it go on
    where findings would stop it. Raises BuildStopped;
    then nothing was published and the old version keeps serving.
    """
    limits = limits or Limits()
    try:
        with only_build(warehouse_dir):
            remove_leftovers(warehouse_dir)
            report = prepare(data_dir, limits, progress, today, is_trial=is_trial)
            _check_size(warehouse_dir, report, limits)
            if not acknowledged:
                stop_on_shifts(shifts_of(warehouse_dir, report))
            path = version_path(warehouse_dir, report.version.data_version)
            if not force and _is_whole(path, report):
                is_new = published(warehouse_dir) != path.resolve()
                if is_new:
                    flip(warehouse_dir, path)
            else:
                is_new = True
                _write_and_publish(warehouse_dir, report, progress)
                remove_older(warehouse_dir, limits.kept_versions)
    except (OSError, duckdb.Error) as error:
        raise _unreadable(
            error,
            f"What was published in {warehouse_dir} keeps serving.",
            f"{warehouse_dir} で公開済みの版は引き続き利用できます。",
        ) from error
    return replace(report, path=path, is_new=is_new)


def keep(data_dir: Path, warehouse_dir: Path, progress: Progress = lambda _: None) -> BuildReport:
    """Builds a data folder into a kept file without publishing it, so that it can be compared with others.

    Raises BuildStopped. The next builds treat it as an older version: `kept_versions` limits how many are kept.
    """
    try:
        with only_build(warehouse_dir):
            report = prepare(data_dir, Limits(), progress)
            path = version_path(warehouse_dir, report.version.data_version)
            is_new = not _is_whole(path, report)
            if is_new:
                _written(warehouse_dir, report, progress).replace(path)
    except (OSError, duckdb.Error) as error:
        raise _unreadable(error, "Nothing was kept.", "保存していません。") from error
    return replace(report, path=path, is_new=is_new)


def _unreadable(error: Exception, then_en: str, then_ja: str) -> BuildStopped:
    reason = str(error).splitlines()[0]
    return BuildStopped(
        f"A file cannot be read or written ({reason}). {then_en}",
        f"ファイルの読み書きに失敗しました（{reason}）。{then_ja}",
    )


def _written(warehouse_dir: Path, report: BuildReport, progress: Progress) -> Path:
    """The new file under its temporary name, written and checked."""
    path = unfinished_path(warehouse_dir, report.version.data_version)
    progress("writing")
    write_file(path, report.frames)
    progress("verifying")
    check_file(path, report.frames)
    return path


def _write_and_publish(warehouse_dir: Path, report: BuildReport, progress: Progress) -> None:
    try:
        unfinished = _written(warehouse_dir, report, progress)
        progress("publishing")
        publish(warehouse_dir, unfinished, report.version.data_version)
    except BaseException:
        remove_leftovers(warehouse_dir)
        raise


def _is_whole(path: Path, report: BuildReport) -> bool:
    """Whether a file exists and has exactly the rows of the report."""
    try:
        return path.is_file() and differing_table(path, report.frames) is None
    except duckdb.Error:
        return False


def shifts_of(warehouse_dir: Path, report: BuildReport) -> list[Shift]:
    """Tonnes that this build would move against the published version, or leave out, and that are not acknowledged."""
    shifts = rejected_tonnes(tonnes_at_stake(report.facts.rejected))
    before = published(warehouse_dir)
    levels = None if before is None else published_levels(before)
    if levels is not None:
        shifts += shifts_between(levels, levels_of(report.frames, report.data_as_of))
    return unacknowledged(shifts, report.frames["acknowledgement"])


def _check_size(warehouse_dir: Path, report: BuildReport, limits: Limits) -> None:
    """A table that lost many rows against the published version is more likely a fault than a fact."""
    before = published(warehouse_dir)
    if before is None:
        return
    try:
        counts = row_counts(before)
    except duckdb.Error:
        return  # the published file is damaged: there is nothing to compare with, and much to gain
    for table in TABLES:
        if not table.is_read or not counts.get(table.name):
            continue
        was, now = counts[table.name], report.frames[table.name].height
        is_gone = now == 0 and limits.max_shrink_share < 1
        if is_gone or was - now > max(limits.spared_rows, was * limits.max_shrink_share):
            raise BuildStopped(
                f"{table.name} shrank from {was} to {now} rows, more than {limits.max_shrink_share:.0%}"
                " (JCM_MAX_SHRINK_SHARE). If the rows are gone for good, set the limit higher for one build.",
                f"{table.name} が {was} 行から {now} 行に減少し、上限 {limits.max_shrink_share:.0%}"
                "（JCM_MAX_SHRINK_SHARE）を超えました。意図した減少の場合は、上限を上げて構築してください。",
            )
