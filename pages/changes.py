"""What has changed between two days or two data versions."""

from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from exports.changes.feed import feed_of
from exports.changes.markdown import markdown_of
from loading.editions import difference_between
from model.editions import Difference
from pages.frame import Frame, open_frame
from queries.runner import ask
from queries.warehouse import Warehouse, WarehouseUnavailable, kept_versions, version
from view import address, embedding
from view.address import link
from view.changes import choosing as words
from view.changes.last_visit import last_visit
from view.changes.page import head_html, tiles_of
from view.header import draw_foot, draw_head, draw_ignored
from view.selection import Selection
from view.texts import Language
from view.tiles import Tile, block, draw_tile


@st.cache_resource(max_entries=64, show_spinner=False)
def found_between(
    versions: tuple[str, str], days: tuple[date, date], _old: Warehouse, _new: Warehouse
) -> Difference:
    """The difference of two editions, computed once for all readers."""
    return difference_between(_old, days[0], _new, days[1])


@st.cache_resource(max_entries=64, show_spinner=False)
def page_of(
    versions: tuple[str, str],
    days: tuple[date, date],
    lang: Language,
    pinned: str,
    _found: Difference,
    _frame: Frame,
) -> dict[str, Tile]:
    """The tiles of a difference."""
    t, warehouse = _frame.t, _frame.warehouse
    # Links lead to the later day, whichever of the two the reader chose first.
    later = Selection(as_of=_found.new.as_of, pinned=pinned)
    to = partial(link, selection=later, lang=lang, data_as_of=warehouse.data_as_of)
    day = {"as_of": _found.new.as_of}
    answers = ask(warehouse, dict.fromkeys(("ladder", "projects", "issuances", "milestones"), day))
    tile = _frame.tile_maker(answers, _found.new.as_of)
    return tiles_of(_found, _frame.names, to, tile, t)


@st.cache_resource(max_entries=4, show_spinner=False)
def feed(data_version: str, lang: Language, _warehouse: Warehouse) -> bytes:
    """The feed as a file."""
    return feed_of(_warehouse, lang)


def choose(frame: Frame) -> tuple[Warehouse, date]:
    """The earlier edition: its version, where several are kept, and its day; and the days that are one click away."""
    t, controls, warehouse = frame.t, frame.controls, frame.warehouse
    day = controls.selection.as_of
    milestones = warehouse.run("milestones", as_of=day).to_pylist()
    presets = words.presets(milestones, day, warehouse.first_on, t)
    left, middle, right = st.columns([1.3, 0.8, 2], gap="medium", vertical_alignment="bottom")
    with left:
        names = words.version_names(kept_versions(warehouse.path.parent), warehouse.data_version, t)
        code = controls.one("before", t("Compared with data version"), names) if len(names) > 1 else ""
    older = version(code) if code and code != "same" else warehouse
    with middle:
        usual = words.usual_day(presets, older.data_as_of, day, is_same=older is warehouse)
        earlier = controls.day("earlier", t("Compared with"), (warehouse.first_on, older.data_as_of), usual)
    if embedding.is_on():
        return older, earlier
    with right, st.container(horizontal=True, gap="small"):
        for name, preset in presets.items():
            st.button(name, key=f"preset.{name}", on_click=go_to, args=(preset,), type="tertiary")
        visit = last_visit(warehouse.data_as_of, warehouse.data_version)
        if visit is not None:
            kept = visit.version if visit.version in kept_versions(warehouse.path.parent) else None
            st.button(
                t("since my last visit ({day})", day=t.day_short(visit.day)),
                key="preset.visit",
                on_click=go_to,
                args=(visit.day, kept),
                type="tertiary",
            )
        else:
            st.caption(t("This browser has no earlier visit on record."))
    return older, earlier


def go_to(day: date, data_version: str | None = None) -> None:
    """Sets the earlier edition."""
    address.adopt({"earlier": [day.isoformat()], "before": [data_version] if data_version else []})


def draw_files(found: Difference, frame: Frame) -> None:
    """The difference as Markdown, and the feed."""
    t = frame.t
    stem = f"jcm_changes_{found.old.as_of}_{found.new.as_of}_{found.new.data_version}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Markdown",
            lambda: markdown_of(found, frame.names, t).encode(),
            f"{stem}.md",
            "text/markdown",
            key="changes.markdown",
            on_click="ignore",
        )
        make = partial(feed, frame.warehouse.data_version, t.of_files, frame.warehouse)
        st.download_button(
            t("Feed (Atom)"),
            make,
            f"jcm_changes.{t.of_files}.atom",
            "application/atom+xml",
            key="changes.feed",
            on_click="ignore",
        )
        st.caption(t("Feed readers follow /feed/changes.{lang}.atom on this server.", lang=t.of_files))


def draw_not_comparable(frame: Frame, head: DeltaGenerator, data_version: str) -> None:
    """That a kept file cannot be compared; the choice of another stays."""
    frame.controls.finish()
    with head:
        draw_head(frame.t, words.not_comparable_html(data_version, frame.t))
    draw_foot(frame.t)


def main() -> None:
    """The two editions, then what differs."""
    frame = open_frame()
    t, warehouse = frame.t, frame.warehouse
    head = st.container()
    frame.controls.draw_row(filters=())
    try:
        older, earlier = choose(frame)
    except WarehouseUnavailable as unavailable:
        draw_not_comparable(frame, head, unavailable.path.stem.removeprefix("jcm-"))
        return
    frame.controls.finish()
    day = frame.controls.selection.as_of
    # Two days of one version in the wrong order are swapped and told.
    is_swapped = older is warehouse and earlier > day
    first, last = (day, earlier) if is_swapped else (earlier, day)
    try:
        versions = (older.data_version, warehouse.data_version)
        found = found_between(versions, (first, last), older, warehouse)
    except WarehouseUnavailable:
        draw_not_comparable(frame, head, older.data_version)
        return
    with head:
        draw_head(t, head_html(found, t))
    draw_ignored(t)
    if is_swapped:
        st.html(block(t.lang, words.swapped_html(t)))
    pinned = frame.controls.selection.pinned
    for tile in page_of(versions, (first, last), t.lang, pinned, found, frame).values():
        draw_tile(tile, t)
    draw_files(found, frame)
    draw_foot(t)


main()
