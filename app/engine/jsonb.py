"""Write JSON that Postgres takes, and rows by it: one parameter, however many rows."""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import json
from sqlalchemy import Connection, Table, text

_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


def encode(value: Any) -> bytes:
    """Encode plain values. NUL, which jsonb refuses, shows as U+FFFD."""
    encoded = json.encode(value)
    return _NUL.sub(rb"\1\\ufffd", encoded) if b"\\u0000" in encoded else encoded


def upsert(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]]
) -> None:
    """Write rows over those with the same key. Each row names every column."""
    if rows:
        connection.execute(text(_statement(table)), {"rows": encode(rows).decode()})


def _statement(table: Table) -> str:
    names = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key]
    updates = ", ".join(f"{name} = excluded.{name}" for name in names)
    columns = ", ".join(names)
    return (
        f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM"  # noqa: S608
        f" jsonb_populate_recordset(NULL::{table.name}, CAST(:rows AS jsonb))"
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {updates}"
    )
