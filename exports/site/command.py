"""`python -m exports site`: the static edition as a folder."""

import sys
import time
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from cyclopts import Parameter

from exports.briefing.fonts import FontMissing
from exports.site.build import OwnRecord, site_files
from exports.site.edition import Places
from exports.site.place import SiteNotWritten, only_build, write_site
from exports.writing_files import DONE, FAILED, refuse
from queries.warehouse import OlderFile, WarehouseUnavailable, current


def site(
    *,
    out: Path = Path("build/site"),
    base_url: Annotated[str, Parameter(env_var="JCM_SITE_URL")] = "",
    live_url: Annotated[str, Parameter(env_var="JCM_LIVE_URL")] = "",
) -> int:
    """Write the static edition: a folder of plain pages in both languages for any web server, or to open from a disk.

    Exit codes: 0 done; 1 the site could not be written, the old one is unchanged; 2 wrong usage or no data.

    Parameters
    ----------
    out
        Folder of the site; an older site there is replaced once the new one is whole.
    base_url
        Address at which the site will stand. With it there are a map for search engines, and whole addresses for
        previews of links; all else works without.
    live_url
        Address of the app, for links that lead to it.
    """
    for name, given in (("--base-url", base_url), ("--live-url", live_url)):
        if given and not _is_address(given):
            return refuse(
                f"{name} {given}: an address begins with https:// or http:// and has neither ? nor #"
            )
    place = out.absolute().resolve()
    began = time.perf_counter()
    try:
        warehouse = current()
        with only_build(place):
            places = Places(base_url.rstrip("/"), live_url.rstrip("/"))
            files, size = write_site(place, site_files(warehouse, places))
    except (OwnRecord, WarehouseUnavailable, OlderFile) as error:
        return refuse(str(error))
    except (SiteNotWritten, FontMissing) as error:
        return refuse(str(error), FAILED)
    sys.stdout.write(
        f"{out / 'index.html'}: data version {warehouse.data_version}, {files:,} files, {size / 1e6:.1f} MB,"
        f" {time.perf_counter() - began:.0f} s\n"
    )
    return DONE


def _is_address(given: str) -> bool:
    try:
        parts = urlsplit(given)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not parts.query and not parts.fragment
