#include "config.h"

/* CSAF documents that come in: read, matched to the registry, kept, taken into cases. */

#include "tests/unit/advisory-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "advisory/upstream.h"
#include "base/file.h"
#include "cases/case.h"

/* ---- a document ---- */

/* %s: version, products of the tree, product ids of known_affected, of known_not_affected */
static const char pattern[] =
	"{\"document\":{\"category\":\"csaf_security_advisory\",\"csaf_version\":\"2.0\","
	"\"distribution\":{\"tlp\":{\"label\":\"GREEN\"}},"
	"\"notes\":[{\"category\":\"summary\",\"text\":\"A part of yours is broken.\"}],"
	"\"publisher\":{\"category\":\"vendor\",\"name\":\"Part Maker\","
	"\"namespace\":\"https://parts.example.org\"},"
	"\"references\":[{\"summary\":\"More\",\"url\":\"https://parts.example.org/more\"}],"
	"\"title\":\"Parts break\",\"tracking\":{\"current_release_date\":\"2026-11-0%s"
	"T00:00:00Z\",\"id\":\"PM-2026-1\",\"initial_release_date\":\"2026-11-01T00:00:00Z\","
	"\"revision_history\":[{\"date\":\"2026-11-01T00:00:00Z\",\"number\":\"1\","
	"\"summary\":\"First\"}],\"status\":\"final\",\"version\":\"%s\"}},"
	"\"product_tree\":{%s},\"vulnerabilities\":[{\"cve\":\"CVE-2026-7777\","
	"\"cwe\":{\"id\":\"CWE-287\",\"name\":\"Improper Authentication\"},"
	"\"notes\":[{\"category\":\"description\",\"text\":\"It opens for all.\"}],"
	"\"flags\":[{\"label\":\"component_not_present\",\"product_ids\":[%s]}],"
	"\"product_status\":{\"known_affected\":[%s],\"known_not_affected\":[%s]},"
	"\"scores\":[{\"cvss_v3\":{\"version\":\"3.1\",\"vectorString\":"
	"\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":9.8,"
	"\"baseSeverity\":\"CRITICAL\"},\"products\":[%s]}],"
	"\"title\":\"Open door\"}]}";

/* Three of ours by different evidence, one that nobody knows. */
static const char tree[] =
	"\"branches\":[{\"category\":\"vendor\",\"name\":\"EXAMPLE  Gateways GmbH\",\"branches\":["
	"{\"category\":\"product_name\",\"name\":\"edge gateway\",\"branches\":["
	"{\"category\":\"product_version\",\"name\":\"v3.9\",\"product\":{\"name\":\"Edge 3.9\","
	"\"product_id\":\"P-OTHER\"}},"
	"{\"category\":\"product_version\",\"name\":\"9.9\",\"product\":{\"name\":\"Edge 9.9\","
	"\"product_id\":\"P-NEWER\"}}]}]}],"
	"\"full_product_names\":["
	"{\"name\":\"By purl\",\"product_id\":\"P-OLD\",\"product_identification_helper\":"
	"{\"purl\":\"pkg:generic/edge@4.1\"}},"
	"{\"name\":\"By hash\",\"product_id\":\"P-NEW\",\"product_identification_helper\":"
	"{\"hashes\":[{\"filename\":\"x\",\"file_hashes\":[{\"algorithm\":\"sha256\",\"value\":"
	"\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"}]}]}},"
	"{\"name\":\"Stranger\",\"product_id\":\"P-STRANGE\"}]";

static GBytes *
make_document(const char *version)
{
	char *text = g_strdup_printf(pattern, version, version, tree, "\"P-OTHER\"",
				     "\"P-OLD\",\"P-STRANGE\"", "\"P-OTHER\"", "\"P-OLD\"");

	return g_bytes_new_take(text, strlen(text));
}

static PsUpstream *
read_document(const char *version)
{
	g_autoptr(GBytes) bytes = make_document(version);
	g_autoptr(GError) error = NULL;
	PsUpstream *upstream = ps_upstream_read(bytes, "test.json", &error);

	assert_done(upstream, error);
	return upstream;
}

