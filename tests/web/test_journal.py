"""Whoever sends what is no request writes a line into the journal, and few of them."""

import logging

import pytest
from aiohttp.http_exceptions import BadStatusLine

from kiosk.web.journal import journal
from tests.conftest import Hands


def test_a_line_each_and_few_a_minute_of_one_address(hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    log = journal(hands.clock.monotonic)

    def broken(address: str, error: Exception) -> None:
        try:
            raise error
        except Exception as raised:
            log.exception("Error handling request from %s", address, exc_info=raised)

    with caplog.at_level(logging.WARNING):
        for _ in range(50):
            broken("192.0.2.1", BadStatusLine("GET / HTTP/9.9\nTraceback\x1b[31m\u202e" + "x" * 5000))
        broken("192.0.2.2", BadStatusLine("G"))
    assert [record.name for record in caplog.records] == ["kiosk.web.requests"] * 4
    assert "Traceback (most" not in caplog.text and len(caplog.text.splitlines()) == 4
    assert all(line.isprintable() and len(line) < 400 for line in caplog.text.splitlines())
    caplog.clear()
    hands.pass_time(61)
    broken("192.0.2.1", BadStatusLine("again"))
    for address in range(1000):
        broken(f"198.51.{address // 250}.{address % 250}", BadStatusLine("G"))
    assert len(caplog.records) == 256
    caplog.clear()
    hands.pass_time(61)
    broken("192.0.2.1", RuntimeError("a defect of ours"))
    assert "RuntimeError: a defect of ours" in caplog.text and "Traceback" in caplog.text
