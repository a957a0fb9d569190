#include "config.h"

#include "advisory/refresh.h"

#include <string.h>

#include "advisory/base.h"
#include "advisory/csaf-node.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"

const char *
ps_change_text(PsChangeKind kind)
{
	static const char *const texts[] = {
		[PS_CHANGE_CHANGED] = N_("changed"),
		[PS_CHANGE_ADDED] = N_("new"),
		[PS_CHANGE_REMOVED] = N_("gone"),
	};

	return _(texts[kind]);
}

/* ---- comparing ---- */

/* Called for each field that differs; `before` or `now` may be NULL. */
typedef void (*Differs)(gpointer user, const char *field, const cJSON *before, const cJSON *now);

typedef struct {
	Differs differs;
	gpointer user;
	GString *field;
	gboolean without_flaws;
} Compare;

static void compare(Compare *walk, const cJSON *before, const cJSON *now);

static void
compare_child(Compare *walk, const char *step, const cJSON *before, const cJSON *now)
{
	gsize length = walk->field->len;

	ps_pointer_append(walk->field, step);
	if (!ps_base_is_own(walk->field->str, walk->without_flaws)) {
		if (before && now)
			compare(walk, before, now);
		else
			walk->differs(walk->user, walk->field->str, before, now);
	}
	g_string_truncate(walk->field, length);
}

/* Members by name, items by key. Key -> cJSON*, all lent. */
static GHashTable *
by_key(const cJSON *value)
{
	GHashTable *children = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *child;

	cJSON_ArrayForEach (child, value)
		if (child->string)
			g_hash_table_insert(children, child->string, (gpointer)child);
	return children;
}

/* In the order of what there is now, then what is gone. */
static void
compare(Compare *walk, const cJSON *before, const cJSON *now)
{
	const cJSON *child;

	if (!before->child || !now->child || cJSON_IsArray(before) != cJSON_IsArray(now)) {
		if (!cJSON_Compare(before, now, TRUE))
			walk->differs(walk->user, walk->field->str, before, now);
		return;
	}
	g_autoptr(GHashTable) old = by_key(before);
	cJSON_ArrayForEach (child, now) {
		const cJSON *was = child->string ? g_hash_table_lookup(old, child->string) : NULL;
		if (child->string)
			compare_child(walk, child->string, was, child);
		if (was)
			g_hash_table_remove(old, child->string);
	}
	cJSON_ArrayForEach (child, before)
		if (child->string && g_hash_table_contains(old, child->string))
			compare_child(walk, child->string, child, NULL);
}

static const cJSON *
fresh_of(const PsAdvisory *advisory)
{
	return advisory->fresh ? advisory->fresh : advisory->generated;
}

/* NULL: nothing was accepted yet. */
static cJSON *
base_of(const PsAdvisory *advisory)
{
	const PsRecord *base = advisory->facts->base;

	return base ? ps_base_parse(ps_record_text(base, "content")) : NULL;
}

static void
compare_documents(const cJSON *base, const cJSON *fresh, Differs differs, gpointer user)
{
	g_autoptr(GString) field = g_string_new(NULL);
	Compare walk = {differs, user, field,
			ps_base_is_without_flaws(base) || ps_base_is_without_flaws(fresh)};

	compare(&walk, base, fresh);
}

/* ---- words ---- */

typedef struct {
	const PsAdvisory *advisory;
	const cJSON *base, *fresh;
	GHashTable *names; /* product id -> name; lent */
	GPtrArray *changes;
} Listing;

/* Also names that only the older document knows. */
static void
collect_names(GHashTable *names, const cJSON *value)
{
	const char *id = ps_json_text(value, "product_id"), *name = ps_json_text(value, "name");
	const cJSON *child;

	if (id && name)
		g_hash_table_insert(names, (gpointer)id, (gpointer)name);
	cJSON_ArrayForEach (child, value)
		if (cJSON_IsObject(child) || cJSON_IsArray(child))
			collect_names(names, child);
}