/* Keeps version `version`; the result is to be cleared. */
static PsUpstreamKept
keep(Story *story, const char *version)
{
	g_autoptr(PsUpstream) upstream = read_document(version);
	g_autoptr(GError) error = NULL;
	PsUpstreamKept kept;

	assert_done(ps_upstream_keep(story->store, upstream, NULL, &kept, &error), error);
	return kept;
}

static const PsUpstreamMatch *
only_match(const PsUpstream *upstream, const char *product_id)
{
	for (guint i = 0; i < upstream->products->len; i++) {
		const PsUpstreamProduct *product = upstream->products->pdata[i];
		if (!g_str_equal(product->product_id, product_id))
			continue;
		assert_int_equal(product->matches->len, 1);
		return product->matches->pdata[0];
	}
	fail_msg("no product %s", product_id);
	return NULL;
}

/* ---- reading ---- */

static void
read__document__has_its_head_and_products(void **state)
{
	g_autoptr(PsUpstream) upstream = read_document("1");

	(void)state;
	assert_string_equal(upstream->tracking_id, "PM-2026-1");
	assert_string_equal(upstream->publisher, "Part Maker");
	assert_string_equal(upstream->tlp, "GREEN");
	assert_int_equal(upstream->products->len, 5);
	assert_int_equal(upstream->findings, 0);
}

static void
read__what_is_no_csaf__is_refused(void **state)
{
	static const char *const texts[] = {"",
					    "{",
					    "[]",
					    "{\"document\":{}}",
					    "{\"document\":{\"csaf_version\":\"2.0\"}}",
					    "{\"document\":\"x\",\"document\":1}"};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(texts[i], strlen(texts[i]));
		g_autoptr(GError) error = NULL;
		assert_null(ps_upstream_read(bytes, "bad.json", &error));
		assert_non_null(strstr(error->message, "bad.json"));
	}
}

static void
likely__csaf_only(void **state)
{
	const char *mail = "Dear team, the \"document\" with \"csaf_version\" …";
	g_autoptr(GBytes) bytes = make_document("1");
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);

	(void)state;
	assert_true(ps_upstream_is_likely(text, length));
	assert_false(ps_upstream_is_likely(mail, strlen(mail)));
	assert_false(ps_upstream_is_likely("{\"a\":1}", 7));
	assert_false(ps_upstream_is_likely("", 0));
}

static void
read_file__hash_beside_it__is_compared(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GBytes) bytes = make_document("1");
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	g_autofree char *path = g_build_filename(ps_store_dir(story->store), "in.json", NULL);
	g_autofree char *side = g_strconcat(path, ".sha256", NULL);
	g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
	g_autofree char *line = g_strdup_printf("%s  in.json\n", sum);
	g_autoptr(GError) error = NULL;

	assert_done(ps_file_write(path, text, (gssize)length, 0600, &error), error);
	g_autoptr(PsUpstream) bare = ps_upstream_read_file(NULL, path, &error);
	assert_done(bare, error);
	assert_string_equal(bare->hash, "none");
	assert_done(ps_file_write(side, line, -1, 0600, &error), error);
	g_autoptr(PsUpstream) good = ps_upstream_read_file(NULL, path, &error);
	assert_string_equal(good->hash, "good");
	line[0] = line[0] == '0' ? '1' : '0';
	assert_done(ps_file_write(side, line, -1, 0600, &error), error);
	g_autoptr(PsUpstream) bad = ps_upstream_read_file(NULL, path, &error);
	assert_string_equal(bad->hash, "bad");
}

/* ---- matching ---- */

static void
match__by_purl_hash_and_name__each_with_its_certainty(void **state)
{
	Story *story = STORY(state);
	g_autoptr(PsUpstream) upstream = read_document("1");
	g_autoptr(GError) error = NULL;

	assert_done(ps_upstream_match(upstream, story->store, &error), error);
	const PsUpstreamMatch *old = only_match(upstream, "P-OLD");
	assert_string_equal(old->release, story->old);
	assert_string_equal(old->confidence, "exact");
	assert_non_null(strstr(old->reason, "pkg:generic/edge@4.1"));
	const PsUpstreamMatch *new = only_match(upstream, "P-NEW");
	assert_string_equal(new->release, story->new);
	assert_string_equal(new->confidence, "exact");
	/* other letters, other blanks, a "v" before the version */
	const PsUpstreamMatch *other = only_match(upstream, "P-OTHER");
	assert_string_equal(other->release, story->other);
	assert_string_equal(other->confidence, "likely");
}

