// SPDX-License-Identifier: GPL-3.0-or-later
/* SHA-256 (FIPS 180-4), for digests and for the published lottery. */
#ifndef CTGSCHED_BASE_SHA256_H
#define CTGSCHED_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct sha256 {
    uint32_t state[8];
    uint64_t bytes;
    uint8_t block[64];
} sha256;

enum { SHA256_BYTES = 32, SHA256_TEXT = 65 };

void sha256_init(sha256 *hash);
void sha256_add(sha256 *hash, const void *data, size_t bytes);
void sha256_end(sha256 *hash, uint8_t out[SHA256_BYTES]);
void sha256_hex(const uint8_t digest[SHA256_BYTES], char out[SHA256_TEXT]);

#endif
