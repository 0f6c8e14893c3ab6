"""Messages from the scan to the post: what goes out, when, to whom, and what does not."""

import io
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from kiosk.config.messages import Channel
from kiosk.counter.customer import serve_customer
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.clock_watch import watch_clock
from kiosk.jobs.handing_over.ask_delivery import request_delivery
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.passes import ProxyPass, issue_pass
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.keeping.hold import hold, release
from kiosk.jobs.keeping.overdue import remind
from kiosk.jobs.people.purge import purge
from kiosk.jobs.records.message_news import message_status, retry_messages, trouble
from kiosk.jobs.records.undo import undo
from kiosk.jobs.sheets.awaited import CourierChased, chase
from kiosk.jobs.staff.call_staff import answer_calls, call_staff
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away
from kiosk.jobs.upkeep.back_up import BackedUp, back_up
from kiosk.messages.queueing import begin
from kiosk.messages.recipients import filled, url_of
from kiosk.messages.sending import understands
from kiosk.messages.turn import Turn, pause_after
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.scans import recognise
from kiosk.safety.restore import Restored, Wish, restore
from kiosk.screens.desk.news import banner_lines, look_around
from kiosk.store.tables.messages import MessageState
from kiosk.text import Language, words
from tests.conftest import Hands
from tests.messages.conftest import Configure, one_turn
from tests.messages.servers import MailServer, WebHook

WANG, PHONE = "wang+parcels@example.org", "13800001234"
DAY = 86_400.0


def shelve(station: Station, waybill: str, phone: str | None = PHONE, email: str | None = WANG) -> CheckedIn:
    said = Particulars(phone=read_phone(phone) if phone else None, email=email)
    answer = check_in(station, recognise(waybill), said, shelve=True)
    assert isinstance(answer, CheckedIn), answer
    return answer


def decoded(picture: bytes) -> str:
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    return code.text


def states(station: Station) -> list[tuple[str, str, str | None]]:
    rows = station.conn.execute("SELECT channel, state, reason FROM messages ORDER BY id")
    return [(channel, state, reason) for channel, state, reason in rows]


def test_the_qr_of_the_mail_opens_all_parcels_of_the_person(
    configure: Configure, mail: MailServer, other_terminal: Station
) -> None:
    station = configure(f"mail consignee {mail.url}")
    first, second = shelve(station, "SF1000000000001"), shelve(station, "YT1234567890123")
    assert one_turn(station) == Turn(sent=1)
    (one,) = mail.mails
    assert one.to == [WANG]
    for parcel in (first, second):
        assert parcel.code in one.text and parcel.slot in one.text
    assert "2 parcels are here for you" in one.text and "您有 2 件包裹" in one.text
    (picture,) = one.pictures
    found = serve_customer(other_terminal, recognise(decoded(picture)), None)
    assert isinstance(found, Found) and {p.code for p in found.parcels} == {first.code, second.code}
    assert one_turn(station) == Turn() and len(mail.mails) == 1


def test_a_phone_gets_codes_and_places_only(configure: Configure, hook: WebHook) -> None:
    station = configure(f"sms consignee {hook.url}?:to={{+86phone}}", messages='merge_seconds = 0\nlanguage = "en"')
    parcel = shelve(station, "SF1000000000001")
    shelve(station, "SF1000000000002", phone="1234", email=WANG)  # only the end of the number is known
    assert one_turn(station) == Turn(sent=1, skipped=1)
    (body,) = hook.bodies
    assert body["to"] == f"+86{PHONE}" and body["title"] == ""
    assert body["message"] == f"Pickup Station 驿站: pickup code {parcel.code} ({parcel.slot})"
    assert body["attachments"] == []
    assert states(station) == [("sms", "sent", None), ("sms", "skipped", "no_address")]


ABOUT = 'address = "东门路 8 号"\nhours = "8:00-22:00"\nphone = "400-880-1234"'


def say_of_station(home: StationHome, more: str) -> None:
    text = home.settings.read_text("utf-8")
    home.settings.write_text(text.replace("[station]\n", f"[station]\n{more}\n"), "utf-8")


