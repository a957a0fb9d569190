#include "config.h"

/* A provider's tree as a web server gives it out, over TLS: nginx on the loopback stands in for
 * the public names. */

#include "tests/unit/publish-fixture.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/file.h"
#include "tests/support/server.h"

#define HOST "https://www.example.com/"
/* what a good server has: https only, listings, the DNS path, scripts may read */
#define TLS_ONLY "if ($scheme = http) { return 301 https://$host$request_uri; }\n"
#define LISTINGS "autoindex on;\n"
#define DNS_PATH "location = / { try_files /provider-metadata.json =404; }\n"
#define CORS "add_header Access-Control-Allow-Origin *;\n"
#define GOOD TLS_ONLY LISTINGS DNS_PATH CORS

typedef struct {
	State *state;
	PsTestServer *server;
	PsNet *net, *plain;
} Served;

static void
set(State *s, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(s->fixture->store, key, value, &error), error);
}

/* Serves the state's directory, which needs not be written yet. */
static Served *
serve(State *s, const char *nginx)
{
	Served *served = g_new0(Served, 1);
	g_autofree char *dir = g_build_filename(s->signer->home->dir, "webXXXXXX", NULL);
	g_autoptr(GString) targets = g_string_new(NULL);
	static const char *const hosts[] = {"www.example.com", "example.com",
					    "csaf.data.security.example.com"};

	assert_non_null(g_mkdtemp(dir));
	served->state = s;
	served->server = ps_test_web_new(dir, nginx);
	assert_int_equal(g_rmdir(served->server->root), 0);
	assert_int_equal(symlink(s->dir, served->server->root), 0);
	for (gsize i = 0; i < G_N_ELEMENTS(hosts); i++)
		g_string_append_printf(targets, "%s:443:localhost:%d %s:80:localhost:%d ", hosts[i],
				       served->server->https_port, hosts[i],
				       served->server->http_port);
	set(s, "net.connect_to", targets->str);
	set(s, "net.ca_file", served->server->ca_file);
	served->net = ps_net_new(s->fixture->store);
	served->plain = ps_net_new(s->fixture->store);
	ps_net_allow_http(served->plain);
	return served;
}

static void
served_free(Served *served)
{
	ps_net_free(served->net);
	ps_net_free(served->plain);
	ps_test_server_free(served->server);
	g_free(served);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Served, served_free)

/* Publishes into a tree whose address is the server's. */
static Served *
serve_published(State *s, const char *nginx)
{
	set(s, "provider.url", HOST);
	set(s, "mail.from", "PSIRT <psirt@example.com>"); /* else there is no security.txt */
	publish(s);
	return serve(s, nginx);
}

static PsProviderReport *
check(Served *served, const char *where, guint sample, gboolean others)
{
	g_autoptr(GError) error = NULL;
	const PsServedTree tree = {served->net, served->plain, where, sample, others};
	PsProviderReport *report = ps_provider_check_served(&tree, NULL, &error);

	assert_done(report, error);
	return report;
}

static const char *
first_finding(const PsProviderReport *report, int number)
{
	const GPtrArray *findings = report->requirement[number - 1].findings;

	return findings->len > 0 ? findings->pdata[0] : "";
}

static void
assert_state(const PsProviderReport *report, int number, PsRequirementState state)
{
	if (report->requirement[number - 1].state != state)
		fail_msg("requirement %d: state %d instead of %d: %s", number,
			 (int)report->requirement[number - 1].state, (int)state,
			 first_finding(report, number));
}

/* These fail, and no other; `numbers` ends with 0. */
static void
assert_failed(const PsProviderReport *report, const int *numbers)
{
	for (int number = 1; number <= PS_REQUIREMENTS; number++) {
		gboolean wanted = FALSE;
		for (const int *one = numbers; *one; one++)
			wanted = wanted || *one == number;
		gboolean failed = report->requirement[number - 1].state == PS_REQUIREMENT_FAILED;
		if (failed != wanted)
			fail_msg("requirement %d: %s", number,
				 failed ? first_finding(report, number) : "did not fail");
	}
}
#define ASSERT_FAILED(report, ...) assert_failed(report, (const int[]){__VA_ARGS__, 0})

