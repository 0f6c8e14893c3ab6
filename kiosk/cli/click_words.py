"""What click itself says, in our catalogue: click translates through gettext, whose own catalogues it comes without.

Loaded only where another language than English is spoken.
"""

import sys

from kiosk.text import N_, Say

MESSAGES = (
    N_("Usage:"), N_("Options"), N_("Commands"), N_("Positional arguments"), N_("Show this message and exit."),
    N_("Show the version and exit."), N_("%(prog)s, version %(version)s"), N_("Error: {message}"), N_("Aborted!"),
    N_("Try '{command} {option}' for help."), N_("Missing argument"), N_("Missing option"), N_("Missing parameter"),
    N_("Missing parameter: {param_name}"), N_("Missing command."), N_("Missing {param_type}"),
    N_("Got unexpected extra argument ({args})"), N_("Got unexpected extra arguments ({args})"),
    N_("No such command {name!r}."), N_("No such option {name!r}."), N_("Did you mean {possibility}?"),
    N_("(Did you mean one of: {possibilities}?)"), N_("Option {name!r} does not take a value."),
    N_("Option {name!r} requires an argument."), N_("Option {name!r} requires {nargs} arguments."),
    N_("Argument {name!r} takes {nargs} values."), N_("Takes {nargs} values but 1 was given."),
    N_("Takes {nargs} values but {len} were given."), N_("{len_type} values are required, but {len_value} was given."),
    N_("{len_type} values are required, but {len_value} were given."), N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"), N_("{value!r} is not {choice}."),
    N_("{value!r} is not one of {choices}."), N_("Choose from:\n\t{choices}"),
    N_("{value} is not in the range {range}."), N_("{value!r} is not a valid {number_type}."),
    N_("{value!r} is not a valid boolean. Recognized values: {states}"), N_("{value!r} is not a valid UUID."),
    N_("{value!r} does not match the format {format}."), N_("{value!r} does not match the formats {formats}."),
    N_("file"), N_("directory"), N_("path"), N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."), N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."), N_("{name} {filename!r} is not executable."),
    N_("{name} {filename!r} does not exist."), N_("Could not open file {filename!r}: {message}"), N_("unknown error"),
    N_("Do you want to continue?"), N_("Confirm the action without prompting."), N_("Repeat for confirmation"),
    N_("Error: The two entered values do not match."), N_("Error: invalid input"),
    N_("Press any key to continue..."), N_("default: {default}"), N_("env var: {var}"),
)  # fmt: skip
MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def teach_click(say: Say) -> None:
    """From now on click speaks the language of `say`."""

    def count(one: str, several: str, number: int) -> str:
        return say(one if number == 1 else several)

    for name in MODULES:
        module = vars(sys.modules[f"click.{name}"])
        module["_"] = say
        if "ngettext" in module:
            module["ngettext"] = count
