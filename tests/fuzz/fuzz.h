#ifndef PS_TESTS_FUZZ_H
#define PS_TESTS_FUZZ_H

/* A fuzz target is one file with this function. `./configure --enable-fuzzing CC=clang` builds it
 * as tests/fuzz/fuzz_NAME for libFuzzer; linked with replay.c it is an ordinary test that runs
 * every file below tests/fuzz/seeds/NAME/. */

#include <glib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

#endif
