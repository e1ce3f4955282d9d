// SPDX-License-Identifier: GPL-3.0-or-later
/* A folder of a test's own, flat, and its removal. */
#ifndef CTGSCHED_TESTS_FOLDER_H
#define CTGSCHED_TESTS_FOLDER_H

enum { FOLDER_PATH = 200 };

void folder_make(char path[FOLDER_PATH]); /* "" when there is none */
void folder_remove(const char *path);

#endif
