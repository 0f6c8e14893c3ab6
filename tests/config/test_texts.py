"""[[messages.texts]] and the station's address, hours and phone: what is understood, and in which words the rest is
refused."""

from pathlib import Path

import pytest

from kiosk.config import Settings, read_settings
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.parcels.message_templates import fill
from kiosk.text import Language, words
from kiosk.text.sentences import fault_sentence

ABOUT_STATION = 'address = "12 Market Street"\nhours = "08:00-22:00"\nphone = "400-880-1234"'
ALL = {
    "station": "Gate",
    "address": "12 Market Street",
    "hours": "8-22",
    "telephone": "400-880-1234",
    "codes": "4-6-7602",
}


def written(home: StationHome, *texts: str, station: str = "") -> Path:
    text = home.settings.read_text("utf-8").replace("[station]\n", f"[station]\n{station}\n")
    tables = "".join(f"[[messages.texts]]\n{one}\n" for one in texts)
    home.settings.write_text(text.replace("[messages] ", f"{tables}[messages] "), "utf-8")
    return home.settings


def own(home: StationHome, text: str, *, key: str = "sms", about: str = "arrival", station: str = "") -> Settings:
    return read_settings(written(home, f'about = "{about}"\nlanguage = "zh"\n{key} = {text}', station=station))


def test_what_the_station_says_of_itself(home: StationHome) -> None:
    assert set(read_settings(home.settings).of_station.values()) == {"", "Pickup Station 驿站"}
    told = read_settings(written(home, station=ABOUT_STATION)).of_station
    assert told["address"] == "12 Market Street" and told["hours"] == "08:00-22:00"
    assert told["telephone"] == "400-880-1234"


def test_texts_of_two_languages_and_kinds(home: StationHome) -> None:
    mail = 'about = "reminder"\nlanguage = "en"\nmail = """\nCode {codes}\n\nSince {since}"""'
    sms = 'about = "arrival"\nlanguage = "zh"\nsms = "【{station}】取件码{codes}"\ngroup = "{tails}"'
    first, second = read_settings(written(home, mail, sms)).messages.texts
    assert first.mail == "Code {codes}\n\nSince {since}" and first.sms is first.group is None
    assert (second.about, second.language, second.group) == ("arrival", "zh", "{tails}")


@pytest.mark.parametrize(
    ("key", "text", "about", "said"),
    [
        ("sms", '"取件码{code}"', "arrival", "no {code}; there are {station}, {address}, {hours}, {telephone}"),
        ("sms", '"取件码{Codes}"', "arrival", "no {Codes}"),
        ("sms", '"{codes:>9} {codes}"', "arrival", "no {codes:>9}"),
        ("sms", '"{} {codes}"', "arrival", "no {};"),
        ("sms", '"{codes} {phone}"', "arrival", "no {phone};"),
        ("sms", '"{codes} {name}"', "arrival", "no {name};"),
        ("sms", '"{codes} since {until}"', "reminder", "no {until};"),
        ("sms", '"取件码{codes"', "arrival", "braces only in pairs"),
        ("sms", '"取件码codes}"', "arrival", "braces only in pairs"),
        ("sms", '"取件码{{codes}}"', "arrival", "braces only in pairs"),
        ("sms", '"取件码｛codes｝{codes}"', "arrival", "braces only in pairs"),
        ("sms", '"您有包裹"', "arrival", "{codes} in it"),
        ("mail", '"您有包裹"', "reminder", "{codes} in it"),
        ("sms", '"在路上"', "delivery_out", "{codes} in it"),
        ("sms", '"a\\tb {codes}"', "arrival", "no tabs"),
        ("sms", '"a\\nb {codes}"', "arrival", "no line ends"),
        ("mail", '"a\\rb {codes}"', "arrival", "nothing else that cannot be seen"),
        ("sms", '"\\u202e{codes}"', "arrival", "nothing else that cannot be seen"),
        ("sms", '"\\u0000{codes}"', "arrival", "nothing else that cannot be seen"),
        ("group", '"取件码{codes} {tails}"', "arrival", "no {codes}: many people read it"),
        ("group", '"有包裹"', "arrival", "{tails} in it"),
        ("group", '"{tails}"', "delivery_out", "it is one person's"),
        ("sms", '"{codes}"', "pass", "it is a picture"),
        ("sms", '"凭{codes}到{address}取件"', "arrival", "a comma between {address}"),
        ("sms", '"取件码{codes}到付{to_pay}元"', "arrival", "a comma between {to_pay}"),
        ("sms", '"{address}"', "delivery_noted", "something that can be said without address"),
        ("sms", '"取件码1-2-3456，{codes}"', "arrival", "finds the code again"),
        ("sms", '"电话{codes}"', "arrival", "finds the code again"),
        ("sms", "5", "arrival", "{codes} in it"),
        ("sms", "[]", "arrival", "text such as"),
        ("sms", '""', "arrival", "text such as"),
        ("sms", f'"{"取" * 300}{{codes}}"', "arrival", "text such as"),
        ("push", '"{codes}"', "arrival", "a text beside it: sms, mail, group"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused_in_words(home: StationHome, key: str, text: str, about: str, said: str) -> None:
    with pytest.raises(StationFault) as raised:
        own(home, text, key=key, about=about)
    assert raised.value.fault is Fault.BAD_SETTINGS and raised.value.key.startswith("messages.texts[1].")
    assert said in fault_sentence(words(Language.ENGLISH), raised.value)
    assert said not in fault_sentence(words(Language.CHINESE), raised.value)


def test_with_an_address_the_clause_may_hold_more(home: StationHome) -> None:
    assert own(home, '"凭{codes}到{address}取件"', station=ABOUT_STATION).messages.texts


def test_two_texts_of_one_kind_and_language(home: StationHome) -> None:
    one = 'about = "arrival"\nlanguage = "zh"\nsms = "{codes}"'
    with pytest.raises(StationFault) as raised:
        read_settings(written(home, one, one.replace("sms", "mail")))
    assert raised.value.key == "messages.texts[2].about"


@pytest.mark.parametrize(
    ("template", "missing", "text"),
    [
        ("取件码{codes}，地址：{address}，电话{telephone}", "address", "取件码4-6-7602，电话400-880-1234"),
        ("取件码{codes}，地址：{address}，电话{telephone}", "address telephone", "取件码4-6-7602"),
        ("地址：{address}。取件码{codes}。", "address", "取件码4-6-7602。"),
        ("Code {codes} (open {hours}), {address}.", "hours", "Code 4-6-7602, 12 Market Street."),
        ("Code {codes} (open {hours}, {address}).", "address", "Code 4-6-7602 (open 8-22)."),
        ("Code {codes} (open {hours}, {address}).", "hours address", "Code 4-6-7602."),
        ("Code {codes}.\nAddress: {address}\n\nOpen: {hours}.\nBye", "address hours", "Code 4-6-7602.\n\nBye"),
        ("【{station}】{address}，{codes}", "address", "【Gate】4-6-7602"),
        ("【{station}】地址{address}，{codes}", "address", "【Gate】4-6-7602"),
        ("【{station}】{codes}，{address}", "address", "【Gate】4-6-7602"),
        ("{codes}; {address}", "", "4-6-7602; 12 Market Street"),
    ],
)
def test_what_has_no_value_goes_with_its_clause(template: str, missing: str, text: str) -> None:
    assert fill(template, ALL | dict.fromkeys(missing.split(), "")) == text


def test_a_value_is_no_template() -> None:
    assert fill("{station}: {codes}", ALL | {"station": "{codes} {x}"}) == "{codes} {x}: 4-6-7602"
