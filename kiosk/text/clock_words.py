"""What is said of a clock that cannot be right."""

from datetime import datetime

from kiosk.text import Say


def clock_says(say: Say, now: datetime) -> str:
    return say("The clock says {time}.", time=f"{now:%Y-%m-%d %H:%M %Z}")


def clock_is_behind(say: Say, was: datetime) -> str:
    """`was`: what it has been already, in the station's zone."""
    return say(
        "The clock is behind: it was {time} already. Set it  (if it is right: kiosk clock --right)", time=_shown(was)
    )


def clock_is_doubted(say: Say, until: datetime) -> str:
    return say(
        "The clock has jumped: nothing is erased before {time}  (if it is right: kiosk clock --right)",
        time=_shown(until),
    )


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
