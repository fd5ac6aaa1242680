"""Settings are read once, and a wrong one is named."""

import pytest

from app import config

SERVERS = {
    "DATABASE_URL": "postgresql://user:word@localhost/dominion",
    "REDIS_STATE_URL": "redis://localhost:6379/0",
}


@pytest.fixture(autouse=True)
def servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in config.NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, url in SERVERS.items():
        monkeypatch.setenv(name, url)


def test_bus_and_broker_default_to_the_state() -> None:
    settings = config.load()

    assert settings.redis_bus_url == settings.redis_state_url
    assert settings.celery_broker_url == settings.redis_state_url


@pytest.mark.parametrize("name", ["REDIS_BUS_URL", "CELERY_BROKER_URL"])
def test_refuses_a_redis_cluster_as_bus_or_broker(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for server in ("REDIS_BUS_URL", "CELERY_BROKER_URL"):
        monkeypatch.setenv(server, "redis://localhost:6379/1")
    monkeypatch.setenv("REDIS_STATE_URL", "redis+cluster://one:6379,two:6379")
    config.load()
    monkeypatch.delenv(name)

    with pytest.raises(config.SettingError, match=name):
        config.load()


def test_refuses_a_broker_at_a_socket_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_STATE_URL", "unix://:word@/run/redis.sock?db=0")

    with pytest.raises(config.SettingError, match="CELERY_BROKER_URL"):
        config.load()

    monkeypatch.setenv("CELERY_BROKER_URL", "redis://localhost:6379/1")
    assert config.load().redis_bus_url.startswith("unix://")


def test_refuses_the_default_secret_in_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")

    with pytest.raises(config.SettingError, match="SECRET_KEY"):
        config.load()


@pytest.mark.parametrize("secret", ["", "x", "x" * 31])
def test_refuses_a_short_secret_in_production_only(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", secret)
    assert config.load().secret == secret
    monkeypatch.setenv("ENVIRONMENT", "production")

    with pytest.raises(config.SettingError, match=r"SECRET_KEY: at least 32"):
        config.load()


def test_takes_a_secret_of_its_own_in_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("SECRET_KEY", "x" * 32)

    assert config.load().secret == "x" * 32


@pytest.mark.parametrize("name", SERVERS)
def test_names_a_setting_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv(name)

    with pytest.raises(config.SettingError, match=name):
        config.load()


def test_names_a_setting_of_the_wrong_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANETS", "many")

    with pytest.raises(config.SettingError, match="PLANETS"):
        config.load()
