#include "config.h"

/* What stands beside the advisories in a provider directory: well-known files, pages, ROLIE service
 * and categories. */

#include "tests/unit/publish-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "advisory/pages.h"
#include "advisory/provider.h"

static void
set(State *s, const char *name, const char *value)
{
	g_autoptr(GError) error = NULL;

	if (!ps_store_set_config(s->fixture->store, name, value, &error))
		fail_msg("%s", error->message);
}

static guint
sync_tree(State *s)
{
	g_autoptr(GError) error = NULL;
	guint changed = 0;

	if (!ps_provider_sync(s->fixture->store, s->openpgp, NULL, &changed, &error))
		fail_msg("%s", error->message);
	return changed;
}

static void
site__security_txt__is_signed_and_names_the_metadata(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) plain = NULL;

	set(s, "mail.from", "PSIRT <psirt@example.com>");
	publish(s);
	g_autofree char *text = read_file(s, ".well-known/security.txt"),
			*url = ps_store_config(s->fixture->store, "provider.url");
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	g_autoptr(GPtrArray) signatures =
		ps_openpgp_verify(s->openpgp, bytes, NULL, &plain, &error);
	assert_non_null(signatures);
	assert_int_equal(signatures->len, 1);
	assert_non_null(strstr(text, "\nContact: mailto:psirt@example.com\n"));
	assert_non_null(strstr(text, "\nExpires: "));
	g_autofree char *csaf = g_strdup_printf("\nCSAF: %s%sprovider-metadata.json\n", url,
						g_str_has_suffix(url, "/") ? "" : "/");
	assert_non_null(strstr(text, csaf));
	assert_good_tree(s);
}

static void
site__again__changes_nothing(void **state)
{
	State *s = *state;

	set(s, "mail.from", "psirt@example.com");
	set(s, "mail.key", s->signer->key);
	publish(s);
	g_autofree char *before = tree(s);
	assert_int_equal(sync_tree(s), 0);
	g_autofree char *after = tree(s);
	assert_string_equal(before, after);
	set(s, "org.contact", "https://www.example.com/contact");
	assert_true(sync_tree(s) > 0);
	g_autofree char *text = read_file(s, ".well-known/security.txt");
	assert_non_null(strstr(text, "Contact: https://www.example.com/contact\n"));
}

static void
site__without_a_contact__has_no_security_txt(void **state)
{
	State *s = *state;

	set(s, "mail.from", "");
	set(s, "org.contact", "");
	publish(s);
	assert_false(there(s, ".well-known/security.txt"));
	assert_true(there(s, ".well-known/csaf/provider-metadata.json"));
}

static void
site__well_known_metadata__is_the_same_file(void **state)
{
	State *s = *state;

	publish(s);
	g_autofree char *one = read_file(s, "provider-metadata.json"),
			*other = read_file(s, ".well-known/csaf/provider-metadata.json");
	assert_string_equal(one, other);
}

static void
site__pages__thank_the_reporter_and_name_the_policy(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(s->fixture->store, "clocks.validate", "2w", &error), error);
	publish(s);
	g_autofree char *thanks = read_file(s, "acknowledgments.html"),
			*policy = read_file(s, "policy.html");
	g_autoptr(PsAdvisory) advisory = load(s->story);
	g_autofree char *id = g_strdup(ps_record_text(ps_advisory_record(advisory), "tracking_id"));
	assert_non_null(strstr(thanks, id));
	assert_null(strstr(thanks, "{{"));
	assert_null(strstr(policy, "{{"));
	assert_non_null(strstr(policy, "48 hours"));
	assert_non_null(strstr(policy, "2 weeks"));
	assert_non_null(strstr(policy, s->signer->key));
}

static void
site__own_template__comes_before_ours_and_is_escaped(void **state)
{
	State *s = *state;
	g_autofree char *folder =
		g_build_filename(ps_store_dir(s->fixture->store), "templates", "pages", NULL);
	g_autofree char *file = g_build_filename(folder, "policy.html", NULL);

	set(s, "org.contact", "<b>us & them</b>");
	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents(file, "Ours: {{contact}}\n? {{nothing}} here\n", -1, NULL));
	publish(s);
	g_autofree char *policy = read_file(s, "policy.html");
	assert_string_equal(policy, "Ours: &lt;b&gt;us &amp; them&lt;/b&gt;\n");
}

static void
site__wkd__gpg_reads_the_key_where_mail_programs_look(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	set(s, "mail.from", "Team <psirt@example.com>");
	set(s, "mail.key", s->signer->key);
	publish(s);
	g_autofree char *name = ps_wkd_name("psirt");
	g_autofree char *direct = g_strdup_printf(".well-known/openpgpkey/hu/%s", name),
			*advanced =
				g_strdup_printf(".well-known/openpgpkey/example.com/hu/%s", name);
	assert_true(there(s, direct));
	assert_true(there(s, advanced));
	assert_true(there(s, ".well-known/openpgpkey/policy"));
	g_autofree char *path = g_build_filename(s->dir, direct, NULL);
	g_autoptr(GBytes) listing = ps_test_run(s->signer->home, NULL, "gpg", "--batch",
						"--with-colons", "--show-keys", path, NULL);
	gsize length;
	const char *text = g_bytes_get_data(listing, &length);
	assert_non_null(g_strstr_len(text, (gssize)length, s->signer->key));
}

