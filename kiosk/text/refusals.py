"""What is said for every problem: what happened, then what to do."""

from math import ceil

from kiosk.parcels.money import yuan
from kiosk.parcels.problems import Problem, Refused
from kiosk.text import N_, Say
from kiosk.text.sentences import state_name

PROBLEMS: dict[Problem, tuple[str, str]] = {
    Problem.EMPTY_SCAN: (N_("Nothing was scanned"), N_("Scan or type your pickup code.")),
    Problem.TOO_LONG: (N_("That is too long"), N_("Scan only the pickup code, or type it.")),
    Problem.WHOSE_PHONE: (
        N_("Whose phone it is has to be said first"),
        N_("This parcel's: this. The next one's: next"),
    ),
    Problem.UNREADABLE: (
        N_("The scan came garbled"),
        N_("Scan again slowly, or type the code."),
    ),
    Problem.UNKNOWN_FORM: (
        N_("That is no pickup code"),
        N_("It looks like 3-2-0147. You find it in your message."),
    ),
    Problem.UNKNOWN_QR: (
        N_("This QR code is not ours"),
        N_("To collect, show the QR of your arrival message. To hand a parcel over, scan the long barcode on it."),
    ),
    Problem.KEYBOARD_LAYOUT: (
        N_("The scanner's keyboard layout is wrong"),
        N_("It has to be US; kiosk scanner test shows what arrives. Type the code, or call staff."),
    ),
    Problem.GOODS_SCANNED: (
        N_("That is the barcode of the goods"),
        N_("Scan the long barcode on the courier's label."),
    ),
    Problem.PHONE_MISTYPED: (
        N_("That looks like a mistyped phone number"),
        N_("A phone number has 11 digits. Type it again, or scan the long barcode on the parcel."),
    ),
    Problem.PAY_CODE_SCANNED: (
        N_("That looks like a payment code"),
        N_("Nothing is paid here. Scan the pickup code, or the long barcode on the parcel."),
    ),
    Problem.TWO_NUMBERS_SCANNED: (
        N_("Two numbers came as one"),
        N_("Scan one after the other. If it happens again, set the scanner's suffix to CR (Enter)."),
    ),
    Problem.IDENTITY_SCANNED: (
        N_("That is the code of an identity card"),
        N_("It is not kept. Scan the long barcode on the courier's label, or the pickup code."),
    ),
    Problem.OTHER_STATION: (
        N_("This code is for another station"),
        N_("Look at the address in your message: the parcel waits there."),
    ),
    Problem.PHONE_SCANNED: (
        N_("That is a phone number"),
        N_("Please type the pickup code from your message instead."),
    ),
    Problem.WAYBILL_NOT_CODE: (
        N_("That is a waybill number"),
        N_("Here we need the pickup code, such as 3-2-0147."),
    ),
    Problem.CODE_NOT_WAYBILL: (
        N_("That is a pickup code"),
        N_("Here we need the waybill: the long barcode on the parcel."),
    ),
    Problem.CODE_AT_EXIT: (
        N_("Parcels are handed over here"),
        N_("Scan your pickup code at the entrance; here scan the long barcode on your parcel."),
    ),
    Problem.WAYBILL_AT_ENTRY: (
        N_("That is the barcode of a parcel"),
        N_("Scan it at the exit. Here scan your pickup code."),
    ),
    Problem.NOT_A_WAYBILL: (
        N_("That is no waybill"),
        N_("Scan a waybill, a slot label, a pickup code or a phone number."),
    ),
    Problem.NO_SUCH_SESSION: (N_("This search has ended"), N_("Scan the pickup code again.")),
    Problem.SLOT_LABEL_SCANNED: (
        N_("That is a label of the shelf"),
        N_("Scan the parcel's waybill or your pickup code."),
    ),
    Problem.COMMAND_SCANNED: (N_("That is a command card"), N_("Scan a pickup code or a waybill.")),
    # After too many tries other words, which are the same for a right one: see too_many_tries().
    Problem.NO_SUCH_CODE: (
        N_("No match for that code"),
        N_("Compare it with your message, or scan the message's QR. Or call staff."),
    ),
    Problem.WRONG_PHONE_TAIL: (
        N_("Those 4 digits do not match"),
        N_("Type the end of the phone number that the parcel was sent to. Or call staff."),
    ),
    Problem.NOT_ARRIVED: (
        N_("The parcel is not here yet"),
        N_("It is announced. Please wait for our message."),
    ),
    Problem.NOT_SHELVED: (
        N_("The parcel is being put away"),
        N_("Please wait a moment. Staff are called to you."),
    ),
    Problem.ON_HOLD: (N_("The parcel is being held"), N_("Please call staff: they will tell you why.")),
    Problem.ALREADY_COLLECTED: (
        N_("This parcel is collected already"),
        N_("If it was not you, please call staff."),
    ),
    Problem.IN_RETURN: (
        N_("This parcel is going back"),
        N_("It is in return to its courier. Please call staff."),
    ),
    Problem.MISSING: (N_("We are looking for this parcel"), N_("Please call staff.")),
    Problem.NOT_HERE: (N_("This parcel is not here any more"), N_("Please call staff.")),
    Problem.ALL_LOOKS_TAKEN: (
        N_("All lights are in use"),
        N_("Please wait a minute, then scan again, or call staff."),
    ),
    Problem.NO_SUCH_WAYBILL: (
        N_("No parcel here has this waybill"),
        N_("To collect, scan your pickup code. Or call staff."),
    ),
    Problem.NOBODY_FITS: (
        N_("No parcel here fits"),
        N_("Compare the phone's last 4 digits and the courier, or scan the waybill."),
    ),
    Problem.NOT_IN_SESSION: (
        N_("Please wait: this may be the wrong parcel"),
        N_("Put it back, or scan its pickup code first."),
    ),
    Problem.ALREADY_IN_CUSTODY: (
        N_("This parcel is checked in already"),
        N_("Look for it in its slot. A different parcel needs its own waybill."),
    ),
    Problem.HAS_LEFT: (
        N_("This parcel has left already"),
        N_("If it is back: scan it once more at the desk; as a command, add --sure."),
    ),
    Problem.DOOR_ONLY: (
        N_("The consignee wants home delivery only"),
        N_("Give it back to the driver, or ask the consignee and record the consent."),
    ),
    Problem.BAD_PHONE: (
        N_("That is no phone number"),
        N_("Give 11 digits, the last 4 digits, or leave it out."),
    ),
    Problem.BAD_EMAIL: (
        N_("That is no e-mail address"),
        N_("Give one such as wang@example.org, or leave it out."),
    ),
    Problem.NO_SUCH_CHANNEL: (
        N_("There is no such message channel"),
        N_("Channels stand in station.toml under [[messages.channels]]. There are:"),
    ),
    Problem.BAD_CHANNEL_URL: (
        N_("The address of the message channel is not understood"),
        N_("Correct its url as the list of Apprise services has it, such as mailtos://USER:PASSWORD@HOST."),
    ),
    Problem.NO_RECIPIENT: (
        N_("This channel needs somebody to send to"),
        N_(
            "Give a phone number or an e-mail address of your own, whichever its URL asks for; for a command with --to."
        ),
    ),
    Problem.NOT_SENT: (
        N_("The message did not go out"),
        N_("Check the channel's address and password, and the network. Why:"),
    ),
    Problem.NO_SUCH_MESSAGE: (
        N_("No message with this number waits for another try"),
        N_("See which there are: kiosk notify status"),
    ),
    Problem.UNKNOWN_COURIER: (
        N_("We do not know this courier"),
        N_("Use its usual name, such as SF, ZTO, YTO, STO, Yunda, J&T, JD, EMS."),
    ),
    Problem.NO_ROOM: (
        N_("No slot has room for this size"),
        N_("Make room on the shelves, or choose a smaller size."),
    ),
    Problem.NO_SLOT_OF_SIZE: (
        N_("No slot of this station takes this size"),
        N_("If it goes into a slot all the same, say a smaller size; the slots' sizes stand in station.toml."),
    ),
    Problem.NO_SUCH_SLOT: (N_("There is no such slot"), N_("Scan the slot's label, or type it like 3-2-4.")),
    Problem.SLOT_FULL: (
        N_("This slot is full by the record"),
        N_("Put the parcel elsewhere and scan that slot. If there is room, count the level: count 3-2"),
    ),
    Problem.LIES_ELSEWHERE: (
        N_("The parcel lies in another slot by the record"),
        N_("Scan it once more and it is moved; or put it back."),
    ),
    Problem.SLOT_TOO_SMALL: (
        N_("This slot is too small for the parcel"),
        N_("Put it in a larger slot and scan that; or scan the same slot once more: it lies here."),
    ),
    Problem.WRONG_STATE: (
        N_("That cannot be done with this parcel now"),
        N_("See what happened to it with: kiosk parcel"),
    ),
    Problem.BADGE_SCANNED: (N_("That is a staff badge"), N_("Scan a pickup code or a waybill.")),
    Problem.NOT_ALLOWED: (N_("You may not do this"), N_("Ask a manager to do it with a badge of theirs.")),
    Problem.NOTHING_TO_UNDO: (N_("There is nothing to take back here"), N_("Only what this terminal did is undone.")),
    Problem.CANNOT_UNDO: (
        N_("This cannot be taken back"),
        N_("Something has happened since, or somebody else has it. See: history"),
    ),
    Problem.TOO_LATE: (N_("It is too late to take this back"), N_("Record what is true now instead.")),
    Problem.NEEDS_REASON: (N_("A reason is needed"), N_("Say it in a few words after the command.")),
    Problem.AMOUNT_DUE: (N_("Something is to be paid first"), N_("Please pay at the desk, then scan again.")),
    Problem.NOTHING_DUE: (N_("Nothing is to be paid for this parcel"), N_("It may be handed over.")),
    Problem.BAD_AMOUNT: (N_("That is no amount"), N_("Write it in yuan, such as 12.50.")),
    Problem.NO_SUCH_MANIFEST: (
        N_("There is no such manifest, or it was withdrawn"),
        N_("See their numbers with: announced"),
    ),
    Problem.TAKEN_BACK_WHOLE: (
        N_("A manifest is taken back as a whole"),
        N_("Take it back with: withdraw NUMBER. One that was withdrawn is announced again."),
    ),
    Problem.STATION_TWICE: (
        N_("A station stands there twice"),
        N_("Name one report of each station."),
    ),
    Problem.REPORTS_DIFFER: (
        N_("The reports are not of the same days"),
        N_("Make them all with the same --from and --to."),
    ),
    Problem.WHICH_COURIER: (
        N_("Which courier is to be told?"),
        N_("Name it, such as: chase YTO. Who has not brought what: expected"),
    ),
    Problem.NOTHING_MISSING: (
        N_("Everything that was announced has come"),
        N_("There is nothing to tell it."),
    ),
    Problem.NO_FILES: (
        N_("No manifest is to be found"),
        N_("Plug in the USB stick, or put the file into a folder of [desk] manifests in station.toml."),
    ),
    Problem.NO_SUCH_FILE: (N_("There is no such file"), N_("See their numbers with: announce")),
    Problem.NO_SUCH_SHEET: (N_("There is no such sheet"), N_("See the open ones with: sheets")),
    Problem.SHEET_CLOSED: (N_("This sheet is closed"), N_("Open a new one.")),
    Problem.COUNTS_DIFFER: (
        N_("Scanned and expected differ"),
        N_("Count again, or close it with what you and the driver agreed:"),
    ),
    Problem.NOT_ALL_COUNTED: (
        N_("Not all parcels of the level were scanned"),
        N_("Look for them; then close it with a note, and they are missing: done searched twice"),
    ),
    Problem.OTHER_COURIER: (N_("This parcel is another courier's"), N_("Put it on that courier's sheet.")),
    Problem.NOT_DUE_BACK: (
        N_("This parcel is not due to go back"),
        N_("Start its return with a reason first: return refused"),
    ),
    Problem.NEEDS_DRIVER: (
        N_("The driver has to accept the return"),
        N_("Close it with the driver's name or number: done DRIVER"),
    ),
    Problem.NO_SUCH_PARTNER: (N_("There is no such place"), N_("Partners are listed in station.toml under [desk].")),
    Problem.NO_SUCH_PLACE: (
        N_("There is no such slot, level or shelf"),
        N_("Scan a slot's label, or type it like 3-2-4, 3-2 or 3."),
    ),
    Problem.PLACE_CLOSED: (
        N_("This slot is closed"),
        N_("Put the parcel elsewhere and scan that slot; or scan the same slot once more: it lies here."),
    ),
    Problem.ALREADY_SO: (N_("It is so already"), N_("Nothing was changed.")),
    Problem.OUT_FOR_DELIVERY: (
        N_("This parcel is on its way to the consignee"),
        N_("It was sent out for home delivery. Please call staff."),
    ),
    Problem.NOT_REQUESTED: (
        N_("Nobody asked for home delivery of this parcel"),
        N_("Record the wish first: home ADDRESS"),
    ),
    Problem.NEEDS_PROOF: (
        N_("A proof is needed"),
        N_("The pickup code told at the door, or who took it and signed."),
    ),
    Problem.NO_ADDRESS: (N_("Nobody knows where it is to be brought"), N_("Ask for the address: home ADDRESS")),
    Problem.NOT_OFFERED: (N_("There is no home delivery here"), N_("Please take the parcel with you.")),
    Problem.NEEDS_SECOND_FACT: (
        N_("Four digits are not enough"),
        N_("Ask for the courier, or a part of the waybill or code, too."),
    ),
    Problem.SEVERAL_PEOPLE: (
        N_("Several people have a phone that ends so"),
        N_("Ask for the whole number or the courier: find 1234 SF. Or choose one of the list: find 1234 2"),
    ),
    Problem.WRONG_BADGE: (N_("This badge opens nothing"), N_("Use your number and PIN, or ask a manager.")),
    Problem.WRONG_PIN: (
        N_("Number and PIN do not fit"),
        N_("Try again slowly. After some tries wait a minute, use your badge, or ask a manager."),
    ),
    Problem.PINS_DIFFER: (N_("The two are not the same"), N_("Type it once more, twice with a space between.")),
    Problem.PIN_NEEDED: (N_("Now your PIN"), N_("Type it and press Enter.")),
    Problem.PIN_MUST_CHANGE: (
        N_("Choose a PIN of your own"),
        N_(
            "Type it twice with a space between: 6 to 12 digits, no row, no repeats, no date, "
            "not the one you were given."
        ),
    ),
    Problem.NO_PAUSE: (N_("Nothing has to wait now"), N_("See pauses with: pauses")),
    Problem.NOBODY_KNOWN: (N_("Nothing is known of this person"), N_("No phone, no address and no name is kept.")),
    Problem.STILL_IN_CUSTODY: (
        N_("A parcel of this person is here or expected"),
        N_("Hand it over or send it back first."),
    ),
    Problem.OPERATION_DONE: (
        N_("This was done already"),
        N_("An older version of the program did it. Look with: kiosk parcel"),
    ),
    Problem.OPERATION_REUSED: (
        N_("This operation id was used for something else"),
        N_("Give each wish an id of its own."),
    ),
    Problem.NO_STAFF: (
        N_("No staff are registered yet"),
        N_("Add the first with: kiosk staff add NUMBER NAME --role manager"),
    ),
    Problem.NO_SUCH_STAFF: (N_("Nobody here has this number"), N_("See: kiosk staff list")),
    Problem.BAD_PIN: (
        N_("This PIN is too simple"),
        N_("Choose 6 to 12 digits: no row such as 123456, no repeats, no date, not your number."),
    ),
    Problem.TOO_MANY_AT_ONCE: (N_("Too many people sign in at this moment"), N_("Try again in a few seconds.")),
    Problem.SIGN_IN_AGAIN: (
        N_("Your PIN, badge or role was changed: sign in again"),
        N_("What you scanned or typed last was not done. Do it again when you have signed in."),
    ),
    Problem.LAST_MANAGER: (N_("This is the last manager"), N_("Make somebody else a manager first.")),
    Problem.PASS_EXPIRED: (
        N_("This pass is not valid any more"),
        N_("It was used, its parcels are collected, or its time is over. Please call staff."),
    ),
    Problem.NO_PRINTER: (N_("The label could not be printed"), N_("Check [printer] in station.toml and the printer.")),
    Problem.PRINTS_NOTHING: (
        N_("This station prints no labels"),
        N_("Set output under [printer] in station.toml, or make a picture: kiosk labels --pickup CODE"),
    ),
    Problem.NO_PARCEL_AT_HAND: (N_("No parcel is at hand"), N_("Scan its waybill or its code first.")),
    Problem.NO_SUCH_SIZE: (N_("There is no such size"), N_("Sizes are S, M, L and XL.")),
    Problem.BAD_NUMBER: (N_("That is no number"), N_("Write it in whole hours from 1 to 999, such as 48.")),
    Problem.UNKNOWN_WORD: (N_("The desk does not know this word"), N_("See all words with: help")),
    Problem.NO_SUCH_MODE: (
        N_("Say what each scan is to do"),
        N_("mode out, mode return REASON, mode delivered WHO, mode hold REASON"),
    ),
    Problem.LEFT_WITH_SHEET: (
        N_("The parcels have left with the sheet"),
        N_("Record what is true now instead."),
    ),
    Problem.BAD_DATE: (N_("That is no date"), N_("Write it like 2026-11-22.")),
    Problem.AMBIGUOUS: (
        N_("Several parcels have this number"),
        N_("Scan the label with the piece number, or call staff."),
    ),
    Problem.UNCERTAIN_NUMBER: (
        N_("It is not certain whose number this is"),
        N_("Compare the labels. Use its pickup code, or type the number that is printed below the barcode."),
    ),
    Problem.NOT_A_BACKUP: (N_("This file is no backup"), N_("See the backups there are with: kiosk backups")),
    Problem.BACKUP_DAMAGED: (
        N_("This backup is damaged: it was changed or cut short"),
        N_("Take another one; see them with: kiosk backups"),
    ),
    Problem.BACKUP_SEALED: (N_("This backup is sealed"), N_("Give the key that sealed it: --key-file FILE")),
    Problem.BACKUP_OTHER_SEAL: (
        N_("This backup was sealed with another key"),
        N_("Give the key that sealed it: --key-file FILE"),
    ),
    Problem.BACKUP_OTHER_STATION: (
        N_("This backup is another station's: its events do not fit this station's key"),
        N_("Take one of this station, or restore it into an empty folder: kiosk --home DIR restore FILE"),
    ),
    Problem.BACKUP_NEWER: (N_("This backup was made by a newer version"), N_("Install the newer kiosk first.")),
    Problem.BACKUP_BREAKS_RULES: (
        N_("This backup does not verify, nothing was changed"),
        N_("Take an older one (see: kiosk backups), or accept that with --accept-violations."),
    ),
    Problem.STATION_IN_USE: (
        N_("Other programs have the station open"),
        N_("Close its screens, desks and agent first."),
    ),
    Problem.NOTHING_TO_SALVAGE: (N_("There is no database to save anything from"), N_("Restore a backup.")),
    Problem.FILE_EXISTS: (N_("This file is there already"), N_("It stays as it is; choose another name.")),
    Problem.CLOCK_DOUBTED: (
        N_("The clock has jumped, so nothing was erased"),
        N_("It goes on by itself after a day. If the clock is right, say so: kiosk clock --right"),
    ),
    Problem.FOLDER_NOT_SIGNED: (
        N_("A folder cannot be signed, so it is not taken"),
        N_("Name the archive (.tar.gz) as it was published, with its .minisig beside it. See: kiosk help update"),
    ),
    Problem.NOT_SIGNED: (
        N_("This archive is not signed, so it is not taken"),
        N_("Fetch the file of its signature, too, from where it was published, and put it beside the archive:"),
    ),
    Problem.BAD_SIGNATURE: (
        N_("The file of the signature is damaged, or none of minisign's"),
        N_("Fetch archive and signature anew from where they were published. Nothing of it was run:"),
    ),
    Problem.UNKNOWN_SIGNER: (
        N_("This archive is signed with a key that this machine does not trust"),
        N_("Take it from where the releases are. Whom you trust: kiosk update --keys. Nothing of it was run. The key:"),
    ),
    Problem.NOBODY_TRUSTED: (
        N_("This machine trusts no key yet, so it takes no version"),
        N_("Add the key of whom you trust: sudo kiosk update --trust KEY.pub (see: kiosk help update). The signer's:"),
    ),
    Problem.ARCHIVE_ALTERED: (
        N_("Archive and signature do not fit: it was altered after it was signed, or is damaged"),
        N_("Fetch both anew from where they were published. Nothing of it was run."),
    ),
    Problem.OTHER_PROGRAM: (
        N_("This archive is another program's"),
        N_("Take one of station-kiosk. Nothing of it was run. It is:"),
    ),
    Problem.OLDER_VERSION: (
        N_("This version is older than the one that runs"),
        N_("To go back knowingly, add --back; the version before this one: kiosk update --back. The numbers:"),
    ),
    Problem.NOT_A_KEY: (
        N_("That is no public key of minisign"),
        N_("Name its file (.pub), or give its line, which begins with RW."),
    ),
    Problem.NO_SUCH_KEY: (N_("No such key was added here"), N_("See which there are: kiosk update --keys")),
    Problem.NO_PREVIOUS_VERSION: (
        N_("No version before this one is kept here"),
        N_("Get the archive of the version that you want and name it: kiosk update ARCHIVE"),
    ),
    Problem.NO_BACKUP_OF_BEFORE: (
        N_("The backup made before the update is gone"),
        N_("Go back without --to-backup, or restore another one: see kiosk backups."),
    ),
}


