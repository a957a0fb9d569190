#include "config.h"

/* The provider directory on its way to a web server: a real sshd takes it, a real nginx shows it,
 * and what is fetched back over TLS is verified. */

#include "tests/unit/web-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "advisory/push.h"

static void
push_with(Web *web, const PsPushOptions *options, PsPushed *pushed)
{
	static const PsPushOptions plain = {FALSE, FALSE, FALSE};
	g_autoptr(GError) error = NULL;

	ps_provider_push(web->state->fixture->store, options ? options : &plain, NULL, pushed,
			 &error);
	if (error)
		fail_msg("%s", error->message);
}

static guint
position_of(const PsPushed *pushed, const char *path)
{
	guint index = 0;

	if (!g_ptr_array_find_with_equal_func(pushed->placed, path, g_str_equal, &index))
		fail_msg("%s was not placed", path);
	return index;
}

static GBytes *
fetch(Web *web, const char *path)
{
	g_autoptr(PsNet) net = ps_net_new(web->state->fixture->store);
	g_autoptr(GError) error = NULL;
	g_autofree char *url = ps_test_https(web->server, path);
	GBytes *body = ps_net_fetch(net, url, 0, NULL, NULL, &error);

	if (!body)
		fail_msg("%s", error->message);
	return body;
}

static void
push__whole_tree__is_served_and_verifies(void **state)
{
	State *s = *state;
	Web *web = web_new(s);
	g_auto(PsPushed) pushed = {NULL, NULL, 0};
	g_autoptr(GError) error = NULL;

	publish(s);
	push_with(web, NULL, &pushed);
	g_autofree char *path = path_of(s, "white", ""), *asc = path_of(s, "white", ".asc"),
			*sha256 = path_of(s, "white", ".sha256");
	g_autoptr(GBytes) document = fetch(web, path), signature = fetch(web, asc),
			  hash = fetch(web, sha256),
			  metadata = fetch(web, "provider-metadata.json");
	g_autofree char *hex = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, document);
	assert_memory_equal(g_bytes_get_data(hash, NULL), hex, strlen(hex));
	g_autoptr(GPtrArray) signatures =
		ps_openpgp_verify(s->openpgp, document, signature, NULL, &error);
	assert_non_null(signatures);
	assert_int_equal(signatures->len, 1);
	assert_int_equal(position_of(&pushed, "provider-metadata.json"), pushed.placed->len - 1);
	assert_true(position_of(&pushed, asc) < position_of(&pushed, path));
	assert_true(position_of(&pushed, path) < position_of(&pushed, "white/index.txt"));
	assert_true(position_of(&pushed, "white/index.txt") <
		    position_of(&pushed, "white/csaf-feed-tlp-white.json"));
	web_free(web);
}

/* ---- as a downloader walks it: metadata, feed, entries, hashes, signatures ---- */

static GBytes *
fetch_url(Web *web, const char *url)
{
	g_autoptr(PsNet) net = ps_net_new(web->state->fixture->store);
	g_autoptr(GError) error = NULL;
	GBytes *body = ps_net_fetch(net, url, 0, NULL, NULL, &error);

	if (!body)
		fail_msg("%s", error->message);
	return body;
}

static cJSON *
fetch_json(Web *web, const char *url)
{
	g_autoptr(GBytes) body = fetch_url(web, url);
	gsize length;
	const char *text = g_bytes_get_data(body, &length);
	cJSON *root = ps_json_parse(text, length, NULL, NULL);

	assert_non_null(root);
	return root;
}

/* The address of an entry's link of a kind; the first that ends in `suffix`. */
static const char *
link_of(const cJSON *entry, const char *rel, const char *suffix)
{
	const cJSON *link;

	cJSON_ArrayForEach (link, cJSON_GetObjectItemCaseSensitive(entry, "link"))
		if (g_strcmp0(ps_json_text(link, "rel"), rel) == 0 &&
		    g_str_has_suffix(ps_json_text(link, "href"), suffix))
			return ps_json_text(link, "href");
	fail_msg("no link %s", rel);
	return NULL;
}

