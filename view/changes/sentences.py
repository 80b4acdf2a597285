"""What a difference says in sentences; the page, the Markdown, the feed and the command say the same."""

from collections.abc import Mapping
from datetime import date

from model.changes import Timing
from model.editions import Difference
from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE
from model.timing import TIMINGS
from view.amounts import amount_short
from view.texts import Texts, Told


def summary(found: Difference, t: Texts) -> str:
    """All that is said of a difference in words: what changed, what it moves, and what could not be seen."""
    if found.is_empty:
        return answer(found, t)
    words = (answer(found, t), t.prose(moved_told(found, t)), not_visible_words(found, t))
    return t.gap.join(text for text in words if text)


def answer(found: Difference, t: Texts) -> str:
    """How many changes there are, and how many of them happened, in one sentence."""
    return t("Nothing differs between the two.") if found.is_empty else t.prose(timing_told(found.timings, t))


def moved_told(found: Difference, t: Texts) -> Told:
    """What the changes are of, and what they move."""
    rungs = [e for e in found.near if e.code in EXPECTED_RUNGS]
    before = sum(e.before[0] for e in rungs if e.before)
    after = sum(e.after[0] for e in rungs if e.after)
    projects = {kind: len(found.of("projects", kind)) for kind in ("added", "removed", "changed")}
    values = {"year": found.new.years[0], "before": amount_short(before, t), "after": amount_short(after, t)}
    if values["before"] == values["after"]:
        message = t("What is expected by FY{year} stays at {after}", **values)
    elif before < after:
        message = t("What is expected by FY{year} rises from {before} to {after}", **values)
    else:
        message = t("What is expected by FY{year} falls from {before} to {after}", **values)
    text = t(
        "{added} projects newly recorded, {changed} changed, {removed} removed; {issuances} decisions on issuance newly"
        " recorded.",
        added=t.number(projects["added"]),
        changed=t.number(projects["changed"]),
        removed=t.number(projects["removed"]),
        issuances=t.number(len(found.of("issuances", "added"))),
    )
    dormant = len(found.became_dormant)
    if not dormant:
        return message, text
    more = t.count(
        "{n} project is no longer counted: selected long ago and never listed.",
        "{n} projects are no longer counted: selected long ago and never listed.",
        dormant,
    )
    return message, f"{text}{t.gap}{more}"


def timing_names(t: Texts) -> dict[Timing, str]:
    """What a change did between the two days, in a word or two."""
    return {
        "happened": t("happened in between"),
        "not_visible": t("could not be seen before"),
        "first_seen": t("first seen in our sources"),
        "reckoned": t("by our own reckoning"),
    }


def timing_told(counts: Mapping[Timing, int], t: Texts) -> Told:
    """How many changes there are, and what they did."""
    names = timing_names(t)
    parts = [
        t("{n} {timing}", n=t.number(counts[timing]), timing=names[timing])
        for timing in TIMINGS
        if counts.get(timing)
    ]
    n = sum(counts.values())
    if not n:
        return "", t("Nothing changed.")
    return t.count("{n} change: {parts}", "{n} changes: {parts}", n, parts=t.listing(parts)), ""


def timing_meanings(t: Texts) -> str:
    """What the four mean."""
    return t(
        "Happened in between: its own date lies between the two days. Could not be seen before: only a list of projects tells"
        " it, and the first copy on record is later than the first day. First seen in our sources: older, undated or dated too"
        " roughly to tell. By our own reckoning: it follows from a rule or an assumption, or was taken out of the record."
    )


def not_visible_words(found: Difference, t: Texts) -> str:
    """Which rungs could not be seen on the earlier day, and where their projects stood; empty for none."""
    parts = []
    for code, day in found.not_visible.items():
        rung = RUNG_BY_CODE[code]
        now = [key for key, row in found.new.rows["projects"].items() if row["stage"] == code]
        before = sum(key in found.old.rows["projects"] for key in now)
        parts.append(
            t(
                "“{rung}” could not be seen before {day}, the day of the first list on record that tells it. Of the {n} projects"
                " on it now, {before} were known before under another stage; when they came under validation is not known.",
                rung=t.pick(rung.name_en, rung.name_ja),
                day=t.day(day),
                n=t.number(len(now)),
                before=t.number(before),
            )
        )
    return t.gap.join(parts)


def edition_words(version: str, day: date, t: Texts) -> str:
    """An edition in words."""
    return t("{day} (version {version})", day=t.day(day), version=version)
