"""A parameter of a named query."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameter:
    """A bound parameter: its type in SQL, its default, what it means in both languages, and the values to choose from.

    One choice that begins with `@` names a list that the data hold, such as `@country`; no choice means any value.
    """

    name: str
    sql_type: str
    default: str
    en: str
    ja: str
    choices: tuple[str, ...] = ()
