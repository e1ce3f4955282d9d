# SPDX-License-Identifier: GPL-3.0-or-later
"""Solving: options, events, cancelling.

A solve runs on a thread of its own without the GIL. The caller's thread waits
where Python can wake it, which is what makes Ctrl-C work: a call of the library
in the main thread would hold the signal back until it returned."""
from __future__ import annotations

import _thread
import atexit
import queue
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

from ._ctgsched import ffi, lib
from ._errors import (CtgError, Infeasible, NoPlan, UsageError, check,
                      error_of, new_error)
from ._options import Options
from ._problem import Problem
from ._solution import Result, Solution, owned
from ._text import text_of, text_or_none

_KINDS = {lib.CTG_EVENT_PHASE: "phase", lib.CTG_EVENT_INCUMBENT: "incumbent",
          lib.CTG_EVENT_BOUND: "bound"}


@dataclass(frozen=True, slots=True)
class Event:
    """What happens in a solve. More kinds may come: leave those alone that you
    do not know.

    kind       "phase" (`text` names what begins), "incumbent" (a better
               judged plan), "bound" (a better bound)
    goal       position of the goal, None: none
    """

    kind: str
    goal: int | None
    goal_name: str | None
    text: str | None
    value: int | None  #: of that goal
    bound: int | None  #: of that goal
    work: int  #: deterministic units so far
    seconds: float  #: since the solve began


# A Ctrl-C that comes just before the main thread falls asleep, or that the
# system hands to another thread, does not wake it: so it looks now and then.
_LOOK = 0.1  # seconds

OnEvent = Callable[[Event], object]
Call = Callable[..., int]  # ctg_solver_solve or ctg_solver_replan


def _event(row: Any) -> Event:
    return Event(
        _KINDS.get(row.kind, str(row.kind)),
        None if row.goal < 0 else row.goal, text_or_none(row.goal_name),
        text_or_none(row.text), row.value if row.has_value else None,
        row.bound if row.has_bound else None, row.work, row.seconds)


def _on_event(user: Any, event: Any) -> int:
    """On a thread of the library; 1 stops the solve."""
    job = ffi.from_handle(user)
    try:
        return 1 if job.on_event(_event(event)) else 0
    except BaseException as error:  # raised again where the result is asked
        job.error = error
        return 1


ffi.def_extern(name="ctgpy_on_event", error=1)(_on_event)


