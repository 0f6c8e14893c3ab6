"""Secret keys as the minisign tool keeps them, and signing with them.

Source of the format: https://jedisct1.github.io/minisign/ ("Secret key format"). The secret half is `key XOR stream`,
the stream being scrypt's of the password; a key without a password has zeros in place of scrypt's name.
"""

import base64
import hashlib
import os
import secrets
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from nacl.pwhash import scrypt
from nacl.signing import SigningKey

from kiosk.appliance.minisign import HASHED, KEY, SUFFIX, PublicKey, digest_of
from kiosk.durable import private_file

_SCRYPT, _NO_PASSWORD, _BLAKE = b"Sc", b"\0\0", b"B2"
_LAYOUT = struct.Struct("<2s2s2s32sQQ104s")  # kinds of key, scrypt and checksum; salt; two limits; what is secret
_COMMENT = b"untrusted comment: station-kiosk, a secret key of minisign\n"


class Cost(NamedTuple):
    """Of trying one password: libsodium's two limits, in operations and bytes of memory."""

    operations: int = scrypt.OPSLIMIT_SENSITIVE
    memory: int = scrypt.MEMLIMIT_SENSITIVE


_USUAL = Cost()


class SecretKey(NamedTuple):
    """`seed`: 32 bytes."""

    id: bytes
    seed: bytes

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.id, bytes(SigningKey(self.seed).verify_key))


def make_secret_key(path: Path, password: str, cost: Cost = _USUAL) -> SecretKey:
    """A new one in a new file for its owner's eyes only; an empty password seals nothing. Raises FileExistsError."""
    key = SecretKey(secrets.token_bytes(8), secrets.token_bytes(32))
    whole = key.id + key.seed + key.public.key
    whole += hashlib.blake2b(KEY + whole, digest_size=32).digest()
    salt = secrets.token_bytes(32)
    kind = _SCRYPT if password else _NO_PASSWORD
    sealed = _xor(whole, _stream(password, salt, cost)) if password else whole
    data = _LAYOUT.pack(KEY, kind, _BLAKE, salt, *cost, sealed)
    with os.fdopen(private_file(path), "wb") as file:
        file.write(_COMMENT + base64.b64encode(data) + b"\n")
    return key


def read_secret_key(path: Path, ask_password: Callable[[], str]) -> SecretKey:
    """Raises ValueError for what is no secret key, or a wrong password; OSError."""
    line = path.read_bytes().splitlines()[1:2]
    data = base64.b64decode(line[0], validate=True) if line else b""
    if len(data) != _LAYOUT.size:
        raise ValueError("it is no secret key of minisign")
    kind, sealed_by, sum_kind, salt, operations, memory, whole = _LAYOUT.unpack(data)
    if (kind, sum_kind) != (KEY, _BLAKE) or sealed_by not in (_SCRYPT, _NO_PASSWORD):
        raise ValueError("it is a key of an unknown kind")
    if sealed_by == _SCRYPT:
        whole = _xor(whole, _stream(ask_password(), salt, Cost(operations, memory)))
        if hashlib.blake2b(KEY + whole[:72], digest_size=32).digest() != whole[72:]:
            raise ValueError("the password is wrong")
    return SecretKey(whole[:8], whole[8:40])


def sign(file: Path, key: SecretKey, *, made_at: int, about: str) -> Path:
    """Writes the signature beside the file, over its BLAKE2b-512. `about` goes into the comment that may be trusted."""
    signer = SigningKey(key.seed)
    signature = signer.sign(digest_of(file)).signature
    comment = f"timestamp:{made_at}\tfile:{file.name}\thashed\t{about}".encode()
    over_all = signer.sign(signature + comment).signature
    lines = (
        b"untrusted comment: signature from station-kiosk's release key " + key.public.name.encode(),
        base64.b64encode(HASHED + key.id + signature),
        b"trusted comment: " + comment,
        base64.b64encode(over_all),
    )
    place = file.with_name(file.name + SUFFIX)
    place.write_bytes(b"\n".join(lines) + b"\n")
    return place


def _stream(password: str, salt: bytes, cost: Cost) -> bytes:
    return bytes(scrypt.kdf(104, password.encode(), salt, opslimit=cost.operations, memlimit=cost.memory))


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
