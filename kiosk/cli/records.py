"""Commands that look things up and check them; none of them changes anything."""

import sys

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import EXIT_REFUSED, accepted, emit, json_option, opened_station, say
from kiosk.jobs.records import look_up
from kiosk.parcels.scans import Scan, recognise
from kiosk.safety import verify as verifying
from kiosk.safety.backup_files import known_heads
from kiosk.text.courier_names import courier_name
from kiosk.text.sentences import event_name, state_name


@click.command()
@click.argument("code_or_waybill", metavar="CODE|WAYBILL", type=recognise)
@json_option
@click.pass_obj
def parcel(invocation: Invocation, code_or_waybill: Scan, as_json: bool) -> None:
    with opened_station(invocation) as station:
        story = accepted(look_up.tell_parcel(station, code_or_waybill), as_json=as_json)
    fields = {
        "waybill": story.waybill,
        "courier": story.courier,
        "code": story.code,
        "slot": story.slot,
        "state": story.state,
        "held_for": story.held_for,
        "phone": story.phone,
        "checked_in_at": story.checked_in_at,
        **({"left_at": story.left.at, "left_by": story.left.who} if story.left else {}),
        "history": [_event_fields(event) for event in story.history],
    }
    state = state_name(say(), story.state, story.held_for)
    courier = courier_name(say(), story.courier)
    lines = ["  ".join([courier, story.waybill, state, story.slot or "-", story.code or "-"])]
    emit(fields, "\n".join(lines + [_event_line(event) for event in story.history]), as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def slots(invocation: Invocation, as_json: bool) -> None:
    with opened_station(invocation) as station:
        for slot, held in look_up.list_slots(station):
            fields = {
                "slot": slot.name,
                "strip": slot.strip,
                "first_pixel": slot.first_pixel,
                "pixels": slot.pixels,
                "capacity": slot.place.capacity,
                "held": held,
            }
            last = slot.first_pixel + slot.pixels - 1
            text = f"{slot.name:8} {slot.place.size.name:2} {held:4} / {slot.place.capacity:<4} "
            emit(fields, f"{text}{slot.strip} {slot.first_pixel}-{last}", as_json=as_json)


@click.command()
@click.option("--after", default=0, type=click.IntRange(0, 2**62), help=say()("Only events numbered higher."))
@click.option("--last", type=click.IntRange(0, 2**62), help=say()("Only the newest so many."))
@json_option
@click.pass_obj
def events(invocation: Invocation, after: int, last: int | None, as_json: bool) -> None:
    with opened_station(invocation) as station:
        for event in look_up.list_events(station, after=after, last=last):
            emit(_event_fields(event), _event_line(event), as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def verify(invocation: Invocation, as_json: bool) -> None:
    with opened_station(invocation) as station:
        verdict = verifying.verify(station, known_heads(station))
    violations = [{"rule": v.rule, "detail": v.detail} for v in verdict.violations]
    fields = {
        "ok": not violations,
        "events": verdict.events,
        "parcels": verdict.parcels,
        "violations": violations,
    }
    lines = [f"{v.rule}: {v.detail}" for v in verdict.violations]
    text = say()(
        "All rules hold. Events: {events}; parcels: {parcels}.", events=verdict.events, parcels=verdict.parcels
    )
    if violations:
        text = say()(
            "{count} rule is broken. Unless you changed the settings, keep this database and restore a backup.",
            "{count} rules are broken. Unless you changed the settings, keep this database and restore a backup.",
            count=len(violations),
        )
    emit(fields, "\n".join([*lines, text]), as_json=as_json)
    if violations:
        sys.exit(EXIT_REFUSED)


def _event_fields(event: look_up.LoggedEvent) -> dict[str, object]:
    return {
        "seq": event.seq,
        "event": event.event,
        "subject": event.subject,
        "subject_id": event.subject_id,
        "waybill": event.waybill,
        "who": event.who,
        "terminal": event.terminal,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "changes": event.changes,
        "link": event.link,
    }


def _event_line(event: look_up.LoggedEvent) -> str:
    place = event.changes.get("slot") or event.changes.get("proposed_slot") or ""
    time = event.occurred_at.isoformat(sep=" ", timespec="seconds")
    what = event_name(say(), event.event)
    return f"{event.seq:6}  {time}  {what}  {event.waybill}  {place or '-'}  {event.who}@{event.terminal}"
