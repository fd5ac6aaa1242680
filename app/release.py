"""Name the code that runs, so that operators see which instance runs which."""

import re
from pathlib import Path

UNKNOWN = "unknown"
HASH_LETTERS = 12

_HASH = re.compile(r"[0-9a-f]{40}")
_ROOT = Path(__file__).resolve().parents[1]


def of_checkout(root: Path = _ROOT) -> str:
    """Give the commit of the checkout that the code lies in, shortened.

    Read from git's files: no process is started for it, and an image without them is
    told its name by `RELEASE`.
    """
    try:
        head = (root / ".git" / "HEAD").read_text().strip()
        if not head.startswith("ref: "):
            return _short(head)
        branch = head.removeprefix("ref: ")
        loose = root / ".git" / branch
        if loose.exists():
            return _short(loose.read_text().strip())
        packed = (root / ".git" / "packed-refs").read_text().splitlines()
    except OSError:
        return UNKNOWN
    found = (line.split(" ") for line in packed if line.endswith(f" {branch}"))
    return _short(next(found, [UNKNOWN])[0])


def _short(text: str) -> str:
    return text[:HASH_LETTERS] if _HASH.fullmatch(text) else UNKNOWN
