"""A kernel answers to the session that opened its page and to widgets alone; it tells no source and no traceback."""

from __future__ import annotations

import json

import pytest
from websocket import WebSocketBadStatusException, WebSocketConnectionClosedException

from .browser import V1, as_v1, from_v1, message

REFUSED_KINDS = {
    "execute_request": {"code": "open('owned','w')", "silent": False, "store_history": False, "allow_stdin": False},
    "inspect_request": {"code": "session", "cursor_pos": 3, "detail_level": 1},
    "complete_request": {"code": "ses", "cursor_pos": 3},
    "history_request": {"hist_access_type": "tail", "n": 9, "output": True, "raw": True},
    "is_complete_request": {"code": "1"},
    "debug_request": {"type": "request", "seq": 1, "command": "debugInfo"},
    "shutdown_request": {"restart": False},
    "interrupt_request": {},
    "create_subshell_request": {},
    "input_reply": {"value": "x"},
}


class Wire:
    """A page's websocket to its kernel, in either protocol."""

    def __init__(self, browser, kernel: str, protocol: str):
        self.protocol = protocol
        self.socket = browser.socket(f"/api/kernels/{kernel}/channels?session_id=test", protocol)

    def send(self, channel: str, told: dict) -> None:
        if self.protocol:
            self.socket.send_binary(as_v1(channel, told))
        else:
            self.socket.send(json.dumps(told | {"channel": channel}))

    def receive(self) -> dict:
        data = self.socket.recv()
        return from_v1(data) if self.protocol else json.loads(data)

    def until(self, asked: dict, kind: str) -> list[dict]:
        """What comes in, up to the answer of that kind to what was asked."""
        heard = []
        while not heard or not self._answers(heard[-1], asked, kind):
            heard.append(self.receive())
        return heard

    @staticmethod
    def _answers(told: dict, asked: dict, kind: str) -> bool:
        mine = told["parent_header"].get("msg_id") == asked["header"]["msg_id"]
        return mine and told["header"]["msg_type"] == kind


@pytest.fixture(scope="module")
def page(server):
    """A manager's open page: the browser and its kernel's id."""
    server.add("kernel.owner", "practice_manager")
    browser = server.browser("kernel.owner")
    answer = browser.get("/page/billing")
    return browser, answer.kernel, answer.text


