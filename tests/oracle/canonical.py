# SPDX-License-Identifier: GPL-3.0-or-later
"""The canonical form of a problem and its digest, from format.md 10 alone.

Works on the object of the file; what the format computes (weights, ranks,
distances, goals that nobody wrote) comes from the problem as the second judge
reads it, so that file must be good."""
import hashlib
import json

from menus import distance_between
from values import WEEKDAYS, clock

PRICES = ("place_minute", "person_minute", "week_minute", "mix_minute",
          "request", "guaranteed")
PACKS = {"eaje": ["fr-eaje"], "acm": ["fr-acm"], "other": []}
PARAMETERS = {
    "ratio": ("applies", "classes", "rounding"),
    "outing": ("classes", "rounding", "min_staff"),
    "minimum": ("applies", "min_staff", "cat1_above_places",
                "alone_max_children", "alone_max_places", "alone_categories"),
    "cat1_share": ("min_pct",),
    "quota": ("qualified_min_pct", "unqualified_max_pct", "small_from",
              "small_to", "small_unqualified"),
    "director": ("max_minors",),
    "over_capacity": ("instant_max_pct", "weekly_max_pct", "capacity_basis"),
    "unit_max": ("max_places",), "guaranteed": ("places_per", "min"),
    "adaptation": ("staff_per_child", "begin", "end"),
    "labour": ("max_day", "max_amplitude", "max_periods", "max_cut", "max_cuts",
               "break_after", "break_minutes", "min_daily_rest",
               "min_weekly_rest", "rest_days", "max_week", "max_mean_week",
               "mean_weeks")}


def picked(value, *names):
    """Those of the members that are there, in this order."""
    return {name: value[name] for name in names if name in value}


def by_id(values, key="id"):
    return sorted(values, key=lambda one: one[key].encode())


def in_week(days):
    return sorted(days, key=WEEKDAYS.index)


def by_name(value):
    return {name: value[name] for name in sorted(value, key=str.encode)}


