"""Arrival notices and proxy passes: what they open, for how long, and that nobody makes their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.notices import VALID_DAYS, make_notice
from kiosk.jobs.handing_over.passes import ProxyPass, issue_pass
from kiosk.jobs.handing_over.pick_up import Found, cancel
from kiosk.jobs.keeping.hold import start_return
from kiosk.jobs.records.look_up import ParcelStory
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.amend import amend
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.meanings import Unrecognised
from kiosk.parcels.names import mask_name
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.store.file.keys import StationKey
from tests.conftest import Hands
from tests.jobs.asking import done, why

Shelve = Callable[..., CheckedIn]
SF, YTO, JD = "SF1000000000001", "YT1000000000001", "JDX012345678901"
PHONE = "13800001234"


def lit(answer: object) -> list[str]:
    assert isinstance(answer, Found), answer
    return [parcel.code for parcel in answer.left]


def test_a_notice_opens_all_parcels_of_its_consignee(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    mine, other = shelved(SF, phone=PHONE), shelved(YTO, phone=PHONE)
    shelved(JD, phone="13900001234")
    notice = done(make_notice(station, recognise(SF)))
    assert notice.text == done(make_notice(station, recognise(SF))).text
    assert lit(search(other_terminal, recognise(notice.text.lower()))) == [mine.code, other.code]


def test_a_notice_ends_with_its_parcel(station: Station, other_terminal: Station, shelved: Shelve) -> None:
    shelved(SF, phone=PHONE)
    shelved(YTO, phone=PHONE)
    first, second = done(make_notice(station, recognise(SF))), done(make_notice(station, recognise(YTO)))
    search(other_terminal, recognise(first.text))
    assert isinstance(check_out(other_terminal, recognise(SF)), HandedOver)
    assert why(search(other_terminal, recognise(first.text))) is Problem.ALREADY_COLLECTED
    assert len(lit(search(other_terminal, recognise(second.text)))) == 1
    done(start_return(station, recognise(YTO), "refused"))
    assert why(search(other_terminal, recognise(second.text))) is Problem.IN_RETURN


def test_a_notice_is_of_no_use_after_its_last_day(
    station: Station, other_terminal: Station, shelved: Shelve, hands: Hands
) -> None:
    shelved(SF)
    notice = done(make_notice(station, recognise(SF)))
    hands.wall += timedelta(days=VALID_DAYS)
    assert isinstance(search(other_terminal, recognise(notice.text)), Found)
    hands.wall += timedelta(days=1)
    assert why(search(other_terminal, recognise(notice.text))) is Problem.PASS_EXPIRED


def test_a_forged_notice_opens_nothing(station: Station, other_terminal: Station, shelved: Shelve) -> None:
    shelved(SF)
    shelved(YTO)
    text = done(make_notice(station, recognise(SF))).text
    for place in range(len("PKN1:S001:"), len(text)):
        flipped = text[:place] + ("B" if text[place] != "B" else "C") + text[place + 1 :]
        answer = search(other_terminal, recognise(flipped))
        # The last letter has two bits that mean nothing: changing only those changes no octet.
        assert isinstance(answer, Found) == (place == len(text) - 1 and _same_octets(text, flipped))
    forged = replace(station, key=StationKey(b"\1" * 32))
    assert (
        why(search(other_terminal, recognise(done(make_notice(forged, recognise(YTO))).text))) is Problem.NO_SUCH_CODE
    )
    assert why(search(other_terminal, recognise(text.replace("S001", "S002")))) is Problem.OTHER_STATION
    assert isinstance(recognise("PKN1:S001:rubbish").means, Unrecognised)


def _same_octets(one: str, other: str) -> bool:
    from kiosk.parcels.qr_texts import from_letters

    return from_letters(one[-37:]) == from_letters(other[-37:])


def test_a_pass_opens_one_search(station: Station, other_terminal: Station, shelved: Shelve, hands: Hands) -> None:
    code = shelved(SF).code
    proxy = done(issue_pass(station, [recognise(SF)], 24))
    found = search(other_terminal, recognise(proxy.text))
    assert lit(found) == [code]
    hands.pass_time(200)  # the light is off, the search still lasts
    assert lit(search(other_terminal, recognise(proxy.text))) == [code]
    hands.pass_time(600)
    assert why(search(other_terminal, recognise(proxy.text))) is Problem.PASS_EXPIRED
    assert verify(station).violations == ()


def test_a_search_given_up_has_spent_the_pass(station: Station, other_terminal: Station, shelved: Shelve) -> None:
    shelved(SF)
    proxy = done(issue_pass(station, [recognise(SF)], 24))
    found = search(other_terminal, recognise(proxy.text))
    assert isinstance(found, Found)
    cancel(other_terminal, found.session)
    assert why(search(other_terminal, recognise(proxy.text))) is Problem.PASS_EXPIRED


def test_a_clerk_sees_who_may_collect_and_the_file_does_not_tell(station: Station, shelved: Shelve) -> None:
    code = shelved(SF).code
    proxy = serve_staff(station, recognise(f"pass 24 {code} 王芳 Wang"), AtHand(parcel=SF))
    assert isinstance(proxy, ProxyPass) and proxy.bearer == "王* W***"
    told = serve_staff(station, recognise(proxy.text), AtHand())
    assert told == replace(proxy, text="", waybills=(SF, SF)), "scanning it at the desk spends nothing"
    rows = str(station.conn.execute("SELECT * FROM passes").fetchall())
    log = str(station.conn.execute("SELECT changes FROM events").fetchall())
    assert "王芳" not in rows + log and "Wang" not in rows + log


def test_a_notice_at_the_desk_shows_its_parcel(station: Station, shelved: Shelve) -> None:
    shelved(SF)
    story = serve_staff(station, recognise(done(make_notice(station, recognise(SF))).text), AtHand())
    assert isinstance(story, ParcelStory) and story.waybill == SF


def test_names_are_masked_as_on_a_privacy_waybill() -> None:
    assert [mask_name(name) for name in ("张三", "王", "Zhang San", "", "欧阳娜娜")] == [
        "张*", "王*", "Z**** S**", "", "欧***",
    ]  # fmt: skip


def test_a_notice_sent_to_a_wrong_phone_opens_nothing_any_more(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    shelved(SF, phone="13900001111")
    shelved(YTO, phone=PHONE)
    sent = done(make_notice(station, recognise(SF))).text
    done(amend(station, recognise(SF), Particulars(phone=read_phone(PHONE))))
    assert why(search(other_terminal, recognise(sent))) is Problem.NO_SUCH_CODE
    assert len(lit(search(other_terminal, recognise(done(make_notice(station, recognise(SF))).text)))) == 2


def test_a_pass_is_no_part_of_somebody_elses_search(
    station: Station, other_terminal: Station, second_desk: Station, shelved: Shelve
) -> None:
    codes = [shelved(number, phone=PHONE).code for number in (SF, YTO, JD)]
    shown = search(other_terminal, recognise(codes[0]), PHONE[-4:])
    assert isinstance(shown, Found) and len(shown.parcels) == 3
    proxy = done(issue_pass(station, [recognise(SF)], 24))
    assert lit(search(other_terminal, recognise(proxy.text), shown_session=shown.session)) == [codes[0]]
    assert lit(search(second_desk, recognise(proxy.text))) == [codes[0]]
