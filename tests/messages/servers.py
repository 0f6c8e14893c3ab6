"""A real SMTP server and a real HTTP server on the loopback, which keep what they are given."""

import json
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 taken"


class Mail(NamedTuple):
    """An e-mail as it arrived."""

    to: list[str]
    letter: EmailMessage

    @property
    def text(self) -> str:
        part = self.letter.get_body(("plain", "html"))
        assert part is not None
        return str(part.get_content())

    @property
    def pictures(self) -> list[bytes]:
        return [part.get_content() for part in self.letter.walk() if part.get_content_type() == "image/png"]


class MailServer(Controller):
    """`answer` is asked for each e-mail, in the server's thread; while `held` is set, it is not taken yet."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(self, hostname="127.0.0.1", port=port)
        self.mails: list[Mail] = []
        self.answer: Callable[[Mail], str] = lambda mail: OK

    def _trigger_server(self) -> None:
        """Port 0 lets the system choose one."""
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        del server, session
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        mail = Mail(list(envelope.rcpt_tos), letter)
        self.mails.append(mail)
        return self.answer(mail)

    @property
    def url(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=station@example.org&to={{email}}"


class WebHook:
    """Keeps the JSON that it is sent; answers `status`, `headers` and `answer`. Of `paths`: what stood behind the
    host."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.answer = b""
        self.let_go = Event()
        self.let_go.set()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.bodies.append(json.loads(body))
                hook.paths.append(self.path)
                hook.let_go.wait(20)
                self.send_response(hook.status)
                for name, value in hook.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(OSError):  # whoever reads no further
                    self.wfile.write(hook.answer)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self._server.server_port}/hook"

    def close(self) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
