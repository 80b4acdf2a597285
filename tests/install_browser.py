"""Finds Chromium for the browser tests and the pictures in downloads, or installs it. Standard library only.

LibreOffice, of which a few tests need a spreadsheet as it writes them, and nginx and Caddy, which stand before the app in
others, are installed where Debian has them; elsewhere those tests are skipped.

In this order: the program named by CHROMIUM, one already on this machine, Debian's package (as root or with
a sudo that asks no password), Playwright's own download. Japanese fonts are installed when that is possible;
without them screenshots show boxes, and no test fails.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

NOTHING_WORKED = """No browser for the tests: none was found and none could be installed.
Any of these helps:
  - as root on Debian: apt-get install chromium
  - .venv/bin/python -m playwright install --with-deps chromium
  - the path of an installed Chrome or Chromium in CHROMIUM
Without a browser: make lint, then .venv/bin/python -m pytest -m "not browser"
"""


def find_browser() -> str | None:
    """Path of a Chromium that starts, or None."""
    here = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *PLACES)
    if found := next((path for path in here if path and _starts(path)), None):
        return found
    own = _of_playwright()
    return own if own and _starts(own) else None


def find_proxy(program: str) -> str | None:
    """Path of nginx or caddy, or None; Debian keeps servers where users do not look for programs."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")


def _of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - absent before installation
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path: str = playwright.chromium.executable_path
    return path


def _starts(path: str) -> bool:
    if not Path(path).exists():
        return False
    try:
        told = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0


def _has_japanese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return sys.platform != "linux"
    told = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, text=True, check=False)
    return bool(told.stdout.strip())


def _is_debian() -> bool:
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False
    # Ubuntu's package of this name only points to a snap, which does not run in a container.
    return "\nID=debian" in f"\n{release}" and shutil.which("apt-get") is not None


def _as_root() -> list[str] | None:
    """What to put before a command that needs root: nothing, sudo, or None where neither works."""
    if os.geteuid() == 0:
        return []
    has_sudo = shutil.which("sudo") and _run(["sudo", "-n", "true"]).returncode == 0
    return ["sudo", "-n"] if has_sudo else None


def _install_debian(*packages: str) -> bool:
    root = _as_root() if _is_debian() else None
    if root is None:
        return False
    print(f"Installing Debian's {' and '.join(packages)} (once)", flush=True)
    # No server that comes with a package is started.
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "SYSTEMD_OFFLINE=1", "apt-get"]
    return _succeeds([*apt, "update"]) and _succeeds(
        [*apt, "install", "-y", "--no-install-recommends", *packages]
    )


def _install_playwright() -> bool:
    print("Installing Playwright's Chromium (once)", flush=True)
    command = [sys.executable, "-m", "playwright", "install"]
    if sys.platform == "linux" and os.geteuid() == 0 and _succeeds([*command, "--with-deps", "chromium"]):
        return True
    return _succeeds([*command, "chromium"])


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )


def _succeeds(command: list[str]) -> bool:
    done = _run(command)
    if done.returncode:
        print(f"{' '.join(command)} failed:\n{done.stderr.strip()[-1000:]}", file=sys.stderr)
    return done.returncode == 0


def main() -> int:
    """Make sure of a browser, and of Japanese fonts where that is possible; 1 when there is no browser."""
    has_browser = find_browser() is not None
    wanted = [
        *([] if has_browser else ["chromium"]),
        *([] if _has_japanese_fonts() else ["fonts-noto-cjk"]),
        *([] if shutil.which("soffice") else ["libreoffice-calc-nogui"]),
    ]
    if wanted:
        _install_debian(*wanted)
    proxies = {"nginx": "nginx-light", "caddy": "caddy"}
    if lacking := [package for program, package in proxies.items() if find_proxy(program) is None]:
        _install_debian(*lacking)
    if not has_browser and find_browser() is None:
        _install_playwright()
    if find_browser() is None:
        sys.stderr.write(NOTHING_WORKED)
        return 1
    if not _has_japanese_fonts():
        print("No Japanese fonts here: pictures will lack Japanese letters (Debian: fonts-noto-cjk).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
