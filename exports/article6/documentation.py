"""The list of fields in the documentation and in the workbook's summary."""

from collections.abc import Mapping

from model.ledger.agreed_format.fields import Field
from model.ledger.agreed_format.report import Words
from model.ledger.agreed_format.tables import TABLES
from model.ledger.agreed_format.values import right_of

_NEEDS: Mapping[str, Words] = {
    "required": ("required", "必須"),
    "conditional": ("required where it applies, else NA", "対象の場合は必須、対象外はNA"),
    "optional": ("optional", "任意"),
    "platform": ("filled in by the platform; stays empty", "プラットフォームが記入（空欄のまま）"),
}


def need_of(field: Field) -> Words:
    """Who fills a field and when, in both languages."""
    en, ja = _NEEDS[field.need]
    if field.when is None or not field.when.need + field.when.may:
        return en, ja
    values = (*field.when.need, *field.when.may)
    heading = next(
        f.heading
        for t in TABLES.values()
        if field in t.fields
        for f in t.fields
        if f.code == field.when.field
    )
    return f"{en} ({heading}: {', '.join(values)})", f"{ja}（{heading}：{'、'.join(values)}）"


def fields_markdown() -> str:
    """Every field of the format as Markdown: heading, both names, who fills it, and what may stand in it."""
    parts = []
    for table in TABLES.values():
        where = (
            f"labels from row {table.heading_row}"
            if table.is_vertical
            else f"headings in row {table.heading_row}"
        )
        parts += [
            f"### {table.title} / {table.title_ja}",
            "",
            f"Sheet “{table.sheet}”, {where}.",
            "",
            "| Field | 項目 | Filled / 記入 | Format / 形式 |",
            "|---|---|---|---|",
        ]
        for field in table.fields:
            need, right = need_of(field), ("", "") if field.need == "platform" else right_of(field)
            cells = (
                field.heading,
                field.ja,
                " / ".join(need),
                " / ".join(filter(None, dict.fromkeys(right))),
            )
            parts.append(f"| {' | '.join(cells)} |")
        parts.append("")
    return "\n".join(parts).rstrip()
