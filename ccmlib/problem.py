"""What the user can mend is a ``Problem``: one sentence, exit code 2, never a traceback."""


class Problem(Exception):
    """Bad input or bad usage, told in one sentence: what, where, what was expected, what to do."""


class NotInForce(Problem):
    """No rule row covers the date asked for; nothing is ever decided by the last year's row."""
