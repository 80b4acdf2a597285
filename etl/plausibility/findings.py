"""From doubts to findings: their file and line, whether they were acknowledged, and whether they stop the build."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from etl.contracts import table
from etl.plausibility.lines import Lines, no_lines
from etl.plausibility.record import Record
from etl.plausibility.rule import About, Rule
from etl.sources.quarantine import visible
from etl.sources.stops import BuildStopped

ACKNOWLEDGEMENTS = "acknowledged/findings.csv"
SHOWN = 20
"""Findings reported in full when the build stops; the others are counted."""

_UNUSED = Rule(
    "ACKNOWLEDGED-NOTHING",
    "tell",
    "An acknowledgement stands only as long as its finding",
    "確認の記載は対応する指摘がある場合にのみ有効である",
    lambda row: About("acknowledgement", "{rule_code};{row_key};{value}".format_map(row), row["row_key"]),
    "{value}",
    "{rule_code} of {row_key} ({value}) is acknowledged, but acknowledges nothing: there is no such finding. Remove the"
    " row.",
    "{rule_code}（{row_key}、{value}）に対応する指摘がない。この行を削除する。",
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
    judged. Without `today`, no reading is compared with it.
    """
    record = Record(frames, today)
    doubts = [(rule, doubt) for rule in rules for doubt in rule.find(record)]
    stated = frames["acknowledgement"].iter_rows(named=True) if "acknowledgement" in frames else ()
    acknowledged = {(a["rule_code"], a["row_key"], a["value"]): a for a in stated}
    # What is refused cannot be published, whatever was acknowledged.
    used = {(rule.code, doubt.about.key, doubt.value) for rule, doubt in doubts if rule.level != "refuse"}
    judged = {rule.code for rule in rules}
    unused = [row for key, row in acknowledged.items() if key not in used and key[0] in judged]
    doubts += [(_UNUSED, doubt) for doubt in _UNUSED.doubts(unused)]
    keys: dict[str, set[str]] = {}
    for _, doubt in doubts:
        keys.setdefault(doubt.about.table, set()).add(doubt.about.key)
    places = {name: lines(name, some) for name, some in keys.items()}
    rows = {}
    for rule, doubt in doubts:
        name, key, subject, tco2 = doubt.about
        file, line = places[name].get(key, (None, None))
        reasons = acknowledged.get((rule.code, key, doubt.value)) if rule.level != "refuse" else None
        rows[rule.code, name, key, doubt.value] = {
            "rule_code": rule.code,
            "level": rule.level,
            "table_name": name,
            "row_key": key,
            "value": doubt.value,
            "file": file,
            "line": line,
            "subject": subject,
            "tco2": tco2,
            "message_en": f"{doubt.en} Expected: {_begun_small(rule.title_en)}.",
            "message_ja": f"{doubt.ja}（{rule.title_ja}。）",
            "is_acknowledged": reasons is not None,
            "reason_en": reasons["reason_en"] if reasons else None,
            "reason_ja": reasons["reason_ja"] if reasons else None,
        }
    return table("finding").frame(list(rows.values())).sort("rule_code", "table_name", "row_key", "value")


def stop_on_findings(findings: pl.DataFrame) -> None:
    """Raises BuildStopped where something is refused, or held and not acknowledged. What is only reported passes."""
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


def _begun_small(title: str) -> str:
    """A title as the end of a sentence; names and codes keep their capitals."""
    return title[0].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title
