"""The documents of a source: fetched, saved by a person, or those that are kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

from etl.importers.fetching import Fetcher, Unchanged
from etl.importers.raw_store import Form, Kept, RawStore
from etl.importers.source import Document, SourceNotRead

SUFFIXES = frozenset({".html", ".htm", ".csv", ".xlsx", ".xls", ".txt"})
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Got:
    """A document of a source and whether it is the one that was there before."""

    document: Document
    is_unchanged: bool


class Documents:
    """Where a refresh takes documents from: `saved` files, else `fetcher`, else what `store` keeps (offline)."""

    def __init__(
        self,
        store: RawStore,
        now: datetime,
        *,
        letters: Sequence[str],
        fetcher: Fetcher | None = None,
        saved: Mapping[str, Sequence[Path]] | None = None,
        progress: Progress = lambda _: None,
    ) -> None:
        self._store, self._now, self._letters = store, now, letters
        self._fetcher, self._saved, self._progress = fetcher, saved, progress

    def of(self, source: Mapping[str, str]) -> Iterator[Got | SourceNotRead]:
        """Yield each document of a source (a row of refresh_source), or why it was not read."""
        code = source["source_code"]
        if self._saved is not None:
            for path in self._saved.get(code, ()):
                yield self._tried(lambda path=path: self._from_file(source, path))  # type: ignore[misc]
            if not self._saved.get(code):
                yield _to_be_saved(source)
            return
        is_fetched = source["is_fetched"] == "true"
        parts = self._letters if "{letters}" in source["url"] else [""]
        for part in parts:
            take = self._fetched if self._fetcher is not None and is_fetched else self._kept
            yield self._tried(lambda part=part, take=take: take(source, part))  # type: ignore[misc]

    def _tried(self, get: Callable[[], Got]) -> Got | SourceNotRead:
        try:
            return get()
        except SourceNotRead as failed:
            return failed

    def _from_file(self, source: Mapping[str, str], path: Path) -> Got:
        self._progress(f"{source['source_code']}: {path.name}")
        try:
            content = path.read_bytes()
        except OSError as error:
            raise SourceNotRead(
                f"{path} cannot be read ({error.strerror}). Expected a saved page, CSV file or workbook.",
                f"{path} を読み取れません（{error.strerror}）。保存したページ、CSV 又は Excel ファイルが必要です。",
            ) from error
        part = self._part_of(source, path)
        form = cast(
            "Form",
            {".csv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xls": "xlsx"}.get(path.suffix.lower(), "html"),
        )
        return self._keep(
            source, part, content, form, address=source["url"].replace("{letters}", part), name=path.name
        )

    def _part_of(self, source: Mapping[str, str], path: Path) -> str:
        """Letters of the country that a saved file is of, by its name (mn.html, jcm-issuances-mn.html)."""
        words = path.stem.casefold().replace("_", "-").split("-")
        found = [word for word in words if word in self._letters] if "{letters}" in source["url"] else []
        return found[-1] if found else ""

    def _fetched(self, source: Mapping[str, str], part: str) -> Got:
        fetcher = cast("Fetcher", self._fetcher)
        code, address = source["source_code"], source["url"].replace("{letters}", part)
        self._progress(f"{code}: {address}")
        if source["linked_as"]:
            page = fetcher.fetch(address, None, form="html", source_code=code)
            if isinstance(page, Unchanged):  # nothing was named that the page could be unchanged from
                raise _to_be_saved(source)
            address = _link(page.content, page.final_address, source["linked_as"])
        known = self._store.latest(code, part)
        form = cast("Form", source["form"])
        got = fetcher.fetch(address, known, form=form, source_code=code)
        if isinstance(got, Unchanged):
            kept = self._store.seen_again(got.known, self._now)
            return Got(_document(kept, self._store.read(kept), kept.address), is_unchanged=True)
        return self._keep(
            source,
            part,
            got.content,
            form,
            address=address,
            name=address,
            final_address=got.final_address,
            media_type=got.media_type,
            etag=got.etag,
            last_modified=got.last_modified,
        )

    def _keep(
        self,
        source: Mapping[str, str],
        part: str,
        content: bytes,
        form: Form,
        *,
        name: str,
        address: str,
        **told: str,
    ) -> Got:
        known = self._store.latest(source["source_code"], part)
        kept = self._store.keep(
            source["source_code"], part, form, content, address=address, fetched_at=self._now, **told
        )
        return Got(
            _document(kept, content, name), is_unchanged=known is not None and known.sha256 == kept.sha256
        )

    def _kept(self, source: Mapping[str, str], part: str) -> Got:
        kept = self._store.latest(source["source_code"], part)
        if kept is None:
            raise _to_be_saved(source)
        return Got(_document(kept, self._store.read(kept), kept.path.name), is_unchanged=True)


def _document(kept: Kept, content: bytes, name: str) -> Document:
    read_on: date = kept.came_back_on or kept.first_seen_on
    return Document(kept.source_code, kept.part, name, content, read_on, kept.media_type)


def _to_be_saved(source: Mapping[str, str]) -> SourceNotRead:
    code = source["source_code"]
    return SourceNotRead(
        f"{code}: there is no file of it. Save it from {source['url']} and run: python -m etl refresh {code} --from FILE",
        f"{code}：保存済みの資料がありません。{source['url']} から保存し、python -m etl refresh {code} --from FILE を実行してください。",
    )


def _link(page: bytes, address: str, ending: str) -> str:
    """The address that a page links to, by the end of the link."""
    from lxml import html  # noqa: PLC0415 - only a reader of pages needs it

    links = [
        str(a.get("href")) for a in html.document_fromstring(page or b"<html/>").iter("a") if a.get("href")
    ]
    found = [link for link in links if link.split("?")[0].casefold().endswith(ending.casefold())]
    if not found:
        raise SourceNotRead(
            f"{address}: no link to a file “…{ending}” among {len(links)} links. The page may have changed; save the file by"
            " hand and use --from.",
            f"{address}：「…{ending}」へのリンクがありません（リンク {len(links)} 件）。ページが変わった可能性があります。"
            "ファイルを保存し --from を指定してください。",
        )
    return urljoin(address, found[0])


def saved_files(sources: Sequence[str], given: Path) -> dict[str, list[Path]]:
    """Return saved files by source: one file for one source, or a folder whose files or folders begin with source codes.

    Raises SourceNotRead where no file is of one of the sources.
    """
    if given.is_file():
        if len(sources) == 1:
            return {sources[0]: [given]}
        code = _code_of(given.stem, sources)
        if code is not None:
            return {code: [given]}
        raise SourceNotRead(
            f"{given.name}: which source is it? Name one: {', '.join(sources)}.",
            f"{given.name}：出典を指定してください（{'、'.join(sources)}）。",
        )
    found: dict[str, list[Path]] = {}
    for path in sorted(
        p for p in given.rglob("*") if p.suffix.lower() in SUFFIXES and not p.name.startswith(".")
    ):
        names = [path.stem, *(part for part in path.relative_to(given).parts[:-1])]
        code = next((code for name in names if (code := _code_of(name, sources))), None)
        if code is None and len(sources) == 1:
            code = sources[0]
        if code is not None:
            found.setdefault(code, []).append(path)
    if not found:
        raise SourceNotRead(
            f"{given}: no page, CSV file or workbook whose name begins with a source: {', '.join(sources)}.",
            f"{given}：出典のコード（{'、'.join(sources)}）で始まる名称の資料がありません。",
        )
    return found


def _code_of(name: str, sources: Sequence[str]) -> str | None:
    plain = name.casefold().replace("_", "-")
    fitting = [code for code in sources if plain == code or plain.startswith(f"{code}-")]
    return max(fitting, key=len, default=None)
