#include "config.h"

#include "tests/unit/case-fixture.h"

#include "cases/case.h"
#include "cases/edit.h"

int
case_fixture_setup(void **state)
{
	g_setenv("PSIRTDESK_NOW", CASE_FIXTURE_NOW, TRUE);
	return fixture_setup(state);
}

char *
new_record(PsStore *store, const char *kind, char *const *pairs)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", &error);
	char *id = txn ? ps_edit_new(txn, kind, pairs, &error) : NULL;

	assert_done(id, error);
	assert_done(ps_txn_commit(txn, &error), error);
	return id;
}

char *
open_case(PsStore *store, const char *title)
{
	g_autoptr(GError) error = NULL;
	char *id = ps_case_open(store, PAIRS("title", title), &error);

	assert_done(id, error);
	return id;
}
