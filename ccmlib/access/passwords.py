"""Passwords: kept as argon2id hashes, never shorter than the policy says, and made at random for demo users."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..problem import Problem

HASHER = PasswordHasher()
#: Without letters and digits that look alike, for passwords that are read from a screen.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
#: Longer ones would make the hash an easy way to keep the server busy.
LONGEST = 1024
#: Checked when the name is unknown, so that the answer takes as long as for a known one.
NOBODY = HASHER.hash(secrets.token_urlsafe())


def hashed(password: str) -> str:
    """The argon2id hash that is stored, with its own salt and parameters."""
    return HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether `password` is the one of the hash; None (an unknown name) takes as long and is never matched."""
    try:
        return len(password) <= LONGEST and HASHER.verify(stored or NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def refuse_weak(password: str, user_name: str, shortest: int) -> None:
    """Raise Problem when the password is too short or long, repeats one character, or holds the user's name."""
    if not shortest <= len(password) <= LONGEST:
        raise Problem(f"The password has {len(password)} characters; use at least {shortest}, say four random words.")
    if len(set(password)) < shortest // 2:
        raise Problem("The password repeats too few characters; use at least four random words.")
    if user_name.casefold() in password.casefold():
        raise Problem("The password holds the user name; choose another one.")


def generated() -> str:
    """A random password of four groups that can be read aloud, about 79 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))
