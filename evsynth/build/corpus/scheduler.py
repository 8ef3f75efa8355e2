"""Whether a Dask scheduler answers at an address, before anything is given to it."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:[a-z]+://)?(?:\[[0-9a-fA-F:.]+(?:%\w+)?\]|[^\s/:\[\]]+):([0-9]{1,5})")
_LAST_PORT = 65535


class NoScheduler(RuntimeError):
    """No scheduler answers; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def reached(address: str) -> None:
    """Raise `NoScheduler` for what is no address, at once, and where no scheduler answers in Dask's own time-out."""
    form = _ADDRESS.fullmatch(address)
    if form is None or not 1 <= int(form[1]) <= _LAST_PORT:
        message = f"{address!r} is no address of a Dask scheduler"
        raise NoScheduler(message, "write it as the scheduler prints it when it starts, such as tcp://10.0.0.5:8786")
    import asyncio

    import dask.config
    from dask.utils import parse_timedelta
    from distributed.comm.core import connect
    from distributed.security import Security

    seconds = parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"), "s")

    async def meet() -> None:
        arguments = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
        comm = await asyncio.wait_for(connect(address, **arguments), seconds)  # type: ignore[no-untyped-call]
        await comm.close()

    try:
        asyncio.run(meet())
    except (OSError, TimeoutError, TypeError, ValueError, RuntimeError) as error:
        why = " ".join(str(error).split()) or f"nothing answered in {seconds:g} s"
        hint = "start it with `dask scheduler`, and look whether this machine reaches it; or build with --workers N"
        raise NoScheduler(f"no Dask scheduler answers at {address}: {why}", hint) from None
