"""Bytes of a file → rows of text with their true line numbers. Nothing is converted here, and nothing guessed."""

import csv
import difflib
import hashlib
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.limits import Limits
from etl.stopped import BuildStopped, Fault, stop

# The module csv refuses longer cells with an error that ends the file. The size of a file is limited before,
# and the size of a cell after reading, where its row and column are known.
csv.field_size_limit(Limits().max_file_bytes)

_LINE_END = re.compile(rb"\r\n|\n|\r")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class RawRow:
    """One row as text: the line on which it begins, and its cells by heading, trimmed; "" is an empty cell."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class MisshapenRow:
    """A row with more or fewer cells than the heading."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RawTable:
    """A file as text: `file` below data/, headings in their order, rows in theirs, `encoding` as found."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[RawRow, ...]
    misshapen: tuple[MisshapenRow, ...]
    encoding: str


def read_bytes(data_dir: Path, files: Collection[str], limits: Limits) -> dict[str, bytes]:
    """Read the files once, so that what is hashed is what is built from.

    Raises BuildStopped naming every file that is missing, empty, too large or cannot be opened.
    """
    contents: dict[str, bytes] = {}
    faults: list[Fault] = []
    for file in sorted(files):
        path = data_dir / file
        try:
            size = path.stat().st_size
            if size > limits.max_file_bytes:
                faults.append(_too_large(file, size, limits))
                continue
            contents[file] = path.read_bytes()
        except FileNotFoundError:
            faults.append(
                Fault(
                    f"{file}: the file is missing. Expected at {path}; restore it from version control.",
                    f"{file}:ファイルがありません({path})。バージョン管理から復元してください。",
                )
            )
        except OSError as error:
            reason = error.strerror or str(error)
            faults.append(
                Fault(
                    f"{file}: the file cannot be read ({reason}).",
                    f"{file}:ファイルを読み込めません({reason})。",
                )
            )
    if faults:
        raise BuildStopped(faults)
    return contents


def _too_large(file: str, size: int, limits: Limits) -> Fault:
    return Fault(
        f"{file}: the file has {size:,} bytes, more than the {limits.max_file_bytes:,} that are read.",
        f"{file}:ファイルの大きさ({size:,}バイト)が上限({limits.max_file_bytes:,}バイト)を超えています。",
    )


def decode(file: str, content: bytes) -> tuple[str, str]:
    """Text of a file and its encoding: UTF-8, with or without byte-order mark, or Shift_JIS (cp932).

    Raises BuildStopped for UTF-16, for a mix of encodings, and for bytes that may be anything.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise stop(
            f"{file}: the file is UTF-16. Save it as “CSV UTF-8”.",
            f"{file}:文字コードがUTF-16です。「CSV UTF-8」で保存してください。",
        )
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        damaged = error.start
    line = len(_LINE_END.findall(content[:damaged])) + 1
    if _has_utf8_lines(content):
        raise stop(
            f"{file}, line {line}: the file mixes encodings; this line is not UTF-8 and others are. Save the whole file "
            "as UTF-8.",
            f"{file} {line}行目:文字コードが混在しています(この行はUTF-8ではありません)。"
            "ファイル全体をUTF-8で保存してください。",
        )
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        text = ""
    # Bytes of Western encodings often make kanji by accident, but hardly ever kana.
    if not _KANA.search(text):
        raise stop(
            f"{file}, line {line}: the characters cannot be read, neither as UTF-8 nor for certain as Shift_JIS. Save "
            "the file as UTF-8.",
            f"{file} {line}行目:文字コードを判別できません(UTF-8でもShift_JISでもありません)。UTF-8で保存してください。",
        )
    return text, "cp932"


def _has_utf8_lines(content: bytes) -> bool:
    """Whether the file has a byte-order mark or a line that says something beyond ASCII in UTF-8."""
    if content.startswith(b"\xef\xbb\xbf"):
        return True
    for line in _LINE_END.split(content):
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            return True
    return False