static void
match__nothing__says_why(void **state)
{
	Story *story = STORY(state);
	g_autoptr(PsUpstream) upstream = read_document("1");
	g_autoptr(GError) error = NULL;

	assert_done(ps_upstream_match(upstream, story->store, &error), error);
	for (guint i = 0; i < upstream->products->len; i++) {
		const PsUpstreamProduct *product = upstream->products->pdata[i];
		if (g_str_equal(product->product_id, "P-NEWER"))
			assert_non_null(strstr(product->reason, "9.9"));
		else if (!g_str_equal(product->product_id, "P-STRANGE"))
			continue;
		assert_int_equal(product->matches->len, 0);
		assert_non_null(product->reason);
	}
}

/* ---- keeping ---- */

static void
keep__same_document_again__changes_nothing(void **state)
{
	Story *story = STORY(state);
	PsUpstreamKept one = keep(story, "1"), again = keep(story, "1");

	assert_false(one.already);
	assert_int_equal(one.matched, 3);
	assert_int_equal(one.unmatched, 2);
	assert_true(again.already);
	assert_string_equal(one.id, again.id);
	ps_upstream_kept_clear(&one);
	ps_upstream_kept_clear(&again);
}

static void
keep__newer_version__replaces_and_keeps_the_case(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	PsUpstreamKept one = keep(story, "2");
	g_autofree char *case_id = ps_upstream_open_case(story->store, one.id, NULL, &error);
	assert_done(case_id, error);
	PsUpstreamKept newer = keep(story, "3"), older = keep(story, "1");

	assert_string_equal(newer.replaces, "2");
	assert_string_equal(newer.case_id, case_id);
	assert_true(older.older);
	assert_null(older.replaces);
	g_autoptr(PsRecord) first = ps_store_get(story->store, "upstream_advisory", one.id, NULL);
	assert_string_equal(ps_record_text(first, "state"), "replaced");
	g_autoptr(PsRecord) last = ps_store_get(story->store, "upstream_advisory", newer.id, NULL);
	assert_string_equal(ps_record_text(last, "replaces"), one.id);
	ps_upstream_kept_clear(&one);
	ps_upstream_kept_clear(&newer);
	ps_upstream_kept_clear(&older);
}

/* ---- into a case ---- */

static guint
count_children(Story *story, const char *kind, const char *parent)
{
	g_autoptr(GPtrArray) records = ps_store_children(story->store, kind, parent, NULL);

	return records->len;
}

