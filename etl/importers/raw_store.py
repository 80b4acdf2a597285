"""Raw files of sources as they were fetched or saved: `<source>/<part or "all">/<day>-<hash>.<form>`, each with a sidecar.

The sidecar (`<day>-<hash>.json`) makes a file count. It is written last, so what a killed run leaves is no entry, and
the next run removes it.
"""

import contextlib
import fcntl
import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from etl.importers.source import SourceNotRead

Form = Literal["html", "csv", "xlsx"]
FORMS: tuple[Form, ...] = ("html", "csv", "xlsx")
EXPECTED: Mapping[Form, tuple[str, str]] = {
    "html": ("a web page with the list", "一覧のあるウェブページ"),
    "csv": ("a CSV file", "CSVファイル"),
    "xlsx": ("an Excel workbook (.xlsx)", "Excelファイル（.xlsx）"),
}
"""What a form means to a reader, in both languages."""
WHOLE = "all"
"""Folder of a source that has no parts."""
HASH_LENGTH = 12

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_RAW = re.compile(rf"\d{{4}}-\d\d-\d\d-[0-9a-f]{{{HASH_LENGTH}}}\.(?:{'|'.join(FORMS)})")
_UNFINISHED = ".unfinished-"
_LOCK = ".lock"


@dataclass(frozen=True)
class Kept:
    """A raw file in the store, and what is known of it.

    `address` is what was asked for (the name of a file that a person saved), `final_address` where redirects led.
    `fetched_at` is the last time that the source was seen to state this, in UTC. `came_back_on` is the day since which it
    does so again, None where it stated nothing else in between.
    """

    path: Path
    source_code: str
    part: str
    form: Form
    sha256: str
    address: str
    final_address: str
    media_type: str
    etag: str
    last_modified: str
    fetched_at: AwareDatetime
    first_seen_on: date
    last_seen_on: date
    came_back_on: date | None = None


_SIDECAR = TypeAdapter(Kept)

