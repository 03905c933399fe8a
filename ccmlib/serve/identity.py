"""Who sends a request: the cookie's session and nothing else. No header, token or parameter names a user."""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User

from ..access.sessions import LiveSession

COOKIE = "ccm_session"
#: The prefix makes browsers refuse the cookie from a subdomain or over plain HTTP.
SECURE_COOKIE = "__Host-ccm_session"


@dataclass
class SignedIn(User):
    """The user of a request with the session they came by."""

    session: LiveSession | None = None


class SessionIdentity(IdentityProvider):
    """Looks up the cookie's session at every request, so that an ended session ends at once."""

    @property
    def auth_enabled(self) -> bool:
        """There is no way in without signing in."""
        return True

    def get_user(self, handler) -> SignedIn | None:
        """The signed-in user of the request, None for anybody else."""
        token = handler.get_cookie(cookie_name(handler.settings))
        session = handler.settings["ccm_door"].session_of(token) if token else None
        return SignedIn(session.user.user_name, session=session) if session else None

    def is_token_authenticated(self, handler) -> bool:
        """Never: a token would switch off the checks of origin and of forged forms."""
        return False

    def should_check_origin(self, handler) -> bool:
        """Always."""
        return True

    def get_handlers(self) -> list:
        """None of Jupyter's own: signing in and out is ours."""
        return []


class KernelOwner(Authorizer):
    """A kernel answers to the session that opened its page; everything else Jupyter asks about is refused."""

    def is_authorized(self, handler, user, action, resource) -> bool:
        """Whether this request may reach the kernel in its path."""
        kernel_id = handler.path_kwargs.get("kernel_id", "")
        return resource == "kernels" and handler.kernel_manager.owners.owns(kernel_id, user.session.session_id)


def cookie_name(settings: dict) -> str:
    """The session cookie's name, by whether the browser comes over TLS."""
    return SECURE_COOKIE if settings["ccm_secure"] else COOKIE


def hand_cookie(handler, token: str) -> None:
    """Give the browser the session's token; it goes when the browser is closed."""
    secure = handler.settings["ccm_secure"]
    name = cookie_name(handler.settings)
    handler.set_cookie(name, token, httponly=True, samesite="Strict", secure=secure, path="/")


def take_cookie(handler) -> None:
    """Take the session's token back."""
    secure = handler.settings["ccm_secure"]
    handler.clear_cookie(cookie_name(handler.settings), path="/", secure=secure, samesite="Strict")
