"""The program: `workplan`, and `python -m workplan_cli`.

This module alone knows that a person may interrupt at any moment, even before the command line is loaded.
"""

import signal
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Load the command line and run it; 130 where that is interrupted, and nothing more is said."""
    try:
        from workplan_cli.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: an interrupt in the last moments changes nothing


if __name__ == "__main__":
    main()
