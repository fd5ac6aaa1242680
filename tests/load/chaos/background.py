"""Run an event loop in a thread of its own, for what goes on beside the caller."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
CALL_S = 20.0


class Background:
    """Hold the loop and its thread."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T], within_s: float = CALL_S) -> T:
        """Run to the end, and give what it gives.

        Raises:
            TimeoutError: it took too long.
        """
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(within_s)
        except TimeoutError:
            future.cancel()
            raise

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run beside the caller until the end."""

        async def keep() -> None:
            task = asyncio.create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        self.call(keep())

    def end(self) -> None:
        """Cancel what still runs, and end the thread."""
        if self._thread.is_alive():
            self.call(self._cancel())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(CALL_S)

    async def _cancel(self) -> None:
        me = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not me]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()
