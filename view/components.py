"""Components of our own, whose scripts the framework serves from a folder: a page runs no script that is not a file."""

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

ASSETS = "assets"


def mounted(name: str, folder: Path, script: str, *, html: str, css: str = "") -> Any:  # noqa: ANN401 - the framework's own type
    """The component `name` (room.component), registered with the framework once a process; `script` lies in folder/assets."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(name) is None:
        room, _, component = name.partition(".")
        manifest = ComponentManifest(room, "1", [ComponentConfig(component, ASSETS)])
        manager.register_from_manifest(manifest, folder)
    return st.components.v2.component(name, html=html, css=css or None, js=script)
