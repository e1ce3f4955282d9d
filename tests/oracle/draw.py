# SPDX-License-Identifier: GPL-3.0-or-later
"""Small random problems and plans in Format 1, for holding two judges against
each other. Every rule has a chance in every problem; plans need not be good.

Monday 2026-09-07 begins ISO week 2026-W37."""
import datetime
import random

MONDAY = datetime.date(2026, 9, 7)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ROUNDINGS = ["sum_then_ceil", "ceil_each", "mixed_group_fill"]


def clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(offset):
    return (MONDAY + datetime.timedelta(days=offset)).isoformat()


class Draw(random.Random):
    def maybe(self, p):
        return self.random() < p

    def span(self, low=7 * 60, high=18 * 60, step=15):
        begin = self.randrange(low, high - step, step)
        end = self.randrange(begin + step, high + step, step)
        return {"begin": clock(begin), "end": clock(min(end, high))}

    def some(self, items, least=1):
        items = list(items)
        return self.sample(items, self.randint(min(least, len(items)),
                                               len(items)))

    def when(self, p=0.4):
        """The days of a window: all, weekdays, dates, or a part."""
        kind = self.random()
        if kind > p:
            return {}
        if kind < p / 3:
            return {"days": sorted(self.some(WEEKDAYS[:5]))}
        if kind < 2 * p / 3:
            return {"first": day(self.randint(0, 3)),
                    **({"last": day(self.randint(3, 9))}
                       if self.maybe(0.7) else {})}
        return {"week": self.choice("AB")} if self.maybe(0.5) else {
            "days": self.some(WEEKDAYS[:5], 2)}


def rule(kind, rule_id, parameters, **more):
    return {"id": rule_id, "kind": kind, "article": "art. " + rule_id,
            "title": rule_id, "title_fr": rule_id, "status": "verified",
            "parameters": parameters, **more}


def classes(draw, prefix):
    two = [{"id": prefix + "n", "per": draw.randint(1, 4), "walks": False},
           {"id": prefix + "w", "per": draw.randint(2, 6), "walks": True}]
    kind = draw.randrange(4)
    if kind == 0:
        return [{"id": prefix + "a", "per": draw.randint(1, 5)}]
    if kind == 1:
        return two
    if kind == 2:
        return [{"id": prefix + "y", "per": draw.randint(1, 4),
                 "below_months": 18},
                {"id": prefix + "o", "per": draw.randint(2, 6),
                 "from_months": 18}]
    return [{"id": prefix + "y", "per": 3, "below_months": 12}] + two


def law(draw):
    rules = [
        rule("ratio", "r1", {"rounding": draw.choice(ROUNDINGS),
                             "classes": classes(draw, "a")}),
        rule("ratio", "r2", {"rounding": draw.choice(ROUNDINGS),
                             "classes": classes(draw, "b")})]
    if draw.maybe(0.5):
        rules.append(rule("outing", "out", {
            "rounding": draw.choice(ROUNDINGS), "classes": classes(draw, "c"),
            "min_staff": draw.randint(0, 2)}))
    if draw.maybe(0.6):
        rules.append(rule("minimum", "min", {
            "min_staff": draw.randint(1, 2),
            "cat1_above_places": draw.choice([1, 3, 24]),
            "alone_max_children": draw.choice([0, 2, 3]),
            "alone_max_places": draw.choice([0, 4, 12]),
            "alone_categories": draw.choice([[], ["cat1"], ["cat2"],
                                             ["cat1", "cat2"]])}))
    if draw.maybe(0.4):
        rules.append(rule("cat1_share", "mix",
                          {"min_pct": draw.choice([20, 40, 50])},
                          **({"valid_from": day(1)} if draw.maybe(0.3)
                             else {})))
    if draw.maybe(0.6):
        rules.append(rule("over_capacity", "over", {
            "instant_max_pct": draw.choice([100, 115, 133]),
            "weekly_max_pct": draw.choice([20, 60, 100]),
            "capacity_basis": draw.choice(["capacity_t", "nominal"])}))
    if draw.maybe(0.4):
        rules.append(rule("guaranteed", "g", {
            "places_per": draw.randint(1, 6), "min": draw.randint(0, 2)}))
    if draw.maybe(0.4):
        rules.append(rule("adaptation", "ad", {
            "staff_per_child": draw.randint(0, 1), **draw.span()}))
    return {"schema": "ctgsched/rules/1", "id": "p", "title": "p",
            "title_fr": "p", "law": "l", "rules": rules}


