"""Bytes of a CSV file to rows of text with their line numbers. Nothing is interpreted here.

UTF-8 (with or without byte-order mark) and Shift_JIS as Windows writes it (cp932) are read, with any line ending.
"""

import codecs
import csv
import difflib
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from etl.sources.cells import LINE
from etl.sources.limits import Limits
from etl.sources.quarantine import visible
from etl.sources.stops import BuildStopped

csv.field_size_limit(2**31 - 1)  # a huge cell rejects its row, it does not end the reading

# Bytes of Western encodings often make kanji by accident, but hardly ever kana.
_KANA = re.compile("[ぁ-ゖァ-ヺ]")
_PIECE = 1 << 20
_KEPT_BYTES = 1_000_000
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_NO_LETTERS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\ufffd"
DAMAGED = re.compile(f"[{_NO_LETTERS}]")
"""Signs that no text holds unless it was damaged."""

# A cell that can be taken as it is written: no space or invisible sign at its ends, nothing damaged; bare or quoted.
_ENDS = rf"\s{_INVISIBLE}{_NO_LETTERS}"
_BARE = rf'[^",{_ENDS}](?:[^",{_NO_LETTERS}]*[^",{_ENDS}])?'
_QUOTED = rf'(?:[^"{_ENDS}]|"")(?:(?:[^"{_NO_LETTERS}]|"")*(?:[^"{_ENDS}]|""))?'
_CELL = rf'(?:{_BARE}|"(?:{_QUOTED})?")?'


