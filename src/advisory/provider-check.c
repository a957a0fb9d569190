#include "config.h"

/* A provider directory against CSAF 2.0 section 7.1, requirement by requirement. */

#include "advisory/inspect.h"

#include <string.h>
#include <sys/stat.h>

#include "advisory/picture.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"

static const char *const titles[20] = {
	N_("Valid CSAF document"),
	N_("File name"),
	N_("TLS"),
	N_("TLP:WHITE (CLEAR) is free for all"),
	N_("TLP:AMBER and TLP:RED are protected"),
	N_("No redirects"),
	N_("provider-metadata.json"),
	N_("security.txt"),
	N_("Well-known address"),
	N_("DNS path"),
	N_("One folder a year"),
	N_("index.txt"),
	N_("changes.csv"),
	N_("Directory listings"),
	N_("ROLIE feed"),
	N_("ROLIE service document"),
	N_("ROLIE category document"),
	N_("Hashes"),
	N_("Signatures"),
	N_("Public OpenPGP key"),
};

/* ---- documents: 2, 4, 5 ---- */

static void
judge_names(PsInspection *inspection)
{
	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		g_autofree char *right = ps_provider_filename(file->id);
		if (!g_str_equal(right, file->name))
			ps_inspect_fail(inspection, 2, file->path,
					_("the name for the tracking id “%s” is “%s”."), file->id,
					right);
	}
}

static void
judge_white(PsInspection *inspection, const PsCsafFile *file)
{
	g_autofree char *path = g_build_filename(inspection->dir, file->path, NULL);
	struct stat st;

	gboolean free_for_all =
		g_str_equal(file->label, "WHITE") || g_str_equal(file->label, "CLEAR");

	if (free_for_all && stat(path, &st) == 0 && !(st.st_mode & S_IROTH))
		ps_inspect_fail(inspection, 4, file->path,
				_("the file is not readable for everybody."));
}

static void
judge_access(PsInspection *inspection)
{
	g_autoptr(GHashTable) open = g_hash_table_new(g_str_hash, g_str_equal);
	gboolean guarded = FALSE;

	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		judge_white(inspection, file);
		if (!ps_inspect_is_guarded(file->label))
			g_hash_table_add(open, file->place);
	}
	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		guarded = guarded || ps_inspect_is_guarded(file->label);
		if (ps_inspect_is_guarded(file->label) && g_hash_table_contains(open, file->place))
			ps_inspect_fail(inspection, 5, file->path,
					_("TLP:%s lies beside documents that are free for all."),
					file->label);
	}
	ps_inspect_unknown(inspection, 4,
			   _("What the web server gives out is not seen from here."));
	if (guarded)
		ps_inspect_unknown(inspection, 5,
				   _("Whom the web server asks for a password is not seen from "
				     "here."));
	else
		ps_inspect_unused(inspection, 5);
}

/* ---- provider-metadata.json: 7 ---- */

typedef enum {
	WANT_TEXT,
	WANT_URL,
	WANT_TIME,
	WANT_BOOLEAN,
	WANT_OBJECT,
} Want;

static const struct {
	const char *pointer;
	Want want;
	const char *const *choices;
} metadata_members[] = {
	{"/canonical_url", WANT_URL, NULL},
	{"/last_updated", WANT_TIME, NULL},
	{"/list_on_CSAF_aggregators", WANT_BOOLEAN, NULL},
	{"/metadata_version", WANT_TEXT, (const char *const[]){"2.0", "2.1", NULL}},
	{"/mirror_on_CSAF_aggregators", WANT_BOOLEAN, NULL},
	{"/publisher", WANT_OBJECT, NULL},
	{"/publisher/category", WANT_TEXT,
	 (const char *const[]){"coordinator", "discoverer", "other", "translator", "user", "vendor",
			       NULL}},
	{"/publisher/name", WANT_TEXT, NULL},
	{"/publisher/namespace", WANT_URL, NULL},
	{"/role", WANT_TEXT,
	 (const char *const[]){"csaf_publisher", "csaf_provider", "csaf_trusted_provider", NULL}},
};

