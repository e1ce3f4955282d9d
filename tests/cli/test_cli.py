# SPDX-License-Identifier: GPL-3.0-or-later
"""The program ctgsched: every verb, its data on standard output, its messages
on standard error, its exit status."""
import json
import os
import re
import unittest

from support import CliCase, PROGRAM, plan, request, town


class Usage(CliCase):
    def test_no_verb_shows_help_on_stderr(self):
        done = self.run_cli(status=2)
        self.assertEqual(done.stdout, "")
        self.assertIn("Usage: ctgsched", done.stderr)

    def test_help_lists_verbs_and_exit_statuses(self):
        text = self.run_cli("--help").stdout
        for verb in ["solve", "check", "lint", "report", "apply", "export",
                     "rules", "version"]:
            self.assertRegex(text, rf"(?m)^  {verb} ")
        for code in [0, 1, 2, 3, 4, 5, 6, 7, 130, 143]:
            self.assertRegex(text, rf"(?m)^ +{code}  ")

    def test_help_of_each_verb_names_its_options(self):
        for verb, option in [("solve", "--time-limit"), ("check", "--lang"),
                             ("report", "--head"), ("export", "--names"),
                             ("rules", "--at"), ("lint", "--json")]:
            self.assertIn(option, self.run_cli(verb, "--help").stdout)
            self.assertIn(option, self.run_cli("help", verb).stdout)

    def test_verb_misspelt_suggests(self):
        done = self.run_cli("slove", status=2)
        self.assertIn('Maybe "solve"', done.stderr)
        self.assertEqual(done.stdout, "")

    def test_option_misspelt_suggests(self):
        done = self.run_cli("solve", "x.json", "--tmie-limit", "3", status=2)
        self.assertIn("Maybe --time-limit", done.stderr)

    def test_option_of_another_verb_is_refused(self):
        self.run_cli("lint", "x.json", "--gap", "0.1", status=2)

    def test_value_missing_or_malformed_is_refused(self):
        self.run_cli("solve", "x.json", "--gap", status=2)
        self.run_cli("solve", "x.json", "--gap=2", status=2)
        self.run_cli("solve", "x.json", "--time-limit", "soon", status=2)
        self.run_cli("solve", "x.json", "--progress", "loud", status=2)
        self.run_cli("solve", "x.json", "--prove-ties=1", status=2)
        self.run_cli("report", "x", "y", "--head", "-3", status=2)
        self.run_cli("rules", "list", "--at", "2026-02-30", status=2)

    def test_operands_missing_or_too_many_are_refused(self):
        self.run_cli("solve", status=2)
        self.run_cli("check", "a", status=2)
        self.run_cli("solve", "a", "b", status=2)

    def test_stdin_twice_is_refused(self):
        done = self.run_cli("check", "-", "-", status=2)
        self.assertIn("once", done.stderr)

    def test_file_that_does_not_exist_is_usage(self):
        done = self.run_cli("solve", self.path("none.json"), status=2)
        self.assertIn("cannot read", done.stderr)

    def test_folder_as_input_is_usage(self):
        self.run_cli("solve", self.folder, status=2)

    def test_output_folder_that_does_not_exist_is_usage(self):
        problem = self.write("p.json", town())
        self.run_cli("solve", problem, "-o", self.path("no/plan.json"),
                     status=2)

    def test_input_is_never_overwritten(self):
        problem = self.write("p.json", town())
        its_plan = self.write("plan.json", plan("r1", "r3"))
        os.link(problem, self.path("link.json"))
        for words in (["solve", problem, "-o", self.path("link.json")],
                      ["export", problem, "-o", problem],
                      ["export", problem, "--names", problem],
                      ["export", problem, "--plan", its_plan, "-o", its_plan]):
            before = self.read("p.json"), self.read("plan.json")
            done = self.run_cli(*words, status=2)
            self.assertIn("it is the input. Maybe", done.stderr)
            self.assertEqual(before, (self.read("p.json"),
                                      self.read("plan.json")))

    def test_plan_improved_may_replace_its_base(self):
        problem = self.write("p.json", town())
        its_plan = self.write("plan.json", plan("r1"))
        self.run_cli("solve", problem, "--base", its_plan, "-o", its_plan)
        self.assertIn('"r3"', self.read("plan.json"))

    def test_empty_name_of_a_file_is_usage(self):
        problem = self.write("p.json", town())
        for words in (["lint", ""], ["solve", problem, "-o", ""]):
            self.assertIn('""', self.run_cli(*words, status=2).stderr)

    def test_value_refused_is_told_of_the_flag_typed(self):
        problem = self.write("p.json", town())
        for flag, value in (("--time-limit", "-5"), ("--work-limit", "1.5"),
                            ("--gap", "nan"), ("--seed", "é"),
                            ("--seed", "a" * 65), ("--seed", "")):
            done = self.run_cli("solve", problem, flag, value, status=2)
            self.assertRegex(done.stderr,
                             f'^ctgsched: {flag} cannot be "{value}".* Maybe ')
            self.assertEqual(done.stdout, "")

    def test_double_dash_ends_options(self):
        done = self.run_cli("lint", "--", "--json", status=2)
        self.assertIn("cannot read --json", done.stderr)


