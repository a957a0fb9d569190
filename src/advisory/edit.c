#include "config.h"

/* Edits of an advisory by hand. */

#include "advisory/advisory.h"

#include <string.h>

#include "advisory/csaf-node.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "advisory/order.h"
#include "advisory/overlay.h"
#include "advisory/stops.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"

/* ---- what is kept ---- */

static const struct {
	const char *field;
	const char *record_field; /* NULL: it cannot be edited at all */
} kept[] = {
	{"/document/category", "profile"},
	{"/document/csaf_version", NULL},
	{"/document/distribution/tlp/label", "tlp"},
	{"/document/lang", "lang"},
	{"/document/title", "title"},
	{"/document/tracking/current_release_date", NULL},
	{"/document/tracking/generator", NULL},
	{"/document/tracking/id", NULL},
	{"/document/tracking/initial_release_date", NULL},
	{"/document/tracking/revision_history", NULL},
	{"/document/tracking/status", NULL},
	{"/document/tracking/version", NULL},
};

PsKeep
ps_advisory_keep(const char *field, const char **record_field)
{
	/* All of them: most fields of a large document are asked for elsewhere. */
	if (*field && !g_str_has_prefix(field, "/document")) {
		if (record_field)
			*record_field = NULL;
		return PS_KEEP_FREE;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) {
		if (record_field)
			*record_field = kept[i].record_field;
		if (ps_pointer_within(field, kept[i].field))
			return kept[i].record_field ? PS_KEEP_RECORD : PS_KEEP_FIXED;
		if (ps_pointer_within(kept[i].field, field))
			return PS_KEEP_PARTS;
	}
	return PS_KEEP_FREE;
}

/* ---- is the field known, the value allowed ---- */

static gboolean wrong(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
wrong(GError **error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, text);
	return FALSE;
}

static char *
member_names(const PsCsafNode *node)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (int i = 0; i < node->n_members; i++)
		g_string_append_printf(names, "%s%s", i ? ", " : "", node->members[i].name);
	return g_string_free(g_steal_pointer(&names), FALSE);
}

/* Down to the place that the standard does not know, to say what it would allow there. */
static gboolean
unknown_field(const cJSON *document, const char *pointer, GError **error)
{
	g_auto(GStrv) steps = ps_pointer_split(pointer);
	const PsCsafNode *node = ps_csaf_root_of(document);
	g_autoptr(GString) known = g_string_new(NULL);

	if (!steps)
		return wrong(error,
			     _("“%s” is no JSON pointer: it begins with “/”, and a “~” in a name "
			       "is written “~0”, a “/” “~1”."),
			     pointer);
	for (char **step = steps; *step; step++) {
		const PsCsafNode *next = ps_csaf_member(node, *step);
		if (!next)
			break;
		node = next;
		ps_pointer_append(known, *step);
	}
	if (node->type != PS_CSAF_OBJECT)
		return wrong(error, _("The standard knows no field “%s”: “%s” has no parts."),
			     pointer, known->str);
	g_autofree char *names = member_names(node);
	return wrong(error, _("The standard knows no field “%s”; “%s” may hold %s."), pointer,
		     known->len > 0 ? known->str : "/", names);
}

typedef struct {
	const char *pointer;
	char *sentence;
} FirstFinding;

static void
keep_first(gpointer user, const char *place, const char *sentence)
{
	FirstFinding *first = user;

	if (!first->sentence)
		first->sentence = g_strdup_printf(_("“%s%s”: %s"), first->pointer, place, sentence);
}

static gboolean
check_value(const PsCsafNode *node, const char *pointer, const cJSON *value, GError **error)
{
	FirstFinding first = {pointer, NULL};

	ps_csaf_check_value(node, value, keep_first, &first);
	g_autofree char *sentence = first.sentence;
	return !sentence || wrong(error, "%s", sentence);
}

