"""Texts inside values: which reader reads one, how deep, and the way back to the bytes outside."""
