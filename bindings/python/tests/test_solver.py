# SPDX-License-Identifier: GPL-3.0-or-later
"""Solving: options, events, every way to end it, threads."""
import gc
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
import support

import ctgsched
from ctgsched import Options, Problem, Solver

SOON = 20  # seconds; an interrupt takes far less


def contradiction():
    """Two pins on one place."""
    return Problem.parse(support.town(pins=[
        {"request": "r1", "option": "o1"}, {"request": "r2", "option": "o1"}]))


def test_options_have_the_defaults_of_the_table():
    table = {one.name: one for one in ctgsched.option_table()}
    assert list(table) == [name for name in Options.__dataclass_fields__]
    for name, one in table.items():
        if one.type == "choice":
            assert one.default == getattr(Options(), name) in \
                one.unit.split("|")
        else:
            assert float(one.default) == float(getattr(Options(), name)), name
        assert one.help and one.type


def test_options_by_name_mapping_and_text(town):
    for solver in (Solver(threads=2), Solver({"threads": 2}),
                   Solver(Options(threads=1), threads="2")):
        assert solver.solve(town).goal("points").value == 7
    with pytest.raises(TypeError):
        Solver(thread=2)


@pytest.mark.parametrize("name, value", [
    ("gap", 2), ("gap", "x"), ("threads", 9), ("threads", 2**40),
    ("work_limit", -1), ("work_limit", "3q"), ("time_limit", -0.5)])
def test_options_out_of_bounds_are_usage_errors(town, name, value):
    with pytest.raises(ctgsched.UsageError) as caught:
        Solver(**{name: value}).solve(town)
    assert caught.value.code == "E-OPTION"


def joint_problem():
    """One agent, a morning and a late shift, and a child of the morning."""
    return ctgsched.Problem.parse({
        "schema": "ctgsched/problem/1", "id": "joint",
        "horizon": {"first": "2026-09-07", "last": "2026-09-07"},
        "structures": [{"id": "s", "kind": "other", "places": 1,
                        "hours": [{"begin": "08:00", "end": "18:00"}]}],
        "shifts": [{"id": name, "structure": "s", "segments": [
            {"begin": begin, "end": end}]} for name, begin, end in (
                ("early", "08:00", "12:00"), ("late", "12:00", "18:00"))],
        "employees": [{"id": "e", "wishes": [
            {"date": "2026-09-07", "shift": "late", "weight": 3}]}],
        "children": [], "requests": [],
        "goals": {"mode": "lexicographic", "order": ["wishes"]}})


def test_duties_are_rows():
    duty, = Solver().solve(joint_problem()).duties
    assert (duty.employee, duty.shift, duty.date) == ("e", "late",
                                                      "2026-09-07")
    assert (duty.begin, duty.end, duty.minutes) == (720, 1080, 360)
    assert [part.what for part in duty.parts] == ["children"]


def test_decide_one_side_needs_a_plan():
    problem = joint_problem()
    with pytest.raises(ctgsched.UsageError) as caught:
        Solver(decide="agents").solve(problem)
    assert caught.value.code == "E-BASE"
    after = Solver(decide="children-then-agents").solve(problem)
    assert after.result.stop == "method"
    again = Solver(decide="children").solve(problem, base=after)
    assert again.duties == after.duties


def test_work_limit_gives_the_same_bytes(commune, commune_plan):
    again = Solver(work_limit=20_000, threads=2).solve(commune)
    assert again.text == commune_plan.text
    assert again.result.stop == "work" and again.result.verdict == "feasible"
    assert again.result.work > 0 and again.result.peak_bytes > 0


def test_base_is_never_made_worse(commune, commune_plan):
    better = Solver(work_limit=1).solve(commune, commune_plan)
    assert better.goal("points").value >= commune_plan.goal("points").value


def test_base_that_breaks_rules_or_is_of_another_problem(town, commune_plan):
    with pytest.raises(ctgsched.VerifyError):
        Solver().solve(town, town.judge(support.plan("r1", "r2")))
    with pytest.raises(ctgsched.UsageError):
        Solver().solve(town, commune_plan)


def test_infeasible_names_what_contradicts():
    with pytest.raises(ctgsched.Infeasible) as caught:
        Solver().solve(contradiction())
    assert caught.value.result.verdict == "infeasible"
    assert caught.value.conflicts
    assert caught.value.conflicts[0] in str(caught.value)


def test_no_memory_is_no_plan(commune):
    with pytest.raises(ctgsched.NoPlan) as caught:
        Solver(memory_limit=1000).solve(commune)
    assert caught.value.result.stop == "memory"


