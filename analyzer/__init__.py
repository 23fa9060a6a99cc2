"""Keeps applications off single database nodes."""

__version__ = "0.1.0"
