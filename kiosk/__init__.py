"""A parcel station's pickup kiosk: from a scan to a lit slot."""

__version__ = "0.1.0"
