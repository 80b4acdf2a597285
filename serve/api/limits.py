"""How often one client may ask, and how much of what was answered is kept."""

import time
from collections.abc import Callable

import cachetools
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "JCM_API_"
CLIENTS_KNOWN = 20_000
LONGEST_QUERY_STRING = 8_192
"""Characters of the part of an address behind the question mark."""


class ApiLimits(BaseSettings):
    """Limits that a person may set; anything else raises pydantic's ValidationError."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    per_second: float = Field(
        default=20,
        ge=0,
        le=100_000,
        description="Requests a second of one client in the long run; 0 for no limit.",
    )
    burst: int = Field(default=200, ge=1, le=1_000_000, description="Requests of one client at once.")
    kept_megabytes: int = Field(default=64, ge=1, le=16_384, description="Answers kept as sent, MB.")


def api_limits() -> ApiLimits:
    """Limits from the environment. Raises ValueError, naming each variable at fault."""
    try:
        return ApiLimits()
    except ValidationError as error:
        faults = [f"{PREFIX}{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors()]
        raise ValueError("; ".join(faults)) from None


class Buckets:
    """A bucket of tokens for each client: `burst` of them at most, `per_second` new ones."""

    def __init__(self, limits: ApiLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._left: cachetools.LRUCache[str, tuple[float, float]] = cachetools.LRUCache(CLIENTS_KNOWN)

    def wait(self, client: str) -> float:
        """Takes a token of the client's and returns 0, or the seconds until there is one."""
        rate, burst = self._limits.per_second, self._limits.burst
        if not rate:
            return 0.0
        now = self._clock()
        left, then = self._left.get(client, (float(burst), now))
        left = min(float(burst), left + (now - then) * rate)
        if left < 1:
            return (1 - left) / rate
        self._left[client] = (left - 1, now)
        return 0.0
