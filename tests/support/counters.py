"""A game small enough to test the engine with: counters that add, pass on and wait."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import redis
from msgspec import Struct

from app.core.decider import Due, Game, Heard, Kind, Needs, Outcome, Rule, States
from app.core.message import Command, Event, Ref, Rejected
from app.engine import journal
from app.engine.codec import Codec
from app.engine.dispatch import Dispatcher
from app.engine.journal import Entry
from app.engine.keys import Keys
from app.engine.reads import Reads
from app.engine.redis import connect
from app.engine.store import Store


class Counter(Struct, frozen=True):
    """Hold a number, the texts that changed it in order, and the counter after it."""

    VERSION: ClassVar[int] = 2
    value: int = 0
    marks: tuple[str, ...] = ()
    after: str = ""
    place: str | None = None


class Added(Event, frozen=True, kw_only=True):
    amount: int
    mark: str = ""


class Placed(Event, frozen=True, kw_only=True):
    place: str | None


class Add(Command, frozen=True, kw_only=True):
    """Add to a counter; the sum may not fall below 0."""

    counter: str
    amount: int
    mark: str = ""


class Pass(Command, frozen=True, kw_only=True):
    """Move an amount from one counter to another, found in the first when empty."""

    counter: str
    to: str = ""
    amount: int = 1


class Delay(Command, frozen=True, kw_only=True):
    """Add `amount` to `to` after `delay_ms`, as a timer called `name`."""

    counter: str
    to: str
    amount: int
    delay_ms: int
    name: str
    breaks: bool = False


class Cancel(Command, frozen=True, kw_only=True):
    counter: str
    name: str


class Put(Command, frozen=True, kw_only=True):
    counter: str
    place: str | None


class Break(Command, frozen=True, kw_only=True):
    """Fail as only a bug can."""

    counter: str


class Look(Command, frozen=True, kw_only=True):
    counter: str


def counter(name: str) -> Ref:
    return Ref("counter", name)


def evolve(state: Counter | None, event: Event) -> Counter:
    state = state or Counter()
    match event:
        case Added(amount=amount, mark=mark):
            marks = (*state.marks, mark) if mark else state.marks
            return Counter(state.value + amount, marks, state.after, state.place)
        case Placed(place=place):
            return Counter(state.value, state.marks, state.after, place)
    raise TypeError(type(event).__name__)


def audience(ref: Ref, event: Event, states: States, at_ms: int) -> Iterable[Heard]:
    state: Counter = states[ref]
    sector = (f"sector:{state.place}",) if state.place else ()
    if isinstance(event, Added):
        payload = {"counter": ref.id, "value": state.value, "mark": event.mark}
        yield Heard(rooms=(f"counter:{ref.id}", *sector), type="added", payload=payload)
        yield Heard(rooms=(f"watch:{ref.id}",), type="", payload={}, is_signal=True)
    elif sector:
        yield Heard(rooms=sector, type="placed", payload={"counter": ref.id})


def _add(states: States, command: Add, _now_ms: int) -> Outcome:
    ref = counter(command.counter)
    held = states[ref] or Counter()
    if held.value + command.amount < 0:
        raise Rejected("not_enough", short=-held.value - command.amount)
    event = Added(amount=command.amount, mark=command.mark)
    value = held.value + command.amount
    return Outcome(events=((ref, event),), result={"value": value})


def _pass(states: States, command: Pass, _now_ms: int) -> Outcome:
    source, target = counter(command.counter), counter(command.to)
    held = states[source] or Counter()
    if held.value < command.amount:
        raise Rejected("not_enough")
    if target not in states:
        raise Needs(target)
    gone = Added(amount=-command.amount)
    come = Added(amount=command.amount)
    return Outcome(events=((source, gone), (target, come)))


def _delay(states: States, command: Delay, now_ms: int) -> Outcome:
    add = Add(
        id=command.name,
        player=command.player,
        counter=command.to,
        amount=command.amount,
        mark=command.name,
    )
    broken = Break(id=command.name, player=command.player, counter=command.to)
    follows = broken if command.breaks else add
    due = Due(at_ms=now_ms + command.delay_ms, command=follows)
    event = Added(amount=0)
    return Outcome(events=((counter(command.counter), event),), due=(due,))


def _cancel(_states: States, command: Cancel, _now_ms: int) -> Outcome:
    return Outcome(drop=(command.name,))


def _put(_states: States, command: Put, _now_ms: int) -> Outcome:
    return Outcome(events=((counter(command.counter), Placed(place=command.place)),))


def _look(states: States, command: Look, _now_ms: int) -> Outcome:
    held = states[counter(command.counter)] or Counter()
    return Outcome(result={"value": held.value, "marks": list(held.marks)})


def _break(_states: States, command: Break, _now_ms: int) -> Outcome:
    raise ZeroDivisionError(command.counter)


def _own(command: Any) -> tuple[Ref, ...]:
    return (counter(command.counter),)


def _add_place(body: dict[str, Any]) -> dict[str, Any]:
    """Version 1 called the marks `notes`."""
    return {**body, "marks": body.pop("notes", ())}


GAME = Game(
    kinds={
        "counter": Kind(
            state=Counter,
            evolve=evolve,
            audience=audience,
            place=lambda state: state.place,
        )
    },
    rules={
        Add: Rule(_own, _add),
        Pass: Rule(_own, _pass),
        Delay: Rule(_own, _delay),
        Cancel: Rule(_own, _cancel),
        Put: Rule(_own, _put),
        Look: Rule(_own, _look),
        Break: Rule(_own, _break),
    },
    events=(Added, Placed),
    upcasters={("Counter", 1): _add_place},
)


class Views:
    """Show a counter's room."""

    def snapshot_refs(
        self, room: str, members: Iterable[Ref], known: States
    ) -> tuple[Ref, ...]:
        kind, name = room.split(":", 1)
        return tuple(members) if kind == "sector" else (counter(name),)

    def snapshot(self, room: str, states: States) -> dict[str, Any]:
        return {ref.id: state.value if state else 0 for ref, state in states.items()}

    def places_near(
        self, x_milli: int, y_milli: int, radius_milli: int
    ) -> tuple[str, ...]:
        """Name the places of a line of ten, each a unit from the next."""
        return tuple(f"{x}:0" for x in range(10))

    def stands(self, state: Counter, at_ms: int) -> tuple[int, int] | None:
        x, y = map(int, (state.place or "0:0").split(":"))
        return x * 1_000, y * 1_000


