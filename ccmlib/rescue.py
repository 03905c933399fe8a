"""The last word when a command fails: one sentence on stderr and an exit code, never a traceback."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path

from .problem import Problem

BAD_INPUT, BROKEN, STOPPED = 2, 1, 130


def told(command, stops: tuple[type[BaseException], ...]) -> int:
    """Run a typer application; returns the exit code after telling what went wrong. `stops`: the user broke it off."""
    try:
        return command(standalone_mode=False) or 0
    except Problem as problem:
        return _tell(str(problem), BAD_INPUT)
    except stops:
        return _tell("Stopped; nothing more was written.", STOPPED)
    except BrokenPipeError:
        return 0
    except Exception as error:
        if hasattr(error, "format_message"):  # a usage error, of whichever click the installed typer stands on
            return _tell(f"{error.format_message()} See --help.", BAD_INPUT)
        return _tell(f"This should not have happened; nothing more was written. Details: {_log()}", BROKEN)


def _tell(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _log() -> Path:
    """The traceback in a file of its own, for whoever mends the program; it may hold patient data."""
    with tempfile.NamedTemporaryFile("w", prefix="ccm-", suffix=".log", delete=False, encoding="utf-8") as file:
        file.write(traceback.format_exc())
    return Path(file.name)
