"""What to say when the tool itself is at fault. This module alone knows how to describe a crash without anyone's data in it."""

import platform
import traceback


def report(error: BaseException) -> str:
    """A notice fit to paste: the kind of error and the tool's own lines; no values, which may be people's data."""
    lines = [f"workplan: this is a fault of the tool, not of your files ({type(error).__name__})"]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "workplan_cli" in frame.filename]
    lines += [
        f"  at {frame.filename.partition('workplan_cli')[2].lstrip('/')}:{frame.lineno} in {frame.name}" for frame in frames[-5:]
    ]
    lines.append(f"  Python {platform.python_version()} on {platform.system()}; please report these lines")
    return "\n".join(lines) + "\n"
