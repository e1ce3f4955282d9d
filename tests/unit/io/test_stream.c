// SPDX-License-Identifier: GPL-3.0-or-later
/* Lists read one element at a time are what the whole tree would be, and no
 * text that the parser refuses as a whole is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "io/stream.h"

static const char town[] =
    "{\"id\": \"t\", \"children\" : [ {\"id\": \"a\", \"n\": [1, 2]},\n"
    "{\"id\": \"b]},\\\"\"} ], \"other\": {\"requests\": [1, {}]},\n"
    " \"requests\": [{\"id\": \"r\", \"o\": {\"p\": []}}, 7 ,\"x\"], "
    "\"goals\": {}}\n";

static io_text text_of(const char *from) {
    return (io_text){from, strlen(from)};
}

static json_t *opened(stream *out, const char *from, arena *mem) {
    json_t *root = NULL;
    assert_int_equal(stream_open(out, &root, text_of(from), mem), CTG_OK);
    return root;
}

/* Enters every element and leaves none, so that the tree is the whole one. */
static void enter_all(stream *s) {
    for (int32_t k = 0; k < STREAM_LISTS; k++) {
        const cursor list = {.at = s->lists[k].at};
        for (int32_t i = 0; i < s->lists[k].n && !s->is_malformed; i++)
            stream_enter(s, &list, i);
    }
}

static void elements_are_there_between_enter_and_leave(void **state) {
    stream s;
    json_t *const root = opened(&s, town, *state);
    assert_non_null(root);
    const cursor at = cursor_root(root);
    const cursor list = cursor_member(&at, "requests");
    assert_int_equal(json_array_size(list.at), 3);
    assert_true(json_is_null(json_array_get(list.at, 0)));
    const cursor first = stream_enter(&s, &list, 0);
    assert_string_equal(json_string_value(json_object_get(first.at, "id")),
                        "r");
    stream_leave(&s, &list, 0);
    assert_true(json_is_null(json_array_get(list.at, 0)));
    assert_int_equal(json_integer_value(stream_enter(&s, &list, 1).at), 7);
    json_decref(root);
}

static void other_lists_are_there_as_they_were(void **state) {
    stream s;
    json_t *const root = opened(&s, town, *state);
    const cursor at = cursor_root(root);
    const cursor other = cursor_member(&at, "other");
    const cursor list = cursor_member(&other, "requests");
    assert_int_equal(json_integer_value(stream_enter(&s, &list, 0).at), 1);
    stream_leave(&s, &list, 0);
    assert_int_equal(json_integer_value(json_array_get(list.at, 0)), 1);
    json_decref(root);
}

static void all_together_is_the_whole_tree(void **state) {
    stream s;
    json_t *const root = opened(&s, town, *state);
    json_t *const whole =
        json_loadb(town, strlen(town), JSON_REJECT_DUPLICATES, NULL);
    enter_all(&s);
    assert_int_equal(stream_close(&s), CTG_OK);
    assert_false(s.is_malformed);
    assert_true(json_equal(root, whole));
    json_decref(whole);
    json_decref(root);
}

static void elements_that_nobody_entered_are_looked_at(void **state) {
    stream s;
    json_t *const root =
        opened(&s, "{\"children\": [1, {\"a\": 1, \"a\": 2}]}", *state);
    assert_non_null(root);
    assert_int_equal(stream_close(&s), CTG_OK);
    assert_true(s.is_malformed);
    json_decref(root);
}

static void what_is_no_object_must_be_read_as_a_whole(void **state) {
    static const char *const texts[] = {"[1]",
                                        "{",
                                        "{}",
                                        "{\"requests\": [1}",
                                        "{\"a\": 1, \"a\": 2}",
                                        "{\"requests\": [1]} x"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        stream s;
        assert_null(opened(&s, texts[i], *state));
    }
}

/* True when the text is read, and then it is what the parser says. */
static bool is_taken(const char *from, arena *mem) {
    stream s;
    json_t *const root = opened(&s, from, mem);
    if (!root)
        return false;
    enter_all(&s);
    assert_int_equal(stream_close(&s), CTG_OK);
    json_t *const whole =
        json_loadb(from, strlen(from), JSON_REJECT_DUPLICATES, NULL);
    if (!s.is_malformed)
        assert_true(whole && json_equal(root, whole));
    json_decref(whole);
    json_decref(root);
    return !s.is_malformed;
}

static void no_text_is_taken_that_the_parser_refuses(void **state) {
    static const char letters[] = "{}[]\",: \\01nx";
    random_state rng;
    int32_t n_taken = 0;
    random_seed(&rng, 7);
    for (int32_t i = 0; i < 20000; i++) {
        char text[sizeof town];
        memcpy(text, town, sizeof town);
        for (int32_t left = random_range(&rng, 1, 3); left > 0; left--)
            text[random_below(&rng, (int32_t)sizeof town - 1)] =
                letters[random_below(&rng, (int32_t)sizeof letters - 1)];
        const arena_mark before = arena_here(*state);
        n_taken += is_taken(text, *state);
        arena_rewind(*state, before);
    }
    assert_true(n_taken > 500 && n_taken < 19500);
}

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

#define T(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(elements_are_there_between_enter_and_leave),
        T(other_lists_are_there_as_they_were),
        T(all_together_is_the_whole_tree),
        T(elements_that_nobody_entered_are_looked_at),
        T(what_is_no_object_must_be_read_as_a_whole),
        T(no_text_is_taken_that_the_parser_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
