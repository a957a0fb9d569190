#include "config.h"

/* What the pane of affected products lists: releases, and below each the combinations in which it
 * is used (a firmware on its devices), with what the case says of them. */

#include "ui/panes/affected-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "registry/own-product.h"
#include "registry/registry.h"
#include "ui/panes/case-common.h"

/* More than anybody reads; typing finds the others. */
#define MOST_FOUND 2000

/* ---- what is read ---- */

static void
free_row(gpointer data)
{
	PsAffectedRow *row = data;

	g_free(row->id);
	g_free(row->release);
	g_free(row->label);
	g_free(row->support_end);
	g_free(row->contains);
	g_free(row);
}

void
ps_affected_clear(PsAffected *self)
{
	g_clear_pointer(&self->rows, g_ptr_array_unref);
	g_clear_pointer(&self->entries_of, g_hash_table_unref);
	g_clear_pointer(&self->used, g_hash_table_unref);
	g_clear_pointer(&self->uses, g_hash_table_unref);
	g_clear_pointer(&self->entries, g_ptr_array_unref);
	g_clear_pointer(&self->vulnerabilities, g_ptr_array_unref);
	g_clear_pointer(&self->relationships, g_ptr_array_unref);
	g_clear_pointer(&self->vendor, g_free);
	g_clear_pointer(&self->today, g_free);
}

static GHashTable *
new_index(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
				     (GDestroyNotify)g_ptr_array_unref);
}

static void
index_record(GHashTable *index, const char *id, const PsRecord *record)
{
	GPtrArray *list = id ? g_hash_table_lookup(index, id) : NULL;

	if (!id)
		return;
	if (!list) {
		list = g_ptr_array_new();
		g_hash_table_insert(index, (gpointer)id, list);
	}
	g_ptr_array_add(list, (gpointer)record);
}

/* The only manufacturer of the registry, with a blank; NULL: there are several. */
static char *
only_vendor(PsStore *store)
{
	g_autoptr(GPtrArray) products = ps_store_list(store, &(PsQuery){.kind = "product"}, NULL);
	const char *vendor = NULL;

	for (guint i = 0; products && i < products->len; i++) {
		const char *one = ps_record_text(g_ptr_array_index(products, i), "vendor");
		if (vendor && g_strcmp0(vendor, one) != 0)
			return NULL;
		vendor = one;
	}
	return vendor ? g_strconcat(vendor, " ", NULL) : NULL;
}

static void
read_relationships(PsAffected *self)
{
	g_autoptr(GError) error = NULL;

	self->used = new_index();
	self->uses = new_index();
	self->relationships =
		ps_store_list(self->pane.app->store, &(PsQuery){.kind = "relationship"}, &error);
	if (!self->relationships) {
		ps_app_error(self->pane.app, error);
		self->relationships = g_ptr_array_new();
	}
	/* the list has the newest first */
	for (guint i = self->relationships->len; i > 0; i--) {
		const PsRecord *one = g_ptr_array_index(self->relationships, i - 1);
		index_record(self->used, ps_record_text(one, "release"), one);
		index_record(self->uses, ps_record_text(one, "relates_to"), one);
	}
}

void
ps_affected_read(PsAffected *self)
{
	ps_affected_clear(self);
	self->rows = g_ptr_array_new_with_free_func(free_row);
	self->vendor = only_vendor(self->pane.app->store);
	self->today = ps_date_parse("today", NULL);
	self->entries = ps_pane_children(&self->pane, "affected", self->case_id);
	self->vulnerabilities = ps_pane_children(&self->pane, "vulnerability", self->case_id);
	self->entries_of = new_index();
	for (guint i = 0; i < self->entries->len; i++) {
		const PsRecord *entry = g_ptr_array_index(self->entries, i);
		index_record(self->entries_of, ps_own_product_of(entry), entry);
	}
	self->judged = g_hash_table_size(self->entries_of);
	read_relationships(self);
	ps_affected_read_rows(self);
}

/* ---- rows ---- */

const PsAffectedRow *
ps_affected_row(const PsAffected *self, const char *id)
{
	for (guint i = 0; i < self->rows->len; i++) {
		const PsAffectedRow *row = g_ptr_array_index(self->rows, i);
		if (g_str_equal(row->id, id))
			return row;
	}
	return NULL;
}

char *
ps_affected_label(const PsAffected *self, const PsAffectedRow *row)
{
	return row->relationship ? ps_combination_label(self->pane.app->store, row->relationship)
				 : g_strdup(row->label);
}

/* The entry for the pane's vulnerability wins over one for all of them. */
static const PsRecord *
find_entry(const PsAffected *self, const char *id, guint *others)
{
	GPtrArray *entries = g_hash_table_lookup(self->entries_of, id);
	const PsRecord *found = NULL;

	for (guint i = 0; entries && i < entries->len; i++) {
		const PsRecord *entry = g_ptr_array_index(entries, i);
		const char *vulnerability = ps_record_text(entry, "vulnerability");
		gboolean exact = g_strcmp0(vulnerability, self->vulnerability) == 0;
		if (!exact && (vulnerability || found)) {
			*others += 1;
			continue;
		}
		*others += found != NULL;
		found = entry;
	}
	return found;
}

static PsAffectedRow *
new_row(PsAffected *self, GHashTable *known, const char *id, const char *release)
{
	PsAffectedRow *row = g_new0(PsAffectedRow, 1);

	row->id = g_strdup(id);
	row->release = g_strdup(release);
	row->entry = find_entry(self, id, &row->others);
	g_ptr_array_add(self->rows, row);
	g_hash_table_insert(known, row->id, row);
	return row;
}

