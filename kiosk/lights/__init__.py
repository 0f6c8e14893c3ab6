"""Leases become pictures; the light owner keeps the strips showing them."""
