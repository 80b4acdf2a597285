"""The report of a refresh in Markdown, English and Japanese: what was read, what is proposed, what it would change."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from etl.refresh.effects import Effects, RungEffect
from etl.refresh.proposal import Proposal, Proposed
from model.ladder import RUNGS

if TYPE_CHECKING:
    from etl.refresh.session import Attempt, Outcome

LONGEST = 80
_ACTIONS = {
    "added": ("New rows", "新規"),
    "same": ("Rows that may be one of ours", "既存の行と同一の可能性があるもの"),
    "changed": ("Changed values", "変更"),
    "contradicting": ("Statements that contradict the record", "記録と相違する記載"),
    "gone": ("No longer listed", "掲載がなくなったもの"),
}
_OUTCOMES = {"read": "読込済み", "unchanged": "変更なし", "partly": "一部のみ", "failed": "失敗"}

Say = Callable[[str, str], str]


def report_texts(
    proposed: Proposed, effects: Effects, attempts: "Sequence[Attempt]", today: date
) -> dict[str, str]:
    """Return the reports by file name."""
    return {
        "report.md": _report(proposed, effects, attempts, today, lambda en, _: en),
        "report.ja.md": _report(proposed, effects, attempts, today, lambda _, ja: ja),
    }


def head_of(proposals: Sequence[Proposal], say: Say) -> str:
    """Return what is proposed in one sentence."""
    if not proposals:
        return say(
            "The record agrees with what was read. Nothing is proposed.",
            "記録は読み込んだ資料と一致しています。提案はありません。",
        )
    counts = Counter(one.action for one in proposals)
    parts = [
        f"{say(*_ACTIONS[action])}{say(': ', '：')}{counts[action]:,}"
        for action in _ACTIONS
        if counts[action]
    ]
    waiting = sum(one.needs_decision for one in proposals)
    needs = say(
        f"{waiting:,} of {len(proposals):,} need a decision",
        f"{len(proposals):,}件中{waiting:,}件は判断が必要",
    )
    return f"{'; '.join(parts)} ({needs})." if say("en", "ja") == "en" else f"{'、'.join(parts)}（{needs}）。"


def outcome_head(outcome: "Outcome", say: Say) -> str:
    """Return what came of a refresh in one sentence; that nothing could be read is no agreement."""
    if not any(attempt.documents for attempt in outcome.attempts):
        return say(
            "Nothing could be read, so nothing is proposed.", "読み込めた資料がないため、提案はありません。"
        )
    return head_of(outcome.proposals, say)


def _report(
    proposed: Proposed, effects: Effects, attempts: "Sequence[Attempt]", today: date, say: Say
) -> str:
    day = today.isoformat()
    lines = [
        say(f"# Refresh of {day}", f"# {day} の更新案"),
        "",
        head_of(proposed.proposals, say),
        "",
        say(
            "Nothing of the record was changed. Write a decision into `proposals.csv` where one is needed (accept, claim, new or"
            f" reject), complete `added_*.csv`, then run `python -m etl accept {day}`.",
            "記録は変更していません。判断が必要な行は `proposals.csv` の decision 列に accept（採用）、claim（公表値として保持）、new（別の案件）又は"
            f" reject（不採用）を記入し、`added_*.csv` を補完の上、`python -m etl accept {day}` を実行してください。",
        ),
        *_sources(attempts, say),
        *_effects(effects, say),
    ]
    for action, titles in _ACTIONS.items():
        some = [one for one in proposed.proposals if one.action == action]
        if some:
            lines += ["", f"## {say(*titles)} ({len(some):,})", "", *_proposals(some, say)]
    return "\n".join(lines) + "\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[_cell(text) for text in row] for row in rows]
    return [_line(heads), _line(["---"] * len(heads)), *map(_line, cells)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    plain = " ".join(text.split()).replace("|", "\\|")
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _sources(attempts: "Sequence[Attempt]", say: Say) -> list[str]:
    rows = [
        [
            one.source_code,
            say(one.outcome, _OUTCOMES[one.outcome]),
            f"{one.documents:,}",
            f"{one.observed:,}",
            f"{one.set_aside:,}",
            one.stated_on.isoformat() if one.stated_on else "",
        ]
        for one in attempts
    ]
    heads = (
        say("source", "出典"),
        say("outcome", "結果"),
        say("documents", "資料"),
        say("rows", "行"),
        say("not understood", "解釈不能"),
        say("day of the data", "資料の時点"),
    )
    lines = ["", say("## Sources", "## 出典"), "", *_table(heads, rows)]
    problems = [say(*failure) for one in attempts for failure in one.failures]
    for one in attempts:
        for reading in one.readings:
            problems += [say(aside.message_en, aside.message_ja) for aside in reading.set_aside]
            if reading.unknown_headings:
                names = ", ".join(" ".join(name.split()) for name in reading.unknown_headings)
                problems.append(
                    say(
                        f"{one.source_code}: columns not used: {names}.",
                        f"{one.source_code}：使用しない列：{names}。",
                    )
                )
    kept = list(dict.fromkeys(problems))
    return [*lines, "", *(f"- {' '.join(text.split())}" for text in kept)] if kept else lines


def _effects(effects: Effects, say: Say) -> list[str]:
    lines = ["", say("## Effect if all is accepted", "## 全て採用した場合の影響"), ""]
    if effects.stopped_en:
        return [*lines, say(effects.stopped_en, effects.stopped_ja)]
    moved = [one for one in effects.rungs if one.before != one.after]
    if not moved:
        lines.append(say("No rung moves.", "各段階の量に変化はありません。"))
    else:
        names = {rung.code: rung.name_ja for rung in RUNGS}
        rows = [
            [
                f"FY{one.fiscal_year}" if say("en", "ja") == "en" else f"{one.fiscal_year}年度",
                say(one.rung, names[one.rung]),
                _tonnes(one.before),
                _tonnes(one.after),
                _share(one),
            ]
            for one in moved
        ]
        heads = (
            say("to the end of", "年度末まで"),
            say("rung", "段階"),
            say("before, tCO2", "変更前（tCO2）"),
            say("after, tCO2", "変更後（tCO2）"),
            say("of the target", "目標比"),
        )
        lines += _table(heads, rows)
    if effects.doubts:
        lines += ["", say("### Plausibility", "### 妥当性"), ""]
        lines += [
            f"- {one.code} ({one.level}), {one.row_key}: {say(one.message_en, one.message_ja)}"
            for one in effects.doubts
        ]
    return lines


def _tonnes(amount: tuple[int, int]) -> str:
    low, high = amount
    return f"{low:,}" if low == high else f"{low:,} - {high:,}"


def _share(one: RungEffect) -> str:
    return f"{one.before[0] / one.target_tco2:.2%} → {one.after[0] / one.target_tco2:.2%}"


def _proposals(some: Sequence[Proposal], say: Say) -> list[str]:
    heads = (
        say("no.", "番号"),
        say("row", "行"),
        say("column", "列"),
        say("record", "記録"),
        say("source states", "出典の記載"),
        say("like", "類似"),
        say("evidence", "根拠"),
        say("decision", "判断"),
    )
    rows = [
        [
            one.proposal_id,
            f"{one.table_name} {one.row_key}",
            one.column,
            one.value_before,
            one.value_after,
            f"{one.match_key} {one.match_score:.2f}" if one.match_score is not None else one.match_key,
            one.evidence,
            say("needed", "要") if one.needs_decision else "",
        ]
        for one in some
    ]
    return _table(heads, rows)
