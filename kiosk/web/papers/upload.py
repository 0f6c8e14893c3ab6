"""A manifest as a browser sends it: a form with a file in it."""

import asyncio
from typing import NamedTuple

from aiohttp import BodyPartReader, web

LARGEST = 8_000_000  # bytes: some 80,000 parcels; larger ones are announced at the station's own machine
_MOST_READ = 4 * LARGEST  # a browser hears why only when it has sent all; one that goes on is cut off
_PATIENCE_S = 60.0
_LONGEST_NAME = 80


class Upload(NamedTuple):
    """`courier` as it was typed, empty where the lines name theirs; `name` of the file, as the browser calls it."""

    courier: str
    data: bytes
    name: str


async def read_upload(request: web.Request) -> Upload | None:
    """None: it is larger than LARGEST. Raises HTTPException for what no form of ours sends."""
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await _read(request)
    except TimeoutError as slow:
        raise web.HTTPRequestTimeout from slow
    except (ValueError, LookupError, AssertionError, RuntimeError, web.RequestPayloadError) as broken:
        raise web.HTTPBadRequest from broken


async def _read(request: web.Request) -> Upload | None:
    courier, data, name = "", b"", ""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise web.HTTPBadRequest
        told = await _part(part)
        if told is None:
            return None
        if part.name == "file":
            data, name = told, "".join(filter(str.isprintable, part.filename or ""))[:_LONGEST_NAME]
        elif part.name == "courier":
            courier = told[:_LONGEST_NAME].decode("utf-8", "replace").strip()
    return Upload(courier, data, name)


async def _part(part: BodyPartReader) -> bytes | None:
    kept, read = bytearray(), 0
    while chunk := await part.read_chunk(1 << 16):
        read += len(chunk)
        if read > _MOST_READ:
            raise web.HTTPRequestEntityTooLarge(_MOST_READ, read)
        if read <= LARGEST:
            kept += chunk
    return bytes(kept) if read <= LARGEST else None
