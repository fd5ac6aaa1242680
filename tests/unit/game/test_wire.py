"""Whatever a client sends becomes a command or a coded refusal, never anything else."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from app.core.checks import Load, loader
from app.core.message import Command, Rejected
from app.game import registry
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.stock import RESOURCES
from app.game.colonies.model.units import UNITS
from app.game.colonies.rules.build import Build
from app.game.colonies.rules.sync import SyncStock
from app.game.colonies.rules.train import Train
from app.game.research.model import TECHNOLOGIES
from tests.unit.game.world import refused

GOOD: dict[str, dict[str, Any]] = {
    "colonies.build": {"colony": "c", "building": "mine"},
    "colonies.train": {"colony": "c", "unit": "scout", "count": 3},
    "colonies.cancel": {"colony": "c", "order": "o"},
    "colonies.demolish": {"colony": "c", "building": "mine"},
    "colonies.sync": {"colony": "c", "predicted": {"energy": 5}},
    "colonies.rename": {"colony": "c", "name": "Home"},
    "research.start": {"colony": "c", "technology": "sensors"},
    "research.cancel": {"technology": "sensors"},
    "fleets.launch": {"colony": "c", "ships": {"scout": 2}},
    "fleets.move": {"fleet": "f", "to": {"x": 5, "y": 9_999.999}},
    "fleets.stop": {"fleet": "f"},
    "fleets.clear": {"fleet": "f"},
    "fleets.split": {"fleet": "f", "ships": {"scout": 1}},
    "fleets.merge": {"fleet": "f", "into": "g"},
    "fleets.defend": {"fleet": "f", "colony": "c"},
    "fleets.patrol": {"fleet": "f", "points": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]},
    "fleets.blockade": {"fleet": "f", "colony": "c"},
    "fleets.transport": {"fleet": "f", "from": "c", "to": "d", "cargo": {"energy": 5}},
    "fleets.colonise": {"fleet": "f", "planet": "p"},
    "fleets.return": {"fleet": "f"},
    "fleets.rename": {"fleet": "f", "name": "Home Guard"},
    "fleets.attack": {"fleet": "f", "target": {"kind": "colony", "id": "c"}},
    "fleets.salvage": {"fleet": "f", "debris": "d"},
    "combat.reinforce": {"fleet": "f", "battle": "b"},
    "combat.focus": {"battle": "b", "fleet": "f", "target": "g"},
    "combat.retreat": {"battle": "b", "fleet": "f"},
    "combat.formation": {"battle": "b", "fleet": "f", "formation": "line"},
    "battle:begin": {"sides": 2, "seats": 3, "join_ms": 5_000},
    "battle:join": {"battle": "b"},
    "skirmish:begin": {},
    "chat.open": {"players": ["bob", "cid"], "name": "Us"},
    "chat.say": {"channel": "c", "text": "Hello, you!"},
    "chat.leave": {"channel": "c"},
}
ATTRIBUTES = {
    ("colonies.sync", "predicted"): "predicted_milli",
    ("fleets.transport", "from"): "source",
    ("fleets.transport", "to"): "target",
}
"""Field of a message -> attribute of its command, where they differ."""
OPTIONAL = defaultdict(frozenset, {"chat.open": frozenset({"name"})})
"""Fields that a message may do without."""
NAMES = st.sampled_from(sorted(name for name in GOOD if GOOD[name]))
AMOUNTS = st.one_of(st.integers(0, 10**15), st.floats(0, 10**15))
IDS = st.from_regex(r"[0-9A-Za-z_-]{1,64}", fullmatch=True)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.integers(2**62, 2**70),
    st.text(st.characters()),
    st.binary(),
    st.sampled_from(["\ud800", "a\x00b", "\u202eevil", "1; drop table", "Infinity"]),
)
ANYTHING = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.text(), st.integers()), inner, max_size=4),
    ),
    max_leaves=10,
)


def translated(name: str, data: Any) -> Command:
    return registry.translate(name, data, player="p", command_id="p/1", find=called)


def called(names: Sequence[str]) -> dict[str, str]:
    """Find players whose ids are their usernames."""
    return {name: name for name in names}


def answered(name: str, data: Any) -> str:
    """Translate; a refusal must be one that can be sent."""
    try:
        translated(name, data)
    except Rejected as refusal:
        orjson.dumps(refusal.details)
        return refusal.code
    return "ok"


@pytest.mark.parametrize("name", GOOD)
def test_a_good_message_becomes_its_command(name: str) -> None:
    command = translated(name, GOOD[name])
    assert isinstance(command, registry.WIRE[name].command)
    assert (command.id, command.player) == ("p/1", "p")


def test_every_wire_name_has_a_good_message_here() -> None:
    assert set(GOOD) == set(registry.WIRE)


@given(NAMES, st.data())
def test_a_message_is_checked_as_marshmallow_does(name: str, data: Any) -> None:
    sent = {
        field: data.draw(st.one_of(st.just(value), ANYTHING))
        for field, value in GOOD[name].items()
        if data.draw(st.integers(0, 9))
    } | data.draw(st.dictionaries(st.text(max_size=3), ODD, max_size=1))
    schema = registry.WIRE[name].schema()
    for message in (sent, data.draw(st.one_of(st.just(GOOD[name]), ANYTHING))):
        assert _loaded(loader(schema), message) == _loaded(schema.load, message)


def _loaded(load: Load, message: Any) -> Any:
    try:
        return load(message)
    except ValidationError as error:
        return error.messages


@given(IDS, st.sampled_from(sorted(BUILDINGS)))
def test_a_build_message_keeps_what_it_says(colony: str, building: str) -> None:
    command = translated("colonies.build", {"colony": colony, "building": building})
    assert command == Build(id="p/1", player="p", colony=colony, building=building)


@given(IDS, st.sampled_from(sorted(UNITS)), st.integers(1, 10_000))
def test_a_train_message_keeps_what_it_says(colony: str, unit: str, count: int) -> None:
    command = translated(
        "colonies.train", {"colony": colony, "unit": unit, "count": count}
    )
    assert command == Train(id="p/1", player="p", colony=colony, unit=unit, count=count)


@given(st.dictionaries(st.sampled_from(RESOURCES), AMOUNTS))
def test_a_sync_message_keeps_what_it_says_to_a_thousandth(
    predicted: dict[str, float],
) -> None:
    command = translated("colonies.sync", {"colony": "c", "predicted": predicted})
    milli = {name: round(units * 1_000) for name, units in predicted.items()}
    assert command == SyncStock(id="p/1", player="p", colony="c", predicted_milli=milli)


@given(st.sampled_from(sorted(TECHNOLOGIES)))
def test_every_technology_can_be_asked_for(technology: str) -> None:
    assert answered("research.start", {"colony": "c", "technology": technology}) == "ok"


@given(NAMES, ANYTHING)
def test_anything_at_all_is_refused_as_invalid(name: str, data: Any) -> None:
    assert answered(name, data) == "invalid"


@given(ANYTHING)
def test_a_message_that_says_nothing_is_empty(data: Any) -> None:
    expected = "ok" if data == {} else "invalid"
    assert answered("skirmish:begin", data) == expected


@given(NAMES, st.data())
def test_an_odd_value_in_a_good_message_is_refused(name: str, data: Any) -> None:
    field = data.draw(st.sampled_from(sorted(GOOD[name])))
    sent = GOOD[name] | {field: data.draw(ANYTHING)}
    assert answered(name, sent) in ("invalid", "ok")
    try:
        command = translated(name, sent)
    except Rejected:
        return
    value = getattr(command, ATTRIBUTES.get((name, field), field))
    assert type(value) in (int, str, dict, tuple)
    orjson.dumps(value)


@given(NAMES, st.data())
def test_a_missing_field_is_refused(name: str, data: Any) -> None:
    gone = data.draw(st.sampled_from(sorted(GOOD[name].keys() - OPTIONAL[name])))
    sent = {field: value for field, value in GOOD[name].items() if field != gone}
    with refused("invalid", fields={gone: ["Missing data for required field."]}):
        translated(name, sent)


@pytest.mark.parametrize("field", ["id", "player", "owner", "credits", "role", "at_ms"])
@pytest.mark.parametrize("name", GOOD)
def test_fields_that_are_not_the_clients_are_refused(name: str, field: str) -> None:
    with refused("invalid", fields={field: ["Unknown field."]}):
        translated(name, GOOD[name] | {field: "x"})


@pytest.mark.parametrize(
    "count", [0, -1, 10_001, 2**63, True, False, 1.0, 1.5, "1", None, float("nan"), [1]]
)
def test_a_count_is_a_whole_number_from_1_to_10000(count: Any) -> None:
    with refused("invalid"):
        translated("colonies.train", GOOD["colonies.train"] | {"count": count})


@pytest.mark.parametrize(
    "predicted",
    [
        {"gold": 1},
        {"energy": -1},
        {"energy": -0.001},
        {"energy": True},
        {"energy": "1"},
        {"energy": None},
        {"energy": 10**15 + 1},
        {"energy": 10**15 + 0.5},
        {"energy": float("inf")},
        {"energy": float("nan")},
        {b"energy": 1},
        {1: 1},
        [],
        "energy",
        None,
    ],
)
def test_a_prediction_is_numbers_of_units_by_resource(predicted: Any) -> None:
    with refused("invalid"):
        translated("colonies.sync", {"colony": "c", "predicted": predicted})


@pytest.mark.parametrize(
    "colony", ["", "a" * 65, "a\n", "\na", "a b", "ä", "a/b", "a:b", b"a", 7, None, "٣"]
)
def test_an_id_is_a_short_plain_text(colony: Any) -> None:
    with refused("invalid"):
        translated("colonies.build", {"colony": colony, "building": "mine"})


@pytest.mark.parametrize(
    "name", ["", "colonies", "colonies.Build", "COLONIES.BUILD", "__init__", "\x00"]
)
def test_an_unknown_command_is_refused(name: str) -> None:
    with refused("unknown_command"):
        translated(name, {})


def renamed(name: Any) -> str:
    command: Any = translated("colonies.rename", {"colony": "c", "name": name})
    found: str = command.name
    return found


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Home", "Home"),
        ("  Home  ", "Home"),
        ("\ufb01sh", "fish"),
        ("Ünterwelt 7", "Ünterwelt 7"),
        ("Нова Земля", "Нова Земля"),
        ("新世界", "新世界"),
        ("<img onerror=x>", "<img onerror=x>"),
        ("'; DROP TABLE", "'; DROP TABLE"),
        ("A" * 32, "A" * 32),
        ("\U0001f680", "\U0001f680"),
    ],
)
def test_a_name_that_can_be_shown_is_kept_in_one_form(name: str, kept: str) -> None:
    assert renamed(name) == kept


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "A" * 33,
        "\ufdfa" * 32,
        "A" * 100_000,
        "a\nb",
        "a\tb",
        "a\x00",
        "\ud800",
        "a\u200bb",
        "\u202eevil",
        "a\u00adb",
        "\u115f",
        "\u3164",
        "a\u0301\u0301\u0301",
        "\u0301a",
        "p\u0430ypal",
        "\u0391dmin",
        "\ue000",
        7,
        None,
        b"Home",
    ],
)
def test_a_name_that_deceives_or_does_not_show_is_refused(name: Any) -> None:
    with refused("invalid"):
        renamed(name)


@given(st.text(st.characters(), max_size=40))
def test_a_kept_name_is_kept_when_sent_again(name: str) -> None:
    try:
        once = renamed(name)
    except Rejected:
        return
    assert 1 <= len(once) <= 32
    assert once.isprintable()
    assert renamed(once) == once


def test_a_refusal_repeats_little_of_a_huge_message() -> None:
    huge = {f"{'x' * 1_000}{number}": 1 for number in range(1_000)}
    with pytest.raises(Rejected) as caught:
        translated("colonies.build", huge)
    assert len(orjson.dumps(caught.value.details)) < 4_096


@pytest.mark.parametrize("field", ["\ud800", "\x00", "", 7, b"colony", None, ("a",)])
def test_a_refusal_can_be_sent_whatever_the_fields_were_called(field: Any) -> None:
    assert answered("colonies.build", GOOD["colonies.build"] | {field: 1}) == "invalid"


def test_a_deep_message_is_refused() -> None:
    deep: Any = 1
    for _ in range(900):
        deep = {"colony": deep}
    assert answered("colonies.build", deep) == "invalid"


def test_every_field_says_what_it_means() -> None:
    for name, wire in registry.WIRE.items():
        for field, one in wire.schema().fields.items():
            assert one.metadata["description"], f"{name}: {field}"


def test_every_limit_is_one_of_the_games() -> None:
    limits = {"build", "trade", "move", "attack", "chat", "all"}
    assert {wire.limit for wire in registry.WIRE.values()} <= limits
