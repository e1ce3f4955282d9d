// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <stdlib.h>

#include "base/arena.h"

/* An allocator that counts what is out and refuses from some call on. */
typedef struct ledger {
    int64_t calls_left; /* -1 = endless */
    size_t out;
} ledger;

static void *ledger_allocate(void *user, size_t bytes) {
    ledger *const book = user;
    if (book->calls_left == 0)
        return NULL;
    if (book->calls_left > 0)
        book->calls_left--;
    book->out += bytes;
    void *const block = malloc(bytes);
    if (block)
        memset(block, 0xA5, bytes);
    return block;
}

static void ledger_release(void *user, void *block, size_t bytes) {
    ledger *const book = user;
    book->out -= bytes;
    free(block);
}

static ctg_allocator ledger_allocator(ledger *book) {
    return (ctg_allocator){ledger_allocate, ledger_release, book};
}

static int set_up(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    arena_destroy(*state);
    return 0;
}

static bool is_zero(const void *block, size_t bytes) {
    const unsigned char *const at = block;
    for (size_t i = 0; i < bytes; i++)
        if (at[i] != 0)
            return false;
    return true;
}

static void arena_alloc_dirty_allocator_gives_zeroes(void **state) {
    (void)state;
    ledger book = {.calls_left = -1};
    const ctg_allocator from = ledger_allocator(&book);
    arena *const mem = arena_create(&from, 0);
    const int64_t *const a = ARENA_NEW(mem, int64_t, 3);
    const int64_t *const big = ARENA_NEW(mem, int64_t, 5000);
    const bool zero = is_zero(a, 24) && is_zero(big, 40000);
    arena_destroy(mem);
    assert_true(zero);
}

static void arena_alloc_after_rewind_gives_zeroes(void **state) {
    const arena_mark mark = arena_here(*state);
    memset(ARENA_NEW(*state, char, 100), 7, 100);
    arena_rewind(*state, mark);
    assert_true(is_zero(ARENA_NEW(*state, char, 100), 100));
}

static void arena_alloc_odd_sizes_keeps_alignment(void **state) {
    ARENA_NEW(*state, char, 3);
    const uintptr_t a = (uintptr_t)arena_alloc(*state, 1, 8, 8);
    ARENA_NEW(*state, char, 1);
    const uintptr_t b = (uintptr_t)arena_alloc(*state, 1, 100, 64);
    ARENA_NEW(*state, char, 5);
    const uintptr_t c = (uintptr_t)arena_alloc(*state, 1, 9000, 4096);
    assert_int_equal(a % 8, 0);
    assert_int_equal(b % 64, 0);
    assert_int_equal(c % 4096, 0);
}

static void arena_alloc_nothing_is_not_null(void **state) {
    assert_non_null(ARENA_NEW(*state, int32_t, 0));
}

static void arena_alloc_product_overflow_is_null(void **state) {
    assert_null(arena_alloc(*state, SIZE_MAX / 2, 3, 8));
}

static void arena_alloc_sum_overflow_is_null(void **state) {
    assert_null(arena_alloc(*state, SIZE_MAX, 1, 8));
    assert_null(arena_alloc(*state, SIZE_MAX - 60, 1, 1));
}

static void arena_alloc_negative_count_is_null(void **state) {
    const int32_t count = -1;
    assert_null(ARENA_NEW(*state, int32_t, count));
}

static void arena_alloc_beyond_limit_is_null(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 10000);
    void *const refused = ARENA_NEW(mem, char, 10000);
    void *const given = ARENA_NEW(mem, char, 6000);
    const size_t peak = arena_peak(mem);
    arena_destroy(mem);
    assert_null(refused);
    assert_non_null(given);
    assert_true(peak <= 10000);
}

static void arena_alloc_within_limit_uses_what_is_left(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 20000);
    int32_t n = 0;
    while (n < 100 && ARENA_NEW(mem, char, 1000))
        n++;
    const size_t bytes = arena_bytes(mem);
    arena_destroy(mem);
    assert_in_range(n, 15, 19);
    assert_true(bytes <= 20000);
}

static void arena_create_tiny_limit_is_null(void **state) {
    (void)state;
    assert_null(arena_create(NULL, 8));
}

static void arena_create_refusing_allocator_is_null(void **state) {
    (void)state;
    ledger book = {.calls_left = 0};
    const ctg_allocator from = ledger_allocator(&book);
    assert_null(arena_create(&from, 0));
}

static void arena_alloc_refusing_allocator_is_null(void **state) {
    (void)state;
    ledger book = {.calls_left = 1};
    const ctg_allocator from = ledger_allocator(&book);
    arena *const mem = arena_create(&from, 0);
    const void *const refused = ARENA_NEW(mem, char, 10);
    arena_destroy(mem);
    assert_null(refused);
    assert_int_equal(book.out, 0);
}

static void arena_destroy_returns_every_byte(void **state) {
    (void)state;
    ledger book = {.calls_left = -1};
    const ctg_allocator from = ledger_allocator(&book);
    arena *const mem = arena_create(&from, 0);
    const arena_mark mark = arena_here(mem);
    for (size_t n = 1; n < 100000; n *= 3)
        ARENA_NEW(mem, char, n);
    const size_t counted = arena_bytes(mem), out = book.out;
    arena_rewind(mem, mark);
    ARENA_NEW(mem, char, 50);
    arena_destroy(mem);
    assert_int_equal(counted, out);
    assert_int_equal(book.out, 0);
}

static void arena_destroy_null_is_fine(void **state) {
    (void)state;
    arena_destroy(NULL);
}

