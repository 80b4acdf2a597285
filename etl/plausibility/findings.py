"""From doubts to findings: where they stand, whether they were acknowledged, and whether they stop the build."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from etl.contracts.plausibility import FINDING
from etl.plausibility.lines import Lines, no_lines
from etl.plausibility.record import Record
from etl.plausibility.rule import Doubt, Rule
from etl.sources.quarantine import visible
from etl.sources.stops import BuildStopped

ACKNOWLEDGEMENTS = "acknowledged/findings.csv"
SHOWN = 20
"""Findings told in full when the build stops; the others are counted."""

_UNUSED = Rule(
    "ACKNOWLEDGED-NOTHING",
    "tell",
    "acknowledgements",
    "An acknowledgement stands only as long as its finding",
    "確認の記載は対応する指摘がある場合にのみ有効である",
    lambda _: (),
)


def find(
    rules: Sequence[Rule],
    frames: Mapping[str, pl.DataFrame],
    lines: Lines = no_lines,
    today: date | None = None,
) -> pl.DataFrame:
    """Judge the fact tables; return `finding`, by rule and key.

    `frames` holds the typed fact tables after their contracts, and `source_file` where the dates of lists are to be
    judged. Without `today`, no reading is held against it.
    """
    record = Record(frames, today)
    doubts = {
        (rule.code, doubt.table, doubt.key, doubt.value): (rule, doubt)
        for rule in rules
        for doubt in rule.find(record)
    }
    stated = frames["acknowledgement"].iter_rows(named=True) if "acknowledgement" in frames else ()
    acknowledged = {
        (a["rule_code"], a["row_key"], a["value"]): (a["reason_en"], a["reason_ja"]) for a in stated
    }
    # What is refused cannot stand, whatever was acknowledged.
    used = {
        (code, key, value) for (code, _, key, value), (rule, _) in doubts.items() if rule.level != "refuse"
    }
    judged = {rule.code for rule in rules}
    for unused in _unused(key for key in acknowledged if key not in used and key[0] in judged):
        doubts[_UNUSED.code, unused.table, unused.key, unused.value] = (_UNUSED, unused)
    by_table: dict[str, set[str]] = {}
    for _, name, key, _ in doubts:
        by_table.setdefault(name, set()).add(key)
    places = {name: lines(name, keys) for name, keys in by_table.items()}
    rows = []
    for (code, name, key, value), (rule, doubt) in doubts.items():
        file, line = places[name].get(key, (None, None))
        reasons = acknowledged.get((code, key, value)) if rule.level != "refuse" else None
        rows.append(
            {
                "rule_code": code,
                "level": rule.level,
                "table_name": name,
                "row_key": key,
                "value": value,
                "file": file,
                "line": line,
                "subject": doubt.subject,
                "tco2": doubt.tco2,
                "message_en": f"{doubt.en} Expected: {_begun_small(rule.title_en)}.",
                "message_ja": f"{doubt.ja}（{rule.title_ja}。）",
                "is_acknowledged": reasons is not None,
                "reason_en": reasons[0] if reasons else None,
                "reason_ja": reasons[1] if reasons else None,
            }
        )
    schema = {name: column.dtype for name, column in FINDING.schema.columns().items()}
    return pl.DataFrame(rows, schema=schema).sort("rule_code", "table_name", "row_key", "value")


def hold_findings(findings: pl.DataFrame) -> None:
    """Raises BuildStopped where something is refused, or held and not acknowledged. What is only told passes."""
    stopping = findings.filter(
        (pl.col("level") == "refuse") | ((pl.col("level") == "hold") & ~pl.col("is_acknowledged"))
    ).sort(pl.col("level") == "hold", maintain_order=True)
    if stopping.is_empty():
        return
    shown = stopping.head(SHOWN).rows(named=True)
    more = stopping.height - len(shown)
    en = [f"{stopping.height} rows are well-formed, but doubtful; nothing was published."]
    ja = [f"形式上は適合するが疑義のある行が{stopping.height}件あるため、公開していません。"]
    for row in shown:
        where = f"{row['file']}, line {row['line']}" if row["file"] else row["table_name"]
        where_ja = f"{row['file']} の {row['line']} 行目" if row["file"] else row["table_name"]
        cells = f"{row['rule_code']},{row['row_key']},{row['value']}"
        held = row["level"] == "hold"
        how = (
            f"If it is true, add to data/{ACKNOWLEDGEMENTS}: {cells}, with the reason."
            if held
            else "Correct it."
        )
        how_ja = (
            f"正しい場合は data/{ACKNOWLEDGEMENTS} に {cells} と理由を追加してください。"
            if held
            else "訂正してください。"
        )
        en.append(visible(f"{where} ({row['row_key']}): {row['message_en']} {how}"))
        ja.append(visible(f"{where_ja}（{row['row_key']}）：{row['message_ja']}{how_ja}"))
    if more:
        en.append(f"… and {more} more.")
        ja.append(f"ほか{more}件。")
    raise BuildStopped("\n".join(en), "\n".join(ja))


def _unused(keys: Iterable[tuple[str, str, str]]) -> Iterable[Doubt]:
    for code, key, value in keys:
        yield Doubt(
            "acknowledgement",
            f"{code};{key};{value}",
            key,
            value,
            f"{code} of {key} ({value}) is acknowledged, but acknowledges nothing: there is no such finding. Remove the row.",
            f"{code}（{key}、{value}）に対応する指摘がない。この行を削除する。",
        )


def _begun_small(title: str) -> str:
    """A title as the end of a sentence; names and codes keep their capitals."""
    return title[0].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title
