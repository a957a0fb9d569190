#include "config.h"

/* Runs a fuzz target over its seeds as an ordinary test; a crash is a failure. Each seed is also
 * run cut at every length, which costs nothing and finds what ends too early. */

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Beyond this a seed is only run whole. */
#define CUT_LIMIT 4096

static void
run_seed(const char *data, gsize size)
{
	for (gsize length = 0; length < size && size <= CUT_LIMIT; length++) {
		/* A copy of just this length: reading behind it is an error that sanitizers see. */
		guint8 *cut = g_memdup2(data, length);
		LLVMFuzzerTestOneInput(cut, length);
		g_free(cut);
	}
	LLVMFuzzerTestOneInput((const guint8 *)data, size);
}

int
main(void)
{
	const char *srcdir = g_getenv("SRCDIR");
	g_autofree char *dir =
		g_build_filename(srcdir ? srcdir : ".", "tests/fuzz/seeds", FUZZ_NAME, NULL);
	g_autoptr(GDir) seeds = g_dir_open(dir, 0, NULL);
	int count = 0;

	if (!seeds) {
		printf("1..0 # SKIP no seeds in %s\n", dir);
		return 0;
	}
	for (const char *name; (name = g_dir_read_name(seeds)) != NULL;) {
		g_autofree char *path = g_build_filename(dir, name, NULL);
		g_autofree char *data = NULL;
		gsize size;
		if (!g_file_get_contents(path, &data, &size, NULL))
			continue;
		run_seed(data, size);
		printf("ok %d - %s %s\n", ++count, FUZZ_NAME, name);
	}
	printf("1..%d\n", count);
	return count > 0 ? 0 : 1;
}
