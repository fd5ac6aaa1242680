"""Tie Flask-SQLAlchemy to the project's one metadata and the process' one pool."""

from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine

from app.engine import postgres

SILENCES = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
"""What says that Postgres doesn't answer, not that it was asked wrongly."""

_ENGINE = "postgres"


class SharedPool(SQLAlchemy):
    """Use the engine that the process has, in place of a second pool."""

    def _make_engine(
        self, _bind_key: str | None, _options: dict[str, Any], app: Flask
    ) -> Engine:
        engine: Engine = app.extensions[_ENGINE]
        return engine


db = SharedPool(metadata=postgres.metadata)


def install(app: Flask, engine: Engine) -> None:
    """Let the app's sessions use `engine`."""
    app.extensions[_ENGINE] = engine
    app.config["SQLALCHEMY_DATABASE_URI"] = engine.url
    db.init_app(app)
