#include "config.h"

#include "tests/unit/web-fixture.h"

Web *
web_new(State *s)
{
	Web *web = g_new0(Web, 1);
	g_autoptr(GError) error = NULL;
	PsStore *store = s->fixture->store;

	web->state = s;
	web->dir = g_build_filename(s->signer->home->dir, "webXXXXXX", NULL);
	assert_non_null(g_mkdtemp(web->dir));
	web->server = ps_test_web_new(web->dir, NULL);
	ps_test_sftp_start(web->server);
	g_autofree char *target = g_strdup_printf("sftp://%s@localhost:%d%s", g_get_user_name(),
						  web->server->ssh_port, web->server->root);
	assert_true(ps_store_set_config(store, "provider.push_target", target, &error));
	assert_true(ps_store_set_config(store, "provider.push_known_hosts",
					web->server->known_hosts, &error));
	assert_true(ps_store_set_config(store, "provider.push_key", web->server->key, &error));
	assert_true(ps_store_set_config(store, "net.ca_file", web->server->ca_file, &error));
	return web;
}

void
web_free(Web *web)
{
	ps_test_server_free(web->server);
	g_free(web->dir);
	g_free(web);
}
