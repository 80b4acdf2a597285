"""Deciding on proposals: accepting takes them over into the record, rejecting keeps the reason."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.contracts import table
from etl.refresh.applying import apply
from etl.refresh.proposal import FOLDER, Proposal, Proposed, read_proposed
from etl.refresh.record_files import RecordFiles, only_refresh
from etl.sources.cells import expected_header
from etl.sources.csv_rows import csv_text
from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped
from etl.warehouse.build import prepare


@dataclass(frozen=True)
class Decided:
    """What was decided now, and what is still open in that folder."""

    taken: Sequence[Proposal]
    rejected: Sequence[Proposal]
    open: Sequence[Proposal]
    files: Sequence[str]


def accept(data: Path, name: str, only: Sequence[str], today: date, reason: str = "") -> Decided:
    """Take proposals over into the record below `data`, all that are chosen or none.

    Chosen are those that need no decision and those with a decision in their row; `only` (keys of proposals or of rows)
    limits the choice, and counts as the decision to accept. Raises BuildStopped where the record was changed since, or
    could not be built afterwards; then nothing is changed.
    """
    folder = data / FOLDER / name
    with only_refresh(data):
        proposed = read_proposed(folder)
        chosen = _chosen(proposed, only)
        rejected = [one for one in chosen if one.decision == "reject"]
        taken = [replace(one, reason=one.reason or reason) for one in chosen if one.decision != "reject"]
        record = RecordFiles(data, today)
        apply(taken, proposed, record, today)
        left = _write(record, folder, proposed, _decided([*taken, *rejected], today))
        _check_buildable(record, today)
        files = record.commit()
    return Decided(taken, rejected, left, files)


def reject(data: Path, name: str, only: Sequence[str], today: date, reason: str) -> Decided:
    """Keep proposals as rejected, with the reason; they are not proposed again. Raises BuildStopped for unknown keys."""
    folder = data / FOLDER / name
    with only_refresh(data):
        proposed = read_proposed(folder)
        chosen = _named(proposed, only) if only else [one for one in proposed.proposals if one.is_open]
        rejected = [replace(one, decision="reject", reason=reason) for one in chosen]
        record = RecordFiles(data, today)
        left = _write(record, folder, proposed, _decided(rejected, today))
        files = record.commit()
    return Decided((), rejected, left, files)


def _chosen(proposed: Proposed, only: Sequence[str]) -> list[Proposal]:
    if only:
        return [replace(one, decision=one.decision or "accept") for one in _named(proposed, only)]
    return [
        replace(one, decision=one.decision or "accept")
        for one in proposed.proposals
        if one.is_open and (one.decision or not one.needs_decision)
    ]


def _named(proposed: Proposed, only: Sequence[str]) -> list[Proposal]:
    """Open proposals by their own key, the key of their row, their source, action or table."""
    named: Callable[[Proposal], set[str]] = lambda p: {  # noqa: E731
        *(p.proposal_id, p.row_key, p.source_code, p.action, p.table_name)
    }
    still = [one for one in proposed.proposals if one.is_open]
    unknown = [key for key in only if not any(key in named(one) for one in still)]
    if unknown:
        raise BuildStopped(
            f"No open proposal has the key, row, source, action or table {', '.join(unknown)}. Look into proposals.csv.",
            f"{'、'.join(unknown)} に該当する未決の提案がありません。proposals.csv を確認してください。",
        )
    return [one for one in still if named(one) & set(only)]


def _decided(proposals: Sequence[Proposal], today: date) -> dict[str, Proposal]:
    return {one.proposal_id: replace(one, decided_on=today.isoformat()) for one in proposals}


def _write(
    record: RecordFiles, folder: Path, proposed: Proposed, decided: dict[str, Proposal]
) -> list[Proposal]:
    """Have the decisions written with the record, and return what is still open."""
    now = [decided.get(one.proposal_id, one) for one in proposed.proposals]
    text = csv_text(expected_header(table("proposal")), [one.as_row() for one in now])
    file = (folder / "proposals.csv").relative_to(record.data).as_posix()
    record.write_beside(file, "\ufeff" + text)
    return [one for one in now if one.is_open]


def _check_buildable(record: RecordFiles, today: date) -> None:
    """Raises BuildStopped where the record could not be built any more, or rows of it would be rejected."""
    with tempfile.TemporaryDirectory(prefix="jcm-accept-") as name:
        record.copy_to(Path(name))
        report = prepare(Path(name), Limits(), today=today)
    fresh = [reason for reason in report.facts.rejected if reason.file in record.changed()]
    before = (
        {(r.table_name, r.subject, r.column, r.rule) for r in prepare(record.data, Limits()).facts.rejected}
        if fresh
        else set()
    )
    faults = [r for r in fresh if (r.table_name, r.subject, r.column, r.rule) not in before]
    if faults:
        raise BuildStopped(
            "Nothing was accepted: these rows would be rejected.\n"
            + "\n".join(r.message_en for r in faults[:10]),
            "以下の行が除外されるため、採用していません。\n" + "\n".join(r.message_ja for r in faults[:10]),
        )