def problem_headline(say: Say, refused: Refused) -> str:
    return too_many_tries(say, refused)[0] if refused.wait_s else say(PROBLEMS[refused.problem][0])


def problem_advice(say: Say, refused: Refused) -> str:
    """What is to be done; for a parcel that belongs elsewhere, where."""
    advice = too_many_tries(say, refused)[1] if refused.wait_s else say(PROBLEMS[refused.problem][1])
    return "\n".join([advice, *particulars(say, refused)])


def too_many_tries(say: Say, refused: Refused) -> tuple[str, str]:
    """What happened and what to do while nothing is looked at: neutral, for the right code's owner hears it too."""
    minutes = ceil(refused.wait_s / 60)
    if refused.problem is Problem.WRONG_PHONE_TAIL:
        return say("Too many wrong tries at these digits"), say(
            "They are read again in {count} minute. The code itself still opens its parcel. Or call staff.",
            "They are read again in {count} minutes. The code itself still opens its parcel. Or call staff.",
            count=minutes,
        )
    if refused.waits_everywhere:
        return say("Too many wrong tries"), say(
            "Call staff. Codes are read again in {count} minute; your message's QR is read now.",
            "Call staff. Codes are read again in {count} minutes; your message's QR is read now.",
            count=minutes,
        )
    return say("Too many wrong tries here"), say(
        "Another screen, or call staff. Codes are read again here in {count} minute; your message's QR now.",
        "Another screen, or call staff. Codes are read again here in {count} minutes; your message's QR now.",
        count=minutes,
    )


