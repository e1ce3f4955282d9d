# SPDX-License-Identifier: GPL-3.0-or-later
"""What does one agent more each day bring? A curve, agent by agent: from one
in each structure to where more of them no longer help, for seats then bind.

    python3 examples/python/whatif_notebook.py
    python3 examples/python/whatif_notebook.py --agents 12 --plot curve.png

The marks `# %%` begin the cells of a notebook. A plot needs matplotlib, and
without it the curve is text."""
# %% What is asked
import argparse
import pathlib

import ctgsched

COMMUNE = pathlib.Path(__file__).resolve().parents[1] / "commune.json"


def asked():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("problem", nargs="?", default=COMMUNE)
    parser.add_argument("--agents", type=int, default=8, metavar="N",
                        help="go up to N agents (default: 8)")
    parser.add_argument("--work-limit", default="20k", metavar="N",
                        help="work for each point of the curve")
    parser.add_argument("--plot", metavar="FILE", default="whatif.png",
                        help="where the picture goes")
    return parser.parse_args()


# %% The same town with other staff
def with_agents(town, agents):
    """Every structure has so many qualified agents whenever it is open, in
    place of its rota."""
    changed = dict(town, structures=[])
    for structure in town["structures"]:
        staff = [{"category": "cat1", "count": agents, "begin": hours["begin"],
                  "end": hours["end"]} for hours in structure["hours"]]
        changed["structures"].append(dict(structure, staff=staff))
    return changed


# %% The curve
def curve(town, most, work_limit):
    """(agents, plan), each plan at least as good as the one before: what was
    possible with fewer agents still is, so the solver starts from it."""
    solver = ctgsched.Solver(work_limit=work_limit)
    base = None
    for agents in range(1, most + 1):
        problem = ctgsched.Problem.parse(with_agents(town, agents))
        if base:
            base = problem.judge({"schema": "ctgsched/plan/1",
                                  "placements": base.to_dict()["placements"]})
        base = solver.solve(problem, base)
        yield agents, base


def binding_minutes(plan):
    """Minutes of the week at which staff is what refuses one child more."""
    return sum(one.end - one.begin for one in plan.coverage
               if one.binds == "staff")


# %% As text, and as a picture where matplotlib is there
def show(points):
    most = max(hours for _, _, hours, _ in points) or 1
    print("agents  children     hours  hours where staff binds")
    for agents, placed, hours, binds in points:
        bar = "#" * round(30 * hours / most)
        print(f"{agents:6}  {placed:8}  {hours:8.0f}  {binds:8.1f}  {bar}")


def plot(points, file):
    try:
        import matplotlib
        matplotlib.use("agg")
        from matplotlib import pyplot
    except ImportError:
        print("No picture: matplotlib is not there. Maybe install "
              "python3-matplotlib.")
        return
    figure, axes = pyplot.subplots()
    axes.plot([one[0] for one in points], [one[2] for one in points], "o-")
    axes.set_xticks([one[0] for one in points])
    axes.set_ylim(bottom=0)
    axes.set_xlabel("agents each day, in each structure")
    axes.set_ylabel("hours of care a week")
    figure.savefig(file)
    print(f"The picture is {file}")


def main():
    options = asked()
    # A Problem never changes, but its canonical text is a dict to play with.
    town = ctgsched.Problem.load(options.problem).to_dict()
    points = []
    for agents, plan in curve(town, options.agents, options.work_limit):
        points.append((agents, len(plan.placements),
                       plan.goal("hours").value / 60,
                       binding_minutes(plan) / 60))
    show(points)
    plot(points, options.plot)


# %%
if __name__ == "__main__":
    main()