static gboolean
is_wanted(const cJSON *value, Want want, const char *const *choices)
{
	gint64 at;
	const char *text = cJSON_IsString(value) ? value->valuestring : NULL;

	switch (want) {
	case WANT_BOOLEAN:
		return cJSON_IsBool(value);
	case WANT_OBJECT:
		return cJSON_IsObject(value);
	case WANT_TIME:
		return text && ps_utc_parse(text, &at, NULL);
	case WANT_URL:
		return text && g_uri_is_valid(text, G_URI_FLAGS_NONE, NULL);
	case WANT_TEXT:
		break;
	}
	return text && *text && (!choices || g_strv_contains(choices, text));
}

/* What the two versions of the metadata ask for in their own way. */
static void
judge_distributions(PsInspection *inspection, const PsJsonFile *file)
{
	gboolean is_2_1 = g_strcmp0(ps_json_text(file->root, "metadata_version"), "2.1") == 0;
	const char *schema = ps_json_text(file->root, "$schema");
	const cJSON *item, *feed;

	if (is_2_1 && g_strcmp0(schema, ps_distribution_2_1.metadata) != 0)
		ps_inspect_fail(inspection, 7, file->path, _("“/$schema” is not “%s”."),
				ps_distribution_2_1.metadata);
	cJSON_ArrayForEach (item, ps_json_at(file->root, "/distributions")) {
		const cJSON *old = cJSON_GetObjectItemCaseSensitive(item, "directory_url"),
			    *new = cJSON_GetObjectItemCaseSensitive(item, "directory");
		if (is_2_1 ? old != NULL : new != NULL)
			ps_inspect_fail(inspection, 7, file->path,
					_("“/distributions” names folders as CSAF %s does."),
					is_2_1 ? "2.0" : "2.1");
		cJSON_ArrayForEach (feed, ps_json_at(item, "/rolie/feeds"))
			if (is_2_1 && !ps_json_text(feed, "last_updated"))
				ps_inspect_fail(inspection, 7, file->path,
						_("the feed “%s” has no “last_updated”."),
						ps_json_text(feed, "url") ?: "");
	}
}

static void
judge_metadata(PsInspection *inspection)
{
	if (inspection->metadata->len == 0) {
		ps_inspect_fail(inspection, 7, "provider-metadata.json", _("the file is missing."));
		return;
	}
	for (guint i = 0; i < inspection->metadata->len; i++) {
		const PsJsonFile *file = inspection->metadata->pdata[i];
		for (gsize j = 0; j < G_N_ELEMENTS(metadata_members); j++) {
			const char *pointer = metadata_members[j].pointer;
			if (!is_wanted(ps_json_at(file->root, pointer), metadata_members[j].want,
				       metadata_members[j].choices))
				ps_inspect_fail(inspection, 7, file->path,
						_("“%s” is missing or not as the schema wants it."),
						pointer);
		}
		judge_distributions(inspection, file);
		const char *url = ps_json_text(file->root, "canonical_url");
		if (url && !g_str_has_suffix(url, "/provider-metadata.json"))
			ps_inspect_fail(inspection, 7, file->path,
					_("“/canonical_url” does not end in "
					  "“/provider-metadata.json”."));
	}
}

/* ---- what only a web server shows: 3, 6, 8, 9, 10 ---- */

/* An address without encryption anywhere in metadata or feeds breaks 3. */
static void
judge_addresses(PsInspection *inspection, const char *path, const cJSON *value)
{
	const cJSON *child;

	if (cJSON_IsString(value) && g_ascii_strncasecmp(value->valuestring, "http://", 7) == 0)
		ps_inspect_fail(inspection, 3, path, _("“%s” is an address without encryption."),
				value->valuestring);
	cJSON_ArrayForEach (child, value)
		judge_addresses(inspection, path, child);
}

