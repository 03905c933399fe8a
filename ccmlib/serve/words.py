"""What a refused request is told: a sentence and what to do, never a traceback, a path or a kernel's id."""

from __future__ import annotations

import json
from dataclasses import dataclass

from jupyter_server.base.handlers import JupyterHandler
from tornado import web


@dataclass(frozen=True)
class Words:
    """A heading, what happened, and what to do next."""

    heading: str
    happened: str
    next: str


BY_STATUS = {
    400: Words("This request could not be read", "Something in the address or the form is not as expected.",
               "Go back to the start page and try again."),
    403: Words("You may not open this", "Your role does not allow it, or the page is not yours.",
               "Ask the administrator of your practice if you need it."),
    404: Words("There is no such page", "The address leads nowhere.",
               "Go to the start page; it lists what you may open."),
    405: Words("This cannot be done here", "The page does not take that kind of request.", "Go to the start page."),
    429: Words("You have too many pages open", "Each open page takes a part of the server, so their number is limited.",
               "Close a tab you no longer need, then open this page again."),
    503: Words("The page could not be started", "The server is busy or just starting.",
               "Wait a moment, then try again."),
}  # fmt: skip
FAILED = Words("Something went wrong here", "The page could not be made. Nothing was written.",
               "Try again. If it happens again, tell the administrator the time it happened.")  # fmt: skip


class Refusal(web.HTTPError):
    """A refusal with words of its own."""

    def __init__(self, status: int, words: Words):
        super().__init__(status)
        self.words = words


class Worded(JupyterHandler):
    """What all our handlers share: the door, the permission table, and errors in words."""

    #: Whether asking for it is a sign that somebody uses the session; what a page asks for by itself is none.
    is_use = False

    async def prepare(self, **given) -> None:
        """Look up who asks, as Jupyter does; then note that they are there."""
        await super().prepare(**given)
        if self.is_use and self.current_user and not self._finished:
            self.door.used(self.current_user.session.session_id)

    @property
    def door(self):
        """The sessions of this server."""
        return self.settings["ccm_door"]

    def refusal(self, status: int = 403, words: Words | None = None) -> Refusal:
        """An error to raise, with the words of its status unless others are given."""
        return Refusal(status, words or BY_STATUS.get(status, FAILED))

    def show(self, template: str, **values) -> None:
        """Answer with one of our templates."""
        frame = self.settings["ccm_frame"]
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(frame.get_template(template).render(**self.frame_values(), **values))

    def frame_values(self) -> dict:
        """What the head of every page shows."""
        session = self.current_user.session if self.current_user else None
        pages = self.door.table.pages_of(session.user.role) if session else []
        user = session.user if session else None
        return {"user": user, "pages": installed(self, pages), "form_key": self.xsrf_form_html()}

    def write_error(self, status_code: int, **given) -> None:
        """The words of the status: as a page, or as JSON where a script asked."""
        error = given.get("exc_info", (None, None, None))[1]
        words = error.words if isinstance(error, Refusal) else BY_STATUS.get(status_code, FAILED)
        self.clear_header("Content-Disposition")
        if "/api/" in self.request.path:
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"message": words.heading}))
        else:
            self.show("error.html.j2", words=words, status=status_code, title=words.heading)


class Nowhere(Worded):
    """Every address that is not on the list."""

    async def prepare(self) -> None:
        """Nothing is here, whoever asks and however."""
        self.current_user = self._jupyter_current_user = self.identity_provider.get_user(self)
        raise self.refusal(404)


def installed(handler: Worded, pages: list) -> list:
    """Those of the pages whose notebook is in the dashboards folder."""
    folder = handler.settings["ccm_folder"]
    return [page for page in pages if (folder / page.notebook).is_file()]
