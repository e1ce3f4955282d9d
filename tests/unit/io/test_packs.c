// SPDX-License-Identifier: GPL-3.0-or-later
/* Rule packs: the embedded ones are good, and others replace them. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

static rule_pack read_pack(arena *mem, io_text input) {
    rule_pack pack;
    ctg_error err = CTG_ERROR_INIT;
    fault_list faults = {.mem = mem};
    if (io_read_pack(&pack, input, &faults, mem, &err) != CTG_OK)
        fail_msg("%s %s", err.pointer, err.message);
    assert_int_equal(faults.n, 0);
    return pack;
}

static const rule *find(const rule_pack *pack, const char *id) {
    for (int32_t i = 0; i < pack->n_rules; i++)
        if (strcmp(pack->rules[i].id, id) == 0)
            return &pack->rules[i];
    fail_msg("no rule %s", id);
    return NULL;
}

static void embedded_packs_are_named_by_their_ids(void **state) {
    assert_true(io_embedded_packs() >= 4);
    for (int32_t i = 0; i < io_embedded_packs(); i++) {
        const char *name = NULL;
        const io_text input = io_embedded_pack(i, &name);
        assert_string_equal(read_pack(*state, input).id, name);
    }
}

static rule_pack embedded(arena *mem, const char *wanted) {
    for (int32_t i = 0; i < io_embedded_packs(); i++) {
        const char *name = NULL;
        const io_text input = io_embedded_pack(i, &name);
        if (strcmp(name, wanted) == 0)
            return read_pack(mem, input);
    }
    fail_msg("no pack %s", wanted);
    return (rule_pack){0};
}

/* R. 2324-46-4, 1: 5 who do not walk, 8 who walk. */
static void creche_ratio_is_five_and_eight(void **state) {
    const rule_pack pack = embedded(*state, "fr-eaje");
    const rule *const r = find(&pack, "eaje.5_8");
    assert_int_equal(r->n_classes, 2);
    assert_int_equal(r->classes[0].per, 5);
    assert_int_equal(r->classes[0].walks, 0);
    assert_int_equal(r->classes[1].per, 8);
    assert_int_equal(r->classes[1].walks, 1);
    assert_int_equal(r->rounding, SUM_THEN_CEIL);
}

/* Décret 2025-304: category 1 alone in micro-crèches since September 2026. */
static void micro_creche_minimum_changes_in_september_2026(void **state) {
    const rule_pack pack = embedded(*state, "fr-eaje");
    const rule *const before = find(&pack, "eaje.min_two");
    const rule *const after = find(&pack, "eaje.min_two.2026");
    assert_int_equal(before->valid_to + 1, after->valid_from);
    assert_int_equal(before->alone_categories,
                     1u << STAFF_CAT1 | 1u << STAFF_CAT2);
    assert_int_equal(after->alone_categories, 1u << STAFF_CAT1);
    assert_int_equal(after->valid_from,
                     civil_from_date((civil_date){2026, 9, 1}));
}

/* R. 227-16, II: at most five hours with a PEDT, 14 below six years, 18. */
static void school_centre_with_pedt_is_fourteen_and_eighteen(void **state) {
    const rule_pack pack = embedded(*state, "fr-acm");
    const rule *const r = find(&pack, "acm.peri.pedt.le5h");
    assert_int_equal(r->classes[0].per, 14);
    assert_int_equal(r->classes[0].below_months, 72);
    assert_int_equal(r->classes[1].per, 18);
    assert_int_equal(r->classes[1].from_months, 72);
}

static void data_rule_keeps_its_parameters_sorted(void **state) {
    const io_text input = case_text(
        *state, "{'schema':'ctgsched/rules/1','id':'x','rules':[{'id':'x.d',"
                "'kind':'data','status':'memory',"
                "'parameters':{'b':[1,'two',true],'a':-3}}]}");
    const io_text expected = case_text(*state, "{'a':-3,'b':[1,'two',true]}");
    const rule_pack pack = read_pack(*state, input);
    assert_string_equal(pack.rules[0].data, expected.at);
    assert_int_equal(pack.rules[0].valid_to, INT32_MAX);
}

