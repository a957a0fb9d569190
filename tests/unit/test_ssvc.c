#include "config.h"

/* SSVC: the registry of decision points, decision tables and walks through them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scoring/ssvc-registry.h"

static PsSsvcRegistry *
open_registry(void)
{
	g_autoptr(GError) error = NULL;
	PsSsvcRegistry *registry = ps_ssvc_registry_open(&error);

	assert_null(error);
	return registry;
}

static void
registry__point__has_name_and_values_in_order(void **state)
{
	g_autoptr(PsSsvcRegistry) registry = open_registry();
	g_auto(GStrv) point = ps_ssvc_registry_point(registry, "ssvc", "E", "1.1.0");

	(void)state;
	assert_non_null(point);
	g_autofree char *all = g_strjoinv("|", point);
	assert_string_equal(all, "Exploitation|N=None|P=Public PoC|A=Active");
	assert_null(ps_ssvc_registry_point(registry, "ssvc", "E", "9.0.0"));
	assert_null(ps_ssvc_registry_point(registry, "ssvc", "", ""));
}

static void
registry__versions__are_listed_oldest_first(void **state)
{
	g_autoptr(PsSsvcRegistry) registry = open_registry();
	g_auto(GStrv) versions = ps_ssvc_registry_versions(registry, "ssvc", "MI");
	g_auto(GStrv) none = ps_ssvc_registry_versions(registry, "ssvc", "M");

	(void)state;
	g_autofree char *all = g_strjoinv(" ", versions);
	assert_string_equal(all, "1.0.0 2.0.0");
	assert_null(none[0]);
}

static void
registry__namespace__is_known_whole(void **state)
{
	g_autoptr(PsSsvcRegistry) registry = open_registry();

	(void)state;
	assert_true(ps_ssvc_registry_has_namespace(registry, "ssvc"));
	assert_true(ps_ssvc_registry_has_namespace(registry, "nist#800-30"));
	assert_false(ps_ssvc_registry_has_namespace(registry, "nist"));
	assert_false(ps_ssvc_registry_has_namespace(registry, "ss"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registry__point__has_name_and_values_in_order),
		cmocka_unit_test(registry__versions__are_listed_oldest_first),
		cmocka_unit_test(registry__namespace__is_known_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
