"""Where a message goes: a channel's URL with the person's own phone or e-mail address put in."""

from pathlib import Path
from urllib.parse import quote

from kiosk.config.messages import (
    EMAIL,
    INTERNATIONAL_PHONE,
    PASSWORD,
    PHONE,
    Channel,
    has_placeholder,
    password_place,
    whose_url,
)
from kiosk.faults import Fault, StationFault, expected
from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.store.tables.contacts import Contact

_CHINA = "+86"


def url_of(home: StationHome, channel: Channel) -> str:
    """As it is configured, or the first line of its file (relative to the home), with the password of its file put in.
    Raises StationFault."""
    url = channel.url
    if url is None:
        url, path = _first_line(home, channel.url_file or "")
        if (channel.to == "consignee") != has_placeholder(url):
            raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=whose_url(channel.to))
        if (PASSWORD in url) != (channel.password_file is not None):
            raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=password_place())
    if channel.password_file is None:
        return url
    password, path = _first_line(home, channel.password_file)
    if not password:
        raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=expected("a password in its first line"))
    return url.replace(PASSWORD, quote(password, safe=""))


def _first_line(home: StationHome, name: str) -> tuple[str, Path]:
    path = home.folder / name
    try:
        return path.read_text("utf-8-sig").strip().partition("\n")[0].strip(), path
    except (OSError, UnicodeDecodeError) as broken:
        why = getattr(broken, "strerror", None) or ""
        raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=why) from broken


def goes_by_email(station: Station, channel: Channel) -> bool:
    """Whether the channel's recipients are e-mail addresses. One that cannot be read counts as none."""
    try:
        return EMAIL in url_of(station.home, channel)
    except StationFault:
        return False


def addressed(url: str, contact: Contact | None) -> str | None:
    """The URL to this person; None where the station does not know what it needs."""
    phone, email = (contact.phone, contact.email) if contact else (None, None)
    return filled(url, phone, email)


def filled(url: str, phone: str | None, email: str | None) -> str | None:
    """`{phone}` is 11 digits, `{+86phone}` the international form, `{email}` an address; all quoted for a URL."""
    known = {PHONE: phone, INTERNATIONAL_PHONE: _CHINA + phone if phone else None, EMAIL: email}
    for place, value in known.items():
        if place in url:
            if value is None:
                return None
            url = url.replace(place, quote(value, safe=""))
    return url
