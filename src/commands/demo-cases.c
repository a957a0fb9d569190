#include "config.h"

/* The demo's cases: opened from mail or by hand as ever, then dressed with what happened since, as
 * data/demo/cases.json tells. */

#include "commands/demo.h"

#include <string.h>

#include "advisory/publish.h"
#include "advisory/review.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/edit.h"
#include "cases/ssvc.h"
#include "mail/inbox.h"
#include "registry/registry.h"

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- opening ---- */

static char *
mail_record(PsDemo *demo, const char *id, GError **error)
{
	g_autofree char *message_id = g_strdup_printf("id:%s@mail.example", id);

	return ps_inbox_resolve(demo->cli->store, message_id, error);
}

static char *
open_from_mail(PsDemo *demo, const cJSON *entry, const char *id, GError **error)
{
	PsStore *store = demo->cli->store;
	g_autofree char *mail = mail_record(demo, id, error);
	g_autoptr(PsMessage) message =
		mail ? ps_message_open(store, demo->team, mail, NULL, error) : NULL;
	PsReporter *reporter = message ? ps_mail_reporter(demo->team, message, error) : NULL;

	if (!reporter)
		return NULL;
	char *case_id = ps_case_open_from_mail(store, mail, message, reporter,
					       ps_json_text(entry, "title"), error);
	ps_reporter_free(reporter);
	return case_id;
}

static char *
open_by_hand(PsDemo *demo, const cJSON *entry, GError **error)
{
	const char *received = ps_json_text(member(entry, "fields"), "received_at");
	const char *pairs[] = {"title", ps_json_text(entry, "title"), "received_at", received,
			       NULL};

	return ps_case_open(demo->cli->store, (char *const *)pairs, error);
}

static gboolean
add_mails(PsDemo *demo, const cJSON *entry, const char *case_id, GError **error)
{
	PsStore *store = demo->cli->store;
	const cJSON *id;

	cJSON_ArrayForEach (id, member(entry, "mails")) {
		g_autofree char *mail = mail_record(demo, id->valuestring, error);
		g_autoptr(PsMessage) message =
			mail ? ps_message_open(store, demo->team, mail, NULL, error) : NULL;
		if (!message || !ps_case_add_mail(store, case_id, mail, message, error))
			return FALSE;
	}
	return TRUE;
}

/* ---- dressing ---- */

static gboolean
set_all(PsTxn *txn, const char *kind, const char *id, const cJSON *fields, GError **error)
{
	const cJSON *field;

	cJSON_ArrayForEach (field, fields) {
		if (!ps_txn_set(txn, kind, id, field->string, field->valuestring, PS_ANY, error))
			return FALSE;
	}
	return TRUE;
}

/* Fields of the only (or first) child of a kind. */
static gboolean
set_child(PsTxn *txn, const char *kind, const char *case_id, const cJSON *fields, GError **error)
{
	if (!fields)
		return TRUE;
	g_autoptr(GPtrArray) children = ps_store_children(ps_txn_store(txn), kind, case_id, error);
	if (!children)
		return FALSE;
	return children->len == 0 ||
	       set_all(txn, kind, ps_record_id(children->pdata[0]), fields, error);
}

char *
ps_demo_release(PsStore *store, const char *words, GError **error)
{
	g_autoptr(GPtrArray) found = ps_registry_find(store, PS_FIND_RELEASES, words, 0, 1, error);

	if (found && found->len)
		return g_strdup(((PsFound *)found->pdata[0])->id);
	if (found)
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The demo names a release “%s” that it does not have."), words);
	return NULL;
}

/* Words that stand for records: releases and people. */
static gboolean
resolve_pair(PsDemo *demo, const char *field, const char *value, GPtrArray *pairs, GError **error)
{
	char *resolved;

	if (g_str_equal(field, "release") || g_str_equal(field, "fixed_in"))
		resolved = ps_demo_release(demo->cli->store, value, error);
	else if (g_str_equal(field, "owner"))
		resolved = g_strdup(g_hash_table_lookup(demo->people, value));
	else
		resolved = g_strdup(value);
	if (!resolved)
		return FALSE;
	g_ptr_array_add(pairs, g_strdup(field));
	g_ptr_array_add(pairs, resolved);
	return TRUE;
}

static gboolean
add_child(PsDemo *demo, PsTxn *txn, const char *kind, const char *case_id, const cJSON *fields,
	  GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);
	const cJSON *field;

	cJSON_ArrayForEach (field, fields) {
		if (!resolve_pair(demo, field->string, field->valuestring, pairs, error))
			return FALSE;
	}
	g_ptr_array_add(pairs, g_strdup("case"));
	g_ptr_array_add(pairs, g_strdup(case_id));
	g_ptr_array_add(pairs, NULL);
	g_autofree char *id = ps_edit_new(txn, kind, (char *const *)pairs->pdata, error);
	return id != NULL;
}

