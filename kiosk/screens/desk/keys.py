"""The keys of the staff desk."""

from kiosk.text import N_

KEYS = N_("F1 coming F2 language F3 size F4 consent F5 hand over F6 paid F7 done F8 map F9 undo F10 menu F12 lock")
KEYS_LOCKED = N_("F1 coming  F2 language")
WHILE_LOCKED = ("f1", "f2", "escape")
WORD_OF_KEY = {"f5": "out", "f6": "pay", "f7": "done", "f9": "undo"}
