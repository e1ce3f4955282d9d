# SPDX-License-Identifier: GPL-3.0-or-later
"""Value and bound over time as SVG: solid and dashed steps, one colour a
solver. Colours are of middle lightness, text follows the reader's scheme, so
that the picture can be read on white and on black."""
import html
import math

COLOURS = {"ctgsched": "#0a84d6", "highs": "#d55e00", "scip": "#129e73",
           "cpsat": "#c45f9f", "cbc": "#b8860b", "glpsol": "#808080"}
WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 70, 130, 40, 50
EARLIEST = 0.01  # seconds, the left end
STYLE = """
text { font: 13px sans-serif; fill: #333 }
.axis { stroke: #888; stroke-width: 1; fill: none }
.grid { stroke: #8884; stroke-width: 1; fill: none }
.line { stroke-width: 2; fill: none }
@media (prefers-color-scheme: dark) { text { fill: #ddd } }
"""


class Scale:
    """Where seconds (logarithmic) and percent of the reference lie."""

    def __init__(self, limit, reference, least, most):
        self.limit, self.reference = limit, reference
        self.least, self.most = least, most

    def x(self, seconds):
        share = (math.log(min(max(seconds, EARLIEST), self.limit) / EARLIEST)
                 / math.log(self.limit / EARLIEST))
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def percent(self, number):
        return 100 * (number - self.reference) / max(1, abs(self.reference))

    def y(self, percent):
        share = (percent - self.least) / (self.most - self.least)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def steps(points, which, scale):
    """A path that is level between points, to the end of the time."""
    path, last = [], None
    for point in points:
        number = point[which]
        if number is None or point[0] > scale.limit:
            continue
        x, y = scale.x(point[0]), scale.y(scale.percent(number))
        if last is not None and abs(y - last) < 0.005:
            continue
        path.append(f"M{x:.1f} {y:.2f}" if last is None
                    else f"H{x:.1f}V{y:.2f}")
        last = y
    return "".join(path) + (f"H{scale.x(scale.limit):.1f}" if path else "")


def window(traces, reference, limit):
    """Percent from the reference that are shown: where value and bound of most
    are at the end, and never more than 5 on each side."""
    ends = []
    for points in traces.values():
        known = [p for p in points if p[0] <= limit]
        for which in (1, 2):
            numbers = [p[which] for p in known if p[which] is not None]
            if numbers:
                ends.append(abs(100 * (numbers[-1] - reference)
                                / max(1, abs(reference))))
    ends.sort()
    usual = ends[3 * (len(ends) - 1) // 4] if ends else 1
    return min(5, max(0.02, 1.5 * usual))


def ticks(half):
    size = 10 ** math.floor(math.log10(half))
    step = next(s * size for s in (0.2, 0.5, 1, 2)
                if half / (s * size) <= 4.001 or s == 2)
    count = int(half / step + 1e-9)
    return [i * step for i in range(-count, count + 1)]


def frame(scale, half):
    out = []
    for percent in ticks(half):
        y = scale.y(percent)
        out.append(f'<path class="grid" d="M{LEFT} {y:.1f}'
                   f'H{WIDTH - RIGHT}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" '
                   f'text-anchor="end">{percent:+.3g} %</text>')
    second = EARLIEST
    while second <= scale.limit * 1.001:
        x = scale.x(second)
        out.append(f'<path class="grid" d="M{x:.1f} {TOP}'
                   f'V{HEIGHT - BOTTOM}"/>')
        out.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" '
                   f'text-anchor="middle">{second:g} s</text>')
        second *= 10
    out.append(f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}'
               f'H{WIDTH - RIGHT}"/>')
    return out


def draw(title, traces, reference, limit):
    """`traces`: {solver: [(seconds, value, bound)]}; `reference`: the best
    value known, 0 % of the picture."""
    half = window(traces, reference, limit)
    scale = Scale(limit, reference, -half, half)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" '
           f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
           f"<title>{html.escape(title)}</title>",
           f"<style>{STYLE}</style>",
           f'<clipPath id="plot"><rect x="{LEFT}" y="{TOP}" '
           f'width="{WIDTH - LEFT - RIGHT}" '
           f'height="{HEIGHT - TOP - BOTTOM}"/></clipPath>',
           f'<text x="{LEFT}" y="22">{html.escape(title)}</text>',
           *frame(scale, half)]
    for k, (solver, points) in enumerate(traces.items()):
        colour = COLOURS[solver]
        for which, dash in ((1, ""), (2, ' stroke-dasharray="6 4"')):
            path = steps(points, which, scale)
            if path:
                out.append(f'<path class="line" clip-path="url(#plot)" '
                           f'stroke="{colour}"{dash} d="{path}"/>')
        y = TOP + 16 + 22 * k
        x = WIDTH - RIGHT + 14
        out.append(f'<path class="line" stroke="{colour}" '
                   f'd="M{x} {y - 4}h24"/>')
        out.append(f'<text x="{x + 30}" y="{y}">{solver}</text>')
    out.append(f'<text x="{LEFT}" y="{HEIGHT - 10}">solid: value, dashed: '
               'bound, from the best value known; time from the start of the '
               'process</text>')
    return "\n".join([*out, "</svg>", ""])
