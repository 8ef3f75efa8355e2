"""A map over files: in this process, in a pool of processes on this machine, or on the workers of Dask distributed.

The three do the same and give results as they come. A worker that is lost costs the files it had in hand, which are
read again; a file that loses its worker three times is a problem. Processes of this machine end with the one that
started them, however it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from evsynth.build.corpus.scheduler import reached

Job = TypeVar("Job")
Result = TypeVar("Result")

TRIES = 3


class Lost(RuntimeError):
    """Workers were lost again and again; names what was not done."""


def spread(
    task: Callable[[Job], Result], jobs: Sequence[Job], *, workers: int = 1, scheduler: str = ""
) -> Iterator[Result]:
    """Give the result of the task for every job, in no order. `scheduler` is the address of a Dask scheduler.

    Raises `Lost`, `NoScheduler`, and whatever the task raises.
    """
    if scheduler:
        reached(scheduler)
        return _on_dask(task, jobs, scheduler)
    if workers > 1:
        return _in_processes(task, jobs, workers)
    return map(task, jobs)


def _in_processes(task: Callable[[Job], Result], jobs: Sequence[Job], workers: int) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    left = list(jobs)
    tries = 0
    while left:
        before = len(left)
        with ProcessPoolExecutor(min(workers, before), get_context("spawn"), _end_with_parent) as pool:
            asked = {pool.submit(task, job): job for job in left}
            try:
                for done in as_completed(asked):
                    result = done.result()
                    left.remove(asked[done])
                    yield result
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        tries = 0 if len(left) < before else tries + 1
        if tries >= TRIES:
            raise Lost(f"a worker ended {TRIES} times before one of these was read: {left[:workers]}")


def _end_with_parent() -> None:
    """Watch the process that started this one, and end when it does; nothing of a file that is half written stands."""
    import os
    from multiprocessing import parent_process
    from threading import Thread

    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _on_dask(task: Callable[[Job], Result], jobs: Sequence[Job], scheduler: str) -> Iterator[Result]:
    from concurrent.futures import CancelledError

    from distributed import Client, as_completed
    from distributed.scheduler import KilledWorker

    with Client(scheduler, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        futures = client.map(task, list(jobs), pure=False, retries=TRIES - 1)
        try:
            for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
                yield future.result()
                future.release()
        except KilledWorker as error:
            raise Lost(str(error)) from None
        except CancelledError:
            raise Lost(f"the scheduler {scheduler} went away") from None
