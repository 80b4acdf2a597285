"""What the process that makes packs runs (`workbench.process`): one file of a pack for each question."""

import os
import pickle
from typing import Final

from exports.briefing.writing import write_there

PRIORITY: Final = 5
"""Behind the pages, but a busy server still makes packs: with 10 a process gets a tenth of the time of another."""


def prepare(_setup: bytes) -> "Writer":
    """Lets other processes go first."""
    os.nice(PRIORITY)
    return Writer()


class Writer:
    """Answers with the bytes of a file, or in the head with what went wrong."""

    def answer(self, question: bytes) -> tuple[bytes, bytes]:
        """`question` is the pickle of the arguments of `write_there`, from the app."""
        try:
            return b"", write_there(*pickle.loads(question))  # noqa: S301 - the app's own question
        except Exception as error:
            # Whatever went wrong is shown to the reader; the process goes on.
            return (str(error) or type(error).__name__).encode(), b""

    def interrupt(self) -> None:
        """A file that was begun is made to its end."""
