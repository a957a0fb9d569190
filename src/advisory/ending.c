#include "config.h"

#include "advisory/ending.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "advisory/phrase.h"
#include "advisory/stops.h"
#include "base/error.h"
#include "base/i18n.h"
#include "cases/case.h"

static const struct {
	const char *ending;
	const char *category_2_0, *category_2_1;
	PsPhrase word, reason;
} endings[] = {
	{"withdrawn", "Withdrawn", "csaf_withdrawn", PS_PHRASE_WITHDRAWN,
	 PS_PHRASE_REASON_WITHDRAWN},
	{"superseded", "Superseded", "csaf_superseded", PS_PHRASE_SUPERSEDED,
	 PS_PHRASE_REASON_SUPERSEDED},
};

/* ---- the document ---- */

static void
put_text(cJSON *object, const char *name, const char *text)
{
	cJSON_DeleteItemFromObjectCaseSensitive(object, name);
	ps_put_text(object, name, text);
}

/* Exactly one description may be there, ours (tests 6.1.27.17 and 6.1.27.18). */
static void
remove_descriptions(cJSON *notes)
{
	cJSON *next;

	for (cJSON *note = notes->child; note; note = next) {
		next = note->next;
		if (g_strcmp0(ps_json_text(note, "category"), "description") == 0 ||
		    cJSON_GetObjectItemCaseSensitive(note, "product_ids"))
			cJSON_Delete(cJSON_DetachItemViaPointer(notes, note));
	}
}

static void
add_reason(cJSON *head, const PsFacts *facts, PsPhrase heading)
{
	const char *lang = ps_facts_lang(facts);
	const char *reason = ps_record_text(facts->advisory, "ending_reason");
	cJSON *notes = ps_need(head, "notes", TRUE);

	remove_descriptions(notes);
	cJSON *note = ps_item_new(notes, "ending");
	ps_put_text(note, "category", "description");
	ps_put_text(note, "text", reason);
	ps_put_text(note, "title", ps_phrase(lang, heading));
}

static void
add_successor(cJSON *head, const PsFacts *facts)
{
	const char *url = ps_record_text(facts->advisory, "successor_url");

	if (!url)
		return;
	cJSON *reference = ps_item_new(ps_need(head, "references", TRUE), "successor");
	ps_put_text(reference, "category", "external");
	ps_put_text(reference, "summary", ps_phrase(ps_facts_lang(facts), PS_PHRASE_SUPERSEDING));
	ps_put_text(reference, "url", url);
}

/* Once is enough: title and notes of what was done already stay as they are. */
static gboolean
is_applied(const cJSON *head)
{
	return ps_child(cJSON_GetObjectItemCaseSensitive(head, "notes"), "ending", NULL) != NULL;
}

void
ps_ending_apply(cJSON *document, const PsFacts *facts)
{
	static const char *const gone[] = {"acknowledgments", "aggregate_severity"};
	const char *ending = ps_record_text(facts->advisory, "ending");
	cJSON *head = cJSON_GetObjectItemCaseSensitive(document, "document");
	gboolean newer = g_strcmp0(ps_json_text(head, "csaf_version"), "2.1") == 0;

	for (gsize i = 0; ending && head && i < G_N_ELEMENTS(endings); i++) {
		if (!g_str_equal(endings[i].ending, ending))
			continue;
		cJSON_DeleteItemFromObjectCaseSensitive(document, "product_tree");
		cJSON_DeleteItemFromObjectCaseSensitive(document, "vulnerabilities");
		if (is_applied(head))
			return;
		for (gsize j = 0; j < G_N_ELEMENTS(gone); j++)
			cJSON_DeleteItemFromObjectCaseSensitive(head, gone[j]);
		const char *title = ps_json_text(head, "title");
		g_autofree char *marked =
			g_strdup_printf("%s: %s", ps_phrase(ps_facts_lang(facts), endings[i].word),
					title ? title : "");
		put_text(head, "category",
			 newer ? endings[i].category_2_1 : endings[i].category_2_0);
		if (!newer)
			put_text(head, "title", marked);
		add_reason(head, facts, endings[i].reason);
		add_successor(head, facts);
	}
}

/* ---- the moves ---- */

typedef struct {
	PsTxn *txn;
	PsAdvisory *advisory;
} Move;

static void
end_move(Move *move)
{
	ps_txn_free(move->txn);
	ps_advisory_free(move->advisory);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Move, end_move)

