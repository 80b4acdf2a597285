"""Sessions of this process: how many there may be, and how they end when it is asked to stop.

On SIGTERM the process is not ready any more and lets no new session in; open ones get time. Whoever is refused gets 503,
which a proxy passes on to another process.
"""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Literal

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serve.logs import tell
from serve.settings import Operation

_MEGABYTE = 1_000_000


@dataclass
class Standing:
    """Where the process stands, and how many sessions are open."""

    phase: Literal["starting", "serving", "draining"] = "starting"
    sessions: int = 0


def resident_megabytes() -> float:
    """Memory of this process; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE


async def refuse(scope: Scope, receive: Receive, send: Send, reason: str) -> None:
    """Refuse a websocket with status 503, so that a proxy tries another process and a browser comes back."""
    await receive()
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1013})
        return
    headers = [(b"retry-after", b"2"), (b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": f"No new sessions: {reason}.\n".encode()})


class Sessions:
    """ASGI middleware that counts open sessions and refuses new ones above a limit or while draining."""

    def __init__(self, app: ASGIApp, standing: Standing, operation: Operation) -> None:
        self._app, self._standing, self._operation = app, standing, operation

    def _reason(self) -> str:
        most, memory = self._operation.sessions_at_most, self._operation.memory_megabytes
        if self._standing.phase == "draining":
            return "draining"
        if self._standing.sessions >= most:
            return "full"
        if memory and resident_megabytes() > memory:
            return "memory"
        return ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        if reason := self._reason():
            tell("session refused", "warning", reason=reason, sessions=self._standing.sessions)
            await refuse(scope, receive, send, reason)
            return
        is_open = False

        async def sending(message: Message) -> None:
            nonlocal is_open
            if message["type"] == "websocket.accept" and not is_open:
                is_open = True
                self._standing.sessions += 1
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._standing.sessions -= is_open


class DrainingServer(uvicorn.Server):
    """A server that, told to end by SIGTERM, waits for its sessions first. A second signal ends it at once."""

    def __init__(self, config: uvicorn.Config, standing: Standing, operation: Operation) -> None:
        super().__init__(config)
        self._standing, self._operation = standing, operation
        self._draining_since: float | None = None
        self._is_told = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What a signal does."""
        if sig == signal.SIGTERM and self._standing.phase == "serving":
            self._standing.phase = "draining"
            self._draining_since = time.monotonic()
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second; returns whether to end."""
        if self._draining_since is not None:
            if not self._is_told:  # not in the handler: a signal may come in the middle of a line
                self._is_told = True
                tell("draining", "warning", sessions=self._standing.sessions)
            passed = time.monotonic() - self._draining_since
            time_left = self._operation.drain_seconds - passed
            if passed >= self._operation.notice_seconds and (not self._standing.sessions or time_left <= 0):
                tell("stopping", "warning", sessions=self._standing.sessions)
                self.should_exit = True
        return await super().on_tick(counter)
