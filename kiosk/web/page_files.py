"""The files that pages load, by name; no other is served."""

from pathlib import Path

import textual_serve

_OURS, _THEIRS = Path(__file__).parent / "files", Path(textual_serve.__file__).parent / "static"
FOR_ALL = {"page.css": _OURS / "page.css"}
FOR_STAFF = {
    "desk.css": _OURS / "desk.css",
    "desk.js": _OURS / "desk.js",
    "textual.js": _THEIRS / "js" / "textual.js",
    "xterm.css": _THEIRS / "css" / "xterm.css",
    "RobotoMono.ttf": _THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf",
}