def test_an_sms_is_in_one_language_and_a_mail_in_both(
    configure: Configure, hook: WebHook, mail: MailServer, home: StationHome
) -> None:
    say_of_station(home, ABOUT)
    home.settings.write_text(home.settings.read_text("utf-8").replace('# language = "zh"', 'language = "zh"'), "utf-8")
    channels = f"sms consignee {hook.url}?:to={{phone}}", f"mail consignee {mail.url}"
    station = configure(*channels, messages='merge_seconds = 0\nlanguage = "both"')
    code = shelve(station, "SF1000000000001").code
    assert one_turn(station) == Turn(sent=2)
    (body,), (letter,) = hook.bodies, mail.mails
    place = code.rpartition("-")[0]
    assert body["message"].startswith(f"【Pickup Station 驿站】取件码 {code} ({place}-")
    assert body["message"].endswith("；地址：东门路 8 号；营业时间：8:00-22:00")  # no room for more
    assert "电话：400-880-1234" in letter.text and "Telephone: 400-880-1234" in letter.text
    both = configure(*channels[:1], messages='merge_seconds = 0\nsms_language = "both"')
    shelve(both, "SF1000000000002", "13911112222")
    assert one_turn(both) == Turn(sent=1)
    assert "取件码" in hook.bodies[1]["message"] and "pickup code" in hook.bodies[1]["message"]


def test_a_text_of_ones_own(configure: Configure, hook: WebHook, mail: MailServer, home: StationHome) -> None:
    say_of_station(home, ABOUT.replace("hours", "# hours"))
    texts = (
        '[[messages.texts]]\nabout = "arrival"\nlanguage = "en"\n'
        'sms = "Code {codes}, open {hours}, {address}"\nmail = "Code {codes}.\\nTo be paid: {to_pay}\\nBye"\n'
        'group = "{count} for {tails}, {telephone}"'
    )
    channels = f"sms consignee {hook.url}?:to={{phone}}", f"mail consignee {mail.url}", f"street group {hook.url}"
    station = configure(*channels, messages=f'merge_seconds = 0\nlanguage = "en"\n{texts}')
    parcel = shelve(station, "SF1000000000001")
    assert one_turn(station) == Turn(sent=3)
    code = f"{parcel.code} ({parcel.slot})"
    assert [body["message"] for body in hook.bodies] == [f"Code {code}, 东门路 8 号", "1 for 1234, 400-880-1234"]
    (letter,) = mail.mails
    assert letter.text.replace("\r", "").strip() == f"Code {code}.\nBye" and len(letter.pictures) == 1


def test_a_group_never_gets_a_code(configure: Configure, hook: WebHook) -> None:
    station = configure(f"group group {hook.url}")
    parcels = [shelve(station, f"SF100000000000{n}", f"1380000{n}234") for n in range(3)]
    shelve(station, "SF1000000000009", phone=None, email=WANG)
    one_turn(station)
    (body,) = hook.bodies
    text = json.dumps(body, ensure_ascii=False)
    assert "0234, 1234, 2234" in body["message"]
    for n, parcel in enumerate(parcels):
        assert parcel.code not in text and parcel.slot not in text and f"1380000{n}234" not in text
    assert WANG not in text and "PKN1" not in text and body["attachments"] == []


def test_a_channel_that_is_new_hears_of_nothing_before_it(
    configure: Configure, station: Station, mail: MailServer
) -> None:
    for n in range(3):
        shelve(station, f"SF100000000000{n}")
    assert one_turn(station) == Turn() and states(station) == []  # no channel: nothing is kept for later
    later = configure(f"mail consignee {mail.url}")
    assert one_turn(later) == Turn() and mail.mails == []
    shelve(later, "SF1000000000009")
    assert one_turn(later) == Turn(sent=1)
    without = configure()
    shelve(without, "SF1000000000010")
    again = configure(f"mail consignee {mail.url}")  # it was gone for a while
    assert one_turn(again) == Turn() and len(mail.mails) == 1


def test_parcels_of_a_person_are_merged_and_who_collects_first_hears_nothing(
    configure: Configure, mail: MailServer, hands: Hands
) -> None:
    station = configure(f"mail consignee {mail.url}", messages="merge_seconds = 300")
    first = shelve(station, "SF1000000000001")
    assert one_turn(station) == Turn()
    hands.pass_time(200)
    second = shelve(station, "SF1000000000002")
    gone = shelve(station, "SF1000000000003", "13911112222", "li@example.org")
    one_turn(station)
    check_out(station, recognise(gone.waybill), at_counter=True)
    check_out(station, recognise(second.waybill), at_counter=True)
    hands.pass_time(301)
    assert one_turn(station) == Turn(sent=1, skipped=1)
    (one,) = mail.mails
    assert one.to == [WANG] and first.code in one.text and second.code not in one.text


