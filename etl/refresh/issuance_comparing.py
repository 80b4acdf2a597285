"""Issuance events that a source states, compared with those on record."""

from collections.abc import Iterator, Sequence

from etl.importers.source import Observed
from etl.refresh.proposal import Proposal, Row
from etl.refresh.record_files import RecordFiles

COLUMNS = (
    *("decided_on", "issued_on", "period_start", "period_end"),
    *("total_tco2", "japan_tco2", "partner_tco2"),
)


def issuance_proposals(
    source_code: str, source_id: str, observed: Sequence[Observed], record: RecordFiles
) -> Iterator[Proposal]:
    """Return new events and changed cells. An event is that of the same project and period, else decision, else amount."""
    events: dict[str, list[Row]] = {}
    for row in record.rows("issuance"):
        for project_id in filter(None, row["project_ids"].split(";")):
            events.setdefault(project_id, []).append(row)
    numbers: dict[str, int] = {}
    taken: set[str] = set()
    for one in observed:
        project = one.cells["project_id"]
        same = _same(one, [row for row in events.get(project, []) if row["issuance_id"] not in taken])
        if same is None:
            joint = [
                row["issuance_id"]
                for row in events.get(project, [])
                if not row["project_id"] and _may_be(one, row)
            ]
            number = max(numbers.get(project, 0), _last_number(events.get(project, []))) + 1
            numbers[project] = number
            yield _new(source_code, source_id, one, f"{project}-{number}", joint)
            continue
        taken.add(same["issuance_id"])
        for column in COLUMNS:
            theirs, ours = one.cells.get(column, ""), same[column]
            if not theirs or ours == theirs:
                continue
            # A month on record agrees with a day in it, and the day says more.
            refines = not ours or theirs.startswith(ours)
            yield Proposal(
                action="changed" if refines else "contradicting",
                table_name="issuance",
                row_key=same["issuance_id"],
                column=column,
                value_before=ours,
                value_after=theirs,
                source_code=source_code,
                source_id=source_id,
                evidence=one.where,
                needs_decision=not refines,
            )


def _new(source_code: str, source_id: str, one: Observed, key: str, joint: Sequence[str]) -> Proposal:
    """An event that is not on record; it may be part of one that was stated for several projects together."""
    amount = one.cells.get("total_tco2")
    what = f"{one.cells.get('period_start', '?')} to {one.cells.get('period_end', '?')}: "
    return Proposal(
        action="same" if joint else "added",
        table_name="issuance",
        row_key=key,
        column="",
        value_before="",
        value_after=what + (f"{int(amount):,} tCO2" if amount else "amount not stated"),
        source_code=source_code,
        source_id=source_id,
        evidence=one.where,
        match_key=";".join(joint),
        needs_decision=bool(joint),
        cells={"issuance_id": key} | dict(one.cells),
    )


def _same(one: Observed, rows: Sequence[Row]) -> Row | None:
    own = [row for row in rows if row["project_id"]]
    for columns in (("period_start", "period_end"), ("decided_on",), ("total_tco2",)):
        if not all(one.cells.get(c) for c in columns):
            continue
        found = [row for row in own if all(_fits(row[c], one.cells[c]) for c in columns)]
        if len(found) == 1:
            return found[0]
    return None


def _fits(ours: str, theirs: str) -> bool:
    return bool(ours) and (ours == theirs or theirs.startswith(ours))


def _may_be(one: Observed, row: Row) -> bool:
    """Whether an event of several projects may have this one as its part: no day that both state differs."""
    days = [(row[c], one.cells.get(c, "")) for c in ("decided_on", "period_start", "period_end")]
    return all(not ours or not theirs or _fits(ours, theirs) for ours, theirs in days)


def _last_number(rows: Sequence[Row]) -> int:
    numbers = (row["issuance_id"].rpartition("-")[2] for row in rows if row["project_id"])
    return max((int(n) for n in numbers if n.isdecimal()), default=0)
