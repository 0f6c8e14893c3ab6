"""The process behind one browser's desk. It outlives the page: a phone that slept finds the desk as it was."""

import asyncio
import json
import os
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.switches import is_switch
from kiosk.text import Language
from kiosk.web.page_socket import Closed, Keys, PageSize, PageSocket

_END_S = 5.0  # what was asked for is finished in that time; then it is ended
_ENDS, _BACKSPACE, _MOST_TYPED = (b"\r", b"\n"), b"\x7f", 4096
_NOT_INHERITED = ("NOTIFY_SOCKET", "WATCHDOG_")


class DeskProcess(AppService):
    """`ended(exit code)` is called when it ends by itself: 0 when its person has locked it. `spoken(language)`: when
    they have switched it to that one."""

    def __init__(
        self,
        command: Sequence[str],
        person: SignedIn,
        language: Language,
        ended: Callable[[int], Awaitable[None]],
        spoken: Callable[[Language], None],
    ) -> None:
        super().__init__(
            "",
            write_bytes=self._show,
            write_str=self._drop,
            close=self._is_closing,
            download_manager=DownloadManager(),
        )
        self._argv, self._ended, self._spoken = command, ended, spoken
        self.language = language
        self._told = json.dumps({"number": person.number, "standing": person.standing, "language": language}) + "\n"
        self._page: PageSocket | None = None
        self._watch: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._is_over = False
        self._half_typed = 0  # bytes since the last Enter, keys that are no text counted in

    async def show_on(self, page: PageSocket, size: PageSize) -> None:
        """From now on, painted anew; a page that showed it before does so no more."""
        before, self._page = self._page, page
        if before is not None:
            await before.close(Closed.OTHER_PAGE)
        async with self._starting:
            if self._is_over:
                return await page.close(Closed.BROKEN)
            if self._watch is None:
                await self.start(*size)
                self._watch = asyncio.create_task(self._see_the_end())
        await self._drop_half_typed()
        await self.take(size)
        return None

    async def take(self, told: Keys | PageSize) -> None:
        """What its page tells."""
        if isinstance(told, Keys):
            await self.send_bytes(told.data)
            self._half_typed = min(self._half_typed + len(told.data), _MOST_TYPED)
            if told.data.endswith(_ENDS):
                self._half_typed = 0
        else:
            await self.set_terminal_size(*told)

    async def _drop_half_typed(self) -> None:
        """A line that broke in the middle of a scan leaves its beginning: the next scan must not be put behind it."""
        if self._half_typed:
            await self.send_bytes(_BACKSPACE * self._half_typed)
            self._half_typed = 0

    async def close_page(self, why: Closed) -> None:
        if self._page is not None:
            await self._page.close(why)

    def leave(self, page: PageSocket) -> None:
        """That page has gone; nobody may be looking now."""
        if self._page is page:
            self._page = None

    async def end(self) -> None:
        """Its jobs are finished first. `ended` is not called."""
        async with self._starting:
            self._is_over = True
        if self._watch is None or self._process is None:
            return
        self._watch.cancel()
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(_END_S):
                await self.send_meta({"type": "quit"})
                await self._process.wait()
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        if self._task is not None:
            await self._task

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Without a shell; who has signed in goes through the pipe, where no other process can read or say it."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not (name.startswith(_NOT_INHERITED) or is_switch(name))
        }
        pipe = asyncio.subprocess.PIPE
        size = {"COLUMNS": str(width), "ROWS": str(height)}
        environment = {**inherited, **size, "TEXTUAL_COLOR_SYSTEM": "truecolor"}
        process = await asyncio.create_subprocess_exec(
            *self._argv, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, start_new_session=True
        )
        assert process.stdin is not None
        self._process, self._stdin = process, process.stdin
        process.stdin.write(self._told.encode())
        return process

    async def _see_the_end(self) -> None:
        assert self._task is not None and self._process is not None
        await asyncio.shield(self._task)
        await self._ended(await self._process.wait())

    async def _show(self, painted: bytes) -> None:
        """While no page is there it paints for nobody, and must not wait for one."""
        if self._page is not None:
            await self._page.show(painted)

    async def on_meta(self, data: bytes) -> None:
        """The page around it speaks as the desk does."""
        match json.loads(data):
            case {"type": "language", "language": str(language)} if language in [*Language]:
                self.language = Language(language)
                self._spoken(self.language)
                if self._page is not None:
                    await self._page.speak(self.language)
            case _:
                await super().on_meta(data)

    async def _drop(self, text: str) -> None:
        """Pages to open and files to fetch: the desk has none."""

    async def _is_closing(self) -> None:
        """Its end is told by the process."""
