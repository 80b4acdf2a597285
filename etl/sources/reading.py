"""Bytes of a CSV file to rows of text with their line numbers. Nothing is interpreted here.

UTF-8 (with or without byte-order mark) and Shift_JIS as Windows writes it (cp932) are read, with any line ending.
"""

import csv
import difflib
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.sources.limits import Limits
from etl.sources.quarantine import visible
from etl.sources.stops import BuildStopped

csv.field_size_limit(2**31 - 1)  # a huge cell rejects its row, it does not end the reading

# Bytes of Western encodings often make kanji by accident, but hardly ever kana.
_KANA = re.compile("[ぁ-ゖァ-ヺ]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class TextRow:
    """A record of a file: the line on which it begins, counted from 1, and its cells without space around them."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class TextTable:
    """A file as text: name below data/, encoding found, hash, heading and records (blank lines left out)."""

    file: str
    encoding: str
    sha256: str
    header: tuple[str, ...]
    rows: tuple[TextRow, ...]


def read_table(path: Path, file: str, expected: Sequence[str], limits: Limits) -> TextTable:
    """Reads a file and checks its heading against the columns expected.

    Raises BuildStopped when the file is missing, empty, too large, not text, or lacks or adds a column.
    """
    content = _content(path, file, limits)
    text, encoding = _decoded(content, file)
    records = _records(text, file)
    if not records:
        raise BuildStopped(
            f"{file} is empty. Expected a heading with the columns {', '.join(expected)}.",
            f"{file} は空です。見出し行({'、'.join(expected)})が必要です。",
        )
    header = records[0].cells
    _check_header(header, expected, file)
    return TextTable(file, encoding, hashlib.sha256(content).hexdigest(), header, tuple(records[1:]))


def _content(path: Path, file: str, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.max_file_mb * 1_000_000:
            raise BuildStopped(
                f"{file} has {size:,} bytes, more than {limits.max_file_mb} MB. Set JCM_MAX_FILE_MB to allow it.",
                f"{file} は {size:,} バイトで、上限 {limits.max_file_mb} MB を超えています。JCM_MAX_FILE_MB で変更できます。",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BuildStopped(
            f"{file} is missing. Put it back below the data folder, or restore it from version control.",
            f"{file} がありません。data フォルダーに戻してください。",
        ) from error
    except OSError as error:
        raise BuildStopped(
            f"{file} cannot be read: {error.strerror}.", f"{file} を読み取れません({error.strerror})。"
        ) from error


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BuildStopped(
            f"{file} is UTF-16. Save it as UTF-8 (CSV UTF-8 in Excel).",
            f"{file} は UTF-16 です。UTF-8 で保存してください(Excel では「CSV UTF-8」)。",
        )
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise BuildStopped(
            f"{file}, line {line}: a zero byte; this is not a text file. Expected CSV in UTF-8 or Shift_JIS.",
            f"{file} の {line} 行目に NUL バイトがあります。UTF-8 又は Shift_JIS の CSV が必要です。",
        )
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    lines = {n: raw for n, raw in enumerate(content.split(b"\n"), start=1) if not raw.isascii()}
    utf8 = {n for n, raw in lines.items() if _decodes(raw, "utf-8")}
    if len(utf8) == len(lines):
        return content.decode("utf-8"), "utf-8"
    others = sorted(set(lines) - utf8)
    if utf8 and any(_decodes(lines[n], "cp932") for n in others):
        raise BuildStopped(
            f"{file} mixes encodings: line {min(utf8)} is UTF-8, line {others[0]} is not. Save the whole file as UTF-8.",
            f"{file} には文字コードが混在しています({min(utf8)} 行目は UTF-8、{others[0]} 行目は別)。全体を UTF-8 で保存してください。",
        )
    broken = [n for n in others if not _decodes(lines[n], "cp932")]
    if broken:
        raise BuildStopped(
            f"{file}, line {broken[0]}: neither UTF-8 nor Shift_JIS. Save the file as UTF-8.",
            f"{file} の {broken[0]} 行目は UTF-8 でも Shift_JIS でもありません。UTF-8 で保存してください。",
        )
    text = content.decode("cp932")
    if not _KANA.search(text):
        raise BuildStopped(
            f"{file}, line {others[0]}: not UTF-8, and not for certain Shift_JIS. Save the file as UTF-8.",
            f"{file} の {others[0]} 行目は UTF-8 ではなく、Shift_JIS とも断定できません。UTF-8 で保存してください。",
        )
    return text, "cp932"


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _records(text: str, file: str) -> list[TextRow]:
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline=""), strict=True)
    records: list[TextRow] = []
    line = 1
    try:
        for cells in reader:
            if any(trimmed := tuple(trim(cell) for cell in cells)):
                records.append(TextRow(line, trimmed))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BuildStopped(
            f"{file}, record beginning on line {line}: {error}. Check the quotation marks.",
            f"{file} の {line} 行目から始まる行を CSV として読めません({error})。引用符を確認してください。",
        ) from error
    return records


def trim(cell: str) -> str:
    """The text of a cell without the spaces and invisible signs around it."""
    return cell.strip().strip(_INVISIBLE).strip()


def _check_header(header: tuple[str, ...], expected: Sequence[str], file: str) -> None:
    """Raises BuildStopped with everything that is wrong with the heading."""
    if len(header) == 1 and len(expected) > 1 and (sign := next((s for s in ";\t" if s in header[0]), "")):
        raise BuildStopped(
            f"{file}, line 1: the cells are separated by {'semicolons' if sign == ';' else 'tabs'}. Expected commas.",
            f"{file} の 1 行目:区切りが{'セミコロン' if sign == ';' else 'タブ'}です。カンマ区切りで保存してください。",
        )
    repeated = sorted({name for name in header if name and header.count(name) > 1})
    missing = [name for name in expected if name not in header]
    extra = [name for name in header if name and name not in expected]
    faults = [
        (f"the column {name} stands twice; which one is meant?", f"列 {name} が重複しています。")
        for name in repeated
    ]
    faults += [
        (f"the column {name} is missing. Found: {_listed(header)}.", f"列 {name} がありません。")
        for name in missing
    ]
    faults += [_unknown_column(name, missing) for name in extra]
    faults += [
        (f"column {n} has no heading.", f"{n} 列目に見出しがありません。")
        for n, name in enumerate(header, start=1)
        if not name
    ]
    if faults:
        raise BuildStopped(
            "\n".join(visible(f"{file}, line 1: {en}") for en, _ in faults),
            "\n".join(visible(f"{file} の 1 行目:{ja}") for _, ja in faults),
        )


def _unknown_column(name: str, missing: Sequence[str]) -> tuple[str, str]:
    shown = name[:100]
    if close := difflib.get_close_matches(name, missing, n=1):
        return (
            f"the column {shown} is not known. Is {close[0]} meant?",
            f"列 {shown} は定義されていません。{close[0]} の誤りではありませんか。",
        )
    return (
        f"the column {shown} is not known. Remove it, or add it to the contract.",
        f"列 {shown} は定義されていません。削除するか、契約に追加してください。",
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)[:300]