static void
replace(State *s, const char *path, const char *from, const char *to)
{
	g_autofree char *text = read_file(s, path), *whole = g_build_filename(s->dir, path, NULL);
	g_autoptr(GString) changed = g_string_new(text);
	g_autoptr(GError) error = NULL;

	assert_true(g_string_replace(changed, from, to, 0) > 0);
	assert_done(ps_file_write(whole, changed->str, -1, 0644, &error), error);
}

/* ---- a good server ---- */

static void
served__good_tree__is_a_trusted_provider(void **state)
{
	g_autoptr(Served) served = serve_published(*state, GOOD);
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 20, FALSE);
	static const int met[] = {1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20};
	static const int unused[] = {5, 21, 22, 23, 24, 25};

	for (gsize i = 0; i < G_N_ELEMENTS(met); i++)
		assert_state(report, met[i], PS_REQUIREMENT_MET);
	for (gsize i = 0; i < G_N_ELEMENTS(unused); i++)
		assert_state(report, unused[i], PS_REQUIREMENT_UNUSED);
	assert_string_equal(report->role, "csaf_trusted_provider");
	assert_string_equal(report->claimed, "csaf_trusted_provider");
	assert_int_equal(report->documents, 1);
	assert_int_equal(report->listed, 1);
	assert_non_null(report->requirement[0].looked);
}

static void
served__address_of_the_metadata__is_taken_too(void **state)
{
	static const char *const addresses[] = {HOST "provider-metadata.json",
						HOST ".well-known/csaf/", "https://example.com"};
	g_autoptr(Served) served = serve_published(*state, GOOD);

	for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
		g_autoptr(PsProviderReport) report = check(served, addresses[i], 20, FALSE);
		ASSERT_FAILED(report, 0);
		assert_int_equal(report->documents, 1);
	}
}

static void
served__csaf_2_1__asks_as_others_and_as_a_script(void **state)
{
	State *s = *state;

	set(s, "provider.csaf_2_1", "yes");
	g_autoptr(Served) served = serve_published(s, GOOD);
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 0, FALSE);
	assert_string_equal(report->version, "2.1");
	ASSERT_FAILED(report, 0);
	assert_state(report, 24, PS_REQUIREMENT_MET);
	assert_state(report, 25, PS_REQUIREMENT_MET);
	assert_int_equal(report->documents, 2);
}

/* ---- bad servers ---- */

static void
served__bad_server__fails_by_number(void **state)
{
	State *s = *state;
	static const struct {
		const char *nginx;
		int numbers[6];
	} servers[] = {
		{LISTINGS DNS_PATH, {3}},
		{TLS_ONLY DNS_PATH, {14}},
		{GOOD "location = /white/index.txt { return 404; }", {12}},
		{GOOD "location /white/20 { return 403; }", {4, 12, 13, 15}},
		{GOOD "location = /white/csaf-feed-tlp-white.json { return 500; }", {4, 15}},
		{GOOD "location /openpgp { return 404; }", {19, 20}},
		{GOOD "location ~ asc$ { return 404; }", {19, 20}},
		{GOOD "location ~ sha { return 404; }", {18}},
		{GOOD "absolute_redirect off;\n"
		      "location = /.well-known/csaf/provider-metadata.json { return 302 /x; }\n"
		      "location = /x { alias PROVIDER/provider-metadata.json; }",
		 {9}},
	};

	set(s, "provider.url", HOST);
	set(s, "mail.from", "PSIRT <psirt@example.com>");
	publish(s);
	for (gsize i = 0; i < G_N_ELEMENTS(servers); i++) {
		g_autoptr(GString) nginx = g_string_new(servers[i].nginx);
		g_string_replace(nginx, "PROVIDER", s->dir, 0);
		g_autoptr(Served) served = serve(s, nginx->str);
		g_autoptr(PsProviderReport) report = check(served, "www.example.com", 20, FALSE);
		/* what hangs together is told by the first that is wrong in the table */
		for (const int *number = servers[i].numbers; *number; number++)
			assert_state(report, *number, PS_REQUIREMENT_FAILED);
		assert_string_not_equal(report->role ? report->role : "none",
					servers[i].numbers[0] == 9 ? "none"
								   : "csaf_trusted_provider");
	}
}

