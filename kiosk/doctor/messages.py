"""The doctor's lines about messages: each channel's URL, which is never shown, and the agent that sends."""

from collections.abc import Iterator

from kiosk.agent_lock import agent_lock
from kiosk.config import Settings
from kiosk.config.messages import Channel
from kiosk.doctor.patient import Finding, Level, Line, Patient, looking_into
from kiosk.faults import Detail, StationFault, told
from kiosk.messages.preview import previews
from kiosk.messages.recipients import url_of
from kiosk.messages.sending import understands
from kiosk.store.tables.messages import last_reason
from kiosk.text.answers.messages import KINDS as KIND_NAMES
from kiosk.text.answers.messages import why_detail


def channels_line(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    if not isinstance(settings, Settings):
        return
    if not settings.messages.channels:
        yield Finding("messages", Level.OK, told("No message channel is configured: labels and the screen serve."))
    for channel in settings.messages.channels:
        yield _channel(patient, channel)
    if settings.messages.channels:
        yield from _texts(patient, settings)


def _texts(patient: Patient, settings: Settings) -> Iterator[Finding]:
    """What costs more than it looks, and what customers' phones send back in vain."""
    from kiosk.config.message_texts import unread_codes

    now = patient.clock.now().astimezone(settings.time_zone)
    for one in previews(patient.home, settings, now):
        line = f"text:{one.channel}:{one.about}"
        about = Detail(KIND_NAMES[one.about], {})
        if one.sms is not None and one.sms.parts > 1:
            what = told(
                "Channel {channel}, {about}: each message is paid for as {parts} SMS ({letters} of {room} letters)",
                channel=one.channel, about=about, **one.sms._asdict(),
            )  # fmt: skip
            yield Finding(line, Level.WARN, what, told("Shorten the text in [messages]; see: kiosk notify preview"))
    for channel in settings.messages.channels:
        unread = unread_codes(channel.template or "", settings.of_station)
        if unread is not None:
            what = told("Channel {channel}: customers cannot scan or paste its message here", channel=channel.name)
            ask = told("Write template with {detail}", detail=unread)
            yield Finding(f"text:{channel.name}", Level.WARN, what, ask)


def _channel(patient: Patient, channel: Channel) -> Finding:
    line, values = f"channel:{channel.name}", {"channel": channel.name, "to": channel.to}
    try:
        is_understood = understands(url_of(patient.home, channel))
    except StationFault as fault:
        return Finding(line, Level.BAD, fault)
    if not is_understood:
        ask = told("Correct url in [[messages.channels]], then: kiosk notify test {channel}", **values)
        return Finding(line, Level.BAD, told("The URL of channel {channel} is none that Apprise knows", **values), ask)
    reason = _last_reason(patient, channel.name)
    if reason is not None:
        what = told("Channel {channel}, the last message: {why}", channel=channel.name, why=why_detail(reason))
        ask = told("See kiosk notify status, and try it with: kiosk notify test {channel}", **values)
        return Finding(line, Level.WARN, what, ask)
    return Finding(line, Level.OK, told("Channel {channel} ({to}) has a good URL", **values))


def _last_reason(patient: Patient, channel: str) -> str | None:
    try:
        with looking_into(patient) as conn:
            return last_reason(conn, channel)
    except StationFault:
        return None  # the line of the database tells it


def agent_line(patient: Patient) -> Iterator[Finding]:
    """It sends, and at night it backs up and erases."""
    if not patient.is_founded:
        return
    holder = agent_lock(patient.runtime).locked_by() if patient.runtime else None
    if holder is not None:
        yield Finding("agent", Level.OK, told("The agent is at work: {owner}", owner=holder))
    else:
        what = told("No agent is at work: nothing is sent, backed up or erased by itself")
        yield Finding("agent", Level.WARN, what, told("Start it: kiosk agent, or sudo systemctl start kiosk-agent"))


MESSAGE_LINES: tuple[Line, ...] = (channels_line, agent_line)
