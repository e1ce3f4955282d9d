# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of a file and the faults they can have (format.md 1 and 11).

Every object is read through Members, so that a member nobody asked for is a
fault and never silently ignored."""
import datetime
import json
import re

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
SAFE = 2 ** 53 - 1
REQUIRED = object()

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})\Z")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}\Z")


class Fault(Exception):
    """What is wrong with an input, and where."""

    def __init__(self, code, pointer, message):
        super().__init__(f"{code} {pointer or '/'}: {message}")
        self.code, self.pointer, self.message = code, pointer, message


def parse_json(data):
    def once(pairs):
        found = {}
        for name, value in pairs:
            if name in found:
                raise Fault("E-DUPLICATE", "", f"member {name!r} twice")
            found[name] = value
        return found

    def never(word):
        raise Fault("E-SYNTAX", "", f"{word} is not JSON")

    try:
        if isinstance(data, bytes):
            data = data.decode("utf-8")
        return json.loads(data, object_pairs_hook=once, parse_constant=never)
    except (ValueError, RecursionError) as error:
        raise Fault("E-SYNTAX", "", str(error)) from None


class Members:
    """The members of one object; done() refuses what was never asked for."""

    def __init__(self, value, pointer):
        if not isinstance(value, dict):
            raise Fault("E-TYPE", pointer, "an object is expected")
        self.value, self.pointer, self.asked = value, pointer, set()

    def __contains__(self, name):
        self.asked.add(name)
        return name in self.value

    def get(self, name, kind, default=REQUIRED):
        self.asked.add(name)
        if name not in self.value:
            if default is REQUIRED:
                raise Fault("E-MISSING", self.pointer, f"{name!r} is required")
            return default
        return kind(self.value[name], f"{self.pointer}/{name}")

    def done(self):
        for name in self.value:
            if name not in self.asked:
                raise Fault("E-MEMBER", self.pointer,
                            f"unknown member {name!r}")


def integer(low=-SAFE, high=SAFE):
    def kind(value, pointer):
        if isinstance(value, bool) or not isinstance(value, int):
            raise Fault("E-TYPE", pointer, "an integer is expected")
        if not low <= value <= high:
            raise Fault("E-RANGE", pointer, f"{value} is not in {low}..{high}")
        return value
    return kind


def boolean(value, pointer):
    if not isinstance(value, bool):
        raise Fault("E-TYPE", pointer, "true or false is expected")
    return value


def text(value, pointer):
    if not isinstance(value, str):
        raise Fault("E-TYPE", pointer, "a text is expected")
    return value


def anything(value, pointer):
    return value


def word(*words):
    def kind(value, pointer):
        if text(value, pointer) not in words:
            raise Fault("E-VALUE", pointer, f"{value!r} is none of {words}")
        return value
    return kind


def schema(name):
    def kind(value, pointer):
        if value != name:
            raise Fault("E-SCHEMA", pointer, f"{value!r} is not {name!r}")
        return value
    return kind


def ident(value, pointer):
    if not _ID.match(text(value, pointer)):
        raise Fault("E-ID", pointer, f"{value!r} is not an id")
    return value


def date(value, pointer):
    try:
        if not _DATE.match(text(value, pointer)):
            raise ValueError
        day = datetime.date.fromisoformat(value)
    except ValueError:
        raise Fault("E-DATE", pointer, f"{value!r} is not a date") from None
    if not 1900 <= day.year <= 2199:
        raise Fault("E-DATE", pointer, f"{value} is out of 1900..2199")
    return day


def minute(value, pointer):
    found = _TIME.match(text(value, pointer))
    if found:
        hours, minutes = int(found[1]), int(found[2])
        if minutes < 60 and hours * 60 + minutes <= DAY_MINUTES:
            return hours * 60 + minutes
    raise Fault("E-TIME", pointer, f"{value!r} is not a time of day")


def submitted(value, pointer):
    if "T" not in text(value, pointer):
        return datetime.datetime.combine(date(value, pointer), datetime.time())
    day, _, clock = value.partition("T")
    at = minute(clock, pointer)
    midnight = datetime.datetime.combine(date(day, pointer), datetime.time())
    return midnight + datetime.timedelta(minutes=at)


def listed(kind):
    def kind_list(value, pointer):
        if not isinstance(value, list):
            raise Fault("E-TYPE", pointer, "a list is expected")
        return [kind(v, f"{pointer}/{i}") for i, v in enumerate(value)]
    return kind_list


def set_of(kind):
    """A set of plain values: a member twice is a fault."""
    def kind_set(value, pointer):
        found = listed(kind)(value, pointer)
        if len(set(found)) != len(found):
            raise Fault("E-DUPLICATE", pointer, "a value is listed twice")
        return frozenset(found)
    return kind_set


def by_key(kind, key="id"):
    """A set of objects, as a dict in the order of their key."""
    def kind_dict(value, pointer):
        found = {}
        for one in listed(kind)(value, pointer):
            name = getattr(one, key)
            if name in found:
                raise Fault("E-DUPLICATE", pointer, f"{name} is there twice")
            found[name] = one
        return {name: found[name] for name in sorted(found)}
    return kind_dict


def clock(at):
    return f"{at // 60:02d}:{at % 60:02d}"


def week_name(day):
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def month_name(day):
    return f"{day.year}-{day.month:02d}"


def age_months(birth, day):
    before = 1 if day.day < birth.day else 0
    return (day.year - birth.year) * 12 + (day.month - birth.month) - before


def ceil_div(a, b):
    return -(-a // b)