static void
verify_entry(Web *web, PsOpenpgp *stranger, const cJSON *entry)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) document = fetch_url(web, link_of(entry, "self", ".json")),
			  hash = fetch_url(web, link_of(entry, "hash", ".sha512")),
			  signature = fetch_url(web, link_of(entry, "signature", ".asc"));
	g_autofree char *hex = g_compute_checksum_for_bytes(G_CHECKSUM_SHA512, document);

	assert_memory_equal(g_bytes_get_data(hash, NULL), hex, strlen(hex));
	g_autoptr(GPtrArray) signatures =
		ps_openpgp_verify(stranger, document, signature, NULL, &error);
	assert_non_null(signatures);
	const PsSignature *one = signatures->pdata[0];
	assert_string_equal(one->fingerprint, web->state->signer->key);
	assert_true(one->verdict == PS_VERDICT_GOOD_UNVERIFIED ||
		    one->verdict == PS_VERDICT_GOOD_KNOWN);
}

static void
import_keys(Web *web, PsOpenpgp *stranger, const cJSON *metadata)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, ps_json_at(metadata, "/public_openpgp_keys")) {
		g_autoptr(GBytes) bytes = fetch_url(web, ps_json_text(item, "url"));
		PsKeyImport import = {0};
		assert_true(ps_openpgp_import(stranger, bytes, FALSE, &import, NULL));
		ps_key_import_clear(&import);
	}
}

static void
push__served_tree__is_walked_from_the_metadata_and_verified(void **state)
{
	State *s = *state;
	Web *web = web_new(s);
	PsTestHome *elsewhere = ps_test_home_new();
	g_autoptr(PsOpenpgp) stranger = ps_openpgp_new(elsewhere->home);
	g_auto(PsPushed) pushed = {NULL, NULL, 0};
	g_autofree char *url = ps_test_https(web->server, ""),
			*well_known = ps_test_https(web->server,
						    ".well-known/csaf/provider-metadata.json");
	const cJSON *entry;
	int entries = 0;

	assert_true(ps_store_set_config(s->fixture->store, "provider.url", url, NULL));
	publish(s);
	push_with(web, NULL, &pushed);
	g_autoptr(cJSON) metadata = fetch_json(web, well_known);
	import_keys(web, stranger, metadata);
	const char *address =
		ps_json_text(ps_json_at(metadata, "/distributions/1/rolie/feeds/0"), "url");
	g_autoptr(cJSON) feed = fetch_json(web, address);
	cJSON_ArrayForEach (entry, ps_json_at(feed, "/feed/entry")) {
		verify_entry(web, stranger, entry);
		entries++;
	}
	assert_int_equal(entries, 1);
	g_clear_pointer(&stranger, ps_openpgp_free);
	ps_test_home_free(elsewhere);
	web_free(web);
}

static void
push__again__carries_only_what_changed(void **state)
{
	State *s = *state;
	Web *web = web_new(s);
	g_auto(PsPushed) first = {NULL, NULL, 0}, second = {NULL, NULL, 0}, third = {NULL, NULL, 0},
			 all = {NULL, NULL, 0};
	const PsPushOptions everything = {.everything = TRUE};
	g_autofree char *note = g_build_filename(s->dir, "white", "note.txt", NULL);
	g_autofree char *there = g_build_filename(web->server->root, "white", "note.txt", NULL);

	publish(s);
	assert_true(g_file_set_contents(note, "one\n", -1, NULL));
	push_with(web, NULL, &first);
	push_with(web, NULL, &second);
	assert_int_equal(second.placed->len, 0);
	assert_int_equal(second.unchanged, first.placed->len);
	assert_true(g_file_set_contents(note, "another\n", -1, NULL));
	push_with(web, NULL, &third);
	assert_int_equal(third.placed->len, 1);
	assert_string_equal(third.placed->pdata[0], "white/note.txt");
	push_with(web, &everything, &all);
	assert_int_equal(all.placed->len, first.placed->len);
	assert_int_equal(g_remove(note), 0);
	g_auto(PsPushed) gone = {NULL, NULL, 0};
	push_with(web, NULL, &gone);
	assert_int_equal(gone.removed->len, 1);
	assert_false(g_file_test(there, G_FILE_TEST_EXISTS));
	web_free(web);
}