static void
served__only_some_browsers__fails_24_and_warns_of_25(void **state)
{
	State *s = *state;

	set(s, "provider.csaf_2_1", "yes");
	g_autoptr(Served) served =
		serve_published(s, TLS_ONLY LISTINGS DNS_PATH
				"if ($http_user_agent ~ curl) { return 403; }\n");
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 0, FALSE);
	ASSERT_FAILED(report, 24);
	assert_state(report, 25, PS_REQUIREMENT_WARNED);
	assert_string_equal(report->role, "csaf_publisher");
}

static void
served__redirect__is_a_warning(void **state)
{
	g_autoptr(Served) served =
		serve_published(*state,
				GOOD "absolute_redirect off;\n"
				     "rewrite ^/white/index.txt$ /white/list.txt permanent;\n"
				     "rewrite ^/white/list.txt$ /white/index.txt break;\n");
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 20, FALSE);

	ASSERT_FAILED(report, 0);
	assert_state(report, 6, PS_REQUIREMENT_WARNED);
}

static void
served__one_way_to_the_metadata__is_enough(void **state)
{
	g_autoptr(Served) served =
		serve_published(*state, TLS_ONLY LISTINGS "location /.well-known/csaf/ { return "
							  "404; }\n");
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 20, FALSE);

	/* security.txt names the file's own address */
	assert_state(report, 8, PS_REQUIREMENT_MET);
	assert_state(report, 9, PS_REQUIREMENT_UNUSED);
	assert_state(report, 10, PS_REQUIREMENT_UNUSED);
	assert_string_equal(report->role, "csaf_trusted_provider");
}

static void
served__nobody_there__says_so(void **state)
{
	State *s = *state;
	g_autoptr(Served) served = serve(s, "return 404;");
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 20, FALSE);

	ASSERT_FAILED(report, 7, 8, 9, 10);
	assert_null(report->role);
	assert_int_equal(report->documents, 0);
	assert_state(report, 1, PS_REQUIREMENT_UNKNOWN);
}

static void
served__certificate_of_nobody__fails_3(void **state)
{
	State *s = *state;
	g_autoptr(Served) served = serve_published(s, GOOD);

	set(s, "net.ca_file", NULL);
	ps_net_free(served->net);
	served->net = ps_net_new(s->fixture->store);
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 20, FALSE);
	assert_state(report, 3, PS_REQUIREMENT_FAILED);
	assert_state(report, 7, PS_REQUIREMENT_FAILED);
}

static void
served__guarded_document_for_everybody__fails_5(void **state)
{
	State *s = *state;
	g_autofree char *path = NULL;
	g_autoptr(Served) served = serve_published(s, GOOD);

	path = path_of(s, "white", "");
	replace(s, path, "\"WHITE\"", "\"AMBER\"");
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 20, FALSE);
	assert_state(report, 5, PS_REQUIREMENT_FAILED);
	/* changed after signing */
	assert_state(report, 18, PS_REQUIREMENT_FAILED);
	assert_state(report, 19, PS_REQUIREMENT_FAILED);
}

