"""The files that pages load, by name; no other is served."""

from pathlib import Path

import textual_serve

_OURS, _THEIRS = Path(__file__).parent / "files", Path(textual_serve.__file__).parent / "static"
READS_CODES = _OURS / "reading.js"
FOR_ALL = {name: _OURS / name for name in ("page.css", "papers.css")}
FOR_STAFF = {
    **{
        name: _OURS / name
        for name in ("early.js", "desk.css", "desk.js", "line.js", "missed.js", "copying.js", "camera.js")
    },
    "reading.js": READS_CODES,
    # npm: zxing-wasm 3.1.6, dist/iife/reader/index.js and dist/reader/zxing_reader.wasm
    "zxing.js": _OURS / "zxing" / "zxing.js",
    "zxing_reader.wasm": _OURS / "zxing" / "zxing_reader.wasm",
    "textual.js": _THEIRS / "js" / "textual.js",
    "xterm.css": _THEIRS / "css" / "xterm.css",
    "RobotoMono.ttf": _THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf",
}
