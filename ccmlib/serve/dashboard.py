"""A dashboard's page: who may open it, a kernel for it, and the notebook's outputs in our template."""

from __future__ import annotations

import logging

from tornado.iostream import StreamClosedError
from voila.notebook_renderer import NotebookRenderer

from .. import wording
from ..access.permissions import Page, Permissions
from ..problem import Problem
from .assets import federated
from .owners import Owner
from .words import BY_STATUS, Worded, Words, installed

#: A longer one is no link of ours.
LONGEST_QUERY = 500
BROKEN = (
    '<div class="notice hold" role="alert"><b>This page could not be finished.</b> Reload it; if it happens again, '
    "tell the administrator the time it happened.</div></div></main></body></html>"
)


class Dashboard(Worded):
    """``/page/NAME``: the notebook of that page, run in a kernel of its own."""

    is_use = True

    async def get(self, name: str) -> None:
        """Render the page for a user whose role may open it; nothing starts for anybody else."""
        session = self.current_user.session
        if session.user.must_change(self.door.clock()):
            self.redirect("/password")
            return
        page = self._page(name)
        renderer = self._renderer(page)
        await renderer.initialize()
        owner = await self._owner(page)
        self.door.note(session.user.user_name, "page_opened", page.name)
        await self._send(renderer, owner)

    def _page(self, name: str) -> Page:
        page = self.door.table.pages.get(name)
        if page is None or not installed(self, [page]):
            raise self.refusal(404)
        if self.current_user.session.user.role not in page.roles:
            self.door.note(self.current_user.username, "page_refused", page.name)
            raise self.refusal(403, no_permission(self.door.table, page))
        return page

    def _renderer(self, page: Page) -> NotebookRenderer:
        return NotebookRenderer(
            request_handler=self,
            voila_configuration=self.settings["ccm_voila"],
            traitlet_config=self.settings["ccm_voila"].config,
            notebook_path=page.notebook,
            template_paths=self.settings["ccm_template_paths"],
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            kernel_spec_manager=self.kernel_spec_manager,
            base_url=self.base_url,
            page_config=page_config(self.base_url),
        )

    async def _owner(self, page: Page) -> Owner:
        session, now = self.current_user.session, self.door.clock()
        told = self.door.kernel_session(session).environment() | {"CCM_QUERY": self.request.query[:LONGEST_QUERY]}
        owner = Owner(session.session_id, session.user.user_name, page.name, now, now)
        try:
            await self.kernel_manager.hand_out(owner, told, self.door.table.policy.pages_per_user)
        except Problem as problem:
            raise self.refusal(503, Words(BY_STATUS[503].heading, str(problem), BY_STATUS[503].next)) from problem
        if self.door.session(session.session_id) is None:  # signed out while the kernel was started
            await self.kernel_manager.shutdown_kernel(owner.kernel_id)
            raise self.refusal(403)
        return owner

    async def _send(self, renderer: NotebookRenderer, owner: Owner) -> None:
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.set_header("Content-Security-Policy", self.settings["ccm_dashboard_policy"])
        kernel = self.kernel_manager.get_kernel(owner.kernel_id)
        try:
            async for html, _ in renderer.generate_content_generator(owner.kernel_id, kernel):
                self.write(html)
                await self.flush()
        except StreamClosedError:
            await self.kernel_manager.shutdown_kernel(owner.kernel_id)
        except Exception:
            logging.getLogger(__name__).exception("The page %s could not be finished", owner.page)
            await self.kernel_manager.shutdown_kernel(owner.kernel_id)
            self.finish(BROKEN)


def may_open(handler: Dashboard, notebook, cwd: str):
    """The hook before a notebook gets a kernel: once more the exact table, and what the template shows."""
    page = handler.door.table.pages.get(handler.path_args[0])
    if page is None or handler.current_user is None or handler.current_user.session.user.role not in page.roles:
        raise handler.refusal(403)
    notebook.metadata["ccm"] = handler.frame_values() | {"title": page.title, "page": page}
    return notebook


def no_permission(table: Permissions, page: Page) -> Words:
    """Says who may open the page."""
    who = wording.listed([label for role, label in table.roles.items() if role in page.roles])
    return Words(f"You may not open {page.title}", f"Who may: {who}.", BY_STATUS[403].next)


def page_config(base_url: str) -> dict:
    """What the widgets' client needs to know; nothing of the server's folders or settings."""
    return {
        "baseUrl": base_url, "appUrl": "voila/", "fullStaticUrl": "/voila/static",
        "fullLabextensionsUrl": "/voila/labextensions", "federated_extensions": federated(), "disabledExtensions": [],
        "terminalsAvailable": False, "progressiveRendering": False, "mathjaxConfig": None, "fullMathjaxUrl": None,
    }  # fmt: skip