class Environment(CliCase):
    """CTGSCHED_OPTION is what an option is when it is not given."""

    def setUp(self):
        super().setUp()
        self.problem = self.write("p.json", town())
        self.plan = self.write("plan.json", plan("r1", "r3"))

    def test_limit_of_the_environment_is_kept(self):
        one = self.run_json("solve", self.problem, status=5,
                            env={"CTGSCHED_WORK_LIMIT": "1"})
        self.assertEqual(one["stop"], "work")
        self.assertEqual(one["plan"]["provenance"]["work_limit"], 1)

    def test_option_wins_over_the_environment(self):
        one = self.run_json("solve", self.problem, "--work-limit", "5M",
                            env={"CTGSCHED_WORK_LIMIT": "1"})
        self.assertEqual(one["plan"]["provenance"]["work_limit"], 5_000_000)

    def test_language_of_its_own_wins_over_that_of_the_system(self):
        text = self.run_cli("check", self.problem, self.plan,
                            env={"LC_ALL": "en_US.UTF-8",
                                 "CTGSCHED_LANG": "fr"}).stdout
        self.assertIn("accepté", text)

    def test_flag_is_1_or_0(self):
        for value in "10":
            self.run_cli("solve", self.problem,
                         env={"CTGSCHED_PROVE_TIES": value})
        self.run_cli("solve", self.problem, status=2,
                     env={"CTGSCHED_PROVE_TIES": "perhaps"})

    def test_word_of_the_environment_is_checked_and_named(self):
        done = self.run_cli("check", self.problem, self.plan, status=2,
                            env={"CTGSCHED_COLOR": "pink"})
        self.assertIn("--color cannot be", done.stderr)
        self.assertIn("CTGSCHED_COLOR=pink", done.stderr)

    def test_variable_of_another_verb_or_empty_is_left_alone(self):
        self.run_cli("check", self.problem, self.plan,
                     env={"CTGSCHED_FORMAT": "xml", "CTGSCHED_LANG": ""})

    def test_files_and_the_seed_have_no_variable(self):
        done = self.run_cli("solve", self.problem,
                            env={"CTGSCHED_OUTPUT": self.path("x"),
                                 "CTGSCHED_SEED": "x", "CTGSCHED_JSON": "1"})
        made = json.loads(done.stdout)
        self.assertEqual(made["schema"], "ctgsched/plan/1")
        self.assertEqual(made["provenance"]["seed"], "0")
        self.assertEqual(self.names(), ["p.json", "plan.json"])

    def test_help_and_manual_tell(self):
        self.assertIn("CTGSCHED_TIME_LIMIT", self.run_cli("--help").stdout)
        self.assertIn("CTGSCHED_TIME_LIMIT",
                      self.run_cli("--generate", "man").stdout)


