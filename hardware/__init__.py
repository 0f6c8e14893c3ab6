"""Strips, their bytes, scanners: devices that never heard of a parcel."""
