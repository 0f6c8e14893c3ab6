"""What is said of updates."""

from kiosk.appliance.update import CUT_SHORT, CameBack, Step, Updated, UpToDate
from kiosk.text import N_, Say

_STEPS = {
    Step.MAKING: N_("Making the new version; the station works on …"),
    Step.BACKING_UP: N_("The services stop; making a backup …"),
    Step.STARTING: N_("Starting the other version …"),
    Step.GOING_BACK: N_("Going back …"),
}


def step(say: Say, done: Step) -> str:
    return say(_STEPS[done])


def outcome(say: Say, answer: Updated | CameBack | UpToDate) -> str:
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
