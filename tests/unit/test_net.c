#include "config.h"

/* The net worker against real servers on the loopback. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/error.h"
#include "net/net.h"
#include "tests/support/gnupg-home.h"
#include "tests/support/mail-workspace.h"
#include "tests/support/server.h"

#define EXTRA                                                                                      \
	"location /moved { return 301 /page.txt; }\n"                                              \
	"location /round { return 302 /round; }\n"                                                 \
	"location /nohead { if ($request_method = HEAD) { return 405; } return 200 yes; }\n"       \
	"location /secret { return 403; }\n"

typedef struct {
	PsTestMail *mail;
	PsTestServer *server;
	PsNet *net;
} Fixture;

static Fixture *
fixture_new(void)
{
	Fixture *fixture = g_new0(Fixture, 1);
	g_autoptr(GError) error = NULL;

	fixture->mail = ps_test_mail_new();
	fixture->server = ps_test_web_new(fixture->mail->home->dir, EXTRA);
	ps_test_web_put(fixture->server, "page.txt", "hello\n");
	assert_true(ps_store_set_config(fixture->mail->store, "net.ca_file",
					fixture->server->ca_file, &error));
	fixture->net = ps_net_new(fixture->mail->store);
	return fixture;
}

static void
fixture_free(Fixture *fixture)
{
	ps_net_free(fixture->net);
	ps_test_server_free(fixture->server);
	ps_test_mail_free(fixture->mail);
	g_free(fixture);
}

static void
net__fetch__gives_bytes_type_and_where_it_ended(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *url = ps_test_https(fixture->server, "moved"),
			*end = ps_test_https(fixture->server, "page.txt");
	g_autoptr(PsNetAnswer) answer = NULL;
	g_autoptr(GBytes) body = ps_net_fetch(fixture->net, url, 0, NULL, &answer, &error);

	(void)state;
	assert_null(error);
	assert_int_equal(g_bytes_get_size(body), 6);
	assert_memory_equal(g_bytes_get_data(body, NULL), "hello\n", 6);
	assert_int_equal(answer->status, 200);
	assert_int_equal(answer->redirects, 1);
	assert_string_equal(answer->url, end);
	assert_string_equal(answer->type, "text/plain");
	fixture_free(fixture);
}

static void
assert_refused(Fixture *fixture, const char *url, gsize limit, int code, const char *words)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) body = ps_net_fetch(fixture->net, url, limit, NULL, NULL, &error);

	assert_null(body);
	assert_non_null(error);
	if (!g_error_matches(error, PS_ERROR, code) || !strstr(error->message, words))
		fail_msg("%s: %s", url, error->message);
}

static void
net__fetch__says_why_it_gives_nothing(void **state)
{
	Fixture *fixture = fixture_new();
	g_autofree char *plain = ps_test_http(fixture->server, "page.txt"),
			*gone = ps_test_https(fixture->server, "nothing"),
			*round = ps_test_https(fixture->server, "round"),
			*page = ps_test_https(fixture->server, "page.txt"),
			*file = g_strconcat("file://", fixture->server->root, "/page.txt", NULL);

	(void)state;
	assert_refused(fixture, plain, 0, PS_ERROR_IO, "only https");
	assert_refused(fixture, file, 0, PS_ERROR_IO, "only https");
	assert_refused(fixture, gone, 0, PS_ERROR_NOT_FOUND, "404");
	assert_refused(fixture, round, 0, PS_ERROR_IO, "redirects too often");
	assert_refused(fixture, page, 3, PS_ERROR_LIMIT, "larger than the limit");
	assert_refused(fixture, "https://localhost:1/", 0, PS_ERROR_IO, "nothing answers");
	assert_refused(fixture, "not an address", 0, PS_ERROR_IO, "no web address");
	fixture_free(fixture);
}

static void
net__fetch__a_certificate_that_does_not_verify_is_refused(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(PsNet) strict = ps_net_new(NULL);
	g_autofree char *url = ps_test_https(fixture->server, "page.txt");
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(ps_net_fetch(strict, url, 0, NULL, NULL, &error));
	assert_non_null(strstr(error->message, "certificate can't be trusted"));
	fixture_free(fixture);
}

static void
net__fetch__a_staging_server_stands_in_for_the_public_name(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *to =
		g_strdup_printf("www.example.com:443:127.0.0.1:%d", fixture->server->https_port);

	(void)state;
	assert_true(ps_store_set_config(fixture->mail->store, "net.connect_to", to, &error));
	g_autoptr(PsNet) net = ps_net_new(fixture->mail->store);
	g_autoptr(GBytes) body =
		ps_net_fetch(net, "https://www.example.com/page.txt", 0, NULL, NULL, &error);
	assert_null(error);
	assert_int_equal(g_bytes_get_size(body), 6);
	fixture_free(fixture);
}

static void
net__probe__every_address_has_its_answer_in_order(void **state)
{
	Fixture *fixture = fixture_new();
	static const struct {
		const char *path;
		int status;
	} cases[] = {{"page.txt", 200}, {"nothing", 404}, {"moved", 301},
		     {"nohead", 200},   {"secret", 403},  {"page.txt", 200}};
	g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
		g_ptr_array_add(urls, ps_test_https(fixture->server, cases[i].path));
	g_ptr_array_add(urls, g_strdup("https://localhost:1/x"));
	g_ptr_array_add(urls, NULL);
	g_autoptr(GPtrArray) answers =
		ps_net_probe(fixture->net, (const char *const *)urls->pdata, NULL, &error);
	assert_null(error);
	assert_int_equal(answers->len, G_N_ELEMENTS(cases) + 1);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		const PsNetAnswer *answer = answers->pdata[i];
		assert_string_equal(answer->asked, urls->pdata[i]);
		assert_int_equal(answer->status, cases[i].status);
		assert_null(answer->error);
	}
	const PsNetAnswer *last = answers->pdata[G_N_ELEMENTS(cases)];
	assert_int_equal(last->status, 0);
	assert_non_null(strstr(last->error, "nothing answers"));
	fixture_free(fixture);
}

/* ---- uploading ---- */