def sections(draw):
    found = []
    for name in "gmp"[:draw.choice([0, 0, 2, 3])]:
        one = {"id": name, "places": draw.randint(0, 4)}
        if draw.maybe(0.4):
            one["modulation"] = [{**draw.span(), **draw.when(),
                                  "places": draw.randint(0, 4)}]
        if draw.maybe(0.3):
            one["from_months"] = draw.choice([0, 10, 18])
        if draw.maybe(0.3):
            one["below_months"] = draw.choice([20, 30, 48])
        if draw.maybe(0.3):
            one["ideal_from_months"] = draw.choice([10, 18, 26])
        found.append(one)
    return found


def staff(draw, skills):
    found = []
    for _ in range(draw.randint(0, 5)):
        found.append({"category": draw.choice(["cat1", "cat1", "cat2",
                                               "other"]),
                      "count": draw.randint(1, 3), **draw.span(),
                      **draw.when(0.3),
                      **({"skills": draw.some(skills)}
                         if skills and draw.maybe(0.5) else {})})
    return found


def hours(draw):
    if draw.maybe(0.2):
        return [{"begin": "07:30", "end": "12:00"},
                {"begin": "13:30", "end": "18:00"}]
    return [{"begin": draw.choice(["07:00", "07:30", "08:00"]),
             "end": draw.choice(["17:30", "18:00", "18:30"])}]


def structure(draw, name, needs, skills):
    s = {"id": name, "kind": draw.choice(["eaje", "other"]),
         "places": draw.randint(1, 8), "hours": hours(draw),
         "packs": ["p"] if draw.maybe(0.85) else [],
         "manager": draw.choice(["commune", "assoc"]),
         "over_capacity": draw.maybe(0.5), "sections": sections(draw),
         "staff": staff(draw, skills)}
    inside = [x["id"] for x in s["sections"]]
    s["ratio"] = None
    if s["packs"] and draw.maybe(0.8):
        s["ratio"] = {"regime": draw.choice(["r1", "r2"])}
        if draw.maybe(0.4):
            s["ratio"]["rounding"] = draw.choice(ROUNDINGS)
        if draw.maybe(0.5):
            s["ratio"]["scope"] = draw.choice(["structure", "room"])
        if draw.maybe(0.3):
            s["ratio"]["capacity_basis"] = draw.choice(["capacity_t",
                                                        "nominal"])
    if draw.maybe(0.3):
        s["modulation"] = [{**draw.span(), **draw.when(),
                            "places": draw.randint(0, s["places"])}
                           for _ in range(draw.randint(1, 2))]
    if draw.maybe(0.2):
        s["reductions"] = [{**draw.when(0.9), **draw.span(),
                            "places": draw.randint(0, 3)}]
    if draw.maybe(0.2):
        s["closures"] = [draw.choice([
            {"dates": [day(draw.randint(0, 4))]},
            {**draw.when(0.9), **draw.span()}])]
    if draw.maybe(0.2):
        s["exceptions"] = [{"date": day(draw.randint(0, 4)),
                            "hours": [draw.span()] * draw.randint(0, 1)}]
    if len(inside) > 1 and draw.maybe(0.5):
        s["merges"] = [{"sections": draw.some(inside, 2), **draw.span(),
                        **draw.when(),
                        **({"places": draw.randint(0, 6)}
                           if draw.maybe(0.6) else {})}]
    if len(inside) > 1 and draw.maybe(0.5):
        s["shared"] = [{"id": "q", "sections": draw.some(inside, 1),
                        "places": draw.randint(0, 4),
                        **({"windows": [{**draw.span(), **draw.when()}]}
                           if draw.maybe(0.6) else {})}]
    if draw.maybe(0.4):
        s["outings"] = [{**draw.span(), **draw.when(),
                         **({"sections": draw.some(inside)}
                            if inside and draw.maybe(0.7) else {})}
                        for _ in range(draw.randint(1, 2))]
    s["offers"] = [{"need": n, **({"max": draw.randint(0, 2)}
                                  if draw.maybe(0.6) else {})}
                   for n in needs if draw.maybe(0.7)]
    if draw.maybe(0.5):
        s["floors"] = {name: draw.randint(0, 1) for name in draw.some(
            ["ratio_margin", "arrivals_per_15min", "group_changes"])}
    if draw.maybe(0.5):
        s["location"] = {"x": draw.randint(-90, 90), "y": draw.randint(-9, 90)}
    return s


def windows(draw, s):
    """Presences that do not overlap: one or two a day."""
    inside = [x["id"] for x in s["sections"]]

    def section():
        return ({"section": draw.choice(inside)}
                if inside and draw.maybe(0.5) else {})

    days = draw.choice([
        {}, {"days": draw.some(WEEKDAYS[:5])}, {"days": ["mon", "tue"]},
        {"dates": [day(k) for k in sorted(draw.sample(range(5), 2))]}])
    if draw.maybe(0.3):
        cut = draw.randrange(9 * 60, 15 * 60, 15)
        return [{**days, **draw.span(7 * 60, cut), **section()},
                {**days, **draw.span(cut, 18 * 60), **section()}]
    return [{**days, **draw.span(7 * 60 + 30), **section()}]


