# ruff: noqa: PLC0415 - a process imports the one library that it runs on
"""Choose what this process runs on: green threads in a web instance, else plain ones.

The one module that names the libraries. gunicorn takes `Worker` from here
(`--worker-class app.realtime.runtime.Worker`): that patches the standard library first,
as ASYNC_MODE says (eventlet, or gevent). Whoever only imports this module stays
unpatched: Celery workers, clock, persister and tests.
"""

import os
import select
import socket
import threading
import time
import warnings
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import greenlet
import structlog

POLL_S = 0.05
RESTING_MAX = 64
"""Green threads that are kept for the next work."""
NATIVE_THREADS = 2
"""An instance has one core; and each keeps the 19 MiB that a password hash takes."""

log = structlog.get_logger()

_mode = "threading"
_resting: list[Any] = []


def mode() -> str:
    """Name the async mode as python-socketio knows it."""
    return _mode


def spawn(work: Callable[..., object], *args: Any) -> None:
    """Run `work` beside the caller."""
    if _mode == "eventlet":
        _eventlet().spawn_n(work, *args)
    elif _mode == "gevent":
        _gevent().spawn(work, *args)
    else:
        threading.Thread(target=work, args=args, daemon=True).start()


def spawn_after(delay_s: float, work: Callable[..., object], *args: Any) -> None:
    """Run `work` beside the caller after `delay_s` seconds."""
    if _mode == "eventlet":
        _hub().schedule_call_global(delay_s, call, partial(work, *args))
    elif _mode == "gevent":
        _gevent().spawn_later(delay_s, work, *args)
    else:
        timer = threading.Timer(delay_s, work, args)
        timer.daemon = True
        timer.start()


def sleep(seconds: float = 0) -> None:
    """Let others run for at least so long."""
    time.sleep(seconds)  # green once patched


def offload(work: Callable[..., Any], *args: Any) -> Any:
    """Run native work that would hold up all others (a password hash) elsewhere."""
    if _mode == "eventlet":
        from eventlet import tpool

        tpool.set_num_threads(NATIVE_THREADS)
        return tpool.execute(work, *args)
    if _mode == "gevent":
        pool = _gevent().get_hub().threadpool
        pool.maxsize = NATIVE_THREADS
        return pool.apply(work, args)
    return work(*args)