class _Job:
    """One solve: what its thread needs, and what it leaves."""

    def __init__(self, solver: Solver, problem: Problem,
                 base: Solution | None, on_event: OnEvent | None,
                 call: Call = lib.ctg_solver_solve) -> None:
        self.call = call
        self.solver, self.problem, self.base = solver, problem, base
        self.on_event = on_event
        self.error: BaseException | None = None
        self.solution: Solution | None = None
        self.events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self.is_over = threading.Event()
        self._at = solver._at  # the solver may get another one
        self._lock = threading.RLock()  # between cancel and the end
        self._is_begun = False
        self._is_cancelled = False
        self._is_working = True

    def begin(self) -> None:
        # Python looks at signals when a call returns: none comes in between.
        self._is_begun = True
        try:
            _thread.start_new_thread(self._run, ())
        except RuntimeError:
            self.is_over.set()
            raise

    def cancel(self) -> bool:
        with self._lock:
            if not self._is_working:
                return False
            self._is_cancelled = True
            lib.ctg_solver_interrupt(self._at)
            return True

    def end(self) -> bool:
        """Cancels and waits. Ctrl-C does not disturb it; True if it came."""
        is_pressed = False
        while True:
            try:
                if self._is_begun and not self.is_over.is_set():
                    self.cancel()
                    self.wait()
                return is_pressed
            except KeyboardInterrupt:
                is_pressed = True

    def wait(self, timeout: float | None = None) -> bool:
        """True when the solve is over, False after so many seconds."""
        if timeout is not None:
            end = time.monotonic() + timeout
            while (left := end - time.monotonic()) > 0:
                if self.is_over.wait(min(left, _LOOK)):
                    break
        else:
            while not self.is_over.wait(_LOOK):
                pass
        return self.is_over.is_set()

    def next_event(self) -> Event | None:
        while True:
            try:
                return self.events.get(timeout=_LOOK)
            except queue.Empty:
                pass

    def outcome(self) -> Solution:
        if self.error is not None:
            raise self.error
        assert self.solution is not None
        return self.solution

    def _run(self) -> None:
        _live.add(self)
        try:
            self._solve()
        except BaseException as error:
            self.error = self.error or error
        finally:
            self._finish()

    def _solve(self) -> None:
        handle = ffi.new_handle(self)  # lives as long as the call
        options = self.solver.options._write()
        if self.on_event:
            options.on_event, options.user = lib.ctgpy_on_event, handle
        err = new_error()
        check(lib.ctg_solver_configure(self._at, options, err), err)
        out, found = ffi.new("ctg_solution **"), ffi.new("ctg_result *")
        status = self.call(
            self._at, out, found, self.problem._at,
            self.base._at if self.base else ffi.NULL, err)
        if status != lib.CTG_OK:
            raise error_of(status, err)
        self._take(out[0], found)

    def _take(self, at: Any, found: Any) -> None:
        result = Result(
            text_of(lib.ctg_verdict_text(found.verdict)),
            text_of(lib.ctg_stop_text(found.stop)), found.work, found.seconds,
            found.peak_bytes, found.process_peak_bytes, found.changes,
            bool(found.is_budget_short),
            found.least_budget if found.is_budget_short else None,
            found.least_budget_bound if found.has_least_budget_bound
            else None)
        if at != ffi.NULL:
            self.solution = Solution(owned(at), self.problem, result)
        elif found.verdict == lib.CTG_VERDICT_INFEASIBLE:
            lines = tuple(text_of(lib.ctg_solver_conflict(self._at, i))
                          for i in range(found.n_conflicts))
            raise Infeasible("no plan can exist: " + "; ".join(lines), result,
                             lines)
        else:
            raise NoPlan(f"no plan yet: stopped by {result.stop}. Maybe give "
                         "it more.", result)

    def _finish(self) -> None:
        with self._lock:
            self._is_working = False
        try:
            if self._is_cancelled:
                # An interrupt that came too late would stop the next solve.
                self.solver._renew()
        except CtgError as error:
            self.error = self.error or error
        finally:
            _live.discard(self)
            self.events.put(None)
            self.is_over.set()


_live: set[_Job] = set()


@atexit.register
def _end_all() -> None:
    """The interpreter must not go away under a solve."""
    for job in list(_live):
        job.end()


