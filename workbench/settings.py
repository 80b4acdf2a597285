"""Reads the limits of the workbench from the environment."""

from collections.abc import Callable
from functools import cache

from pydantic import Field, ValidationError, create_model
from pydantic_settings import BaseSettings, SettingsConfigDict

from workbench.limits import LIMITS, PREFIX, Limits


class LimitError(ValueError):
    """An environment variable that holds no number, or one outside the range of its limit."""


class _FromEnvironment(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", env_ignore_empty=True)


@cache
def _settings() -> Callable[..., BaseSettings]:
    fields = {x.name: (int, Field(default=x.default, ge=x.least, le=x.most)) for x in LIMITS}
    return create_model("LimitSettings", __base__=_FromEnvironment, **fields)  # type: ignore[call-overload, no-any-return]


def limits(**given: int) -> Limits:
    """Limits from the environment; `given` goes before it.

    Raises LimitError, naming each variable at fault, its value and its range.
    """
    try:
        values = _settings()(**given).model_dump()
    except ValidationError as error:
        raise LimitError(_explained(error)) from error
    return Limits(**values)


def _explained(error: ValidationError) -> str:
    by_name = {x.name: x for x in LIMITS}
    lines = []
    for fault in error.errors():
        limit = by_name[str(fault["loc"][0]).lower().removeprefix(PREFIX.lower())]
        lines.append(
            f"{limit.variable}={fault['input']!r}: give a whole number of {limit.unit_en} "
            f"from {limit.least} to {limit.most} ({limit.heading.lower()}; default {limit.default})"
        )
    return "\n".join(lines)
