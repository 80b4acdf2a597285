"""A refresh from beginning to end: documents, readings, differences, effects, and the folder of proposals."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from etl.importers.catalogue import IMPORTERS
from etl.importers.source import Document, Names, Reading, SourceNotRead
from etl.refresh.comparing import Copy, compare, copy_row
from etl.refresh.documents import Documents, Progress
from etl.refresh.effects import Effects, effects_of, with_findings
from etl.refresh.new_rows import NewRows
from etl.refresh.proposal import (
    FOLDER,
    Proposal,
    Proposed,
    Row,
    all_proposals,
    numbered,
    remove_unfinished,
    write_proposed,
)
from etl.refresh.record_files import RecordFiles, only_refresh
from etl.refresh.report import report_texts

ALIASES = {"viet nam": "VNM", "lao pdr": "LAO", "japan": "JPN", "日本": "JPN", "jpn": "JPN"}
"""Names of countries that are neither in the table of partners nor letters of reference numbers."""


@dataclass
class Attempt:
    """What came of one source. `failures` are messages in English and Japanese."""

    source_code: str
    tried_on: date
    documents: int = 0
    unchanged: int = 0
    observed: int = 0
    proposed: int = 0
    read_on: date | None = None
    stated_on: date | None = None
    readings: list[Reading] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def set_aside(self) -> int:
        """Rows that were not understood."""
        return sum(len(reading.set_aside) for reading in self.readings)

    @property
    def outcome(self) -> str:
        """read or unchanged, partly where some documents could not be read, failed where none could."""
        if not self.documents:
            return "failed"
        if self.failures:
            return "partly"
        return "unchanged" if self.unchanged == self.documents else "read"


@dataclass(frozen=True)
class Outcome:
    """What a refresh came to; `folder` is None where nothing is proposed."""

    attempts: Sequence[Attempt]
    proposals: Sequence[Proposal]
    effects: Effects | None
    folder: Path | None

    @property
    def failed(self) -> bool:
        """Whether any source, or any document of one, could not be read."""
        return any(attempt.failures for attempt in self.attempts)


def names_in(record: RecordFiles) -> Names:
    """Return the names of countries that sources may use."""
    countries = dict(ALIASES)
    for row in record.rows("partner_country"):
        countries |= {row[name].casefold(): row["iso3"] for name in ("name_en", "name_ja", "iso3")}
    for row in record.rows("country_letters"):
        countries[row["letters"].casefold()] = row["iso3"]
    return Names(countries)


def refresh(
    data: Path, sources: Iterable[str], documents: Documents, today: date, progress: Progress
) -> Outcome:
    """Read sources, compare them with the record below `data`, and write what differs as proposals.

    One source that fails does not stop the others. Nothing of the record is changed.
    """
    with only_refresh(data):
        remove_unfinished(data)
        record = RecordFiles(data, today)
        on_hand = all_proposals(data)
        by_code = {row["source_code"]: row for row in record.rows("refresh_source")}
        names = names_in(record)
        attempts, copies = [], []
        for code in sources:
            attempt, read = _read(by_code[code], documents, names, today)
            attempts.append(attempt)
            copies += read
        progress("comparing")
        comparison = compare(copies, record)
        fresh = _complete(_not_yet_proposed(comparison.proposals, on_hand), record, on_hand)
        for attempt in attempts:
            attempt.proposed = sum(one.source_code == attempt.source_code for one in fresh)
        if not fresh:
            _note(attempts, record)
            return Outcome(attempts, (), None, None)
        fresh = numbered(fresh, today, _ids_of(on_hand, today))
        seen_by = {one.source_code for one in fresh}
        sightings = [row for row in comparison.sightings if row["source_code"] in seen_by]
        used = {row["source_id"] for row in sightings} | {one.source_id for one in fresh}
        stated = {row["source_id"]: row for row in [*(copy.source for copy in copies), *comparison.sources]}
        proposed = Proposed(fresh, [row for key, row in stated.items() if key in used], sightings)
        progress("effects")
        effects = effects_of(proposed, data, today)
        proposed.proposals = with_findings(proposed.proposals, effects.doubts)
        progress("writing")
        folder = write_proposed(
            data, _free_name(data, today), proposed, report_texts(proposed, effects, attempts, today)
        )
        _note(attempts, record)
    return Outcome(attempts, proposed.proposals, effects, folder)


def _read(
    source: Mapping[str, str], documents: Documents, names: Names, today: date
) -> tuple[Attempt, list[Copy]]:
    code = source["source_code"]
    attempt, copies = Attempt(code, today), []
    for got in documents.of(source):
        if isinstance(got, SourceNotRead):
            attempt.failures.append((got.message_en, got.message_ja))
            continue
        try:
            reading = IMPORTERS[code](got.document, names)
        except SourceNotRead as failed:
            attempt.failures.append((failed.message_en, failed.message_ja))
            continue
        attempt.documents += 1
        attempt.unchanged += got.is_unchanged
        attempt.readings.append(reading)
        attempt.observed += len(reading.observed)
        attempt.read_on = today
        attempt.stated_on = max(filter(None, (attempt.stated_on, reading.stated_on)), default=None)
        copies.append(_copy(source, got.document, reading))
    return attempt, copies


def _copy(source: Mapping[str, str], document: Document, reading: Reading) -> Copy:
    code = source["source_code"]
    return Copy(code, copy_row(code, document.part, reading.stated_on, document.read_on, source), reading)


def _not_yet_proposed(proposals: Iterable[Proposal], on_hand: Sequence[Proposal]) -> list[Proposal]:
    """Proposals that are not open already, and that nobody decided against on the very same state of the record.

    What would undo a contradiction that a person accepted is left to a person too.
    """
    known = Counter(one.content for one in on_hand if one.is_open or one.decision != "accept")
    chosen = {
        (one.table_name, one.row_key, one.column, one.value_after)
        for one in on_hand
        if one.action == "contradicting" and one.decided_on and one.decision == "accept"
    }
    seen: Counter[tuple[str, ...]] = Counter()
    fresh = []
    for one in proposals:
        seen[one.content] += 1
        # Two rows without a key may say the same of two projects; of anything else, to say it twice is to say it once.
        if one.is_of_a_new_row_without_key:
            is_known = seen[one.content] <= known[one.content]
        else:
            is_known = one.content in known or seen[one.content] > 1
        if is_known:
            continue
        if one.column and (one.table_name, one.row_key, one.column, one.value_before) in chosen:
            fresh.append(replace(one, action="contradicting", needs_decision=True))
        else:
            fresh.append(one)
    return fresh


def _complete(
    proposals: Iterable[Proposal], record: RecordFiles, on_hand: Sequence[Proposal]
) -> list[Proposal]:
    """Give new rows the cells that follow from what is stated, and a key of our own where they have none."""
    reserved = [
        one.cells.get("project_id", "") for one in on_hand if one.is_open and one.table_name == "project"
    ]
    new_rows = NewRows(record, reserved=reserved)
    completed = []
    for one in proposals:
        if not one.cells:
            completed.append(one)
            continue
        cells = new_rows.completed(one.table_name, one.cells, one.source_id)
        key = cells["project_id"] if one.table_name == "project" else one.row_key
        # Without a title in English somebody has to write one.
        is_open = one.table_name == "project" and not one.cells.get("title_en")
        completed.append(replace(one, cells=cells, row_key=key, needs_decision=one.needs_decision or is_open))
    return completed


def _ids_of(on_hand: Iterable[Proposal], today: date) -> list[str]:
    return [one.proposal_id for one in on_hand if one.proposed_on == today.isoformat()]


def _free_name(data: Path, today: date) -> str:
    """The day, with a number where the day has proposals already."""
    name, number = today.isoformat(), 1
    while (data / FOLDER / name).exists():
        number += 1
        name = f"{today.isoformat()}-{number}"
    return name


def _note(attempts: Sequence[Attempt], record: RecordFiles) -> None:
    """Keep the last attempt of each source."""
    for attempt in attempts:
        row = record.row("refresh_attempt", attempt.source_code)
        former_read = row["read_on"] if row else ""
        cells: Row = {
            "source_code": attempt.source_code,
            "tried_on": attempt.tried_on.isoformat(),
            "outcome": attempt.outcome,
            "read_on": attempt.read_on.isoformat() if attempt.read_on else former_read,
            "stated_on": attempt.stated_on.isoformat()
            if attempt.stated_on
            else row["stated_on"]
            if row
            else "",
            "documents": str(attempt.documents),
            "observed": str(attempt.observed),
            "set_aside": str(attempt.set_aside),
            "proposed": str(attempt.proposed),
            "message_en": attempt.failures[0][0] if attempt.failures else "as expected",
            "message_ja": attempt.failures[0][1] if attempt.failures else "正常",
        }
        if row is None:
            record.add("refresh_attempt", cells)
        else:
            row.update(cells)
    record.commit()
