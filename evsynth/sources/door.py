"""The one door to the network: a request goes in, a response comes out. Nothing else opens connections.

Everything that needs the network takes a `Door`, so that a test passes a plain function in its place. The
real door says who asks, keeps time-outs, waits between requests, and asks again after 429, 5xx, broken
connections and answers that are known to pass, with growing, jittered pauses.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import httpx2


class Request(NamedTuple):
    """A form that is posted to an address; a body keeps long lists and keys out of addresses and logs."""

    url: str
    form: tuple[tuple[str, str], ...] = ()


class Response(NamedTuple):
    """The status and the bytes that came back."""

    status: int
    body: bytes


class Door(Protocol):
    """Anything that answers a request; raises `DoorError` where no answer came."""

    def __call__(self, request: Request, /) -> Response: ...


class DoorError(ConnectionError):
    """No answer came: no network, no such host, or too slow."""


UNREACHED = 3
"""So often is a host tried that cannot be reached at all: where there is no network, a minute's patience is no help."""


def _passing(response: Response) -> bool:
    """Return whether an answer says only that it is a bad moment."""
    return response.status == 429 or response.status >= 500


def open_door(
    *,
    who: tuple[tuple[str, str], ...] = (),
    seconds: float = 30,
    whole: float = 600,
    largest: int = 512 * 2**20,
    attempts: int = 8,
    pause: float = 0.4,
    turn: Callable[[], None] = lambda: None,
    patience: float = 60,
    again: Callable[[Response], bool] = _passing,
    transport: httpx2.BaseTransport | None = None,
) -> Door:
    """Return a door to the real network, through httpx2, with stamina asking again.

    `who` is added to every form (tool, email, key) and stands nowhere else, in no request, message or log; where a
    server repeats the `api_key` in its answer, it is blanked out. `seconds`
    limits connecting, and each wait for bytes; `whole` limits one answer, so that a drip of bytes ends too;
    `largest` limits its bytes. `attempts` counts all tries of one request; `pause` seconds pass between requests
    (NCBI allows 3 a second, 10 with a key), and `turn` waits for other programs that ask the same server; `patience`
    is the longest wait that a `Retry-After` may ask for.
    `again` says of an answer whether it is right to ask again. `transport` replaces the network below httpx2.
    """
    import httpx2
    import stamina

    last = 0.0
    unreached = 0
    secrets = [value.encode() for name, value in who if name == "api_key" and value]

    class Again(Exception):
        """An answer after which it is right to ask again."""

        def __init__(self, response: Response) -> None:
            words = f"it answered {response.status}" if response.status != 200 else "an error or half an answer came"
            super().__init__(words)
            self.response = response

    class Slow(httpx2.ReadTimeout):
        """An answer that drips."""

        def __init__(self) -> None:
            super().__init__("slow")

    def once(client: httpx2.Client, request: Request) -> Response:
        nonlocal last, unreached
        time.sleep(max(0.0, pause - (time.monotonic() - last)))
        turn()
        begun = time.monotonic()
        wait = ""
        try:
            with client.stream("POST", request.url, data=_form(request.form + who)) as answer:
                body = bytearray()
                for piece in answer.iter_bytes():
                    body += piece
                    if time.monotonic() - begun > whole:
                        raise Slow
                    if len(body) > largest:
                        raise DoorError(f"{httpx2.URL(request.url).host} sent more than {largest} bytes")
                wait = answer.headers.get("Retry-After", "")
                unreached = 0
        finally:
            last = time.monotonic()
        for secret in secrets:
            body = body.replace(secret, b"(key)")
        response = Response(answer.status_code, bytes(body))
        if again(response):
            time.sleep(min(float(wait), patience) if wait.isdecimal() else 0.0)
            raise Again(response)
        return response

    def passes(error: Exception) -> bool:
        nonlocal unreached
        if isinstance(error, httpx2.ConnectError):
            unreached += 1
            return unreached < UNREACHED
        passing = (Again, httpx2.TransportError, httpx2.DecodingError)
        return isinstance(error, passing) and not isinstance(error, httpx2.UnsupportedProtocol)

    def door(request: Request, /) -> Response:
        host = httpx2.URL(request.url).host
        try:
            with httpx2.Client(
                timeout=seconds, follow_redirects=True, transport=transport, verify=_trusted()
            ) as client:
                for attempt in stamina.retry_context(
                    on=passes, attempts=attempts, timeout=None, wait_initial=0.5, wait_max=30
                ):
                    with attempt:
                        return once(client, request)
        except Again as error:
            return error.response
        except httpx2.TimeoutException as error:
            words = (
                f"sent no whole answer within {whole:g} s"
                if isinstance(error, Slow)
                else f"did not answer within {seconds:g} s"
            )
            raise DoorError(f"{host} {words}") from error
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise DoorError(f"{host} cannot be reached: {error}") from error
        raise AssertionError("stamina ends in an answer or an error")

    return door


@cache
def _trusted() -> Any:
    """Give the certificates that are trusted; reading them takes longer than a request."""
    import httpx2

    return httpx2.create_ssl_context()


def _form(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Give the fields of a form; a name that stands several times has several values."""
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form
