"""Public keys and signatures as the minisign tool writes them, and whether a signature is right.

Source of the format: https://jedisct1.github.io/minisign/ ("Signature format", "Public key format").
"""

import base64
import hashlib
from pathlib import Path
from typing import NamedTuple

SUFFIX = ".minisig"
UNTRUSTED, TRUSTED = b"untrusted comment:", b"trusted comment: "
KEY, PLAIN, HASHED = b"Ed", b"Ed", b"ED"  # HASHED: of the file's BLAKE2b-512, as minisign signs since 0.10
LARGEST_SIGNATURE = 10_000  # bytes of its file
_LARGEST_PLAIN = 100_000_000  # bytes; such a signature is of the whole file, which has to be held in memory


class PublicKey(NamedTuple):
    """`id`: 8 bytes by which a signature names its key; `key`: 32 bytes of Ed25519."""

    id: bytes
    key: bytes

    @property
    def name(self) -> str:
        """Its id as minisign shows it: 16 hexadecimal digits."""
        return key_name(self.id)

    @property
    def line(self) -> str:
        """As `minisign -P` takes it."""
        return base64.b64encode(KEY + self.id + self.key).decode()


class Signature(NamedTuple):
    """What the file beside an archive holds. `over_all` is over `signature` and the `comment` that may be trusted."""

    algorithm: bytes
    key_id: bytes
    signature: bytes
    comment: bytes
    over_all: bytes


def key_name(key_id: bytes) -> str:
    return key_id[::-1].hex().upper()


def read_public_keys(text: str) -> list[PublicKey]:
    """Each line that is no comment is a key. Raises ValueError."""
    lines = [line.strip().encode() for line in text.splitlines()]
    return [_public_key(line) for line in lines if line and not line.startswith((UNTRUSTED, b"#"))]


def _public_key(line: bytes) -> PublicKey:
    data = _decoded(line, 42)
    if data[:2] != KEY:
        raise ValueError("no public key of minisign")
    return PublicKey(data[2:10], data[10:])


def read_signature(data: bytes) -> Signature:
    """Raises ValueError."""
    lines = [line.removesuffix(b"\r") for line in data.rstrip(b"\r\n").split(b"\n")]
    if len(lines) != 4 or not lines[0].startswith(UNTRUSTED) or not lines[2].startswith(TRUSTED):
        raise ValueError("no signature of minisign")
    signed = _decoded(lines[1], 74)
    if signed[:2] not in (PLAIN, HASHED):
        raise ValueError("a signature of an unknown kind")
    return Signature(signed[:2], signed[2:10], signed[10:], lines[2].removeprefix(TRUSTED), _decoded(lines[3], 64))


def _decoded(line: bytes, length: int) -> bytes:
    """Base64 in its one right spelling: what is altered is refused, also where it says the same."""
    data = base64.b64decode(line, validate=True)
    if len(data) != length or base64.b64encode(data) != line:
        raise ValueError("not what minisign writes")
    return data


def digest_of(path: Path) -> bytes:
    """What a HASHED signature is of: 64 bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, hashlib.blake2b).digest()


def is_right(signature: Signature, key: PublicKey, path: Path) -> bool:
    """Whether whoever holds the secret of this key signed this very file, and this comment to it."""
    from nacl.exceptions import BadSignatureError  # 16 ms: of what root does, only an update needs it
    from nacl.signing import VerifyKey

    if signature.algorithm == PLAIN and path.stat().st_size > _LARGEST_PLAIN:
        return False
    signed = path.read_bytes() if signature.algorithm == PLAIN else digest_of(path)
    try:
        VerifyKey(key.key).verify(signed, signature.signature)
        VerifyKey(key.key).verify(signature.signature + signature.comment, signature.over_all)
    except BadSignatureError:
        return False
    return True
