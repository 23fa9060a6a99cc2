"""What readers of all formats do with what they found: merge, tell faults, put an extraction together."""