/* The combinations of a release, below it. What a device is used with is below the device only
 * where the firmware itself is not listed. */
static void
add_combinations(PsAffected *self, GHashTable *known, const PsAffectedRow *parent,
		 GHashTable *index)
{
	GPtrArray *list = g_hash_table_lookup(index, parent->id);

	for (guint i = 0; list && i < list->len; i++) {
		const PsRecord *one = g_ptr_array_index(list, i);
		guint others = 0;
		if (g_hash_table_contains(known, ps_record_id(one)))
			continue;
		PsAffectedRow *row =
			new_row(self, known, ps_record_id(one), ps_record_text(one, "release"));
		row->relationship = one;
		row->below_other = index == self->uses;
		row->support_end = g_strdup(parent->support_end);
		if (!row->entry)
			row->inherited = find_entry(self, row->release, &others);
	}
}

static PsAffectedRow *
add_release(PsAffected *self, GHashTable *known, const char *id, const char *label, const char *end)
{
	PsAffectedRow *row = new_row(self, known, id, id);

	row->label = g_strdup(label);
	row->support_end = g_strdup(end);
	add_combinations(self, known, row, self->used);
	return row;
}

static void
add_contents(PsAffectedRow *row, const char *label)
{
	g_autofree char *old = row->contains;

	if (old && strstr(old, label)) {
		row->contains = g_steal_pointer(&old);
		return;
	}
	row->contains = old ? g_strdup_printf("%s, %s", old, label) : g_strdup(label);
}

static void
add_found(PsAffected *self, GHashTable *known, const PsFound *found)
{
	PsAffectedRow *row = g_hash_table_lookup(known, found->release_id);
	gboolean release = g_str_equal(found->kind, "release");

	if (!row) {
		g_autofree char *end = NULL;
		PsSupport state;
		if (!release)
			ps_release_support(self->pane.app->store, found->release_id, self->today,
					   &state, &end, NULL);
		row = add_release(self, known, found->release_id,
				  release ? found->label : found->where,
				  release ? found->support_end : end);
	}
	if (!release)
		add_contents(row, found->label);
}

static void
add_from_registry(PsAffected *self, GHashTable *known)
{
	g_autoptr(GError) error = NULL;
	PsFindKinds kinds = PS_FIND_RELEASES;

	if (self->words && *self->words)
		kinds |= PS_FIND_COMPONENTS | PS_FIND_PARTS;
	g_autoptr(GPtrArray) found =
		ps_registry_find(self->pane.app->store, kinds, self->words, 0, MOST_FOUND, &error);
	if (!found) {
		ps_app_error(self->pane.app, error);
		return;
	}
	self->more = found->len == MOST_FOUND;
	for (guint i = 0; i < found->len; i++)
		add_found(self, known, g_ptr_array_index(found, i));
}

/* Releases of the case that the registry does not list (archived products). */
static void
add_from_case(PsAffected *self, GHashTable *known)
{
	for (guint i = 0; i < self->entries->len; i++) {
		const PsRecord *entry = g_ptr_array_index(self->entries, i);
		const char *id = ps_record_text(entry, "release");
		g_autofree char *end = NULL;
		PsSupport state;
		if (!id || g_hash_table_contains(known, id))
			continue;
		g_autofree char *label = ps_release_label(self->pane.app->store, id, NULL);
		ps_release_support(self->pane.app->store, id, self->today, &state, &end, NULL);
		add_release(self, known, id, label ? label : id, end);
	}
}

/* Devices that were found for the words typed, whose firmware was not. */
static void
add_used_with(PsAffected *self, GHashTable *known)
{
	g_autoptr(GPtrArray) before = g_steal_pointer(&self->rows);

	self->rows = g_ptr_array_new_with_free_func(free_row);
	g_ptr_array_set_free_func(before, NULL);
	for (guint i = 0; i < before->len; i++) {
		PsAffectedRow *row = g_ptr_array_index(before, i);
		g_ptr_array_add(self->rows, row);
		if (!row->relationship)
			add_combinations(self, known, row, self->uses);
	}
}

/* A release and its combinations stay together; those of which one is judged come first. Within
 * each part the registry's order stays. */
static void
place_rows(PsAffected *self)
{
	guint count = self->rows->len, head = 0;

	for (guint i = 0; i < count; i++) {
		PsAffectedRow *row = g_ptr_array_index(self->rows, i);
		if (!row->relationship)
			head = i;
		row->place = head + count;
		if (row->entry || row->others)
			((PsAffectedRow *)g_ptr_array_index(self->rows, head))->place = head;
	}
	for (guint i = 0; i < count; i++) {
		PsAffectedRow *row = g_ptr_array_index(self->rows, i);
		if (!row->relationship)
			head = row->place;
		row->place = head;
	}
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
	const PsAffectedRow *x = *(PsAffectedRow *const *)a, *y = *(PsAffectedRow *const *)b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return (x->relationship != NULL) - (y->relationship != NULL);
}

void
ps_affected_read_rows(PsAffected *self)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);

	g_ptr_array_set_size(self->rows, 0);
	self->more = FALSE;
	add_from_registry(self, known);
	if (!self->words || !*self->words)
		add_from_case(self, known);
	add_used_with(self, known);
	place_rows(self);
	g_ptr_array_sort(self->rows, compare_rows); /* a merge sort: stable */
}