static gboolean
begin_move(Move *move, PsStore *store, const char *id, const char *action, GError **error)
{
	move->txn = ps_txn_begin(store, action, error);
	move->advisory = move->txn ? ps_advisory_load(store, id, error) : NULL;
	return move->advisory != NULL;
}

static gboolean
put_fields(const Move *move, const char *const *pairs, GError **error)
{
	for (; *pairs; pairs += 2)
		if (!ps_txn_set(move->txn, "advisory", ps_advisory_id(move->advisory), pairs[0],
				*pairs[1] ? pairs[1] : NULL, PS_ANY, error))
			return FALSE;
	return TRUE;
}

static gboolean
finish_move(const Move *move, const char *event, GError **error)
{
	return ps_case_event(move->txn, ps_record_id(move->advisory->facts->case_record), "state",
			     event, error) &&
	       ps_txn_commit(move->txn, error);
}

static const char *
tracking_of(const Move *move)
{
	return ps_record_text(move->advisory->facts->advisory, "tracking_id");
}

static char *
describe(const PsAdvisory *advisory, const char *reason)
{
	const PsFacts *facts = advisory->facts;
	const char *title = ps_json_text(ps_json_at(advisory->document, "/document"), "title");
	const char *lang = ps_facts_lang(facts);
	g_autofree char *about =
		g_strdup_printf(ps_phrase(lang, PS_PHRASE_ENDED_TEXT), title ? title : "");

	return g_strdup_printf("%s\n\n%s", reason, about);
}

static gboolean
refuse_twice(const Move *move, GError **error)
{
	const char *ending = ps_record_text(move->advisory->facts->advisory, "ending");

	if (!ending)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
		    g_str_equal(ending, "withdrawn")
			    ? _("The next version of advisory “%s” is its withdrawal already; "
				"publish it, or take that back first (“advisory withdraw %s "
				"--cancel”).")
			    : _("The next version of advisory “%s” says already that it was "
				"superseded; publish it, or take that back first (“advisory "
				"withdraw %s --cancel”)."),
		    tracking_of(move), tracking_of(move));
	return FALSE;
}

/* Nobody has read it: the draft goes out of work. */
static gboolean
drop_draft(const Move *move, const char *reason, GError **error)
{
	const char *const pairs[] = {"state", "withdrawn", "armed_at", "", NULL};
	g_autofree char *event =
		reason && *reason
			? g_strdup_printf(_("Advisory “%s” was withdrawn: %s"), tracking_of(move),
					  reason)
			: g_strdup_printf(_("Advisory “%s” was withdrawn."), tracking_of(move));

	return put_fields(move, pairs, error) && finish_move(move, event, error);
}

static gboolean
plan_withdrawal(const Move *move, const char *reason, GError **error)
{
	const char *lang = ps_facts_lang(move->advisory->facts);
	const char *standing = ps_phrase(lang, PS_PHRASE_WITHDRAWN_SUMMARY);

	if (!reason || !*reason)
		reason = standing;
	g_autofree char *text = describe(move->advisory, reason);
	const char *const pairs[] = {"ending", "withdrawn", "ending_reason", text, "summary",
				     standing, "state",     "draft",         NULL};
	g_autofree char *event =
		g_strdup_printf(_("The next version of advisory “%s” withdraws it: %s"),
				tracking_of(move), reason);
	return put_fields(move, pairs, error) && finish_move(move, event, error);
}

gboolean
ps_advisory_withdraw(PsStore *store, const char *id, const char *reason, gboolean *at_once,
		     GError **error)
{
	g_auto(Move) move = {0};

	if (!begin_move(&move, store, id, "advisory.withdraw", error))
		return FALSE;
	g_autofree char *ended = ps_ended_sentence(move.advisory);
	if (ended) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_CONFLICT, ended);
		return FALSE;
	}
	gboolean unread = !ps_advisory_was_published(move.advisory);
	if (at_once)
		*at_once = unread;
	if (unread)
		return drop_draft(&move, reason, error);
	return refuse_twice(&move, error) && plan_withdrawal(&move, reason, error);
}

/* ---- superseding ---- */

typedef struct {
	char *id;   /* of the advisory; "" elsewhere */
	char *name; /* its tracking id, or the address */
	char *url;
} Successor;

static void
clear_successor(Successor *successor)
{
	g_free(successor->id);
	g_free(successor->name);
	g_free(successor->url);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Successor, clear_successor)