def test_quiet_hours_end_with_the_messages(configure: Configure, mail: MailServer, hook: WebHook, hands: Hands) -> None:
    hands.wall = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)  # 22:00 in Shanghai
    channels = (f"mail consignee {mail.url}", f"staff staff {hook.url}")
    station = configure(*channels, messages='merge_seconds = 0\nquiet = "21:30-08:00"')
    shelve(station, "SF1000000000001")
    call_staff(station)
    assert one_turn(station) == Turn(sent=1) and len(hook.bodies) == 1  # staff are called at any hour
    hands.pass_time(9.9 * 3600)
    shelve(station, "SF1000000000002")
    assert one_turn(station) == Turn()
    hands.pass_time(0.2 * 3600)
    assert one_turn(station) == Turn(sent=1) and len(mail.mails) == 1


def test_a_new_code_is_told_and_an_old_one_is_not_told_twice(configure: Configure, mail: MailServer) -> None:
    station = configure(f"mail consignee {mail.url}")
    parcel = shelve(station, "SF1000000000001")
    one_turn(station)
    same_level = parcel.slot.rsplit("-", 1)[0]
    put_away(station, recognise(parcel.waybill), recognise(f"{same_level}-4"))
    assert one_turn(station) == Turn()
    undo(station)
    hold(station, recognise(parcel.waybill), "other")
    release(station, recognise(parcel.waybill))
    assert one_turn(station) == Turn()
    put_away(station, recognise(parcel.waybill), recognise("6-3-4"))
    assert one_turn(station) == Turn(sent=1)
    assert "6-3-4" in mail.mails[1].text and parcel.code not in mail.mails[1].text


def test_an_address_that_was_wrong_is_set_right(configure: Configure, mail: MailServer) -> None:
    station = configure(f"mail consignee {mail.url}")
    parcel = shelve(station, "SF1000000000001", email=None)
    assert one_turn(station) == Turn(skipped=1)
    for address in ("wagn@example.org", WANG):
        amend(station, recognise(parcel.waybill), Particulars(email=address))
        assert one_turn(station) == Turn(sent=1)
    assert [one.to for one in mail.mails] == [["wagn@example.org"], [WANG]]
    amend(station, recognise(parcel.waybill), Particulars(phone=read_phone("13911112222"), email="li@example.org"))
    assert one_turn(station) == Turn(sent=1) and mail.mails[-1].to == ["li@example.org"]
    assert undo(station).problem == "cannot_undo"  # type: ignore[union-attr]


def test_a_server_that_is_down_and_comes_back(configure: Configure, mail: MailServer, hands: Hands) -> None:
    station = configure(f"mail consignee {mail.url}")
    mail.stop()
    shelve(station, "SF1000000000001")
    assert one_turn(station) == Turn(failed=1)
    assert states(station) == [("mail", "waiting", "not_reached")] and trouble(station).again == 0
    waited = 0.0
    for tries in (1, 2, 3):
        pause = pause_after(tries).total_seconds()
        hands.pass_time(pause - 1)
        assert one_turn(station) == Turn()
        hands.pass_time(2)
        waited += pause
        if tries < 3:
            begin(station)  # the pauses survive a restart
            assert one_turn(station) == Turn(failed=1)
    assert trouble(station).again == 1
    back = MailServer(mail.port)
    back.start()
    try:
        assert one_turn(station) == Turn(sent=1) and len(back.mails) == 1
    finally:
        back.stop()
    assert states(station) == [("mail", "sent", None)] and trouble(station).again == 0 and waited == 420