class Advice(CliCase):
    """Every message ends with what may help."""

    def messages(self, *arguments, status, **more):
        done = self.run_cli(*arguments, status=status, **more)
        lines = [line for line in done.stderr.splitlines() if line]
        self.assertTrue(lines)
        for line in lines:
            self.assertRegex(line, r"Maybe [^.].*\.$|Maybe: .*\.$", line)
        return done

    def test_wrong_calls(self):
        problem = self.write("p.json", town())
        for arguments in (
                ("slove",), ("sssss",), ("solve",), ("solve", "a", "b"),
                ("solve", "--tim", problem), ("solve", problem, "--zzz"),
                ("solve", problem, "--gap"), ("solve", problem, "--gap", "9"),
                ("solve", problem, "--prove-ties=1"),
                ("solve", problem, "--at", "2026-09-07"),
                ("solve", problem, "--seed", "\u00e9"),
                ("solve", problem, "-o", self.path("no/plan.json")),
                ("solve", problem, "-o", problem),
                ("solve", self.path("none.json")), ("solve", self.folder),
                ("solve", problem, "--base", self.path("none.json")),
                ("check", "-", "-"), ("export", problem, "--names", "-"),
                ("export", problem, "--goal", "2"),
                ("export", problem, "--goal", "beauty"),
                ("export", problem, "--format", "xml"),
                ("rules",), ("rules", "lits"), ("rules", "show"),
                ("rules", "show", "fr-eaje1"), ("rules", "show", "zzzzzzzz"),
                ("report", problem, problem, "--week", "never"),
                ("help", "slove"), ("--generate", "poem"),
                ("--generate",)):
            with self.subTest(arguments=arguments):
                if arguments[0] == "report":
                    arguments = ("report", problem, self.write(
                        "plan.json", plan("r1")), *arguments[3:])
                self.messages(*arguments, status=2)

    def test_export_names_the_goal_as_it_was_typed(self):
        problem = self.write("p.json", town())
        done = self.run_cli("export", problem, "--goal", "2", status=2)
        self.assertIn("--goal 2 needs --plan", done.stderr)

    def test_files_that_are_refused(self):
        bad = self.write("p.json", {**town(), "colour": 1})
        for arguments in (("solve", bad), ("export", bad),
                          ("check", bad, bad), ("report", bad, bad)):
            self.messages(*arguments, status=3)
        good = self.write("q.json", town())
        for verb in ("check", "report"):
            self.messages(verb, good, self.write("plan.json", plan("r9")),
                          status=3)

    def test_plans_that_break_rules(self):
        problem = self.write("p.json", town())
        base = self.write("plan.json", plan("r1", "r2"))
        self.messages("solve", problem, "--base", base, status=7)
        self.messages("export", problem, "--goal", "2", "--plan", base,
                      status=7)

    def test_breaches(self):
        stated = {**plan("r1", "r2"), "waiting": [], "coverage": [],
                  "goals": [], "problem": {"digest": "sha256:" + 64 * "0"},
                  "envy": [{"request": "r1", "envies": "r2"}],
                  "shortages": [{"kind": "request", "rule": "served",
                                 "request": "r3", "size": 1}]}
        problem = self.write("p.json", town(pins=[
            {"request": "r3", "structure": "s1"}]))
        file = self.write("plan.json", stated)
        for lang, word in (("en", "Maybe"), ("fr", "Peut-\u00eatre")):
            lines = [line for line in self.run_cli(
                "check", problem, file, "--lang", lang, status=7,
                env={"LC_ALL": "C.UTF-8"}).stdout.splitlines()
                if line.startswith(("breach", "infraction"))]
            self.assertGreater(len(lines), 10)
            for line in lines:
                self.assertRegex(line, rf"{word} .*\.$")
        for one in self.run_json("check", problem, file,
                                 status=7)["breaches"]:
            self.assertRegex(one["message"], r"\. Maybe .*\.$")


class Version(CliCase):
    def test_text_and_json(self):
        self.assertRegex(self.run_cli("version").stdout,
                         r"^ctgsched \d+\.\d+\.\d+\n")
        self.assertEqual(self.run_cli("--version").stdout,
                         self.run_cli("version").stdout)
        value = self.run_json("version")
        self.assertIn("ctgsched/plan/1", value["formats"])
        self.assertIn("fr-eaje", value["packs"])