static void
served__folder_with_a_login__is_not_missed(void **state)
{
	State *s = *state;
	static const char *const closed = GOOD "location /white/ { return 401; }\n";

	/* the feed says that it is WHITE: that is wrong */
	g_autoptr(Served) served = serve_published(s, closed);
	g_autoptr(PsProviderReport) white = check(served, "www.example.com", 20, FALSE);
	assert_state(white, 4, PS_REQUIREMENT_FAILED);
	/* a folder of AMBER, and one of which nothing tells the label */
	replace(s, "provider-metadata.json", "\"WHITE\"", "\"AMBER\"");
	replace(s, ".well-known/csaf/provider-metadata.json", "\"WHITE\"", "\"AMBER\"");
	g_autoptr(PsProviderReport) amber = check(served, "www.example.com", 20, FALSE);
	static const int fine[] = {12, 13, 14, 15};
	for (gsize i = 0; i < G_N_ELEMENTS(fine); i++)
		assert_true(amber->requirement[fine[i] - 1].state != PS_REQUIREMENT_FAILED);
	assert_state(amber, 4, PS_REQUIREMENT_UNUSED);
	assert_state(amber, 5, PS_REQUIREMENT_MET);
	replace(s, "provider-metadata.json", "\"rolie\"", "\"roly\"");
	replace(s, ".well-known/csaf/provider-metadata.json", "\"rolie\"", "\"roly\"");
	g_autoptr(PsProviderReport) unlabelled = check(served, "www.example.com", 20, FALSE);
	assert_state(unlabelled, 4, PS_REQUIREMENT_WARNED);
	assert_state(unlabelled, 12, PS_REQUIREMENT_MET);
}

/* ---- bounds ---- */

static void
served__sample__does_not_miss_what_it_did_not_fetch(void **state)
{
	State *s = *state;
	g_autoptr(Served) served = serve_published(s, GOOD);
	g_autoptr(GString) more = g_string_new(NULL);
	g_autofree char *index = read_file(s, "white/index.txt"),
			*changes = read_file(s, "white/changes.csv");
	g_autoptr(GError) error = NULL;

	/* two that are named, but not there: only who asks for all finds out */
	g_string_printf(more, "%s1999/a.json\n1999/b.json\n", index);
	g_autofree char *index_path = g_build_filename(s->dir, "white/index.txt", NULL),
			*changes_path = g_build_filename(s->dir, "white/changes.csv", NULL);
	assert_done(ps_file_write(index_path, more->str, -1, 0644, &error), error);
	g_string_printf(more,
			"%s\"1999/a.json\",\"1999-01-02T00:00:00Z\"\n"
			"\"1999/b.json\",\"1999-01-01T00:00:00Z\"\n",
			changes);
	assert_done(ps_file_write(changes_path, more->str, -1, 0644, &error), error);
	g_autoptr(PsProviderReport) some = check(served, "www.example.com", 1, FALSE);
	assert_state(some, 12, PS_REQUIREMENT_MET);
	assert_state(some, 13, PS_REQUIREMENT_MET);
	assert_int_equal(some->listed, 3);
	g_autoptr(PsProviderReport) all = check(served, "www.example.com", 0, FALSE);
	assert_state(all, 12, PS_REQUIREMENT_FAILED);
	assert_state(all, 13, PS_REQUIREMENT_FAILED);
}

static void
served__other_hosts__are_asked_on_request_only(void **state)
{
	State *s = *state;
	g_autoptr(Served) served = serve_published(s, GOOD);

	replace(s, "provider-metadata.json", HOST "openpgp/", "https://localhost:1/openpgp/");
	replace(s, ".well-known/csaf/provider-metadata.json", HOST "openpgp/",
		"https://localhost:1/openpgp/");
	g_autoptr(PsProviderReport) shy = check(served, "www.example.com", 20, FALSE);
	assert_state(shy, 3, PS_REQUIREMENT_UNKNOWN);
	assert_non_null(strstr(first_finding(shy, 3), "--online"));
	assert_state(shy, 20, PS_REQUIREMENT_FAILED);
	g_autoptr(PsProviderReport) bold = check(served, "www.example.com", 20, TRUE);
	assert_state(bold, 3, PS_REQUIREMENT_FAILED);
}