@dataclass(frozen=True)
class TextRow:
    """A record of a file: the line on which it begins, counted from 1, and its cells without space around them."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class TextTable:
    """A file as text: name below data/, encoding found, hash, heading and records (blank ones left out).

    `frame` holds LINE and the cells by heading, null where empty; `ragged` the records with another number of cells.
    `may_be_damaged`: some cell contains a character that is not a letter.
    """

    file: str
    encoding: str
    sha256: str
    header: tuple[str, ...]
    frame: pl.DataFrame
    ragged: tuple[TextRow, ...]
    may_be_damaged: bool

    @property
    def height(self) -> int:
        """Records, the ragged ones included."""
        return self.frame.height + len(self.ragged)


def read_table(path: Path, file: str, expected: Sequence[str], limits: Limits) -> TextTable:
    """Reads a file and checks its heading against the columns expected.

    Raises BuildStopped when the file is missing, empty, too large, not text, or lacks or adds a column.
    """
    content = _content(path, file, limits)
    read = _kept_table if len(content) <= _KEPT_BYTES else _table
    return read(content, file, tuple(expected))


def _table(content: bytes, file: str, expected: tuple[str, ...]) -> TextTable:
    sha256 = hashlib.sha256(content).hexdigest()
    content, encoding = as_utf8(content, file)
    header, below = _heading(content, file)
    if not header:
        raise BuildStopped(
            f"{file} is empty. Expected a heading with the columns {', '.join(expected)}.",
            f"{file} は空です。見出し行（{'、'.join(expected)}）が必要です。",
        )
    _check_header(header, expected, file)
    frame, others = _records(content, header, below, file)
    return TextTable(
        file,
        encoding,
        sha256,
        header,
        frame,
        tuple(row for row in others if len(row.cells) != len(header)),
        any(DAMAGED.search(cell) for row in others for cell in row.cells),
    )


_kept_table = lru_cache(maxsize=128)(_table)
"""A refresh reads all files again after it changed few of them."""


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
            f"{file} cannot be read: {error.strerror}.", f"{file} を読み取れません（{error.strerror}）。"
        ) from error


def as_utf8(content: bytes, file: str) -> tuple[bytes, str]:
    """Return the content in UTF-8 with line feeds alone, and the encoding it had. Raises BuildStopped for what is no text."""
    content, encoding = _decoded(content, file)
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content, encoding


def _decoded(content: bytes, file: str) -> tuple[bytes, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BuildStopped(
            f"{file} is UTF-16. Save it as UTF-8 (CSV UTF-8 in Excel).",
            f"{file} は UTF-16 です。UTF-8 で保存してください（Excel では「CSV UTF-8」）。",
        )
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise BuildStopped(
            f"{file}, line {line}: a zero byte; this is not a text file. Expected CSV in UTF-8 or Shift_JIS.",
            f"{file} の {line} 行目に NUL バイトがあります。UTF-8 又は Shift_JIS の CSV が必要です。",
        )
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    if _is_utf8(content):
        return content, "utf-8"
    lines = {n: raw for n, raw in enumerate(content.split(b"\n"), start=1) if not raw.isascii()}
    utf8 = {n for n, raw in lines.items() if _decodes(raw, "utf-8")}
    others = sorted(set(lines) - utf8)
    if utf8 and any(_decodes(lines[n], "cp932") for n in others):
        raise BuildStopped(
            f"{file} mixes encodings: line {min(utf8)} is UTF-8, line {others[0]} is not. Save the whole file as UTF-8.",
            f"{file} には文字コードが混在しています（{min(utf8)} 行目は UTF-8、{others[0]} 行目は別）。全体を UTF-8 で保存してください。",
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
    return text.encode(), "cp932"


def _is_utf8(content: bytes) -> bool:
    """Decodes piece by piece, so that a large file is not in memory once more as text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for begin in range(0, len(view), _PIECE):
            decoder.decode(view[begin : begin + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _heading(content: bytes, file: str) -> tuple[tuple[str, ...], int]:
    """Cells of the first record that is not blank, and the number of lines down to its end."""
    for record, end in csv_records((raw.decode() for raw in io.BytesIO(content)), 1, file):
        return record.cells, end
    return (), 0


def csv_records(lines: Iterable[str], first: int, file: str) -> Iterator[tuple[TextRow, int]]:
    """Records of lines, blank ones left out, each with the number of the line on which it ends. Raises BuildStopped."""
    reader = csv.reader(lines, strict=True)
    line = first
    try:
        for cells in reader:
            end = first + reader.line_num - 1
            if any(trimmed := tuple(trim(cell) for cell in cells)):
                yield TextRow(line, trimmed), end
            line = end + 1
    except csv.Error as error:
        raise BuildStopped(
            f"{file}, record beginning on line {line}: {error}. Check the quotation marks.",
            f"{file} の {line} 行目から始まる行を CSV として読めません（{error}）。引用符を確認してください。",
        ) from error


def _records(
    content: bytes, header: tuple[str, ...], below: int, file: str
) -> tuple[pl.DataFrame, list[TextRow]]:
    """All records below the heading with as many cells as it has, and those that were read one by one.

    Lines that are a record each, without space or odd signs at the ends of their cells, are read by columns.
    """
    lines = pl.read_lines(content, row_index_name=LINE, row_index_offset=1).slice(below)
    is_whole = lines["line"].str.contains(rf"^{_CELL}(?:,{_CELL}){{{len(header) - 1}}}$")
    if b'"' in content:
        marks = lines["line"].str.count_matches('"', literal=True).cum_sum()
        is_whole &= marks.shift(1, fill_value=0) % 2 == 0
    numbers = lines[LINE].cast(pl.Int64).filter(is_whole)
    if is_whole.all():
        del lines
        frame, rows = _by_columns(content, header, below), []
    else:
        whole = "\n".join(lines["line"].filter(is_whole)).encode()
        frame, read = _by_columns(whole, header, 0), _one_by_one(lines.filter(~is_whole), file)
        if read is None:  # quotation marks that no count of them explains
            records = csv_records((raw.decode() for raw in io.BytesIO(content)), 1, file)
            read = [row for row, end in records if end > below]
            frame, numbers = frame.clear(), numbers.clear()
        rows = read
    if b'""' in content:
        frame = frame.with_columns(pl.when(pl.col(header) != "").then(pl.col(header)))
    frame = frame.insert_column(0, numbers)
    if rows:
        fitting = [
            (row.line, *(cell or None for cell in row.cells)) for row in rows if len(row.cells) == len(header)
        ]
        frame = pl.concat([frame, pl.DataFrame(fitting, schema=frame.schema, orient="row")]).sort(LINE)
    is_blank = frame.select(pl.all_horizontal(pl.col(header).is_null())).to_series()
    return (frame.filter(~is_blank) if is_blank.any() else frame), rows


def _by_columns(content: bytes, header: tuple[str, ...], skipped: int) -> pl.DataFrame:
    """Lines known to be whole records of as many cells as the heading."""
    schema = dict.fromkeys(header, pl.String)
    if not content:
        return pl.DataFrame(schema=schema)
    return pl.read_csv(content, has_header=False, schema=schema, skip_lines=skipped)


def _one_by_one(lines: pl.DataFrame, file: str) -> list[TextRow] | None:
    """Records of the lines left over, taken together where they follow each other; None where one has no end."""
    rows: list[TextRow] = []
    numbers, texts = lines[LINE].to_list(), lines["line"].to_list()
    begin = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            run = (text + "\n" for text in texts[begin:at])
            try:
                rows += [row for row, _ in csv_records(run, numbers[begin], file)]
            except BuildStopped:
                return None
            begin = at
    return rows


def trim(cell: str) -> str:
    """The text of a cell without the spaces and invisible signs around it."""
    return cell.strip().strip(_INVISIBLE).strip()


def _check_header(header: tuple[str, ...], expected: Sequence[str], file: str) -> None:
    """Raises BuildStopped with everything that is wrong with the heading."""
    if len(header) == 1 and len(expected) > 1 and (sign := next((s for s in ";\t" if s in header[0]), "")):
        raise BuildStopped(
            f"{file}, line 1: the cells are separated by {'semicolons' if sign == ';' else 'tabs'}. Expected commas.",
            f"{file} の 1 行目：区切りが{'セミコロン' if sign == ';' else 'タブ'}です。カンマ区切りで保存してください。",
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
            "\n".join(visible(f"{file} の 1 行目：{ja}") for _, ja in faults),
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