static gboolean
add_children(PsDemo *demo, PsTxn *txn, const char *case_id, const cJSON *entry, GError **error)
{
	static const struct {
		const char *list, *kind;
	} lists[] = {
		{"affected", "affected"},
		{"scores", "score"},
		{"decisions", "decision"},
		{"tasks", "task"},
		{"events", "event"},
		{"references", "reference"},
		{"involvements", "involvement"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		const cJSON *fields;
		cJSON_ArrayForEach (fields, member(entry, lists[i].list)) {
			if (!add_child(demo, txn, lists[i].kind, case_id, fields, error))
				return FALSE;
		}
	}
	const cJSON *report = member(entry, "new_report");
	return !report || add_child(demo, txn, "report", case_id, report, error);
}

/* What the opening wrote in the log just now happened when the report came. */
static gboolean
date_events(PsTxn *txn, const char *case_id, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	g_autoptr(PsRecord) record = ps_store_get(store, "case", case_id, error);
	g_autoptr(GPtrArray) events =
		record ? ps_store_children(store, "event", case_id, error) : NULL;
	g_autoptr(GPtrArray) messages =
		events ? ps_store_children(store, "message", case_id, error) : NULL;

	if (!messages)
		return FALSE;
	/* Events of filed mails follow the messages, the first of which opened the case. */
	for (guint i = 0; i < events->len; i++) {
		const char *at = i > 0 && i < messages->len
					 ? ps_record_text(messages->pdata[i], "at")
					 : ps_record_text(record, "received_at");
		if (!ps_txn_set(txn, "event", ps_record_id(events->pdata[i]), "at", at, PS_ANY,
				error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
set_owner(PsDemo *demo, PsTxn *txn, const char *case_id, const cJSON *entry, GError **error)
{
	const char *name = ps_json_text(entry, "owner");
	const char *person = name ? g_hash_table_lookup(demo->people, name) : NULL;

	return ps_txn_set(txn, "case", case_id, "owner", person, PS_ANY, error);
}

static gboolean
dress_case(PsDemo *demo, const char *case_id, const cJSON *entry, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(demo->cli->store, "demo.case", error);

	return txn && date_events(txn, case_id, error) &&
	       set_owner(demo, txn, case_id, entry, error) &&
	       set_all(txn, "case", case_id, member(entry, "fields"), error) &&
	       set_child(txn, "report", case_id, member(entry, "report"), error) &&
	       set_child(txn, "participant", case_id, member(entry, "reporter"), error) &&
	       set_child(txn, "vulnerability", case_id, member(entry, "vulnerability"), error) &&
	       add_children(demo, txn, case_id, entry, error) && ps_txn_commit(txn, error);
}

/* A decision table walked with the points of the entry. */
static gboolean
walk_table(PsDemo *demo, const char *case_id, const cJSON *ssvc, GError **error)
{
	g_autoptr(PsSsvcTables) tables = ps_case_ssvc_tables(NULL, error);
	const PsSsvcTable *table =
		tables ? ps_ssvc_find(tables, ps_json_text(ssvc, "tree"), error) : NULL;
	const char *pairs[] = {"reason", ps_json_text(ssvc, "reason"), NULL};
	const cJSON *point;

	if (!table)
		return FALSE;
	g_autoptr(PsSsvcWalk) walk = ps_ssvc_walk_new(tables, table);
	cJSON_ArrayForEach (point, member(ssvc, "points"))
		if (!ps_ssvc_set(walk, point->string, point->valuestring, error))
			return FALSE;
	g_autofree char *id =
		ps_case_ssvc(demo->cli->store, case_id, walk, (char *const *)pairs, error);
	return id != NULL;
}

static gboolean
set_states(PsDemo *demo, const char *case_id, const cJSON *states, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(demo->cli->store, "demo.case", error);

	return txn && set_all(txn, "case", case_id, states, error) && ps_txn_commit(txn, error);
}

/* ---- advisory ---- */

static gboolean
publish(PsDemo *demo, const char *case_id, const cJSON *advisory, GError **error)
{
	PsStore *store = demo->cli->store;
	PsPublishOptions options = {.summary = ps_json_text(advisory, "summary"), .backdate = TRUE};
	PsPublished published = {0};

	if (!ps_utc_parse(ps_json_text(advisory, "publish_at"), &options.at, error))
		return FALSE;
	g_autofree char *id = ps_advisory_draft(store, case_id, error);
	gboolean done =
		id && ps_advisory_approve(store, demo->team, id, error) &&
		ps_advisory_publish(store, demo->team, id, &options, NULL, &published, error);
	ps_published_clear(&published);
	return done;
}

/* ---- all ---- */

static gboolean
make_case(PsDemo *demo, const cJSON *entry, GError **error)
{
	const char *mail = ps_json_text(entry, "mail");
	const cJSON *advisory = member(entry, "advisory"), *ssvc = member(entry, "ssvc");
	g_autofree char *id =
		mail ? open_from_mail(demo, entry, mail, error) : open_by_hand(demo, entry, error);

	return id && add_mails(demo, entry, id, error) && dress_case(demo, id, entry, error) &&
	       (!ssvc || walk_table(demo, id, ssvc, error)) &&
	       (!advisory || publish(demo, id, advisory, error)) &&
	       set_states(demo, id, member(entry, "states"), error);
}

gboolean
ps_demo_cases(PsDemo *demo, GError **error)
{
	g_autoptr(cJSON) cases = ps_demo_json("cases.json", error);
	const cJSON *entry;

	if (!cases)
		return FALSE;
	cJSON_ArrayForEach (entry, cases) {
		if (!ps_demo_may_go_on(error))
			return FALSE;
		if (!make_case(demo, entry, error)) {
			g_prefix_error(error, "%s: ", ps_json_text(entry, "title"));
			return FALSE;
		}
	}
	return TRUE;
}
