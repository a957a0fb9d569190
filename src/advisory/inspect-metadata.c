#include "config.h"

/* provider-metadata.json and aggregator.json: CSAF 2.0 and 2.1 sections 7.1.7 and 7.1.21 to
 * 7.1.23. */

#include "advisory/inspect.h"

#include <string.h>

#include "advisory/distribution-table.h"
#include "base/i18n.h"
#include "base/utc.h"

#define DAY_MS ((gint64)24 * 3600 * 1000)
#define MAINTAINED_MS (90 * DAY_MS)

typedef struct {
	PsInspection *inspection;
	int number;
	const char *path;
} Found;

static void
report_schema(gpointer user, const char *pointer, const char *sentence)
{
	const Found *found = user;

	ps_inspect_fail(found->inspection, found->number, found->path, "“%s”: %s",
			*pointer ? pointer : "/", sentence);
}

/* `table`: by the version that `member` names, NULL: there is none. */
static void
judge_schema(PsInspection *inspection, int number, const PsJsonFile *file, const char *member,
	     const PsCsafNode *table)
{
	const char *version = ps_json_text(file->root, member);
	Found found = {inspection, number, file->path};

	if (table)
		ps_csaf_check_value(table, file->root, report_schema, &found);
	else
		ps_inspect_fail(inspection, number, file->path,
				_("“/%s” is “%s”; there are “2.0” and “2.1”."), member,
				version ? version : "");
}

/* ---- how long the files are looked after: CSAF 2.1 section 7.1.7 ---- */

static void
judge_maintained(PsInspection *inspection, int number, const PsJsonFile *file)
{
	const char *until = ps_json_text(file->root, "maintained_until"),
		   *from = ps_json_text(file->root, "maintained_from");
	gint64 at, now = ps_now_ms();

	if (until && ps_utc_parse(until, &at, NULL)) {
		if (at < now)
			ps_inspect_fail(inspection, number, file->path,
					_("it was looked after until %s only."), until);
		else if (at < now + MAINTAINED_MS)
			ps_inspect_warn(
				inspection, number, file->path,
				_("it is looked after until %s, less than 90 days from now."),
				until);
	}
	if (from && ps_utc_parse(from, &at, NULL) && at > now)
		ps_inspect_warn(inspection, number, file->path,
				_("it is looked after from %s on, not yet."), from);
}

/* ---- 21 to 23: aggregators ---- */

/* Names of publishers that the list names: those of a role that counts twice, or a provider and a
 * publisher. */
static void
judge_parties(PsInspection *inspection, const PsJsonFile *file)
{
	g_autoptr(GHashTable) providers = g_hash_table_new(g_str_hash, g_str_equal),
			      publishers = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *item;

	cJSON_ArrayForEach (item, ps_json_at(file->root, "/csaf_providers")) {
		const char *name =
			ps_json_text(ps_json_at(item, "/metadata/publisher"), "namespace");
		if (name)
			g_hash_table_add(providers, (gpointer)name);
	}
	cJSON_ArrayForEach (item, ps_json_at(file->root, "/csaf_publishers")) {
		const char *name =
			ps_json_text(ps_json_at(item, "/metadata/publisher"), "namespace");
		if (name && !g_hash_table_contains(providers, name))
			g_hash_table_add(publishers, (gpointer)name);
	}
	guint several = g_hash_table_size(providers), one = g_hash_table_size(publishers);
	if (several < 2 && !(several == 1 && one > 0))
		ps_inspect_fail(inspection, 22, file->path,
				_("it lists %u providers and %u publishers; two issuing parties "
				  "are wanted, at least one of them a provider."),
				several, one);
}

/* "…/FOLDER/provider-metadata.json" lies beside the aggregator.json. */
static void
judge_mirror(PsInspection *inspection, const PsJsonFile *file, const char *url)
{
	g_autofree char *beside = g_path_get_dirname(file->path), *folder = g_path_get_dirname(url);
	g_autofree char *name = g_path_get_basename(folder);
	g_autofree char *below = g_build_filename(g_str_equal(beside, ".") ? "" : beside, name,
						  "provider-metadata.json", NULL);
	const char *path = *below == '/' ? below + 1 : below;

	if (!g_hash_table_contains(inspection->there, path))
		ps_inspect_fail(inspection, 23, file->path,
				_("the mirror “%s” has no folder with a provider-metadata.json "
				  "beside this file."),
				url);
}

/* Gives the number of mirrors. */
static guint
judge_mirrors(PsInspection *inspection, const PsJsonFile *file, const char *list)
{
	const cJSON *item, *mirror;
	guint mirrors = 0;

	cJSON_ArrayForEach (item, ps_json_at(file->root, list))
		cJSON_ArrayForEach (mirror, cJSON_GetObjectItemCaseSensitive(item, "mirrors"))
			if (cJSON_IsString(mirror)) {
				mirrors++;
				if (!inspection->served)
					judge_mirror(inspection, file, mirror->valuestring);
			}
	return mirrors;
}

static void
judge_aggregator(PsInspection *inspection, const PsJsonFile *file)
{
	g_autofree char *folder = g_path_get_dirname(file->path);
	g_autofree char *adjacent =
		ps_inspect_join(g_str_equal(folder, ".") ? "" : folder, "provider-metadata.json");

	judge_schema(inspection, 21, file, "aggregator_version",
		     ps_distribution_aggregator(ps_json_text(file->root, "aggregator_version")));
	judge_maintained(inspection, 21, file);
	if (g_hash_table_contains(inspection->there, adjacent))
		ps_inspect_fail(inspection, 21, file->path,
				_("it must not lie beside a provider-metadata.json."));
	judge_parties(inspection, file);
	guint mirrors = judge_mirrors(inspection, file, "/csaf_providers") +
			judge_mirrors(inspection, file, "/csaf_publishers");
	if (mirrors == 0)
		ps_inspect_unused(inspection, 23);
	else if (inspection->served)
		ps_inspect_unknown(inspection, 23,
				   _("Mirrors are providers of their own: judge each by the "
				     "address of its provider-metadata.json."));
}

/* ---- all of them ---- */

void
ps_inspect_metadata(PsInspection *inspection)
{
	if (inspection->aggregators->len == 0)
		for (int number = 21; number <= 23; number++)
			ps_inspect_unused(inspection, number);
	for (guint i = 0; i < inspection->metadata->len; i++) {
		const PsJsonFile *file = inspection->metadata->pdata[i];
		judge_schema(inspection, 7, file, "metadata_version",
			     ps_distribution_provider(
				     ps_json_text(file->root, "metadata_version")));
		judge_maintained(inspection, 7, file);
	}
	for (guint i = 0; i < inspection->aggregators->len; i++)
		judge_aggregator(inspection, inspection->aggregators->pdata[i]);
	/* an aggregator publishes nothing of its own */
	if (inspection->metadata->len == 0 && inspection->aggregators->len == 0 &&
	    !inspection->served)
		ps_inspect_fail(inspection, 7, "provider-metadata.json", _("the file is missing."));
}
