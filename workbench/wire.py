"""Frames between the app and a worker: a mark, a length, that many bytes. Bodies are JSON or pieces of Arrow IPC."""

import json
import struct
from datetime import date
from typing import Any, BinaryIO, Final, TypeAlias

READY: Final = b"R"
ASK: Final = b"A"
BEGUN: Final = b"B"
PIECE: Final = b"P"
END: Final = b"E"

_HEAD: Final = struct.Struct(">cQ")

Value: TypeAlias = "str | int | float | bool | date | list[str | int | float | bool | date | None] | None"


class BrokenFrame(Exception):
    """The other side is gone, or sent what is no frame or too large a one."""


def send(stream: BinaryIO, mark: bytes, body: bytes) -> None:
    """Writes one frame. Raises OSError when nobody reads any more."""
    stream.write(_HEAD.pack(mark, len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> tuple[bytes, bytes]:
    """Mark and body of the next frame. Raises BrokenFrame, also for a body of more than `most` bytes."""
    mark, length = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if length > most:
        raise BrokenFrame(f"a frame of {length} bytes")
    return mark, _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    parts: list[bytes] = []
    missing = length
    while missing:
        try:
            part = stream.read(missing)
        except (OSError, ValueError) as error:
            raise BrokenFrame(str(error)) from error
        if not part:
            raise BrokenFrame("the other side is gone")
        parts.append(part)
        missing -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def to_json(value: object) -> bytes:
    """JSON form; dates as {"date": "2026-03-31"}. Raises TypeError for a value of another type."""
    return json.dumps(value, default=_encoded, ensure_ascii=False).encode("utf-8", "replace")


def from_json(body: bytes) -> Any:  # noqa: ANN401
    """What `to_json` was given. Raises ValueError for what is not JSON."""
    return json.loads(body, object_hook=_decoded)


def _encoded(value: object) -> object:
    if isinstance(value, date):
        return {"date": value.isoformat()[:10]}
    raise TypeError(f"{type(value).__name__} cannot be passed to a statement")


def _decoded(value: dict[str, Any]) -> object:
    return date.fromisoformat(value["date"]) if value.keys() == {"date"} else value