static void
append_value(const Listing *listing, GString *text, const cJSON *value, const PsCsafNode *node,
	     int depth)
{
	const cJSON *child;

	if (cJSON_IsString(value)) {
		const char *name = g_hash_table_lookup(listing->names, value->valuestring);
		g_string_append(text, name ? name : value->valuestring);
	} else if (!cJSON_IsObject(value) && !cJSON_IsArray(value)) {
		g_autofree char *json = ps_json_print(value);
		g_string_append(text, json);
	}
	cJSON_ArrayForEach (child, value) {
		const PsCsafNode *below =
			node && child->string ? ps_csaf_member(node, child->string) : NULL;
		if (text->len > 0)
			g_string_append_c(text, '\n');
		g_string_append_printf(text, "%*s", 2 * depth, "");
		if (cJSON_IsObject(value))
			g_string_append_printf(text,
					       "%s: ", below ? _(below->label) : child->string);
		if (child->child || cJSON_IsString(child) || !cJSON_IsObject(child))
			append_value(listing, text, child, below, depth + 1);
	}
}

static char *
value_text(const Listing *listing, const cJSON *value, const char *field)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (value)
		append_value(listing, text, value, ps_csaf_node_at(ps_csaf_root("2.0"), field), 0);
	return ps_safe_text(text->str, (gssize)text->len, PS_SAFE_LINES);
}

/* What tells an item from its brothers. */
static const char *
item_name(const Listing *listing, const cJSON *item)
{
	static const char *const members[] = {"cve",   "title",   "name",    "number",
					      "label", "summary", "category"};

	if (cJSON_IsString(item)) {
		const char *name = g_hash_table_lookup(listing->names, item->valuestring);
		return name ? name : item->valuestring;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
		const char *text = ps_json_text(item, members[i]);
		if (text && *text)
			return text;
	}
	return NULL;
}

static char *
label_of(const Listing *listing, const char *field)
{
	g_auto(GStrv) steps = ps_pointer_split(field);
	g_autoptr(GString) label = g_string_new(NULL);
	const PsCsafNode *node = ps_csaf_root("2.0");
	const cJSON *now = listing->fresh, *before = listing->base;

	for (char **step = steps; *step; step++) {
		gboolean in_list = cJSON_IsArray(now ? now : before);
		now = now ? ps_child(now, *step, NULL) : NULL;
		before = before ? ps_child(before, *step, NULL) : NULL;
		node = node ? ps_csaf_member(node, *step) : NULL;
		const char *name = in_list ? item_name(listing, now ? now : before) : NULL;
		/* "Document ›" and the names of lists say nothing that their parts don't */
		if ((step == steps && step[1]) ||
		    (!in_list && step[1] && node && node->type == PS_CSAF_LIST))
			continue;
		g_string_append_printf(label, "%s%s", label->len > 0 ? " › " : "",
				       node && node->label ? _(node->label) : *step);
		if (name)
			g_string_append_printf(label, " “%s”", name);
	}
	return ps_safe_text(label->str, (gssize)label->len, PS_SAFE_LINE);
}

static gboolean
is_edited(const PsAdvisory *advisory, const char *field)
{
	const char *record_field = NULL;

	if (ps_advisory_keep(field, &record_field) == PS_KEEP_RECORD)
		return ps_record_text(advisory->facts->advisory, record_field) != NULL;
	for (guint i = 0; i < advisory->facts->items->len; i++) {
		const char *of = ps_record_text(advisory->facts->items->pdata[i], "pointer");
		if (of && (ps_pointer_within(field, of) || ps_pointer_within(of, field)))
			return TRUE;
	}
	return FALSE;
}

static void
change_free(gpointer data)
{
	PsAdvisoryChange *change = data;

	g_free(change->field);
	g_free(change->pointer);
	g_free(change->label);
	ps_text_wipe(change->old_text);
	ps_text_wipe(change->new_text);
	g_free(change);
}

static void
add_change(gpointer user, const char *field, const cJSON *before, const cJSON *now)
{
	Listing *listing = user;
	const PsAdvisory *advisory = listing->advisory;
	PsAdvisoryChange *change = g_new0(PsAdvisoryChange, 1);

	change->field = g_strdup(field);
	change->pointer = ps_field_at(advisory->document, field)
				  ? ps_field_to_pointer(advisory->document, field)
				  : NULL;
	if (!change->pointer)
		change->pointer = g_strdup("");
	change->label = label_of(listing, field);
	change->old_text = value_text(listing, before, field);
	change->new_text = value_text(listing, now, field);
	change->kind = !before ? PS_CHANGE_ADDED : !now ? PS_CHANGE_REMOVED : PS_CHANGE_CHANGED;
	change->shown = !advisory->fresh;
	change->edited = is_edited(advisory, field);
	g_ptr_array_add(listing->changes, change);
}

