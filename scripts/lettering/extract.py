"""Takes from the font the letters that a customer's screen paints, and no others.

Run it after new texts:  .venv/bin/python -m scripts.lettering.extract [FOLDER]
The font is Fusion Pixel by TakWolf, SIL Open Font License 1.1, as the npm packages below bring it; FOLDER is where they
have been unpacked already, each in a folder of its name. What comes out is kiosk/screens/customer/glyphs/.
"""

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import ImageFont

from kiosk.screens.customer.glyphs import FOLDER, SIZES
from kiosk.text import Language
from scripts.lettering.marks import marks
from scripts.translating.catalogue import ROOT, read_catalogue, texts

PACKAGES = {
    size: f"@fontsource/fusion-pixel-{size}px-proportional-sc@{version}"
    for size, version in zip(SIZES, ("5.0.1", "5.3.0", "5.3.0"), strict=True)
}
SAID_TO_CUSTOMERS = (
    "kiosk/screens/customer", "kiosk/screens/customer/moments", "kiosk/text/for_customers.py", "kiosk/text/refusals.py",
    "kiosk/text/sentences.py",
)  # fmt: skip
_LATIN = "".join(map(chr, range(0x20, 0x7F)))
_BESIDE = "，。！？：；、（）【】《》“”…·￥▢"
_STANDS_ON = "国"  # fills its square, so the square is where its first row is


def characters() -> str:
    """All that a face may paint: Latin, marks, and whatever its sentences have in another language."""
    files = [file for place in SAID_TO_CUSTOMERS for file in sorted([ROOT / place, *(ROOT / place).glob("*.py")])]
    said = {text for file in files if file.is_file() for text in texts(file.read_text("utf-8"))}
    used = {*_LATIN, *_BESIDE, *marks(SIZES[0]), *"".join(one.own_name for one in Language)}
    for message in read_catalogue():
        if message.id in said:
            used.update("".join(message.string or ""))
    return "".join(sorted(used - {"\n"}))


def drawn(font: ImageFont.FreeTypeFont, character: str, size: int) -> list[str]:
    """Rows of `size` pixels, a # each that is painted, as wide as the pen goes on."""
    mask = font.getmask(character, mode="1")
    left, top, *_ = (int(at) for at in font.getbbox(character))
    top -= int(font.getbbox(_STANDS_ON)[1])
    width, height = mask.size
    painted = {(left + x, top + y) for x in range(width) for y in range(height) if mask.getpixel((x, y))}
    if any(not 0 <= y < size for _, y in painted):
        raise ValueError(f"{character} stands out of {size} rows")
    return [
        "".join("#" if (x, y) in painted else "." for x in range(round(font.getlength(character))))
        for y in range(size)
    ]  # fmt: skip


def lines(font: Path, size: int) -> Iterator[str]:
    """A character, its width, and its rows in hexadecimal digits, as many a row as the width takes."""
    letters, own = ImageFont.truetype(str(font), size), marks(size)
    unknown = bytes(letters.getmask("\U0010fffd", mode="1"))
    for character in characters():
        rows = own.get(character)
        if rows is None:
            if bytes(letters.getmask(character, mode="1")) == unknown:
                raise ValueError(f"the font of {size} pixels has no {character}: draw it in scripts/lettering/marks.py")
            rows = drawn(letters, character, size)
        width = len(rows[0])
        digits = (width + 3) // 4
        bits = (row.replace("#", "1").replace(".", "0").ljust(4 * digits, "0") for row in rows)
        yield f"{character}{width} {''.join(f'{int(row, 2):0{digits}x}' for row in bits)}\n"


def unpacked(folder: Path, size: int) -> Path:
    """The package's own folder, downloaded where it is not there yet."""
    name = PACKAGES[size].split("/")[1].rsplit("@", 1)[0]
    if not (folder / name).is_dir():
        packed = subprocess.run(
            ["npm", "pack", "--silent", PACKAGES[size]], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
            archive.extractall(folder / name, filter="data")
    return folder / name / "package"


def main(folder: Path) -> None:
    for size in SIZES:
        package = unpacked(folder, size)
        font = next((package / "files").glob("*.woff2"))
        (FOLDER / f"{size}.txt").write_text("".join(lines(font, size)), "utf-8")
        (FOLDER / "OFL.txt").write_text((package / "LICENSE").read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory(prefix="kiosk-letters-") as temporary:
            main(Path(temporary))