static void
wkd__name__is_that_of_the_draft(void **state)
{
	g_autofree char *name = ps_wkd_name("Joe.Doe");

	(void)state;
	assert_string_equal(name, "iy9q119eutrkn8s1mk4r39qejnbu3n5q");
}

static void
wkd__address__only_a_plain_one_is_taken(void **state)
{
	static const struct {
		const char *address, *local, *domain;
	} cases[] = {
		{"a@b.example", "a", "b.example"},
		{"Team <P@B.Example>", "P", "b.example"},
		{"nobody", NULL, NULL},
		{"@b.example", NULL, NULL},
		{"a@../../etc", NULL, NULL},
		{"a@b.example\nX: y", NULL, NULL},
		{"a b@c.example", NULL, NULL},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *local = NULL, *domain = NULL;
		gboolean is = ps_wkd_address(cases[i].address, &local, &domain);
		assert_int_equal(is, cases[i].local != NULL);
		if (is) {
			assert_string_equal(local, cases[i].local);
			assert_string_equal(domain, cases[i].domain);
		}
	}
}

static void
site__service__lists_the_feeds(void **state)
{
	State *s = *state;

	publish(s);
	g_autofree char *service = read_file(s, "service.json"),
			*categories = read_file(s, "category-csaf.json");
	assert_non_null(strstr(service, "white/csaf-feed-tlp-white.json"));
	assert_non_null(strstr(categories, "\"csaf_security_advisory\""));
	assert_good_tree(s);
}

/* ---- CSAF 2.1 beside 2.0 ---- */

static void
site__csaf_2_1__stands_in_a_tree_of_its_own(void **state)
{
	State *s = *state;

	set(s, "provider.csaf_2_1", "yes");
	set(s, "mail.from", "psirt@example.com");
	publish(s);
	g_autofree char *path = path_of(s, "clear", "");
	g_autofree char *below = g_strconcat("v2.1/", path, NULL),
			*asc = g_strconcat(below, ".asc", NULL), *text = read_file(s, below),
			*changes = read_file(s, "v2.1/clear/changes.csv"),
			*feed = read_file(s, "v2.1/clear/csaf-feed-tlp-clear.json"),
			*metadata = read_file(s, "v2.1/provider-metadata.json"),
			*leading = read_file(s, "provider-metadata.json"),
			*old = read_file(s, "v2.0/provider-metadata.json"),
			*security = read_file(s, ".well-known/security.txt");
	assert_true(there(s, asc));
	assert_non_null(strstr(text, "\"csaf_version\": \"2.1\""));
	assert_non_null(strstr(text, below));
	assert_null(strchr(changes, '"'));
	assert_non_null(strstr(feed, "\"version\": \"2.1\""));
	assert_non_null(strstr(metadata, "\"metadata_version\": \"2.1\""));
	assert_non_null(strstr(metadata, "v2.1/provider-metadata.json\""));
	assert_string_equal(leading, old);
	assert_non_null(strstr(old, "v2.0/provider-metadata.json\""));
	assert_non_null(strstr(security, "v2.1/provider-metadata.json\n"));
	g_autofree char *before = tree(s);
	assert_int_equal(sync_tree(s), 0);
	g_autofree char *after = tree(s);
	assert_string_equal(before, after);
}

static void
site__csaf_2_1__is_made_again_from_the_workspace(void **state)
{
	State *s = *state;

	set(s, "provider.csaf_2_1", "yes");
	publish(s);
	g_autofree char *path = path_of(s, "clear", "");
	g_autofree char *below = g_strconcat("v2.1/", path, NULL), *before = read_file(s, below),
			*file = g_build_filename(s->dir, below, NULL);
	assert_int_equal(g_remove(file), 0);
	assert_true(sync_tree(s) > 0);
	g_autofree char *after = read_file(s, below);
	assert_string_equal(before, after);
}

static void
site__csaf_2_1__as_its_own_schema_and_tests_want_it(void **state)
{
	State *s = *state;
	g_autoptr(GError) error = NULL;

	set(s, "provider.csaf_2_1", "yes");
	publish(s);
	g_autoptr(PsProviderReport) report = ps_provider_check(s->dir, NULL, &error);
	assert_non_null(report);
	assert_int_equal(report->documents, 2);
	assert_string_equal(report->role, "csaf_trusted_provider");
	for (gsize i = 0; i < G_N_ELEMENTS(report->requirement); i++) {
		const PsRequirement *requirement = &report->requirement[i];
		if (requirement->state == PS_REQUIREMENT_FAILED)
			fail_msg("%d: %s", requirement->number,
				 (char *)requirement->findings->pdata[0]);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(site__security_txt__is_signed_and_names_the_metadata),
		TEST(site__again__changes_nothing),
		TEST(site__without_a_contact__has_no_security_txt),
		TEST(site__well_known_metadata__is_the_same_file),
		TEST(site__pages__thank_the_reporter_and_name_the_policy),
		TEST(site__own_template__comes_before_ours_and_is_escaped),
		TEST(site__wkd__gpg_reads_the_key_where_mail_programs_look),
		TEST(site__service__lists_the_feeds),
		TEST(site__csaf_2_1__stands_in_a_tree_of_its_own),
		TEST(site__csaf_2_1__is_made_again_from_the_workspace),
		TEST(site__csaf_2_1__as_its_own_schema_and_tests_want_it),
		cmocka_unit_test(wkd__name__is_that_of_the_draft),
		cmocka_unit_test(wkd__address__only_a_plain_one_is_taken),
	};

	return cmocka_run_group_tests_name("provider_site", tests, make_home, free_home);
}
