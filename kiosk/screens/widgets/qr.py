"""A QR code in half blocks: dark on light, whatever the theme, or half of the readers fail on it."""

from textual.content import Content

from kiosk.text.qr_lines import qr_lines


def qr_content(text: str) -> Content:
    """Error correction M, quiet zone 4; two modules stand above one another in each cell."""
    return Content.styled("\n".join(qr_lines(text, draw_light=False)), "#000000 on #ffffff")