static void
judge_tls(PsInspection *inspection)
{
	GPtrArray *lists[] = {inspection->metadata, inspection->feeds, inspection->services};

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		for (guint j = 0; j < lists[i]->len; j++) {
			const PsJsonFile *file = lists[i]->pdata[j];
			judge_addresses(inspection, file->path, file->root);
		}
	ps_inspect_unknown(inspection, 3,
			   _("How the web server is reached is not seen from here."));
}

static void
judge_security_txt(PsInspection *inspection)
{
	static const char *const paths[] = {"security.txt", ".well-known/security.txt"};

	for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
		if (!g_hash_table_contains(inspection->there, paths[i]))
			continue;
		g_autofree char *text = ps_inspect_text(inspection, paths[i]);
		const char *field = text ? strstr(text, "CSAF: https://") : NULL;
		if (!field || (field > text && field[-1] != '\n'))
			ps_inspect_fail(inspection, 8, paths[i],
					_("there is no field “CSAF: https://…”."));
		return;
	}
	ps_inspect_unknown(inspection, 8, _("There is no security.txt in this directory."));
}

static void
judge_server(PsInspection *inspection)
{
	judge_tls(inspection);
	judge_security_txt(inspection);
	ps_inspect_unknown(inspection, 6, _("Redirects are not seen from here."));
	if (!g_hash_table_contains(inspection->there, ".well-known/csaf/provider-metadata.json"))
		ps_inspect_unknown(inspection, 9,
				   _("The well-known address is not in this directory."));
	ps_inspect_unknown(inspection, 10, _("The DNS is not asked."));
}

/* ---- all together: section 7.2 ---- */

static gboolean
none_failed(const PsProviderReport *report, int from, int to)
{
	for (int i = from; i <= to; i++)
		if (report->requirement[i - 1].state == PS_REQUIREMENT_FAILED)
			return FALSE;
	return TRUE;
}

static gboolean
is_used(const PsProviderReport *report, int number)
{
	return report->requirement[number - 1].state != PS_REQUIREMENT_UNUSED;
}

static const char *
role_of(const PsProviderReport *report)
{
	gboolean found = none_failed(report, 8, 8) || none_failed(report, 9, 9);
	gboolean listed =
		none_failed(report, 11, 14) || (is_used(report, 15) && none_failed(report, 15, 17));

	if (!none_failed(report, 1, 4))
		return NULL;
	if (!none_failed(report, 5, 7) || !found || !listed)
		return "csaf_publisher";
	return none_failed(report, 18, 20) ? "csaf_trusted_provider" : "csaf_provider";
}

static PsProviderReport *
report_new(void)
{
	PsProviderReport *report = g_new0(PsProviderReport, 1);

	for (int i = 0; i < (int)G_N_ELEMENTS(report->requirement); i++) {
		report->requirement[i].number = i + 1;
		report->requirement[i].title = titles[i];
		report->requirement[i].findings = g_ptr_array_new_with_free_func(g_free);
	}
	return report;
}

void
ps_provider_report_free(PsProviderReport *report)
{
	if (!report)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(report->requirement); i++)
		g_ptr_array_unref(report->requirement[i].findings);
	g_free(report);
}

PsProviderReport *
ps_provider_check(const char *dir, PsProgress *progress, GError **error)
{
	g_autoptr(PsProviderReport) report = report_new();
	PsInspection inspection = {.dir = dir, .progress = progress, .report = report};
	gboolean done = ps_inspect_read(&inspection, error);

	if (done) {
		judge_names(&inspection);
		judge_access(&inspection);
		judge_metadata(&inspection);
		ps_inspect_lists(&inspection);
		judge_server(&inspection);
		done = ps_inspect_proof(&inspection, error);
	}
	ps_inspect_clear(&inspection);
	if (!done)
		return NULL;
	report->role = role_of(report);
	return g_steal_pointer(&report);
}
