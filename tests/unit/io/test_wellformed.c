// SPDX-License-Identifier: GPL-3.0-or-later
/* Texts that are JSON and texts that are not, and that Jansson agrees on what
 * is drawn from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/random.h"
#include "io/wellformed.h"

static bool is_json(const char *text) {
    return text_is_json((io_text){text, strlen(text)});
}

static void objects_and_lists_are_json(void **state) {
    (void)state;
    assert_true(is_json("{}"));
    assert_true(is_json(" [ ]\n"));
    assert_true(is_json("{\"a\":1,\"b\":[true,false,null,{}]}"));
    assert_true(is_json("[-0.5e+3, 10, 0, 1E9, -7]"));
    assert_true(is_json("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD7ff\"]"));
    assert_true(is_json("[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8C\xB1\"]"));
}

static void what_the_grammar_refuses_is_not(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "1",
                                        "\"a\"",
                                        "{",
                                        "[1,]",
                                        "[,1]",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{a:1}",
                                        "[1 2]",
                                        "[01]",
                                        "[1.]",
                                        "[.5]",
                                        "[+1]",
                                        "[1e]",
                                        "[-]",
                                        "[tru]",
                                        "[\"a]",
                                        "[\"\\x\"]",
                                        "[\"\\u12g4\"]",
                                        "[\"\t\"]",
                                        "[1]]",
                                        "{}{}",
                                        "[}",
                                        "{]",
                                        "[\"\\u000\"]",
                                        "{\"a\":1,}",
                                        "nul",
                                        "[\"\xC0\xAF\"]",
                                        "[\"\xED\xA0\x80\"]",
                                        "[\"\xF4\x90\x80\x80\"]",
                                        "[\"\xE2\x82\"]",
                                        "[\"\x80\"]"};
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
        if (is_json(texts[k]))
            fail_msg("%s", texts[k]);
}

/* Jansson may mind these: no claim is made. */
static void doubt_is_not_json(void **state) {
    (void)state;
    assert_false(is_json("[\"\\u0000\"]"));
    assert_false(is_json("[\"\\ud800\"]"));
    assert_false(is_json("[\"\\uDBFF\\uDFFF\"]"));
}

static void nesting_ends_at_64(void **state) {
    (void)state;
    char text[131];
    memset(text, '[', 65);
    memset(text + 65, ']', 65);
    assert_true(text_is_json((io_text){text + 1, 128}));
    assert_false(text_is_json((io_text){text, 130}));
}

/* A byte or two of a good text changed: whatever is called JSON here, Jansson
 * reads (memory permitting, and but for numbers out of range and a name
 * twice). */
static void jansson_reads_what_is_called_json(void **state) {
    (void)state;
    static const char good[] =
        "{\"a\":[1,-2.5e3,\"x\\u00e9\\n\",true],\"b\":{\"c\":null,\"d\":[]}}";
    static const char bytes[] = "{}[]\",:\\u01e.-+ tfn\n\x80\xC3";
    random_state rng;
    random_seed(&rng, 1);
    int32_t n_json = 0;
    for (int32_t k = 0; k < 200000; k++) {
        char text[sizeof good];
        memcpy(text, good, sizeof good);
        for (int32_t i = random_below(&rng, 3); i >= 0; i--)
            text[random_below(&rng, sizeof good - 1)] =
                bytes[random_below(&rng, sizeof bytes - 1)];
        if (!is_json(text))
            continue;
        json_t *const read = json_loadb(text, sizeof good - 1, 0, NULL);
        n_json++;
        if (!read)
            fail_msg("%s", text);
        json_decref(read);
    }
    assert_true(n_json > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_and_lists_are_json),
        cmocka_unit_test(what_the_grammar_refuses_is_not),
        cmocka_unit_test(doubt_is_not_json),
        cmocka_unit_test(nesting_ends_at_64),
        cmocka_unit_test(jansson_reads_what_is_called_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
