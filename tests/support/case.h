// SPDX-License-Identifier: GPL-3.0-or-later
/* Texts and files for the tests of the readers. */
#ifndef CTGSCHED_TESTS_CASE_H
#define CTGSCHED_TESTS_CASE_H

#include "io/io.h"

/* The whole file, in `mem`; fails the test when it cannot be read. */
io_text case_file(arena *mem, const char *path);

/* Names of the folders in `folder`, sorted, in `mem`. */
char **case_folders(arena *mem, const char *folder, int *n);

/* A copy in `mem` in which ' stands for ", so that JSON can stand in C. */
io_text case_text(arena *mem, const char *quoted);

/* Reads a problem that must be good; free it with problem_free. */
problem *case_problem(arena *mem, const char *quoted);

#endif
