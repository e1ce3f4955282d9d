# SPDX-License-Identifier: GPL-3.0-or-later
"""Rule packs, which rule is in force when, and the readings of a ratio
(format.md 5.1, 6 and 6.3)."""
import math
import pathlib
from types import SimpleNamespace

from values import (REQUIRED, SAFE, Fault, Members, anything, boolean, ceil_div,
                    date, ident, integer, listed, minute, parse_json, schema,
                    set_of, text, word)

RULES_FOLDER = pathlib.Path(__file__).resolve().parents[2] / "libctgsched/rules"
READINGS = ("sum_then_ceil", "ceil_each", "mixed_group_fill")
BASES = ("capacity_t", "nominal")
LABOUR = {  # the least and the most of each limit, the table of 6
    "max_day": (0, None), "max_amplitude": (0, None), "max_periods": (1, 10),
    "max_cut": (0, None), "max_cuts": (0, None), "break_after": (0, None),
    "break_minutes": (0, None), "min_daily_rest": (0, 1440),
    "min_weekly_rest": (0, 2700), "rest_days": (1, 3), "max_week": (0, None),
    "max_mean_week": (0, None), "mean_weeks": (1, 52)}
SETTINGS = ("peri", "extra", "walk", "night", "none")


def ratio_class(value, pointer):
    m = Members(value, pointer)
    found = SimpleNamespace(
        id=m.get("id", ident), per=m.get("per", integer(1, 1000)),
        walks=m.get("walks", boolean, None),
        from_months=m.get("from_months", integer(0), None),
        below_months=m.get("below_months", integer(0), None))
    m.done()
    return found


def applies(value, pointer):
    """Of which sessions a rule speaks (3.7)."""
    m = Members(value, pointer)
    found = SimpleNamespace(
        setting=m.get("setting", word(*SETTINGS), None),
        pedt=m.get("pedt", boolean, None),
        above_minutes=m.get("above_minutes", integer(0), None),
        up_to_minutes=m.get("up_to_minutes", integer(0), None))
    m.done()
    return found


_ratio = {"classes": (listed(ratio_class), REQUIRED),
          "rounding": (word(*READINGS), REQUIRED)}
PARAMETERS = {
    "ratio": {"applies": (applies, None), **_ratio},
    "outing": {**_ratio, "min_staff": (integer(0), REQUIRED)},
    "minimum": {"applies": (applies, None),
                "min_staff": (integer(0), REQUIRED),
                "cat1_above_places": (integer(0), REQUIRED),
                "alone_max_children": (integer(0), REQUIRED),
                "alone_max_places": (integer(0), REQUIRED),
                "alone_categories": (set_of(word("cat1", "cat2")), REQUIRED)},
    "cat1_share": {"min_pct": (integer(0), REQUIRED)},
    "quota": {name: (integer(0), REQUIRED) for name in (
        "qualified_min_pct", "unqualified_max_pct", "small_from", "small_to",
        "small_unqualified")},
    "director": {"max_minors": (integer(0), REQUIRED)},
    "over_capacity": {"instant_max_pct": (integer(0), REQUIRED),
                      "weekly_max_pct": (integer(0), REQUIRED),
                      "capacity_basis": (word(*BASES), REQUIRED)},
    "unit_max": {"max_places": (integer(0), REQUIRED)},
    "guaranteed": {"places_per": (integer(1), REQUIRED),
                   "min": (integer(0), REQUIRED)},
    "adaptation": {"staff_per_child": (integer(0), REQUIRED),
                   "begin": (minute, REQUIRED), "end": (minute, REQUIRED)},
    "labour": {name: (integer(low, SAFE if high is None else high), None)
               for name, (low, high) in LABOUR.items()},
    "data": None,
}


def parameters(kind, value, pointer, partly=False):
    """The parameters of a rule; of a derogation, those that are given."""
    if PARAMETERS[kind] is None:
        return value if isinstance(value, dict) else {}
    m = Members(value, pointer)
    found = {name: m.get(name, its_kind, default)
             for name, (its_kind, default) in PARAMETERS[kind].items()
             if name in m or not partly}
    m.done()
    return found


def rule(value, pointer):
    m = Members(value, pointer)
    found = SimpleNamespace(
        id=m.get("id", ident), kind=m.get("kind", word(*PARAMETERS)),
        article=m.get("article", text, ""), title=m.get("title", text, ""),
        title_fr=m.get("title_fr", text, ""),
        status=m.get("status", word("verified", "secondary", "memory")),
        valid_from=m.get("valid_from", date, None),
        valid_to=m.get("valid_to", date, None))
    raw = m.get("parameters", anything)
    m.done()
    found.parameters = parameters(found.kind, raw, pointer + "/parameters")
    return found