def test_it_is_given_up_after_so_many_tries_and_a_person_may_retry(
    configure: Configure, mail: MailServer, hands: Hands
) -> None:
    station = configure(f"mail consignee {mail.url}", messages="merge_seconds = 0\ntries = 3")
    mail.answer = lambda one: "550 no such mailbox"
    shelve(station, "SF1000000000001")
    for _ in range(5):
        one_turn(station)
        hands.pass_time(DAY / 2)
    assert states(station) == [("mail", "given_up", "refused 550")] and len(mail.mails) == 3
    (story,) = message_status(station).messages
    assert (story.state, story.tries, story.waybills) == ("given_up", 3, ("SF1000000000001",))
    assert trouble(station).lost == 1
    assert "Messages that did not go out: 1" in "".join(banner_lines(words(Language.ENGLISH), look_around(station, ())))
    mail.answer = lambda one: "250 taken"
    assert retry_messages(station, story.id) == 1
    assert one_turn(station) == Turn(sent=1)
    assert retry_messages(station, story.id).problem == "no_such_message"  # type: ignore[union-attr]
    assert retry_messages(station) == 0


def test_what_was_cut_short_is_never_sent_again_by_itself(configure: Configure, mail: MailServer, hands: Hands) -> None:
    station = configure(f"mail consignee {mail.url}")
    shelve(station, "SF1000000000001")
    one_turn(station)
    station.conn.execute("UPDATE messages SET state = 'sending'")  # as a power cut leaves it
    assert begin(station) == 1
    hands.pass_time(DAY)
    assert one_turn(station) == Turn() and len(mail.mails) == 1
    assert states(station) == [("mail", "unknown", "cut_short")]
    assert retry_messages(station) == 1 and one_turn(station) == Turn(sent=1)


def test_an_answer_that_never_came_leaves_it_open_whether_it_went_out(configure: Configure, hook: WebHook) -> None:
    station = configure(f"sms consignee {hook.url}?:to={{phone}}&rto=0.2")
    hook.let_go.clear()
    shelve(station, "SF1000000000001")
    assert one_turn(station) == Turn(failed=1)
    assert states(station) == [("sms", "unknown", "unsure")] and len(hook.bodies) == 1
    hook.let_go.set()


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {"Content-Length": "1000"}),  # and no more comes
        (200, {"Transfer-Encoding": "chunked"}),
        (200, {"Content-Encoding": "gzip", "Content-Length": "0"}),
        (504, {}),
    ],
)
def test_who_has_the_message_and_answers_badly_is_not_sent_it_again(
    configure: Configure, hook: WebHook, hands: Hands, status: int, headers: dict[str, str]
) -> None:
    station = configure(f"sms consignee {hook.url}?:to={{phone}}")
    hook.status, hook.headers = status, headers
    shelve(station, "SF1000000000001")
    one_turn(station)
    hands.pass_time(DAY)
    one_turn(station)
    assert states(station)[0][1] in ("unknown", "sent") and len(hook.bodies) == 1


def test_a_mail_server_that_answers_rubbish_may_have_taken_the_mail(configure: Configure, mail: MailServer) -> None:
    station = configure(f"mail consignee {mail.url}")
    mail.answer = lambda taken: "taken, I think"
    shelve(station, "SF1000000000001")
    assert one_turn(station) == Turn(failed=1)
    assert states(station) == [("mail", "unknown", "unsure")] and len(mail.mails) == 1


def test_one_failing_channel_holds_up_no_other(configure: Configure, mail: MailServer, hook: WebHook) -> None:
    hook.status = 500
    station = configure(f"mail consignee {mail.url}", f"hook consignee {hook.url}?:to={{phone}}")
    for n in range(3):
        shelve(station, f"SF100000000000{n}", f"1380000{n}234")
    assert one_turn(station) == Turn(sent=3, failed=1) and len(hook.bodies) == 1
    assert ("hook", "waiting", "refused 500") in states(station)


def test_a_reminder_goes_out_as_often_as_the_ladder_says(configure: Configure, mail: MailServer, hands: Hands) -> None:
    station = configure(f"mail consignee {mail.url}")
    parcel = shelve(station, "SF1000000000001")
    one_turn(station)
    hands.pass_time(7 * DAY)
    for _ in range(5):
        remind(station)
        remind(station)
        one_turn(station)
        hands.pass_time(DAY)
    assert len(mail.mails) == 4  # the arrival and three reminders
    assert "still waits for you" in mail.mails[-1].text and parcel.code in mail.mails[-1].text


