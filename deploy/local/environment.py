"""Make the settings of the local run: given ones first, then our servers' and ours."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from app import config
from deploy.local import secret
from deploy.local.folders import ROOT, Folders
from deploy.local.ports import LOOPBACK
from deploy.local.problem import StartError
from deploy.local.server import Server

WEB = range(1, 65)
PORTS = range(65_536)
"""0 takes a free one."""
SECRET_BYTES = 48
MARK = "DOMINION_VAR"
"""Set for every process of a cluster, so that a lost one is found again."""


def given(root: Path) -> dict[str, str]:
    """Read the environment, and `.env` for what it leaves out."""
    file = {k: v for k, v in dotenv_values(root / ".env").items() if v is not None}
    return {k: v for k, v in (file | dict(os.environ)).items() if v != ""}


def here() -> Folders:
    """Name the folders of this checkout, or those that VAR names."""
    return folders_of(ROOT, given(ROOT))


def folders_of(root: Path, env: dict[str, str]) -> Folders:
    """Name the folders of a cluster."""
    return Folders(root / env.get("VAR", "var"))


def number(env: dict[str, str], name: str, default: int, allowed: range) -> int:
    """Read a whole number.

    Raises:
        StartError: it is none, or not allowed.
    """
    text = env.get(name, str(default))
    if text.isascii() and text.isdigit() and int(text) in allowed:
        return int(text)
    bounds = f"from {allowed.start} to {allowed.stop - 1}"
    raise StartError(f"{name}={text}: a number {bounds} is needed")


def complete(
    env: dict[str, str],
    *,
    folders: Folders,
    port: int,
    servers: Mapping[str, Server],
) -> dict[str, str]:
    """Fill in what is not given; `servers` are the embedded ones."""
    origins = (f"http://{host}:{port}" for host in (LOOPBACK, "localhost"))
    defaults = {
        "SECRET_KEY": secret.kept(folders.var / "secret", SECRET_BYTES),
        "ALLOWED_ORIGINS": ",".join(origins),
        "ADDRESS_LIMITS_FREE": "127.0.0.0/8,::1/128",
    }
    if "postgres" in servers:
        defaults["DATABASE_URL"] = servers["postgres"].url
    if "valkey" in servers:
        defaults["REDIS_STATE_URL"] = servers["valkey"].near
        defaults["CELERY_BROKER_URL"] = servers["valkey"].url.removesuffix("0") + "1"
    tools = str(Path(sys.executable).parent)
    path = os.pathsep.join([tools, env.get("PATH", os.defpath)])
    return defaults | env | {"PATH": path, "PYTHONUNBUFFERED": "1"}


def own(env: dict[str, str]) -> dict[str, str]:
    """Keep the settings, leave out the rest of the environment."""
    return {name: env[name] for name in config.NAMES if name in env}


def check(env: dict[str, str]) -> config.Settings:
    """Read the settings as every process will.

    Raises:
        StartError: one is missing or wrong.
    """
    before = dict(os.environ)
    os.environ.update(env)
    try:
        return config.load()
    except config.SettingError as error:
        raise StartError(f"setting {' '.join(str(error).split())}") from error
    finally:
        os.environ.clear()
        os.environ.update(before)
