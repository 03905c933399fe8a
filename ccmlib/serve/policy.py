"""The headers of every answer: nothing from outside, in nobody's frame, kept by no cache."""

from __future__ import annotations

PAGE = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "font-src": "'self'", "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
    "frame-ancestors": "'none'", "object-src": "'none'",
}  # fmt: skip
#: Widgets set styles in the page and compile their schemas; their modules come as blobs from the kernel.
DASHBOARD = PAGE | {
    "script-src": "'self' blob: 'unsafe-eval'", "style-src": "'self' 'unsafe-inline'", "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
}  # fmt: skip
A_YEAR = 31_536_000


def headers(secure: bool) -> dict[str, str]:
    """The headers by name; over TLS also that browsers should come by no other way."""
    told = {
        "Content-Security-Policy": _policy(PAGE), "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin", "Server": "ccm",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }  # fmt: skip
    return told | ({"Strict-Transport-Security": f"max-age={A_YEAR}"} if secure else {})


def dashboard_policy() -> str:
    """The content policy of a dashboard's page."""
    return _policy(DASHBOARD)


def _policy(rules: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in rules.items())