def test_home_delivery_and_pass(configure: Configure, mail: MailServer, other_terminal: Station) -> None:
    station = configure(f'mail consignee {mail.url} about = ["delivery_noted", "pass"]')
    parcel, home = shelve(station, "SF1000000000001"), shelve(station, "SF1000000000002")
    request_delivery(station, recognise(home.waybill), "Building 7")
    made = issue_pass(station, [recognise(parcel.code)], 24, "Li Si")
    assert isinstance(made, ProxyPass)
    assert one_turn(station) == Turn(sent=2)
    noted, passed = sorted(mail.mails, key=lambda one: len(one.pictures))
    assert "Building" not in noted.text and home.code in noted.text and noted.pictures == []
    (picture,) = passed.pictures
    assert decoded(picture) == made.text and "Li" not in passed.text
    found = serve_customer(other_terminal, recognise(decoded(picture)), None)
    assert isinstance(found, Found) and [p.code for p in found.parcels] == [parcel.code]


def test_the_secret_of_a_pass_is_kept_only_for_a_message(
    configure: Configure, station: Station, mail: MailServer
) -> None:
    parcel = shelve(station, "SF1000000000001")
    issue_pass(station, [recognise(parcel.code)], 24)
    with_mail = configure(f"mail consignee {mail.url}")
    issue_pass(with_mail, [recognise(parcel.code)], 24)
    kept = [row[0] for row in station.conn.execute("SELECT token_sealed IS NOT NULL FROM passes ORDER BY id")]
    assert kept == [0, 1]


def test_staff_are_called_once_and_only_while_somebody_waits(
    configure: Configure, hook: WebHook, other_terminal: Station
) -> None:
    station = configure(f"staff staff {hook.url}")
    call_staff(other_terminal)
    call_staff(other_terminal)
    assert one_turn(station) == Turn(sent=1)
    assert "t2" in hook.bodies[0]["message"]
    answer_calls(station)
    call_staff(other_terminal)
    answer_calls(station)
    assert one_turn(station) == Turn(skipped=1)
    call_staff(other_terminal)
    assert one_turn(station) == Turn(sent=1)


def test_who_is_forgotten_is_written_to_no_more(configure: Configure, mail: MailServer, hands: Hands) -> None:
    station = configure(f"mail consignee {mail.url}", messages="merge_seconds = 0\ntries = 3")
    parcel = shelve(station, "SF1000000000001")
    one_turn(station)
    check_out(station, recognise(parcel.waybill), at_counter=True)
    assert WANG.encode() not in station.home.database.read_bytes()
    watch_clock(station)  # as the agent does in each round
    hands.pass_time(91 * DAY)
    purged = purge(station)
    assert purged.contacts == 1 and purged.proven  # type: ignore[union-attr]
    assert station.conn.execute("SELECT count(*) FROM messages").fetchone() == (0,)
    assert station.conn.execute("SELECT count(*) FROM message_parcels").fetchone() == (0,)


