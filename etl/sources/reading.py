"""Bytes of a CSV file to rows of text with their line numbers. Nothing is interpreted here.

UTF-8 (with or without byte-order mark) and Shift_JIS as Windows writes it (cp932) are read, with any line ending.
"""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped

csv.field_size_limit(2**31 - 1)  # a huge cell rejects its row, it does not end the reading


@dataclass(frozen=True)
class TextRow:
    """A record of a file: the line on which it begins, counted from 1, and its cells."""

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
    header = tuple(cell.strip() for cell in records[0].cells)
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
    return content.decode("cp932"), "cp932"


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
            if any(cell.strip() for cell in cells):
                records.append(TextRow(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BuildStopped(
            f"{file}, record beginning on line {line}: {error}. Check the quotation marks.",
            f"{file} の {line} 行目から始まる行を CSV として読めません({error})。引用符を確認してください。",
        ) from error
    return records


def _check_header(header: tuple[str, ...], expected: Sequence[str], file: str) -> None:
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise BuildStopped(
            f"{file}, line 1: the column {', '.join(repeated)} stands twice.",
            f"{file} の 1 行目:列 {'、'.join(repeated)} が重複しています。",
        )
    missing = [name for name in expected if name not in header]
    if missing:
        raise BuildStopped(
            f"{file}, line 1: the column {', '.join(missing)} is missing. Found: {', '.join(header)[:300]}.",
            f"{file} の 1 行目:列 {'、'.join(missing)} がありません。見つかった列:{'、'.join(header)[:300]}。",
        )
    extra = [name for name in header if name not in expected]
    if extra:
        raise BuildStopped(
            f"{file}, line 1: the column {', '.join(extra)[:300]} is not known. Remove it, or add it to the contract.",
            f"{file} の 1 行目:列 {'、'.join(extra)[:300]} は定義されていません。削除するか、契約に追加してください。",
        )
