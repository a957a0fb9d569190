#include "config.h"

#include "ui/panes/record-text.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"

/* References to references end here ("affected" is titled by a release, that by a version). */
#define MAX_DEPTH 3

static char *caption(PsStore *store, const PsRecord *record, int depth);

static char *
ref_caption(PsStore *store, const char *kind, const char *id, int depth)
{
	g_autoptr(PsRecord) record = depth > 0 ? ps_store_get(store, kind, id, NULL) : NULL;

	return record ? caption(store, record, depth - 1) : g_strdup(id);
}

static char *
title_of(PsStore *store, const PsRecord *record, int depth)
{
	const PsKind *kind = ps_record_kind(record);
	const PsField *field = kind->title_field ? ps_kind_field(kind, kind->title_field) : NULL;
	const char *text = field ? ps_record_text(record, field->name) : NULL;

	if (field && ps_record_is_sealed(record, field->name))
		return g_strdup(_("(sealed)"));
	if (!text)
		return g_strdup("");
	if (field->type == PS_TYPE_REF)
		return ref_caption(store, field->refers_to, text, depth);
	return g_strdup(text);
}

/* A release is named with its product: its version says nothing alone. */
static char *
parent_of(PsStore *store, const PsRecord *record, int depth)
{
	const PsKind *kind = ps_record_kind(record);

	if (!g_str_equal(kind->name, "release"))
		return NULL;
	const char *id = ps_record_text(record, kind->parent_field);
	return id ? ref_caption(store, "product", id, depth) : NULL;
}

static char *
caption(PsStore *store, const PsRecord *record, int depth)
{
	const char *number = ps_record_number(record);
	g_autofree char *title = title_of(store, record, depth);
	g_autofree char *parent = parent_of(store, record, depth);
	const char *before = number ? number : parent;

	if (!*title)
		return g_strdup(before ? before : ps_record_id(record));
	return before ? g_strdup_printf("%s %s", before, title) : g_steal_pointer(&title);
}

char *
ps_record_caption(PsStore *store, const PsRecord *record)
{
	return caption(store, record, MAX_DEPTH);
}

char *
ps_ref_caption(PsStore *store, const char *kind, const char *id)
{
	return ref_caption(store, kind, id, MAX_DEPTH);
}

char *
ps_field_brief(PsStore *store, const PsRecord *record, const PsField *field)
{
	const char *text = ps_record_text(record, field->name);

	if (ps_record_is_sealed(record, field->name))
		return g_strdup(_("(sealed)"));
	if (!text)
		return g_strdup("");
	if (field->type == PS_TYPE_TIME)
		return ps_utc_brief(ps_record_time(record, field->name));
	if (field->type == PS_TYPE_REF)
		return ps_ref_caption(store, field->refers_to, text);
	return g_strdup(text);
}

gboolean
ps_record_address(const char *text, const PsKind **kind, char **id)
{
	const char *slash = text ? strchr(text, '/') : NULL;

	if (!slash || !slash[1])
		return FALSE;
	g_autofree char *name = g_strndup(text, (gsize)(slash - text));
	*kind = ps_kind_find(name);
	if (!*kind)
		return FALSE;
	*id = g_strdup(slash + 1);
	return TRUE;
}
