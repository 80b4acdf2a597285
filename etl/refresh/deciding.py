"""Deciding on proposals: accepting takes them over into the record, rejecting keeps the reason."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.contracts import table
from etl.plausibility import stop_on_findings
from etl.refresh.applying import apply
from etl.refresh.proposal import FOLDER, Proposal, Proposed, read_proposed
from etl.refresh.record_files import RecordFiles, only_refresh
from etl.sources.cells import cell_names, expected_header
from etl.sources.csv_rows import csv_text
from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped
from etl.warehouse.build import BuildReport, prepare


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
        record = RecordFiles(data, today)
        chosen = _with_their_rows(_chosen(proposed, only), proposed, record)
        rejected = _and_what_rests_on_them([one for one in chosen if one.decision == "reject"], proposed)
        taken = [replace(one, reason=one.reason or reason) for one in chosen if one.decision != "reject"]
        _check_decisions(taken, folder)
        apply(taken, proposed, record, today)
        left = _write(record, folder, proposed, _decided([*taken, *rejected], today))
        if taken:
            _check_buildable(record, today)
        files = record.commit() if taken or rejected else []
    return Decided(taken, rejected, left, files)


def reject(data: Path, name: str, only: Sequence[str], today: date, reason: str) -> Decided:
    """Keep proposals as rejected, with the reason; they are not proposed again. Raises BuildStopped for unknown keys."""
    folder = data / FOLDER / name
    with only_refresh(data):
        proposed = read_proposed(folder)
        chosen = _named(proposed, only) if only else [one for one in proposed.proposals if one.is_open]
        chosen = [replace(one, decision="reject", reason=reason) for one in chosen]
        rejected = _and_what_rests_on_them(chosen, proposed)
        record = RecordFiles(data, today)
        left = _write(record, folder, proposed, _decided(rejected, today))
        files = record.commit() if rejected else []
    return Decided((), rejected, left, files)


def _with_their_rows(chosen: Sequence[Proposal], proposed: Proposed, record: RecordFiles) -> list[Proposal]:
    """What is chosen, without cells of new rows that nobody has accepted yet: they wait for their row."""
    added = {(p.table_name, p.row_key) for p in proposed.proposals if p.action == "added"}
    now = {(p.table_name, p.row_key) for p in chosen if p.action == "added" and p.decision != "reject"}

    def waits(one: Proposal) -> bool:
        row = (one.table_name, one.row_key)
        is_of_new = bool(one.column) and one.decision != "reject" and row in added - now
        return is_of_new and record.row(one.table_name, one.row_key) is None

    return [one for one in chosen if not waits(one)]


def _and_what_rests_on_them(rejected: Sequence[Proposal], proposed: Proposed) -> list[Proposal]:
    """Rejected proposals with the open ones on cells of rows that are not added then, for the same reason."""
    rows = {(p.table_name, p.row_key): p for p in rejected if p.action == "added"}
    named = {one.proposal_id for one in rejected}
    rest = [
        replace(one, decision="reject", reason=rows[one.table_name, one.row_key].reason)
        for one in proposed.proposals
        if one.is_open
        and one.column
        and one.proposal_id not in named
        and (one.table_name, one.row_key) in rows
    ]
    return [*rejected, *rest]


def _check_decisions(taken: Sequence[Proposal], folder: Path) -> None:
    """Raises BuildStopped for decisions that do not fit what is proposed, and for new rows that lack a cell."""
    faults: list[tuple[str, str]] = []
    for one in taken:
        key, file = one.proposal_id, f"added_{one.table_name}.csv"
        is_row = bool(one.cells) and (one.action == "added" or one.decision == "new")
        lacking = [name for name in _needed(one.table_name) if not one.cells.get(name)] if is_row else []
        if one.decision == "claim" and not one.column:
            faults.append(
                (
                    f"{key}: only a value can be kept as a claim.",
                    f"{key}：claim は値の提案にのみ使用できます。",
                )
            )
        elif one.decision == "new" and one.action not in {"same", "added"}:
            faults.append((f"{key}: only a row can be new.", f"{key}：new は行の提案にのみ使用できます。"))
        elif one.decision == "accept" and one.action == "same" and one.table_name == "issuance":
            en = (
                f"{key}: this event may be a part of {one.match_key}, which holds the tonnes of several projects; both would"
                " count. Write new if it is another event, else reject."
            )
            ja = (
                f"{key}：複数案件をまとめた {one.match_key} の一部である可能性があり、二重計上となります。別の発行であれば new、"
                "そうでなければ reject と記入してください。"
            )
            faults.append((en, ja))
        elif lacking:
            cells_en, cells_ja = ", ".join(lacking), "、".join(lacking)
            faults.append(
                (
                    f"{key}: {file} lacks {cells_en}. Fill this in, or reject the row.",
                    f"{key}：{file} の {cells_ja} が空欄です。記入するか不採用としてください。",
                )
            )
    if faults:
        raise BuildStopped(
            f"Nothing was accepted of {folder.name}.\n" + "\n".join(en for en, _ in faults[:10]),
            f"{folder.name} は採用していません。\n" + "\n".join(ja for _, ja in faults[:10]),
        )


def _needed(table_name: str) -> list[str]:
    """Headings of the cells that a row of a table cannot do without."""
    contract = table(table_name)
    names = cell_names(contract)
    header = expected_header(contract)
    needed = (names[name] for name, column in contract.schema.columns().items() if not column.nullable)
    return [name for name in dict.fromkeys(needed) if name in header]


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
    try:
        with tempfile.TemporaryDirectory(prefix="jcm-accept-") as name:
            record.copy_to(Path(name))
            # A row that is rejected makes others doubtful: it is told first.
            report = prepare(Path(name), Limits(), today=today, is_trial=True)
        _check_rejected(report, record)
        stop_on_findings(report.frames["finding"])
    except BuildStopped as stopped:
        raise BuildStopped(
            f"Nothing was accepted: the record could not be built with it. {stopped.message_en}\nComplete added_*.csv, write"
            " reject where a proposal is wrong, or acknowledge what is true.",
            f"採用していません。採用後の記録を構築できません。{stopped.message_ja}\nadded_*.csv を補完し、誤った提案には reject"
            " と記入し、又は正しい値であることを記録してください。",
        ) from stopped


def _check_rejected(report: BuildReport, record: RecordFiles) -> None:
    fresh = [reason for reason in report.facts.rejected if reason.file in record.changed()]
    before = (
        {
            (r.table_name, r.subject, r.column, r.rule)
            for r in prepare(record.data, Limits(), is_trial=True).facts.rejected
        }
        if fresh
        else set()
    )
    faults = [r for r in fresh if (r.table_name, r.subject, r.column, r.rule) not in before]
    if faults:
        raise BuildStopped(
            "These rows would be rejected.\n" + "\n".join(r.message_en for r in faults[:10]),
            "以下の行が除外されます。\n" + "\n".join(r.message_ja for r in faults[:10]),
        )
