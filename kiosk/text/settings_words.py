"""What each key of station.toml means, for `kiosk help settings`; a test holds it against the code that reads them."""

from kiosk.text import N_

# Table → (what it is about, key → what it does).
SETTINGS: dict[str, tuple[str, dict[str, str]]] = {
    "station": (
        N_("The station itself"),
        {
            "name": N_("Shown on every screen, label and message."),
            "number": N_("In each pickup QR, so that another station's is told apart. Capital letters and digits."),
            "phone": N_(
                "In messages, and shown to a customer who called staff and whom nobody has answered for three minutes."
            ),
            "address": N_("Where customers find it: in messages."),
            "hours": N_("When it is open, in your own words: in messages."),
            "time_zone": N_("Whose midnight ends the business day."),
            "cooling_days": N_("A code is not issued again for so many days after its parcel has left."),
        },
    ),
    "lights": (
        N_("How long lights shine"),
        {
            "pick_up_seconds": N_("A customer's slots; another scan or key extends it."),
            "put_away_seconds": N_("The slot where a parcel is to be put."),
            "alarm_seconds": N_("The home slot of a parcel that somebody else carries out."),
            "exit_grace_seconds": N_("The exit scan is still good for so long after the light is off."),
            "guide": N_('Leads the eye: "chase" runs along the level, "locate" lights the column.'),
        },
    ),
    "supplies": (
        N_("Power supplies, one table each"),
        {
            "name": N_("As strips name it."),
            "budget_ma": N_("What it may give all its strips together, in mA; more is dimmed, nothing goes dark."),
        },
    ),
    "strips": (
        N_("LED strips, one table each"),
        {
            "name": N_("As shelves name it."),
            "driver": N_("The kind of strip."),
            "supply": N_("The power supply that feeds it."),
            "pixels": N_("How many LEDs it has."),
            "port": N_("The SPI port; only 0 has the right pins."),
            "device": N_("The chip select it hangs on: 0 or 1."),
            "rate_hz": N_("The clock of the bus. ws2812 starts at 3050000, shift at 1000000."),
            "colour_order": N_('As the chip wants its colours; ws2812 starts at "grb"; "grbw": SK6812 with white.'),
            "chip_brightness": N_("The chip's own dimming; leave an APA102 at 31."),
            "brightness": N_("Of the whole strip, in percent."),
            "ma_per_pixel": N_("What one LED draws at full white, in mA; plain LEDs start at 20."),
            "ma_idle": N_("What one dark LED draws, in mA; plain LEDs draw 0."),
            "pins": N_("GPIO numbers: one for a plain LED, three for red, green and blue."),
            "active_high": N_("false: an LED shines while its pin is low."),
            "host": N_("The address of the WLED node."),
            "http_port": N_("Where WLED answers questions."),
            "ddp_port": N_("Where WLED takes pixels."),
        },
    ),
    "shelves": (
        N_("Shelves, one table each; slots take their pixels one after another"),
        {
            "shelf": N_("Its name on labels and in codes."),
            "strip": N_("The strip that runs along it."),
            "first_pixel": N_("The first LED of its first slot, counted from 0."),
            "level_sizes": N_("The largest parcel that fits on each level, from the lowest up."),
            "slots_per_level": N_("How many slots a level has."),
            "pixels_per_slot": N_("How many LEDs a slot has."),
            "capacity_per_slot": N_("How many parcels a slot holds: one number, or one for each level."),
            "row": N_("Where it stands in the customer screen's drawing: the row, from the top; all shelves or none."),
            "column": N_("And the column, from the left; places left out are aisles."),
            "one_light_for": N_('"level": all slots of a level share one light.'),
            "starts_at": N_("Whether the strip begins at the lowest or the highest level."),
            "runs": N_("Whether it runs to the right or to the left, seen from the front."),
            "serpentine": N_("true: every other level runs the other way."),
            "slot_gap": N_("LEDs between two slots that belong to nobody."),
            "level_gap": N_("LEDs between two levels that belong to nobody."),
            "measured_pixels": N_("Written by `kiosk lights map`: [first, how many] of each slot, level by level."),
        },
    ),
    "screen": (
        N_("The customer's screen"),
        {
            "language": N_("In which it waits for the next customer; left out, that of the system."),
            "large_text": N_("true: it waits in large text; F4 or the card LARGE switches it for one customer."),
            "touch": N_("true: always a digit pad; left out: where there is room for it; false: fingers do nothing."),
        },
    ),
    "tones": (
        N_("What is heard"),
        {
            "output": N_("The terminal's bell, a passive buzzer on a pin, or nothing."),
            "pin": N_("GPIO number of the buzzer."),
            "quiet": N_("No tone in these hours."),
        },
    ),
    "inputs": (
        N_("Push buttons between a GPIO and ground"),
        {
            "call_staff_pin": N_("Calls staff, as F1 does."),
            "confirm_pin": N_("Confirms at the desk; for a customer: I am still searching."),
        },
    ),
    "scanners": (
        N_("Scanners, one table each; without any, what types into the screen is read"),
        {
            "name": N_("As the log and `kiosk scanner test` name it."),
            "driver": N_("How it is connected."),
            "role": N_('Where it stands: "entry" begins searches, "exit" hands over, "desk" serves staff.'),
            "device": N_('Its path, a pattern of it, or "name:" and what it calls itself.'),
            "baud": N_("The speed of its line; nothing to a USB scanner."),
            "prefix": N_("What it sends before each code: characters, or STX."),
            "suffix": N_("What it sends after each code, where that is not CR, LF, Tab, ETX or EOT."),
            "idle_ms": N_("A code without an end has ended after so long a silence."),
            "same_again_ms": N_("The same code again within it is one scan; a camera starts at 1500."),
            "width": N_("Of its pictures, in pixels."),
            "height": N_("Of its pictures, in pixels."),
            "command": N_("Writes its pictures, instead of ffmpeg or rpicam-vid."),
            "pixels": N_("How the command writes them."),
        },
    ),
    "overdue": (
        N_("Days in custody"),
        {
            "warn_days": N_("From here on staff see it as overdue."),
            "remind_days": N_("From here on its consignee is reminded."),
            "return_days": N_("From here on it is due to go back."),
            "reminders": N_("No parcel's consignee is reminded more often."),
        },
    ),
    "desk": (
        N_("The staff desk"),
        {
            "undo_minutes": N_("A hand-over can be taken back for so long."),
            "lock_minutes": N_("Without a scan or a key the desk locks itself after so long; 0: never."),
            "badge_needs_pin": N_("true: a badge alone opens no desk, the PIN is asked for as well."),
            "manifests": N_("Folders in which the desk looks for couriers' manifests; empty: on USB sticks."),
            "batch_places": N_(
                "A driver's parcels are proposed level by level along one walk, or spread over the emptiest levels."
            ),
            "theme": N_("Light letters on a dark ground, or dark letters on a light one."),
            "partners": N_("Stores and agents that parcels are transferred to."),
        },
    ),
    "delivery": (
        N_("Home delivery"),
        {
            "offered": N_("Customers may ask for it at the kiosk."),
            "fee_fen": N_("What it costs, in fen (0.01 yuan)."),
        },
    ),
    "privacy": (
        N_("What is kept of people"),
        {"keep_contacts_days": N_("Phones, addresses and collectors are erased so long after the parcel has left.")},
    ),
    "printer": (
        N_("A pickup label at each check-in"),
        {
            "output": N_('Pictures into a folder, bytes to a receipt printer ("escpos"), or none.'),
            "folder": N_("The folder for the pictures; a relative path begins in the station's home."),
            "device": N_("The receipt printer."),
            "qr": N_('"raster" for a receipt printer that prints everything but the QR.'),
            "phone_tail": N_("The last 4 digits of the consignee's phone on the label, where everybody may read them."),
        },
    ),
    "agent": (
        N_("What `kiosk agent` does at night"),
        {"nightly_at": N_("People are forgotten then, and a backup is made; missed while off: soon after the start.")},
    ),
    "messages": (
        N_("Messages that `kiosk agent` sends; without a channel none"),
        {
            "language": N_("Of messages; both: Chinese first."),
            "sms_language": N_("Of what goes to a phone. Left out: one, the screens'; both cost a second SMS."),
            "quiet": N_("Hours in which consignees and groups get nothing; it goes out after them."),
            "merge_seconds": N_("A message waits so long for more parcels of the same person."),
            "tries": N_("Pauses grow from a minute to 4 hours; then it is given up, and the desk says so."),
            "remind_at": N_("When consignees of overdue parcels are reminded."),
        },
    ),
    "messages.channels": (
        N_("Channels for messages, one table each"),
        {
            "name": N_("As `kiosk notify` names it."),
            "to": N_("One person, a group that many read, staff, or a courier's people."),
            "url": N_("Of Apprise, with {email}, {phone} or {+86phone} in it where it goes to a consignee."),
            "url_file": N_("A file that holds the url instead, so that no password stands here."),
            "password_file": N_("A file with what comes in place of {password} in the url."),
            "about": N_("What it sends; left out, all that fits."),
            "language": N_("Of this channel's messages."),
            "courier": N_("Whose people read it, where it goes to a courier: what has not come, at the word chase."),
            "taken": N_("What stands in the answer of a gateway when it means yes; else its HTTP status decides."),
            "template": N_("How an arrival notice to a phone reads by this channel, with the placeholders of an sms."),
            "longest": N_("Bytes of a text, where the service takes fewer; 0: as Apprise and we know it."),
        },
    ),
    "messages.texts": (
        N_("Texts of your own for messages to customers, one table for each kind and language"),
        {
            "about": N_("Which message it is."),
            "language": N_("In which language it is written; without one of yours the program's text goes out."),
            "sms": N_("To a phone: {station}, {address}, {hours}, {telephone}, {codes}, {count}, {to_pay}, {since}."),
            "mail": N_("In an e-mail: the same, and {until} of a proxy pass; it may have several lines."),
            "group": N_("For many to read: {tails} of phones and no {codes}."),
        },
    ),
    "backup": (
        N_("Backups"),
        {
            "folder": N_("The folder for them; a relative path begins in the station's home."),
            "second_place": N_("A folder on another disk for a second copy; better one on the stick than the stick."),
            "keep_days": N_("The newest backup of each of so many days is kept."),
            "keep_weeks": N_("And the newest of each of so many weeks."),
            "key_file": N_("Seals backups; made by `kiosk backup --make-key FILE`. Keep a copy in a safe."),
            "key_kept_at": N_(
                "Where you keep a copy of what opens the backups on a new machine: the doctor is content."
            ),
        },
    ),
    "web": (
        N_("The staff desk in a browser"),
        {
            "host": N_("Where it listens. Other addresses than this machine's need TLS, or a proxy before them."),
            "port": N_("And at which port; 0 takes any free one and tells it."),
            "certificate": N_("TLS: the certificate with its chain, a PEM file."),
            "private_key": N_("TLS: its private key, a PEM file."),
            "sessions": N_("So many people at once, each takes memory of this machine."),
            "idle_minutes": N_("Without a key for so long a browser's desk is closed."),
            "names": N_("What browsers call this machine beside its address; other names are turned away."),
            "behind_proxy": N_("A proxy speaks https; what it forwards is believed, and nothing else is served."),
        },
    ),
}
