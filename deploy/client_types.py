"""Write what goes over the wire as TypeScript, for the client.

Names of views and of the game's names stay as they are; shapes that only HTTP has are
called `Http<name>`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.web import frame, view_schemas, wire_schemas
from app.web.problems import STATUS
from deploy.typescript import Shape, Writer, alias, block, comment, key

_HEAD = """\
// Written by `make protocol` from the server's code: change that, not this file.

/** What a broadcast has beside what it says: its number in the room, and when. */
export interface Numbered {
  seq: number;
  at_ms: number;
}

/** A refusal; what stands beside code and message depends on the code. */
export interface Refusal {
  code: Code;
  message: string;
  fields?: Record<string, unknown>;
  retry_after_ms?: number;
  [detail: string]: unknown;
}

export interface Accepted<Result> {
  ok: true;
  id: string | null;
  at_ms: number;
  result: Result;
}

export interface Refused {
  ok: false;
  id: string | null;
  at_ms: number;
  error: Refusal;
}

/** The answer to a command or a verb. */
export type Ack<Result = Record<string, unknown>> = Accepted<Result> | Refused;

/** Codes that are not a rule's own, and any that a rule may have. */
export type Code = KnownCode | (string & {});
"""

_PATHS = "/api/v1"

_VIEWED = {
    "Colony": "ColonyView & { stale: boolean }",
    "Fleet": "FleetView",
    "Report": "ReportView & { stale: boolean }",
    "Replay": "ReplayView",
    "Simulated": "SimulationView",
}
"""Shape of HTTP, which leaves room for more -> what it is: a view."""
_ANSWERS = {"GET /rules": "Rules"}
"""Call -> the view that it answers, where no shape describes it."""


def text(http: Shape, game: Any) -> str:
    """Write the whole file."""
    views = view_schemas.components(game.shown())
    names = {name: one["enum"] for name, one in views.items() if "enum" in one}
    writer = Writer(names)
    parts = [
        _HEAD,
        writer.names("KnownCode", sorted(STATUS)),
        *_views(writer, views),
        *_rooms(game.ROOMS, game.HEARD),
        *_commands(writer, game.WIRE),
        *_verbs(writer),
        *_http(writer, http),
    ]
    return "\n".join(parts)


def _views(writer: Writer, views: Mapping[str, Shape]) -> Iterator[str]:
    for name, shape in sorted(views.items()):
        if "enum" in shape:
            yield writer.names(name, shape["enum"])
        elif not name.startswith("Some"):
            yield writer.named(name, shape)


def _rooms(
    rooms: Mapping[str, type], heard: Mapping[str, Iterable[type]]
) -> Iterator[str]:
    views = " | ".join(view.__name__ for view in rooms.values())
    yield alias("RoomView", views, comment("The snapshot of a room."))
    for room, types in heard.items():
        told = " | ".join(one.__name__ for one in types)
        head = comment(f"What is heard in the room `{room}`.")
        yield alias(_event(rooms[room]), f"Numbered & ({told})", head)
    every = " | ".join(_event(rooms[room]) for room in heard)
    yield alias("Broadcast", every, comment("What is heard in any room."))
    yield alias("BroadcastType", 'Broadcast["type"]')


def _event(view: type) -> str:
    return view.__name__.removesuffix("Room") + "Event"


def _commands(writer: Writer, wire: Mapping[str, Any]) -> Iterator[str]:
    lines = (
        f"{key(name)}: "
        + _exchange(writer, wire_schemas.of(one.schema), wire_schemas.of(one.result))
        for name, one in sorted(wire.items())
    )
    head = comment("Every command: what it takes, and what its ack holds.")
    yield f"{head}export interface Commands {block(lines)}\n"
    yield alias("CommandName", "keyof Commands")


def _exchange(writer: Writer, data: Shape, result: Shape) -> str:
    sides = {"data": data, "result": result}
    return block(f"{name}: {writer.type_of(side)};" for name, side in sides.items())


def _verbs(writer: Writer) -> Iterator[str]:
    verbs = (
        comment(about) + f"{key(name)}: " + _exchange(writer, data, result)
        for name, (about, data, result) in frame.VERBS.items()
    )
    head = comment("What clients send beside commands.")
    yield f"{head}export interface Verbs {block(verbs)}\n"
    sent = (
        comment(about) + f"{key(name)}: {writer.type_of(data)};"
        for name, (about, data) in frame.SENT.items()
    )
    yield f"{comment('What the server sends.')}export interface Sent {block(sent)}\n"


def _http(writer: Writer, http: Shape) -> Iterator[str]:
    for name, shape in sorted(http["components"]["schemas"].items()):
        if name in _VIEWED:
            yield alias(f"Http{name}", _VIEWED[name])
        else:
            yield writer.named(f"Http{name}", _renamed(shape))
    calls = (
        f'"{name}": {_call(writer, name, operation)};'
        for name, operation in _operations(http)
    )
    head = comment(f"Every call below `{_PATHS}` but commands.")
    yield f"{head}export interface Http {block(calls)}\n"


def _operations(http: Shape) -> Iterator[tuple[str, Shape]]:
    for path, operations in http["paths"].items():
        if path.startswith(f"{_PATHS}/commands/"):
            continue
        for method, operation in operations.items():
            if method != "parameters":
                yield f"{method.upper()} {path.removeprefix(_PATHS)}", operation


def _call(writer: Writer, name: str, operation: Shape) -> str:
    answers = operation["responses"].items()
    found = next((one for status, one in answers if status.startswith("2")), {})
    sides = {
        "body": _content(operation.get("requestBody", {})),
        "answer": _content(found),
    }
    written = {side: _side(writer, shape) for side, shape in sides.items()}
    if name in _ANSWERS:
        written["answer"] = _ANSWERS[name]
    return block(f"{side}: {what};" for side, what in written.items())


def _side(writer: Writer, shape: Shape | None) -> str:
    return writer.type_of(_renamed(shape)) if shape else "null"


def _content(part: Shape) -> Shape | None:
    found: Shape | None = (
        part.get("content", {}).get("application/json", {}).get("schema")
    )
    return found


def _renamed(part: Any) -> Any:
    """Point at the names that HTTP's own shapes have in the client."""
    if isinstance(part, dict):
        return {
            name: _of_http(value) if name == "$ref" else _renamed(value)
            for name, value in part.items()
        }
    return [_renamed(value) for value in part] if isinstance(part, list) else part


def _of_http(ref: str) -> str:
    head, _, name = ref.rpartition("/")
    return f"{head}/Http{name}"