def is_valid(a_rule, day):
    return ((a_rule.valid_from is None or a_rule.valid_from <= day)
            and (a_rule.valid_to is None or day <= a_rule.valid_to))


def _meet(a, b):
    """Some day on which both rules are valid."""
    begins = [r.valid_from for r in (a, b) if r.valid_from is not None]
    ends = [r.valid_to for r in (a, b) if r.valid_to is not None]
    return not begins or not ends or max(begins) <= min(ends)


def _named_apart(a, b):
    """Rules of one kind that may hold on one day, when their ids differ."""
    return a.kind in ("ratio", "data", "labour") or any(
        r.parameters.get("applies") is not None for r in (a, b))


def pack(value, pointer):
    m = Members(value, pointer)
    m.get("schema", schema("ctgsched/rules/1"))
    for name in ("title", "title_fr", "law"):
        m.get(name, anything, None)
    found = SimpleNamespace(id=m.get("id", ident),
                            rules=m.get("rules", listed(rule)))
    m.done()
    if len({(r.id, r.valid_from) for r in found.rules}) != len(found.rules):
        raise Fault("E-DUPLICATE", pointer, "a rule is there twice")
    for i, a in enumerate(found.rules):
        for b in found.rules[:i]:
            same = a.kind == b.kind and (
                a.id == b.id or not _named_apart(a, b))
            if same and _meet(a, b):
                raise Fault("E-RULE-OVERLAP", pointer, f"{a.id} and {b.id}")
    # a set: the first rule that applies is the first of these
    found.rules.sort(key=lambda r: (r.id, str(r.valid_from or "")))
    return found


def load_packs(folder=RULES_FOLDER):
    """The embedded packs: every rule pack of the folder, by id."""
    found = {}
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        one = pack(parse_json(path.read_bytes()), path.name)
        found[one.id] = one
    return found


def derogation(value, pointer):
    m = Members(value, pointer)
    found = SimpleNamespace(
        id=m.get("id", ident), rule=m.get("rule", ident),
        structure=m.get("structure", ident),
        first=m.get("first", date, None), last=m.get("last", date, None),
        reason=m.get("reason", ident), waive=m.get("waive", boolean, False),
        parameters=m.get("parameters", anything, None), pointer=pointer)
    m.done()
    if found.waive == (found.parameters is not None):
        raise Fault("E-VALUE", pointer, "`parameters`, or `waive`: true")
    found.parameters = found.parameters or {}
    return found


def find(packs, day, kind):
    """The rules of a kind valid on a day, as they come: the first wins."""
    return [a_rule for a_pack in packs for a_rule in a_pack.rules
            if a_rule.kind == kind and is_valid(a_rule, day)]


def holds(a_rule, session, stay):
    """Whether a rule applies to a session at an instant with that stay (3.7);
    one that asks nothing does."""
    asked = a_rule.applies
    return asked is None or (
        asked.setting in (None, session.setting)
        and asked.pedt in (None, session.pedt)
        and (asked.above_minutes is None or stay > asked.above_minutes)
        and (asked.up_to_minutes is None or stay <= asked.up_to_minutes))


def derogate(a_rule, derogations):
    """The rule as it holds under these derogations, taken in order."""
    values, waived = dict(a_rule.parameters), False
    for d in derogations:
        waived = waived or d.waive
        values.update(parameters(a_rule.kind, d.parameters,
                                 d.pointer + "/parameters", partly=True))
    # derogations come after the choice of the rule: they change no `applies`
    values["applies"] = a_rule.parameters.get("applies")
    return SimpleNamespace(id=a_rule.id, article=a_rule.article, waived=waived,
                           **values)


def class_of(classes, age, walks):
    """The first class that admits a child, or None."""
    for index, c in enumerate(classes):
        if ((c.walks is None or c.walks == walks)
                and (c.from_months is None or c.from_months <= age)
                and (c.below_months is None or age < c.below_months)):
            return index
    return None


def reading(rounding, per, n):
    """Persons that a group requires; n[c] thousandths of children of class c,
    per[c] children a person."""
    if rounding == "sum_then_ceil":
        lcm = math.lcm(*per)
        return ceil_div(sum(a * (lcm // p) for a, p in zip(n, per)), 1000 * lcm)
    if rounding == "ceil_each":
        return sum(ceil_div(a, 1000 * p) for a, p in zip(n, per))
    return _mixed_group_fill(sorted(zip(per, n), key=lambda pair: pair[0]))


def _mixed_group_fill(pairs):
    """A person of a later class looks after at least as many, and counts only
    for later classes: never take one before it is needed."""
    children = seats = persons = 0
    for per, n in pairs:
        children += n
        more = max(0, ceil_div(children - seats, 1000 * per))
        persons += more
        seats += 1000 * per * more
    return persons