def widgets(wire: Wire) -> dict[str, dict]:
    """All widgets of the page, by the way the page itself asks for them."""
    comm = "a" * 32
    opening = message("comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}})
    opening["metadata"] = {"version": "1.0.0"}
    wire.send("shell", opening)
    wire.send("shell", message("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}}))
    while True:
        told = wire.receive()
        states = told["content"].get("data", {}).get("states") if told["header"]["msg_type"] == "comm_msg" else None
        if states:
            return states


def click(wire: Wire, name: str) -> list[dict]:
    """Click a button from the console, disabled or not; what comes back until the kernel is done."""
    states = widgets(wire)
    button = next(key for key, each in states.items() if each["state"].get("description") == name)
    asked = message("comm_msg", {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}})
    wire.send("shell", asked)
    heard = wire.until(asked, "status")
    while heard[-1]["content"].get("execution_state") != "idle":
        heard += wire.until(asked, "status")
    return heard


@pytest.mark.parametrize("protocol", [V1, ""], ids=["binary", "json"])
@pytest.mark.parametrize("channel", ["shell", "control", "stdin", "iopub"])
@pytest.mark.parametrize("kind", REFUSED_KINDS)
def test_a_page_runs_and_asks_nothing_in_its_kernel(server, page, protocol, channel, kind):
    browser, kernel, _ = page
    wire = Wire(browser, kernel, protocol)
    refused, allowed = message(kind, REFUSED_KINDS[kind]), message("kernel_info_request", {})
    wire.send(channel, refused)
    wire.send("shell", allowed)
    heard = wire.until(allowed, "kernel_info_reply")
    wire.socket.close()
    assert not [told for told in heard if told["parent_header"].get("msg_id") == refused["header"]["msg_id"]]
    assert not (server.folder / "dashboards" / "owned").exists()


@pytest.mark.parametrize("broken", [b"", b"\0" * 7, b"\xff" * 64, as_v1("shell", message("execute_request", {}))[:40]])
def test_a_message_that_is_none_is_dropped_and_the_page_goes_on(page, broken):
    browser, kernel, _ = page
    for protocol in (V1, ""):
        wire = Wire(browser, kernel, protocol)
        wire.socket.send_binary(broken)
        allowed = message("kernel_info_request", {})
        wire.send("shell", allowed)
        assert wire.until(allowed, "kernel_info_reply")
        wire.socket.close()


@pytest.mark.parametrize("protocol", [V1, ""], ids=["binary", "json"])
def test_a_disabled_button_clicked_from_the_console_writes_nothing(server, protocol):
    browser = server.visitor("auditor")
    kernel = browser.get("/page/billing").kernel
    wire = Wire(browser, kernel, protocol)
    told = json.dumps(click(wire, "Close the month"))
    wire.socket.close()
    browser.request("DELETE", f"/api/kernels/{kernel}", headers={"X-XSRFToken": browser.cookies["_xsrf"]})
    assert "you may not close a month" in told and "practice manager and billing analyst" in told
    assert '"allowed"' not in told


@pytest.mark.parametrize("protocol", [V1, ""], ids=["binary", "json"])
def test_a_failing_button_sends_no_traceback(page, protocol):
    browser, kernel, _ = page
    wire = Wire(browser, kernel, protocol)
    told = json.dumps(click(wire, "Fail"))
    wire.socket.close()
    assert "could not be shown" in told
    for word in ("inner-detail-of-an-error", "RuntimeError", "Traceback", "break_down", "ipykernel"):
        assert word not in told


def test_the_kernel_knows_its_user_from_the_server_and_inherits_no_secret(server, page):
    browser, kernel, _ = page
    wire = Wire(browser, kernel, V1)
    values = [state["state"].get("value", "") for state in widgets(wire).values()]
    wire.socket.close()
    assert json.dumps(["kernel.owner", "practice_manager", ["*"]]) in values
    names = next(value for value in values if isinstance(value, str) and "CCM_USER" in value)
    assert not {"CCM_TEST_SECRET", "JUPYTER_TOKEN", "PGPASSWORD", "HTTP_X_FORWARDED_USER"} & set(names.split())


@pytest.mark.parametrize("who", ["auditor", "practice_manager", ""])
def test_another_users_kernel_is_out_of_reach(server, page, who):
    _, kernel, _ = page
    other = server.visitor(who) if who else server.browser()
    key = {"X-XSRFToken": other.get("/sign-in") and other.cookies.get("_xsrf", "")}
    for method, path in (("GET", "/api/kernels/{}"), ("DELETE", "/api/kernels/{}"), ("POST", "/voila/api/shutdown/{}")):
        assert other.request(method, path.format(kernel), headers=key).status == 403
    for path in (f"/api/kernels/{kernel}/channels", f"/presence/{kernel}"):
        for protocol in (V1, ""):
            with pytest.raises(WebSocketBadStatusException) as refused:
                other.socket(path, protocol)
            assert refused.value.status_code == 403 and refused.value.resp_headers["server"] == "ccm"
    owner, _, _ = page
    assert owner.get(f"/api/kernels/{kernel}").status == 200


def test_a_websocket_from_another_site_is_refused(page):
    browser, kernel, _ = page
    for path in (f"/api/kernels/{kernel}/channels", "/presence"):
        with pytest.raises(WebSocketBadStatusException) as refused:
            browser.socket(path, origin="http://elsewhere.example")
        assert refused.value.status_code == 403


def test_signing_out_ends_the_kernels_and_cuts_the_open_websockets(server):
    browser = server.browser("practice_manager")
    kernel = browser.get("/page/billing").kernel
    wire, tab, other_tab = Wire(browser, kernel, V1), browser.socket(f"/presence/{kernel}"), browser.socket("/presence")
    thief = browser.copy()
    browser.post("/sign-out")
    for each in (tab, other_tab):
        assert json.loads(each.recv()) == {"state": "over", "why": "signed_out"}
    with pytest.raises(WebSocketConnectionClosedException):
        while wire.socket.recv():
            wire.send("shell", message("kernel_info_request", {}))
        raise WebSocketConnectionClosedException("an empty frame: closed by the server")
    with pytest.raises(WebSocketBadStatusException):
        thief.socket(f"/api/kernels/{kernel}/channels")
    assert json.loads(thief.get(f"/still/{kernel}").text) == {"over": "expired"}


def test_a_user_has_at_most_so_many_pages_open(server):
    name = server.add("opens.many", "practice_manager")
    browsers = [server.browser(name), server.browser(name)]
    opened = [browsers[at % 2].get("/page/care_desk") for at in range(4)]
    assert [answer.status for answer in opened] == [200] * 4
    refused = browsers[0].get("/page/billing")
    assert refused.status == 429 and "too many pages" in refused.text
    browsers[0].post(f"/voila/api/shutdown/{opened[0].kernel}")
    assert browsers[0].get("/page/billing").status == 200
    for browser in browsers:
        browser.post("/sign-out")
