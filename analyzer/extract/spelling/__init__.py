"""Decoded text and the bytes that spell it: escapes, quotes, entities, masked actions, keys in pieces."""
