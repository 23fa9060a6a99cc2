"""Keys and their values, one scope at a time: what a key says, what its value holds, which port goes with it."""