def parse(file: str, content: bytes) -> RawTable:
    """Rows of a CSV file (RFC 4180, any line ends). Rows without any text are passed over.

    Raises BuildStopped for an empty file, an unreadable encoding, broken quoting and double or empty headings.
    """
    text, encoding = decode(file, content)
    if not text.strip(" \t\r\n\u3000" + _INVISIBLE):
        raise stop(
            f"{file}: the file is empty. Expected a line of headings and the rows below it.",
            f"{file}:ファイルが空です。見出し行とデータ行が必要です。",
        )
    headings: tuple[str, ...] = ()
    rows: list[RawRow] = []
    misshapen: list[MisshapenRow] = []
    for line, cells in _records(file, text):
        if not any(cells):
            continue
        if not headings:
            headings = cells
            _check_headings_once(file, line, headings)
        elif len(cells) == len(headings):
            rows.append(RawRow(line, dict(zip(headings, cells, strict=True))))
        else:
            misshapen.append(MisshapenRow(line, cells))
    return RawTable(file, headings, tuple(rows), tuple(misshapen), encoding)


def _records(file: str, text: str) -> list[tuple[int, tuple[str, ...]]]:
    # newline="" keeps line breaks inside quotes and splits at CR, LF and CRLF alone, not at U+2028 or a form feed.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, tuple[str, ...]]] = []
    line = 1
    try:
        for cells in reader:
            records.append((line, tuple(_trimmed(cell) for cell in cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise stop(
            f"{file}, line {line}: the quotation marks of the row that begins here are broken ({error}). A cell with a "
            "comma, a line break or a quotation mark stands in quotation marks, and a mark inside it is doubled.",
            f"{file} {line}行目:この行から始まるデータの引用符が正しくありません({error})。カンマ、改行又は引用符を"
            "含むセルは引用符で囲み、セル内の引用符は2つ重ねてください。",
        ) from error
    return records


def _trimmed(cell: str) -> str:
    """Text of a cell without surrounding space and invisible signs; line breaks inside it are LF."""
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell.strip().strip(_INVISIBLE).strip()


def _check_headings_once(file: str, line: int, headings: Sequence[str]) -> None:
    faults = [
        Fault(
            f"{file}, line {line}: the column “{heading}” stands in the headings twice; nothing tells which one is meant.",
            f"{file} {line}行目:見出し「{heading}」が重複しています。",
        )
        for heading in sorted({h for h in headings if h and headings.count(h) > 1})
    ]
    faults += [
        Fault(
            f"{file}, line {line}: column {number} has no heading.",
            f"{file} {line}行目:{number}列目に見出しがありません。",
        )
        for number, heading in enumerate(headings, start=1)
        if not heading
    ]
    if faults:
        raise BuildStopped(faults)


def check_headings(raw: RawTable, expected: Sequence[str], allowed: Collection[str] = ()) -> None:
    """Every expected heading is there and no other but the `allowed` ones; raises BuildStopped with all differences."""
    missing = [heading for heading in expected if heading not in raw.headings]
    extra = [h for h in raw.headings if h not in expected and h not in allowed]
    if not missing and not extra:
        return
    if len(raw.headings) == 1 and (sign := next((s for s in ";\t|" if s in raw.headings[0]), None)):
        name = {";": "semicolons", "\t": "tabs", "|": "bars"}[sign]
        raise stop(
            f"{raw.file}, line 1: the cells are separated by {name}. Expected commas.",
            f"{raw.file} 1行目:セルの区切りがカンマではありません。カンマ区切りで保存してください。",
        )
    faults = [
        Fault(
            f"{raw.file}: the column “{heading}” is missing. Expected headings: {', '.join(expected)}.",
            f"{raw.file}:列「{heading}」がありません。必要な見出し:{', '.join(expected)}。",
        )
        for heading in missing
    ]
    for heading in extra:
        close = difflib.get_close_matches(heading, missing or expected, n=1)
        faults.append(
            Fault(
                f"{raw.file}: the column “{heading}” is not one of this table."
                + (
                    f" Did you mean “{close[0]}”?"
                    if close
                    else " Remove it, or add it to the contract of the table."
                ),
                f"{raw.file}:列「{heading}」はこの表の列ではありません。"
                + (
                    f"「{close[0]}」の誤りではありませんか。"
                    if close
                    else "削除するか、表の契約に追加してください。"
                ),
            )
        )
    raise BuildStopped(faults)


def sha256(content: bytes) -> str:
    """Hash of the bytes of a file, in hex."""
    return hashlib.sha256(content).hexdigest()