static void
case__from_a_document__has_what_it_says(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	PsUpstreamKept kept = keep(story, "1");
	g_autofree char *case_id = ps_upstream_open_case(story->store, kept.id, NULL, &error);

	assert_done(case_id, error);
	g_autoptr(PsRecord) record = ps_store_get(story->store, "case", case_id, NULL);
	assert_string_equal(ps_record_text(record, "title"), "Parts break");
	assert_string_equal(ps_record_text(record, "tlp"), "GREEN");
	assert_string_equal(ps_record_text(record, "summary"), "A part of yours is broken.");
	g_autoptr(GPtrArray) flaws =
		ps_store_children(story->store, "vulnerability", case_id, NULL);
	assert_int_equal(flaws->len, 1);
	assert_string_equal(ps_record_text(flaws->pdata[0], "cve"), "CVE-2026-7777");
	assert_string_equal(ps_record_text(flaws->pdata[0], "cwe"), "CWE-287");
	assert_string_equal(ps_record_text(flaws->pdata[0], "description"), "It opens for all.");
	g_autoptr(GPtrArray) scores = ps_store_children(story->store, "score", case_id, NULL);
	assert_string_equal(ps_record_text(scores->pdata[0], "source"), "CNA");
	assert_string_equal(ps_record_text(scores->pdata[0], "score"), "9.8");
	g_autoptr(GPtrArray) affected = ps_store_children(story->store, "affected", case_id, NULL);
	assert_int_equal(affected->len, 2);
	assert_string_equal(ps_record_text(affected->pdata[0], "release"), story->old);
	assert_string_equal(ps_record_text(affected->pdata[0], "status"), "known_affected");
	assert_string_equal(ps_record_text(affected->pdata[1], "justification"),
			    "component_not_present");
	assert_int_equal(count_children(story, "reference", case_id), 1);
	assert_null(ps_upstream_open_case(story->store, kept.id, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	ps_upstream_kept_clear(&kept);
}

/* CSAF 2.1 has other places for purls, combinations, weaknesses, scores and dates. */
static const char newer[] =
	"{\"document\":{\"csaf_version\":\"2.1\",\"distribution\":{\"tlp\":{\"label\":"
	"\"AMBER+STRICT\"}},\"publisher\":{\"name\":\"Part Maker\",\"namespace\":"
	"\"https://parts.example.org\"},\"title\":\"  \",\"tracking\":{\"id\":\"PM-2\",\"version\":"
	"\"1\"}},\"product_tree\":{\"full_product_names\":[{\"name\":\"Firmware\",\"product_id\":"
	"\"A\",\"product_identification_helper\":{\"purls\":[\"pkg:generic/none@1\","
	"\"pkg:generic/edge@4.1\"]}}],\"branches\":[{\"category\":\"vendor\",\"name\":"
	"\"Example Gateways GmbH\",\"branches\":[{\"category\":\"product_name\",\"name\":"
	"\"Edge Gateway\",\"branches\":[{\"category\":\"product_version_range\",\"name\":"
	"\"vers:semver/"
	">=4.1.0|<4.3.0\",\"product\":{\"name\":\"Range\",\"product_id\":\"R\"}}]}]}],"
	"\"product_paths\":[{\"beginning_product_reference\":\"A\",\"full_product_name\":{\"name\":"
	"\"Firmware on a box\",\"product_id\":\"C\"},\"subpaths\":[]}]},\"vulnerabilities\":[{"
	"\"cwes\":[{\"id\":\"CWE-287\",\"name\":\"Improper Authentication\",\"version\":\"4.15\"}],"
	"\"disclosure_date\":\"2026-10-01T00:00:00Z\",\"first_known_exploitation_dates\":[{}],"
	"\"metrics\":[{\"content\":{\"cvss_v4\":{\"vectorString\":"
	"\"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N\"},\"cvss_v3\":"
	"{\"vectorString\":\"nonsense\"}},\"products\":[\"C\"]}],\"product_status\":"
	"{\"known_affected\":[\"C\"],\"unknown\":[\"A\"]},\"title\":\"Open\\ndoor\"}]}";

static void
case__from_version_2_1__has_what_it_says(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GBytes) bytes = g_bytes_new_static(newer, sizeof newer - 1);
	g_autoptr(GError) error = NULL;
	g_autoptr(PsUpstream) upstream = ps_upstream_read(bytes, "new.json", &error);
	PsUpstreamKept kept;

	assert_done(upstream, error);
	assert_true(upstream->findings > 0);
	assert_string_equal(upstream->tlp, "AMBER+STRICT");
	assert_done(ps_upstream_keep(story->store, upstream, NULL, &kept, &error), error);
	assert_string_equal(only_match(upstream, "A")->release, story->old);
	assert_string_equal(only_match(upstream, "C")->release, story->old);
	g_autofree char *case_id = ps_upstream_open_case(story->store, kept.id, NULL, &error);
	assert_done(case_id, error);
	g_autoptr(PsRecord) record = ps_store_get(story->store, "case", case_id, NULL);
	assert_string_equal(ps_record_text(record, "title"), "PM-2");
	g_autoptr(GPtrArray) flaws =
		ps_store_children(story->store, "vulnerability", case_id, NULL);
	assert_string_equal(ps_record_text(flaws->pdata[0], "title"), "Open door");
	assert_string_equal(ps_record_text(flaws->pdata[0], "cwe"), "CWE-287");
	assert_string_equal(ps_record_text(flaws->pdata[0], "exploited"), "active");
	assert_string_equal(ps_record_text(flaws->pdata[0], "public_at"), "2026-10-01T00:00:00Z");
	g_autoptr(GPtrArray) scores = ps_store_children(story->store, "score", case_id, NULL);
	assert_int_equal(scores->len, 1);
	assert_string_equal(ps_record_text(scores->pdata[0], "version"), "4.0");
	g_autoptr(GPtrArray) affected = ps_store_children(story->store, "affected", case_id, NULL);
	assert_int_equal(affected->len, 1);
	assert_string_equal(ps_record_text(affected->pdata[0], "release"), story->old);
	ps_upstream_kept_clear(&kept);
}

static void
match__range__finds_every_release_in_it(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GBytes) bytes = g_bytes_new_static(newer, sizeof newer - 1);
	g_autoptr(GError) error = NULL;
	g_autoptr(PsUpstream) upstream = ps_upstream_read(bytes, "new.json", &error);
	guint found = 0;

	assert_done(upstream, error);
	assert_done(ps_upstream_match(upstream, story->store, &error), error);
	for (guint i = 0; i < upstream->products->len; i++) {
		const PsUpstreamProduct *product = upstream->products->pdata[i];
		if (!g_str_equal(product->product_id, "R"))
			continue;
		for (guint j = 0; j < product->matches->len; j++) {
			const PsUpstreamMatch *match = product->matches->pdata[j];
			assert_string_not_equal(match->release, story->other);
			found++;
		}
	}
	assert_int_equal(found, 2);
}

