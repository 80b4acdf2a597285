"""How patient and how gentle fetching is. Environment: JCM_FETCH_PAUSE, a limit like those of the intake."""

from dataclasses import dataclass
from typing import Self

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class FetchLimits(BaseSettings):
    """The limit that a person may set; what is no number of seconds raises pydantic's ValidationError."""

    model_config = SettingsConfigDict(env_prefix="JCM_", frozen=True)

    fetch_pause: float = Field(
        default=2,
        ge=0,
        le=600,
        description="Pause between two requests to one host, and the first wait before a request is made again, in seconds.",
    )


@dataclass(frozen=True)
class Pace:
    """Times in seconds. `total` is for one request with its whole answer."""

    connect: float = 10
    read: float = 30
    total: float = 180
    pause: float = 2
    backoff: float = 2
    longest_wait: float = 120
    longest_crawl_delay: float = 30
    attempts: int = 4

    @classmethod
    def from_environment(cls) -> Self:
        """Return the usual pace with the pause that the environment asks for."""
        pause = FetchLimits().fetch_pause
        return cls(pause=pause, backoff=pause)
