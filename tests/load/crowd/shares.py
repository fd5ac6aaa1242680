"""Read which users follow which mix: `play`, `play:0.8,idle:0.2`, `play,storm`."""

from collections.abc import Mapping
from math import isclose

STORM, IDLE = "storm", "idle"
NAMES = ("chatter", "idle", "play", STORM)


def read(text: str) -> dict[str, float]:
    """Give the part of the users that follows each mix.

    Mixes without a share divide among them what is left. `storm` is not followed but
    happens, to its share of all users; where nothing else is said they are idle.

    Raises:
        ValueError: the text is no such list.
    """
    given: dict[str, float | None] = {}
    for part in text.split(","):
        name, _colon, share = part.strip().partition(":")
        if name not in NAMES or name in given:
            raise ValueError(f"{part}: one each of {', '.join(NAMES)}")
        given[name] = _share(share) if share else None
    storm = given.pop(STORM) if STORM in given else 0.0
    shares = _divided(given or {IDLE: None})
    return shares | ({STORM: 1.0 if storm is None else storm} if storm != 0 else {})


def counts(shares: Mapping[str, float], users: int) -> dict[str, int]:
    """Divide users by their shares, so that all of them have a mix."""
    found, before, done = {}, 0, 0.0
    for name, share in shares.items():
        if name == STORM:
            found[name] = round(share * users)
            continue
        done += share
        upto = round(done * users)
        found[name], before = upto - before, upto
    return found


def _divided(given: Mapping[str, float | None]) -> dict[str, float]:
    left = 1.0 - sum(share for share in given.values() if share is not None)
    open_ones = [name for name, share in given.items() if share is None]
    is_whole = isclose(left, 0.0, abs_tol=1e-9)
    if (left < 0 and not is_whole) or bool(open_ones) == is_whole:
        raise ValueError("the shares must add up to 1")
    return {
        name: left / len(open_ones) if share is None else share
        for name, share in given.items()
    }


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        raise ValueError(f"{text}: more than 0 and at most 1")
    return share
