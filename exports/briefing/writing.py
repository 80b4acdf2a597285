"""Writes the files of a pack: what the process that makes packs loads, and the pages' process does not."""

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from exports.briefing.compose import document_of
from exports.briefing.document import Document
from exports.briefing.formats import PREVIEW
from exports.briefing.html import html_of
from exports.briefing.pdf import page_of, pdf_of, preview_of
from exports.briefing.pptx import pptx_of
from exports.briefing.request import Request
from exports.briefing.slide import slide_of
from exports.briefing.xlsx import xlsx_of
from queries.warehouse import WAREHOUSE_DIR_VARIABLE, Warehouse, current
from view.texts import Texts, texts

WRITERS: Final[Mapping[str, Callable[[Document, Texts], bytes]]] = {
    "pptx": pptx_of,
    "slide": slide_of,
    "page": page_of,
    "pdf": pdf_of,
    "xlsx": xlsx_of,
    "html": html_of,
    PREVIEW.code: preview_of,
}


class NewerData(Exception):
    """Another data version was published than the one asked for."""


def write(warehouse: Warehouse, request: Request, code: str) -> bytes:
    """One file of a pack, made here. Raises FontMissing, KeyError for an unknown format."""
    return WRITERS[code](_document(warehouse, request), texts(request.lang))


@lru_cache(maxsize=8)
def _document(warehouse: Warehouse, request: Request) -> Document:
    return document_of(warehouse, request)


def write_there(folder: str, data_version: str, request: Request, code: str) -> bytes:
    """One file of a pack, made in the worker. Raises NewerData when the version asked for is not the published one."""
    os.environ[WAREHOUSE_DIR_VARIABLE] = folder
    warehouse = current(Path(folder))
    if warehouse.data_version != data_version:
        raise NewerData(
            "Newer data were published meanwhile; make the pack again. | 新しいデータが公開されたため、再度作成してください。"
        )
    return write(warehouse, request, code)