static void
note_placed(gpointer user, const char *remote)
{
	GString *placed = user;

	g_string_append_printf(placed, "%s\n", remote);
}

static gboolean
push(Fixture *fixture, const char *known_hosts, const char *directory, GPtrArray *files,
     GString *placed, GError **error)
{
	g_autofree char *target = g_strdup_printf("sftp://%s@localhost:%d%s", g_get_user_name(),
						  fixture->server->ssh_port, directory);
	PsNetTarget place = {target, known_hosts, fixture->server->key};

	return ps_net_push(fixture->net, &place, files, note_placed, placed, NULL, error);
}

static GPtrArray *
two_files(Fixture *fixture, const char *text)
{
	GPtrArray *files = g_ptr_array_new_with_free_func((GDestroyNotify)ps_net_file_free);
	g_autofree char *local = g_build_filename(fixture->server->dir, "local.txt", NULL);

	assert_true(g_file_set_contents(local, text, -1, NULL));
	g_ptr_array_add(files, ps_net_file_new(local, "white/2026/a b.json"));
	g_ptr_array_add(files, ps_net_file_new(local, "index.txt"));
	return files;
}

static void
assert_content(const char *directory, const char *name, const char *expected)
{
	g_autofree char *path = g_build_filename(directory, name, NULL), *text = NULL;
	g_autofree char *part = g_strconcat(path, ".part", NULL);

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_string_equal(text, expected);
	assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
}

static void
net__push__files_are_placed_in_order_and_replaced(void **state)
{
	Fixture *fixture = fixture_new();
	static const char *const texts[] = {"first\n", "second, longer\n", ""};
	g_autofree char *directory = g_build_filename(fixture->server->root, "up", NULL);

	(void)state;
	ps_test_sftp_start(fixture->server);
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GPtrArray) files = two_files(fixture, texts[i]);
		g_autoptr(GString) placed = g_string_new(NULL);
		g_autoptr(GError) error = NULL;
		push(fixture, fixture->server->known_hosts, directory, files, placed, &error);
		if (error)
			fail_msg("%s", error->message);
		assert_string_equal(placed->str, "white/2026/a b.json\nindex.txt\n");
		assert_content(directory, "white/2026/a b.json", texts[i]);
		assert_content(directory, "index.txt", texts[i]);
	}
	fixture_free(fixture);
}

static void
net__push__an_unknown_host_and_ways_out_are_refused(void **state)
{
	Fixture *fixture = fixture_new();
	g_autoptr(GError) error = NULL, second = NULL;
	g_autofree char *empty = g_build_filename(fixture->server->dir, "none", NULL);
	g_autoptr(GString) placed = g_string_new(NULL);

	(void)state;
	ps_test_sftp_start(fixture->server);
	assert_true(g_file_set_contents(empty, "", -1, NULL));
	g_autoptr(GPtrArray) files = two_files(fixture, "x\n");
	assert_false(push(fixture, empty, fixture->server->root, files, placed, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_IO));
	g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func((GDestroyNotify)ps_net_file_free);
	g_ptr_array_add(out, ps_net_file_new(empty, "../outside"));
	assert_false(push(fixture, fixture->server->known_hosts, fixture->server->root, out, placed,
			  &second));
	assert_non_null(strstr(second->message, "no path below"));
	assert_int_equal(placed->len, 0);
	fixture_free(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(net__fetch__gives_bytes_type_and_where_it_ended),
		cmocka_unit_test(net__fetch__says_why_it_gives_nothing),
		cmocka_unit_test(net__fetch__a_certificate_that_does_not_verify_is_refused),
		cmocka_unit_test(net__fetch__a_staging_server_stands_in_for_the_public_name),
		cmocka_unit_test(net__probe__every_address_has_its_answer_in_order),
		cmocka_unit_test(net__push__files_are_placed_in_order_and_replaced),
		cmocka_unit_test(net__push__an_unknown_host_and_ways_out_are_refused),
	};

	if (!ps_test_has_web() || !ps_test_has_sftp())
		return 0;
	return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}
