"""What the server itself runs in a kernel: the imports of a warm one, and the identity of the user who takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..problem import Problem

#: A kernel that does not answer within this many seconds is not used.
ANSWER_SECONDS = 60
#: What every dashboard imports; done before somebody waits for it.
WARM_IMPORTS = "import ipywidgets, pandas, sqlalchemy\nimport ccmlib.preview, ccmlib.explain, ccmlib.access.session"


async def say(kernel, code: str) -> None:
    """Run `code` in a kernel and wait for it. Raises Problem when it fails or does not answer."""
    client = kernel.client()
    client.start_channels(stdin=False, hb=False)
    try:
        await client.wait_for_ready(timeout=ANSWER_SECONDS)
        reply = await client.execute(code, silent=True, store_history=False, reply=True, timeout=ANSWER_SECONDS)
    except (RuntimeError, TimeoutError) as error:
        raise Problem("A page's kernel does not answer. Open the page again.") from error
    finally:
        client.stop_channels()
    if reply["content"]["status"] != "ok":
        raise Problem("A page's kernel could not be prepared. Open the page again.")


def putting(values: Mapping[str, str]) -> str:
    """The code that puts `values` into the kernel's environment; each of them arrives as data, whatever it holds."""
    return f"__import__('os').environ.update(__import__('json').loads({json.dumps(values)!r}))"
