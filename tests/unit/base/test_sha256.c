// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/sha256.h"

/* Digest of `n` times `text`, given in one piece each. */
static const char *digest(char out[SHA256_TEXT], const char *text, int32_t n) {
    sha256 hash;
    uint8_t bytes[SHA256_BYTES];
    sha256_init(&hash);
    for (int32_t i = 0; i < n; i++)
        sha256_add(&hash, text, strlen(text));
    sha256_end(&hash, bytes);
    sha256_hex(bytes, out);
    return out;
}

static void sha256_nothing_is_the_standard_vector(void **state) {
    (void)state;
    char hex[SHA256_TEXT];
    assert_string_equal(
        digest(hex, "", 0),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void sha256_abc_is_the_standard_vector(void **state) {
    (void)state;
    char hex[SHA256_TEXT];
    assert_string_equal(
        digest(hex, "abc", 1),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void sha256_two_blocks_is_the_standard_vector(void **state) {
    (void)state;
    char hex[SHA256_TEXT];
    assert_string_equal(
        digest(hex, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
               1),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void sha256_million_letters_is_the_standard_vector(void **state) {
    (void)state;
    char hex[SHA256_TEXT];
    assert_string_equal(
        digest(hex, "aaaaaaaaaa", 100000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void sha256_lengths_around_the_padding_agree(void **state) {
    (void)state;
    char hex[SHA256_TEXT];
    assert_string_equal(
        digest(hex, "a", 55),
        "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    assert_string_equal(
        digest(hex, "a", 56),
        "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    assert_string_equal(
        digest(hex, "a", 64),
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

static void sha256_pieces_of_any_size_agree(void **state) {
    (void)state;
    char whole[SHA256_TEXT], pieces[SHA256_TEXT];
    digest(whole,
           "0123456789012345678901234567890123456789012345678901234567890"
           "1234567890123456789",
           3);
    digest(pieces, "0123456789", 24);
    assert_string_equal(whole, pieces);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_nothing_is_the_standard_vector),
        cmocka_unit_test(sha256_abc_is_the_standard_vector),
        cmocka_unit_test(sha256_two_blocks_is_the_standard_vector),
        cmocka_unit_test(sha256_million_letters_is_the_standard_vector),
        cmocka_unit_test(sha256_lengths_around_the_padding_agree),
        cmocka_unit_test(sha256_pieces_of_any_size_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
