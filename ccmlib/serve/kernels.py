"""The kernels behind the pages: owned, at most so many a user, told whose they are, and ended with a notice."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from traitlets import default

from ..problem import Problem
from .environment import kernel_environment
from .kernel_talk import WARM_IMPORTS, putting, say
from .owners import Owner, Owners
from .pool import WarmPool
from .presence import Presences

KERNEL = "python3"
#: A page that was opened this recently may not have connected yet, so it is not taken for one left behind.
STARTING_SECONDS = 20


class OwnPython(KernelSpecManager):
    """The only kernel is the server's own Python; one of the same name in a user's folder is not looked for."""

    @default("kernel_dirs")
    def _no_folders(self) -> list[str]:
        return []


class PageKernels(AsyncMappingKernelManager):
    """Kernels by page. Nobody starts one by asking Jupyter: they are handed out to an owner, see ``hand_out``."""

    def __init__(self, **given):
        super().__init__(**given)
        self.owners = Owners()
        self.presences = Presences()
        self.pool = WarmPool(self._warm, self.parent.warm)

    async def start_kernel(self, **given) -> str:
        """Refused: a kernel without an owner would be anybody's."""
        raise web.HTTPError(403)

    async def hand_out(self, owner: Owner, session: dict[str, str], most: int) -> str:
        """A kernel for the owner's page, with `session` in its environment; its id.

        Refused with status 429 when the user has `most` pages open and none of them is left behind.
        """
        await self._make_room(owner, most)
        self.owners.reserve(owner)
        kernel_id = None
        try:
            kernel_id = await self.pool.take()
            await say(self.get_kernel(kernel_id), putting(session))
        except BaseException:
            self.owners.release(owner)
            if kernel_id in self:
                await super().shutdown_kernel(kernel_id, now=True)
            raise
        owner.kernel_id = kernel_id
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, now: bool = True, restart: bool = False) -> None:
        """Stop a kernel; what the page needs to know is told by ``end``."""
        owner = self.owners.of(kernel_id)
        if owner:
            self.owners.release(owner)
        if kernel_id in self:
            await super().shutdown_kernel(kernel_id, now=True)

    async def end(self, owner: Owner, why: str) -> None:
        """Tell the page why it ends, cut it off and stop its kernel."""
        self.presences.end_kernel(owner.kernel_id, why)
        await self.shutdown_kernel(owner.kernel_id)

    async def end_session(self, session_id: str, why: str) -> None:
        """Tell every tab of the session why it ends, and stop its kernels."""
        self.presences.end_session(session_id, why)
        ending = [self.end(owner, why) for owner in self.owners.of_session(session_id) if owner.kernel_id]
        await asyncio.gather(*ending, return_exceptions=True)

    def kill_all(self) -> None:
        """End every kernel's group of processes, without asking them: at the server's end nothing may hang."""
        self.pool.close()
        for kernel_id in self.list_kernel_ids():
            group = getattr(self.get_kernel(kernel_id).provisioner, "pgid", None)
            if group and group != os.getpgrp():
                _kill(group)

    async def _make_room(self, coming: Owner, most: int) -> None:
        theirs = sorted(self.owners.of_user(coming.user_name), key=lambda owner: owner.used_at)
        for owner in theirs:
            if self.owners.count(coming.user_name) >= most and self._left_behind(owner, coming.used_at):
                await self.end(owner, "away")
        if self.owners.count(coming.user_name) >= most:
            raise web.HTTPError(429)

    def _left_behind(self, owner: Owner, now: int) -> bool:
        starting = not owner.kernel_id or now - owner.used_at < STARTING_SECONDS
        return not starting and not self.presences.connected(owner.kernel_id)

    async def _warm(self) -> str:
        environment = kernel_environment(os.environ, Path(self.connection_dir), Path(self.root_dir))
        kernel_id = await super().start_kernel(kernel_name=KERNEL, path="", env=environment)
        try:
            await say(self.get_kernel(kernel_id), WARM_IMPORTS)
        except Problem:
            await super().shutdown_kernel(kernel_id, now=True)
            raise
        return kernel_id


def _kill(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