static void
into_case__twice__doubles_nothing(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	PsUpstreamKept kept = keep(story, "1");

	for (int i = 0; i < 2; i++) {
		assert_done(ps_upstream_into_case(story->store, kept.id, story->case_id, NULL,
						  &error),
			    error);
		assert_int_equal(count_children(story, "vulnerability", story->case_id), 2);
		assert_int_equal(count_children(story, "reference", story->case_id), 2);
		assert_int_equal(count_children(story, "score", story->case_id), 2);
	}
	/* judged for every vulnerability of the case before: stays as it is */
	assert_int_equal(count_children(story, "affected", story->case_id), 2);
	ps_upstream_kept_clear(&kept);
}

static void
assign__by_the_analyst__gives_the_status(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	PsUpstreamKept kept = keep(story, "1");
	g_autofree char *case_id = ps_upstream_open_case(story->store, kept.id, NULL, &error);
	const char *filters[] = {"upstream", kept.id, "product_id", "P-STRANGE", NULL};
	const PsQuery query = {.kind = "upstream_product", .filters = filters};
	g_autoptr(GPtrArray) rows = ps_store_list(story->store, &query, NULL);

	assert_int_equal(rows->len, 1);
	const char *row = ps_record_id(rows->pdata[0]);
	assert_done(ps_upstream_assign(story->store, row, story->new, &error), error);
	g_autoptr(GPtrArray) affected = ps_store_children(story->store, "affected", case_id, NULL);
	assert_int_equal(affected->len, 3);
	assert_string_equal(ps_record_text(affected->pdata[2], "release"), story->new);
	assert_string_equal(ps_record_text(affected->pdata[2], "status"), "known_affected");
	assert_int_equal(count_children(story, "vulnerability", case_id), 1);
	assert_done(ps_upstream_assign(story->store, row, NULL, &error), error);
	ps_upstream_kept_clear(&kept);
}

/* ---- versions of a document in a case ---- */

