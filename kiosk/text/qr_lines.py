"""A QR code as lines of text, to be painted black on white whatever the theme: inside out, half of the readers fail."""

BLACK_ON_WHITE = "#000000 on #ffffff"


def qr_lines(text: str) -> tuple[str, ...]:
    """Error correction M, quiet zone 4; two modules stand above one another in each character."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make()
    modules = code.get_matrix()
    modules += [[False] * len(modules[0])] * (len(modules) % 2)
    blocks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    rows = zip(modules[::2], modules[1::2], strict=True)
    return tuple("".join(blocks[halves] for halves in zip(*row, strict=True)) for row in rows)
