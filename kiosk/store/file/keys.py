"""The key file of a station, and what is derived from it: event links, keyed hashes and sealed contact data."""

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from kiosk.faults import Fault, StationFault, expected

FIRST_LINK = bytes(32)
_NONCE = 24  # bytes
compact_json = json.JSONEncoder(separators=(",", ":")).encode  # json.dumps would make a new encoder for each event


class StationKey:
    """32 secret bytes kept outside the database; one derived key for each purpose."""

    def __init__(self, secret: bytes) -> None:
        # The two halves of HMAC-SHA256 (RFC 2104), begun once: hmac.digest() begins them anew for each event and takes
        # twice as long.
        padded = hmac.digest(secret, b"event links", hashlib.sha256).ljust(64, b"\0")
        self._inner = hashlib.sha256(bytes(octet ^ 0x36 for octet in padded))
        self._outer = hashlib.sha256(bytes(octet ^ 0x5C for octet in padded))
        self._secrets = hmac.digest(secret, b"badges, passes and PINs", hashlib.sha256)
        self._phones = hmac.digest(secret, b"phone numbers", hashlib.sha256)
        self._notices = hmac.digest(secret, b"arrival notices", hashlib.sha256)
        self._seals = hmac.digest(secret, b"sealed data", hashlib.sha256)
        self._rows = hmac.digest(secret, b"rows of tables", hashlib.sha256)
        self._points = hmac.digest(secret, b"sealed points of the log", hashlib.sha256)
        self.name = hmac.digest(secret, b"name of the key", hashlib.sha256)[:8].hex()  # whose a backup is

    def link(self, previous: bytes, event: bytes) -> bytes:
        """The 32-byte link of an event, as its row spells it, to the one before it."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(previous)
        inner.update(event)
        outer.update(inner.digest())
        return outer.digest()

    def row_mark(self, row: str) -> int:
        """256 bits for a row of a table, to be added up: who lacks the key makes no other rows with the same sum."""
        return int.from_bytes(hashlib.blake2b(row.encode(), key=self._rows, digest_size=32).digest())

    def point_seal(self, point: bytes) -> bytes:
        """32 bytes under how far the log was checked."""
        return hmac.digest(self._points, point, hashlib.sha256)

    def secret_hash(self, purpose: str, secret: str) -> bytes:
        """Of a badge, a pass or a PIN: the database alone does not let anybody guess it."""
        return hmac.digest(self._secrets, f"{purpose}\0{secret}".encode(), hashlib.sha256)

    def signature(self, signed: bytes) -> bytes:
        """16 bytes under an arrival notice: whoever lacks the key forges none in the life of a station."""
        return hmac.digest(self._notices, signed, hashlib.sha256)[:16]

    def phone_hash(self, number: str) -> bytes:
        return hmac.digest(self._phones, number.encode(), "sha256")

    def seal(self, purpose: str, text: str) -> bytes:
        """XChaCha20-Poly1305 with a random nonce of 24 bytes in front: nobody reads or forges it without the key."""
        from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt  # 16 ms: few starts need it

        nonce = secrets.token_bytes(_NONCE)
        return nonce + encrypt(text.encode(), purpose.encode(), nonce, self._seals)

    def unseal(self, purpose: str, sealed: bytes) -> str:
        """Raises StationFault(BAD_KEY) where it was sealed with another key, for another purpose, or is damaged."""
        from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
        from nacl.exceptions import CryptoError

        try:
            return decrypt(sealed[_NONCE:], purpose.encode(), sealed[:_NONCE], self._seals).decode()
        except (CryptoError, ValueError, TypeError) as broken:
            raise StationFault(Fault.BAD_KEY, detail=expected("it does not open what is sealed")) from broken


def make_key(path: Path) -> None:
    """Write a new key for its owner's eyes only, whole or not at all; an existing key is never replaced."""
    from kiosk.durable import sync  # once in a station's life

    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        sync(unfinished)
        _name(unfinished, path)
        sync(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _name(unfinished: Path, path: Path) -> None:
    """Unlike a rename it fails where there is one already."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:  # a stick's file system has no links
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        unfinished.replace(path)


def read_key(path: Path) -> StationKey:
    """Raises StationFault(BAD_KEY) when the key is missing or no key."""
    return StationKey(read_secret(path))


def key_if_good(path: Path) -> StationKey | None:
    """None where it is missing or broken, for who looks at a station that is not well."""
    try:
        return read_key(path)
    except StationFault:
        return None


def read_secret(path: Path) -> bytes:
    """32 bytes, written as hex by make_key(). Raises StationFault(BAD_KEY)."""
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as broken:
        raise StationFault(Fault.BAD_KEY, path=path, detail=getattr(broken, "strerror", None) or "") from broken
    if len(secret) != 32:
        raise StationFault(Fault.BAD_KEY, path=path)
    return secret
