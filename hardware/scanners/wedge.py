"""A keyboard-wedge scanner: keys in, whole scans out, told from a person's typing by prefix or by speed."""

from typing import TYPE_CHECKING, NamedTuple

from hardware.scanners.framing import GS, LONGEST, Repeats

if TYPE_CHECKING:
    from hardware.scanners.wiring import Frame

_TERMINATORS = {"enter", "ctrl+m", "ctrl+j", "tab", "ctrl+i", "ctrl+c", "ctrl+d"}  # as framing.ENDS
_STX = "ctrl+b"
_SEPARATORS = {"f8", "ctrl+right_square_bracket"}  # as which scanners type GS; only inside a scan
_FAST_S = 0.035  # a scanner's longest gap between two characters
PAUSE_S = 0.1  # a person's shortest gap before something else begins
_SHORTEST_SCAN = 4
_CRLF_S = 0.05
_FRAME_GAP_S = 0.5  # a scanner's longest pause inside its frame; a person who pressed Ctrl-B opened none
_STALE_S = 30.0  # typed characters are forgotten, for the next person must not see them


class Fed(NamedTuple):
    """`taken`: the key belonged to a scan or to typing. `scan`: a whole scan, when this key ended one."""

    taken: bool
    scan: str | None = None


class WedgeReader:
    """Feed it every key with its time; it never merges two scans and never loses one."""

    def __init__(self, frame: "Frame | None" = None, *, is_far: bool = False) -> None:
        """A scan between the frame's prefix and suffix is told from typing whatever its speed. `is_far`: keys come
        over a network, whose pauses are nobody's: then all that was typed before the end is one scan."""
        self.is_far = is_far
        self._prefix, self._suffix = (frame.prefix, frame.suffix) if frame else ("", "")
        self._repeats = Repeats(frame.again_s if frame else 0)
        self._keys: list[tuple[str, float]] = []
        self._framed: list[str] | None = None
        self._begun = ""
        self.cut_off = ""  # what begin() had put before the scan that has just ended
        self._last_key_at = float("-inf")
        self._ended_at = float("-inf")

    @property
    def typed(self) -> str:
        """What a person has typed so far, safe to show."""
        return "".join(character if character.isprintable() else "?" for character, _ in self._keys)

    @property
    def last_key_at(self) -> float:
        return self._last_key_at

    def begin(self, text: str, t: float) -> None:
        """As if a person had typed this a moment ago; what is scanned after it is a scan of its own."""
        before = t - PAUSE_S
        self._keys, self._begun = [(character, before) for character in text], text
        self._last_key_at = before

    def is_in_flight(self, t: float) -> bool:
        """Whether a scan is coming in: what a finger does meanwhile must not get into it."""
        return (bool(self._keys) or self._framed is not None) and t - self._last_key_at <= _FAST_S

    def clear(self) -> None:
        self._keys.clear()
        self._framed = None

    def forget(self, t: float) -> None:
        """Drop what somebody left half typed a while ago; to be called now and then."""
        if t - self._last_key_at > _STALE_S:
            self.clear()

    def feed(self, key: str, character: str | None, t: float) -> Fed:
        """`key` as Textual names it, `character` if it has one, `t` in seconds."""
        self.cut_off = ""
        fed = self._feed(key, character, t)
        if fed.scan and self._repeats.is_again(fed.scan, t):
            return Fed(True)
        return fed

    def _feed(self, key: str, character: str | None, t: float) -> Fed:
        self.forget(t)
        in_flight = bool(self._keys) and t - self._last_key_at <= _FAST_S
        if t - self._last_key_at > _FRAME_GAP_S:
            self._framed = None  # left open, it would swallow what the next person presses and scans
        self._last_key_at = t
        if key == _STX:
            self._framed = []
            return Fed(True)
        if self._framed is not None:
            return self._feed_framed(key, character, t)
        if key in _TERMINATORS:
            return self._end(key, t)
        if key == "backspace":
            del self._keys[-1:]
            return Fed(True)
        if character and character.isprintable():
            self._keep(character, t)
            return self._after_mark(t)
        if in_flight:
            # A control code or an escape sequence inside a scan: it must spoil the scan, not press a button.
            self._keep(_inside(key, character), t)
        return Fed(in_flight)

    def _keep(self, character: str, t: float) -> None:
        if len(self._keys) < LONGEST:
            self._keys.append((character, t))

    def _after_mark(self, t: float) -> Fed:
        """What was pressed last may have ended the configured prefix, or the suffix."""
        if self._has_come(self._prefix):
            del self._keys[-len(self._prefix) :]
            self._framed = []
        elif self._has_come(self._suffix):
            keys, self._keys = self._keys, []
            return self._ended(self._scan_in(keys), t)
        return Fed(True)

    def _has_come(self, mark: str) -> bool:
        return bool(mark) and "".join(character for character, _ in self._keys[-len(mark) :]) == mark

    def _feed_framed(self, key: str, character: str | None, t: float) -> Fed:
        assert self._framed is not None
        if key not in _TERMINATORS:
            if len(self._framed) < LONGEST:
                self._framed.append(_inside(key, character))
            if not self._suffix or not "".join(self._framed).endswith(self._suffix):
                return Fed(True)
        text, self._framed = "".join(self._framed), None
        return self._ended(text, t)

    def _end(self, key: str, t: float) -> Fed:
        if not self._keys:
            after_cr = t - self._ended_at <= _CRLF_S
            # The LF of CR LF and the CR after ETX are no empty scan; nor is a lone Tab or Ctrl-C.
            return Fed(True, None if after_cr or key not in ("enter", "ctrl+m") else "")
        keys, self._keys = self._keys, []
        return self._ended(self._scan_in(keys), t)

    def _scan_in(self, keys: list[tuple[str, float]]) -> str:
        whole = "".join(character for character, _ in keys)
        begun, self._begun = self._begun, ""
        if not begun or not whole.startswith(begun):
            return whole if self.is_far else _scanned_tail(keys)
        tail = whole[len(begun) :] if self.is_far else _scanned_tail(keys)
        self.cut_off = whole[: len(whole) - len(tail)] if tail else ""
        return tail or whole

    def _ended(self, text: str, t: float) -> Fed:
        self._ended_at = t
        return Fed(True, text.removesuffix(self._suffix))


def _inside(key: str, character: str | None) -> str:
    return GS if key in _SEPARATORS else character or "\x1b"


def _scanned_tail(keys: list[tuple[str, float]]) -> str:
    """All of it, or only the fast run at its end where a scanner cut into somebody's typing."""
    start = len(keys) - 1
    while start > 0 and keys[start][1] - keys[start - 1][1] <= _FAST_S:
        start -= 1
    cut_in = start > 0 and len(keys) - start >= _SHORTEST_SCAN and keys[start][1] - keys[start - 1][1] >= PAUSE_S
    return "".join(character for character, _ in (keys[start:] if cut_in else keys))
