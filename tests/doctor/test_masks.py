"""What leaves for whoever helps: what is known goes in every spelling, secrets by their key; a helper's facts stay."""

from pathlib import Path

import pytest

from kiosk.doctor.known_words import KnownWords
from kiosk.doctor.masks import Masks

PLAIN = Masks(Path("/srv/kiosk"), [])
# A line, and what of it must not be left. Nothing here is known from anywhere.
BY_KEY = """
password: Hunter2xyzzy|Hunter2xyzzy
password:   correct horse battery|correct
password:   correct horse battery|battery
Password = "two words"|two words
passwd=mellonfriend|mellonfriend
PWD=swordfish|swordfish
smtp_password='open sesame'|sesame
userPassword: opensesame|opensesame
{"password": "sim sala bim", "port": 25}|sala
{'auth': 'Abracadabra'}|Abracadabra
auth=alohomora, tries 3|alohomora
auth: alohomora|alohomora
Authorization: Bearer zzTokenzz|zzTokenzz
Authorization: Basic a2lvc2s6c2Vz|a2lvc2s6c2Vz
sent header authorization=Bearer zzTokenzz|zzTokenzz
token zzTokenzz refused|zzTokenzz
access_token=zzTokenzz&x=1|zzTokenzz
accessToken: zzTokenzz|zzTokenzz
X-Api-Key: zzapizz|zzapizz
api_key=zzapizz|zzapizz
apikey:zzapizz|zzapizz
bearer zzTokenzz|zzTokenzz
secret=zzhidden|zzhidden
client_secret: zzhidden|zzhidden
the secret is zzhidden|zzhidden
corpid=wwfish agentid=10|wwfish
Set-Cookie: sid=crumbly; Path=x|crumbly
session_id=crumbly|crumbly
sign=ok signature=scribble|scribble
--password hunterhunter|hunterhunter
--auth-token=hunterhunter|hunterhunter
AUTH LOGIN aGFucw|aGFucw
AUTH PLAIN AGhhbnMAZ2VoZWlt|AGhhbnMAZ2VoZWlt
密码：kaimen|kaimen
密码=kaimen|kaimen
授权码:kaimen|kaimen
pin=letmein|letmein
key=letmein|letmein
user=wuyifan|wuyifan
username: wuyifan|wuyifan
login = wuyifan|wuyifan
login failed for user: wuyifan|wuyifan
name: Wu Yifan|Yifan
recipient=Wu Yifan|Yifan
collected by: Wu Yifan, ok|Yifan
姓名：Wu Yifan|Yifan
to the host gw.lotus-mail.cn:465|lotus
gw.lotus-mail.cn refused|lotus
host=lotusgate|lotusgate
ssid=LotusHome psk=lotusflower|LotusHome
ssid=LotusHome psk=lotusflower|lotusflower
curl -u wuyifan:lotus x|wuyifan
curl -u wuyifan:lotus x|lotus
sendkey=SCTlotus|SCTlotus
openid: oLotus|oLotus
dbname=x user=wuyifan password=lotus|lotus
Proxy-Authorization: Basic bG90dXM6|bG90dXM6
cookie: a=lotus; b=iris|iris
user wuyifan not found|wuyifan
account wuyifan is locked|wuyifan
Dear Wu Yifan, your|Yifan
""".strip().splitlines()
BY_SHAPE = r"""
C:\Users\Wu Yifan\station.toml is gone|Yifan
C:\Users\Wu Yifan\Desktop\list.xlsx|Desktop
C:/Users/wuyifan/x.txt|wuyifan
\\lotus-nas\Wu Yifan\manifest.csv|Yifan
Wu\Yifan|Yifan
/home/wuyifan/station/x|wuyifan
/home/Wu Yifan/station/x|Yifan
path=/home/wuyifan/x|wuyifan
at:/media/wuyifan/STICK|wuyifan
home/wuyifan/x|wuyifan
~wuyifan/x|wuyifan
/srv/kiosk/wuyifan/x.py|wuyifan
/home/kiosk/wuyifan/readme.txt|wuyifan
file:///home/wuyifan/x|wuyifan
mailtos://wuyifan:pw@lotus.cn/x|wuyifan
wuyifan@lotus|wuyifan
can't send to 'Yifan' now|Yifan
said “Yifan” twice|Yifan
"a \" Yifan"|Yifan
{"name": "\u5434\u4ea6\u51e1"}|5434
b'\xe5\x90\xb4' x|xe5
\xe5\x90\xb4|xe5
to %E5%90%B4%E4%BA%A6|E5
to %25E5%2590%25B4|E5
Mrs Yifan called|Yifan
Herr Yifan|Yifan
12 Peony Street, door 4|Peony
Peony Lane 7|Peony
Pfingstrosenstraße 7|Pfingst
d2VpaGFuCg==|d2VpaGFuCg
eyJhbGciOi.eyJzdWIi.sig|eyJ
x aa-bb-cc-dd-ee-ff|aa-bb
MIIEvQIBADANBgkqhkiG9w/abcDEF+ghiJKL|ghiJKL
born 1985-03-12|1985
A1234567|1234
0f8fad5b-d9cb-469f-a165-70867728950e|0f8fad5b
a1b2c3d4e5f6g7|a1b2
10.1.2.3:8080|10.1
fe80::1:2:3:4|fe80
138 0000 1234|0000
+86-138-0000-1234|0000
吴亦凡|吴
""".strip().splitlines()
HELPS = """
SQLite 3.40.1 has the WAL-reset bug
strip main: [Errno 19] No such device
the label of somebody is not printed: [Errno 28] No space left on device
kiosk.agent at work with 3 message channels
a message did not go out: refused
scanner front: /dev/input/by-id/usb-event-kbd is gone
3 messages sent, 0 failed, 2 had nobody to go to
backup is done (12.5 s)
the screen broke and comes back in 2 s
sqlite3.OperationalError
textual.app.ScreenStackError
the desk signed out off the record: the database stays busy
passed 3 of 4, signal 9, author unknown
2026-11-23 10:59 slot 3-2-4
login failed, account is fine, user refused
the customer screen says hello
GPIO 17, SPI 0.0 at 4 MHz
""".strip().splitlines()


