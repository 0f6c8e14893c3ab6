"""The words of the staff desk as commands: `kiosk pay WAYBILL`, `kiosk done 3 two missing`, `kiosk overdue 3-2`."""

import click

from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit_answer, json_option, opened_station, say, tell_when_dark
from kiosk.counter.arguments import AtHand
from kiosk.counter.words import DESK_WORDS
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import clean
from kiosk.parcels.sheets import SheetKind, Subject
from kiosk.store.tables.sheets import sheet_by_id
from kiosk.text.desk_help import HELP


def desk_command(name: str) -> click.Command | None:
    """The command of a word, None where the desk has no such word."""
    word = DESK_WORDS.get(name)
    if word is None:
        return None
    argument, what = next(words[name] for words in HELP.values() if name in words)

    @click.command(name, help=say()(what))
    @json_option
    @click.pass_obj
    def command(invocation: Invocation, as_json: bool, argument: tuple[str, ...], at_hand: str | None = None) -> None:
        rest = clean(" ".join(argument))
        with opened_station(invocation) as station:
            hand = AtHand(parcel=at_hand) if word.about is Subject.PARCEL else AtHand()
            if word.about is Subject.SHEET and at_hand is not None:
                sheet = sheet_by_id(station.conn, int(at_hand)) if at_hand.isdecimal() and len(at_hand) < 10 else None
                if sheet is None:
                    emit_answer(Refused(Problem.NO_SUCH_SHEET), as_json=as_json)
                    return
                hand = AtHand(sheet=sheet.id, kind=SheetKind(sheet.kind))
            answer = word.does(station, hand, rest)
            if getattr(answer, "look", None) is not None:
                tell_when_dark(station, [])
        emit_answer(answer, as_json=as_json)

    metavar = {Subject.PARCEL: say()("CODE|WAYBILL"), Subject.SHEET: say()("SHEET")}.get(word.about)
    command.params[:0] = [
        *([click.Argument(["at_hand"], metavar=metavar)] if metavar else []),
        click.Argument(["argument"], nargs=-1, metavar=say()(argument) if argument else ""),
    ]
    return command