def particulars(say: Say, refused: Refused) -> list[str]:
    """What is to be said beside the advice, a line each."""
    lines = []
    if refused.problem is Problem.HAS_LEFT and refused.state and refused.at:
        time = f"{refused.at:%Y-%m-%d %H:%M}"
        return [say("{state} {time} by {who}", state=state_name(say, refused.state), time=time, who=refused.who)]
    if refused.state is not None:
        lines.append(say("It is: {state}", state=state_name(say, refused.state)))
    if refused.problem is Problem.NOT_IN_SESSION and refused.slot:
        lines.append(say("It belongs in slot {slot}.", slot=refused.slot))
    if refused.problem is Problem.AMOUNT_DUE and refused.due_fen:
        lines.append(say("Due: {amount} yuan", amount=yuan(refused.due_fen)))
    lines += _detail(say, refused) if refused.detail else []
    if refused.at:
        time = f"{refused.at:%Y-%m-%d %H:%M}"
        by_whom = say("Handed over {time} by {who}", time=time, who=refused.who)
        lines.append(by_whom if refused.who else say("Handed over {time}", time=time))
    if refused.problem is Problem.ALREADY_IN_CUSTODY and refused.slot:
        lines.append(say("Its slot is {slot}.", slot=refused.slot))
    return lines


