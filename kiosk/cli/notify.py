"""`kiosk notify`: trying a channel, how messages stand, and another try for those that did not go out."""

import sys

import click

from kiosk.agent_lock import agent_lock
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import (
    EXIT_REFUSED,
    accepted,
    emit,
    fields_of,
    json_option,
    opened_station,
    refuse,
    say,
    tell_refusal,
)
from kiosk.clock import Clock
from kiosk.config import read_settings
from kiosk.jobs.records.message_news import message_status, retry_messages
from kiosk.parcels.problems import Problem, Refused
from kiosk.text import language_of_environment
from kiosk.text.answers.messages import agent_line, channel_line, message_line


@click.group(help=say()("Messages: try a channel, see how they stand, send again."))
def notify() -> None:
    """Messages to consignees, groups and staff."""


@notify.command("test", help=say()("Send a test message by one channel, or by all."))
@click.argument("channel", required=False)
@click.option("--to", help=say()("Your own phone or e-mail address, for channels to consignees."))
@json_option
@click.pass_obj
def test(invocation: Invocation, channel: str | None, to: str | None, as_json: bool) -> None:
    from kiosk.messages.sending import send_test  # 7 ms: not for a look at messages

    settings = read_settings(invocation.home.settings)
    known = settings.messages.channels
    chosen = [one for one in known if channel in (None, one.name)]
    if not chosen:
        refuse(Refused(Problem.NO_SUCH_CHANNEL, detail=", ".join(one.name for one in known) or "-"), as_json=as_json)
    all_sent = True
    for one in chosen:
        answer = send_test(invocation.home, one, settings.name, language_of_environment(), to)
        if isinstance(answer, Refused):
            all_sent = False
            click.echo(f"{one.name}:", err=True)
            tell_refusal(answer, as_json=as_json)
        else:
            emit({"channel": one.name}, say()("{channel}: the message went out.", channel=one.name), as_json=as_json)
    if not all_sent:
        sys.exit(EXIT_REFUSED)


@notify.command("preview", help=say()("Every message to customers as it goes out, and how many SMS it takes."))
@click.option(
    "--parcels",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help=say()("How many parcels the messages tell of."),
)
@json_option
@click.pass_obj
def preview(invocation: Invocation, parcels: int, as_json: bool) -> None:
    from kiosk.messages.preview import preview_lines, previews  # 7 ms

    settings = read_settings(invocation.home.settings)
    found = previews(invocation.home, settings, Clock().now().astimezone(settings.time_zone), parcels)
    text = "\n\n".join("\n".join(preview_lines(say(), one)) for one in found)
    emit({"messages": [fields_of(one) for one in found]}, text, as_json=as_json)


@notify.command("status", help=say()("How every channel stands, and each message that is not over."))
@json_option
@click.pass_obj
def status(invocation: Invocation, as_json: bool) -> None:
    holder = agent_lock(invocation.home.runtime()).locked_by()
    with opened_station(invocation) as station:
        found = message_status(station)
    if not found.channels:
        text = say()("No message channel is configured: labels and the screen serve.")
    else:
        text = agent_line(say(), holder)
    lines = [text, *(channel_line(say(), one) for one in found.channels)]
    lines += [message_line(say(), one) for one in found.messages]
    emit({"agent": holder, **fields_of(found)}, "\n".join(lines), as_json=as_json)


@notify.command("retry", help=say()("Let messages that did not go out, or may not have, be tried again at once."))
@click.argument("number", metavar="[ID]", required=False, type=click.IntRange(1, 2**62))
@click.option("--all", "every", is_flag=True, help=say()("All of them."))
@json_option
@click.pass_obj
def retry(invocation: Invocation, number: int | None, every: bool, as_json: bool) -> None:
    if every == (number is not None):
        raise click.UsageError(say()("Give the number of a message, or --all."))
    with opened_station(invocation) as station:
        answer = accepted(retry_messages(station, number), as_json=as_json)
    text = say()("To be sent with the agent's next turn: {count}.", count=answer)
    if agent_lock(invocation.home.runtime()).locked_by() is None:
        text += " " + agent_line(say(), None)
    emit({"messages": answer}, text, as_json=as_json)
