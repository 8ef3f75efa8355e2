"""The one door to the network: a request goes in, a response comes out. Nothing else opens connections.

Everything that needs the network takes a `Door`, so that a test passes a plain function in its place. The
real door keeps time-outs, waits between requests, and asks again after 429, 5xx and broken connections, with
growing, jittered pauses.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple, Protocol

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


def open_door(
    *,
    seconds: float = 30,
    attempts: int = 5,
    pause: float = 0.4,
    transport: httpx2.BaseTransport | None = None,
) -> Door:
    """Return a door to the real network, through httpx2, with stamina asking again.

    `seconds` limits connecting, and each wait for bytes; `attempts` counts all tries of one request; `pause`
    seconds pass between requests (NCBI allows 3 a second, 10 with a key). `transport` replaces the network
    below httpx2.
    """
    import httpx2
    import stamina

    last = 0.0

    class Again(Exception):
        """An answer after which it is right to ask again."""

        def __init__(self, response: Response) -> None:
            super().__init__(str(response.status))
            self.response = response

    def once(client: httpx2.Client, request: Request) -> Response:
        nonlocal last
        time.sleep(max(0.0, pause - (time.monotonic() - last)))
        try:
            answer = client.post(request.url, data=dict(request.form))
        finally:
            last = time.monotonic()
        response = Response(answer.status_code, answer.content)
        if response.status == 429 or response.status >= 500:
            raise Again(response)
        return response

    def door(request: Request, /) -> Response:
        try:
            with httpx2.Client(timeout=seconds, follow_redirects=True, transport=transport) as client:
                for attempt in stamina.retry_context(on=(Again, httpx2.TransportError), attempts=attempts):
                    with attempt:
                        return once(client, request)
        except Again as error:
            return error.response
        except httpx2.TimeoutException as error:
            raise DoorError(f"{httpx2.URL(request.url).host} did not answer within {seconds:g} s") from error
        except httpx2.TransportError as error:
            raise DoorError(f"{httpx2.URL(request.url).host} cannot be reached: {error}") from error
        raise AssertionError("stamina ends in an answer or an error")

    return door
