"""References between tables and rules across tables. A rejected row in turn fails the rows that refer to it."""

from collections.abc import Collection, Mapping

from etl.contracts import CROSS_RULES, CrossRule, Reference
from etl.contracts.empty_cells import INSTEAD, WHOLE_LISTS
from etl.sources.cells import CellRow, TypedRows, cell_names
from etl.sources.quarantine import FOLLOWS, Message, Quarantine
from etl.sources.rule_messages import nearest
from etl.sources.settling import CellFault, enforce_rules, settle

_MOST_COMPARED = 50_000
"""Keys and unknown keys that are compared, pair by pair, to find what may be meant."""


def enforce_references(tables: dict[str, TypedRows], quarantine: Quarantine) -> None:
    """Settle, in place, what points at nothing or breaks a rule across tables, until nothing does."""
    changed = True
    while changed:
        changed = False
        for name, typed in tables.items():
            if faults := _pointing_at_nothing(typed, tables, quarantine):
                tables[name], changed = enforce_rules(settle(typed, faults, quarantine), quarantine), True
        for rule in CROSS_RULES:
            if faults := _across(rule, tables):
                tables[rule.table], changed = settle(tables[rule.table], faults, quarantine), True


def _across(rule: CrossRule, tables: Mapping[str, TypedRows]) -> list[CellFault]:
    failing = rule.failing({name: typed.frame for name, typed in tables.items()})
    if failing.is_empty():
        return []
    key = list(tables[rule.table].contract.row_key)
    placed = tables[rule.table].frame.select(key).with_row_index("⟨position⟩")
    positions = placed.join(failing.select(key), on=key, how="semi", nulls_equal=True)["⟨position⟩"]
    column, instead = INSTEAD.get(rule.name, (None, None))
    message = (rule.text.en, rule.text.ja)
    return [CellFault(position, column, rule.name, message, instead) for position in positions.sort()]


def _pointing_at_nothing(
    typed: TypedRows, tables: Mapping[str, TypedRows], quarantine: Quarantine
) -> list[CellFault]:
    """One fault for each unknown part of a cell. From most lists it is dropped and the others stay."""
    faults: list[CellFault] = []
    for reference in typed.contract.references:
        target = tables[reference.to_table]
        keys = target.frame.get_column(reference.to_column)
        values = typed.frame.get_column(reference.column)
        is_unknown = ~values.is_in(keys.implode()).fill_null(value=True)
        unknown = values.filter(is_unknown).unique(maintain_order=True).to_list()
        known = set(keys) if unknown else set()
        if reference.is_list:
            unknown = [text for text in unknown if any(part not in known for part in _parts(text))]
        if not unknown:
            continue
        rejected = quarantine.rejected_rows(
            reference.to_table, cell_names(target.contract)[reference.to_column]
        )
        messages: dict[str | int, tuple[str, Message]] = {}
        for position in values.is_in(unknown).fill_null(value=False).arg_true():
            parts = _parts(values[position]) if reference.is_list else [values[position]]
            left = None
            if reference.is_list and reference.column not in WHOLE_LISTS.get(typed.contract.name, ()):
                left = ";".join(str(part) for part in parts if part in known) or None
            for part in parts:
                if part in known:
                    continue
                if part not in messages:
                    terms = known if len(known) * (len(messages) + 1) <= _MOST_COMPARED else ()
                    messages[part] = _message_on(str(part), reference, rejected.get(str(part)), terms)
                faults.append(CellFault(position, reference.column, *messages[part], left))
    return faults


def _parts(value: str | int) -> list[str | int]:
    return [part.strip() for part in str(value).split(";") if part.strip()]


def _message_on(
    part: str, reference: Reference, target: CellRow | None, terms: Collection[object]
) -> tuple[str, Message]:
    shown = part[:200]
    if target is None:
        near = nearest(part, [key for key in terms if isinstance(key, str)])
        return "dangling reference", (
            f"{shown} is not in {reference.to_table}. Expected a key of that table.{near[0]}",
            f"{shown} は {reference.to_table} にありません。{reference.to_table} の識別子が必要です。{near[1]}",
        )
    return FOLLOWS, (
        f"{shown} of {reference.to_table} was itself rejected ({target.file}, line {target.line}).",
        f"{shown}（{reference.to_table}）の行は除外されています（{target.file} の {target.line} 行目）。",
    )
