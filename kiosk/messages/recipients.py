"""Where a message goes: a channel's URL with the person's own phone or e-mail address put in."""

from urllib.parse import quote

from kiosk.config.messages import EMAIL, INTERNATIONAL_PHONE, PHONE, Channel, has_placeholder, whose_url
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.store.tables.contacts import Contact

_CHINA = "+86"


def url_of(home: StationHome, channel: Channel) -> str:
    """As it is configured, or the first line of its file (relative to the home). Raises StationFault."""
    if channel.url is not None:
        return channel.url
    path = home.folder / (channel.url_file or "")
    try:
        url = path.read_text("utf-8").strip().partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as broken:
        why = getattr(broken, "strerror", None) or ""
        raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=why) from broken
    if (channel.to == "consignee") != has_placeholder(url):
        raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=whose_url(channel.to))
    return url


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