class Lint(CliCase):
    def test_good_problem_is_silent(self):
        problem = self.write("p.json", town())
        self.assertEqual(self.run_cli("lint", problem).stdout, "")

    def test_faults_are_listed_with_place_and_code(self):
        wrong = town([request(1, 5, "12:00", "09:00"), request(2, 3)])
        wrong["requests"][1]["child"] = "c77"
        wrong["colour"] = 1
        problem = self.write("p.json", wrong)
        done = self.run_cli("lint", problem, status=3)
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), 3)
        for line in lines:
            self.assertRegex(
                line, rf"^{re.escape(problem)}:\d+:\d+: E-[A-Z-]+ /\S+ \S")
        self.assertEqual(
            {line.split(": ")[1].split()[0] for line in lines},
            {"E-INTERVAL", "E-REF", "E-MEMBER"})

    def test_first_hundred_faults_are_said_to_be_so(self):
        many = town([request(i, 1, typo=0) for i in range(101)])
        for wrong, words in ((many, "the first 100 faults. Maybe mend them"),
                             (town(typo=0), "1 fault. Maybe mend it")):
            problem = self.write("p.json", wrong)
            done = self.run_cli("solve", problem, status=3)
            self.assertIn(f"ctgsched: {words} and try again.\n", done.stderr)

    def test_json_has_every_member(self):
        wrong = town()
        wrong["horizon"]["first"] = "2026-13-01"
        value = self.run_json("lint", self.write("p.json", wrong), status=3)
        self.assertEqual(value["status"], "rejected")
        self.assertGreaterEqual(value["errors"], 1)
        fault = value["faults"][0]
        self.assertEqual(fault["code"], "E-DATE")
        self.assertEqual(fault["pointer"], "/horizon/first")
        self.assertEqual(fault["severity"], "error")
        self.assertGreater(fault["line"], 1)
        self.assertGreater(fault["column"], 1)

    def test_warnings_alone_end_with_0(self):
        odd = town()
        odd["structures"][0]["closures"] = [
            {"dates": ["2027-01-01"]}]
        done = self.run_cli("lint", self.write("p.json", odd))
        self.assertIn("W-NEVER", done.stdout)
        value = self.run_json("lint", self.path("p.json"))
        self.assertEqual(value["errors"], 0)
        self.assertGreaterEqual(value["warnings"], 1)

    def test_syntax_error_has_line_and_column(self):
        done = self.run_cli("lint", "-", stdin='{\n "a": ]\n', status=3)
        self.assertRegex(done.stdout, r"^<stdin>:2:\d+: E-SYNTAX ")

    def test_broken_pack_is_listed_under_its_own_name(self):
        pack = self.write("pack.json", {"schema": "ctgsched/rules/1"})
        done = self.run_cli("lint", self.write("p.json", town()), "--rules",
                            pack, status=3)
        self.assertIn(pack + ":", done.stdout)