/* Bare text where the standard wants a text; a JSON string is taken too. */
static cJSON *
read_value(const PsCsafNode *node, const char *pointer, const char *text, GError **error)
{
	g_autoptr(GError) problem = NULL;
	cJSON *value = NULL;

	if (node->type != PS_CSAF_TEXT || *text == '"')
		value = ps_json_parse(text, strlen(text), NULL, &problem);
	if (node->type == PS_CSAF_TEXT)
		return value ? value : cJSON_CreateString(text);
	if (!value) {
		g_autofree char *expected = ps_csaf_expectation(node);
		wrong(error, _("“%s” takes %s, written as JSON: %s"), pointer, expected,
		      problem->message);
	}
	return value;
}

/* ---- one edit ---- */

typedef struct {
	PsStore *store;
	PsTxn *txn;
	PsAdvisory *advisory;
	cJSON *document; /* as the edits of this action make it */
} Editing;

static const PsRecord *
item_for(const Editing *editing, const char *field)
{
	GPtrArray *items = editing->advisory->facts->items;

	for (guint i = 0; i < items->len; i++)
		if (g_strcmp0(ps_record_text(items->pdata[i], "pointer"), field) == 0)
			return items->pdata[i];
	return NULL;
}

/* Takes back the edits at and below a field, and the orders of lists; `count` (may be NULL): how
 * many there were. */
static gboolean
drop_items(const Editing *editing, const char *field, guint *count, GError **error)
{
	GPtrArray *items = editing->advisory->facts->items;

	if (!ps_order_drop(editing->txn, editing->advisory->facts, field, count, error))
		return FALSE;

	for (guint i = 0; i < items->len; i++) {
		const char *of = ps_record_text(items->pdata[i], "pointer");
		if (!of || !ps_pointer_within(of, field))
			continue;
		if (!ps_txn_delete(editing->txn, "advisory_item", ps_record_id(items->pdata[i]),
				   error))
			return FALSE;
		if (count)
			(*count)++;
	}
	return TRUE;
}

/* Another pair of the same action may have written the same field. */
static gboolean
reread(Editing *editing, const char *kind, GPtrArray **list, GError **error)
{
	GPtrArray *children =
		ps_store_children(editing->store, kind,
				  ps_record_id(editing->advisory->facts->advisory), error);

	if (!children)
		return FALSE;
	g_ptr_array_unref(*list);
	*list = children;
	return TRUE;
}

static gboolean
reread_items(Editing *editing, GError **error)
{
	PsFacts *facts = editing->advisory->facts;

	return reread(editing, "advisory_item", &facts->items, error) &&
	       reread(editing, "advisory_order", &facts->orders, error);
}

static gboolean
store_item(Editing *editing, const char *field, const char *json, GError **error)
{
	const char *advisory = ps_record_id(editing->advisory->facts->advisory);
	const PsRecord *there = item_for(editing, field);
	gboolean done;

	if (there) {
		done = ps_txn_set(editing->txn, "advisory_item", ps_record_id(there), "value", json,
				  PS_ANY, error);
	} else {
		g_autofree char *id = ps_txn_newv(editing->txn, "advisory_item", error, "advisory",
						  advisory, "pointer", field, "value", json, NULL);
		done = id != NULL;
	}
	return done && reread_items(editing, error);
}

/* "-" at the end stands for a new item with a key of its own. */
static char *
named_field(char *field)
{
	if (!g_str_has_suffix(field, "/-"))
		return field;
	g_autofree char *list = field;
	list[strlen(list) - 1] = '\0';
	return g_strdup_printf("%s" PS_ADDED_PREFIX "%08x", list, g_random_int());
}

static char *
resolve_field(const Editing *editing, const char *pointer, GError **error)
{
	char *field = ps_pointer_to_field(editing->document, pointer);

	if (!field)
		wrong(error,
		      _("There is nothing at “%s” in this document; “-” at the end of a list adds "
			"an item. “psirtdesk advisory export %s --format csaf” shows what there "
			"is."),
		      pointer, ps_record_text(editing->advisory->facts->advisory, "tracking_id"));
	return field ? named_field(field) : NULL;
}