def send_now(raw_sock: Any, data: bytes) -> int:
    """Write what the kernel takes at once; 0 where it takes nothing. Never waits.

    Raises:
        OSError: the connection is gone.
    """
    try:
        sent: int = raw_sock.send(data, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return 0
    return sent


def raw(sock: Any) -> Any:
    """Give the socket of the operating system under a green one: it never waits."""
    if _mode == "eventlet":
        return sock.fd
    return sock._sock if _mode == "gevent" else sock  # noqa: SLF001


def watch(sock: Any, readable: Callable[[], None]) -> Callable[[], None]:
    """Have `readable` called whenever there is something to read; gives how to stop.

    It is called by the loop itself: it may `resume` others, but wait for nothing. One
    that is watched costs no green thread and, between two calls, nothing at all.
    """
    if _mode == "eventlet":
        return _watch_eventlet(sock, readable)
    if _mode == "threading":
        return _watch_in_thread(sock, readable)
    watcher = _gevent().get_hub().loop.io(sock.fileno(), 1)
    watcher.start(_guarded(readable))

    def stop() -> None:
        watcher.stop()
        watcher.close()

    return stop


def _watch_eventlet(sock: Any, readable: Callable[[], None]) -> Callable[[], None]:
    hub = _hub()
    called = _guarded(readable)
    listener = hub.add(hub.READ, sock.fileno(), called, _ignore, lambda: None)
    listener.greenlet = hub.greenlet  # not that of whoever happened to ask
    return lambda: hub.remove(listener)


def _watch_in_thread(sock: Any, readable: Callable[[], None]) -> Callable[[], None]:
    called, over = _guarded(readable), threading.Event()

    def look() -> None:
        while not over.is_set():
            try:
                came = select.select([sock], [], [], POLL_S)[0]
            except (OSError, ValueError):  # it was closed
                return
            if came and not over.is_set():
                called()

    spawn(look)
    return over.set


def _ignore(_error: object) -> None:
    return None


def _guarded(work: Callable[[], None]) -> Callable[..., None]:
    """Keep the loop from what would make it forget the socket, which it may name."""

    def guarded(*_sock: object) -> None:
        try:
            work()
        except Exception:
            log.exception("the loop's work failed")

    return guarded


def soon(work: Callable[[], None]) -> None:
    """Have the loop do `work` once all that is ready now had its turn."""
    if _mode == "eventlet":
        _hub().schedule_call_global(0, _guarded(work))
    else:
        _gevent().get_hub().loop.run_callback(_guarded(work))


def current() -> Any:
    """Name the green thread that runs, for `resume`."""
    return greenlet.getcurrent()


def park() -> Any:
    """Let others run until `resume`; gives what that brings."""
    hub = _hub()
    if _mode == "eventlet" and not hub.greenlet.dead:
        return hub.greenlet.switch()  # which is all that its `switch` comes to
    return hub.switch()


def resume(parked: Any, value: object) -> None:
    """Go on with a parked green thread at once. Only the loop may."""
    parked.switch(value)


def call(work: Callable[[], None]) -> None:
    """Run `work` in a green thread at once, up to where it waits. Only the loop may.

    Green threads that are done wait for the next work: one is not made for each.
    """
    labourer = _resting.pop() if _resting else _labourer()
    labourer.switch(work)


def _labourer() -> Any:
    hub = _hub()
    return greenlet.greenlet(_labour, hub.greenlet if _mode == "eventlet" else hub)


def _labour(work: Callable[[], None]) -> None:
    while True:
        try:
            work()
        except Exception:
            log.exception("work failed")
        if len(_resting) >= RESTING_MAX:
            return
        _resting.append(current())
        work = park()


def kept(sock: Any) -> Any:
    """Give a socket of one's own to the same connection, whoever closes the other."""
    if _mode == "eventlet":
        from eventlet.greenio import GreenSocket

        return GreenSocket(sock.fd.dup())  # the patched `fromfd` makes one around one
    return socket.fromfd(sock.fileno(), sock.family, sock.type)


def _eventlet() -> Any:
    import eventlet

    return eventlet


def _gevent() -> Any:
    import gevent

    return gevent


def _hub() -> Any:
    return _finder(_mode)()


@cache
def _finder(mode: str) -> Callable[[], Any]:
    """Give what finds the loop of this thread."""
    if mode == "eventlet":
        from eventlet.hubs import get_hub

        return get_hub
    return _gevent().get_hub


def _eventlet_worker() -> type:
    warnings.filterwarnings("ignore", r"Using fork\(\) is a bad idea")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import eventlet
        import prometheus_client  # noqa: F401 - nobody waits while it holds its locks

        eventlet.monkey_patch()
        from gunicorn.workers.base_async import AsyncWorker
        from gunicorn.workers.geventlet import EventletWorker

        from app.realtime.leaving import Leaves

    class Worker(Leaves, EventletWorker):  # type: ignore[misc]
        def init_process(self) -> None:
            self.patch()
            AsyncWorker.init_process(self)  # past the warning of its end

    return Worker


def _gevent_worker() -> type:
    from gunicorn.workers.ggevent import GeventWorker
    from psycopg2.extensions import set_wait_callback

    from app.realtime.leaving import Leaves

    class Worker(Leaves, GeventWorker):  # type: ignore[misc]
        pass  # patches after the fork

    set_wait_callback(_wait_for_postgres)  # the other library patches it by itself
    return Worker


def _wait_for_postgres(connection: Any) -> None:
    """Let others run while Postgres answers (gevent)."""
    from gevent.socket import wait_read, wait_write
    from psycopg2.extensions import POLL_OK, POLL_READ

    while (state := connection.poll()) != POLL_OK:
        wait = wait_read if state == POLL_READ else wait_write
        wait(connection.fileno())


_WORKERS = {"eventlet": _eventlet_worker, "gevent": _gevent_worker}


def __getattr__(name: str) -> Any:
    """Make `Worker` when gunicorn asks for it, and no sooner: making it patches."""
    if name != "Worker":
        raise AttributeError(name)
    global _mode  # noqa: PLW0603 - a process has one mode, chosen once
    wanted = os.environ.get("ASYNC_MODE") or "eventlet"
    if wanted not in _WORKERS:
        raise SystemExit(f"ASYNC_MODE: {wanted!r} is none of {', '.join(_WORKERS)}")
    worker = _WORKERS[wanted]()
    _mode = wanted
    globals()["Worker"] = worker
    return worker