/* %s: status and remedies, scores, credits, references, threats of one vulnerability */
static const char in_full[] =
	"{\"document\":{\"category\":\"csaf_security_advisory\",\"csaf_version\":\"2.0\","
	"\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},"
	"\"acknowledgments\":[{\"names\":[\"Mara Fields\"],\"organization\":\"Lab Nine\","
	"\"urls\":[\"https://lab9.example.org\"]},{\"organization\":\"CERT Example\"}],"
	"\"notes\":[{\"category\":\"summary\",\"text\":\"%s\"},{\"category\":"
	"\"legal_disclaimer\",\"text\":\"As is.\"}],"
	"\"publisher\":{\"category\":\"vendor\",\"name\":\"Part Maker\","
	"\"namespace\":\"https://parts.example.org\"},\"title\":\"Parts break\",\"tracking\":{"
	"\"current_release_date\":\"2026-11-0%s"
	"T00:00:00Z\",\"id\":\"PM-2026-2\",\"initial_release_date\":\"2026-11-01T00:00:00Z\","
	"\"revision_history\":[{\"date\":\"2026-11-01T00:00:00Z\",\"number\":\"1\","
	"\"summary\":\"First\"}],\"status\":\"final\",\"version\":\"%s\"}},"
	"\"product_tree\":{%s},\"vulnerabilities\":[{\"cve\":\"CVE-2026-7777\","
	"\"notes\":[{\"category\":\"description\",\"text\":\"It opens.\"},{\"category\":"
	"\"details\",\"title\":\"How\",\"text\":\"By a knock.\"}],"
	"\"product_status\":{%s},\"remediations\":[%s],\"scores\":[%s],"
	"\"threats\":[{\"category\":\"exploit_status\",\"details\":\"Seen once.\"}],"
	"\"title\":\"Open door\"}]}";

#define SCORE(vector, products)                                                                    \
	"{\"cvss_v3\":{\"version\":\"3.1\",\"vectorString\":\"" vector                             \
	"\",\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\"},\"products\":[" products "]}"
#define HIGH "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
#define LOW "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"
#define REMEDY(category, details, products)                                                        \
	"{\"category\":\"" category "\",\"details\":\"" details                                    \
	"\",\"date\":\"2026-11-01T00:00:00Z\",\"url\":\"https://parts.example.org/fix\","          \
	"\"product_ids\":[" products "]}"

typedef struct {
	const char *summary, *version, *status, *remedies, *scores;
} Version;

static const Version first = {
	"A part is broken.", "1",
	"\"known_affected\":[\"P-OLD\",\"P-OTHER\",\"P-STRANGE\"],\"fixed\":[\"P-NEW\"]",
	REMEDY("workaround", "Pull the plug.", "\"P-OLD\",\"P-OTHER\"") "," REMEDY(
		"mitigation", "Use a wall.", "\"P-OTHER\"") "," REMEDY("vendor_fix", "Update.",
								       "\"P-STRANGE\""),
	SCORE(HIGH, "\"P-OLD\",\"P-OTHER\"") "," SCORE(LOW, "\"P-STRANGE\"")};
static const Version second = {
	"Two parts are broken.", "2",
	"\"known_affected\":[\"P-OLD\"],\"fixed\":[\"P-NEW\"],\"known_not_affected\":[\"P-OTHER\"]",
	REMEDY("workaround", "Pull both plugs.", "\"P-OLD\""), SCORE(LOW, "\"P-OLD\"")};

static PsUpstreamKept
keep_version(Story *story, const Version *version)
{
	char *text = g_strdup_printf(in_full, version->summary, version->version, version->version,
				     tree, version->status, version->remedies, version->scores);
	g_autoptr(GBytes) bytes = g_bytes_new_take(text, strlen(text));
	g_autoptr(GError) error = NULL;
	g_autoptr(PsUpstream) upstream = ps_upstream_read(bytes, "full.json", &error);
	PsUpstreamKept kept;

	assert_done(upstream, error);
	assert_done(ps_upstream_keep(story->store, upstream, NULL, &kept, &error), error);
	return kept;
}

static char *
open_first(Story *story)
{
	PsUpstreamKept kept = keep_version(story, &first);
	g_autoptr(GError) error = NULL;
	char *case_id = ps_upstream_open_case(story->store, kept.id, NULL, &error);

	assert_done(case_id, error);
	ps_upstream_kept_clear(&kept);
	return case_id;
}

/* Takes the second version over; its changes, a line each. */
static char *
take_second(Story *story, const char *case_id)
{
	PsUpstreamKept kept = keep_version(story, &second);
	g_autoptr(GPtrArray) changes = ps_upstream_changes_new();
	g_autoptr(GError) error = NULL;
	GString *text = g_string_new(NULL);

	assert_string_equal(kept.case_id, case_id);
	assert_done(ps_upstream_into_case(story->store, kept.id, case_id, changes, &error), error);
	for (guint i = 0; i < changes->len; i++) {
		g_autofree char *line = ps_upstream_change_text(changes->pdata[i]);
		g_string_append_printf(text, "%s\n", line);
	}
	ps_upstream_kept_clear(&kept);
	return g_string_free(text, FALSE);
}