def option(draw, structures, resources):
    s = draw.choice(structures)
    one = {"structure": s["id"], "when": windows(draw, s)}
    if s["sections"] and draw.maybe(0.5):
        one["section"] = draw.choice(s["sections"])["id"]
    if draw.maybe(0.3):
        one["rank"] = draw.randint(1, 3)
    if draw.maybe(0.3):
        one["satisfaction"] = draw.randint(-50, 900)
    if draw.maybe(0.3):
        one["distance"] = draw.randint(0, 900)
    if resources and draw.maybe(0.4):
        one["uses"] = [{"resource": r, "amount": draw.randint(1, 2)}
                       for r in draw.some(resources)]
    return one


def menu(draw, structures):
    return {"week": [{"days": draw.some(WEEKDAYS[:5]),
                      **draw.span(8 * 60, 17 * 60)}],
            "structures": [{"structure": s["id"]}
                           for s in draw.some(structures)],
            "flex": {"step": 30, "shift": draw.choice([0, 30]),
                     "later": draw.choice([0, 30]),
                     "drop_days": draw.choice([0, 1])}}


def request(draw, name, child, structures, resources):
    r = {"id": name, "child": child, "points": draw.randint(-2, 6),
         "kind": draw.choice(["regular", "occasional", "emergency"])}
    if draw.maybe(0.15):
        r["menu"] = menu(draw, structures)
    else:
        r["options"] = [{"id": f"o{k}", **option(draw, structures, resources)}
                        for k in range(draw.randint(0 if draw.maybe(0.1) else 1,
                                                    3))]
    if draw.maybe(0.4):
        r["held"] = option(draw, structures, resources)
    if draw.maybe(0.1):
        r["mandatory"] = True
    if draw.maybe(0.3):
        r["insertion"] = True
    if draw.maybe(0.25):
        r["adaptation"] = {"first": day(0), "last": day(draw.randint(0, 3))}
    if draw.maybe(0.15):
        r["floor"] = {"min_days": draw.randint(0, 3),
                      "min_minutes": draw.choice([0, 120, 900])}
    if draw.maybe(0.2):
        r["first"], r["last"] = day(draw.randint(0, 2)), day(draw.randint(2, 9))
    if draw.maybe(0.5):
        r["submitted"] = draw.choice(["2026-01-05", "2026-01-05T08:30",
                                      "2026-02-01"])
    return r


def child(draw, name, needs):
    c = {"id": name, "birth": f"{draw.choice([2024, 2024, 2025, 2026])}-"
         f"0{draw.randint(1, 8)}-{draw.choice(['07', '08', '09', '28'])}"}
    if draw.maybe(0.3):
        c["walk_from"] = day(draw.randint(-9, 4))
    if needs and draw.maybe(0.3):
        c["needs"] = draw.some(needs)
    if draw.maybe(0.2):
        c["place_weight"] = draw.choice([500, 1000, 1500])
    if draw.maybe(0.2):
        c["ratio_weight"] = draw.choice([500, 1250, 2000])
    if draw.maybe(0.5):
        c["location"] = {"x": draw.randint(-90, 90), "y": draw.randint(0, 90)}
    return c


def goals(draw):
    names = ["points", "requests", "hours", "satisfaction", "ranks",
             "continuity", "siblings", "distance", "concentration", "age_fit",
             "floors", "shortage"]
    if draw.maybe(0.3):
        return {"mode": "weighted", "sense": "max",
                "terms": [{"goal": g, "weight": draw.randint(-3, 9) or 1}
                          for g in draw.some(names)]}
    return {"mode": "lexicographic", "order": draw.some(names)}


def derogations(draw, structures, rules):
    under = [s["id"] for s in structures if s["packs"]]
    if not under:
        return []
    target = draw.choice(rules)
    more = {"waive": True}
    if target["kind"] == "cat1_share" and draw.maybe(0.6):
        more = {"parameters": {"min_pct": 10}}
    elif target["kind"] == "over_capacity" and draw.maybe(0.6):
        more = {"parameters": {"weekly_max_pct": 30, "instant_max_pct": 120}}
    return [{"id": "d", "rule": target["id"],
             "structure": draw.choice(under), "first": day(0),
             "last": day(draw.randint(0, 3)), "reason": "works", **more}]