/* The record's own field: its choices are those of the record, CSAF's WHITE is CLEAR. */
static gboolean
edit_record(Editing *editing, const char *record_field, const char *value, GError **error)
{
	const char *label = g_str_equal(record_field, "tlp") ? ps_tlp_from_csaf(value) : NULL;

	return ps_txn_set(editing->txn, "advisory", ps_advisory_id(editing->advisory), record_field,
			  label ? label : value, PS_ANY, error);
}

static gboolean
remove_field(Editing *editing, const char *field, GError **error)
{
	if (!drop_items(editing, field, NULL, error) || !reread_items(editing, error))
		return FALSE;
	ps_overlay_put(editing->document, field, NULL);
	/* What the case does not give is gone with its edit. */
	return !ps_field_at(editing->advisory->generated, field) ||
	       store_item(editing, field, NULL, error);
}

static gboolean
same_value(const cJSON *a, const cJSON *b)
{
	g_autofree char *one = ps_json_print(a), *other = ps_json_print(b);

	return g_str_equal(one, other);
}

static gboolean
write_field(Editing *editing, const char *field, cJSON *value, GError **error)
{
	const cJSON *from_case = ps_field_at(editing->advisory->generated, field);
	gboolean as_case = from_case && same_value(from_case, value);
	g_autofree char *json = ps_json_print(value);

	if (!drop_items(editing, field, NULL, error) || !reread_items(editing, error)) {
		cJSON_Delete(value);
		return FALSE;
	}
	if (!ps_overlay_put(editing->document, field, value))
		return wrong(error, _("There is no place for “%s” in this document."), field);
	return as_case || store_item(editing, field, json, error);
}

static gboolean
refuse_kept(PsKeep keep, const char *pointer, GError **error)
{
	if (keep == PS_KEEP_FIXED)
		return wrong(error,
			     _("“%s” is kept by the program, so that it always fits what was "
			       "published; it cannot be edited."),
			     pointer);
	return wrong(
		error,
		_("“%s” holds fields that are kept by the program; edit its parts one by one."),
		pointer);
}

static gboolean
edit_one(Editing *editing, const char *pointer, const char *text, GError **error)
{
	const PsCsafNode *node = ps_csaf_node_at(ps_csaf_root_of(editing->document), pointer);
	const char *record_field = NULL;

	if (!node)
		return unknown_field(editing->document, pointer, error);
	g_autofree char *field = resolve_field(editing, pointer, error);
	if (!field)
		return FALSE;
	PsKeep keep = ps_advisory_keep(field, &record_field);
	if (keep == PS_KEEP_FIXED || keep == PS_KEEP_PARTS)
		return refuse_kept(keep, pointer, error);
	if (!text || !*text)
		return keep == PS_KEEP_RECORD ? edit_record(editing, record_field, NULL, error)
					      : remove_field(editing, field, error);
	g_autoptr(cJSON) value = read_value(node, pointer, text, error);
	if (!value)
		return FALSE;
	/* The record knows one label more than CSAF 2.0 does. */
	if (keep == PS_KEEP_RECORD && g_str_equal(record_field, "tlp") && cJSON_IsString(value))
		return edit_record(editing, record_field, value->valuestring, error);
	if (!check_value(node, pointer, value, error))
		return FALSE;
	if (keep == PS_KEEP_RECORD)
		return edit_record(editing, record_field, value->valuestring, error);
	return write_field(editing, field, g_steal_pointer(&value), error);
}

/* ---- the action ---- */

static void
end_editing(Editing *editing)
{
	ps_txn_free(editing->txn);
	ps_advisory_free(editing->advisory);
	cJSON_Delete(editing->document);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Editing, end_editing)

/* Reads inside the transaction, so that nobody changes it in between. */
static gboolean
begin_editing(Editing *editing, PsStore *store, const char *id, const char *action, GError **error)
{
	editing->store = store;
	editing->txn = ps_txn_begin(store, action, error);
	editing->advisory = editing->txn ? ps_advisory_load(store, id, error) : NULL;
	if (!editing->advisory)
		return FALSE;
	editing->document = cJSON_Duplicate(editing->advisory->document, TRUE);
	return ps_refuse_ended(editing->advisory, error);
}

/* Every edit shows in the log of the advisory itself, an edit that was taken back too: who wrote
 * does not approve (authors.h). */
