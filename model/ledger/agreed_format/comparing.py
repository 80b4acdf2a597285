"""Two reports side by side: what differs, cell by cell, or where the reports of two Parties contradict each other.

Nothing is merged: both sides are told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.ledger.agreed_format import nomenclature as terms
from model.ledger.agreed_format.fields import NOT_APPLICABLE, Row, Table, Value
from model.ledger.agreed_format.report import Report, Words
from model.ledger.agreed_format.tables import ACTIONS, SUBMISSION, TABLES
from model.ledger.agreed_format.values import day_of

_KEYS: dict[str, tuple[str, ...]] = {
    "Authorizations": ("Id", "Version"),
    "Holdings": ("AuthorizationId", "VintageYear", "ItmoFirstId", "UnitFirstId"),
    "Authorized entities": ("Id", "CooperativeApproachId"),
    "Actions": ("Type", "Date", "AuthorizationId", "VintageYear", "ItmoFirstId", "UnitFirstId"),
}
_LOOSER: dict[str, tuple[str, ...]] = {
    "Authorizations": ("Id",),
    "Holdings": ("AuthorizationId", "VintageYear"),
    "Authorized entities": ("Id",),
    "Actions": ("Type", "AuthorizationId", "VintageYear"),
}


@dataclass(frozen=True)
class Difference:
    """One thing on which two reports differ, with the lines in both; a line is None where the row is in one alone."""

    sheet: str
    heading: str
    line_a: int | None
    line_b: int | None
    value_a: Value
    value_b: Value
    words: Words


def compare(a: Report, b: Report) -> list[Difference]:
    """What differs: cell by cell between reports of one Party, transfers against acquisitions between two Parties."""
    parties = a.stated("Party"), b.stated("Party")
    if None not in parties and parties[0] != parties[1]:
        return [*_between(a, b), *_between(b, a, is_turned=True)]
    return [difference for table in TABLES.values() for difference in _of_table(table, a, b)]


def _of_table(table: Table, a: Report, b: Report) -> Iterator[Difference]:
    pairs, only_a, only_b = _paired(table, a.rows(table), b.rows(table))
    for i, j in pairs:
        own, other = a.rows(table)[i], b.rows(table)[j]
        for field in table.fields:
            if _same(field.code, own, other):
                continue
            words = (
                f"“{_shown(own[field.code])}” in the first, “{_shown(other[field.code])}” in the second.",
                f"1つ目は「{_shown(own[field.code])}」、2つ目は「{_shown(other[field.code])}」。",
            )
            yield Difference(
                table.sheet,
                field.heading,
                a.line(table, i, field.code),
                b.line(table, j, field.code),
                own[field.code],
                other[field.code],
                words,
            )
    for side, report, alone in ((0, a, only_a), (1, b, only_b)):
        for number in alone:
            row, head = report.rows(table)[number], table.fields[0]
            what = _summary(table, row)
            words = (
                (f"Only in the first: {what}.", f"1つ目のみ：{what}。"),
                (f"Only in the second: {what}.", f"2つ目のみ：{what}。"),
            )[side]
            line = report.line(table, number, head.code)
            yield Difference(
                table.sheet,
                head.heading,
                None if side else line,
                line if side else None,
                None if side else row[head.code],
                row[head.code] if side else None,
                words,
            )


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def _plain(code: str, row: Row) -> Value:
    """A value to compare: NA says as little as an empty cell."""
    return None if row[code] == NOT_APPLICABLE else row[code]


def _same(code: str, own: Row, other: Row) -> bool:
    return _plain(code, own) == _plain(code, other)


def _paired(
    table: Table, a: Sequence[Row], b: Sequence[Row]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Rows that belong together: equal ones, then by what identifies a row, then by less; and those left on each side."""
    left, right = dict.fromkeys(range(len(a))), dict.fromkeys(range(len(b)))
    pairs: list[tuple[int, int]] = []
    for codes in (tuple(table.by_code), _KEYS.get(table.key, ()), _LOOSER.get(table.key, ())):
        is_exact = len(codes) == len(table.fields)
        waiting: dict[tuple[Value, ...], list[int]] = defaultdict(list)
        for j in reversed(right):
            waiting[_key(codes, b[j], is_exact=is_exact)].append(j)
        for i in list(left):
            if found := waiting.get(_key(codes, a[i], is_exact=is_exact)):
                j = found.pop()
                pairs.append((i, j))
                del left[i], right[j]
    return sorted(pairs), list(left), list(right)


def _key(codes: Sequence[str], row: Row, *, is_exact: bool) -> tuple[Value, ...]:
    """What rows are paired by; short of all of a row, a time counts by its day."""
    return tuple(
        str(day_of(row[code])) if code == "Date" and not is_exact else _plain(code, row) for code in codes
    )


def _summary(table: Table, row: Row) -> str:
    codes = ("Type", "Date", "Id", "Name", "AuthorizationId", "VintageYear", "QuantityTCo2", "Quantity")
    return ", ".join(
        f"{table.by_code[c].heading} {row[c]}"
        for c in codes
        if c in row and row[c] not in {None, NOT_APPLICABLE}
    )


def _between(giver: Report, taker: Report, *, is_turned: bool = False) -> Iterator[Difference]:
    """What one Party reports as transferred to another against what the other reports as acquired from it, by vintage."""
    given_by, taken_by = giver.stated("Party"), taker.stated("Party")
    given, given_line = _sums(giver, (terms.FIRST_TRANSFER, terms.TRANSFER), "AcquiringPartyId", taken_by)
    taken, taken_line = _sums(taker, (terms.ACQUISITION,), "TransferringPartyId", given_by)
    for key in sorted({*given, *taken}, key=str):
        if given[key] == taken[key]:
            continue
        place, vintage = key
        of, year = _shown(place) or "?", _shown(vintage) or "?"
        gave, took = f"{given[key]:,} t", f"{taken[key]:,} t"
        words = (
            f"{given_by}: {gave} transferred to {taken_by}; {taken_by}: {took} acquired. Outcomes of {of}, vintage {year}.",
            f"{given_by}の報告では{taken_by}への移転が{gave}、{taken_by}の報告では取得が{took}（{of}の成果、削減年{year}）。",
        )
        lines = given_line.get(key), taken_line.get(key)
        values = given[key], taken[key]
        first, second = (1, 0) if is_turned else (0, 1)
        yield Difference(
            ACTIONS.sheet,
            ACTIONS.by_code["QuantityTCo2"].heading,
            lines[first],
            lines[second],
            values[first],
            values[second],
            words,
        )


def _sums(
    report: Report, types: tuple[str, ...], code: str, party: Value
) -> tuple[Counter[tuple[Value, Value]], dict[tuple[Value, Value], int]]:
    """Tonnes by Party of origin and vintage, and the line of the first action of each."""
    sums: Counter[tuple[Value, Value]] = Counter()
    lines: dict[tuple[Value, Value], int] = {}
    for number, row in enumerate(report.rows(ACTIONS)):
        if row["Type"] not in types or row[code] != party:
            continue
        key = (row["FirstTransferringPartyId"], row["VintageYear"])
        quantity = row["QuantityTCo2"]
        sums[key] += quantity if isinstance(quantity, int) else 0
        lines.setdefault(key, report.line(ACTIONS, number, "QuantityTCo2"))
    return sums, lines


def same_rows(a: Report, b: Report) -> bool:
    """Whether two reports say the same, but for the day of their submission."""
    return all(d.sheet == SUBMISSION.sheet and d.heading == "Date of submission" for d in compare(a, b))
