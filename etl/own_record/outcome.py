"""What became of each row of an own record, in both languages, and the file that says so."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

ADDED, CHANGED, EQUAL, DOUBTFUL, ASIDE, NOTED = "added", "changed", "equal", "doubtful", "set aside", "noted"
_WORDS = {
    ADDED: ("added", "追加"),
    CHANGED: ("changed", "変更"),
    EQUAL: ("equal", "公表記録と同一"),
    DOUBTFUL: ("left out: doubtful", "保留"),
    ASIDE: ("set aside", "取り込めず"),
    NOTED: ("taken, but look at it", "要確認"),
}
REPORT = "report.csv"
"""What became of each row, beside the warehouse of the own record; a spreadsheet opens it."""
_SHOWN = {DOUBTFUL: 30, ASIDE: 30, NOTED: 10}
"""Messages shown of each kind; the others are counted."""


@dataclass(frozen=True)
class Entry:
    """What became of a row, or of a cell of it: where it stands, its key in the record, and why."""

    outcome: str
    where: str
    key: str = ""
    message_en: str = ""
    message_ja: str = ""


@dataclass
class Laid:
    """What an own record changes: names and numbers of rows of its files, and what became of them."""

    rows: dict[str, int] = field(default_factory=dict)
    changes: int = 0
    entries: list[Entry] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        """Return the number of rows, or cells, that came to something."""
        return sum(one.outcome == outcome for one in self.entries)

    def not_taken(self) -> list[Entry]:
        """Return what was left out, set aside, or is to be looked at."""
        return [one for one in self.entries if one.outcome in _SHOWN]

    def _of(self, outcome: str) -> list[Entry]:
        return [one for one in self.entries if one.outcome == outcome]

    def summary(self) -> list[str]:
        """Return in words what was taken, and what was not; the report has all of it."""
        counts = Counter(one.outcome for one in self.entries)
        told = ", ".join(
            f"{counts[outcome]:,} {en}" for outcome, (en, _) in _WORDS.items() if counts[outcome]
        )
        told_ja = "、".join(
            f"{ja}{counts[outcome]:,}件" for outcome, (_, ja) in _WORDS.items() if counts[outcome]
        )
        rows = sum(self.rows.values())
        shown = [one for kind, most in _SHOWN.items() for one in self._of(kind)[:most]]
        lines = [line for one in shown for line in (one.message_en, one.message_ja)]
        hidden = len(self.not_taken()) - len(shown)
        more = [f"and {hidden:,} more (ほか{hidden:,}件): see {REPORT}"] if hidden else []
        return [
            f"own record: {len(self.rows)} files, {rows:,} rows, {self.changes:,} changes laid over the public record: {told}",
            f"自組織の記録：{len(self.rows)}ファイル、{rows:,}行（{told_ja}）",
            *lines,
            *more,
        ]

    def report(self) -> str:
        """Return the report as CSV, one line a row or cell."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(["where", "outcome", "結果", "key", "message", "説明"])
        for one in self.entries:
            cells = (one.where, *_WORDS[one.outcome], one.key, one.message_en, one.message_ja)
            # A spreadsheet takes a text that begins so for a formula.
            writer.writerow([f"'{cell}" if cell[:1] in "=+-@" and cell else cell for cell in cells])
        return text.getvalue()


def listed(cells: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """Return changes of cells in words: column, value before, value after."""
    en = "; ".join(f"{column}: “{before}” → “{after}”" for column, before, after in cells)
    ja = "；".join(f"{column}：「{before}」→「{after}」" for column, before, after in cells)
    return en, ja
