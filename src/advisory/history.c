#include "config.h"

#include "advisory/history.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/internal.h"
#include "advisory/review-internal.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"

/* ---- the list ---- */

static void
entry_free(gpointer data)
{
	PsEditionEntry *entry = data;

	g_free(entry->version);
	g_free(entry->approval);
	g_free(entry->summary);
	g_free(entry->sha256);
	g_free(entry);
}

static const char *
status_of(const cJSON *document)
{
	static const char *const known[] = {"draft", "interim", "final"};
	const char *status = ps_json_text(ps_json_at(document, "/document/tracking"), "status");

	for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
		if (g_strcmp0(known[i], status) == 0)
			return known[i];
	return "";
}

static char *
approval_of(PsStore *store, const PsRecord *version)
{
	const char *id = ps_record_text(version, "approval");
	g_autoptr(PsRecord) approval =
		id ? ps_store_get(store, "advisory_approval", id, NULL) : NULL;

	if (!approval)
		return g_strdup("");
	g_autofree char *name = ps_person_name(store, ps_record_text(approval, "person"));
	return ps_record_flag(approval, "alone") ? g_strdup_printf(_("alone: %s"), name)
						 : g_steal_pointer(&name);
}

static PsEditionEntry *
published_entry(PsStore *store, const PsRecord *version, GError **error)
{
	const char *sha256 = ps_record_text(version, "document");
	const char *summary = ps_record_text(version, "summary");
	g_autoptr(GBytes) bytes = ps_store_document(store, sha256, error);
	gsize length = 0;
	const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
	g_autoptr(cJSON) document =
		text ? ps_json_parse(text, length, &ps_csaf_limits, error) : NULL;

	if (!document)
		return NULL;
	PsEditionEntry *entry = g_new0(PsEditionEntry, 1);
	*entry = (PsEditionEntry){.version = g_strdup(ps_record_text(version, "version")),
				  .status = status_of(document),
				  .published = TRUE,
				  .at = ps_record_time(version, "published_at"),
				  .approval = approval_of(store, version),
				  .summary = g_strdup(summary ? summary : ""),
				  .step = "",
				  .sha256 = g_strdup(sha256)};
	return entry;
}

static PsEditionEntry *
draft_entry(PsStore *store, const PsAdvisory *advisory, GError **error)
{
	g_autoptr(PsReview) review = ps_review(store, advisory, error);

	if (!review)
		return NULL;
	PsEditionEntry *entry = g_new0(PsEditionEntry, 1);
	*entry =
		(PsEditionEntry){.version = g_strdup(advisory->version),
				 .status = "draft",
				 .at = PS_NO_TIME,
				 .approval = g_strdup(review->holds ? review->approval->name : ""),
				 .summary = g_strdup(advisory->summary ? advisory->summary : ""),
				 .step = advisory->published ? ps_version_step_token(advisory->step)
							     : ""};
	return entry;
}

GPtrArray *
ps_history(PsStore *store, const PsAdvisory *advisory, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(entry_free);
	GPtrArray *versions = advisory->facts->versions;

	for (guint i = 0; i < versions->len; i++) {
		PsEditionEntry *entry = published_entry(store, versions->pdata[i], error);
		if (!entry)
			return NULL;
		g_ptr_array_add(entries, entry);
	}
	if (!advisory->unchanged) {
		PsEditionEntry *entry = draft_entry(store, advisory, error);
		if (!entry)
			return NULL;
		g_ptr_array_add(entries, entry);
	}
	return g_steal_pointer(&entries);
}

/* ---- one version ---- */

static char *
names_of(const PsAdvisory *advisory)
{
	g_autoptr(GString) names = g_string_new(NULL);
	GPtrArray *versions = advisory->facts->versions;

	for (guint i = 0; i < versions->len; i++)
		g_string_append_printf(names, "%s, ",
				       ps_record_text(versions->pdata[i], "version"));
	g_string_append(names, PS_HISTORY_DRAFT);
	return g_string_free(g_steal_pointer(&names), FALSE);
}

static const PsRecord *
find_version(const PsAdvisory *advisory, const char *version)
{
	GPtrArray *versions = advisory->facts->versions;

	if (g_str_equal(version, PS_HISTORY_PUBLISHED))
		return ps_facts_published(advisory->facts);
	for (guint i = 0; i < versions->len; i++)
		if (g_strcmp0(ps_record_text(versions->pdata[i], "version"), version) == 0)
			return versions->pdata[i];
	return NULL;
}

GBytes *
ps_history_bytes(PsStore *store, const PsAdvisory *advisory, const char *version, GError **error)
{
	const PsRecord *found = find_version(advisory, version);
	const char *tracking = ps_record_text(advisory->facts->advisory, "tracking_id");

	if (found)
		return ps_store_document(store, ps_record_text(found, "document"), error);
	if (g_str_equal(version, PS_HISTORY_DRAFT) ||
	    (!advisory->unchanged && g_str_equal(version, advisory->version))) {
		char *text = ps_advisory_print(advisory->document);
		return g_bytes_new_take(text, strlen(text));
	}
	if (g_str_equal(version, PS_HISTORY_PUBLISHED)) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("Advisory “%s” was not published yet, so there is nothing to compare "
			      "with."),
			    tracking);
		return NULL;
	}
	g_autofree char *names = names_of(advisory);
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    _("Advisory “%s” has no version “%s”; there are: %s."), tracking, version,
		    names);
	return NULL;
}

cJSON *
ps_history_document(PsStore *store, const PsAdvisory *advisory, const char *version, GError **error)
{
	g_autoptr(GBytes) bytes = ps_history_bytes(store, advisory, version, error);
	gsize length = 0;
	const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;

	return text ? ps_json_parse(text, length, &ps_csaf_limits, error) : NULL;
}

/* ---- what the standard suggests ---- */

/* A setting that is no duration suggests nothing. */
static gint64
duration_of(PsStore *store, const char *key)
{
	g_autofree char *text = ps_store_config(store, key);
	gint64 duration = 0;

	return text && ps_duration_parse(text, &duration, NULL) ? duration : 0;
}

char *
ps_history_hint(PsStore *store, const PsAdvisory *advisory, gint64 now)
{
	const PsRecord *last = ps_facts_published(advisory->facts);
	gint64 within = duration_of(store, "advisory.interim_within");
	gint64 after = duration_of(store, "advisory.final_after");

	if (!last)
		return NULL;
	gint64 age = now - ps_record_time(last, "published_at");
	gboolean interim = g_str_equal(status_of(advisory->published), "interim");
	g_autofree char *text = ps_duration_text(age);
	if (!advisory->unchanged && !interim && within > 0 && age < within)
		return g_strdup_printf(
			_("Version %s was published not long ago (%s); while versions "
			  "follow each other so closely they should be interim "
			  "(“advisory publish --interim”)."),
			ps_record_text(last, "version"), text);
	if (interim && after > 0 && age >= after)
		return g_strdup_printf(_("Version %s is interim and stands unchanged for %s; "
					 "publish a final one."),
				       ps_record_text(last, "version"), text);
	return NULL;
}