class Run:
    """A solve at work: an iterator of events, and a context that ends it.

        with solver.start(problem) as run:
            for event in run:
                if event.kind == "incumbent" and event.seconds > 5:
                    run.cancel()
        plan = run.result()

    Leaving the context early cancels and waits; the best plan is kept."""

    def __init__(self, job: _Job) -> None:
        self._job = job

    def __enter__(self) -> Run:
        return self

    def __exit__(self, kind: type[BaseException] | None,
                 error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._job.end() and kind is None:
            raise KeyboardInterrupt

    def __iter__(self) -> Iterator[Event]:
        while (event := self._job.next_event()) is not None:
            yield event
        self._job.events.put(None)  # another loop ends at once

    def cancel(self) -> bool:
        """Makes the solve end soon with its best plan. From any thread.

        returns  False when it was over already
        """
        return self._job.cancel()

    @property
    def is_over(self) -> bool:
        return self._job.is_over.is_set()

    def result(self, timeout: float | None = None) -> Solution:
        """Waits for the best plan.

        timeout  seconds; TimeoutError after, and the solve goes on
        raises   Infeasible, NoPlan, VerifyError (`base` breaks a rule),
                 UsageError, EngineError, InternalError, MemoryLack, or what
                 the event callback raised
        """
        if not self._job.wait(timeout):
            raise TimeoutError(f"the solve is at work after {timeout} s")
        return self._job.outcome()

    def __del__(self) -> None:
        self._job.cancel()  # nobody can ask for its result any more


class Solver:
    """Solves with the same options again and again.

        Solver(time_limit="10s")
        Solver(Options(work_limit=100_000, threads=2))

    One solve at a time: UsageError (E-BUSY) else. Two solvers never share
    anything. Options that are malformed or out of bounds are a UsageError of
    the first solve."""

    options: Options

    def __init__(self, options: Options | Mapping[str, Any] | None = None,
                 **more: Any) -> None:
        if options is None:
            options = Options()
        elif isinstance(options, Mapping):
            options = Options(**options)
        self.options = replace(options, **more)
        self._lock = threading.Lock()
        self._job: weakref.ref[_Job] | None = None
        self._renew()

    def _renew(self) -> None:
        out, err = ffi.new("ctg_solver **"), new_error()
        check(lib.ctg_solver_create(out, ffi.NULL, err), err)
        self._at = ffi.gc(out[0], lib.ctg_solver_free)

    def solve(self, problem: Problem, base: Solution | None = None, *,
              on_event: OnEvent | None = None) -> Solution:
        """The best plan within the limits, accepted by the judge.

        base      a plan of this problem to start from: the answer is never
                  worse
        on_event  called with each Event, one at a time, on another thread; a
                  result that is true ends the solve with its best plan
        raises    as Run.result; Ctrl-C ends the solve and is raised again
        """
        return self._finished(self._new_job(problem, base, on_event))

    def replan(self, problem: Problem, plan: Solution, *,
               on_event: OnEvent | None = None) -> Solution:
        """Plans anew from a plan that people were told (doc/format.md 16):
        never worse than its floor plan (`Problem.carry`), and with at most
        `max_changes` of it changed. `result` says how much was.

        problem   the changed one, of `Problem.apply`
        plan      of this problem or of one before its changes
        on_event  as `solve`
        raises    as Run.result; UsageError when `decide` is not joint
        """
        return self._finished(self._new_job(problem, plan, on_event,
                                            lib.ctg_solver_replan))

    def start(self, problem: Problem, base: Solution | None = None) -> Run:
        """Begins a solve and returns at once; see Run."""
        return self._started(self._new_job(problem, base, None))

    def start_replan(self, problem: Problem, plan: Solution) -> Run:
        """Begins a `replan` and returns at once; see Run."""
        return self._started(self._new_job(problem, plan, None,
                                           lib.ctg_solver_replan))

    def _finished(self, job: _Job) -> Solution:
        try:
            job.begin()
            job.wait()
        except BaseException:
            job.end()
            raise
        return job.outcome()

    def _started(self, job: _Job) -> Run:
        job.on_event = job.events.put
        try:
            job.begin()
            return Run(job)
        except BaseException:
            job.end()
            raise

    def _new_job(self, problem: Problem, base: Solution | None,
                 on_event: OnEvent | None,
                 call: Call = lib.ctg_solver_solve) -> _Job:
        with self._lock:
            if self._at_work() is not None:
                raise UsageError(
                    "this solver is at work. Maybe give each thread one of "
                    "its own.", status=lib.CTG_ERR_USAGE, code="E-BUSY")
            job = _Job(self, problem, base, on_event, call)
            self._job = weakref.ref(job)
        return job

    def _at_work(self) -> _Job | None:
        """Its thread holds a job that is at work, so none is lost."""
        job = self._job() if self._job else None
        return None if job is None or job.is_over.is_set() else job

    def cancel(self) -> bool:
        """Makes the solve at work end soon with its best plan. From any
        thread.

        returns  False when there is none
        """
        job = self._at_work()
        return job is not None and job.cancel()

    def __enter__(self) -> Solver:
        return self

    def __exit__(self, *_: object) -> None:
        """Cancels what is at work and waits for its end."""
        job = self._at_work()
        if job is not None:
            job.end()
