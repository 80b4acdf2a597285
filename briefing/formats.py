"""The files of a pack: what each is called, its media type, and what writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefing.document import Document
from briefing.html import html_of
from briefing.pdf import page_of, pdf_of, preview_of
from briefing.pptx import pptx_of
from briefing.xlsx import xlsx_of
from view.texts import Texts

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """A file of the pack. `suffix` follows the stem, the ending included."""

    code: str
    suffix: str
    media_type: str
    write: Callable[[Document, Texts], bytes]


FORMATS: Mapping[str, Format] = {
    one.code: one
    for one in (
        Format("pptx", ".pptx", f"{_OFFICE}.presentationml.presentation", pptx_of),
        Format("page", "_page.pdf", "application/pdf", page_of),
        Format("pdf", ".pdf", "application/pdf", pdf_of),
        Format("xlsx", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet", xlsx_of),
        Format("html", ".html", "text/html", html_of),
    )
}
"""Every format, in the order in which they are made: the slides first, which most wait for."""

PREVIEW = Format("preview", ".png", "image/png", preview_of)
"""What the page shows before anything is taken away; no file of the pack."""
