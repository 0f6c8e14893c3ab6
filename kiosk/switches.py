"""Variables of the environment that would change how a screen works or looks: not for whoever happens to set them."""

from collections.abc import MutableMapping

_SWITCHES = (
    "TEXTUAL",  # they open a debugger's port, press keys, write files
    "COLUMNS", "LINES", "ROWS", "ESCDELAY",  # the terminal knows better, and rubbish in them ends the program
    "NO_COLOR", "FORCE_COLOR", "TTY_",  # a customer follows a colour: without it the screen says half
)  # fmt: skip


def is_switch(name: str) -> bool:
    return name.startswith(_SWITCHES)


def drop_switches(environment: MutableMapping[str, str]) -> None:
    """To be called before Textual is loaded."""
    for name in [name for name in environment if is_switch(name)]:
        del environment[name]
