"""The headers every answer carries: nothing from elsewhere, no scripts but ours, no frames.

Pages under `/{language}/embed/` may be framed by anybody: they hold nothing of anybody, and stand in a sandbox,
without an origin of their own. So what they load is asked for by "nobody": the files and the API are open to every
origin, as they are to every browser. There are no cookies and no other credentials that could be misused.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Plotly's contours and heat maps set style attributes; nothing else is loosened.
_POLICY: Final = (
    "default-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)
HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": "; ".join((*_POLICY, "frame-ancestors 'none'")),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
# A teacher's page may lie on a disk: a star means addresses of the web only.
_EMBEDDED: Final = {
    **HEADERS,
    "Content-Security-Policy": "; ".join((*_POLICY, "frame-ancestors * file:")),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# Of the API, and of the words that scripts ask for later. Sent always, where Starlette's middleware sends it only
# to who names an origin: a file that the browser has kept from a page of ours serves a frame without one, too.
_API: Final = {**HEADERS, "Access-Control-Allow-Origin": "*"}
_FILES: Final = {**_API, "Cross-Origin-Resource-Policy": "cross-origin"}
_BEFOREHAND: Final = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
}


def headers_of(path: str) -> Mapping[str, str]:
    """Return the headers of an answer to a path."""
    if path.startswith("/api/"):
        return _API
    if path.startswith(("/static/", "/plotly/")):
        return _FILES
    _, _, second, *_ = (*path.split("/"), "", "")
    return {"embed": _EMBEDDED, "messages": _API}.get(second, HEADERS)


class HeadAsGet:
    """Answers a HEAD with the status and headers of the GET, and no body.

    The app below sees a GET, so whatever has a GET has a HEAD. Routes that listed HEAD would stand twice in the
    OpenAPI document.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, a HEAD as a GET whose body is dropped; a 405 says that HEAD goes where GET does."""

        async def send_to_client(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                _allow_head(MutableHeaders(scope=message))
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        is_head = scope["type"] == "http" and scope["method"] == "HEAD"
        seen = {**scope, "method": "GET"} if is_head else scope
        await self.app(seen, receive, send_to_client if scope["type"] == "http" else send)


def _allow_head(headers: MutableHeaders) -> None:
    allowed = headers.get("allow", "").split(", ")
    if "GET" in allowed and "HEAD" not in allowed:
        headers["allow"] = ", ".join([*allowed, "HEAD"])


class SecurityHeaders:
    """Adds them; pure ASGI, since the framework's function middleware costs most of the throughput."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers where the answer starts; a browser that asks whether it may ask the API is told."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wanted = headers_of(scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        app = Response(status_code=204, headers=_BEFOREHAND) if _asks_beforehand(scope) else self.app
        await app(scope, receive, send_with_headers)


def _asks_beforehand(scope: Scope) -> bool:
    is_asking = scope["method"] == "OPTIONS" and scope["path"].startswith("/api/")
    return is_asking and "access-control-request-method" in Headers(scope=scope)
