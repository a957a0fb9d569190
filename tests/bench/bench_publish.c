#include "config.h"

/* Advisories at size: a case with many releases, and publishing beside many published ones. Prints
 * times; judges nothing. Usage: bench_publish [RELEASES [PUBLISHED]] */

#include "tests/unit/publish-fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "advisory/render.h"
#include "base/utc.h"

static void
report(const char *what, gint64 since)
{
	printf("%-60s %8.1f ms\n", what, (double)(g_get_monotonic_time() - since) / 1000);
}

static void
make_releases(State *s, int count)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(s->fixture->store, "bench.releases", &error);

	assert_done(txn, error);
	for (int i = 0; i < count; i++) {
		g_autofree char *version = g_strdup_printf("7.%d", i);
		g_autofree char *release = ps_txn_newv(txn, "release", &error, "product",
						       s->story->product, "version", version, NULL);
		assert_done(release, error);
		g_autofree char *affected =
			ps_txn_newv(txn, "affected", &error, "case", s->story->case_id, "release",
				    release, "status",
				    i % 2 ? "known_affected" : "under_investigation", NULL);
		assert_done(affected, error);
	}
	assert_done(ps_txn_commit(txn, &error), error);
}

/* Rows as publishing leaves them, all with the bytes of the one that was published. */
static void
make_published(State *s, int count)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) versions = ps_store_children(s->fixture->store, "advisory_version",
							  s->story->advisory, &error);
	const PsRecord *model = versions->pdata[0];
	g_autoptr(PsTxn) txn = ps_txn_begin(s->fixture->store, "bench.published", &error);

	assert_done(txn, error);
	for (int i = 0; i < count; i++) {
		g_autofree char *id = g_strdup_printf("BENCH-%d", i);
		g_autofree char *path = g_strdup_printf("white/2025/bench-%d.json", i);
		g_autofree char *advisory =
			ps_txn_newv(txn, "advisory", &error, "case", s->story->case_id,
				    "tracking_id", id, "profile", "csaf_base", "state", "published",
				    "version", "1", "tlp", "CLEAR", "drafted_at",
				    "2025-01-01T00:00:00Z", NULL);
		assert_done(advisory, error);
		g_autofree char *version =
			ps_txn_newv(txn, "advisory_version", &error, "advisory", advisory,
				    "version", "1", "published_at", "2025-01-02T00:00:00Z",
				    "document", ps_record_text(model, "document"), "signature",
				    ps_record_text(model, "signature"), "path", path, NULL);
		assert_done(version, error);
	}
	assert_done(ps_txn_commit(txn, &error), error);
}

static void
bench_case(State *s)
{
	gint64 since = g_get_monotonic_time();
	g_autoptr(PsAdvisory) advisory = load(s->story);
	report("load", since);
	since = g_get_monotonic_time();
	g_autofree char *text = ps_advisory_print(ps_advisory_document(advisory));
	report("print", since);
	printf("%-60s %8.1f KiB\n", "document", (double)strlen(text) / 1024);
	since = g_get_monotonic_time();
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
	report("what is missing", since);
	since = g_get_monotonic_time();
	g_autoptr(GPtrArray) fields = ps_advisory_fields(advisory);
	report("fields", since);
	since = g_get_monotonic_time();
	g_autofree char *html = ps_render(ps_advisory_document(advisory), PS_RENDER_HTML, 0);
	report("HTML", since);
}

static void
bench_publish(State *s)
{
	const PsPublishOptions options = {.at = PS_NO_TIME, .summary = "More."};
	g_autoptr(GError) error = NULL;
	guint changed;

	gint64 since = g_get_monotonic_time();
	assert_done(ps_provider_sync(s->fixture->store, s->openpgp, NULL, &changed, &error), error);
	report("the whole directory made again", since);
	put(s->fixture->store, "vulnerability", s->story->flaw, "title", "Else");
	since = g_get_monotonic_time();
	publish_with(s, &options, NULL);
	report("publish beside them", since);
}

int
main(int argc, char **argv)
{
	int releases = argc > 1 ? atoi(argv[1]) : 1000, published = argc > 2 ? atoi(argv[2]) : 500;
	void *state = NULL;

	make_home(&state);
	if (set_up(&state) != 0)
		return 2;
	State *s = state;
	publish(s);
	printf("a case with %d releases\n", releases);
	make_releases(s, releases);
	bench_case(s);
	printf("%d published advisories\n", published);
	make_published(s, published);
	bench_publish(s);
	tear_down(&state);
	free_home(&state);
	return 0;
}
