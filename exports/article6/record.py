"""What the record knows that belongs in a report, and the reports that follow from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from babel.core import get_global

from exports.article6.activities import Activity, activities_of
from exports.article6.filling import FIRST_VERSION, JAPAN, Entry, Filing, NotYet, report_of
from exports.article6.filling import report_years as years_of
from exports.article6.filling import reporting_parties as parties_of
from model.ledger.agreed_format.report import Report, Words
from model.ledger.rules import FIRST_VINTAGE

Ask: TypeAlias = Callable[..., Sequence[Mapping[str, Any]]]
"""Rows of a named query: its name, and its parameters by name."""
PARTIES: Final = frozenset(
    code for code in get_global("territory_aliases") if len(code) == 3 and code.isalpha()
)
"""ISO 3166-1 alpha-3 of every country."""
ALL_ROWS: Final = 1_000_000
_NOT_MADE_UP: Final[Words] = (
    "Times of day, numbers of units and of registries are in no source and are not made up.",
    "時刻並びにユニット及び登録簿の番号は出典になく、補っていません。",
)


@dataclass(frozen=True)
class Record:
    """The ledger and what is known of projects and NDCs on a day; `last_years` has the end of each Party's NDC period."""

    entries: Sequence[Entry]
    activities: Mapping[str, Activity]
    last_years: Mapping[str, int]
    as_of: date
    data_version: str

    @property
    def parties(self) -> list[str]:
        """Japan, and the hosts of what is authorised."""
        return parties_of(self.entries)

    def years(self, party: str) -> list[int]:
        """Years that a Party has something to report of, the latest first."""
        return years_of(self.entries, self.as_of.year, party)

    def report(
        self, party: str, year: int, version: str = FIRST_VERSION, submitted_on: date | None = None
    ) -> Report:
        """The report of a Party and year. Raises NotYet for a year that is still to come."""
        if year > self.as_of.year:
            raise NotYet(year, self.as_of.year)
        first = FIRST_VINTAGE if party == JAPAN else None
        filing = Filing(party, year, version, submitted_on, first, self.last_years.get(party))
        return report_of(self.entries, filing, self.activities)

    def notes(self, year: int) -> list[Words]:
        """Where a report comes from, and that its year is not over where it is not."""
        found = [
            (
                f"Record of {self.as_of.isoformat()}, data version {self.data_version}. {_NOT_MADE_UP[0]}",
                f"{self.as_of.isoformat()}時点の記録（データ版 {self.data_version}）。{_NOT_MADE_UP[1]}",
            )
        ]
        if year == self.as_of.year:
            found.append(
                (
                    f"{year} is not over: holdings are those of {self.as_of.isoformat()}, not of 31 December.",
                    f"{year}年は終わっていません。保有量は12月31日ではなく{self.as_of.isoformat()}時点のものです。",
                )
            )
        return found


def record_of(ask: Ask, as_of: date, data_version: str) -> Record:
    """The record as known on a day."""
    entries = ask("ledger_entries", as_of=as_of)
    activities = activities_of(
        ask("issuances", as_of=as_of), ask("projects", as_of=as_of, rows_at_most=ALL_ROWS)
    )
    ends = {party: _last_year(ask, party, as_of) for party in parties_of(entries)}
    known = {party: year for party, year in ends.items() if year is not None}
    return Record(entries, activities, known, as_of, data_version)


def _last_year(ask: Ask, party: str, as_of: date) -> int | None:
    """The end of a Party's NDC period: Japan's by assumption NDC-PERIOD, a host's the year of the target in its NDC."""
    if party == JAPAN:
        rows = ask("assumptions", as_of=as_of)
        return next((int(row["value"]) for row in rows if row["assumption_code"] == "NDC-PERIOD"), None)
    rows = ask("country_climate", country=party, as_of=as_of)
    stated = next((str(row["value"]) for row in rows if row["item"] == "target year"), "")
    return int(stated) if stated.isdecimal() else None
