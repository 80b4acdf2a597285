"""The choice of the edition that the page of changes compares with."""

from datetime import date

import streamlit as st

from pages.frame import Frame
from queries.warehouse import Warehouse, kept_versions, version
from view.changes import choosing


def choose_earlier_edition(frame: Frame) -> tuple[Warehouse, date]:
    """The earlier edition: its version, where several are kept, and its day.

    Raises WarehouseUnavailable for a version whose file cannot be read.
    """
    t, controls, warehouse, day = frame.t, frame.controls, frame.warehouse, frame.selection.as_of
    presets = choosing.presets(frame.rows("milestones", as_of=day), day, warehouse.first_on, t)
    kept = kept_versions(warehouse.path.parent)
    left, middle, right = st.columns([1.3, 0.8, 2], gap="medium", vertical_alignment="bottom")
    with left:
        code = choosing.choose_version(controls, kept, warehouse.data_version, t)
    older = warehouse if code == choosing.SAME else version(code)
    with middle:
        usual = choosing.usual_day(presets, older.data_as_of, day, is_same=older is warehouse)
        earlier = controls.day("earlier", t("Compared with"), (warehouse.first_on, older.data_as_of), usual)
    with right:
        choosing.offer_presets(presets, kept, warehouse.data_as_of, warehouse.data_version, t)
    return older, earlier
