"""E-mail addresses of consignees: reading and masking them."""

import re

from kiosk.parcels.scans import clean

LONGEST = 254  # characters, RFC 5321 4.5.3.1.3
# The dot-atom form of RFC 5322 in ASCII: what a consignee types. Quoted local parts and literals are not taken, nor is
# a % sign: in the URL of a message it might be read as another character, and make two addresses of one.
_ATOM = r"[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@((?:{_LABEL}\.)+{_LABEL})")


def read_email(text: str) -> str | None:
    """The address with its domain in small letters; None for what is none."""
    found = _ADDRESS.fullmatch(clean(text).strip())
    if found is None or len(found[0]) > LONGEST:
        return None
    return f"{found[1]}@{found[2].lower()}"


def mask_email(address: str | None) -> str | None:
    """The first letter and the domain: `a***@example.org`."""
    if address is None:
        return None
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
