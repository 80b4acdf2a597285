"""Known vulnerabilities of the pinned packages, by pip-audit. Standard library only.

Exit codes: 0 none is known; 1 some are; 3 the list could not be reached, for all packages or for some: nothing is known
about those.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"
CLEAN, VULNERABLE, NOT_REACHED = 0, 1, 3


def verdict(packages: Sequence[Mapping[str, Any]]) -> tuple[int, list[str]]:
    """Exit code and lines to say. What pip-audit passes over it calls clean; here it is not known."""
    lines = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for one in packages
        for fault in one.get("vulns", ())
    ]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    if unknown or not packages:
        some = "any package" if len(unknown) == len(packages) else ", ".join(unknown)
        lines.append(f"The list of known vulnerabilities told nothing about {some}: not audited.")
    if any(one.get("vulns") for one in packages):
        return VULNERABLE, lines
    if unknown or not packages:
        return NOT_REACHED, lines
    return CLEAN, [f"No known vulnerabilities in {len(packages)} packages."]


def main() -> int:
    """Audit what constraints.txt names; returns the exit code."""
    look = ["-r", str(CONSTRAINTS), "--no-deps", "--disable-pip", "--format=json", "--progress-spinner=off"]
    told = subprocess.run(
        [sys.executable, "-m", "pip_audit", *look], capture_output=True, text=True, check=False
    )
    try:
        packages = json.loads(told.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        sys.stdout.write(told.stderr)
        packages = []
    code, lines = verdict(packages)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
