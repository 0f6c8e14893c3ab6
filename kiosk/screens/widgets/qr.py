"""A QR code in half blocks: dark on light, whatever the theme, or half of the readers fail on it."""

from textual.content import Content


def qr_content(text: str) -> Content:
    """Error correction M, quiet zone 4; two modules stand above one another in each cell."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make()
    modules = code.get_matrix()
    modules += [[False] * len(modules[0])] * (len(modules) % 2)
    blocks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    rows = zip(modules[::2], modules[1::2], strict=True)
    lines = ["".join(blocks[top, bottom] for top, bottom in zip(*row, strict=True)) for row in rows]
    return Content.styled("\n".join(lines), "#000000 on #ffffff")