static void arena_rewind_keeps_what_is_older(void **state) {
    char *const kept = arena_strdup(*state, "kept");
    const arena_mark mark = arena_here(*state);
    ARENA_NEW(*state, char, 100000);
    arena_rewind(*state, mark);
    ARENA_NEW(*state, char, 1000);
    assert_string_equal(kept, "kept");
}

static void arena_rewind_in_a_loop_takes_no_more(void **state) {
    ARENA_NEW(*state, char, 4000);
    const arena_mark mark = arena_here(*state);
    ARENA_NEW(*state, char, 5000);
    arena_rewind(*state, mark);
    const size_t bytes = arena_bytes(*state);
    for (int32_t i = 0; i < 1000; i++) {
        ARENA_NEW(*state, char, 5000);
        arena_rewind(*state, mark);
    }
    assert_int_equal(arena_bytes(*state), bytes);
    assert_int_equal(arena_peak(*state), bytes);
}

static void arena_grow_last_block_stays_in_place(void **state) {
    int32_t *const a = ARENA_NEW(*state, int32_t, 4);
    a[3] = 9;
    int32_t *const b =
        arena_grow(*state, a, 4, 40, sizeof *a, alignof(int32_t));
    assert_ptr_equal(a, b);
    assert_int_equal(b[3], 9);
    assert_true(is_zero(b + 4, 36 * sizeof *b));
}

static void arena_grow_older_block_is_copied(void **state) {
    int32_t *const a = ARENA_NEW(*state, int32_t, 4);
    a[3] = 9;
    ARENA_NEW(*state, char, 1);
    int32_t *const b = arena_grow(*state, a, 4, 8, sizeof *a, alignof(int32_t));
    assert_ptr_not_equal(a, b);
    assert_int_equal(b[3], 9);
    assert_true(is_zero(b + 4, 4 * sizeof *b));
}

static void arena_stretch_gives_the_chunk_of_a_lone_block_back(void **state) {
    (void)state;
    ledger book = {.calls_left = -1};
    const ctg_allocator from = ledger_allocator(&book);
    arena *const mem = arena_create(&from, 0);
    const arena_mark before = arena_here(mem);
    size_t n = (size_t)1 << 20;
    char *block = arena_alloc(mem, n, 1, 1);
    memset(block, 'x', n);
    for (; n < (size_t)64 << 20; n *= 2)
        block = arena_stretch(mem, block, n, 2 * n);
    assert_int_equal(block[(1 << 20) - 1], 'x');
    assert_true(book.out < n + n / 4);
    arena_rewind(mem, before);
    assert_non_null(arena_alloc(mem, 8, 1, 1));
    arena_destroy(mem);
    assert_int_equal(book.out, 0);
}

static void arena_grow_before_mark_survives_in_full(void **state) {
    int32_t *const a = ARENA_NEW(*state, int32_t, 4);
    const arena_mark mark = arena_here(*state);
    const int32_t *const b = arena_grow(*state, a, 4, 8, 4, 4);
    arena_rewind(*state, mark);
    a[3] = 5;
    assert_ptr_not_equal(a, b);
    assert_int_equal(a[3], 5);
}

static void arena_grow_overflow_is_null(void **state) {
    int32_t *const a = ARENA_NEW(*state, int32_t, 4);
    assert_null(arena_grow(*state, a, 4, SIZE_MAX / 2, sizeof *a, 4));
}

static void arena_grow_nothing_allocates(void **state) {
    assert_non_null(arena_grow(*state, NULL, 0, 8, 4, 4));
}

static void arena_strndup_cuts_and_ends(void **state) {
    assert_string_equal(arena_strndup(*state, "abcdef", 3), "abc");
}

static void arena_printf_long_text_is_whole(void **state) {
    const char *const text = arena_printf(*state, "%06000d", 7);
    assert_int_equal(strlen(text), 6000);
    assert_int_equal(text[5999], '7');
}

static void arena_allocator_is_a_copy(void **state) {
    (void)state;
    ledger book = {.calls_left = -1};
    const ctg_allocator from = ledger_allocator(&book);
    arena *const mem = arena_create(&from, 0);
    const void *const user = arena_allocator(mem)->user;
    arena_destroy(mem);
    assert_ptr_equal(user, &book);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(arena_alloc_dirty_allocator_gives_zeroes),
        T(arena_alloc_after_rewind_gives_zeroes),
        T(arena_alloc_odd_sizes_keeps_alignment),
        T(arena_alloc_nothing_is_not_null),
        T(arena_alloc_product_overflow_is_null),
        T(arena_alloc_sum_overflow_is_null),
        T(arena_alloc_negative_count_is_null),
        T(arena_alloc_beyond_limit_is_null),
        T(arena_alloc_within_limit_uses_what_is_left),
        T(arena_create_tiny_limit_is_null),
        T(arena_create_refusing_allocator_is_null),
        T(arena_alloc_refusing_allocator_is_null),
        T(arena_destroy_returns_every_byte),
        T(arena_destroy_null_is_fine),
        T(arena_rewind_keeps_what_is_older),
        T(arena_rewind_in_a_loop_takes_no_more),
        T(arena_grow_last_block_stays_in_place),
        T(arena_grow_older_block_is_copied),
        T(arena_stretch_gives_the_chunk_of_a_lone_block_back),
        T(arena_grow_before_mark_survives_in_full),
        T(arena_grow_overflow_is_null),
        T(arena_grow_nothing_allocates),
        T(arena_strndup_cuts_and_ends),
        T(arena_printf_long_text_is_whole),
        T(arena_allocator_is_a_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
