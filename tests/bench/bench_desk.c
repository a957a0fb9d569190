#include "config.h"

/* The desk and the registry's finder over a large workspace: 10,000 cases and 100,000 components.
 * Prints figures; never fails on time. */

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utc.h"
#include "cases/desk.h"
#include "registry/registry.h"
#include "tests/bench/big-workspace.h"
#include "tests/unit/store-fixture.h"

#define CASES 10000
#define COMPONENTS 100000
#define RELEASES 500
#define ROUNDS 20

static void
must(gconstpointer done, const GError *error)
{
	if (done)
		return;
	fprintf(stderr, "%s\n", error ? error->message : "failed");
	exit(1);
}

static char *
make_release(PsTxn *txn, const char *product, int number)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *version = g_strdup_printf("%d.%d", number / 10, number % 10);
	char *id =
		ps_txn_newv(txn, "release", &error, "product", product, "version", version, NULL);

	must(id, error);
	return id;
}

static void
import_components(PsStore *store, const char *document, const char *release, int first, int count)
{
	static const char *const names[] = {"openssl", "zlib",  "busybox",
					    "curl",    "expat", "sqlite"};
	g_autoptr(GError) error = NULL;
	PsImport *import = ps_import_begin(store, "component", document, &error);

	must(import, error);
	for (int i = first; i < first + count; i++) {
		g_autofree char *id = g_strdup_printf("bench-component-%d", i);
		g_autofree char *name = g_strdup_printf("%s-%d", names[i % 6], i % 977);
		const char *pairs[] = {"release", release, "name", name, "version", "1.2.3", NULL};
		must(ps_import_add(import, id, pairs, &error) ? name : NULL, error);
	}
	must(ps_import_finish(import, NULL, NULL, &error) ? import : NULL, error);
	ps_import_free(import);
}

static void
make_registry(PsStore *store)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) releases = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "bench", &error);
	g_autofree char *product =
		ps_txn_newv(txn, "product", &error, "vendor", "Example", "name", "Gateway", NULL);

	must(product, error);
	for (int i = 0; i < RELEASES; i++)
		g_ptr_array_add(releases, make_release(txn, product, i));
	g_autoptr(GBytes) bytes = g_bytes_new_static("{}", 2);
	g_autofree char *document =
		ps_txn_add_document(txn, bytes, "application/json", FALSE, &error);
	must(document, error);
	must(ps_txn_commit(txn, &error) ? txn : NULL, error);
	for (int i = 0; i < RELEASES; i++)
		import_components(store, document, releases->pdata[i], i * (COMPONENTS / RELEASES),
				  COMPONENTS / RELEASES);
}

static void
report(const char *what, gint64 start, int rounds)
{
	printf("%-58s %8.2f ms\n", what, (double)(g_get_monotonic_time() - start) / 1000 / rounds);
}

static void
time_desk(PsStore *store)
{
	const PsDeskQuery page = {.due_before = PS_NO_TIME, .limit = 50};
	g_autoptr(GError) error = NULL;
	gint64 start = g_get_monotonic_time();

	for (int i = 0; i < ROUNDS; i++) {
		g_autoptr(GPtrArray) lines = ps_desk_lines(store, &page, &error);
		must(lines, error);
	}
	report("desk: first page of 50 lines", start, ROUNDS);
	g_autoptr(PsDesk) desk = ps_desk_new(store, &page, &error);
	must(desk, error);
	printf("  (%d lines of %d open cases, %d overdue)\n", (int)ps_desk_length(desk),
	       (int)ps_desk_counted(desk)->open_cases, (int)ps_desk_counted(desk)->overdue);
}

static void
time_find(PsStore *store, const char *what, PsFindKinds kinds, const char *words, gint64 offset)
{
	g_autoptr(GError) error = NULL;
	gint64 start = g_get_monotonic_time();

	for (int i = 0; i < ROUNDS; i++) {
		g_autoptr(GPtrArray) found =
			ps_registry_find(store, kinds, words, offset, 50, &error);
		must(found, error);
	}
	report(what, start, ROUNDS);
}

int
main(void)
{
	void *state = NULL;
	g_autoptr(GError) error = NULL;

	if (fixture_setup(&state) != 0)
		return 1;
	PsStore *store = ((Fixture *)state)->store;
	gint64 start = g_get_monotonic_time();
	must(bench_make_cases(store, CASES, &error) ? store : NULL, error);
	make_registry(store);
	report("(making the workspace)", start, 1);
	time_desk(store);
	time_find(store, "find: releases, one word", PS_FIND_RELEASES, "gateway", 0);
	time_find(store, "find: components, first page", PS_FIND_COMPONENTS, "openssl", 0);
	time_find(store, "find: components, rare word", PS_FIND_COMPONENTS, "curl-976", 0);
	time_find(store, "find: components, nothing", PS_FIND_COMPONENTS, "nonsense", 0);
	time_find(store, "find: components, row 10,000", PS_FIND_COMPONENTS, "openssl", 10000);
	fixture_teardown(&state);
	return 0;
}