/* "a|b": a field of the case's records of a kind, in the order of their making. */
static char *
fields_of(Story *story, const char *kind, const char *case_id, const char *field)
{
	g_autoptr(GPtrArray) records = ps_store_children(story->store, kind, case_id, NULL);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < records->len; i++) {
		const char *value = ps_record_text(records->pdata[i], field);
		g_string_append_printf(text, "%s%s", i ? "|" : "", value ? value : "-");
	}
	return g_string_free(text, FALSE);
}

static void
assert_fields(Story *story, const char *kind, const char *case_id, const char *field,
	      const char *expected)
{
	g_autofree char *text = fields_of(story, kind, case_id, field);

	assert_string_equal(text, expected);
}

static void
assert_line(const char *text, const char *line, gboolean there)
{
	if ((strstr(text, line) != NULL) != there)
		fail_msg("“%s” should %sbe in\n%s", line, there ? "" : "not ", text);
}

static void
case__from_a_document__has_remedies_credits_and_all_scores(void **state)
{
	Story *story = STORY(state);
	g_autofree char *id = open_first(story);
	g_autoptr(PsRecord) record = ps_store_get(story->store, "case", id, NULL);

	assert_string_equal(ps_record_text(record, "summary"), "A part is broken.");
	assert_fields(story, "vulnerability", id, "description",
		      "It opens.\n\nHow:\n\nBy a knock.");
	assert_fields(story, "decision", id, "category", "workaround|mitigation");
	assert_fields(story, "decision", id, "details", "Pull the plug.|Use a wall.");
	assert_fields(story, "decision", id, "proposed", "yes|yes");
	g_autofree char *releases = g_strdup_printf("-|%s", story->other);
	assert_fields(story, "decision", id, "release", releases);
	assert_fields(story, "decision", id, "url",
		      "https://parts.example.org/fix|https://parts.example.org/fix");
	assert_fields(story, "participant", id, "name", "Mara Fields|-");
	assert_fields(story, "participant", id, "organization", "Lab Nine|CERT Example");
	assert_fields(story, "participant", id, "credit", "yes|yes");
	assert_fields(story, "score", id, "vector", HIGH);
	assert_fields(story, "score", id, "origin", "Part Maker");
	g_autofree char *tasks = fields_of(story, "task", id, "title");
	assert_line(tasks, "Seen once.", TRUE);
	g_autofree char *log = fields_of(story, "event", id, "text");
	assert_line(log, "! " LOW, TRUE);
}

static void
case__newer_version__follows_and_tells_the_difference(void **state)
{
	Story *story = STORY(state);
	g_autofree char *id = open_first(story);
	g_autofree char *changes = take_second(story, id);

	assert_line(changes, "~ Case: PM-2026-2 · Summary: A part is broken. → Two parts", TRUE);
	assert_line(changes, "· Status: known_affected → known_not_affected", TRUE);
	assert_line(changes, "· Vector: " HIGH " → " LOW, TRUE);
	assert_line(changes, "+ Decision: workaround: Pull both plugs.", TRUE);
	assert_line(changes, "- Decision: workaround: Pull the plug.", TRUE);
	assert_line(changes, "- Decision: mitigation: Use a wall.", TRUE);
	assert_line(changes, "Mara", FALSE);
	assert_fields(story, "score", id, "vector", LOW);
	assert_fields(story, "score", id, "severity", "Low");
	assert_fields(story, "decision", id, "details", "Pull both plugs.");
	assert_fields(story, "participant", id, "name", "Mara Fields|-");
	g_autofree char *again = take_second(story, id);
	assert_string_equal(again, "");
}

