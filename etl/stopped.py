"""What stops a build: faults that leave no way to go on without guessing."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One reason to stop: what is wrong, where, and what to do, in English and Japanese."""

    en: str
    ja: str


class BuildStopped(Exception):
    """The build cannot go on; nothing was published. `faults` holds every reason found, at least one."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{fault.en} / {fault.ja}" for fault in self.faults))


def stop(en: str, ja: str) -> BuildStopped:
    """A stop for one reason, ready to be raised."""
    return BuildStopped((Fault(en, ja),))