class Check(CliCase):
    def test_accepted_plan_shows_goals(self):
        problem = self.write("p.json", town())
        good = self.write("plan.json", plan("r1", "r3"))
        done = self.run_cli("check", problem, good)
        self.assertIn("accepted", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^points +7 ")
        value = self.run_json("check", problem, good)
        self.assertTrue(value["accepted"])
        values = {g["name"]: g["value"] for g in value["goals"]}
        self.assertEqual(values["points"], 7)
        self.assertEqual(values["hours"], 2100)
        self.assertEqual(value["placed"], 2)
        self.assertEqual(value["waiting"], 1)
        self.assertRegex(value["digests"]["problem"], "^sha256:[0-9a-f]{64}$")

    def test_broken_plan_lists_each_breach(self):
        problem = self.write("p.json", town())
        wrong = self.write("plan.json", plan("r1", "r2"))
        done = self.run_cli("check", problem, wrong, status=7)
        self.assertIn("refused", done.stdout)
        self.assertIn("Mon 7 Sep 2026 09:00-12:00", done.stdout)
        value = self.run_json("check", problem, wrong, status=7)
        places = [b for b in value["breaches"] if b["rule"] == "places"]
        self.assertEqual(len(places), 5)
        self.assertEqual(
            {k: places[0][k] for k in ["structure", "date", "begin", "end"]},
            {"structure": "s1", "date": "2026-09-07", "begin": "09:00",
             "end": "12:00"})

    def test_french_names_days_and_rule(self):
        problem = self.write("p.json", town())
        wrong = self.write("plan.json", plan("r1", "r2"))
        text = self.run_cli("check", problem, wrong, "--lang", "fr",
                            status=7).stdout
        self.assertIn("lun. 7 sept. 2026 09:00-12:00", text)
        self.assertIn("plus d'enfants que de places", text)

    def test_language_of_the_environment(self):
        problem = self.write("p.json", town())
        good = self.write("plan.json", plan("r1", "r3"))
        text = self.run_cli("check", problem, good,
                            env={"LC_ALL": "fr_FR.UTF-8"}).stdout
        self.assertIn("accepté", text)

    def test_shortage_is_a_warning(self):
        short = town([request(1, 5, mandatory=True),
                      request(2, 3, mandatory=True)])
        problem = self.write("p.json", short)
        best = self.path("plan.json")
        self.run_cli("solve", problem, "-o", best)
        done = self.run_cli("check", problem, best)
        self.assertIn("warning: short: request", done.stdout)
        value = self.run_json("check", problem, best)
        self.assertEqual([(s["kind"], s["size"]) for s in value["shortages"]],
                         [("request", 1)])

    def test_plan_on_stdin(self):
        problem = self.write("p.json", town())
        self.run_cli("check", problem, "-", stdin=json.dumps(plan("r2")))

    def test_plan_that_names_strangers_is_rejected(self):
        problem = self.write("p.json", town())
        strange = self.write("plan.json", plan("r9"))
        done = self.run_cli("check", problem, strange, status=3)
        self.assertIn("plan.json:", done.stderr)
        self.assertIn("E-REF", done.stderr)
        value = self.run_json("check", problem, strange, status=3)
        self.assertEqual(value["status"], "rejected")
        self.assertEqual(value["faults"][0]["file"], strange)


class Rules(CliCase):
    def test_list_shows_embedded_packs(self):
        self.assertRegex(self.run_cli("rules", "list").stdout,
                         r"(?m)^fr-eaje +\d+ rules")
        value = self.run_json("rules", "list")
        self.assertIn("fr-eaje", [p["id"] for p in value["packs"]])

    def test_show_has_article_scope_dates_parameters_status(self):
        text = self.run_cli("rules", "show", "fr-eaje").stdout
        for word in ["article", "scope", "dates", "parameters", "status"]:
            self.assertRegex(text, rf"(?m)^  {word} +\S")
        value = self.run_json("rules", "show", "fr-eaje")
        for rule in value["rules"]:
            self.assertIn(rule["status"], ["verified", "secondary", "memory"])
            self.assertIsInstance(rule["parameters"], dict)
            self.assertTrue(rule["scope"])

    def pack(self):
        def rule(first, last, most):
            return {"id": "u", "kind": "unit_max", "article": "A1",
                    "title": "t", "title_fr": "t", "status": "memory",
                    "valid_from": first, "valid_to": last,
                    "parameters": {"max_places": most}}
        return self.write("pack.json", {
            "schema": "ctgsched/rules/1", "id": "mine", "title": "Mine",
            "title_fr": "Le mien", "law": "l",
            "rules": [rule("2020-01-01", "2025-12-31", 50),
                      rule("2026-01-01", "2030-12-31", 60)]})

    def test_at_keeps_the_rules_of_the_day(self):
        pack = self.pack()
        for date, most in [("2025-12-31", 50), ("2026-01-01", 60)]:
            value = self.run_json("rules", "show", "mine", "--rules", pack,
                                  "--at", date)
            self.assertEqual([r["parameters"]["max_places"]
                              for r in value["rules"]], [most])
        self.assertEqual(
            self.run_json("rules", "show", "mine", "--rules", pack, "--at",
                          "2019-12-31")["rules"], [])

    def test_french_titles(self):
        text = self.run_cli("rules", "show", "mine", "--rules", self.pack(),
                            "--lang", "fr").stdout
        self.assertIn("Le mien", text)

    def test_unknown_pack_suggests(self):
        done = self.run_cli("rules", "show", "fr-eaje1", status=2)
        self.assertIn("Maybe fr-eaje", done.stderr)

    def test_unknown_action_is_usage(self):
        self.assertIn('Maybe "list"',
                      self.run_cli("rules", "lits", status=2).stderr)
        self.run_cli("rules", "show", status=2)

    def test_broken_pack_is_rejected(self):
        pack = self.write("pack.json", "{}")
        self.run_cli("rules", "list", "--rules", pack, status=3)


class Report(CliCase):
    def setUp(self):
        super().setUp()
        self.problem = self.write("p.json", town())
        self.plan = self.write("plan.json", plan("r1", "r3"))

    def test_week_shows_presence_half_hour_by_half_hour(self):
        text = self.run_cli("report", self.problem, self.plan,
                            env={"COLUMNS": "100"}).stdout
        self.assertIn("week 2026-W37", text)
        # 08:00-09:00 empty, 09-12 full, 12-13 empty, 13-17 full, 17-18 empty
        row = " ".join(".." + "######" + ".." + "########" + "..")
        self.assertIn("\ns1, 1 places at most\n", text)
        self.assertIn("Mon 7 Sep     " + row, text)
        self.assertRegex(text, r"Waiting list \(1\)\n +1  r2 ")

    def test_narrow_terminal_has_one_column_a_half_hour(self):
        text = self.run_cli("report", self.problem, self.plan,
                            env={"COLUMNS": "40"}).stdout
        self.assertIn("Tue 8 Sep     ..######..########..", text)
        self.assertLessEqual(
            max(len(line) for line in text.splitlines()
                if line[:3] in ("Mon", "Tue", "Wed", "Thu", "Fri")), 40)

    def test_more_children_than_places_is_marked(self):
        wrong = self.write("w.json", plan("r1", "r2"))
        done = self.run_cli("report", self.problem, wrong,
                            env={"COLUMNS": "40"})
        self.assertIn("Mon 7 Sep     ..!!!!!!", done.stdout)
        self.assertIn("see ctgsched check", done.stderr)

    def test_french_week(self):
        text = self.run_cli("report", self.problem, self.plan, "--lang", "fr",
                            env={"COLUMNS": "40"}).stdout
        self.assertIn("lun. 7 sept.  ..######..########..", text)
        self.assertIn("semaine 2026-W37", text)
        self.assertIn("Liste d'attente (1)", text)

    def test_colour_only_when_asked(self):
        plain = self.run_cli("report", self.problem, self.plan).stdout
        bright = self.run_cli("report", self.problem, self.plan, "--color",
                              "always").stdout
        self.assertNotIn("\033", plain)
        self.assertIn("\033[", bright)
        self.assertEqual(re.sub("\033\\[[0-9;]*m", "", bright), plain)

    def test_colour_fills_the_half_hour(self):
        wide = self.run_cli("report", self.problem, self.plan, "--color",
                            "always", env={"COLUMNS": "100"}).stdout
        self.assertIn(6 * "\033[30;46m# \033[0m", wide)

    def test_week_elsewhere_is_empty(self):
        text = self.run_cli("report", self.problem, self.plan, "--week",
                            "2026-W50").stdout
        self.assertIn("no structure is open in this week", text)

    def test_week_by_date_within(self):
        one = self.run_cli("report", self.problem, self.plan, "--week",
                           "2026-09-10").stdout
        self.assertEqual(one, self.run_cli("report", self.problem,
                                           self.plan).stdout)

    def test_week_or_structure_unknown_is_usage(self):
        self.run_cli("report", self.problem, self.plan, "--week", "2026-W54",
                     status=2)
        self.run_cli("report", self.problem, self.plan, "--structure", "zz",
                     status=2)

    def test_head_shortens_the_waiting_list(self):
        text = self.run_cli("report", self.problem, self.plan, "--head",
                            "0").stdout
        self.assertIn("... 1 more", text)
        self.assertNotIn("  r2 ", text)

    def test_json_has_everything(self):
        value = self.run_json("report", self.problem, self.plan)
        self.assertTrue(value["accepted"])
        self.assertEqual(value["week"], "2026-W37")
        self.assertEqual([w["request"] for w in value["waiting"]], ["r2"])
        coverage = value["plan"]["coverage"]
        self.assertEqual(len(coverage), 5)
        first = coverage[0]
        self.assertEqual(first["date"], "2026-09-07")
        self.assertEqual([i["present"] for i in first["intervals"]],
                         [0, 1, 0, 1, 0])


class Export(CliCase):
    def setUp(self):
        super().setUp()
        self.problem = self.write("p.json", town())
        self.plan = self.write("plan.json", plan("r1", "r3"))

    def test_mps_on_stdout_and_lp_in_a_file(self):
        mps = self.run_cli("export", self.problem).stdout
        self.assertIn("ROWS\n", mps)
        self.assertTrue(mps.rstrip().endswith("ENDATA"))
        self.run_cli("export", self.problem, "--format", "lp", "-o",
                     self.path("p.lp"), "--names", self.path("names.tsv"))
        self.assertRegex(self.read("p.lp"), r"(?i)subject to")
        self.assertIn("\t", self.read("names.tsv"))

    def test_later_goal_needs_a_plan(self):
        self.run_cli("export", self.problem, "--goal", "2", status=2)
        by_name = self.run_cli("export", self.problem, "--goal", "requests",
                               "--plan", self.plan).stdout
        by_place = self.run_cli("export", self.problem, "--goal", "2",
                                "--plan", self.plan).stdout
        self.assertEqual(by_name, by_place)
        self.assertNotEqual(by_name, self.run_cli("export",
                                                  self.problem).stdout)

    def test_unknown_goal_is_usage(self):
        for goal in ("99", "0", "beauty"):
            done = self.run_cli("export", self.problem, "--goal", goal,
                                status=2)
            self.assertIn("Maybe one of points, requests, hours", done.stderr)

    def test_plan_that_breaks_a_rule_is_7(self):
        wrong = self.write("w.json", plan("r1", "r2"))
        self.run_cli("export", self.problem, "--goal", "2", "--plan", wrong,
                     status=7)

    def test_both_outputs_on_stdout_is_usage(self):
        self.run_cli("export", self.problem, "--names", "-", status=2)

    def test_json_embeds_the_program(self):
        value = self.run_json("export", self.problem)
        self.assertEqual(value["program"],
                         self.run_cli("export", self.problem).stdout)
        value = self.run_json("export", self.problem, "-o", self.path("x"))
        self.assertNotIn("program", value)
        self.assertEqual(value["bytes"], len(self.read("x")))


class Generated(CliCase):
    def test_manual_names_every_option_and_status(self):
        text = self.run_cli("--generate", "man").stdout.replace("\\-", "-")
        for verb in ["solve", "check", "lint", "report", "export", "rules"]:
            options = re.findall(r"(?m)^ +(?:-\w, )?(--[a-z-]+)",
                                 self.run_cli(verb, "--help").stdout)
            self.assertGreater(len(options), 2)
            for option in options:
                self.assertIn(option, text)
        self.assertIn("EXIT STATUS", text)

    def test_completions_name_every_option_of_solve(self):
        options = re.findall(r"(?m)^ +(?:-\w, )?--([a-z-]+)",
                             self.run_cli("solve", "--help").stdout)
        for shell in ["bash", "zsh", "fish"]:
            text = self.run_cli("--generate", shell).stdout
            for option in options:
                self.assertIn(option, text)

    def test_completions_know_what_rules_takes(self):
        for shell in ["bash", "zsh", "fish"]:
            text = self.run_cli("--generate", shell).stdout
            self.assertRegex(text, r"rules.*\n?.*[\"'(]list show")

    def test_bash_completion_completes(self):
        import subprocess
        script = self.run_cli("--generate", "bash").stdout + (
            "\nCOMP_WORDS=(ctgsched solve --time)\nCOMP_CWORD=2\n_ctgsched\n"
            'echo "${COMPREPLY[@]}"\n')
        done = subprocess.run(["bash", "-c", script], text=True, check=True,
                              capture_output=True)
        self.assertEqual(done.stdout.strip(), "--time-limit")

    def test_bash_completion_knows_what_stands_second(self):
        import subprocess
        script = self.run_cli("--generate", "bash").stdout
        for words, expected in (("rules s", "show"), ("help ch", "check"),
                                ("rules --a", "--at"), ("ru", "rules")):
            script += (f"\nCOMP_WORDS=(ctgsched {words})\nCOMP_CWORD="
                       f"{len(words.split())}\n_ctgsched\n"
                       f'[ "${{COMPREPLY[*]}}" = "{expected}" ] || exit 1\n')
        subprocess.run(["bash", "-c", script], check=True)

    def test_unknown_text_is_usage(self):
        self.run_cli("--generate", "poem", status=2)
        self.run_cli("--generate", status=2)


if __name__ == "__main__":
    print(PROGRAM)
    unittest.main()
