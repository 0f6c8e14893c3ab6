"""A QR code in half blocks: dark on light, whatever the theme, or half of the readers fail on it."""

from textual.content import Content

from kiosk.text.qr_lines import BLACK_ON_WHITE, qr_lines


def qr_content(text: str) -> Content:
    """Error correction M, quiet zone 4; two modules stand above one another in each cell."""
    return Content.styled("\n".join(qr_lines(text)), BLACK_ON_WHITE)