static void
served__hostile_lists__stay_in_their_place(void **state)
{
	State *s = *state;
	g_autoptr(Served) served = serve_published(s, GOOD);
	g_autoptr(GString) lines = g_string_new(NULL);
	g_autofree char *index = g_build_filename(s->dir, "white/index.txt", NULL),
			*longest = g_strnfill(5000, 'x');
	g_autoptr(GError) error = NULL;

	g_string_printf(lines,
			"../../../../etc/passwd\n/etc/passwd\nhttps://evil.example/x.json\n"
			"2026/\033[31m.json\n2026/%%2e%%2e/%%2fx.json\n2026//x.json\n%s\n",
			longest);
	assert_done(ps_file_write(index, lines->str, -1, 0644, &error), error);
	replace(s, "white/csaf-feed-tlp-white.json", "https://www.example.com/white/20",
		"https://www.example.com/white/../../20");
	replace(s, "provider-metadata.json", HOST "white/", "file:///etc/");
	replace(s, ".well-known/csaf/provider-metadata.json", HOST "white/csaf-feed",
		"https://user:word@www.example.com/csaf-feed");
	g_autoptr(PsProviderReport) report = check(served, "www.example.com", 0, TRUE);
	assert_state(report, 3, PS_REQUIREMENT_FAILED);
	for (int i = 0; i < PS_REQUIREMENTS; i++)
		for (guint j = 0; j < report->requirement[i].findings->len; j++)
			assert_null(strchr(report->requirement[i].findings->pdata[j], '\033'));
}

static void
served__endless_metadata__are_cut_short(void **state)
{
	State *s = *state;
	g_autoptr(Served) served = serve_published(s, GOOD);
	g_autoptr(GString) text = g_string_new("{\"metadata_version\": \"2.0\", "
					       "\"public_openpgp_keys\": [");
	g_autofree char *path =
		g_build_filename(s->dir, ".well-known/csaf/provider-metadata.json", NULL);
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 2100; i++)
		g_string_append_printf(text, "%s{\"url\": \"" HOST "%d\"}", i ? "," : "", i);
	g_string_append(text, "]}");
	assert_done(ps_file_write(path, text->str, -1, 0644, &error), error);
	const PsServedTree tree = {served->net, served->plain, "www.example.com", 1, FALSE};
	assert_null(ps_provider_check_served(&tree, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_LIMIT));
}

static void
served__no_address__is_refused(void **state)
{
	State *s = *state;
	g_autoptr(PsNet) net = ps_net_new(s->fixture->store);
	static const char *const wrong[] = {"http://www.example.com/",
					    "ftp://x.example/",
					    "https://",
					    "https://a b/",
					    "https://me:pw@x.example/",
					    ""};

	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GError) error = NULL;
		const PsServedTree tree = {net, net, wrong[i], 1, FALSE};
		assert_null(ps_provider_check_served(&tree, NULL, &error));
		assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(served__good_tree__is_a_trusted_provider),
		TEST(served__address_of_the_metadata__is_taken_too),
		TEST(served__csaf_2_1__asks_as_others_and_as_a_script),
		TEST(served__bad_server__fails_by_number),
		TEST(served__only_some_browsers__fails_24_and_warns_of_25),
		TEST(served__redirect__is_a_warning),
		TEST(served__one_way_to_the_metadata__is_enough),
		TEST(served__nobody_there__says_so),
		TEST(served__certificate_of_nobody__fails_3),
		TEST(served__guarded_document_for_everybody__fails_5),
		TEST(served__folder_with_a_login__is_not_missed),
		TEST(served__sample__does_not_miss_what_it_did_not_fetch),
		TEST(served__other_hosts__are_asked_on_request_only),
		TEST(served__hostile_lists__stay_in_their_place),
		TEST(served__endless_metadata__are_cut_short),
		TEST(served__no_address__is_refused),
	};

	if (!ps_test_has_web())
		return 0;
	return cmocka_run_group_tests_name("provider_served", tests, make_home, free_home);
}
