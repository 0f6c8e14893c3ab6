"""The machine that a station runs on: its versions of this program, and going from one to the other.

What scripts/install-pi uses of it runs under the system's Python, with the standard library alone.
"""
