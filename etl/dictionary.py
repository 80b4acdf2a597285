"""The data dictionary, rendered from the contracts: every table and column in English and Japanese."""

from typing import Any

from etl.contracts import TABLES, VIEWS, Table

_ORIGINS = {
    "snapshot": "facts as retrieved / 取得した事実",
    "targets": "targets / 目標",
    "assumptions": "assumptions / 仮定",
    "corrections": "corrections / 訂正",
    "vocabulary": "names of terms / 用語の名称",
    "geography": "prepared for maps / 地図用に作成",
    "derived": "derived by the build / 構築時に算出",
    "view": "view on history, as of the day of the data / 履歴のビュー（データ基準日時点）",
    "record": "record of the build / 構築の記録",
    "acknowledged": "looked into and kept / 確認の上で採用",
    "refresh": "kept by refreshes / 更新の記録",
}


def render_dictionary() -> str:
    """Markdown of the whole dictionary."""
    places = ("main", "history", "record")
    ordered = sorted((*VIEWS, *TABLES), key=lambda table: places.index(table.place))
    head = [
        "# Data dictionary / データ辞書",
        "",
        "Made from the contracts in `etl/contracts` by `python -m etl dictionary`; do not edit it by hand. The same texts",
        "stand as comments on the tables and columns of the warehouse.",
        "",
        "`etl/contracts` から `python -m etl dictionary` により作成しています。手で編集しないでください。",
        "",
        "Whoever sums a column of tonnes of a table or view without a prefix gets a figure that means what the column's name",
        "says, as of the day of the data. `history` holds what was known when, `record` what the build keeps of itself. Every",
        "view has a macro for any other day: `reduction_as_of(DATE '2022-03-31')`.",
        "",
        "接頭辞のない表及びビューの量の列は、合計すればデータ基準日における列名どおりの値となります。`history` は各時点で判明していた内容、",
        "`record` は構築の記録です。各ビューには任意の日を指定するマクロ（例：`reduction_as_of(DATE '2022-03-31')`）があります。",
        "",
        "| table / 表 | rows are / 内容 |",
        "|---|---|",
        *(f"| [`{t.qualified_name}`](#{_anchor(t)}) | {t.title_en} / {t.title_ja} |" for t in ordered),
    ]
    return "\n".join([*head, *(line for t in ordered for line in _table(t))]) + "\n"


def _anchor(table: Table) -> str:
    return table.qualified_name.replace(".", "")


def _table(table: Table) -> list[str]:
    files = ", ".join(f"`data/{f}`" for f in table.files)
    references = "; ".join(
        f"`{r.column}`{' (list)' if r.is_list else ''} → `{r.to_table}.{r.to_column}`"
        for r in table.references
    )
    lines = [
        "",
        f"## {table.qualified_name}",
        "",
        f"{table.title_en} / {table.title_ja}",
        "",
        f"- Origin / 区分: {_ORIGINS[table.origin]}" + (f" ({files})" if files else ""),
        f"- Key / 主キー: {', '.join(f'`{k}`' for k in table.row_key)}",
    ]
    if references:
        lines.append(f"- References / 参照: {references}")
    lines += [
        "",
        "| column / 列 | type / 型 | meaning | 意味 | unit / 単位 | null / 空欄 |",
        "|---|---|---|---|---|---|",
    ]
    for name, column in table.schema.columns().items():
        facts: dict[str, Any] = column.metadata or {}
        null = f"{facts['null_en']} / {facts['null_ja']}" if facts["null_en"] else "never / なし"
        lines.append(
            f"| `{name}` | {column.dtype} | {_cell(facts['en'])} | {_cell(facts['ja'])} | {facts['unit'] or '–'} | {null} |"
        )
    if table.rule_texts:
        lines += ["", "Rules / 規則:", "", *(f"- {r.en} / {r.ja}" for r in table.rule_texts.values())]
    return lines


def _cell(text: str) -> str:
    """Text as a Markdown cell: signs that would be read as HTML or as the end of the cell are made harmless."""
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("|", "&#124;")