def digest_of(value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


# -- rule packs ---------------------------------------------------------------

def parameters(kind, value):
    if kind == "data":
        return by_name(value)
    found = picked(value, *PARAMETERS[kind])
    if "applies" in found:
        found["applies"] = picked(found["applies"], "setting", "pedt",
                                  "above_minutes", "up_to_minutes")
    if "classes" in found:
        found["classes"] = [picked(c, "id", "per", "walks", "from_months",
                                   "below_months") for c in found["classes"]]
    if "alone_categories" in found:
        found["alone_categories"] = sorted(found["alone_categories"])
    return found


def rule(value):
    texts = {name: value.get(name, "")
             for name in ("article", "title", "title_fr")}
    return {**picked(value, "id", "kind"), **texts,
            **picked(value, "status", "valid_from", "valid_to"),
            "parameters": parameters(value["kind"], value["parameters"])}


def pack(value):
    rules = sorted(value["rules"], key=lambda one: (
        one["id"].encode(), one.get("valid_from", "")))
    texts = {name: value.get(name, "") for name in ("title", "title_fr", "law")}
    return {"schema": value["schema"], "id": value["id"], **texts,
            "rules": [rule(one) for one in rules]}


# -- the problem --------------------------------------------------------------

class Canonical:
    def __init__(self, value, problem):
        self.value, self.problem = value, problem
        self.days = in_week(value["horizon"].get("weekdays", WEEKDAYS[:5]))

    def period(self, value):
        horizon = self.value["horizon"]
        return {"first": value.get("first", horizon["first"]),
                "last": value.get("last", horizon["last"])}

    def window(self, value, *more, times=("begin", "end"), period=True):
        if "dates" in value:
            found = {"dates": sorted(value["dates"])}
        else:
            found = {"days": in_week(value.get("days", self.days)),
                     **picked(value, "week")}
        if period:
            found.update(self.period(value))
        found.update(picked(value, "in"))
        if "session" in value:
            found["session"], times = value["session"], ()
        whole = {"begin": "00:00", "end": "24:00"}
        found.update({name: value.get(name, whole[name]) for name in times})
        found.update(picked(value, *more))
        if "sections" in more and "sections" in found:
            found["sections"] = sorted(found["sections"])
        if "skills" in more:
            found["skills"] = sorted(found.get("skills", []))
        return found

    def windows(self, value, name, *more, **how):
        return [self.window(w, *more, **how) for w in value.get(name, [])]

    def whole(self):
        v = self.value
        rules = [one if isinstance(one, str) else pack(one)
                 for one in v.get("rules", [])]
        given = v.get("parameters", {})
        return {
            "schema": v["schema"], "id": v["id"],
            "time_zone": "Europe/Paris", "horizon": self.horizon(),
            "rules": rules,
            "parameters": {
                "walk_proxy_months": given.get("walk_proxy_months", 15),
                "seed": given.get("seed", "0"), **self.now(),
                **picked(given, "published"),
                **({"notice": [picked(one, "days", "weight")
                               for one in given["notice"]]}
                   if "notice" in given else {})},
            **{name: [make(one) for one in by_id(v.get(name, []), key)]
               for name, make, key in (
                   ("structures", self.structure, "id"),
                   ("needs", need, "id"),
                   ("resources", self.resource, "id"),
                   ("derogations", self.derogation, "id"),
                   ("points_grids", grid, "id"),
                   ("children", self.child, "id"),
                   ("requests", self.request, "id"),
                   ("siblings", siblings, "id"),
                   ("pins", pin, "request"))},
            **self.people(),
            "policy": v.get("policy", "most_points"), "goals": self.goals(),
            "prices": {name: getattr(self.problem.prices, name)
                       for name in PRICES}}

    def now(self):
        """As `submitted` is: one form of one instant."""
        now = self.problem.parameters.now
        return {} if now is None else {"now": instant(now)}

    def horizon(self):
        value = self.value["horizon"]
        return {**picked(value, "first", "last"), "weekdays": self.days,
                "except": sorted(value.get("except", [])),
                "week_a": value.get("week_a", value["first"]),
                **{name: [picked(p, "id", "first", "last")
                          for p in value[name]]
                   for name in ("periods",) if name in value}}

    def goals(self):
        goals = self.problem.goals
        if goals.mode == "lexicographic":
            return {"mode": goals.mode, "order": goals.order}
        return {"mode": goals.mode, "sense": goals.sense,
                "terms": [{"goal": goal, "weight": weight}
                          for goal, weight in goals.terms]}

    # -- structures ----------------------------------------------------------

    def structure(self, value):
        kind = value.get("kind", "eaje")
        return {
            "id": value["id"], "kind": kind,
            "packs": value.get("packs", PACKS[kind]),
            "manager": value.get("manager", "commune"),
            "places": value["places"],
            "units": value.get("units", [value["places"]]),
            **self.given(value, "hours", self.window),
            **self.sessions(value),
            "exceptions": [
                {"date": one["date"],
                 "hours": [picked(h, "begin", "end") for h in one["hours"]]}
                for one in by_id(value.get("exceptions", []), "date")],
            "closures": self.windows(value, "closures"),
            "modulation": self.windows(value, "modulation", "places"),
            "reductions": self.windows(value, "reductions", "places"),
            "over_capacity": value.get("over_capacity", False),
            "sections": [self.section(one)
                         for one in by_id(value.get("sections", []))],
            "shared": [self.shared(one)
                       for one in by_id(value.get("shared", []))],
            "merges": self.windows(value, "merges", "sections", "places"),
            "ratio": ratio(value, kind == "eaje"),
            "staff": self.windows(value, "staff", "category", "count",
                                  "skills"),
            "outings": self.windows(value, "outings", "sections"),
            "offers": [picked(one, "need", "max")
                       for one in by_id(value.get("offers", []), "need")],
            "floors": picked(value.get("floors", {}), "ratio_margin",
                             "arrivals_per_15min", "group_changes"),
            **{name: sorted(value[name])
               for name in ("schools",) if name in value},
            **self.given(value, "reserve", self.reserve), **located(value)}

    @staticmethod
    def given(value, name, make):
        """A list that is there only when the file has it."""
        return {name: [make(one) for one in value[name]]
                } if name in value else {}

    def sessions(self, value):
        """Set by id; `places` are the structure's when nothing is written."""
        if "sessions" not in value:
            return {}
        return {"sessions": [
            {**picked(one, "id", "kind"), "when": self.windows(one, "when"),
             "pedt": one.get("pedt", False),
             **picked(one, "regime", "rounding"),
             "places": one.get("places", value["places"]),
             "min_children": one.get("min_children", 0),
             "companions": sorted(one.get("companions", [])),
             **{name: {side: moment(one[name][side])
                       for side in ("opens", "closes") if side in one[name]}
                for name in ("booking",) if name in one}}
            for one in by_id(value["sessions"])]}

    def reserve(self, value):
        found = self.window(value, "places")
        if "release" in value:
            found["release"] = moment(value["release"])
        return found

    def section(self, value):
        found = {**picked(value, "id", "places"),
                 "modulation": self.windows(value, "modulation", "places"),
                 **picked(value, "from_months", "below_months")}
        for ideal, hard in (("ideal_from_months", "from_months"),
                            ("ideal_below_months", "below_months")):
            if ideal in value or hard in value:
                found[ideal] = value.get(ideal, value.get(hard))
        return found

    def shared(self, value):
        found = {"id": value["id"], "sections": sorted(value["sections"]),
                 "places": value["places"]}
        if "windows" in value:
            found["windows"] = self.windows(value, "windows")
        return found

    def resource(self, value):
        return {**picked(value, "id", "limit", "per"),
                "limits": self.windows(value, "limits", "limit", times=())}

    def derogation(self, value):
        found = {**picked(value, "id", "rule", "structure"),
                 **self.period(value), "reason": value["reason"]}
        if "parameters" in value:
            found["parameters"] = parameters(self._kind(value),
                                             value["parameters"])
        if value.get("waive"):
            found["waive"] = True
        return found

    def _kind(self, value):
        """Of the rule, in the packs of the structure."""
        packs = self.problem.structures[value["structure"]].packs
        return next(one.kind for name in packs
                    for one in self.problem.packs[name].rules
                    if one.id == value["rule"])

    # -- people --------------------------------------------------------------

    def people(self):
        """Shifts and employees, sets by id, and cover; those that are there."""
        v = self.value
        sets = {name: [make(one) for one in by_id(v[name])]
                for name, make in (("shifts", self.shift),
                                   ("employees", self.employee)) if name in v}
        cover = self.given(v, "cover", lambda one: self.window(
            one, "shift", "wanted", "missing", "extra", times=()))
        return {**sets, **cover}

    def shift(self, value):
        when = self.given(value, "when", lambda one: self.window(
            one, times=()))
        return {
            **picked(value, "id", "structure"), **when,
            "segments": [segment(one, value["structure"])
                         for one in value["segments"]],
            "pieces": [piece(one) for one in value.get("pieces", [])],
            **picked(value, "minutes"),
            "then_not": sorted(value.get("then_not", []))}

    def employee(self, value):
        return {
            "id": value["id"],
            "qualifications": dated(value, "qualifications", "category"),
            "skills": dated(value, "skills", "skill"),
            **picked(value, "preset"),
            "structures": sorted(value.get("structures",
                                           self.problem.structures)),
            **self.given(value, "available", self.window),
            "absent": self.windows(value, "absent"),
            "contract": picked(value.get("contract", {}), "week_minutes",
                               "week_most", "least", "most"),
            "limits": picked(value.get("limits", {}), "days_in_row",
                             "least_in_row", "least_off", "weekends"),
            "shift_most": [picked(one, "shift", "most") for one in by_id(
                value.get("shift_most", []), "shift")],
            "wishes": [{**picked(one, "date", "shift"),
                        "wanted": one.get("wanted", True),
                        "weight": one["weight"]}
                       for one in value.get("wishes", [])],
            "pins": [day_pin(one)
                     for one in by_id(value.get("pins", []), "date")],
            "history": [past(one)
                        for one in by_id(value.get("history", []), "date")],
            **picked(value, "share"),
            **{name: picked(value[name], *its) for name, its in (
                ("burdens", ("openings", "closings", "wednesdays")),
                ("cost", ("hour", "overtime", "call"))) if name in value}}

    # -- demand --------------------------------------------------------------

    def child(self, value):
        as_read = self.problem.children[value["id"]]
        return {**picked(value, "id", "birth", "walk_from", "school"),
                "needs": sorted(value.get("needs", [])),
                "place_weight": as_read.place_weight,
                "ratio_weight": as_read.ratio_weight, **located(value)}

    def request(self, value):
        as_read = self.problem.requests[value["id"]]
        worth = {"points": value.get("points", 0)}
        if "grid" in value:
            worth = {"grid": value["grid"],
                     "facts": by_name(value.get("facts", {}))}
        menu = {"options": [self.option(one, as_read.options[one["id"]])
                            for one in value.get("options", [])]}
        if "menu" in value:
            menu = {"menu": self.menu(value["menu"], as_read)}
        held = {}
        if "held" in value:
            held = {"held": self.held(value["held"], as_read.options["held"])}
        floor = value.get("floor", {})
        return {
            **picked(value, "id", "child"),
            "kind": value.get("kind", "regular"), **self.period(value),
            **self.given(value, "absent", self.window),
            "submitted": instant(as_read.submitted),
            **worth, **menu, **held,
            "mandatory": value.get("mandatory", False),
            "insertion": value.get("insertion", False),
            **{name: picked(value[name], "first", "last")
               for name in ("adaptation",) if name in value},
            "floor": {name: floor.get(name, 0)
                      for name in ("min_days", "min_minutes")},
            **({"chain": True} if as_read.chain else {})}

    def option(self, value, as_read):
        return {**picked(value, "id", "structure", "section"),
                **worth_of(as_read),
                "when": self.windows(value, "when", "structure", "section"),
                "uses": uses(value)}

    def held(self, value, as_read):
        return {**picked(value, "structure", "section"),
                "when": self.windows(value, "when", "structure", "section"),
                **worth_of(as_read), "uses": uses(value)}

    def menu(self, value, request):
        week = [self.window(w, period=False) for w in value["week"]]
        flex, read = value.get("flex", {}), request.menu.flex
        asked = {day for w in value["week"] for day in w["days"]}
        return {
            "week": week,
            "structures": [self.wish(wish, position, request)
                           for position, wish in enumerate(
                               value["structures"], 1)],
            "flex": {
                **{name: getattr(read, name)
                   for name in ("step", "shift", "later", "earlier")},
                "earliest": clock(read.earliest), "latest": clock(read.latest),
                "drop_days": read.drop_days,
                "droppable": in_week(flex.get("droppable", asked))}}

    def wish(self, value, position, request):
        its = self.problem.structures[value["structure"]]
        apart = distance_between(request.child.location, its.location)
        return {"structure": value["structure"],
                "rank": value.get("rank", position),
                **picked(value, "section"),
                "distance": value.get("distance", apart)}


def segment(value, structure):
    return {**picked(value, "begin", "end"),
            "structure": value.get("structure", structure),
            "activity": value.get("activity", "children")}


def piece(value):
    activity = value.get("activity", "break")
    return {**picked(value, "minutes", "earliest", "latest"),
            "step": value.get("step", 15), "activity": activity,
            "paid": value.get("paid", activity != "break")}


def dated(value, name, what):
    return [picked(one, what, "valid_from", "valid_to")
            for one in value.get(name, [])]


def day_pin(value):
    return picked(value, "date", "shift", "off", "author", "reason")


def past(value):
    begin, end = (int(value[name][:2]) * 60 + int(value[name][3:])
                  for name in ("begin", "end"))
    return {**picked(value, "date", "begin", "end"),
            "minutes": value.get("minutes", end - begin)}


def instant(at):
    return at.strftime("%Y-%m-%dT%H:%M")


def moment(value):
    return {"days": value.get("days", 0), "at": value.get("at", "00:00"),
            "working": value.get("working", False)}


def ratio(value, is_eaje):
    given = value.get("ratio", {"regime": "eaje.5_8"} if is_eaje else None)
    if given is None:
        return None
    return {**picked(given, "regime", "rounding"),
            "scope": given.get("scope", "structure"),
            **picked(given, "capacity_basis")}


def need(value):
    return {**picked(value, "id", "skill"),
            "equipped": value.get("equipped", True),
            "place_weight": value.get("place_weight", 1000),
            "ratio_weight": value.get("ratio_weight", 1000)}


def grid(value):
    def criterion(c):
        found = picked(c, "fact", "points", "per", "max", "choices", "bands")
        if "choices" in c:
            found["choices"] = by_name(c["choices"])
        if "bands" in c:
            found["bands"] = [picked(b, "max", "points") for b in c["bands"]]
        return found
    return {"id": value["id"],
            "criteria": [criterion(c) for c in value["criteria"]],
            **picked(value, "source")}


def siblings(value):
    return {"id": value["id"], "requests": sorted(value["requests"]),
            "rule": value["rule"]}


def pin(value):
    return picked(value, "request", "option", "structure", "waiting", "author",
                  "reason")


def located(value):
    if "location" not in value:
        return {}
    return {"location": picked(value["location"], "x", "y")}


def worth_of(as_read):
    return {"rank": as_read.rank, "satisfaction": as_read.satisfaction,
            "distance": as_read.distance}


def uses(value):
    return [picked(one, "resource", "amount")
            for one in by_id(value.get("uses", []), "resource")]


def canonical(value, problem):
    """The text whose SHA-256 is the digest."""
    return json.dumps(Canonical(value, problem).whole(), ensure_ascii=False,
                      separators=(",", ":"))


def digest(value, problem):
    return digest_of(Canonical(value, problem).whole())