static rule_pack pack_of(arena *mem, const char *one, const char *two) {
    return read_pack(mem,
                     case_text(mem, arena_printf(mem,
                                                 "{'schema':'ctgsched/rules/1',"
                                                 "'id':'x','rules':[%s,%s]}",
                                                 one, two)));
}

static void digest_forgets_the_order_of_rules(void **state) {
    const char *const one =
        "{'id':'a','kind':'unit_max','status':'memory','valid_to':'2020-01-01',"
        "'parameters':{'max_places':1}}";
    const char *const two = "{'id':'b','kind':'cat1_share','status':'memory',"
                            "'parameters':{'min_pct':40}}";
    const rule_pack first = pack_of(*state, one, two);
    const rule_pack second = pack_of(*state, two, one);
    assert_string_equal(first.digest, second.digest);
    assert_string_equal(second.rules[0].id, "a");
}

static const char town[] =
    "{'schema':'ctgsched/problem/1','id':'p',"
    "'horizon':{'first':'2026-09-07','last':'2026-09-07'},"
    "'structures':[{'id':'s','places':70,'ratio':null,'hours':[]}]}";
static const char larger[] =
    "{'schema':'ctgsched/rules/1','id':'fr-eaje','rules':[{'id':'u',"
    "'kind':'unit_max','status':'verified','parameters':{'max_places':80}}]}";

static void pack_handed_in_replaces_the_embedded_one(void **state) {
    problem *p = NULL;
    ctg_error err = CTG_ERROR_INIT;
    const io_text input = case_text(*state, town);
    const io_text more = case_text(*state, larger);
    assert_int_equal(io_read_problem(&p, input, NULL, 0, NULL, NULL, &err),
                     CTG_ERR_INPUT);
    assert_string_equal(err.code, "E-UNIT");
    assert_int_equal(io_read_problem(&p, input, &more, 1, NULL, NULL, NULL),
                     CTG_OK);
    assert_int_equal(p->n_packs, 1);
    assert_int_equal(p->packs[0].n_rules, 1);
    problem_free(p);
}

static void law_case_knows_its_rules_by_day(void **state) {
    problem *p = NULL;
    const io_text input =
        case_file(*state, CTG_SOURCE_DIR "/tests/cases/valid/law/problem.json");
    assert_int_equal(io_read_problem(&p, input, NULL, 0, NULL, NULL, NULL),
                     CTG_OK);
    const structure *const s = &p->structures[1];
    assert_string_equal(s->id, "creche");
    /* 2026-08-24 is day 0; September 1, 2 and 3 are days 6, 7 and 8. */
    assert_int_equal(s->law->days[5]->ratio->classes[0].per, 5);
    assert_int_equal(s->law->days[6]->ratio->classes[0].per, 6);
    assert_int_equal(s->law->days[7]->ratio->classes[0].per, 8);
    assert_non_null(s->law->days[7]->minimum);
    assert_null(s->law->days[8]->minimum);
    assert_int_equal(s->law->days[9]->ratio->classes[0].per, 6);
    assert_string_equal(s->law->days[0]->adaptation->id, "local.adaptation");
    assert_null(p->structures[0].law->days[0]->minimum);
    problem_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(embedded_packs_are_named_by_their_ids),
        cmocka_unit_test(creche_ratio_is_five_and_eight),
        cmocka_unit_test(micro_creche_minimum_changes_in_september_2026),
        cmocka_unit_test(school_centre_with_pedt_is_fourteen_and_eighteen),
        cmocka_unit_test(data_rule_keeps_its_parameters_sorted),
        cmocka_unit_test(digest_forgets_the_order_of_rules),
        cmocka_unit_test(pack_handed_in_replaces_the_embedded_one),
        cmocka_unit_test(law_case_knows_its_rules_by_day),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
