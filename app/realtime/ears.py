"""Hear the rooms of each galaxy from the server that it lives on.

What one server goes through is no matter of the galaxies on the others.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from app.engine.keys import Keys, tag_of
from app.realtime import runtime
from app.realtime.bus import Listener


class Ears:
    """Hold a subscription for each galaxy; `returned` gets whose was lost a while."""

    def __init__(
        self,
        url: str,
        galaxies: Iterable[str],
        heard: Callable[[str, bytes], None],
        returned: Callable[[str], None],
    ) -> None:
        self._listeners: dict[str, Listener] = {}
        for galaxy in galaxies:
            tag = Keys(galaxy).tag
            self._listeners[tag] = Listener(
                url, heard, partial(returned, galaxy), name=f"state:{galaxy}", tag=tag
            )

    @property
    def losses(self) -> int:
        """Count how often something of some galaxy may have been missed."""
        return sum(listener.losses for listener in self._listeners.values())

    def hears(self, galaxy: str) -> bool:
        """Tell whether a galaxy's server can be asked for more."""
        return self._listeners[Keys(galaxy).tag].is_connected

    def run(self) -> None:
        """Begin to hear, for as long as the process lives."""
        for listener in self._listeners.values():
            runtime.spawn(listener.run)

    def listen(self, channels: Iterable[str]) -> None:
        """Hear some more channels; they are heard once this returns.

        Raises:
            Unavailable: a server doesn't confirm. The channels stay wanted.
        """
        for listener, some in self._by_listener(channels):
            listener.listen(some)

    def ignore(self, channels: Iterable[str]) -> None:
        """Hear some channels no longer, none of which is wanted at this moment."""
        old = [(one, one.unwant(some)) for one, some in self._by_listener(channels)]
        for listener, unwanted in old:
            listener.unsubscribe(unwanted)

    def _by_listener(
        self, channels: Iterable[str]
    ) -> Iterator[tuple[Listener, list[str]]]:
        by_tag: dict[str, list[str]] = defaultdict(list)
        for channel in channels:
            by_tag[tag_of(channel)].append(channel)
        for tag, some in by_tag.items():
            yield self._listeners[tag], some
