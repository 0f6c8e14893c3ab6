"""Wrong tries: who was wrong too often waits. A pause outlives a restart and no change of the clock ends it."""

from math import ceil
from typing import NamedTuple

from kiosk.jobs.station import Station
from kiosk.parcels.pauses import (
    CODE_AT_STATION,
    CODE_AT_TERMINAL,
    IN_MESSAGES,
    PIN,
    PIN_IN_BROWSERS,
    ROUNDING,
    TAIL_OF_PARCEL,
    Limit,
)
from kiosk.parcels.problems import Problem
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.tables.attempts import (
    forget_wrong_tries,
    record_attempt,
    write_wrong_tries,
    wrong_tries,
)

_FORGIVEN_TRIES = 2.0  # of the station's, by each hand-over


class Scope(NamedTuple):
    """What tries are counted of, and how many may be wrong."""

    name: str
    limit: Limit


def code_scopes(terminal: str) -> tuple[Scope, ...]:
    """Pickup codes: of one terminal, and of all of them together."""
    return Scope(f"code {terminal}", CODE_AT_TERMINAL), Scope("codes", CODE_AT_STATION)


def message_scope(terminal: str) -> Scope:
    """The codes of messages that are held against nobody."""
    return Scope(f"message {terminal}", IN_MESSAGES)


def tail_scope(parcel_id: int) -> Scope:
    """The last digits of the phone of one parcel, wherever they are tried."""
    return Scope(f"tail {parcel_id}", TAIL_OF_PARCEL)


def pin_scopes(terminal: str, number: str | None) -> tuple[Scope, ...]:
    """PINs: at one terminal, and of one colleague where the number is somebody's."""
    of_one = (Scope(f"pin-of {number}", PIN),) if number else ()
    return Scope(f"pin-at {terminal}", PIN), *of_one


def browser_scopes(terminal: str, number: str | None) -> tuple[Scope, ...]:
    """PINs in a browser: of that one, and of one colleague in all of them. None is a desk's: whoever guesses from afar
    locks out nobody who stands there."""
    of_one = (Scope(f"pin-in-browsers {number}", PIN_IN_BROWSERS),) if number else ()
    return Scope(f"pin-at {terminal}", PIN), *of_one


def is_paused(station: Station, scopes: tuple[Scope, ...]) -> bool:
    """Whether any of them has to wait."""
    return any(waits_s(station, scope) for scope in scopes)


def waits_s(station: Station, scope: Scope) -> int:
    """For how many seconds more, rounded up; 0 where it need not."""
    boot, now = station.clock.boot(), station.clock.monotonic()
    return ceil(wrong_tries(station.conn, scope.name).left_s(boot, now))


def note_wrong(
    station: Station,
    problem: Problem,
    scopes: tuple[Scope, ...],
    *,
    paused: bool,
    wrong: int = 1,
    in_message: int = 0,
    wanted: StationEvent | None = None,
) -> None:
    """Put it on record before anybody is told; during a pause it counts no further, and fills no log. In one
    transaction of its own, so that unknown, wrong and paused take the same time. `in_message`: so many of its
    codes were wrong and count as no try. `wanted`: what is refused by it."""
    with station.transaction():
        record_attempt(station.conn, station.terminal, station.stamp(), problem)
        for scope in scopes:
            weight = 1 if scope.limit is CODE_AT_STATION else wrong  # one terminal must not stop all others
            _count(station, scope, 0 if paused else in_message if scope.limit is IN_MESSAGES else weight)
        if wanted is not None and not paused:
            station.record_about(StationEvent.REFUSE, Subject.STATION, None, {}, facts={"wanted": wanted})


def note_beside(station: Station, wrong: int) -> None:
    """Codes of a message that are wrong beside a right one: no try of anybody's, and no way to guess without end."""
    with station.transaction():
        _count(station, message_scope(station.terminal), wrong)


def _count(station: Station, scope: Scope, wrong: int) -> None:
    counted = wrong_tries(station.conn, scope.name)
    if wrong:
        counted = counted.one_more(scope.limit, station.clock.boot(), station.clock.monotonic(), wrong)
    write_wrong_tries(station.conn, scope.name, counted)


def tries_left(station: Station, scope: Scope) -> int:
    """How many may be wrong before the next pause begins, at least 1."""
    boot, now = station.clock.boot(), station.clock.monotonic()
    counted = wrong_tries(station.conn, scope.name).still_counted(scope.limit, boot, now)
    return max(1, ceil(scope.limit.tries - ROUNDING - counted))


def forgive(station: Station, scopes: tuple[Scope, ...]) -> None:
    """Somebody was right in a way that cannot be guessed. In the caller's transaction."""
    forget_wrong_tries(station.conn, [scope.name for scope in scopes])


def forgive_hand_over(station: Station, terminal: str, parcel_id: int) -> None:
    """Nobody guesses a code and its waybill: the terminal where they were searched may be wrong again, and of the
    station's wrong tries a few are forgotten. In the caller's transaction."""
    at_terminal, at_station = code_scopes(terminal)
    forgotten = (at_terminal, message_scope(terminal), tail_scope(parcel_id))
    forget_wrong_tries(station.conn, [scope.name for scope in forgotten])
    counted = wrong_tries(station.conn, at_station.name)
    if counted.tries:
        boot, now = station.clock.boot(), station.clock.monotonic()
        write_wrong_tries(station.conn, at_station.name, counted.forgiven(at_station.limit, _FORGIVEN_TRIES, boot, now))