class NothingCold:
    """Stand for a Postgres that holds no aggregate."""

    def fetch(self, refs: Iterable[Ref]) -> Mapping[Ref, tuple[int, bytes, int]]:
        return {}


class CounterGalaxy:
    """Run the counters on a real Redis, as one instance would."""

    def __init__(
        self, url: str, client: redis.Redis, name: str = "1", *, replicas_min: int = 0
    ) -> None:
        self.url = url
        self.client = client
        self.name = name
        self.keys = Keys(name)
        self.codec = Codec(GAME)
        self.store = Store(
            connect(url, tag=self.keys.tag), self.keys, replicas_min=replicas_min
        )
        self.dispatcher = Dispatcher(GAME, self.store, self.codec, NothingCold())
        self.reads = Reads(
            views=Views(),
            store=self.store,
            codec=self.codec,
            cold=NothingCold(),
            dispatcher=self.dispatcher,
        )
        self._others: list[CounterGalaxy] = []

    @classmethod
    def open(cls, url: str, client: redis.Redis) -> "CounterGalaxy":
        """Make a galaxy that takes commands."""
        galaxy = cls(url, client)
        client.set(galaxy.keys.epoch, "first")
        return galaxy

    def another(self) -> "CounterGalaxy":
        """Make a second instance on the same galaxy; it is closed with this one."""
        self._others.append(CounterGalaxy(self.url, self.client, self.name))
        return self._others[-1]

    def close(self) -> None:
        """Close what the instances opened by themselves."""
        for one in (self, *self._others):
            one.store.close()

    def value(self, name: str) -> int:
        """Read a counter as stored."""
        data = self.client.hget(self.keys.aggregate(counter(name)), "d")
        return self.codec.decode(data).value if data else 0

    def entries(self) -> list[Entry]:
        """Read the whole journal."""
        found = self.client.xrange(self.keys.journal)
        return [journal.decode(fields[journal.ENTRY_FIELD]) for _id, fields in found]
