"""From colours as seen to what a strip may be sent: gamma, then the power limit."""

GAMMA = 2.2
MA_PER_PIXEL = 60  # at full white
MA_IDLE = 1  # per pixel, dark

GAMMA_TABLE = bytes(round(255 * (value / 255) ** GAMMA) for value in range(256))
# What an eye sees of a byte on the wire; for drawing a strip on a screen.
SEEN_TABLE = bytes(round(255 * (value / 255) ** (1 / GAMMA)) for value in range(256))


def milliamps(frame: bytes) -> float:
    """Estimated current of a strip showing `frame` (RGB bytes after gamma), in mA."""
    return sum(frame) * MA_PER_PIXEL / 765 + MA_IDLE * (len(frame) // 3)


def within_budget(frame: bytes, budget_ma: float) -> bytes:
    """The frame itself, or dimmed as a whole so that it draws no more than `budget_ma`; lit pixels stay lit."""
    used = milliamps(frame)
    if used <= budget_ma:
        return frame
    idle = MA_IDLE * (len(frame) // 3)
    scale = (budget_ma - idle) / (used - idle)
    return frame.translate(bytes(max(int(value * scale), value > 0) for value in range(256)))
