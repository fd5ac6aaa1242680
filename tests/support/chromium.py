"""Find Chromium, and say how it is started where there is no display and no GPU."""

import os
import shutil
from os import environ

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium is missing: `apt-get install chromium`, or set CHROMIUM to yours"


def chromium() -> str | None:
    """Name the Chromium to run: the one in `CHROMIUM`, else the machine's."""
    return environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def arguments() -> list[str]:
    """Give what it needs to draw WebGL in software, also as root in a container."""
    drawing = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    return [*drawing, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
