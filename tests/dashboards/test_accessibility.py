"""Whatever is on the screen, light or dark: nobody is kept out, nothing comes from elsewhere or complains."""

from __future__ import annotations

import re
import warnings

import pytest

from ccmlib.access.permissions import permissions

from .axe import axe_script, findings
from .scenes import AROUND, DASHBOARDS, Scene
from .served import PASSWORD, PATIENCE

STARTS = tuple(Scene(f"start_{role}", role, "/") for role in permissions().roles)
SCENES = (*AROUND, *STARTS, *DASHBOARDS)


@pytest.fixture(scope="module")
def script() -> str:
    """The text of axe-core."""
    text = axe_script()
    if not text:
        pytest.skip("axe-core is not here: name its folder in CCM_AXE, or install npm")
    return text


class Listener:
    """A tab of a browser of its own, and all that it was told or asked for."""

    def __init__(self, chromium, address: str):
        self.address = address
        self.errors: list[str] = []
        self.notes: list[str] = []
        self.elsewhere: list[str] = []
        self.page = chromium.new_context(viewport={"width": 1280, "height": 860}).new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("websocket", self._asked)

    def play(self, scene: Scene) -> None:
        """Bring the scene onto the screen."""
        if scene.role:
            self._sign_in(scene.role)
        self.page.goto(self.address + scene.path)
        self.page.wait_for_selector(scene.ready)
        scene.done(self.page)

    def leave(self) -> None:
        """Leave as a user does: the server ends the page's kernel."""
        self.page.goto(f"{self.address}/over/signed_out")
        self.page.context.close()

    def _sign_in(self, role: str) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.get_by_label("User name").fill(role)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.address}/")

    def _said(self, said) -> None:
        if said.type in ("error", "warning"):
            {"error": self.errors, "warning": self.notes}[said.type].append(said.text)

    def _asked(self, request) -> None:
        own = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(own):
            self.elsewhere.append(request.url)


@pytest.fixture
def listener(chromium, address):
    """A new browser."""
    made = Listener(chromium, address)
    yield made
    made.leave()


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_nobody_is_kept_out_and_the_page_is_quiet(listener, script, scene):
    listener.play(scene)
    grave = {}
    for scheme in ("light", "dark"):
        listener.page.emulate_media(color_scheme=scheme)
        grave[scheme], slight = findings(listener.page, script)
        listener.notes += [f"{scheme}: {says}" for says in slight]
    listed(scene, listener.notes)
    assert grave == {"light": [], "dark": []}
    assert listener.elsewhere == []
    assert [says for says in listener.errors if not own_status(says, scene)] == []


def listed(scene: Scene, notes: list[str]) -> None:
    """Put console warnings and slight findings among the run's warnings: they are told, and fail nothing.

    Voila ships older parts of JupyterLab than the widgets ask for; each of them says so, in one line here.
    """
    versions = [says for says in notes if re.search("(Unsatisfied|satisfying) version", says)]
    others = dict.fromkeys(says for says in notes if says not in versions)
    if versions:
        others[f"{len(versions)} parts of JupyterLab, such as: {versions[0]}"] = None
    for says in others:
        warnings.warn(f"{scene}: {says}", stacklevel=1)


def own_status(says: str, scene: Scene) -> bool:
    """Whether Chromium only notes the status that the scene is about."""
    return scene.status >= 400 and f"the server responded with a status of {scene.status} " in says


def test_a_field_without_a_name_would_be_found(listener, script):
    listener.play(AROUND[0])
    listener.page.get_by_label("User name").evaluate("field => field.closest('label').replaceWith(field)")
    grave, _ = findings(listener.page, script)
    assert any(says.startswith("label: ") for says in grave)


def test_something_from_elsewhere_would_be_noticed(listener):
    listener.play(AROUND[0])
    refused = listener.page.evaluate("""() => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", () => done(true));
      document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/seen.png" }));
    })""")
    assert refused and listener.errors
