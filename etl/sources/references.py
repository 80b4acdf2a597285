"""What holds between tables: references, and the rules across tables. A row that falls takes with it those on it."""

from collections.abc import Collection, Mapping

from etl.contracts import CROSS_RULES, Reference
from etl.sources.cells import CellRow, cell_names
from etl.sources.quarantine import Message, Quarantine
from etl.sources.rule_messages import nearest
from etl.sources.typed_rows import TypedRows


def hold_references(tables: dict[str, TypedRows], quarantine: Quarantine) -> None:
    """Reject, in place, rows that point at nothing or break a rule across tables, until none is left."""
    changed = True
    while changed:
        changed = False
        for name, typed in tables.items():
            keep = _pointing_at_something(typed, tables, quarantine)
            if not all(keep):
                tables[name], changed = typed.only(keep), True
        for rule in CROSS_RULES:
            typed = tables[rule.table]
            failing = set(rule.failing({name: t.frame for name, t in tables.items()}).iter_rows())
            keep = [key not in failing for key in typed.frame.select(typed.contract.row_key).iter_rows()]
            for row, is_kept in zip(typed.rows, keep, strict=True):
                if not is_kept:
                    quarantine.reject(row, rule.name, (rule.text.en, rule.text.ja))
            if not all(keep):
                tables[rule.table], changed = typed.only(keep), True


def _pointing_at_something(
    typed: TypedRows, tables: Mapping[str, TypedRows], quarantine: Quarantine
) -> list[bool]:
    keep = [True] * len(typed.rows)
    names = cell_names(typed.contract)
    for reference in typed.contract.references:
        known = set(tables[reference.to_table].frame.get_column(reference.to_column))
        for index, value in enumerate(typed.frame.get_column(reference.column)):
            for part in _parts(value, reference):
                if part not in known:
                    keep[index] = False
                    target = _rejected_target(part, reference, tables, quarantine)
                    rule, message = _told(str(part), reference, target, known)
                    quarantine.reject(typed.rows[index], rule, message, names[reference.column])
    return keep


def _parts(value: str | int | None, reference: Reference) -> list[str | int]:
    if reference.is_list and isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return [] if value is None else [value]


def _rejected_target(
    part: str | int, reference: Reference, tables: Mapping[str, TypedRows], quarantine: Quarantine
) -> CellRow | None:
    heading = cell_names(tables[reference.to_table].contract)[reference.to_column]
    return quarantine.rejected_row(reference.to_table, heading, str(part))


def _told(
    part: str, reference: Reference, target: CellRow | None, known: Collection[object]
) -> tuple[str, Message]:
    shown = part[:200]
    if target is None:
        near = nearest(part, [key for key in known if isinstance(key, str)])
        return "dangling reference", (
            f"{shown} is not in {reference.to_table}. Expected a key of that table.{near[0]}",
            f"{shown} は {reference.to_table} にありません。{reference.to_table} の識別子が必要です。{near[1]}",
        )
    return "reference to a rejected row", (
        f"This row needs {shown} of {reference.to_table}, which was itself rejected ({target.file}, line {target.line}).",
        f"{shown}({reference.to_table})の行は除外されています({target.file} の {target.line} 行目)。そのためこの行も除外します。",
    )