def _detail(say: Say, refused: Refused) -> list[str]:
    """What the problem is about, as it helps: what was meant, or what there is instead."""
    match refused.problem:
        case Problem.UNKNOWN_WORD:
            from kiosk.text.desk_words import words_like  # at the desk only; every screen and command loads this file

            meant = say(", ").join(words_like(refused.detail))
        case Problem.UNKNOWN_COURIER:
            from kiosk.parcels.brands import names_like  # seldom
            from kiosk.text.courier_names import courier_name

            meant = say(", ").join(courier_name(say, one) for one in names_like(refused.detail))
        case Problem.LIES_ELSEWHERE:
            return [f"{refused.slot} → {refused.detail}"]
        case Problem.NO_SLOT_OF_SIZE:
            return [say("The largest slots here are for size {size}.", size=refused.detail)]
        case Problem.COUNTS_DIFFER:
            return [_difference(say, refused.detail)]
        case _:
            return [refused.detail]
    return [say("Did you mean: {words}?", words=meant)] if meant else []


def not_put_away(say: Say, refused: Refused) -> str:
    """Of a parcel that nobody may take to lie where it was to be put."""
    why = "  ".join(part for part in (refused.slot, problem_headline(say, refused)) if part)
    return say("NOT put away: {waybill} ({why}). Scan it, then the slot where it lies.",
               waybill=refused.waybill, why=why)  # fmt: skip


def _difference(say: Say, scanned_and_expected: str) -> str:
    """`118 / 120`, and what to type where that is so."""
    scanned, expected = map(int, scanned_and_expected.split(" / "))
    more = scanned - expected
    too_many, missing = N_("done {difference} too many, driver signs"), N_("done {difference} missing, driver signs")
    words = say(too_many if more > 0 else missing, difference=abs(more))
    return f"{words}  ({scanned_and_expected})"


def problem_sentence(say: Say, refused: Refused) -> str:
    """Both on one line, for the command line."""
    sentence = say("{problem}. {advice}", problem=problem_headline(say, refused), advice=problem_advice(say, refused))
    return sentence.replace("\n", " ")
