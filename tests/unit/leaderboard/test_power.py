"""Power is what was spent on what stands, flies and is known."""

from msgspec.structs import replace

from app.game.colonies.model import buildings, units
from app.game.colonies.model.state import Colony
from app.game.fleets.model.state import Fleet
from app.game.leaderboard import model
from app.game.players.model import Player
from app.game.research import model as research
from tests.unit.game.world import World

POINT_MILLI = model.UNITS_PER_POINT * 1_000


def colony(**changes) -> Colony:
    world = World()
    name = world.join()
    found = next(state for ref, state in world.states.items() if ref.id == name)
    return replace(found, buildings={}, units={}, **changes)


def test_nothing_is_worth_nothing() -> None:
    assert model.of_colony(colony()) == 0


def test_every_level_of_a_building_counts_what_it_cost() -> None:
    spent = sum(sum(buildings.cost("mine", level).values()) for level in range(1, 6))
    assert model.of_colony(replace(colony(), buildings={"mine": 5})) == (
        spent // POINT_MILLI
    )


def test_units_count_what_they_cost() -> None:
    spent = sum(units.cost("fighter", 40).values())
    assert model.of_colony(replace(colony(), units={"fighter": 40})) == (
        spent // POINT_MILLI
    )


def test_ships_in_fleets_count_what_they_cost() -> None:
    spent = sum(units.cost("frigate", 7).values())
    fleet = Fleet(
        id="f",
        player="ann",
        username="ann",
        name="First",
        home="c",
        ships={"frigate": 7},
        x_milli=0,
        y_milli=0,
        sector="0:0",
        sensor_milli=0,
        created_ms=0,
    )
    assert model.of_fleet(fleet) == spent // POINT_MILLI


def test_technologies_count_what_they_cost() -> None:
    player = Player(
        id="ann",
        username="ann",
        colonies=(),
        sectors=(),
        credits_milli=0,
        shield_until_ms=0,
        joined_ms=0,
        technologies={"mining_drills": 3},
    )
    spent = sum(
        sum(research.cost("mining_drills", level).values()) for level in (1, 2, 3)
    )
    assert model.of_player(player) == spent // POINT_MILLI
