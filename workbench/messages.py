"""What the workbench says, by code, in both languages: what was found, what is allowed, what to do.

The texts are in `messages.csv`; `{what_runs}` is the sentence of that code.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Message:
    """One message in both languages."""

    en: str
    ja: str


def _read() -> dict[str, Message]:
    with Path(__file__).with_name("messages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    common = next(x for x in rows if x["code"] == "what_runs")
    return {
        x["code"]: Message(*(x[lang].replace("{what_runs}", common[lang]) for lang in ("en", "ja")))
        for x in rows
    }


MESSAGES: Final = _read()

REASONS: Final = {
    "settings": Message("it reveals details of the machine or its settings", "設定や環境の情報を返すため"),
    "state": Message(
        "it changes or reads what other queries could see", "他の実行に影響し得る状態を扱うため"
    ),
    "waiting": Message("it only waits", "待つだけの関数のため"),
    "internal": Message("it is meant for the engine itself", "エンジン内部用のため"),
}


def say(code: str, **values: object) -> Message:
    """The message of a code with its values filled in; a value may be a Message itself.

    Raises KeyError for an unknown code or a value that is missing.
    """
    template = MESSAGES[code]
    return Message(
        template.en.format_map({k: v.en if isinstance(v, Message) else v for k, v in values.items()}).strip(),
        template.ja.format_map({k: v.ja if isinstance(v, Message) else v for k, v in values.items()}).strip(),
    )


def near_names(names: list[str]) -> Message:
    """Near names as the part of a sentence; empty when there are none."""
    if not names:
        return Message("", "")
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return Message(f"Did you mean {listed}? ", f"近い名前：{'、'.join(names)}。")
