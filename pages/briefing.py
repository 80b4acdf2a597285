"""The page on which briefing packs are made: for whom, in which language, as of which day."""

from datetime import date

import streamlit as st

from exports.briefing import making
from exports.briefing.formats import FORMATS, PREVIEW
from exports.briefing.making import Making, PackFailed, names_of
from exports.briefing.request import Request, RequestError, request_of
from loading.outlook import shipped_scenarios
from pages.frame import Frame, open_frame
from view.briefing import page as words
from view.downloads import zipped
from view.header import draw_foot, draw_head, draw_ignored
from view.outlook.words import scenario_name
from view.tiles import block

LOOKS_EVERY = 0.3
_PACK = "briefing.pack"
_PREVIEW = "briefing.preview"


def choose(frame: Frame) -> tuple[list[Request], list[str]]:
    """Draws the choices; gives the requests, one for each language, and what is wrong with them."""
    t, controls = frame.t, frame.controls
    audience = controls.one("audience", t("For whom"), words.audience_names(t))
    left, middle, right = st.columns([1.7, 1, 1], gap="medium")
    subject, earlier = "", None
    day = controls.selection.as_of
    with left:
        if audience == "country":
            subject = controls.one("iso3", t("Partner country"), dict(frame.names["country"]))
        elif audience == "sector":
            names = {code: name for code, name in frame.names["sector"].items() if code != "0"}
            subject = controls.one("scope", t("Sector (JCM sectoral scope)"), names)
        elif audience == "comparison":
            earlier = choose_earlier(frame, day)
        else:
            shipped = {code: scenario_name(one, t) for code, one in shipped_scenarios().items()}
            scenario = controls.one("scenario", t("Scenario of the outlook"), shipped)
    with middle:
        lang = controls.one("pack", t("Language of the pack"), words.language_choices(t))
    with right:
        st.html(block(t.lang, f'<p class="jcm-under">{t("Day of the facts: {day}", day=t.day(day))}</p>'))
    given = {"audience": audience, "subject": subject, "as_of": day, "earlier": earlier}
    if audience == "programme":
        given["scenario"] = scenario
    languages = ("ja", "en") if lang == "both" else (lang,)
    try:
        return [request_of(frame.warehouse, lang=one, **given) for one in languages], []  # type: ignore[arg-type]
    except RequestError as error:
        return [], [words.faults_html(error.faults, t)]


def choose_earlier(frame: Frame, day: date) -> date | None:
    """The day that a comparison begins with; None where there is none before the reader's day."""
    first = frame.warehouse.first_on
    if day == first:
        return None
    before = words.a_year_before(day, first)
    return frame.controls.day("earlier", frame.t("Compared with"), (first, day), before)


def on_its_way(key: str, requests: list[Request], frame: Frame, codes: tuple[str, ...]) -> list[Making]:
    """What this visitor had begun for these requests, begun now if it was not."""
    version = frame.warehouse.data_version
    held: list[Making] = st.session_state.get(key, [])
    if [(x.request, x.data_version) for x in held] != [(r, version) for r in requests]:
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
        st.html(block(t.lang, words.failed_html(str(failed), t)))
        return
    if not held[0].is_done():
        watch(_PREVIEW, frame, is_counted=False)
        return
    with st.container(border=True, key="tile_preview"):
        title = f'<h2 class="jcm-title">{t("First look: the one-page edition")}</h2>'
        st.html(block(t.lang, title))
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
        st.html(block(t.lang, words.contents_html(names, t)))
        failed = st.session_state.pop(f"{_PACK}.failed", None)
        if failed:
            st.html(block(t.lang, words.failed_html(failed, t)))
        version = frame.warehouse.data_version
        held: list[Making] = st.session_state.get(_PACK, [])
        if [(x.request, x.data_version) for x in held] != [(r, version) for r in requests]:
            if st.button(t("Make the pack"), type="primary", key="briefing.make"):
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


def main() -> None:
    """Choices, the first look, and the pack."""
    frame = open_frame()
    t = frame.t
    head = st.container()
    frame.controls.draw_row(filters=())
    requests, faults = choose(frame)
    with head:
        draw_head(t, words.head_html(t))
    frame.controls.finish()
    draw_ignored(t)
    for fault in faults:
        st.html(block(t.lang, fault))
    if requests:
        left, right = st.columns([1.35, 1], gap="small")
        with right:
            draw_pack(requests, frame)
        with left:
            draw_preview(requests, frame)
    draw_foot(t)


main()
