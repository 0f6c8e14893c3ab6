"""The station's key, sealed with the recovery phrase: a small file that goes along in every backup.

JSON: `recovery` 1, `key` (the key's name), `made_on` (a day), `sealed` (hex of 16 bytes of salt, 24 of nonce, and the
32 of the key under XChaCha20-Poly1305). The phrase becomes its key by scrypt (n 2¹⁴, r 8, p 1: 16 MB, RFC 7914).
"""

import hashlib
import json
import secrets
from pathlib import Path
from typing import NamedTuple

from kiosk.store.file.keys import StationKey

_SALT, _NONCE, _KEY = 16, 24, 32  # bytes
_LONGEST = 4096
_PURPOSE = b"station key by recovery phrase"


class Recovery(NamedTuple):
    """Which key is sealed, and on which day its phrase was made."""

    key: str
    made_on: str
    sealed: bytes


def sealed_key(secret: bytes, phrase: str, made_on: str) -> bytes:
    """The file's content."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt  # once in years

    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    sealed = salt + nonce + encrypt(secret, _PURPOSE, nonce, _stretched(phrase, salt))
    told = {"recovery": 1, "key": StationKey(secret).name, "made_on": made_on, "sealed": sealed.hex()}
    return (json.dumps(told) + "\n").encode()


def read_recovery(path: Path) -> Recovery | None:
    """None where there is none, or it cannot be read."""
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(_LONGEST))
        return Recovery(str(told["key"]), str(told["made_on"]), bytes.fromhex(told["sealed"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def unsealed_key(found: Recovery, phrase: str) -> bytes | None:
    """The station's secret; None where the phrase is another one."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
    from nacl.exceptions import CryptoError

    salt, nonce, sealed = found.sealed[:_SALT], found.sealed[_SALT:][:_NONCE], found.sealed[_SALT + _NONCE :]
    try:
        secret: bytes = decrypt(sealed, _PURPOSE, nonce, _stretched(phrase, salt))
    except (CryptoError, ValueError, TypeError):
        return None
    return secret if len(secret) == _KEY and StationKey(secret).name == found.key else None


def _stretched(phrase: str, salt: bytes) -> bytes:
    digits = phrase.replace(" ", "").encode()
    return hashlib.scrypt(digits, salt=salt, n=1 << 14, r=8, p=1, dklen=_KEY)
