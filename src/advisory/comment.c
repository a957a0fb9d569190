#include "config.h"

#include "advisory/comment.h"

#include <string.h>

#include "advisory/diff.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"

static void
comment_free(gpointer data)
{
	PsComment *comment = data;

	g_free(comment->id);
	g_free(comment->field);
	g_free(comment->pointer);
	g_free(comment->label);
	ps_text_wipe(comment->text);
	g_free(comment->by);
	g_free(comment->resolved_by);
	g_free(comment);
}

/* ---- reading ---- */

/* Somebody who was deleted since is nobody. */
static char *
name_of(PsStore *store, const char *person)
{
	g_autoptr(PsRecord) record = person ? ps_store_get(store, "person", person, NULL) : NULL;
	const char *name = record ? ps_record_text(record, "name") : NULL;

	return name ? ps_safe_text(name, -1, PS_SAFE_LINE) : NULL;
}

static PsComment *
read_comment(PsStore *store, const PsAdvisory *advisory, const PsRecord *record)
{
	PsComment *comment = g_new0(PsComment, 1);
	const char *field = ps_record_text(record, "pointer");

	comment->id = g_strdup(ps_record_id(record));
	comment->field = g_strdup(field ? field : "");
	if (ps_field_at(advisory->document, comment->field))
		comment->pointer = ps_field_to_pointer(advisory->document, comment->field);
	comment->label = ps_place_label(advisory->document, comment->field);
	comment->text = ps_safe_text(ps_record_text(record, "text"), -1, PS_SAFE_LINES);
	comment->by = name_of(store, ps_record_text(record, "by"));
	comment->at = ps_record_time(record, "at");
	comment->resolved_at = ps_record_time(record, "resolved_at");
	comment->resolved = comment->resolved_at != PS_NO_TIME;
	comment->resolved_by = name_of(store, ps_record_text(record, "resolved_by"));
	return comment;
}

static int
compare_ids(gconstpointer a, gconstpointer b)
{
	const PsComment *const *one = a, *const *other = b;

	return strcmp((*one)->id, (*other)->id);
}

GPtrArray *
ps_comments(PsStore *store, const PsAdvisory *advisory, gboolean open_only, GError **error)
{
	g_autoptr(GPtrArray) records =
		ps_store_children(store, "advisory_comment", ps_advisory_id(advisory), error);

	if (!records)
		return NULL;
	GPtrArray *comments = g_ptr_array_new_with_free_func(comment_free);
	for (guint i = 0; i < records->len; i++) {
		const PsRecord *record = records->pdata[i];
		if (!open_only || ps_record_time(record, "resolved_at") == PS_NO_TIME)
			g_ptr_array_add(comments, read_comment(store, advisory, record));
	}
	g_ptr_array_sort(comments, compare_ids);
	return comments;
}

guint
ps_comments_at(const GPtrArray *comments, const char *field)
{
	guint count = 0;

	for (guint i = 0; i < comments->len; i++) {
		const PsComment *comment = comments->pdata[i];
		count += !*field || ps_pointer_within(comment->field, field) ? 1 : 0;
	}
	return count;
}

/* ---- writing ---- */

char *
ps_comment_add_in(PsTxn *txn, const PsAdvisory *advisory, const char *field, const char *text,
		  GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text ? text : ""));
	g_autofree char *now = ps_utc_format(ps_now_ms());

	if (!*trimmed) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("A comment without a text says nothing: write what should be "
				      "changed here."));
		return NULL;
	}
	return ps_txn_newv(txn, "advisory_comment", error, "advisory", ps_advisory_id(advisory),
			   "pointer", field, "text", trimmed, "by",
			   ps_store_person(ps_txn_store(txn)), "at", now, NULL);
}

static char *
field_to_comment(const PsAdvisory *advisory, const char *pointer, GError **error)
{
	char *field = ps_field_at(advisory->document, pointer)
			      ? ps_pointer_to_field(advisory->document, pointer)
			      : NULL;

	if (!field)
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("There is nothing at “%s” in advisory “%s” that could be commented "
			      "on; “psirtdesk advisory fields %s” lists its fields."),
			    pointer, ps_record_text(advisory->facts->advisory, "tracking_id"),
			    ps_record_text(advisory->facts->advisory, "tracking_id"));
	return field;
}

char *
ps_comment_add(PsStore *store, const char *advisory_id, const char *pointer, const char *text,
	       GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.comment", error);
	g_autoptr(PsAdvisory) advisory = txn ? ps_advisory_load(store, advisory_id, error) : NULL;
	g_autofree char *field = advisory ? field_to_comment(advisory, pointer, error) : NULL;
	g_autofree char *id = field ? ps_comment_add_in(txn, advisory, field, text, error) : NULL;

	return id && ps_txn_commit(txn, error) ? g_steal_pointer(&id) : NULL;
}

gboolean
ps_comment_resolve(PsStore *store, const char *comment_id, gboolean resolved, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.resolve", error);
	g_autoptr(PsRecord) comment =
		txn ? ps_store_get(store, "advisory_comment", comment_id, error) : NULL;
	g_autofree char *now = ps_utc_format(ps_now_ms());

	if (!comment)
		return FALSE;
	const char *id = ps_record_id(comment);
	if ((ps_record_time(comment, "resolved_at") != PS_NO_TIME) == resolved) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    resolved ? _("Comment “%s” is resolved already.")
				     : _("Comment “%s” is open already."),
			    id);
		return FALSE;
	}
	return ps_txn_set(txn, "advisory_comment", id, "resolved_at", resolved ? now : NULL, PS_ANY,
			  error) &&
	       ps_txn_set(txn, "advisory_comment", id, "resolved_by",
			  resolved ? ps_store_person(store) : NULL, PS_ANY, error) &&
	       ps_txn_commit(txn, error);
}
