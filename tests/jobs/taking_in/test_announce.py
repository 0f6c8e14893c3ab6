from kiosk.jobs.records.look_up import ParcelStory, tell_parcel
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import Announcement, announce
from kiosk.parcels.rejected_lines import Reason, RejectedLine
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from tests.jobs.asking import done

MANIFEST = "运单号,手机号\nSF1000000000001,13988887777\nbad number!,\nYT1000000000001,13800000002\n"


def test_the_same_file_twice_changes_nothing(station: Station) -> None:
    rejected = (RejectedLine(3, "运单号", Reason.NOT_A_WAYBILL),)
    data = MANIFEST.encode("gb18030")
    assert announce(station, data) == Announcement(2, 0, rejected)
    events = verify(station).events
    assert announce(station, data) == Announcement(0, 2, rejected)
    assert verify(station).events == events == 3  # one tells of the manifest


def test_the_same_number_of_another_courier_is_another_parcel(station: Station) -> None:
    data = b"waybill\n431234567890123\n"
    assert done(announce(station, data, "STO")).accepted == 1
    assert done(announce(station, data, "Yunda")).accepted == 1
    assert done(announce(station, data, "STO")).unchanged == 1


def test_the_log_carries_no_phone(station: Station) -> None:
    announce(station, MANIFEST.encode())
    story = tell_parcel(station, recognise("SF1000000000001"))
    assert isinstance(story, ParcelStory)
    assert story.phone == "*******7777"
    log = "".join(changes for (changes,) in station.conn.execute("SELECT changes FROM events"))
    assert "7777" not in log
    file = station.home.database.read_bytes() + station.home.database.with_name("station.db-wal").read_bytes()
    assert b"13988887777" not in file
