"""What is said of updates."""

from collections.abc import Sequence

from kiosk.appliance.minisign import PublicKey
from kiosk.appliance.outcomes import CUT_SHORT, CameBack, Step, Updated, UpToDate
from kiosk.appliance.trust import KeyDropped, KeyTrusted, TrustedKey
from kiosk.text import N_, Say

_STEPS = {
    Step.CHECKING: N_("Checking who signed the new version …"),
    Step.MAKING: N_("Making the new version; the station works on …"),
    Step.BACKING_UP: N_("The services stop; making a backup …"),
    Step.STARTING: N_("Starting the other version …"),
    Step.GOING_BACK: N_("Going back …"),
}


def step(say: Say, done: Step) -> str:
    return say(_STEPS[done])


def outcome(say: Say, answer: Updated | CameBack | UpToDate | KeyTrusted | KeyDropped) -> str:
    if isinstance(answer, KeyTrusted):
        return say("From now on this machine takes versions signed with the key {key}.", key=answer.key)
    if isinstance(answer, KeyDropped) and answer.is_releases:
        return say("The key {key} is no more yours, but the release's own: its versions are taken.", key=answer.key)
    if isinstance(answer, KeyDropped):
        return say("This machine takes no more versions signed with the key {key}.", key=answer.key)
    if isinstance(answer, UpToDate):
        return say("Version {version} runs already.", version=answer.version)
    if isinstance(answer, Updated):
        return say(
            "Version {version} runs. {before} is kept; to go back: kiosk update --back",
            version=answer.version,
            before=answer.before,
        )
    why = say("it was cut short") if answer.why == CUT_SHORT else answer.why
    lines = [
        say(
            "{tried} did not come up, {version} runs as before: {why}",
            tried=answer.tried,
            version=answer.version,
            why=why,
        )
    ]
    if answer.restored:
        lines.append(say("Its database is the backup of before; what could be read of later events was added."))
    return "\n".join(lines)


def before_trusting(say: Say, key: PublicKey) -> str:
    """What an owner has to know. The whole key, for anybody can make another one with the same id."""
    warning = say(
        "Whoever has the secret half of this key will be able to run any program on this machine, as root. Compare it,"
        " letter by letter, with what its holder told you:"
    )
    return f"{warning}\n{key.line}\n{say('Trust it?')}"


def keys(say: Say, trusted: Sequence[TrustedKey]) -> str:
    """A line each."""
    if not trusted:
        return say("No key is trusted here: no version is taken. See: kiosk help update")
    of_release, owners = say("the release's own, came with this version"), say("added here by the owner")
    return "\n".join(f"{one.key.name}  {one.key.line}  {owners if one.is_owners else of_release}" for one in trusted)
