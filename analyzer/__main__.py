"""`python -m analyzer` and the console script."""

import sys

from analyzer import cli


def main() -> int:
    """Entry point of the console script."""
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