static void
push__restricted_folders__stay_here_unless_asked_for(void **state)
{
	State *s = *state;
	Web *web = web_new(s);
	g_auto(PsPushed) open = {NULL, NULL, 0}, restricted = {NULL, NULL, 0};
	const PsPushOptions with = {.restricted = TRUE}, look = {.dry_run = TRUE};
	g_autofree char *amber = g_build_filename(s->dir, "amber", NULL),
			*secret = g_build_filename(amber, "secret.txt", NULL),
			*there = g_build_filename(web->server->root, "amber", NULL);

	publish(s);
	assert_int_equal(g_mkdir(amber, 0700), 0);
	assert_true(g_file_set_contents(secret, "x\n", -1, NULL));
	push_with(web, &look, &open);
	assert_true(open.placed->len > 0);
	assert_false(g_file_test(there, G_FILE_TEST_EXISTS));
	ps_pushed_clear(&open);
	push_with(web, NULL, &open);
	assert_false(g_ptr_array_find_with_equal_func(open.placed, "amber/secret.txt", g_str_equal,
						      NULL));
	assert_false(g_file_test(there, G_FILE_TEST_EXISTS));
	push_with(web, &with, &restricted);
	assert_int_equal(restricted.placed->len, 1);
	assert_string_equal(restricted.placed->pdata[0], "amber/secret.txt");
	web_free(web);
}

static void
push__server_gone__says_so_and_goes_on_later(void **state)
{
	State *s = *state;
	Web *web = web_new(s);
	const PsPushOptions plain = {FALSE, FALSE, FALSE};
	g_auto(PsPushed) none = {NULL, NULL, 0}, later = {NULL, NULL, 0};
	g_autoptr(GError) error = NULL, unset = NULL;
	PsStore *store = s->fixture->store;

	publish(s);
	g_autofree char *target = ps_store_config(store, "provider.push_target");
	assert_true(ps_store_set_config(store, "provider.push_target", "", NULL));
	assert_false(ps_provider_push(store, &plain, NULL, &none, &unset));
	assert_non_null(strstr(unset->message, "provider.push_target"));
	ps_pushed_clear(&none);
	assert_true(
		ps_store_set_config(store, "provider.push_target", "sftp://x@localhost:1/y", NULL));
	assert_false(ps_provider_push(store, &plain, NULL, &none, &error));
	assert_non_null(strstr(error->message, "can't be reached"));
	assert_int_equal(none.placed->len, 0);
	assert_true(ps_store_set_config(store, "provider.push_target", target, NULL));
	push_with(web, NULL, &later);
	assert_true(later.placed->len > 5);
	web_free(web);
}

static void
push__order__what_is_named_comes_before_what_names_it(void **state)
{
	static const char *const order[] = {
		"openpgp/AB.asc",
		"white/2026/a.json.sha256",
		"white/2026/a.json.sha512",
		"white/2026/a.json.asc",
		"white/2026/a.json",
		"white/2026/b.json.asc",
		"white/2026/b.json",
		"white/changes.csv",
		"white/index.txt",
		"white/csaf-feed-tlp-white.json",
		"security.txt",
		"provider-metadata.json",
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
		for (gsize j = 0; j < G_N_ELEMENTS(order); j++) {
			int sign = ps_push_compare(order[i], order[j]);
			if (i < j ? sign >= 0 : i > j ? sign <= 0 : sign != 0)
				fail_msg("%s, %s: %d", order[i], order[j], sign);
		}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(push__whole_tree__is_served_and_verifies),
		TEST(push__served_tree__is_walked_from_the_metadata_and_verified),
		TEST(push__again__carries_only_what_changed),
		TEST(push__restricted_folders__stay_here_unless_asked_for),
		TEST(push__server_gone__says_so_and_goes_on_later),
		cmocka_unit_test(push__order__what_is_named_comes_before_what_names_it),
	};

	if (!ps_test_has_web() || !ps_test_has_sftp())
		return 0;
	return cmocka_run_group_tests_name("push", tests, make_home, free_home);
}