@pytest.mark.parametrize("told", [*BY_KEY, *BY_SHAPE])
def test_what_nobody_knew_goes_by_its_key_or_its_shape(told: str) -> None:
    line, _, secret = told.rpartition("|")
    assert secret in line
    assert secret not in PLAIN.text(line), PLAIN.text(line)


@pytest.mark.parametrize("line", HELPS)
def test_what_a_helper_needs_stays(line: str) -> None:
    assert PLAIN.text(line) == line


@pytest.mark.parametrize(
    ("path", "told"),
    [("", "STATION"), ("/", "STATION/"), ("/key", "STATION/key"), ("/station.db-wal", "STATION/station.db-wal"),
     ("/backups/wu.bak", "STATION/backups/…"), ("/wu", "STATION/…"), ("/keys", "STATION/…"), ("2/wu", "…")],
)  # fmt: skip
def test_the_home_is_told_by_what_every_home_has(path: str, told: str) -> None:
    assert PLAIN.text(f"/srv/kiosk{path}: x") == f"{told}: x"


def test_files_of_the_program_stay_where_they_are_in_it() -> None:
    here = Path(__file__).parent.parent.parent
    assert PLAIN.text(f"  {here}/kiosk/doctor/masks.py:33 in f: x") == "  …/kiosk/doctor/masks.py:33 in f: x"
    library = "/home/wuyifan/lib/python3.11/site-packages/textual/app.py:33 in f"
    assert PLAIN.text(library) == "…/site-packages/textual/app.py:33 in f"


@pytest.mark.parametrize(
    "text",
    ["Wang Wei", "WANG WEI", "wang wei", "wAnG  wEi", "wangwei", "WangWei", "wang_wei", "wang.wei", "wang-wei",
     "Wang%20Wei", "wang+wei",
     "WANGWEI2024", "user_wangwei_x", "xwangweix", "Ｗａｎｇ　Ｗｅｉ", "Wang\tWei", "u=Wang Wei;"],
)  # fmt: skip
def test_a_known_name_goes_in_every_spelling(text: str) -> None:
    masks = Masks(Path("/srv/kiosk"), ["Wang Wei"])
    told = masks.text(f"before {text} after").casefold()
    assert "wei" not in told and told.startswith("before") and told.endswith("after")


def test_short_words_are_found_between_borders_only() -> None:
    masks = Masks(Path("/srv/kiosk"), ["Li", "Anna", "Strauß", "p@ss!"])
    assert masks.text("Limit Delivery li_ming LI. Annapolis anna2 Li's") == "Limit Delivery …_ming …. Annapolis …2 …'s"
    assert (
        masks.text("STRAUSS strauß") == "… …"
        and Masks(Path("/"), ["Müller"]).text("x MULLER Mueller") == "x … Mueller"
        and masks.text("xp@ss!y") == "x…y"
    )


def test_a_word_of_nothing_masks_nothing() -> None:
    assert not list(KnownWords(["", " ", "-", "1", "12", "…"]).found("a 1 12 - …"))


def test_a_word_that_is_known_hides_no_key() -> None:
    masks = Masks(Path("/srv/kiosk"), ["user", "password", "al", "pha,beta"])
    assert masks.text("password: open sesame, 3 tries by user=wuyifan") == "…: …, 3 tries by …=…"
    assert "beta" not in masks.text("auth=al,pha,beta")
