"""The files of a pack: what each is called, and its media type."""

from collections.abc import Mapping
from dataclasses import dataclass

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """A file of the pack. `suffix` follows the stem, the ending included."""

    code: str
    suffix: str
    media_type: str


FORMATS: Mapping[str, Format] = {
    one.code: one
    for one in (
        Format("pptx", ".pptx", f"{_OFFICE}.presentationml.presentation"),
        Format("slide", "_slide.pptx", f"{_OFFICE}.presentationml.presentation"),
        Format("page", "_page.pdf", "application/pdf"),
        Format("pdf", ".pdf", "application/pdf"),
        Format("xlsx", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
        Format("html", ".html", "text/html"),
    )
}
"""Every format, in the order in which they are made: the slides first, which most wait for."""

PREVIEW = Format("preview", ".png", "image/png")
"""What the page shows before anything is taken away; no file of the pack."""
