# SPDX-License-Identifier: GPL-3.0-or-later
"""The converters of bench/convert on small files made by hand, dirt too."""
import io
import json
import os
import sys
import tempfile
import unittest
from contextlib import redirect_stderr

ROOT = os.environ.get("CTG_ROOT") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bench", "convert"))

import calendar_fr  # noqa: E402
import format1  # noqa: E402
import harku  # noqa: E402
import mmkp  # noqa: E402
import vilnius  # noqa: E402

GROUPS = "group_id,kindergarten_id,age_from,age_to,language,capacity," \
         "enrolled,free,waiting_listed\n"
REQUESTS = "request_id,queue_order,kind,start_year,start_month," \
           "age_at_start_half_years,priority_points,n_choices\n"
CHOICES = "request_id,rank,kindergarten_id,language,age_bands,territory," \
          "sibling,published_queue_position\n"


class InFolder(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = held.name
        self.dirt = format1.Dirt()

    def put(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8",
                  newline="") as file:
            file.write(text)


class Vilnius(InFolder):
    def convert(self, groups, requests, choices, goal="weighted"):
        self.put("groups.csv", GROUPS + groups)
        self.put("requests.csv", REQUESTS + requests)
        self.put("choices.csv", CHOICES + choices)
        return vilnius.convert(self.folder, goal, self.dirt)

    def test_groups_of_one_band_are_one_structure(self):
        made = self.convert("1,7,2,3,lt,9,0,4,0\n2,7,2,3,lt,9,0,5,0\n",
                            "", "")
        self.assertEqual([(s["id"], s["places"]) for s in made["structures"]],
                         [("7-lt-2-3", 9)])

    def test_free_below_zero_gives_no_place(self):
        made = self.convert("1,7,2,3,lt,9,0,1,0\n2,7,2,3,lt,9,12,-3,0\n",
                            "", "")
        self.assertEqual(made["structures"][0]["places"], 0)
        self.assertEqual(self.dirt["groups with negative free places"], 1)

    def test_wish_without_bands_uses_the_age(self):
        made = self.convert(
            "1,7,1.5,3,lt,9,0,4,0\n2,7,3,5,lt,9,0,4,0\n3,7,2,3,ru,9,0,4,0\n",
            "r,5,0,2026,09,3.0,0,1\n", "r,1,7,lt,,0,0,\n")
        self.assertEqual([o["id"] for o in made["requests"][0]["options"]],
                         ["7-lt-3-5"])

    def test_wish_with_bands_uses_those_alone(self):
        made = self.convert(
            "1,7,1.5,3,lt,9,0,4,0\n2,7,3,5,lt,9,0,4,0\n3,7,2,3,lt,9,0,4,0\n",
            "r,5,0,2026,09,2.5,0,1\n", "r,1,7,lt,2-3+1.5-3,0,0,\n")
        self.assertEqual([o["id"] for o in made["requests"][0]["options"]],
                         ["7-lt-1.5-3", "7-lt-2-3"])

    def test_weight_counts_points_sibling_territory_rank(self):
        made = self.convert("1,7,2,3,lt,9,0,4,0\n",
                            "r,5,0,2026,09,2.0,3,1\n", "r,2,7,lt,2-3,1,1,\n")
        option = made["requests"][0]["options"][0]
        self.assertEqual(option["satisfaction"], 100 + 30 + 20 + 5 - 8)
        self.assertEqual(option["rank"], 2)

    def test_bucket_wished_twice_keeps_the_better_wish(self):
        made = self.convert(
            "1,7,2,3,lt,9,0,4,0\n", "r,5,0,2026,09,2.0,0,2\n",
            "r,2,7,lt,2-3,0,1,\nr,1,7,lt,2-3,0,0,\n")
        options = made["requests"][0]["options"]
        self.assertEqual([(o["rank"], o["satisfaction"]) for o in options],
                         [(2, 112)])

    def test_unknown_kindergarten_is_counted_and_survives(self):
        made = self.convert(
            "1,7,2,3,lt,9,0,4,0\n",
            "r,5,0,2026,09,2.0,0,2\ns,6,0,2026,09,2.0,0,1\n",
            "r,1,99,lt,,0,0,\nr,2,7,lt,,0,0,\ns,1,99,lt,,0,0,\n")
        self.assertEqual([r["id"] for r in made["requests"]], ["r"])
        self.assertEqual(
            self.dirt["wishes for a kindergarten without a group"], 2)
        self.assertEqual(
            self.dirt["requests without a usable wish, left out"], 1)

    def test_other_months_are_left_out(self):
        made = self.convert("1,7,2,3,lt,9,0,4,0\n",
                            "r,5,0,2027,09,2.0,0,1\n", "r,1,7,lt,,0,0,\n")
        self.assertEqual(made["requests"], [])
        self.assertEqual(self.dirt["requests for another month, left out"], 1)

    def test_broken_lines_are_counted_and_survive(self):
        made = self.convert(
            "1,7,2,3,lt,9,0,4,0\n2,7,x,3,lt,9,0,4,0\n3,7,2\n\n"
            "4,7,2,3,ru,9,0,,0\n",
            "r,5,0,2026,09,2.0,0,1\n",
            "r,1,7,lt,junk+2-3,0,0,\nr,none,7,lt,,0,0,\n")
        self.assertEqual(len(made["structures"]), 1)
        self.assertEqual(len(made["requests"][0]["options"]), 1)
        self.assertEqual(self.dirt[
            "groups without an age band or free places, left out"], 2)
        self.assertEqual(self.dirt[
            "lines with missing or extra fields, left out"], 1)
        self.assertEqual(self.dirt["unreadable bands of wishes"], 1)
        self.assertEqual(self.dirt["wishes without a rank, left out"], 1)

    def test_byte_order_mark_and_crlf_do_no_harm(self):
        self.put("groups.csv", "\ufeff" + GROUPS.replace("\n", "\r\n") +
                 "1,7,2,3,lt,9,0,4,0\r\n")
        buckets = vilnius.read_buckets(self.folder, self.dirt)
        self.assertEqual(buckets, {("7", "lt"): {(4, 6): ("7-lt-2-3", 4)}})

    def test_age_becomes_a_birth_date(self):
        self.assertEqual(vilnius.birth(5), "2024-03-01")  # two and a half
        self.assertEqual(vilnius.birth(2), "2025-09-01")

    def test_queue_order_becomes_the_time(self):
        self.assertEqual(vilnius.submitted(0), "2026-01-01T00:00")
        self.assertEqual(vilnius.submitted(1501), "2026-01-02T01:01")

    def test_goal_names_the_order(self):
        placed = self.convert("", "", "", "placed")
        self.assertEqual(placed["goals"]["order"], ["requests"])
        weighted = self.convert("", "", "", "weighted")
        self.assertEqual(weighted["goals"]["order"], ["satisfaction"])


class Harku(InFolder):
    HEAD = "child_id\tgarten_id\tpref_nr\tdistance_m\thas_sib\n"

    def convert(self, applications, quotas, goal="ranks"):
        self.put("applications.tsv", self.HEAD + applications)
        self.put("quotas.csv", quotas)
        return harku.convert(self.folder, goal, self.dirt)

    def test_line_n_of_quotas_is_kindergarten_n_plus_1(self):
        made = self.convert("4\t2\t1\t300\t0\n", "0,20\n1,7\n")
        self.assertEqual([(s["id"], s["places"]) for s in made["structures"]],
                         [("k-1", 20), ("k-2", 7)])
        self.assertEqual(made["requests"][0]["options"][0]["structure"], "k-2")

    def test_options_are_in_order_of_rank(self):
        made = self.convert("4\t2\t2\t300\t0\n4\t1\t1\t900\t1\n",
                            "0,20\n1,7\n")
        options = made["requests"][0]["options"]
        self.assertEqual([(o["rank"], o["distance"]) for o in options],
                         [(1, 900), (2, 300)])

    def test_dirt_is_counted_and_survives(self):
        made = self.convert("4\t9\t1\t300\t0\n5\t1\t1\t-3\t0\n"
                            "6\t1\t2\t30\t0\n6\t1\t1\t30\t0\n7\t1\n",
                            "0,20\n1,-4\njunk\n")
        self.assertEqual([s["places"] for s in made["structures"]], [20, 0])
        self.assertEqual([r["id"] for r in made["requests"]], ["c-6"])
        self.assertEqual(made["requests"][0]["options"][0]["rank"], 1)
        self.assertEqual(
            self.dirt["children without a usable wish, left out"], 2)
        self.assertEqual(self.dirt["unreadable quotas, left out"], 1)

    def test_goal_names_the_order(self):
        self.assertEqual(self.convert("", "0,1\n", "ranks")["goals"]["order"],
                         ["requests", "ranks", "distance"])
        self.assertEqual(
            self.convert("", "0,1\n", "distance")["goals"]["order"],
            ["requests", "distance", "ranks"])


class Mmkp(unittest.TestCase):
    FIXED = "\n 2 2 1\n 9\n 1\n 7.00 1\n 9.00 5\n 2\n 3.00 4\n 8.00 0\n" \
            " Upper bound\n 17.0\n"
    COUNTED = "2 1\n9\n1\n7 1\n3\n3 4\n8 0\n4 2\n"

    def test_fixed_layout_stops_after_the_last_group(self):
        capacities, groups = mmkp.read(self.FIXED)
        self.assertEqual(capacities, [9])
        self.assertEqual(groups, [[(7, [1]), (9, [5])], [(3, [4]), (8, [0])]])

    def test_counted_layout_reads_groups_of_any_size(self):
        self.assertEqual([len(g) for g in mmkp.read(self.COUNTED)[1]], [1, 3])

    def test_decimal_values_are_scaled(self):
        made, scale = mmkp.convert(self.FIXED.replace("7.00", "7.50"), "x",
                                   format1.Dirt())
        self.assertEqual(scale, 10)
        self.assertEqual([o["satisfaction"] for o
                          in made["requests"][0]["options"]], [75, 90])

    def test_whole_values_are_kept(self):
        self.assertEqual(mmkp.convert(self.FIXED, "x", format1.Dirt())[1], 1)

    def test_groups_are_mandatory_and_zero_uses_left_out(self):
        made, _ = mmkp.convert(self.FIXED, "x", format1.Dirt())
        self.assertTrue(all(r["mandatory"] for r in made["requests"]))
        self.assertEqual(made["requests"][1]["options"][1]["uses"], [])
        self.assertEqual(made["requests"][1]["options"][0]["uses"],
                         [{"resource": "r-1", "amount": 4}])
        self.assertEqual(made["resources"],
                         [{"id": "r-1", "limit": 9, "per": "horizon"}])

    def test_short_file_is_refused(self):
        for text in "2 2 1\n9\n1\n7 1\n", "", "5\n", "1 1 1\n9\n1\nx 1\n":
            with self.assertRaises(mmkp.Faulty):
                mmkp.read(text)


class Common(unittest.TestCase):
    def test_ids_keep_to_the_letters_allowed(self):
        self.assertEqual(format1.ident("a b", "é", 1.5), "a_b-_-1.5")

    def test_report_names_each_kind_once(self):
        dirt = format1.Dirt({"odd things": 3, "none of these": 0})
        said = io.StringIO()
        with redirect_stderr(said):
            dirt.report()
        self.assertEqual(said.getvalue(), "       3 odd things\n")


class CalendarFr(InFolder):
    """Lines by hand in the form of the open data."""
    HOLIDAYS = ("date,vacances_zone_a,vacances_zone_b,vacances_zone_c,"
                "nom_vacances\n"
                "2026-10-16,False,False,False,\n"
                "2026-10-17,True,True,True,Vacances de la Toussaint\n"
                "2026-10-18,True,True,True,Vacances de la Toussaint\n"
                "2026-10-19,True,True,True,Vacances de la Toussaint\n"
                "2027-02-06,False,False,True,Vacances d'hiver\n"
                "2027-02-07,False,True,True,Vacances d'hiver\n"
                "2027-02-30,True,True,True,Vacances d'hiver\n"
                "2027-07-03,True,True,True,Vacances d'été\n")
    PUBLIC = ("date,annee,zone,nom_jour_ferie\n"
              "2026-11-11,2026,Métropole,11 novembre\n"
              "2026-12-26,2026,Alsace-Moselle,2ème jour de Noël\n"
              "2027-05-17,2027,Métropole,Lundi de Pentecôte\n"
              "2028-01-01,2028,Métropole,1er janvier\n")

    def calendar(self, zone, *more):
        self.put("h.csv", self.HOLIDAYS)
        self.put("p.csv", self.PUBLIC)
        self.put("c.csv", "date,why\n2027-05-07,bridge\n")
        self.put("problem.json", json.dumps({"horizon": {
            "first": "2026-09-01", "last": "2027-07-02",
            "except": ["2026-09-04"]}}))
        path = {name: os.path.join(self.folder, name) for name in
                ("h.csv", "p.csv", "c.csv", "problem.json", "out.json")}
        said = io.StringIO()
        with redirect_stderr(said):
            calendar_fr.main([path["problem.json"], "-o", path["out.json"],
                              "--zone", zone, "--holidays", path["h.csv"],
                              *(path.get(m, m) for m in more)])
        with open(path["out.json"], encoding="utf-8") as file:
            return json.load(file)["horizon"], said.getvalue()

    def test_periods_of_a_zone(self):
        for zone, winter in (("C", ("2027-02-06", "2027-02-07")),
                             ("B", ("2027-02-07", "2027-02-07"))):
            horizon, said = self.calendar(zone)
            self.assertEqual(
                [(p["id"], p["first"], p["last"])
                 for p in horizon["periods"]],
                [("toussaint", "2026-10-17", "2026-10-19"),
                 ("hiver", *winter)])  # summer begins after the horizon
            self.assertIn("dates that are none", said)

    def test_days_left_out(self):
        horizon, _ = self.calendar("A", "--public", "p.csv", "--closed",
                                   "c.csv")
        self.assertEqual(horizon["except"],
                         ["2026-09-04", "2026-11-11", "2027-05-07",
                          "2027-05-17"])
        self.assertEqual([p["id"] for p in horizon["periods"]], ["toussaint"])

    def test_another_file_is_told(self):
        self.put("x.csv", "date,nom\n2026-10-17,x\n")
        with self.assertRaises(SystemExit) as told:
            calendar_fr.holiday_periods(os.path.join(self.folder, "x.csv"),
                                        "A", self.dirt)
        self.assertIn("Maybe", str(told.exception))


if __name__ == "__main__":
    unittest.main()
