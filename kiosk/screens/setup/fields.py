"""One thing that a page of the wizard asks: a text, a number, a secret, or one of several."""

from collections.abc import Callable, Sequence

from kiosk.text import Say
from kiosk.text.line_breaks import cells

_LABEL = 16  # cells
Said = Callable[[Say], str]  # a text, in whichever language the wizard speaks
Choice = tuple[str, Said]


class Field:
    """`value` is text whatever is asked. What was there is selected at first: a typed character takes its place."""

    def __init__(self, label: Said, value: str = "", *, longest: int = 60) -> None:
        self.label, self.value, self._longest = label, value, longest
        self._is_selected = True

    def focus(self) -> None:
        self._is_selected = True

    def key(self, key: str, character: str | None) -> bool:
        """Whether the key meant this field."""
        if key == "backspace":
            self.value = self.value[:-1]
        elif key in ("delete", "ctrl+u"):
            self.value = ""
        elif key in ("left", "right", "home", "end"):
            pass
        elif character and character.isprintable() and self.takes(character):
            self.value = (("" if self._is_selected else self.value) + character)[: self._longest]
        else:
            return False
        self._is_selected = False
        return True

    def takes(self, character: str) -> bool:
        return bool(character)

    def paste(self, text: str) -> None:
        for character in text.strip():
            self.key(character, character)

    def shown(self, say: Say, width: int, *, is_here: bool) -> str:
        """One line. Of a long value the end, where it is written on."""
        value = self.value_shown(say, is_here=is_here)
        label = self.label(say)
        head = f"{'>' if is_here else ' '} {label}{' ' * max(_LABEL - cells(label), 1)}"
        room = width - cells(head) - 1
        while cells(value) > room:
            value = ".." + value[3 if value.startswith("..") else 2 :]
        return head + value

    def value_shown(self, say: Say, *, is_here: bool) -> str:
        del say
        return f"{self.value}_" if is_here and not self._is_selected else f"[{self.value}]" if is_here else self.value


class SecretField(Field):
    """A PIN: shown as stars."""

    def value_shown(self, say: Say, *, is_here: bool) -> str:
        del say
        return "*" * len(self.value) + ("_" if is_here else "")


class NumberField(Field):
    """A whole number from `low` to `high`; the arrows change it."""

    def __init__(self, label: Said, value: int, low: int, high: int) -> None:
        super().__init__(label, str(value), longest=len(str(high)))
        self._low, self._high = low, high

    @property
    def number(self) -> int | None:
        """None where it is none, or out of reach."""
        found = int(self.value) if self.value.isascii() and self.value.isdigit() else None
        return found if found is not None and self._low <= found <= self._high else None

    @property
    def reach(self) -> tuple[int, int]:
        return self._low, self._high

    def takes(self, character: str) -> bool:
        return character.isascii() and character.isdigit()

    def key(self, key: str, character: str | None) -> bool:
        if key in ("left", "right"):
            step = 1 if key == "right" else -1
            self.value = str(min(max((self.number or self._low) + step, self._low), self._high))
            return True
        return super().key(key, character)


class ChoiceField(Field):
    """One of several, chosen with the arrows."""

    def __init__(self, label: Said, value: str, choices: Sequence[Choice]) -> None:
        super().__init__(label, value)
        self.choices = choices

    def key(self, key: str, character: str | None) -> bool:
        if key not in ("left", "right", "space"):
            return False
        values = [value for value, _ in self.choices]
        at = values.index(self.value) if self.value in values else 0
        self.value = values[(at + (-1 if key == "left" else 1)) % len(values)]
        return True

    def paste(self, text: str) -> None:
        """It is chosen, not written."""

    def value_shown(self, say: Say, *, is_here: bool) -> str:
        name = next((name(say) for value, name in self.choices if value == self.value), self.value)
        return f"< {name} >" if is_here else name