GPtrArray *
ps_advisory_changes(const PsAdvisory *advisory)
{
	g_autoptr(cJSON) base = base_of(advisory);
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	Listing listing = {advisory, base, fresh_of(advisory), names,
			   g_ptr_array_new_with_free_func(change_free)};

	if (!base)
		return listing.changes;
	collect_names(names, ps_json_at(base, "/product_tree"));
	collect_names(names, ps_json_at(listing.fresh, "/product_tree"));
	compare_documents(base, listing.fresh, add_change, &listing);
	return listing.changes;
}

static void
count_change(gpointer user, const char *field, const cJSON *before, const cJSON *now)
{
	(void)field, (void)before, (void)now;
	(*(guint *)user)++;
}

guint
ps_advisory_count_changes(const PsAdvisory *advisory)
{
	g_autoptr(cJSON) base = base_of(advisory);
	guint count = 0;

	if (base)
		compare_documents(base, fresh_of(advisory), count_change, &count);
	return count;
}

/* ---- remembering ---- */

static gboolean
store_base(PsTxn *txn, const PsAdvisory *advisory, const cJSON *content, GError **error)
{
	const PsRecord *base = advisory->facts->base;
	const char *person = ps_store_person(ps_txn_store(txn));
	g_autofree char *text = ps_base_print(content);
	g_autofree char *now = ps_utc_format(ps_now_ms());

	if (base)
		return ps_txn_set(txn, "advisory_base", ps_record_id(base), "content", text, PS_ANY,
				  error) &&
		       ps_txn_set(txn, "advisory_base", ps_record_id(base), "accepted_at", now,
				  PS_ANY, error) &&
		       ps_txn_set(txn, "advisory_base", ps_record_id(base), "accepted_by", person,
				  PS_ANY, error);
	g_autofree char *id =
		ps_txn_newv(txn, "advisory_base", error, "advisory", ps_advisory_id(advisory),
			    "accepted_at", now, "accepted_by", person, "content", text, NULL);
	return id != NULL;
}

gboolean
ps_advisory_remember(PsTxn *txn, const PsAdvisory *advisory, GError **error)
{
	if (advisory->fresh)
		return TRUE;
	return store_base(txn, advisory, advisory->generated, error);
}

/* ---- answering ---- */

typedef struct {
	const PsAdvisory *advisory;
	PsTxn *txn;
	char **accept, **keep;      /* fields; may be NULL */
	GHashTable *used;           /* the fields of those lists that named something; lent */
	cJSON *base;                /* as the answers make it */
	GPtrArray *adopted;         /* fields, owned */
	guint answered, kept, left; /* left: where the base stays as it is */
	GError *error;
} Answering;

/* The first of the fields that the change stands at or below. */
static const char *
named_in(char **fields, const char *field)
{
	for (; fields && *fields; fields++)
		if (ps_pointer_within(field, *fields))
			return *fields;
	return NULL;
}

/* The old value as a row over the document, unless an edit has the word there already. */
static gboolean
pin(Answering *answering, const char *field, const cJSON *before)
{
	const PsAdvisory *advisory = answering->advisory;
	const char *record_field = NULL;
	g_autofree char *value = before ? ps_base_print(before) : NULL;

	for (guint i = 0; i < advisory->facts->items->len; i++) {
		const char *of = ps_record_text(advisory->facts->items->pdata[i], "pointer");
		if (of && ps_pointer_within(field, of))
			return TRUE;
	}
	if (ps_advisory_keep(field, &record_field) == PS_KEEP_RECORD)
		return is_edited(advisory, field) || !cJSON_IsString(before) ||
		       ps_txn_set(answering->txn, "advisory", ps_advisory_id(advisory),
				  record_field, before->valuestring, PS_ANY, &answering->error);
	g_autofree char *id = ps_txn_newv(answering->txn, "advisory_item", &answering->error,
					  "advisory", ps_advisory_id(advisory), "pointer", field,
					  "value", value, "pin", "yes", NULL);
	return id != NULL;
}

