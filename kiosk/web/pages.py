"""The pages around the desk, in both languages; they work without a script, a font or a picture from anywhere."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from kiosk.parcels.problems import Problem, Refused
from kiosk.text import N_, Language, Say, words
from kiosk.text.refusals import problem_sentence

if TYPE_CHECKING:
    from jinja2 import Environment

_ROOM = Path(__file__).parent
# What a button of the desk's page sends, what stands on it, and what it does.
_BUTTONS = {
    "Esc": ("\x1b", N_("clear")),
    "F3": ("\x1bOR", N_("size")),
    "F4": ("\x1bOS", N_("consent")),
    "F5": ("\x1b[15~", N_("hand over")),
    "F6": ("\x1b[17~", N_("paid")),
    "F7": ("\x1b[18~", N_("done")),
    "F9": ("\x1b[20~", N_("undo")),
    "F1": ("\x1bOP", N_("coming")),
    "F8": ("\x1b[19~", N_("map")),
    "F10": ("\x1b[21~", N_("menu")),
    "PgUp": ("\x1b[5~", N_("earlier")),
    "PgDn": ("\x1b[6~", N_("more")),
    "F2": ("\x1bOQ", N_("language")),
    "F12": ("\x1b[24~", N_("lock")),
}
_TEXTS = {
    "type": N_("type or scan here"),
    "enter": N_("Enter"),
    "wait": N_("One moment please"),
    "lost": N_("The line is interrupted: nothing that you scan now is taken. It comes back by itself."),
    "other": N_("This desk is open in another window."),
    "here": N_("Go on here"),
    "certain": N_("NOT TAKEN, the line was interrupted. Scan again:"),
    "doubtful": N_("PERHAPS NOT TAKEN. Look at the desk, and scan again what it does not have:"),
    "seen": N_("I have seen it"),
    "copy": N_("Copy"),
    "close": N_("Close"),
    "see": N_("camera"),
    "papers": N_("lists"),
    "lines": N_("Enter # lines at the desk, one after another?"),
    "camera-wait": N_("The camera opens …"),
    "camera-aim": N_("Hold a code before the camera"),
    "camera-several": N_("Several codes are seen: come closer to one"),
    "camera-refused": N_("The browser may not use the camera. Allow it in the browser's settings of this page."),
    "camera-none": N_("No camera was found"),
    "camera-insecure": N_("A browser opens the camera by https only. Open this desk by https, or use a scanner."),
    "camera-broken": N_("The camera does not work just now. Close it and try again, or use a scanner."),
}
_PAPERS = {
    "papers": N_("Lists and files"),
    "desk": N_("Desk"),
    "scan": N_("Waybill, code or phone"),
    "show": N_("Show"),
    "read": N_("Read"),
    "fetch": N_("Fetch"),
    "bring": N_("Bring a manifest"),
    "overdue": N_("Parcels that wait too long"),
    "expected": N_("Announced and not arrived"),
    "announced": N_("Manifests that were announced"),
    "open_sheets": N_("Open sheets"),
    "all_sheets": N_("The last 50 sheets"),
    "report": N_("Report of the day"),
    "week": N_("This week"),
    "last week": N_("Last week"),
    "month": N_("This month"),
    "last month": N_("Last month"),
    "place": N_("What lies in a slot, on a level or a shelf"),
    "shelf": N_("Labels for the slots (PDF)"),
    "all_shelves": N_("All shelves"),
    "cards": N_("Cards with the words of the desk (PDF)"),
    "file": N_("The courier's file: CSV, text or Excel, 8 MB at most"),
    "courier": N_("Its courier, where the file does not name it"),
    "announce": N_("Announce its parcels"),
    "files": N_("As a file"),
}
# What the page of signing in says after a desk has closed.
ENDED = {
    "idle": N_("Nobody pressed a key for a while, so the desk was closed."),
    "elsewhere": N_("You have signed in at another browser, so this desk was closed."),
    "locked": N_("The desk is locked."),
    "away": N_("The desk that was open here has ended: it was left alone, or the station's program was started anew. "
               "What was done is on record. Sign in again."),
}  # fmt: skip


class Pages:
    """`station`: its name, as it stands on every page."""

    def __init__(self, station: str) -> None:
        self._station = station
        self._sign_in = cache(self._sign_in_text)  # this page is what a flood asks for

    def sign_in(
        self, language: Language, why: str = "", status: int = 200, *, ended: str = "", number: str = ""
    ) -> web.Response:
        """`why` is a sentence of ours, `ended` one of ENDED instead; `number`: whose PIN is asked for."""
        return _response(self._sign_in(language, why, ended, number), status)

    def _sign_in_text(self, language: Language, why: str, ended: str, number: str) -> str:
        say = words(language)
        labels = {
            "ask": say("Your number, or scan your badge"), "pin": say("Your PIN"), "go": say("Sign in"),
        }  # fmt: skip
        why = say(ENDED[ended]) if ended else why
        return self._text("sign_in", language, why=why, ended=ended, number=number, **labels)

    def refused(self, language: Language, refused: Refused) -> web.Response:
        """The form again, with why not."""
        say = words(language)
        why = problem_sentence(say, refused)
        if refused.problem is Problem.WRONG_PIN:
            why = say("Number or PIN is wrong, or there were too many tries. Try again in a minute, or ask a manager.")
        elif refused.problem is Problem.PIN_NEEDED:
            return self.sign_in(language, say("Your badge is known. Now type your PIN."), number=refused.who or "")
        return self.sign_in(language, why, 503 if refused.problem is Problem.TOO_MANY_AT_ONCE else 403)

    def new_pin(self, language: Language, why: Refused | None = None) -> web.Response:
        say = words(language)
        labels = {
            "ask": say("Others know or guess this PIN. Choose your own: 6 to 12 digits, no row, repeats or date."),
            "pin": say("New PIN"), "again": say("Once more"), "go": say("Keep it and open the desk"),
        }  # fmt: skip
        sentence = _why_not(say, why.problem) if why else ""
        return self._page("new_pin", language, 403 if why else 200, why=sentence, **labels)

    def full(self, language: Language, sessions: int) -> web.Response:
        say = words(language)
        text = say(
            "The one desk in a browser is in use. Lock it (F12), or set more `sessions` in [web].",
            "All {count} desks in browsers are in use. Lock one of them (F12), or set more `sessions` in [web].",
            count=sessions,
        )
        return self.notice(language, text, 503)

    def no_staff(self, language: Language) -> web.Response:
        say = words(language)
        text = say("This station has no staff, so nobody can show who they are. Add a colleague at the station first:")
        return self.notice(language, text, 403, command="kiosk staff add 1 NAME --role manager")

    def notice(self, language: Language, text: str, status: int, command: str = "", back: str = "/") -> web.Response:
        go = words(language)("Try again")
        return self._page("notice", language, status, text=text, command=command, go=go, back=back)

    def papers(self, language: Language, *, today: str, shelves: Sequence[str]) -> web.Response:
        """What can be read, fetched and brought."""
        return self._paper("papers", language, 200, today=today, shelves=shelves)

    def paper(self, language: Language, status: int, **values: object) -> web.Response:
        """An answer as tables.py shows it: `shown`; `asked`: the query of this page; `again`: the page
        that stands for it in the other language, where it has no address."""
        return self._paper("paper", language, status, **values)

    def _paper(self, name: str, language: Language, status: int, **values: object) -> web.Response:
        say = words(language)
        texts = {one: say(text) for one, text in _PAPERS.items()}
        values = {"asked": {}, "again": "", **values}
        return self._page(name, language, status, t=texts, **values)

    def desk(self, language: Language, person: str) -> web.Response:
        by_language = {one: words(one) for one in Language}
        buttons = [
            (name, keys, {one: say(what) for one, say in by_language.items()})
            for name, (keys, what) in _BUTTONS.items()
        ]
        texts = {one: {name: say(text) for name, text in _TEXTS.items()} for one, say in by_language.items()}
        return self._page("desk", language, 200, person=person, buttons=buttons, texts=texts)

    def _page(self, name: str, language: Language, status: int, **values: object) -> web.Response:
        return _response(self._text(name, language, **values), status)

    def _text(self, name: str, language: Language, **values: object) -> str:
        return _templates().get_template(f"{name}.html").render(
            station=self._station, language=language, other=language.other, other_name=language.other.own_name,
            title=words(language)("Staff desk"), **values,
        )  # fmt: skip


def _response(text: str, status: int) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8")


def _why_not(say: Say, problem: Problem) -> str:
    return {
        Problem.PINS_DIFFER: say("The two are not the same."),
        Problem.BAD_PIN: say("This PIN is too simple."),
        Problem.PIN_MUST_CHANGE: say("This is the PIN that somebody else knows."),
    }.get(problem, problem_sentence(say, Refused(problem)))


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(_ROOM / "pages")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