static void
case__newer_version__leaves_what_people_here_wrote(void **state)
{
	Story *story = STORY(state);
	g_autofree char *id = open_first(story);
	g_autoptr(GPtrArray) decisions = ps_store_children(story->store, "decision", id, NULL);
	g_autoptr(GPtrArray) affected = ps_store_children(story->store, "affected", id, NULL);
	g_autoptr(GError) error = NULL;

	put(story->store, "case", id, "summary", "Our own words.");
	for (guint i = 0; i < affected->len; i++)
		if (g_strcmp0(ps_record_text(affected->pdata[i], "release"), story->other) == 0)
			put(story->store, "affected", ps_record_id(affected->pdata[i]), "status",
			    "under_investigation");
	assert_done(ps_case_accept(story->store, ps_record_id(decisions->pdata[0]), &error), error);
	assert_done(ps_case_decline(story->store, ps_record_id(decisions->pdata[1]), NULL, &error),
		    error);
	g_autofree char *changes = take_second(story, id);
	assert_line(changes, "= Case: PM-2026-2 · Summary: Our own words. stays", TRUE);
	assert_line(changes, "· Status: under_investigation stays; they say known_not_affected",
		    TRUE);
	assert_line(changes, "= Decision: workaround: Pull the plug. stays", TRUE);
	assert_line(changes, "Use a wall.", FALSE);
	assert_fields(story, "decision", id, "details", "Pull the plug.|Pull both plugs.");
	assert_fields(story, "decision", id, "proposed", "-|yes");
	g_autoptr(PsRecord) record = ps_store_get(story->store, "case", id, NULL);
	assert_string_equal(ps_record_text(record, "summary"), "Our own words.");
}

static void
match__combination__is_found_by_both_its_parts(void **state)
{
	Story *story = STORY(state);
	static const char pair[] =
		"\"relationships\":[{\"category\":\"installed_on\",\"product_reference\":\"P-OLD\","
		"\"relates_to_product_reference\":\"P-OTHER\",\"full_product_name\":{\"name\":"
		"\"Both\",\"product_id\":\"P-PAIR\"}}],";
	g_autofree char *both = g_strconcat(pair, tree, NULL);
	g_autofree char *relationship =
		make(story->store, "relationship", "release", story->old, "category",
		     "installed_on", "relates_to", story->other, NULL);
	char *text = g_strdup_printf(pattern, "1", "1", both, "\"P-OTHER\"", "\"P-PAIR\"",
				     "\"P-OTHER\"", "\"P-PAIR\"");
	g_autoptr(GBytes) bytes = g_bytes_new_take(text, strlen(text));
	g_autoptr(GError) error = NULL;
	g_autoptr(PsUpstream) upstream = ps_upstream_read(bytes, "pair.json", &error);
	PsUpstreamKept kept;

	assert_done(upstream, error);
	assert_done(ps_upstream_keep(story->store, upstream, NULL, &kept, &error), error);
	assert_string_equal(only_match(upstream, "P-PAIR")->relationship, relationship);
	assert_null(only_match(upstream, "P-OLD")->relationship);
	g_autofree char *id = ps_upstream_open_case(story->store, kept.id, NULL, &error);
	assert_done(id, error);
	g_autofree char *pairs = g_strdup_printf("%s|-", relationship);
	assert_fields(story, "affected", id, "relationship", pairs);
	ps_upstream_kept_clear(&kept);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)
		cmocka_unit_test(read__document__has_its_head_and_products),
		cmocka_unit_test(read__what_is_no_csaf__is_refused),
		cmocka_unit_test(likely__csaf_only),
		TEST(read_file__hash_beside_it__is_compared),
		TEST(match__by_purl_hash_and_name__each_with_its_certainty),
		TEST(match__nothing__says_why),
		TEST(keep__same_document_again__changes_nothing),
		TEST(keep__newer_version__replaces_and_keeps_the_case),
		TEST(case__from_a_document__has_what_it_says),
		TEST(case__from_version_2_1__has_what_it_says),
		TEST(match__range__finds_every_release_in_it),
		TEST(into_case__twice__doubles_nothing),
		TEST(case__from_a_document__has_remedies_credits_and_all_scores),
		TEST(case__newer_version__follows_and_tells_the_difference),
		TEST(case__newer_version__leaves_what_people_here_wrote),
		TEST(match__combination__is_found_by_both_its_parts),
		TEST(assign__by_the_analyst__gives_the_status),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
