// SPDX-License-Identifier: GPL-3.0-or-later
/* Straight from the standard, with the eight words of the state in turning
 * places instead of moving them: a large problem has a million of tickets and
 * a canonical text of tens of megabytes. */
#include "base/sha256.h"

#include <string.h>

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static const uint8_t padding[64] = {0x80};
static const char hex[] = "0123456789abcdef";

static uint32_t turn(uint32_t x, int32_t by) {
    return x >> by | x << (32 - by);
}

static void schedule(uint32_t w[64], const uint8_t block[64]) {
    for (int32_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int32_t i = 16; i < 64; i++) {
        const uint32_t a = w[i - 15], b = w[i - 2];
        const uint32_t s0 = turn(a, 7) ^ turn(a, 18) ^ a >> 3;
        const uint32_t s1 = turn(b, 17) ^ turn(b, 19) ^ b >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
}

/* One round: the words a to h of the standard are v[0] to v[7], turned by `k`
 * places. */
static inline void turn_round(uint32_t v[8], uint32_t k, uint32_t input) {
    const uint32_t a = v[-k & 7], b = v[(1 - k) & 7], c = v[(2 - k) & 7];
    const uint32_t e = v[(4 - k) & 7], f = v[(5 - k) & 7], g = v[(6 - k) & 7];
    const uint32_t s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const uint32_t s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const uint32_t t1 = v[(7 - k) & 7] + s1 + ((e & f) ^ (~e & g)) + input;
    v[(3 - k) & 7] += t1;
    v[(7 - k) & 7] = t1 + s0 + ((a & b) ^ (a & c) ^ (b & c));
}

static void compress(uint32_t state[8], const uint8_t block[64]) {
    uint32_t w[64], v[8];
    schedule(w, block);
    memcpy(v, state, sizeof v);
    for (uint32_t i = 0; i < 64; i += 8) {
        const uint32_t *const add = &round_constants[i], *const in = &w[i];
        turn_round(v, 0, add[0] + in[0]);
        turn_round(v, 1, add[1] + in[1]);
        turn_round(v, 2, add[2] + in[2]);
        turn_round(v, 3, add[3] + in[3]);
        turn_round(v, 4, add[4] + in[4]);
        turn_round(v, 5, add[5] + in[5]);
        turn_round(v, 6, add[6] + in[6]);
        turn_round(v, 7, add[7] + in[7]);
    }
    for (int32_t i = 0; i < 8; i++)
        state[i] += v[i];
}

void sha256_init(sha256 *hash) {
    *hash = (sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void sha256_add(sha256 *hash, const void *data, size_t bytes) {
    const uint8_t *at = data;
    while (bytes > 0) {
        const size_t used = (size_t)(hash->bytes % 64);
        const size_t taken = bytes < 64 - used ? bytes : 64 - used;
        memcpy(hash->block + used, at, taken);
        hash->bytes += taken;
        at += taken;
        bytes -= taken;
        if (used + taken == 64)
            compress(hash->state, hash->block);
    }
}

void sha256_end(sha256 *hash, uint8_t out[SHA256_BYTES]) {
    const uint64_t bits = hash->bytes * 8;
    const size_t used = (size_t)(hash->bytes % 64);
    sha256_add(hash, padding, used < 56 ? 56 - used : 120 - used);
    uint8_t length[8];
    for (int32_t i = 0; i < 8; i++)
        length[i] = (uint8_t)(bits >> (56 - 8 * i));
    sha256_add(hash, length, sizeof length);
    for (int32_t i = 0; i < SHA256_BYTES; i++)
        out[i] = (uint8_t)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_hex(const uint8_t digest[SHA256_BYTES], char out[SHA256_TEXT]) {
    for (int32_t i = 0; i < SHA256_BYTES; i++) {
        out[2 * i] = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[2 * SHA256_BYTES] = '\0';
}
