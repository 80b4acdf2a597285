"""Heights offered for frames: more to read is higher, less room is higher, and frames of maps are as the style sheet has them."""

import re

import pytest

from view.frame_height import COLUMN, FRAMES, HIGHEST, PHONE, frame_height
from view.theme import style_sheet

_SENTENCE = '<h2 class="jcm-title">Title</h2><p class="jcm-sentence">{}</p>'


def test_more_to_read_and_less_room_make_a_frame_higher() -> None:
    short, long = _SENTENCE.format("Few words."), _SENTENCE.format("Many more words than before. " * 12)
    heights = [
        frame_height((words, "<div>Source</div>"), 420, width)
        for words in (short, long)
        for width in (COLUMN, PHONE)
    ]
    assert heights[0] == heights[1] < heights[2] < heights[3]
    assert 480 < heights[0] < 540


@pytest.mark.parametrize(("rows", "least", "most"), [(0, 20, 80), (10, 250, 400), (1000, HIGHEST, HIGHEST)])
def test_a_table_is_as_high_as_its_rows_up_to_a_limit(rows: int, least: int, most: int) -> None:
    table = f"<table><tbody>{'<tr><th>Mongolia</th><td>1.2 Mt</td></tr>' * rows}</tbody></table>"
    assert least <= frame_height((table,), 0, COLUMN) <= most


def test_maps_have_the_frames_of_the_style_sheet() -> None:
    css = style_sheet("light")
    for frame, heights in FRAMES.items():
        wide, narrow = re.findall(rf'\[class\*="st-key-tile_{frame}_"\]\{{height:(\d+)px', css)
        assert (int(narrow), int(wide)) == heights
