"""Answer documents that are kept as bytes: the same for all who ask, often and long.

They hold no token and nothing of what was asked, so compressing them tells nobody
anything. The instance does it, once; nginx compresses no JSON.
"""

import gzip
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson
from flask import Response, request

COMPRESSION = 6
"""Level; a higher one takes four times as long for 1 in 300."""
ENCODING = "gzip"


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold a document as JSON, compressed, and what tells it from other versions."""

    plain: bytes
    packed: bytes
    etag: str


def keep(document: Any, named_by: Any = None) -> Kept:
    """Make a document's bytes; `named_by` tells versions apart, where not all does."""
    plain = orjson.dumps(document)
    packed = gzip.compress(plain, COMPRESSION, mtime=0)
    named = plain if named_by is None else orjson.dumps(named_by)
    return Kept(plain, packed, blake2b(named, digest_size=12).hexdigest())


def answer(kept: Kept, max_age_s: int, *, is_public: bool = False) -> Response:
    """Give a document in the form that the client takes, or tell that it has it.

    What takes a token to get is no shared cache's to hand out: `private`, unless
    `is_public`. The ETag is weak, since one names both forms.
    """
    takes_packed = request.accept_encodings[ENCODING] > 0
    body = kept.packed if takes_packed else kept.plain
    response = Response(body, mimetype="application/json")
    if takes_packed:
        response.content_encoding = ENCODING
    response.vary.add("Accept-Encoding")
    if is_public:
        response.cache_control.public = True
    else:
        response.cache_control.private = True
    response.cache_control.max_age = max_age_s
    response.set_etag(kept.etag, weak=True)
    return response.make_conditional(request)