def test_events_by_callback_come_in_order(commune):
    events = []
    Solver(work_limit="20k").solve(commune, on_event=events.append)
    assert {"phase", "incumbent", "bound"} <= {one.kind for one in events}
    assert [one.work for one in events] == sorted(one.work for one in events)
    points = [one.value for one in events
              if one.kind == "incumbent" and one.goal_name == "points"]
    assert points == sorted(points)


def test_events_by_iterator_are_those_of_the_callback(commune, commune_plan):
    told = []
    Solver(work_limit="20k").solve(commune, on_event=told.append)
    with Solver(work_limit="20k").start(commune) as run:
        events = list(run)
        assert list(run) == []
        assert run.result().text == commune_plan.text
    assert [(one.kind, one.value, one.bound, one.work) for one in events] == \
        [(one.kind, one.value, one.bound, one.work) for one in told]


def test_callback_ends_a_solve(crowded):
    found = Solver().solve(crowded,
                           on_event=lambda event: event.kind == "incumbent")
    assert found.result.stop == "interrupted"
    assert found.check().is_accepted


def test_what_a_callback_raises_arrives(crowded):
    def fails(event):
        raise RuntimeError("mine")
    with pytest.raises(RuntimeError, match="mine"):
        Solver().solve(crowded, on_event=fails)


def test_cancel_by_method_keeps_the_best_plan(crowded):
    solver = Solver()
    run = solver.start(crowded)
    next(event for event in run if event.kind == "incumbent")
    assert solver.cancel()
    assert run.result(SOON).result.stop == "interrupted"
    assert run.is_over
    assert not solver.cancel() and not run.cancel()


def test_cancel_does_not_touch_the_next_solve(crowded, town):
    solver = Solver()
    with solver.start(crowded):
        pass
    solver.cancel()
    assert solver.solve(town).result.verdict == "optimal"


def test_leaving_the_context_cancels(crowded):
    began = time.monotonic()
    with Solver().start(crowded) as run:
        next(iter(run))
    assert run.result(0).result.stop == "interrupted"
    assert time.monotonic() - began < SOON
    with Solver() as solver:
        run = solver.start(crowded)
    assert run.is_over


def test_result_takes_a_timeout(crowded):
    with Solver().start(crowded) as run:
        with pytest.raises(TimeoutError):
            run.result(0.01)


def test_run_that_nobody_holds_ends(crowded):
    solver = Solver()
    solver.start(crowded)
    job = solver._at_work()
    gc.collect()
    assert job is None or job.is_over.wait(SOON)


def test_ctrl_c_interrupts_and_is_raised_again(crowded, town, ctrl_c):
    solver, pressed = Solver(), []

    def press(event):
        if event.kind == "incumbent" and not pressed:
            pressed.append(event)
            os.kill(os.getpid(), signal.SIGINT)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        solver.solve(crowded, on_event=press)
    assert time.monotonic() - began < SOON
    assert solver.solve(town).result.verdict == "optimal"


def test_ctrl_c_ends_a_loop_over_events(crowded, ctrl_c):
    with pytest.raises(KeyboardInterrupt):
        with Solver().start(crowded) as run:
            for event in run:
                if event.kind == "incumbent":
                    os.kill(os.getpid(), signal.SIGINT)
    assert run.is_over and run.result().result.stop == "interrupted"


def test_interpreter_ends_with_a_solve_at_work(crowded):
    script = ("import sys, ctgsched\n"
              "problem = ctgsched.Problem.parse(sys.stdin.read())\n"
              "run = ctgsched.Solver().start(problem)\n"
              "next(iter(run))\n")
    done = subprocess.run([sys.executable, "-c", script], input=crowded.text,
                          text=True, timeout=SOON, capture_output=True,
                          check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_solver_at_work_refuses_another_solve(crowded, town):
    solver = Solver()
    with solver.start(crowded):
        with pytest.raises(ctgsched.UsageError) as caught:
            solver.solve(town)
    assert caught.value.code == "E-BUSY"


def test_two_solvers_work_at_the_same_time(crowded):
    """Each waits inside its solve until the other is inside, too."""
    met, stops = threading.Barrier(2, timeout=SOON), []

    def meet(event):
        if event.kind == "incumbent":
            met.wait()
            return True
        return False

    def work():
        stops.append(Solver().solve(crowded, on_event=meet).result.stop)
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stops == ["interrupted", "interrupted"]


def test_gil_is_free_during_a_solve(crowded):
    """The main thread goes on between two events of one solve."""
    with Solver().start(crowded) as run:
        next(iter(run))
        for _ in range(100_000):
            pass
        assert not run.is_over


def test_memory_comes_back(town):
    def resident():
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    text = town.text

    def cycle(n):
        for _ in range(n):
            plan = Solver().solve(Problem.parse(text))
            assert len(plan.slots("2026-09-07", 20)) == 3
        gc.collect()
    cycle(100)
    before = resident()
    cycle(300)
    assert resident() - before < 2 << 20
