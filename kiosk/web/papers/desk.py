"""The routes of the papers: pages that are read, files that are fetched, manifests that are brought."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web

from kiosk.faults import Fault, StationFault
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.jobs.station import Station
from kiosk.parcels.brands import read_brand
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.rejected_lines import Reason
from kiosk.text import Language, Say, words
from kiosk.text.files.rejections import rejection
from kiosk.text.sentences import fault_sentence
from kiosk.web.asked import form_of, to_page
from kiosk.web.front_door import FrontDoor
from kiosk.web.pages import Pages
from kiosk.web.papers.upload import Upload, read_upload
from kiosk.web.visits import Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.counter.answers import StaffAnswer
    from kiosk.web.papers.asking import File

PAGES = ("announced", "expected", "overdue", "parcel", "place", "report", "sheet", "sheets")
FILES = ("cards.pdf", "label.png", "report.csv", "slip.txt", "slot-labels.pdf", "transfer.csv")
_LONGEST = 120  # characters of what is asked for


class Papers:
    """For whoever has signed in, with the rights that they have at the desk. `visit_of`: who asks; a page that they
    read is a sign of life as a key is."""

    def __init__(self, door: FrontDoor, pages: Pages, visit_of: "Callable[[web.Request], Visit | None]") -> None:
        self._door, self._pages, self._visit_of = door, pages, visit_of
        self._bringing = asyncio.Lock()  # one file at a time is held in memory

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/papers", self._papers),
            web.post("/announce", self._announce),
            web.get("/announce", self._again),
            web.post("/parcel", self._seek),
            web.get("/found", self._found),
            *(web.get(f"/{name}", self._page) for name in PAGES),
            *(web.get(f"/{name}", self._file) for name in FILES),
        ]

    def _who(self, request: web.Request) -> tuple[SignedIn, Language]:
        visit = self._visit(request)
        return visit.person, visit.language

    def _visit(self, request: web.Request) -> Visit:
        """Raises HTTPSeeOther, to the page of signing in, where nobody is in."""
        visit = self._visit_of(request)
        if visit is None or visit.is_half_in:
            raise web.HTTPSeeOther("/")
        chosen = request.query.get("language", "")
        if chosen in [*Language]:
            visit.language = Language(chosen)
        return visit

    async def _papers(self, request: web.Request) -> web.StreamResponse:
        person, language = self._who(request)
        known = await self._door.within(person, lambda station: (_today(station), _shelves(station)))
        if known is None:
            return to_page(language)
        today, shelves = known
        return self._pages.papers(language, today=today, shelves=shelves)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        person, language = self._who(request)
        name, asked = request.path.removeprefix("/"), _asked(request)

        def ask(station: Station) -> "StaffAnswer":
            from kiosk.web.papers.asking import ANSWERS  # all jobs: loaded when somebody reads the first page

            return ANSWERS[name](station, asked)

        return self._answered(language, await self._door.within(person, ask), 404, asked)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        person, language = self._who(request)
        name, asked, say = request.path.removeprefix("/"), _asked(request), words(language)

        def fetch(station: Station) -> "File | Refused":
            from kiosk.web.papers.asking import file_of

            return file_of(name, station, asked, say)

        try:
            file = await self._door.within(person, fetch)
        except StationFault as fault:
            if fault.fault is not Fault.NOT_INSTALLED:
                raise
            return self._pages.notice(language, fault_sentence(say, fault), 501, back="/papers")
        if file is None or isinstance(file, Refused):
            return self._answered(language, file, 404, asked)
        named = {"Content-Disposition": f'attachment; filename="{file.name}"'}
        return web.Response(body=file.data, content_type=file.kind, headers=named)

    async def _announce(self, request: web.Request) -> web.StreamResponse:
        person, language = self._who(request)
        async with self._bringing:
            upload = await read_upload(request)
            if upload is None:
                return self._pages.notice(language, rejection(words(language), Reason.TOO_LARGE), 413, back="/papers")
            answer = await self._door.within(person, lambda station: _announced(station, upload))
        return self._answered(language, answer, 409, {}, again="/announced")

    async def _again(self, request: web.Request) -> web.StreamResponse:
        """What an upload said is told once; then its list tells more."""
        self._who(request)
        raise web.HTTPSeeOther("/announced")

    async def _seek(self, request: web.Request) -> web.StreamResponse:
        """What somebody typed or scanned into the head of a page. It may be a phone or a badge, so it stands in no
        address: only a parcel that is found has one."""
        visit = self._visit(request)
        text = str((await form_of(request)).get("number", "")).strip()[:_LONGEST]

        def seek(station: Station) -> str:
            from kiosk.web.papers.asking import number_of

            return number_of(station, text)

        number = await self._door.within(visit.person, seek)
        visit.sought = "" if number else text
        raise web.HTTPSeeOther(f"/parcel?{urlencode({'number': number})}" if number else "/found")

    async def _found(self, request: web.Request) -> web.StreamResponse:
        visit = self._visit(request)

        def look(station: Station) -> "StaffAnswer":
            from kiosk.web.papers.asking import look_for

            return look_for(station, visit.sought)

        return self._answered(visit.language, await self._door.within(visit.person, look), 404, {})

    def _answered(
        self, language: Language, answer: "StaffAnswer | None", status: int, asked: Mapping[str, str], again: str = ""
    ) -> web.StreamResponse:
        """None: what they have shown opens nothing any more. `status`: where it is refused. `again`: the page that is
        read in the other language, where this one was sent a form."""
        if answer is None or (isinstance(answer, Refused) and answer.problem is Problem.SIGN_IN_AGAIN):
            return to_page(language)
        from kiosk.web.papers.tables import shown

        say: Say = words(language)
        kept: dict[str, Any] = {"asked": dict(asked), "again": again, "shown": shown(say, answer)}
        return self._pages.paper(language, status if isinstance(answer, Refused) else 200, **kept)


def _asked(request: web.Request) -> dict[str, str]:
    return {name: value.strip()[:_LONGEST] for name, value in request.query.items() if name != "language"}


def _today(station: Station) -> str:
    return station.local(station.stamp()).date().isoformat()


def _shelves(station: Station) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slot.place.address.shelf for slot in station.settings.slots))


def _announced(station: Station, upload: Upload) -> "StaffAnswer":
    from kiosk.jobs.taking_in.announce import announce

    courier = read_brand(upload.courier) if upload.courier else None
    if upload.courier and courier is None:
        return Refused(Problem.UNKNOWN_COURIER)
    return announce(station, upload.data, courier, file=upload.name)