static void
answer_change(gpointer user, const char *field, const cJSON *before, const cJSON *now)
{
	Answering *answering = user;
	const char *kept = named_in(answering->keep, field);
	const char *accepted = named_in(answering->accept, field);

	(void)now;
	if (answering->error)
		return;
	if (!kept && !accepted) {
		answering->left++;
		return;
	}
	if (kept)
		g_hash_table_add(answering->used, (gpointer)kept);
	if (accepted)
		g_hash_table_add(answering->used, (gpointer)accepted);
	if (kept && !pin(answering, field, before))
		return;
	answering->kept += kept ? 1 : 0;
	answering->answered++;
	/* What the advisory's record keeps is what the case gives from now on. */
	if (kept && ps_advisory_keep(field, NULL) == PS_KEEP_RECORD)
		answering->left++;
	else
		g_ptr_array_add(answering->adopted, g_strdup(field));
}

static gboolean
all_used(const Answering *answering, char **fields, GError **error)
{
	for (; fields && *fields; fields++) {
		if (!**fields || g_hash_table_contains(answering->used, *fields))
			continue;
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("Nothing that came from the case changed at “%s”; “psirtdesk "
			      "advisory refresh” shows what did."),
			    *fields);
		return FALSE;
	}
	return TRUE;
}

/* Ordinary pointers as fields, in the document or in what the case gave before. */
static char **
fields_of(const PsAdvisory *advisory, const cJSON *base, const char *const *pointers)
{
	g_autoptr(GPtrArray) fields = g_ptr_array_new();

	for (; pointers && *pointers; pointers++) {
		char *field = ps_pointer_to_field(advisory->document, *pointers);
		if (!field)
			field = ps_pointer_to_field(fresh_of(advisory), *pointers);
		if (!field)
			field = ps_pointer_to_field(base, *pointers);
		g_ptr_array_add(fields, field ? field : g_strdup(*pointers));
	}
	g_ptr_array_add(fields, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&fields), FALSE);
}

static void
end_answering(Answering *answering)
{
	g_strfreev(answering->accept);
	g_strfreev(answering->keep);
	g_clear_pointer(&answering->used, g_hash_table_unref);
	g_clear_pointer(&answering->adopted, g_ptr_array_unref);
	cJSON_Delete(answering->base);
	g_clear_error(&answering->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answering, end_answering)

/* Where all is answered the base is what the case gives, in its order. */
static gboolean
finish(Answering *answering, GError **error)
{
	const PsAdvisory *advisory = answering->advisory;
	const cJSON *fresh = fresh_of(advisory);
	gboolean changes = answering->kept > 0 || (advisory->fresh && answering->answered > 0);

	if (changes && !ps_advisory_reopen(answering->txn, advisory, error))
		return FALSE;
	for (guint i = 0; answering->left > 0 && i < answering->adopted->len; i++)
		ps_base_adopt(answering->base, fresh, answering->adopted->pdata[i]);
	return store_base(answering->txn, advisory, answering->left > 0 ? answering->base : fresh,
			  error) &&
	       ps_txn_commit(answering->txn, error);
}

gboolean
ps_advisory_answer(PsStore *store, const char *id, const char *const *accept,
		   const char *const *keep, guint *answered, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "advisory.refresh", error);
	g_autoptr(PsAdvisory) advisory = txn ? ps_advisory_load(store, id, error) : NULL;
	g_auto(Answering) answering = {.advisory = advisory, .txn = txn};

	if (!advisory)
		return FALSE;
	answering.base = base_of(advisory);
	answering.accept = fields_of(advisory, answering.base, accept);
	answering.keep = fields_of(advisory, answering.base, keep);
	answering.used = g_hash_table_new(g_str_hash, g_str_equal);
	answering.adopted = g_ptr_array_new_with_free_func(g_free);
	if (answering.base)
		compare_documents(answering.base, fresh_of(advisory), answer_change, &answering);
	if (answering.error) {
		g_propagate_error(error, g_steal_pointer(&answering.error));
		return FALSE;
	}
	if (!all_used(&answering, answering.keep, error) ||
	    !all_used(&answering, answering.accept, error))
		return FALSE;
	if (answered)
		*answered = answering.answered;
	return finish(&answering, error);
}
