"""axe-core, which looks for what keeps somebody from using a page: where its script is, and what it finds."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = "axe.min.js"
#: Where npm puts it when nobody names a folder; not part of the checkout.
PREFIX = ROOT / "out" / "npm"
GRAVE = ("serious", "critical")
#: One line for each element: how grave, which rule, where, and what axe says to do.
RUN = """async () => {
  const found = await axe.run(document, { preload: false, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    [rule.impact, `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`]));
}"""


def axe_script() -> str:
    """The script's text: from the folder that CCM_AXE names, else from npm, which is asked once. Empty without both."""
    named = os.environ.get("CCM_AXE")
    file = (Path(named) if named else PREFIX / "node_modules" / "axe-core") / SCRIPT
    if not file.exists() and not named and shutil.which("npm"):
        asked = ["npm", "install", "--prefix", str(PREFIX), "--no-save", "--silent", "axe-core@4"]
        PREFIX.mkdir(parents=True, exist_ok=True)
        subprocess.run(asked, check=False, capture_output=True, timeout=300)
    return file.read_text("utf-8") if file.exists() else ""


def findings(page, script: str) -> tuple[list[str], list[str]]:
    """What axe finds on the page as it stands: what is serious or critical, and the rest.

    The script is run by the browser's own tools, so the page keeps its content policy.
    """
    page.evaluate(script)
    found = page.evaluate(RUN)
    return tuple([says for impact, says in found if (impact in GRAVE) is grave] for grave in (True, False))