def test_no_row_and_no_log_holds_anything_of_a_person(
    configure: Configure, mail: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    log = logging.StreamHandler(io.StringIO())
    log.addFilter(lambda record: record.name != "mail.log")  # the test's own server
    logging.getLogger().addHandler(log)
    station = configure(f"mail consignee {mail.url}")
    shelve(station, "SF1000000000001")
    mail.answer = lambda one: f"550 <{WANG}> is unknown"
    one_turn(station)
    logging.getLogger().removeHandler(log)
    told: list[Any] = [
        station.conn.execute(f"SELECT * FROM {table}").fetchall()
        for table in ("messages", "message_parcels", "message_cursors", "events")
    ]
    assert "did not go out: refused 550" in log.stream.getvalue()
    out = "".join([repr(told), log.stream.getvalue(), *capfd.readouterr()])
    assert "wang" not in out and PHONE not in out and "127.0.0.1" not in out
    assert MessageState.WAITING in out


def test_a_dead_server_is_asked_once_a_minute_whatever_waits(
    configure: Configure, mail: MailServer, hands: Hands
) -> None:
    station = configure(f"mail consignee {mail.url}")
    mail.stop()
    for n in range(9):
        shelve(station, f"SF100000000000{n}", f"1380000{n}234")
    assert one_turn(station) == Turn(failed=1)
    for _ in range(20):
        hands.pass_time(2)
        assert one_turn(station) == Turn()
    hands.pass_time(21)
    assert one_turn(station) == Turn(failed=1)
    back = MailServer(mail.port)
    back.start()
    try:
        hands.pass_time(121)
        assert one_turn(station) == Turn(sent=9) and len(back.mails) == 9
    finally:
        back.stop()


def test_which_urls_are_understood() -> None:
    assert understands("mailtos://u:p@smtp.example.org?from=a@example.org&to={email}")
    assert understands("wecombot://abcd1234") and understands("json://example.org/x?:to={+86phone}")
    assert not understands("nonsense://x") and not understands("mailto://")


def test_a_password_comes_out_of_a_file_of_its_own(home: StationHome) -> None:
    (home.folder / "pw").write_text("p@ss:/wörd\n", "utf-8")
    (home.folder / "mail-url").write_text("json://me:{password}@h", "utf-8")
    inline = Channel("a", "staff", "json://me:{password}@h", None, frozenset(), "en", password_file="pw")
    for channel in (inline, inline._replace(url=None, url_file="mail-url")):
        assert url_of(home, channel) == "json://me:p%40ss%3A%2Fw%C3%B6rd@h"
    for text, url in (("", "json://me:{password}@h"), ("x", "json://me@h")):
        (home.folder / "pw").write_text(text)
        (home.folder / "mail-url").write_text(url)
        with pytest.raises(StationFault) as broken:
            url_of(home, inline._replace(url=None, url_file="mail-url"))
        assert broken.value.fault is Fault.UNREADABLE_FILE
    (home.folder / "mail-url").write_text("json://me:{password}@h")
    with pytest.raises(StationFault):
        url_of(home, inline._replace(url=None, url_file="mail-url", password_file=None))


def test_addresses_are_quoted_for_a_url() -> None:
    url = "mailto://h?to={email}&:sms={+86phone}&:n={phone}"
    assert filled(url, PHONE, "a&to=b+c@example.org") == (
        f"mailto://h?to=a%26to%3Db%2Bc%40example.org&:sms=%2B86{PHONE}&:n={PHONE}"
    )
    assert filled("mailto://h?to={email}", PHONE, None) is None


def test_after_a_restore_nobody_sends_again_by_himself(
    configure: Configure, mail: MailServer, home: StationHome
) -> None:
    station = configure(f"mail consignee {mail.url}")
    shelve(station, "SF1000000000001")
    made = back_up(station)
    assert isinstance(made, BackedUp)
    assert one_turn(station) == Turn(sent=1)  # after the backup, so the backup does not know
    station.close()
    wish = Wish(home, Path(made.path), None, False, False, "t1", None)
    assert isinstance(restore(wish), Restored)
    again = configure(f"mail consignee {mail.url}")
    shelve(again, "SF1000000000002", "13900005678", "li@example.org")
    one_turn(again)
    assert [one.to for one in mail.mails] == [[WANG], ["li@example.org"]]
    assert ("mail", "unknown", "restored") in states(again)


def test_a_whole_truck(configure: Configure, hook: WebHook) -> None:
    station = configure(f"sms consignee {hook.url}?:to={{phone}}")
    for n in range(60):
        shelve(station, f"SF10000000000{n:02}", f"138000{n:02}234")
    assert one_turn(station) == Turn(sent=60)
    assert len({body["to"] for body in hook.bodies}) == 60


def test_a_courier_hears_what_it_announced_and_has_not_brought(configure: Configure, hook: WebHook) -> None:
    station = configure(f'yto courier {hook.url} courier = "圆通"', f"neighbours group {hook.url}")
    announce(station, b"waybill,phone\nYT7700000000001,13800001111\nYT7700000000002,\nSF1000000000001,\n")
    chased = chase(station, "YTO")
    assert isinstance(chased, CourierChased) and chased.channels == ("yto",)
    shelve(station, "YT7700000000002", None, None)  # it has come meanwhile
    assert one_turn(station) == Turn(sent=1)
    (body,) = hook.bodies
    assert "YT7700000000001" in str(body) and "1111" not in str(body)
    assert "YT7700000000002" not in str(body) and "SF" not in str(body)
    sf = chase(station, "SF")
    assert isinstance(sf, CourierChased) and sf.channels == ()
    assert one_turn(station) == Turn()


def test_a_channel_to_a_courier_names_it(configure: Configure, hook: WebHook) -> None:
    with pytest.raises(StationFault) as broken:
        configure(f"yto courier {hook.url}")
    assert broken.value.fault is Fault.BAD_SETTINGS and "courier" in str(broken.value.key)
