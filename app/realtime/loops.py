"""Do work again and again, whatever becomes of it once."""

from collections.abc import Callable

import structlog

from app.realtime import runtime

log = structlog.get_logger()


def repeat(
    pause_s: float,
    work: Callable[[], None],
    *,
    until: Callable[[], bool] = lambda: False,
) -> None:
    """Do `work`, and again after each pause; where it fails, that is logged."""
    while not until():
        try:
            work()
        except Exception:
            log.exception("repeated work failed", work=work.__qualname__)
        runtime.sleep(pause_s)
