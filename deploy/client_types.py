"""Write what goes over the wire as TypeScript, for the client."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.web import frame, view_schemas, wire_schemas
from app.web.problems import STATUS
from deploy.typescript import Shape, Writer, comment

_HEAD = """// Written by `make protocol` from the server's code: change that, not this file.
// biome-ignore-all format: written as the generator writes it

/** A moment of the server's clock, Unix ms. */
export type Ms = number;

/** What a broadcast has beside what it says. */
export interface Numbered { seq: number; at_ms: number; }

/** A refusal; what it says beside its code and message depends on the code. */
export interface Refusal { code: RefusalCode; message: string; fields?: Record<string, unknown>; retry_after_ms?: number; [detail: string]: unknown; }

/** An answer to a command or a verb. */
export type Ack<Result> = { ok: true; id: string | null; at_ms: number; result: Result; } | { ok: false; id: string | null; at_ms: number; error: Refusal; };

/** A room as `entered`, `view.set` and `resume` show it. */
export interface Snapshot<View = RoomView> { seq: number; at_ms: number; snapshot: View; }
"""


def text(http: Shape, game: Any) -> str:
    """Write the whole file: names, views, broadcasts, commands, verbs, HTTP."""
    shown = [*game.ROOMS.values(), *_broadcasts(game), *game.VIEWS]
    views = view_schemas.components(shown)
    names = {name: one["enum"] for name, one in views.items() if "enum" in one}
    writer = Writer(names)
    parts = [
        _HEAD,
        _codes(writer),
        *_views(writer, views),
        _rooms(game.ROOMS),
        *_heard(game.HEARD),
        _commands(writer, game.WIRE),
        _verbs(writer),
        _sent(writer),
        *_answers(writer, http),
    ]
    return "\n".join(parts)


def _broadcasts(game: Any) -> Iterator[type]:
    for types in game.HEARD.values():
        yield from types


def _codes(writer: Writer) -> str:
    known = sorted(STATUS)
    return (
        writer.union("KnownCode", known, "Codes that every call may answer with.")
        + "/** A code; rules have more of their own. */\n"
        "export type RefusalCode = KnownCode | (string & {});\n"
    )


def _views(writer: Writer, views: Mapping[str, Shape]) -> Iterator[str]:
    for name, shape in sorted(views.items()):
        if name.startswith("Some"):
            continue
        if "enum" in shape:
            yield writer.union(name, shape["enum"])
        else:
            yield writer.interface(name, shape)


def _rooms(rooms: Mapping[str, type]) -> str:
    views = " | ".join(view.__name__ for view in rooms.values())
    return f"/** A snapshot of any room. */\nexport type RoomView = {views};\n"


def _heard(heard: Mapping[str, Iterable[type]]) -> Iterator[str]:
    for room, types in heard.items():
        name = _room_name(room)
        listed = " | ".join(one.__name__ for one in types)
        yield (
            f"{comment(f'What is heard in `{room}`.')}\n"
            f"export type {name}Event = Numbered & ({listed});\n"
        )
    every = " | ".join(f"{_room_name(room)}Event" for room in heard)
    yield f"/** A broadcast, in any room. */\nexport type Broadcast = {every};\n"
    yield 'export type BroadcastType = Broadcast["type"];\n'


def _room_name(room: str) -> str:
    kind = room.partition(":")[0].capitalize()
    if kind == "Sector":
        return "Sector" if room.endswith(":full") else "Fogged"
    return kind


def _commands(writer: Writer, wire: Mapping[str, Any]) -> str:
    lines = ["/** Every command: what it takes and what its ack holds. */"]
    lines.append("export interface Commands {")
    for name, message in sorted(wire.items()):
        data = writer.type_of(wire_schemas.of(message.schema))
        result = writer.type_of(wire_schemas.of(message.result))
        lines.append(f'  "{name}": {{ data: {data}; result: {result} }};')
    lines.append("}\nexport type CommandName = keyof Commands;\n")
    return "\n".join(lines)


def _verbs(writer: Writer) -> str:
    lines = ["/** What clients send beside commands. */", "export interface Verbs {"]
    for name, (about, data, result) in frame.VERBS.items():
        pair = f"data: {writer.type_of(data)}; result: {writer.type_of(result)}"
        lines.append(f"  {comment(about)}\n  {_quoted(name)}: {{ {pair} }};")
    lines.append("}\n")
    return "\n".join(lines)


def _sent(writer: Writer) -> str:
    lines = ["/** What the server sends. */", "export interface Sent {"]
    for name, (about, data) in frame.SENT.items():
        lines.append(f"  {comment(about)}\n  {name}: {writer.type_of(data)};")
    lines.append("}\n")
    return "\n".join(lines)


def _answers(writer: Writer, http: Shape) -> Iterator[str]:
    for name, shape in sorted(http["components"]["schemas"].items()):
        yield writer.interface(f"Http{name}", _renamed(shape))


def _renamed(part: Any) -> Any:
    """Point at the names that HTTP's own shapes have in the client."""
    if isinstance(part, dict):
        return {
            name: _renamed_ref(value) if name == "$ref" else _renamed(value)
            for name, value in part.items()
        }
    if isinstance(part, list):
        return [_renamed(value) for value in part]
    return part


def _renamed_ref(ref: str) -> str:
    head, _, name = ref.rpartition("/")
    return f"{head}/Http{name}"


def _quoted(name: str) -> str:
    return f'"{name}"'
