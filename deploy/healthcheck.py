"""Asks the server in the same container whether it is ready; ends with 1 where it is not. Standard library only."""

import os
import sys
import urllib.error
import urllib.request

port = os.environ.get("JCM_SERVE_PORT", "8501")
base = os.environ.get("JCM_SERVE_BASE_PATH", "").strip("/")
address = f"http://127.0.0.1:{port}/{base}/ready" if base else f"http://127.0.0.1:{port}/ready"
try:
    with urllib.request.urlopen(address, timeout=4) as answer:  # noqa: S310
        sys.stdout.write(answer.read().decode())
except urllib.error.HTTPError as unready:
    sys.exit(unready.read().decode())
except OSError as error:
    sys.exit(str(error))
