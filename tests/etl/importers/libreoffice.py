"""Workbooks as LibreOffice writes them: it opens a file, computes its formulas and saves it in its own way."""

import shutil
import subprocess
from pathlib import Path

import pytest

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def through_libreoffice(content: bytes, folder: Path) -> bytes:
    """Return the content of a workbook once LibreOffice has opened it and saved it."""
    given, saved = folder / "given.xlsx", folder / "saved"
    given.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(saved), str(given)]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    return (saved / "given.xlsx").read_bytes()
