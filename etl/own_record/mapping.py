"""`mapping.toml` beside the files of an own record: how headings and terms of the office are called here.

For each file:

    ["進捗管理表.xlsx"]
    template = "projects"              # projects, issuances, article6-events or selections
    sheet = "2026"                     # only where the file has several
    unit = "千t"                       # of amounts without a unit of their own
    columns = { "管理番号" = "ref_no", "年間削減量" = "est_annual_tco2" }
    values = { status = { "登録済" = "registered" } }
"""

import tomllib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.importers.office_rows import scales_in
from etl.importers.source import SourceNotRead
from etl.importers.templates import TEMPLATES, template_headings

MAPPING = "mapping.toml"
_SETTINGS = ("template", "sheet", "unit", "columns", "values")


@dataclass(frozen=True)
class Mapped:
    """How a file of the office is read: the template it fills, its sheet, unit, headings and terms."""

    template: str
    sheet: str | None = None
    unit: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def plain_name(name: str) -> str:
    """Return the name of a file as it is compared: some systems store が as か and a mark."""
    return unicodedata.normalize("NFC", name)


def read_mapping(folder: Path, files: Collection[str]) -> dict[str, Mapped]:
    """Return what the mapping file states, by file; nothing without one. Raises SourceNotRead for what it may not hold."""
    path = folder / MAPPING
    if not path.exists():
        return {}
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _wrong(f"it cannot be read ({error})", f"読み取れません（{error}）") from error
    found = {}
    for name, one in stated.items():
        if plain_name(name) not in files:
            there = ", ".join(sorted(files)) or "-"
            raise _wrong(
                f"there is no file {name}; found: {there}",
                f"ファイル {name} がありません（あるもの：{there}）",
            )
        found[plain_name(name)] = _mapped(name, one)
    return found


def _wrong(what_en: str, what_ja: str) -> SourceNotRead:
    return SourceNotRead(
        f"{MAPPING}: {what_en}. docs/own-record.md says what it may hold.",
        f"{MAPPING}：{what_ja}。記載方法は docs/own-record.md を参照してください。",
    )


def _mapped(name: str, stated: Any) -> Mapped:  # noqa: ANN401 - whatever the file holds
    if not isinstance(stated, dict):
        raise _wrong(
            f'{name} is no table; write ["{name}"] above its settings',
            f'{name} は ["{name}"] の形で記載してください',
        )
    known = ", ".join(TEMPLATES)
    template = stated.get("template")
    if template not in TEMPLATES:
        raise _wrong(
            f"{name}: template is {template!r}; expected one of {known}",
            f"{name}：template が {template!r} です。{known} のいずれかを指定してください",
        )
    for setting in stated:
        if setting not in _SETTINGS:
            listed = ", ".join(_SETTINGS)
            raise _wrong(
                f"{name}: there is no setting {setting}; expected {listed}",
                f"{name}：{setting} という項目はありません。使用できるのは {listed} です",
            )
    _check_forms(name, stated)
    fields = {heading.field for heading in template_headings(template)}
    for column in (*stated.get("columns", {}).values(), *stated.get("values", {})):
        if column not in fields:
            listed = ", ".join(sorted(fields))
            raise _wrong(
                f"{name}: the template {template} has no column {column}; it has {listed}",
                f"{name}：様式 {template} に列 {column} はありません。使用できるのは {listed} です",
            )
    unit = stated.get("unit", "")
    if unit and len(scales_in(unit)) != 1:
        raise _wrong(
            f"{name}: the unit “{unit}” is not understood; write t, kt, Mt, 千t or 万t",
            f"{name}：単位「{unit}」を読み取れません。t、kt、Mt、千t、万t のいずれかで記載してください",
        )
    return Mapped(**stated)


def _check_forms(name: str, stated: Mapping[str, Any]) -> None:
    """Refuse a setting that is not of its form: texts, or tables of texts."""
    columns, values = stated.get("columns", {}), stated.get("values", {})
    tables = [columns, *(values.values() if isinstance(values, dict) else [values])]
    texts = [stated.get("sheet", ""), stated.get("unit", "")]
    texts += [text for one in tables if isinstance(one, dict) for text in one.values()]
    is_whole = all(isinstance(one, dict) for one in tables) and all(isinstance(text, str) for text in texts)
    if not is_whole:
        raise _wrong(
            f'{name}: sheet and unit are texts; columns and values are tables of texts, such as {{ "管理番号" = "ref_no" }}',
            f'{name}：sheet 及び unit は文字列、columns 及び values は {{ "管理番号" = "ref_no" }} の形で記載してください',
        )
