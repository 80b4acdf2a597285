"""A visitor without a browser: speaks Streamlit's protocol over a websocket, as its front end does."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Run:
    """What one run of the script sent: its messages, their size, and the time until the last."""

    messages: list[ForwardMsg] = field(default_factory=list)
    received_bytes: int = 0
    seconds: float = 0.0

    def elements(self, kind: str) -> list[object]:
        """New elements of one kind, such as `plotly_chart` or `slider`, in their order."""
        return [
            getattr(message.delta.new_element, kind)
            for message in self.messages
            if message.WhichOneof("type") == "delta"
            and message.delta.WhichOneof("type") == "new_element"
            and message.delta.new_element.WhichOneof("type") == kind
        ]

    def kinds(self) -> list[str]:
        """Kind of each new element, in their order."""
        return [
            message.delta.new_element.WhichOneof("type") or ""
            for message in self.messages
            if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element"
        ]


class StreamlitSession:
    """One visitor's session at `address`; an async context manager."""

    def __init__(
        self,
        address: str,
        *,
        locale: str = "en",
        origin: str | None = None,
        tls: ssl.SSLContext | None = None,
        cookie: str = "",
    ) -> None:
        self._address = address
        self._locale = locale
        self._origin = origin
        self._tls = tls
        self._headers = {"Cookie": cookie} if cookie else {}
        self._kept: dict[str, ForwardMsg] = {}

    async def __aenter__(self) -> Self:
        self._socket: ClientConnection = await connect(
            self._address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],
            origin=self._origin or self._address,
            max_size=None,
            compression=None,
            ssl=self._tls,
            additional_headers=self._headers,
            proxy=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def run(
        self,
        query: str = "",
        page: str = "",
        *,
        is_history_navigation: bool = False,
        is_embedded: bool = False,
        widgets: Mapping[str, WidgetState] | None = None,
    ) -> Run:
        """Ask for a run and wait for its end. Charts and tables known from before are sent as references alone.

        With `is_history_navigation`, controls that are bound to the address take their values from `query`, as
        they do when a visitor goes back; otherwise only the first run of a session looks at it.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.is_history_navigation = is_history_navigation
        asked.rerun_script.context_info.locale = self._locale
        asked.rerun_script.context_info.is_embedded = is_embedded
        asked.rerun_script.context_info.url = f"{self._address}/{page}"
        asked.rerun_script.cached_message_hashes.extend(self._kept)
        asked.rerun_script.widget_states.widgets.extend((widgets or {}).values())
        run = Run()
        started = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        while True:
            data = await self._socket.recv(decode=False)
            run.received_bytes += len(data)
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "ref_hash":
                known = ForwardMsg()
                known.CopyFrom(self._kept[message.ref_hash])
                known.metadata.CopyFrom(message.metadata)
                message = known
            elif message.metadata.cacheable:
                self._kept[message.hash] = message
            run.messages.append(message)
            is_end = message.WhichOneof("type") == "script_finished"
            if is_end and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                run.seconds = time.perf_counter() - started
                return run
