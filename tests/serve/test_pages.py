"""What a role may open, what nobody may, and what no answer says."""

from __future__ import annotations

import json
import re

import pytest

from ccmlib.access.permissions import permissions

from .conftest import SECRET

ROLES = list(permissions().roles)
#: The pages whose notebooks the tests' server has.
SERVED = ("billing", "care_desk")
TRICKS = (
    "/page/../page/billing", "/page/%2e%2e/billing", "/page/billing.ipynb", "/page/billing/", "/page//billing",
    "/page/not_in_the_table", "/page/not_in_the_table.ipynb", "/page/..%2fccm.db",
    "/page/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/page//etc/passwd", "/page/billing%00", "/page/BILLING",
    "/page/billing;x", "/page/", "/page/enrollment", "/page/billing/model.py", "/page/billing?template=lab/../../x",
    "/page/*",
)  # fmt: skip
CLOSED = (
    "/voila/files/billing/model.py", "/voila/files/billing.ipynb", "/voila/tree", "/voila/tree/billing",
    "/voila/render/billing.ipynb", "/voila/api/contents", "/voila/api/contents/billing.ipynb", "/api/contents",
    "/api/contents/billing.ipynb", "/api/terminals", "/terminals/websocket/1", "/api/kernels", "/api/sessions",
    "/api/kernelspecs", "/api/me", "/api/status", "/api/config/x", "/api/security/csp-report", "/login", "/logout",
    "/static/style.css", "/files/billing.ipynb", "/nbconvert/html/billing.ipynb",
    "/voila/templates/lab/static/voila.js", "/voila/api/themes/@jupyterlab/theme-light-extension/index.css", "/lab",
    "/tree", "/voila/static/../../../../../../conf.json", "/voila/static/..%2f..%2fbase%2fpage.html",
    "/assets/page.html.j2", "/assets/..%2fframe.html.j2", "/voila/labextensions/jupyterlab_pygments/package.json",
    "/metrics", "/favicon.ico", "/voila/execution/00000000-0000-0000-0000-000000000000",
    "/voila/query/00000000-0000-0000-0000-000000000000",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", SERVED)
def test_a_role_opens_what_the_table_says_and_is_told_who_may_open_the_rest(server, role, page):
    browser = server.visitor(role)
    start = browser.get("/").text
    may = role in permissions().pages[page].roles
    assert (f'href="/page/{page}"' in start) is may
    if may:
        return
    answer = browser.get(f"/page/{page}")
    assert answer.status == 403 and "Who may:" in answer.text and "data-kernel" not in answer.text


def test_a_page_whose_notebook_is_not_installed_is_not_offered(server):
    assert "/page/enrollment" not in server.visitor("practice_manager").get("/").text


def test_an_administrator_sees_accounts_and_no_patients(server):
    text = server.visitor("administrator").get("/").text
    assert "Nothing to open" in text and "ccm user add" in text


@pytest.mark.parametrize("path", TRICKS)
def test_no_spelling_of_a_name_opens_another_file(server, path):
    answer = server.visitor("practice_manager").get(path)
    opened = answer.status == 200 and "data-kernel" in answer.text
    assert answer.status == 404 or (opened and path.startswith("/page/billing?")), answer.status
    assert_says_nothing(server, answer.text)
    if opened:
        assert 'data-page="billing"' in answer.text


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("name", ["", "practice_manager"])
def test_an_address_that_is_not_on_the_list_does_not_exist(server, path, name):
    answer = (server.visitor(name) if name else server.browser()).get(path)
    assert answer.status in (404, 403) or (not name and answer.status == 302)
    assert "SOURCE_STAYS" not in answer.text
    assert_says_nothing(server, answer.text)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ["/", "/page/billing", "/over/idle"])
def test_a_page_takes_no_other_kind_of_request(server, path, method):
    answer = server.visitor("practice_manager").request(method, path)
    assert answer.status in (403, 405) and "data-kernel" not in answer.text


@pytest.fixture(scope="module")
def opened(server):
    """A manager's page, asked for with every forged header, and the manager's browser."""
    headers = ("X_Forwarded_User", "CCM_USER", "CCM_ROLE", "HTTP_CCM_ROLE", "Remote_User")
    forged = dict.fromkeys(headers, "administrator")
    browser = server.visitor("practice_manager")
    return browser.get("/page/billing?patient=M-1042&CCM_ROLE=administrator", **forged), browser


def test_a_page_shows_outputs_and_no_source(server, opened):
    page, _ = opened
    assert page.status == 200 and "application/vnd.jupyter.widget-view+json" in page.text
    assert "SOURCE_STAYS" not in page.text and "import ipywidgets" not in page.text
    assert_says_nothing(server, page.text)


def test_a_page_loads_nothing_from_elsewhere_and_no_script_stands_in_it(opened):
    page, _ = opened
    assert not re.search(r'(src|href)="(https?:)?//', page.text)
    scripts = re.findall(r"<script([^>]*)>", page.text)
    assert all("src=" in given or "json" in given for given in scripts)


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/page/care_desk", "/nowhere", "/over/idle", "/assets/ccm.css", "/still", "/api/x"]
)
def test_every_answer_has_the_headers_that_keep_it_safe(server, path):
    headers = server.visitor("auditor").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "http:" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/assets") else "no-store")
    assert "Tornado" not in headers["Server"]


def test_errors_are_told_in_words(server):
    for path, status in (("/nowhere", 404), ("/over/nonsense", 404), ("/page/care_desk", 403)):
        answer = server.visitor("auditor").get(path)
        assert answer.status == status and "Traceback" not in answer.text and "HTTP" not in answer.text
        assert '<h1>' in answer.text and json.dumps(status) not in answer.text


def assert_says_nothing(server, text: str) -> None:
    """No secret of the server, no folder of it, no traceback."""
    for told in (SECRET, str(server.folder), "Traceback", "site-packages", "sqlite://", "password_hash", "argon2"):
        assert told not in text
