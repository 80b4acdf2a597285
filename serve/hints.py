"""What a proxy in front seems to lack, said in the log to whoever runs the server: what was seen, and what to set."""

import logging
import threading
import time
from collections.abc import Callable

_LOG = logging.getLogger(__name__)
SECONDS_UNTIL_AGAIN = 600
_MOST_KINDS = 100
"""Different lines that are said in that time: what clients send can make no log of any length."""


class Hints:
    """Says each line once in ten minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said: dict[str, float] = {}
        self._lock = threading.Lock()

    def lost_upgrade(self) -> None:
        """A websocket arrived as a plain request."""
        self._say(
            "A session was refused: the proxy in front does not pass on the upgrade to a websocket. For nginx set:"
            " proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;"
        )

    def foreign_origin(self, origin: str, host: str) -> None:
        """A page of one host asked for a session by the name of another."""
        self._say(
            f"A session was refused: the page is at {_shown(origin)}, the request names the host {_shown(host)}."
            " If that page is yours, let the proxy pass on the host (nginx: proxy_set_header Host $http_host;), or name"
            " its origin in .streamlit/config.toml: [server] corsAllowedOrigins = […]"
        )

    def stripped_path(self, base_path: str) -> None:
        """A request arrived outside the path below which the app stands."""
        self._say(
            f"A request came for an address outside {base_path}/, where the app stands. If a proxy in front takes"
            " the path away, let it pass on the whole path (nginx: proxy_pass without a path; Caddy: handle, not"
            " handle_path; Traefik: no StripPrefix)."
        )

    def unnamed_proxy(self, peer: str) -> None:
        """Forwarded headers came from somebody who is not trusted."""
        self._say(
            f"Forwarded headers from {_shown(peer)} are not believed, so all its readers count as one client. If it"
            " is your proxy, name it in FORWARDED_ALLOW_IPS."
        )

    def _say(self, line: str) -> None:
        now = self._clock()
        with self._lock:
            self._said = {said: then for said, then in self._said.items() if now - then < SECONDS_UNTIL_AGAIN}
            if line in self._said or len(self._said) >= _MOST_KINDS:
                return
            self._said[line] = now
        _LOG.warning(line)


def _shown(given: str) -> str:
    """What a client sent, as one short word of plain letters."""
    return ascii(given[:100])