static gboolean
find_elsewhere(const char *url, Successor *successor, GError **error)
{
	if (!ps_csaf_is_uri(url)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no web address of a document."), url);
		return FALSE;
	}
	*successor = (Successor){g_strdup(""), g_strdup(url), g_strdup(url)};
	return TRUE;
}

static gboolean
find_ours(PsStore *store, const char *id, Successor *successor, GError **error)
{
	g_autoptr(PsFacts) facts = ps_facts_load(store, id, error);
	const PsRecord *version = facts ? ps_facts_published(facts) : NULL;

	if (!facts)
		return FALSE;
	if (!version || !facts->provider_url) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    version ? _("The public address of the provider directory is not set, "
					"so nobody would find “%s”; set provider.url.")
				    : _("Advisory “%s” is not published yet, so readers could not "
					"find it; publish it first, or name the https:// address "
					"of the document."),
			    ps_record_text(facts->advisory, "tracking_id"));
		return FALSE;
	}
	*successor = (Successor){g_strdup(ps_record_id(facts->advisory)),
				 g_strdup(ps_record_text(facts->advisory, "tracking_id")),
				 g_strconcat(facts->provider_url, ps_record_text(version, "path"),
					     NULL)};
	return TRUE;
}

static gboolean
check_supersession(const Move *move, const Successor *successor, GError **error)
{
	const char *sentence = NULL;

	if (!ps_refuse_ended(move->advisory, error) || !refuse_twice(move, error))
		return FALSE;
	if (g_str_equal(successor->id, ps_advisory_id(move->advisory)))
		sentence = _("Advisory “%s” cannot supersede itself; a correction is simply its "
			     "next version.");
	else if (!ps_advisory_was_published(move->advisory))
		sentence = _("Advisory “%s” was never published, so there is nothing to supersede; "
			     "withdraw the draft instead.");
	if (sentence)
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED, sentence, tracking_of(move));
	return sentence == NULL;
}

gboolean
ps_advisory_supersede(PsStore *store, const char *id, const char *successor, const char *reason,
		      GError **error)
{
	g_auto(Move) move = {0};
	g_auto(Successor) next = {0};
	gboolean elsewhere = strstr(successor, "://") != NULL;

	if (!begin_move(&move, store, id, "advisory.supersede", error) ||
	    !(elsewhere ? find_elsewhere(successor, &next, error)
			: find_ours(store, successor, &next, error)) ||
	    !check_supersession(&move, &next, error))
		return FALSE;
	const char *lang = ps_facts_lang(move.advisory->facts);
	g_autofree char *summary =
		g_strdup_printf(ps_phrase(lang, PS_PHRASE_SUPERSEDED_SUMMARY), next.name);
	g_autofree char *text = describe(move.advisory, reason && *reason ? reason : summary);
	g_autofree char *event =
		g_strdup_printf(_("The next version of advisory “%s” says that “%s” supersedes "
				  "it."),
				tracking_of(&move), next.name);
	const char *const pairs[] = {"ending",    "superseded", "ending_reason", text,
				     "successor", next.id,      "successor_url", next.url,
				     "summary",   summary,      "state",         "draft",
				     NULL};
	return put_fields(&move, pairs, error) && finish_move(&move, event, error);
}

gboolean
ps_advisory_keep_alive(PsStore *store, const char *id, GError **error)
{
	static const char *const pairs[] = {
		"ending",        "", "ending_reason", "", "successor", "",
		"successor_url", "", "summary",       "", NULL};
	g_auto(Move) move = {0};

	if (!begin_move(&move, store, id, "advisory.keep", error) ||
	    !ps_refuse_ended(move.advisory, error))
		return FALSE;
	const PsRecord *record = move.advisory->facts->advisory;
	if (!ps_record_text(record, "ending")) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("Advisory “%s” is neither being withdrawn nor superseded; there is "
			      "nothing to take back."),
			    tracking_of(&move));
		return FALSE;
	}
	const char *state = ps_advisory_was_published(move.advisory) ? "published" : "draft";
	const char *const back[] = {"state", state, NULL};
	g_autofree char *event = g_strdup_printf(_("Advisory “%s” stays; its end was called off."),
						 tracking_of(&move));
	return put_fields(&move, pairs, error) && put_fields(&move, back, error) &&
	       finish_move(&move, event, error);
}
