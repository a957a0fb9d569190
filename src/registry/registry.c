#include "config.h"

/* Labels and titles of records, and support state. */

#include "registry/registry.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "registry/own-product.h"

/* ---- labels ---- */

static char *
label_of(PsStore *store, const char *sql, const char *id, const char *kind, GError **error)
{
	sqlite3_stmt *row = ps_store_statement(store, sql, error);
	char *label = NULL;

	if (!row)
		return NULL;
	sqlite3_bind_text(row, 1, id, -1, SQLITE_STATIC);
	int code = sqlite3_step(row);
	if (code == SQLITE_ROW)
		label = g_strdup((const char *)sqlite3_column_text(row, 0));
	else if (code == SQLITE_DONE)
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("There is no %s “%s”."), kind,
			    id);
	else
		ps_store_sql_error(store, _("reading the registry"), error);
	sqlite3_reset(row);
	return label;
}

char *
ps_release_label(PsStore *store, const char *release_id, GError **error)
{
	return label_of(store,
			"SELECT p.vendor || ' ' || p.name || ' ' || r.version FROM release AS r "
			"JOIN product AS p ON p.id = r.product WHERE r.id = :id",
			release_id, "release", error);
}

char *
ps_product_label(PsStore *store, const char *product_id, GError **error)
{
	return label_of(store, "SELECT vendor || ' ' || name FROM product WHERE id = :id",
			product_id, "product", error);
}

/* References are followed this far: an affected entry to its release. */
#define TITLE_DEPTH 3

static char *
title_at(PsStore *store, const PsRecord *record, int depth)
{
	const PsKind *kind = ps_record_kind(record);
	const PsField *field = ps_kind_field(kind, kind->title_field);
	const char *text = ps_record_text(record, kind->title_field);
	char *label = NULL;

	if (ps_record_is_sealed(record, kind->title_field))
		return g_strdup(_("(sealed)"));
	if (g_str_equal(kind->name, "release"))
		label = ps_release_label(store, ps_record_id(record), NULL);
	else if (g_str_equal(kind->name, "product"))
		label = ps_product_label(store, ps_record_id(record), NULL);
	else if (g_str_equal(kind->name, "relationship"))
		label = ps_combination_label(store, record);
	else if (g_str_equal(kind->title_field, "release") && ps_own_product_of(record))
		label = ps_own_product_label(store, ps_own_product_of(record));
	if (label)
		return label;
	if (!text)
		return g_strdup(ps_record_name(record));
	if (field->type != PS_TYPE_REF || depth == 0)
		return g_strdup(text);
	g_autoptr(PsRecord) target = ps_store_get(store, field->refers_to, text, NULL);
	return target ? title_at(store, target, depth - 1) : g_strdup(text);
}

char *
ps_record_title(PsStore *store, const PsRecord *record)
{
	return title_at(store, record, TITLE_DEPTH);
}

/* ---- support ---- */

PsSupport
ps_support_state(const char *product_start, const char *product_end, const char *release_end,
		 const char *day)
{
	const char *end = release_end ? release_end : product_end;

	/* Dates in this form compare as texts. */
	if (product_start && strcmp(day, product_start) < 0)
		return PS_SUPPORT_NOT_STARTED;
	if (!end)
		return PS_SUPPORT_UNKNOWN;
	return strcmp(day, end) > 0 ? PS_SUPPORT_ENDED : PS_SUPPORTED;
}

char *
ps_support_text(PsSupport state, const char *start, const char *end)
{
	switch (state) {
	case PS_SUPPORT_NOT_STARTED:
		return g_strdup_printf(_("support starts on %s"), start);
	case PS_SUPPORTED:
		return g_strdup_printf(_("supported until %s"), end);
	case PS_SUPPORT_ENDED:
		return g_strdup_printf(_("support ended on %s"), end);
	default:
		return g_strdup(_("no end of support is recorded"));
	}
}

gboolean
ps_release_support(PsStore *store, const char *release_id, const char *day, PsSupport *state,
		   char **end, GError **error)
{
	g_autoptr(PsRecord) release = ps_store_get(store, "release", release_id, error);
	g_autoptr(PsRecord) product =
		release ? ps_store_get(store, "product", ps_record_text(release, "product"), error)
			: NULL;

	if (!product)
		return FALSE;
	const char *own = ps_record_text(release, "support_end");
	const char *general = ps_record_text(product, "support_end");
	*state = ps_support_state(ps_record_text(product, "support_start"), general, own, day);
	if (end)
		*end = g_strdup(own ? own : general);
	return TRUE;
}