_PAGE = ("a web page", "ウェブページ")
_SIGN_IN = ("a page that asks to sign in", "ログインを求めるページ")
_WORKBOOK = ("a workbook or another ZIP file", "Excel等のZIPファイル")
_CUT_OFF = ("a workbook that is cut off", "途中で切れたExcelファイル")
_TEXT = ("text that is no web page", "ウェブページではないテキスト")
_EMPTY = ("nothing (an empty body)", "空の内容")
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", ("an old or encrypted Excel file", "旧形式又は暗号化されたExcelファイル")),
    (b"%PDF", ("a PDF file", "PDFファイル")),
    (b"{", ("a JSON answer", "JSON形式の応答")),
)
_FITS: Mapping[Form, tuple[str, str]] = {"html": _PAGE, "csv": _TEXT, "xlsx": _WORKBOOK}
_TAG = re.compile(rb"<html\b|^<(?:!doctype html|head|body|table|div)\b", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_SIGN_IN_TITLE = re.compile(r"\b(?:sign|log)[ -]?in\b|ログイン|サインイン", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input\b[^<>]{0,500}\btype\s{0,9}=\s{0,9}[\"']?password", re.IGNORECASE)
_ROWS_OF_A_FORM = 10


def misfit(content: bytes, form: Form) -> tuple[str, str] | None:
    """Return what the content is in both languages where it has not the form; None where it has.

    Told by the content alone: servers send error pages as workbooks, and files saved by hand have no media type.
    """
    found = _kind(content)
    return None if found == _FITS[form] else found


def _kind(content: bytes) -> tuple[str, str]:
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip()
    if content.startswith(b"PK\x03\x04"):
        return _WORKBOOK if zipfile.is_zipfile(io.BytesIO(content)) else _CUT_OFF
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if _TAG.search(head):
        return _SIGN_IN if _asks_to_sign_in(content) else _PAGE
    return _TEXT if head else _EMPTY


def _asks_to_sign_in(page: bytes) -> bool:
    if title := _TITLE.search(page):
        texts = (title[1].decode(charset, "ignore") for charset in ("utf-8", "cp932", "euc_jp"))
        if any(_SIGN_IN_TITLE.search(text) for text in texts):
            return True
    # A list may have a field to sign in at its top; a page with few rows and such a field is no list.
    return bool(_PASSWORD.search(page)) and page.lower().count(b"<tr") < _ROWS_OF_A_FORM


class RawStore:
    """The store below a folder (`data/raw` for the tracker). Several processes may keep files at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def latest(self, source_code: str, part: str = "") -> Kept | None:
        """Return what the source was last seen to state; None where nothing is kept.

        Raises SourceNotRead for a name that is none, and for a damaged sidecar.
        """
        return max(_entries(self._room(source_code, part)), key=lambda kept: kept.fetched_at, default=None)

    def has(self, source_code: str, part: str = "") -> bool:
        """Tell whether anything is kept of a source, damaged or not."""
        return any(self._room(source_code, part).glob("[0-9]*.json"))

    def keep(
        self,
        source_code: str,
        part: str,
        form: Form,
        content: bytes,
        *,
        address: str,
        fetched_at: datetime,
        final_address: str = "",
        media_type: str = "",
        etag: str = "",
        last_modified: str = "",
    ) -> Kept:
        """Keep a file and return its entry. Content that is kept already stays one file and is seen again.

        Raises SourceNotRead for a name that is none, and for a folder that cannot be written.
        """
        room = self._room(source_code, part)
        fetched_at = fetched_at.astimezone(UTC)
        sha256 = hashlib.sha256(content).hexdigest()
        day = fetched_at.date()
        new = Kept(
            path=room / f"{day.isoformat()}-{sha256[:HASH_LENGTH]}.{form}",
            source_code=source_code,
            part=part,
            form=form,
            sha256=sha256,
            address=address,
            final_address=final_address or address,
            media_type=media_type,
            etag=etag,
            last_modified=last_modified,
            fetched_at=fetched_at,
            first_seen_on=day,
            last_seen_on=day,
        )
        with _held(room):
            return _write(_merged(new, room), content)

    def seen_again(self, kept: Kept, fetched_at: datetime) -> Kept:
        """Note that the source still states this (it answered that nothing changed); return the new entry.

        Raises SourceNotRead where the file is gone or damaged, or the folder cannot be written.
        """
        return self.keep(
            kept.source_code,
            kept.part,
            kept.form,
            self.read(kept),
            address=kept.address,
            fetched_at=fetched_at,
            final_address=kept.final_address,
            media_type=kept.media_type,
            etag=kept.etag,
            last_modified=kept.last_modified,
        )

    def read(self, kept: Kept) -> bytes:
        """Return the content. Raises SourceNotRead where it is gone, or is not what was kept."""
        try:
            content = kept.path.read_bytes()
        except OSError as error:
            raise SourceNotRead(
                f"{kept.path}: the raw file cannot be read ({error.strerror}). Expected what was fetched from"
                f" {kept.address}. Delete {_sidecar(kept.path).name} beside it and refresh {kept.source_code} again.",
                f"{kept.path}：原本を読み取れません（{error.strerror}）。{kept.address} から取得した内容が必要です。"
                f"同じフォルダーの {_sidecar(kept.path).name} を削除し、{kept.source_code} を再度更新してください。",
            ) from error
        found = hashlib.sha256(content).hexdigest()
        if found != kept.sha256:
            raise SourceNotRead(
                f"{kept.path}: the raw file was changed or damaged (SHA-256 {found[:HASH_LENGTH]}…, expected"
                f" {kept.sha256[:HASH_LENGTH]}…). Delete it and refresh {kept.source_code} again.",
                f"{kept.path}：原本が変更又は破損しています（SHA-256 は {found[:HASH_LENGTH]}…、"
                f"正しくは {kept.sha256[:HASH_LENGTH]}…）。削除し、{kept.source_code} を再度更新してください。",
            )
        return content

    def _room(self, source_code: str, part: str) -> Path:
        for name in (source_code, part or WHOLE):
            if not _NAME.fullmatch(name):
                raise SourceNotRead(
                    f"“{name}” cannot name a source or a part of one. Expected letters, digits and hyphens, 64 at most.",
                    f"「{name}」は出典又はその部分の名称に使えません。英数字とハイフン（64文字以内）が必要です。",
                )
        return self.folder / source_code / (part or WHOLE)


def _sidecar(path: Path) -> Path:
    return path.with_suffix(".json")


def _entries(room: Path) -> Iterator[Kept]:
    """Entries whose file is there: whoever deletes a file wants it fetched again."""
    for sidecar in sorted(room.glob("[0-9]*.json")):
        try:
            known = json.loads(sidecar.read_bytes())
            kept = _SIDECAR.validate_python({**known, "path": sidecar.with_suffix(f".{known['form']}")})
        except FileNotFoundError:
            continue
        except (OSError, ValueError, TypeError, KeyError) as error:
            reason = f"{error.error_count()} wrong fields" if isinstance(error, ValidationError) else error
            raise SourceNotRead(
                f"{sidecar}: this is not what the tracker wrote about a raw file ({reason}). Delete it and refresh again.",
                f"{sidecar}：原本の付属情報を読み取れません（{reason}）。削除し、再度更新してください。",
            ) from error
        if kept.path.exists():
            yield kept


@contextmanager
def _held(room: Path) -> Iterator[None]:
    """Holds the folder for one process, and removes what killed ones left. What fails on the disk is told."""
    try:
        room.mkdir(parents=True, exist_ok=True)
        with (room / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for path in list(room.iterdir()):
                is_without_sidecar = _RAW.fullmatch(path.name) and not _sidecar(path).exists()
                if path.name.startswith(_UNFINISHED) or is_without_sidecar:
                    path.unlink()
            yield
    except OSError as error:
        raise SourceNotRead(
            f"{room}: the raw file cannot be kept ({error.strerror}). Make room or allow writing there, then refresh again.",
            f"{room}：原本を保存できません（{error.strerror}）。空き容量又は書込権限を確認し、再度更新してください。",
        ) from error


def _merged(new: Kept, room: Path) -> Kept:
    """The entry with the days on which the same content was seen before; the later sighting says the rest."""
    entries = list(_entries(room))
    for old in entries:
        if (old.sha256, old.form) == (new.sha256, new.form):
            later = new if new.fetched_at >= old.fetched_at else old
            came_back = any(old.fetched_at < other.fetched_at <= new.fetched_at for other in entries)
            return replace(
                later,
                path=old.path,
                first_seen_on=min(old.first_seen_on, new.first_seen_on),
                last_seen_on=max(old.last_seen_on, new.last_seen_on),
                came_back_on=new.first_seen_on if came_back else old.came_back_on,
            )
    return new


def _write(kept: Kept, content: bytes) -> Kept:
    if not kept.path.exists() or hashlib.sha256(kept.path.read_bytes()).hexdigest() != kept.sha256:
        _replace(kept.path, content)
    _replace(_sidecar(kept.path), _SIDECAR.dump_json(kept, indent=1, exclude={"path"}) + b"\n")
    return kept


def _replace(path: Path, content: bytes) -> None:
    """Gives a file its content in one step, on the disk when this returns."""
    unfinished = path.with_name(_UNFINISHED + path.name)
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):  # the first fault is the one to tell
            unfinished.unlink(missing_ok=True)
        raise
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
