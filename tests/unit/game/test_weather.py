"""Weather follows from seed, region and time, and changes sensors and speed."""

from collections import Counter

from app.game.galaxy.model.map import REGIONS
from app.game.galaxy.model.weather import EFFECTS, SLOT_MS, weather

NOW_MS = 1_700_000_000_000


def test_the_same_moment_has_the_same_weather() -> None:
    assert weather("a", "core", NOW_MS) == weather("a", "core", NOW_MS)


def test_weather_stays_until_it_says() -> None:
    found = weather("a", "core", NOW_MS)
    assert NOW_MS < found.until_ms <= NOW_MS + SLOT_MS
    assert weather("a", "core", found.until_ms - 1) == found
    assert weather("a", "core", found.until_ms).until_ms == found.until_ms + SLOT_MS


def test_regions_change_at_times_of_their_own() -> None:
    ends = {weather("a", region, NOW_MS).until_ms for region in REGIONS}
    assert len(ends) == len(REGIONS)


def test_every_weather_comes_about_as_often_as_the_table_says() -> None:
    slots = [weather("a", "core", NOW_MS + i * SLOT_MS).name for i in range(3_000)]
    seen, weights = Counter(slots), sum(one.weight for one in EFFECTS.values())
    for name, effect in EFFECTS.items():
        expected = 3_000 * effect.weight / weights
        assert 0.7 * expected < seen[name] < 1.3 * expected


def test_weather_says_what_it_makes_of_sensors_and_speed() -> None:
    for number in range(50):
        found = weather("a", "core", NOW_MS + number * SLOT_MS)
        effect = EFFECTS[found.name]
        assert found[1:3] == (effect.sensor_percent, effect.speed_percent)


def test_no_weather_stops_a_fleet_or_blinds_it() -> None:
    for effect in EFFECTS.values():
        assert 50 <= effect.sensor_percent <= 150
        assert 50 <= effect.speed_percent <= 150
