"""Read every setting once, from the environment, into a frozen `Settings`."""

from dataclasses import dataclass, fields
from hashlib import blake2b

from environs import Env
from marshmallow.validate import Range

from app import release
from app.engine.homes import CLUSTER

DEFAULT_SECRET = "local-run-only-change-me"  # noqa: S105 - refused outside local runs
SECRET_LENGTH_MIN = 32
SOCKET_FILE = "unix://"
TRACED_SHARE = 0.1


class SettingError(Exception):
    """Name a setting that is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold all settings. Times end in their unit; see .env.example for the meaning."""

    environment: str
    instance: str
    release: str
    galaxies: tuple[str, ...]
    galaxy_seed: str
    planets: int
    secret: str
    database_url: str
    database_read_url: str
    redis_state_url: str
    redis_state_replicas_min: int
    redis_bus_url: str
    celery_broker_url: str
    async_mode: str
    allowed_origins: tuple[str, ...]
    socketio_serializer: str
    access_token_s: int
    refresh_token_s: int
    connections_per_player: int
    connections_per_address: int
    address_limits_free: tuple[str, ...]
    rate_limits_factor: int
    evict_after_s: int
    journal_max: int
    anticheat_shadow: bool
    metrics_port: int
    log_level: str
    drain_s: int
    otel_exporter_otlp_endpoint: str
    otel_traces_sampler_arg: float

    @property
    def is_traced(self) -> bool:
        """Tell whether traces go somewhere."""
        return bool(self.otel_exporter_otlp_endpoint)

    def derived(self, purpose: str) -> str:
        """Make a secret of its own for a purpose; none tells anything of another."""
        key = blake2b(self.secret.encode()).digest()
        return blake2b(purpose.encode(), key=key, digest_size=32).hexdigest()


def _read(env: Env) -> Settings:
    database_url = env.str("DATABASE_URL")
    state_url = env.str("REDIS_STATE_URL")
    return Settings(
        environment=env.str("ENVIRONMENT", "local"),
        instance=env.str("INSTANCE", "web.1"),
        release=env.str("RELEASE", "") or release.of_checkout(),
        galaxies=tuple(env.list("GALAXIES", ["1"])),
        galaxy_seed=env.str("GALAXY_SEED", "dominion"),
        planets=env.int("PLANETS", 20_000),
        secret=env.str("SECRET_KEY", DEFAULT_SECRET),
        database_url=database_url,
        database_read_url=env.str("DATABASE_READ_URL", "") or database_url,
        redis_state_url=state_url,
        redis_state_replicas_min=env.int(
            "REDIS_STATE_REPLICAS_MIN", 0, validate=Range(min=0)
        ),
        redis_bus_url=env.str("REDIS_BUS_URL", "") or state_url,
        celery_broker_url=env.str("CELERY_BROKER_URL", "") or state_url,
        async_mode=env.str("ASYNC_MODE", ""),
        allowed_origins=tuple(env.list("ALLOWED_ORIGINS", [])),
        socketio_serializer=env.str("SOCKETIO_SERIALIZER", "default"),
        access_token_s=env.int("ACCESS_TOKEN_S", 900),
        refresh_token_s=env.int("REFRESH_TOKEN_S", 30 * 86_400),
        connections_per_player=env.int("CONNECTIONS_PER_PLAYER", 3),
        connections_per_address=env.int("CONNECTIONS_PER_ADDRESS", 100),
        address_limits_free=tuple(env.list("ADDRESS_LIMITS_FREE", [])),
        rate_limits_factor=env.int("RATE_LIMITS_FACTOR", 1),
        evict_after_s=env.int("EVICT_AFTER_S", 900),
        journal_max=env.int("JOURNAL_MAX", 1_000_000),
        anticheat_shadow=env.bool("ANTICHEAT_SHADOW", True),
        metrics_port=env.int("METRICS_PORT", 0),
        log_level=env.str("LOG_LEVEL", "INFO"),
        drain_s=env.int("DRAIN_S", 30),
        otel_exporter_otlp_endpoint=env.str("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
        otel_traces_sampler_arg=env.float(
            "OTEL_TRACES_SAMPLER_ARG", TRACED_SHARE, validate=Range(min=0, max=1)
        ),
    )


def load() -> Settings:
    """Read the environment.

    Raises:
        SettingError: a setting is missing or not of its type, or a default or short
            secret would be used outside a local run.
    """
    try:
        settings = _read(Env())
    except Exception as error:  # environs raises its own and marshmallow's errors
        raise SettingError(str(error)) from error
    if settings.environment != "local":
        _refuse_weak(settings.secret)
    for name in ("redis_bus_url", "celery_broker_url"):  # their keys have many slots
        if CLUSTER in getattr(settings, name):
            raise SettingError(f"{name.upper()}: name a single server, not a cluster")
    if settings.celery_broker_url.startswith(SOCKET_FILE):
        raise SettingError("CELERY_BROKER_URL: name a port, not a socket file")
    return settings


def _refuse_weak(secret: str) -> None:
    if secret == DEFAULT_SECRET:
        raise SettingError("SECRET_KEY: the default is for the local run only")
    if len(secret) < SECRET_LENGTH_MIN:
        least = f"at least {SECRET_LENGTH_MIN} characters"
        raise SettingError(f"SECRET_KEY: {least} are needed outside the local run")


NAMES = tuple(
    "SECRET_KEY" if field.name == "secret" else field.name.upper()
    for field in fields(Settings)
)
"""All settings as the environment names them; .env.example explains each."""
