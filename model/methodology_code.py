"""Codes and versions of JCM methodologies: `MN_AM003 Ver2.0` is version 2.0 of MN_AM003, of a country and a number."""

import re
from dataclasses import dataclass

_CODE = re.compile(r"(?:JCM_)?([A-Z]{2}_[A-Z]{2,3}[0-9]{3})")
_VERSION = re.compile(r"(?:ver(?:sion)?\.?\s*)?0*([0-9]{1,2})(?:\.([0-9]{1,2}))?", re.IGNORECASE)
_NAMED = re.compile(
    r"\s*([A-Za-z_]+[_-][A-Za-z]{2,3}\s?[0-9]{3})(?:[\s,_(]*(ver[^()]*?)\)?)?\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class NamedMethodology:
    """A methodology as a project names it; `version` is None where it is not stated."""

    code: str
    version: str | None


def code_of(text: str) -> str | None:
    """The code, such as MN_AM003, of a text in half width; None for what is none. Proposed ones are MN_PM001."""
    found = _CODE.fullmatch(re.sub(r"\s", "", text).upper().replace("-", "_"))
    return found[1] if found else None


def version_of(text: str) -> str | None:
    """The version as 1.0, however it is written (1, Ver01.0); None for what is none."""
    found = _VERSION.fullmatch(text.strip())
    return f"{int(found[1])}.{int(found[2] or 0)}" if found else None


def methodologies_named(cell: str) -> list[NamedMethodology]:
    """The methodologies that a cell names, separated by `;`, in its order, each once; what has no code is left out."""
    found: dict[str, NamedMethodology] = {}
    for part in cell.split(";"):
        match = _NAMED.fullmatch(part)
        code = code_of(match[1]) if match else None
        if match and code and code not in found:
            found[code] = NamedMethodology(code, version_of(match[2] or ""))
    return list(found.values())
