"""What the minisign tool wrote is read and judged as it judges; what scripts/release writes it takes."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.appliance.minisign import PublicKey, Signature, is_right, read_public_keys, read_signature
from scripts.releasing.signing import Cost, SecretKey, make_secret_key, read_secret_key, sign

# Made by minisign 0.11 of Debian 12: `minisign -G -W`, `minisign -S`, `minisign -S -l`.
FILE = b"hello\n"
PUBLIC = """untrusted comment: minisign public key E4D4F07F32C7DF15
RWQV38cyf/DU5H8wLGgs7Z3+j3IfZIPX8qBC9810pfYvpO0mYRbA0W33
"""
SECRET = """untrusted comment: minisign encrypted secret key
RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAFd/HMn/w1OS0Irxf8eAP4el2qiTjHtPUBC+sXHugOb3q\
Gd2Gx12Hv38wLGgs7Z3+j3IfZIPX8qBC9810pfYvpO0mYRbA0W33AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
"""
HASHED = b"""untrusted comment: signature from minisign secret key
RUQV38cyf/DU5OEpie6s2CXRYB8ELDfMzxdL6v4Gn8PGOYet0v8jbACS+ukr+yzqaSh+CjM2YeoC7fc3nTtsXE0e215WiSaRsgw=
trusted comment: timestamp:1796067707\tfile:a.txt\thashed
59KzfxUbb6IEfYjH7mwYk1OgBdfnfO/0pXEGRfdt0H2PIDVKHUOfjKvLGKrPAQPRXWKcwKkq5GnNYICdovuvAw==
"""
PLAIN = b"""untrusted comment: signature from minisign secret key
RWQV38cyf/DU5IZK+HYv8iEr9ntecghDxdFwURLyrAP4BwnRbnGDKWuX/eQaQbGTV3qfW6H4YkQPgbfsGvCN2yv9pD13TfYV+wE=
trusted comment: my comment
xoYyhXI0XsMf0BIlvW/neSv5HDoQq7Y0vfL6Z21V64WlvY/YJexxTs/ezsBt2ot3NlsH9/dPPEGjAeOmXVkBDg==
"""
CHEAP = Cost(operations=32768, memory=1 << 24)  # of a password; nobody guesses one in a test


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(FILE)
    return tmp_path / "a.txt"


@pytest.fixture
def key() -> PublicKey:
    (found,) = read_public_keys(PUBLIC)
    return found


def takes(data: bytes, key: PublicKey, file: Path) -> bool:
    try:
        signature: Signature = read_signature(data)
    except ValueError:
        return False
    return signature.key_id == key.id and is_right(signature, key, file)


@pytest.mark.parametrize("data", [HASHED, PLAIN, HASHED.replace(b"\n", b"\r\n"), HASHED.rstrip(b"\n")])
def test_what_the_tool_signed_is_right(data: bytes, key: PublicKey, file: Path) -> None:
    assert key.name == "E4D4F07F32C7DF15" and key.line in PUBLIC
    assert takes(data, key, file)
    file.write_bytes(FILE + b"\0")
    assert not takes(data, key, file)


@pytest.mark.parametrize("data", [HASHED, PLAIN])
def test_no_byte_of_a_signature_may_be_another(data: bytes, key: PublicKey, file: Path) -> None:
    """But of the comment that the tool itself calls untrusted, and the line ends."""
    begins_at = data.index(b"\n") + 1
    for at in range(begins_at, len(data) - 1):
        for other in {data[at] ^ 1, data[at] ^ 0x20, ord("A"), ord("\n")} - {data[at]}:
            assert not takes(data[:at] + bytes([other]) + data[at + 1 :], key, file), (at, other)
        assert not takes(data[:at] + data[at + 1 :], key, file), at
        assert not takes(data[:at], key, file), at
    assert takes(b"untrusted comment: anything" + data[begins_at - 1 :], key, file)


def test_a_signature_of_one_kind_is_none_of_the_other(key: PublicKey, file: Path) -> None:
    assert not takes(HASHED.replace(b"RUQ", b"RWQ"), key, file) and not takes(PLAIN.replace(b"RWQ", b"RUQ"), key, file)


@pytest.mark.parametrize("text", ["RWQ", SECRET, HASHED.decode(), PUBLIC.replace("RWQ", "RUQ"), PUBLIC[:-2]])
def test_what_is_no_public_key_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        read_public_keys(text)


def test_the_tools_secret_key_signs(key: PublicKey, file: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(SECRET)
    secret = read_secret_key(tmp_path / "key", lambda: pytest.fail("it has no password"))
    assert secret.public == key
    assert takes(sign(file, secret, made_at=0, about="version:1").read_bytes(), key, file)


def test_a_key_of_ours_is_sealed_with_its_password(tmp_path: Path) -> None:
    made = make_secret_key(tmp_path / "key", "right", CHEAP)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert read_secret_key(tmp_path / "key", lambda: "right") == made
    with pytest.raises(ValueError, match="password"):
        read_secret_key(tmp_path / "key", lambda: "wrong")
    with pytest.raises(FileExistsError):
        make_secret_key(tmp_path / "key", "", CHEAP)


def test_the_tool_takes_what_we_sign_and_signs_with_our_key(file: Path, tmp_path: Path) -> None:
    """Both ways, where minisign is installed; elsewhere the vectors above stand for it."""
    tool = shutil.which("minisign")
    if tool is None:
        pytest.skip("minisign is not here: sudo apt install minisign")
    ours: SecretKey = make_secret_key(tmp_path / "key", "", CHEAP)
    sign(file, ours, made_at=0, about="version:1")
    check = [tool, "-Vqm", str(file), "-P", ours.public.line]
    assert subprocess.run(check, capture_output=True, check=False).returncode == 0
    (tmp_path / "a.txt.minisig").unlink()
    subprocess.run([tool, "-S", "-m", file, "-s", tmp_path / "key"], input=b"", capture_output=True, check=True)
    assert takes((tmp_path / "a.txt.minisig").read_bytes(), ours.public, file)
