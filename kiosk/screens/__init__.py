"""Textual screens: they turn answers into words and hold no rule."""
