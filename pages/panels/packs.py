"""The making of packs: the first look, the progress, and the files."""

import streamlit as st

from exports.briefing import making
from exports.briefing.formats import FORMATS, PREVIEW
from exports.briefing.making import Making, PackFailed, names_of
from exports.briefing.request import Request
from pages.frame import Frame
from view import address
from view.briefing import page as words
from view.downloads import zipped
from view.marks.markup import draw, heading

LOOKS_EVERY = 0.3
_PACK = "briefing.pack"
_PREVIEW = "briefing.preview"


def on_its_way(key: str, requests: list[Request], frame: Frame, codes: tuple[str, ...]) -> list[Making]:
    """What this visitor had begun for these requests, begun now if it was not."""
    version = frame.warehouse.data_version
    held: list[Making] = st.session_state.get(key, [])
    if [(x.request, x.data_version) for x in held] != [(r, version) for r in requests]:
        for one in held:
            one.give_up()
        held = [making.start(frame.warehouse, request, codes) for request in requests]
        st.session_state[key] = held
    return held


@st.fragment(run_every=LOOKS_EVERY)
def watch(key: str, frame: Frame, *, is_counted: bool) -> None:
    """Looks for the files while the reader waits; then the page is drawn with them."""
    t, held = frame.t, st.session_state.get(key, [])
    try:
        for one in held:
            while one.take() is not None:
                pass
    except PackFailed as failed:
        st.session_state[key] = []
        st.session_state[f"{key}.failed"] = str(failed)
        st.rerun()
    if all(one.is_done() for one in held):
        st.rerun()
    text = t("Making the pack …") if is_counted else t("Drawing the first look …")
    share = held[0].share() if len({one.share() for one in held}) == 1 else held[-1].share()
    st.progress(share if is_counted else 0.0, text=text)


def draw_preview(requests: list[Request], frame: Frame) -> None:
    """The one-page edition as a picture."""
    t = frame.t
    try:
        held = on_its_way(_PREVIEW, requests[:1], frame, (PREVIEW.code,))
    except PackFailed as failed:
        draw(t, words.failed_html(str(failed), t))
        return
    if not held[0].is_done():
        watch(_PREVIEW, frame, is_counted=False)
        return
    with st.container(border=True, key="tile_preview"):
        draw(t, heading(t("First look: the one-page edition")))
        st.image(
            held[0].files[PREVIEW.code],
            width="stretch",
            caption=words.preview_alt(words.audience_names(t)[requests[0].audience], t),
        )


def draw_pack(requests: list[Request], frame: Frame) -> None:
    """What the pack holds, the button that makes it, and its files."""
    t = frame.t
    names = words.format_names(t)
    with st.container(border=True, key="tile_pack"):
        draw(t, words.contents_html(names, t))
        failed = st.session_state.pop(f"{_PACK}.failed", None)
        if failed:
            draw(t, words.failed_html(failed, t))
        version = frame.warehouse.data_version
        held: list[Making] = st.session_state.get(_PACK, [])
        if [(x.request, x.data_version) for x in held] != [(r, version) for r in requests]:
            if st.button(t("Make the pack"), type="primary", key="briefing.make", on_click=address.acted):
                on_its_way(_PACK, requests, frame, tuple(FORMATS))
                st.rerun()
            return
        if not all(one.is_done() for one in held):
            watch(_PACK, frame, is_counted=True)
            return
        files: dict[str, bytes] = {}
        for one in held:
            files |= names_of(one.files, one.request, version)
        stem = requests[0].stem(version)
        everything = t("Everything (ZIP)")
        st.download_button(
            everything, lambda: zipped(files), f"{stem}.zip", "application/zip", on_click="ignore"
        )
        for one in held:
            with st.container(horizontal=True, gap="small"):
                own = names_of(one.files, one.request, version)
                for (name, body), (code, made) in zip(own.items(), FORMATS.items(), strict=True):
                    label = names[code][0] if len(held) == 1 else f"{names[code][0]} · {one.request.lang}"
                    st.download_button(label, body, name, made.media_type, key=name, on_click="ignore")
