"""Now and then: end what is over, warn what is about to be, and stop kernels that nobody uses or reaches."""

from __future__ import annotations

from .door import Door
from .kernels import PageKernels
from .owners import Owner


async def sweep(door: Door, kernels: PageKernels) -> None:
    """Look at every session with a tab or a kernel, then at every kernel."""
    open_ = {tab.session_id for tab in kernels.presences.tabs} | {owner.session_id for owner in kernels.owners}
    for session_id in open_:
        await _session(door, kernels, session_id)
    for owner in kernels.owners:
        why = await _over(door, kernels, owner) if owner.kernel_id else ""
        if why:
            await kernels.end(owner, why)


async def _session(door: Door, kernels: PageKernels, session_id: str) -> None:
    session = door.session(session_id)
    if session is None:
        why = door.why_over(session_id)
        await door.end(session_id, why)
        await kernels.end_session(session_id, why)
    elif door.seconds_left(session) <= door.table.policy.warn_minutes * 60:
        kernels.presences.tell(session_id, {"state": "soon", "seconds": door.seconds_left(session)})


async def _over(door: Door, kernels: PageKernels, owner: Owner) -> str:
    if owner.kernel_id not in kernels or not await kernels.get_kernel(owner.kernel_id).is_alive():
        return "stopped"
    policy, now = door.table.policy, door.clock()
    if kernels.presences.connected(owner.kernel_id):
        owner.away_since = None
    elif owner.away_since is None:
        owner.away_since = now
    if owner.away_since is not None and now - owner.away_since >= policy.away_seconds:
        return "away"
    busy = kernels.get_kernel(owner.kernel_id).execution_state == "busy"
    return "unused" if not busy and now - owner.used_at >= policy.unused_minutes * 60 else ""
