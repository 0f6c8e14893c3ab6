"""Crash safety, proved: real processes are killed, starved and lied to, and what they said is held against the file."""