static gboolean
note_editor(PsTxn *txn, const char *id, GError **error)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());

	return ps_txn_set(txn, "advisory", id, "edited_at", now, PS_ANY, error) &&
	       ps_txn_set(txn, "advisory", id, "edited_by", ps_store_person(ps_txn_store(txn)),
			  PS_ANY, error);
}

/* What was approved is not what is there now. */
gboolean
ps_advisory_reopen(PsTxn *txn, const PsAdvisory *advisory, GError **error)
{
	const PsRecord *record = advisory->facts->advisory;
	const char *state = ps_record_text(record, "state");

	if ((g_strcmp0(state, "approved") == 0 || g_strcmp0(state, "review") == 0) &&
	    !ps_txn_set(txn, "advisory", ps_record_id(record), "state", "draft", PS_ANY, error))
		return FALSE;
	return note_editor(txn, ps_record_id(record), error);
}

static gboolean
finish_editing(Editing *editing, GError **error)
{
	return ps_advisory_reopen(editing->txn, editing->advisory, error) &&
	       ps_txn_commit(editing->txn, error);
}

gboolean
ps_advisory_set(PsStore *store, const char *id, char *const *pairs, GError **error)
{
	g_auto(Editing) editing = {0};

	if (!begin_editing(&editing, store, id, "advisory.set", error))
		return FALSE;
	for (; *pairs; pairs += 2)
		if (!edit_one(&editing, pairs[0], pairs[1], error))
			return FALSE;
	return finish_editing(&editing, error);
}

/* ---- items of lists ---- */

/* The field of the item that a pointer names, and of its list; FALSE: it is none, or its list is
 * kept by the program. */
static gboolean
find_item(const Editing *editing, const char *pointer, char **field, char **list, GError **error)
{
	const cJSON *document = editing->document;

	if (ps_field_at(document, pointer))
		*field = ps_pointer_to_field(document, pointer);
	char *slash = *field ? strrchr(*field, '/') : NULL;
	*list = slash ? g_strndup(*field, (gsize)(slash - *field)) : NULL;
	if (!*list || !cJSON_IsArray(ps_field_at(document, *list)))
		return wrong(error,
			     _("“%s” is no item of a list of this document; only these have an "
			       "order."),
			     pointer);
	PsKeep keep = ps_advisory_keep(*field, NULL);
	return keep == PS_KEEP_FREE || refuse_kept(keep, pointer, error);
}

/* Within the document of this action. */
static void
put_at(const Editing *editing, const char *list_field, const char *field, int place)
{
	cJSON *list = ps_field_at(editing->document, list_field);
	cJSON *moved = ps_field_at(editing->document, field), *item;
	g_autoptr(GPtrArray) items = g_ptr_array_new();

	cJSON_ArrayForEach (item, list)
		if (item != moved)
			g_ptr_array_add(items, item);
	g_ptr_array_insert(items, CLAMP(place, 0, (int)items->len), moved);
	ps_relink(list, items);
}

static gboolean
keep_order(Editing *editing, const char *list, GError **error)
{
	return ps_order_keep(editing->txn, editing->advisory->facts, editing->document,
			     editing->advisory->generated, list, error);
}

gboolean
ps_advisory_move(PsStore *store, const char *id, const char *pointer, int place, GError **error)
{
	g_auto(Editing) editing = {0};
	g_autofree char *field = NULL, *list = NULL;

	if (!begin_editing(&editing, store, id, "advisory.move", error) ||
	    !find_item(&editing, pointer, &field, &list, error))
		return FALSE;
	put_at(&editing, list, field, place);
	return keep_order(&editing, list, error) && finish_editing(&editing, error);
}

static gboolean
may_be_copied(const Editing *editing, const char *list, GError **error)
{
	g_autofree char *pointer = ps_field_to_pointer(editing->document, list);
	const PsCsafNode *node =
		pointer ? ps_csaf_node_at(ps_csaf_root_of(editing->document), pointer) : NULL;

	if (!node || node->type != PS_CSAF_LIST)
		return unknown_field(editing->document, list, error);
	if (!(node->flags & PS_CSAF_UNIQUE) || node->members[0].type == PS_CSAF_OBJECT)
		return TRUE;
	return wrong(error, _("“%s” may hold nothing twice: add another value instead."), pointer);
}

