"""The pages around the dashboards: start page, sign-in, sign-out, password, and the page an ended one leads to."""

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated

from ..problem import Problem
from .identity import hand_cookie, take_cookie
from .words import Worded, Words

OVER = {
    "signed_out": Words("You are signed out", "Every tab of this session is closed; nothing of it stays on the screen.",
                        "Sign in to go on."),
    "idle": Words("You were signed out after a while without use", "What you saved is kept. An unsaved form is gone.",
                  "Sign in to go on."),
    "expired": Words("Your session has ended", "A session lasts a working day. What you saved is kept.",
                     "Sign in to go on."),
    "changed": Words("You were signed out", "Your password or your role was changed, which ends every session you had.",
                     "Sign in with what is valid now."),
    "unused": Words("This page was closed after a while", "Nobody used it. What you saved is kept.",
                    "Open the page again."),
    "away": Words("This page was closed", "The server could not reach it for a while. What you saved is kept.",
                  "Open the page again."),
    "stopped": Words("This page has stopped", "The part of the server behind it ended. What you saved is kept.",
                     "Open the page again."),
}  # fmt: skip


class Start(Worded):
    """The start page: what the user's role may open."""

    is_use = True

    def get(self) -> None:
        """List the pages of the role, or say that there are none and who can help."""
        if self.current_user.session.user.must_change(self.door.clock()):
            self.redirect("/password")
        else:
            may = self.door.table.allows(self.current_user.session.user.role, "manage_users")
            self.show("start.html.j2", title="Start", manages_users=may)


class SignIn(Worded):
    """The form of user name and password."""

    @allow_unauthenticated
    def get(self) -> None:
        """The form; who is signed in already goes on to the start page."""
        if self.current_user:
            self.redirect("/")
        else:
            self._form()

    @allow_unauthenticated
    async def post(self) -> None:
        """Check name and password; go where the user wanted to, if it is one of our pages."""
        name, password = (self.get_body_argument(field, "", strip=False) for field in ("name", "password"))
        try:
            token = await self.door.sign_in(name, password)
        except Problem as problem:
            self.set_status(403)
            self._form(str(problem), name)
        else:
            await self._end_older()
            hand_cookie(self, token)
            self.redirect(self._wanted())

    def _form(self, problem: str = "", name: str = "") -> None:
        self.show("sign_in.html.j2", title="Sign in", problem=problem, name=name[:64], wanted=self._wanted_page())

    def _wanted_page(self) -> str:
        wanted = self.get_argument("next", "").removeprefix("/page/").partition("?")[0]
        return wanted if wanted in self.door.table.pages else ""

    def _wanted(self) -> str:
        return f"/page/{self._wanted_page()}" if self._wanted_page() else "/"

    async def _end_older(self) -> None:
        if self.current_user:
            await end_session(self, "signed_out")


class SignOut(Worded):
    """The end of a session, in every tab of it."""

    async def post(self) -> None:
        """End the session, its kernels and its websockets; then say so."""
        await end_session(self, "signed_out")
        take_cookie(self)
        self.redirect("/over/signed_out")


class Password(Worded):
    """Changing one's own password."""

    is_use = True

    def get(self) -> None:
        """The form."""
        self._form()

    async def post(self) -> None:
        """Change it; every other session of the user ends, this browser gets a new one."""
        words = [self.get_body_argument(field, "", strip=False) for field in ("old", "new", "again")]
        session = self.current_user.session
        try:
            token = await self.door.change_password(session.user.user_name, *words)
        except Problem as problem:
            self.set_status(400)
            self._form(str(problem))
        else:
            await self.kernel_manager.end_session(session.session_id, "changed")
            hand_cookie(self, token)
            self.redirect("/")

    def _form(self, problem: str = "") -> None:
        must = self.current_user.session.user.must_change(self.door.clock())
        shortest = self.door.table.policy.minimum_password_characters
        self.show("password.html.j2", title="Change password", problem=problem, must=must, shortest=shortest)


class Over(Worded):
    """Where an ended page goes: why it ended, and the way back. Nothing of the old page stays on the screen."""

    @allow_unauthenticated
    def get(self, why: str) -> None:
        """Say why, and offer to sign in or to open the page again."""
        if why not in OVER:
            raise self.refusal(404)
        page = self.door.table.pages.get(self.get_query_argument("page", ""))
        self.show("over.html.j2", title=OVER[why].heading, words=OVER[why], page=page)


class Still(Worded):
    """Whether a session and its kernel are still there, for a tab that lost its connection."""

    @allow_unauthenticated
    def get(self, kernel_id: str = "") -> None:
        """``{"over": why}``; empty when the page may go on."""
        session = self.current_user.session if self.current_user else None
        owned = session and (not kernel_id or self.kernel_manager.owners.owns(kernel_id, session.session_id))
        self.finish({"over": "" if owned else "stopped" if session else "expired"})


async def end_session(handler: Worded, why: str) -> None:
    """End the session of the request: in the store first, then its kernels and tabs."""
    session = handler.current_user.session
    await handler.door.end(session.session_id, why)
    await handler.kernel_manager.end_session(session.session_id, why)