def calm(draw, p, needs, skills):
    """Leaves little but places, points and bundles to decide: plans that keep
    every rule, in which envy and shortages count, become likely."""
    for s in p["structures"]:
        s["hours"] = [{"begin": "07:00", "end": "18:30"}]
        s["staff"] = [{"category": "cat1", "count": 5, "begin": "07:00",
                       "end": "18:30", "skills": skills}]
        s["offers"] = [{"need": n} for n in needs]
        for name in ("closures", "exceptions", "reductions"):
            s.pop(name, None)
        for x in s["sections"]:
            for name in ("from_months", "below_months", "modulation"):
                x.pop(name, None)
    for r in p["requests"]:
        r.pop("floor", None)
        r["mandatory"] = False
    if p["goals"]["mode"] == "lexicographic" and draw.maybe(0.8):
        p["policy"] = "by_points"


def with_absences(problem, p=0.15):
    """Some requests stay away for a while: the rest is as it was drawn."""
    draw = Draw(f"absences {problem['id']}")
    for one in problem["requests"]:
        if draw.maybe(p):
            one["absent"] = [
                {**draw.when(0.8), **(draw.span() if draw.maybe(0.6) else {})}
                for _ in range(draw.randint(1, 2))]
    return problem


def problem(seed):
    return with_absences(_problem(seed))


def _problem(seed):
    draw = Draw(seed)
    needs = ["bed", "pai", "quiet"][:draw.choice([0, 0, 2, 3])]
    skills = ["nurse", "sign"] if needs else []
    resources = ["bus", "meal"][:draw.choice([0, 0, 1, 2])]
    p = {"schema": "ctgsched/problem/1", "id": f"drawn.{seed}",
         "horizon": {"first": day(0), "last": day(draw.choice([0, 1, 4, 11]))},
         "rules": [law(draw)],
         "needs": [{"id": n, "equipped": draw.maybe(0.5),
                    **({"skill": draw.choice(skills)} if draw.maybe(0.6)
                       else {}),
                    **({"place_weight": 1500} if draw.maybe(0.3) else {}),
                    **({"ratio_weight": 2000} if draw.maybe(0.3) else {})}
                   for n in needs],
         "resources": [{"id": r, "limit": draw.randint(0, 4),
                        "per": draw.choice(["date", "week", "horizon"])}
                       for r in resources]}
    for r in p["resources"]:
        if r["per"] == "date" and draw.maybe(0.5):
            r["limits"] = [{"days": ["mon", "wed"], "limit": 1}]
    p["structures"] = [structure(draw, name, needs, skills)
                       for name in "stu"[:draw.randint(1, 3)]]
    n = draw.randint(2, 9)
    p["children"] = [child(draw, f"c{i}", needs) for i in range(n)]
    p["requests"] = [request(draw, f"r{i}", f"c{i}", p["structures"],
                             resources) for i in range(n)]
    if draw.maybe(0.3):
        p["requests"].append(request(draw, "z", "c0", p["structures"],
                                     resources))
    if draw.maybe(0.4):
        p["siblings"] = [{"id": "f", "requests": draw.sample(
            [f"r{i}" for i in range(n)], 2), "rule": draw.choice(
                ["together", "all_or_none", "reward"])}]
    with_options = [r for r in p["requests"] if r.get("options")]
    if with_options and draw.maybe(0.3):
        r = draw.choice(with_options)
        p["pins"] = [{"request": r["id"], "author": "mayor",
                      "reason": "decided", **draw.choice([
                          {"waiting": True},
                          {"option": r["options"][0]["id"]},
                          {"structure": r["options"][0]["structure"]}])}]
    p["goals"] = goals(draw)
    if draw.maybe(0.5) and p["goals"]["mode"] == "lexicographic":
        p["policy"] = "by_points"
    if draw.maybe(0.2):
        p["derogations"] = derogations(draw, p["structures"],
                                       p["rules"][0]["rules"])
    if draw.maybe(0.3):
        p["prices"] = {"place_minute": 3, "mix_minute": 7}
    if seed % 5 in (1, 3):
        calm(draw, p, needs, skills)
    return p


def placements(draw, menus, density):
    """menus: {request: option ids}. Any option, whatever it breaks."""
    return {r: draw.choice(options) for r, options in sorted(menus.items())
            if options and draw.maybe(density)}


def keeping(draw, menus, must, given):
    """Those who hold a place keep it, the others mostly wait: such plans are
    short rather than broken."""
    return {r: "held" if "held" in options else given[r]
            for r, options in sorted(menus.items())
            if "held" in options or (r in given and (r in must
                                                     or draw.maybe(0.3)))}


def as_plan(given, **stated):
    return {"schema": "ctgsched/plan/1",
            "placements": [{"request": r, "option": o}
                           for r, o in sorted(given.items())], **stated}