char *
ps_advisory_copy(PsStore *store, const char *id, const char *pointer, GError **error)
{
	g_auto(Editing) editing = {0};
	g_autofree char *field = NULL, *list = NULL;
	int place = -1;

	if (!begin_editing(&editing, store, id, "advisory.copy", error) ||
	    !find_item(&editing, pointer, &field, &list, error) ||
	    !may_be_copied(&editing, list, error))
		return NULL;
	ps_child(ps_field_at(editing.document, list), strrchr(field, '/') + 1, &place);
	cJSON *value = cJSON_Duplicate(ps_field_at(editing.document, field), TRUE);
	g_autofree char *copy = named_field(g_strconcat(list, "/-", NULL));
	if (!write_field(&editing, copy, value, error))
		return NULL;
	put_at(&editing, list, copy, place + 1);
	return keep_order(&editing, list, error) && finish_editing(&editing, error)
		       ? g_steal_pointer(&copy)
		       : NULL;
}

static gboolean
check_seen(const Editing *editing, const char *field, const char *seen, GError **error)
{
	const cJSON *now = ps_field_at(editing->advisory->document, field);
	g_autofree char *text = now ? ps_json_print(now) : g_strdup("");

	if (seen == PS_ANY || g_str_equal(seen, text))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
		    _("“%s” was changed meanwhile: it was “%s” and is “%s” now. Look at it again."),
		    field, seen, text);
	return FALSE;
}

gboolean
ps_advisory_edit(PsStore *store, const char *id, const char *field, const char *value,
		 const char *seen, GError **error)
{
	g_auto(Editing) editing = {0};

	return begin_editing(&editing, store, id, "advisory.set", error) &&
	       check_seen(&editing, field, seen, error) &&
	       edit_one(&editing, field, value, error) && finish_editing(&editing, error);
}

char *
ps_advisory_seen(const PsAdvisory *advisory, const char *field)
{
	const cJSON *value = ps_field_at(advisory->document, field);

	return value ? ps_json_print(value) : g_strdup("");
}

/* A field that was removed is in no document any more: its key is asked of what the case gives. */
static char *
field_to_reset(const PsAdvisory *advisory, const char *pointer)
{
	char *field = ps_pointer_to_field(advisory->document, pointer);

	if (!field)
		field = ps_pointer_to_field(advisory->generated, pointer);
	return field ? field : g_strdup(pointer);
}

static gboolean
reset_record(Editing *editing, const char *record_field, const char *pointer, GError **error)
{
	if (g_str_equal(record_field, "title"))
		return edit_record(editing, "title", NULL, error);
	return wrong(error,
		     _("“%s” stands in the advisory's own record (field “%s”); it does not come "
		       "from the case, so give it another value instead."),
		     pointer, record_field);
}

gboolean
ps_advisory_reset(PsStore *store, const char *id, const char *pointer, GError **error)
{
	g_auto(Editing) editing = {0};
	const char *record_field = NULL;
	guint count = 0;

	if (!begin_editing(&editing, store, id, "advisory.reset", error))
		return FALSE;
	g_autofree char *field = field_to_reset(editing.advisory, pointer);
	if (ps_advisory_keep(field, &record_field) == PS_KEEP_RECORD)
		return reset_record(&editing, record_field, pointer, error) &&
		       finish_editing(&editing, error);
	if (!drop_items(&editing, field, &count, error))
		return FALSE;
	if (count == 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("“%s” was not edited by hand, so there is nothing to take back."),
			    pointer);
		return FALSE;
	}
	return finish_editing(&editing, error);
}

char *
ps_advisory_field_of(const PsAdvisory *advisory, const char *pointer)
{
	return ps_pointer_to_field(advisory->document, pointer);
}

char *
ps_advisory_pointer_of(const PsAdvisory *advisory, const char *field)
{
	return ps_field_to_pointer(advisory->document, field);
}
