"""Where the server listens, and whether this machine has a screen to show it on."""

import errno
import os
import socket
import sys
from collections.abc import Mapping

PORTS_TRIED = 50
_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})


class NoFreePort(Exception):
    """Every port tried is taken, or may not be used by this user."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `port` or, if that is taken, on the next free one. Port 0 means any.

    Raises NoFreePort, or OSError when the host is not an address of this machine.
    """
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    last = min(port + PORTS_TRIED, 65_535)
    for candidate in range(port, last + 1):
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            if os.name != "nt":  # there it would let two servers share a port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, candidate))
            listening.listen(2048)
        except OSError as error:
            listening.close()
            if error.errno not in _TAKEN:
                raise
        else:
            return listening
    raise NoFreePort(f"ports {port} to {last} on {host} are taken; choose another with --port")


def address(host: str, port: int) -> str:
    """The address to type into a browser on this machine."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def has_screen(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a browser opened here would be seen by somebody: not in CI, not over a bare SSH session."""
    if environment.get("CI", "").lower() not in {"", "0", "false"}:
        return False
    if "SSH_CONNECTION" in environment and "DISPLAY" not in environment:
        return False
    if platform in {"darwin", "win32"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
