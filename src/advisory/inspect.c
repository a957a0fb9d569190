#include "config.h"

/* Reading a provider directory. */

#include "advisory/inspect.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "advisory/csaf-check.h"
#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/safe-text.h"

#define DEEPEST 12
#define MOST_FILES 1000000
#define TEXT_LIMIT (64 * 1024 * 1024)

/* ---- findings ---- */

PsRequirement *
ps_inspect_requirement(PsInspection *inspection, int number)
{
	return &inspection->report->requirement[number - 1];
}

static void
add_finding(PsRequirement *requirement, const char *path, const char *text)
{
	g_autofree char *whole = path ? g_strdup_printf("%s: %s", path, text) : g_strdup(text);

	g_ptr_array_add(requirement->findings, ps_safe_text(whole, -1, PS_SAFE_LINE));
}

void
ps_inspect_fail(PsInspection *inspection, int number, const char *path, const char *format, ...)
{
	PsRequirement *requirement = ps_inspect_requirement(inspection, number);
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	/* What was only unknown before is told no more. */
	if (requirement->state == PS_REQUIREMENT_UNKNOWN)
		g_ptr_array_set_size(requirement->findings, 0);
	requirement->state = PS_REQUIREMENT_FAILED;
	add_finding(requirement, path, text);
}

void
ps_inspect_warn(PsInspection *inspection, int number, const char *path, const char *format, ...)
{
	PsRequirement *requirement = ps_inspect_requirement(inspection, number);
	va_list arguments;

	if (requirement->state == PS_REQUIREMENT_FAILED)
		return;
	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	requirement->state = PS_REQUIREMENT_WARNED;
	add_finding(requirement, path, text);
}

void
ps_inspect_looked(PsInspection *inspection, int number, char *text)
{
	PsRequirement *requirement = ps_inspect_requirement(inspection, number);

	g_free(requirement->looked);
	requirement->looked = text;
}

void
ps_inspect_unknown(PsInspection *inspection, int number, const char *reason)
{
	PsRequirement *requirement = ps_inspect_requirement(inspection, number);

	if (requirement->state == PS_REQUIREMENT_FAILED)
		return;
	requirement->state = PS_REQUIREMENT_UNKNOWN;
	add_finding(requirement, NULL, reason);
}

void
ps_inspect_unused(PsInspection *inspection, int number)
{
	PsRequirement *requirement = ps_inspect_requirement(inspection, number);

	if (requirement->state != PS_REQUIREMENT_FAILED)
		requirement->state = PS_REQUIREMENT_UNUSED;
}

/* ---- files ---- */

char *
ps_inspect_join(const char *place, const char *name)
{
	return *place ? g_strdup_printf("%s/%s", place, name) : g_strdup(name);
}

char *
ps_inspect_text(const PsInspection *inspection, const char *path)
{
	g_autofree char *whole = g_build_filename(inspection->dir, path, NULL);

	return ps_file_read(whole, TEXT_LIMIT, NULL, NULL);
}

/* What a link leads to, when that is a file of the tree itself: a web server would show it. */
static gboolean
is_inner_link(const PsInspection *inspection, const char *path)
{
	g_autofree char *target = realpath(path, NULL), *top = realpath(inspection->dir, NULL);
	gsize length = top ? strlen(top) : 0;

	return target && top && g_str_has_prefix(target, top) && target[length] == '/' &&
	       g_file_test(target, G_FILE_TEST_IS_REGULAR);
}

static gboolean walk(PsInspection *inspection, const char *below, int depth, GError **error);

static gboolean
take_one(PsInspection *inspection, const char *below, int depth, GError **error)
{
	g_autofree char *whole = g_build_filename(inspection->dir, below, NULL);
	struct stat st;

	if (lstat(whole, &st) != 0)
		return TRUE;
	if (S_ISDIR(st.st_mode) && depth < DEEPEST)
		return walk(inspection, below, depth + 1, error);
	if (S_ISREG(st.st_mode) || (S_ISLNK(st.st_mode) && is_inner_link(inspection, whole)))
		g_ptr_array_add(inspection->files, g_strdup(below));
	else if (S_ISLNK(st.st_mode))
		ps_inspect_warn(inspection, 1, below,
				_("this link to another place was not followed."));
	else if (S_ISDIR(st.st_mode))
		ps_inspect_warn(inspection, 1, below, _("folders this deep were not looked at."));
	if (inspection->files->len <= MOST_FILES)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
		    _("“%s” holds more than %d files; that is more than can be judged."),
		    inspection->dir, MOST_FILES);
	return FALSE;
}

static gboolean
walk(PsInspection *inspection, const char *below, int depth, GError **error)
{
	g_autofree char *path = g_build_filename(inspection->dir, below, NULL);
	g_autoptr(GDir) dir = ps_dir_open(path, depth > 0 ? NULL : error);
	const char *name;

	if (!dir && depth > 0) {
		ps_inspect_warn(inspection, 1, below,
				_("this folder cannot be read, so nothing in it was judged."));
		return TRUE;
	}
	if (!dir)
		return FALSE;
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *one = ps_inspect_join(below, name);
		if (!take_one(inspection, one, depth, error))
			return FALSE;
	}
	return TRUE;
}

/* ---- documents ---- */

static gboolean
is_year(const char *name)
{
	return strlen(name) == 4 && strspn(name, "0123456789") == 4;
}

static char *
text_of(const cJSON *root, const char *pointer)
{
	const cJSON *value = ps_json_at(root, pointer);

	return g_strdup(cJSON_IsString(value) ? value->valuestring : "");
}

gboolean
ps_inspect_is_free(const char *label)
{
	return g_strcmp0(label, "WHITE") == 0 || g_strcmp0(label, "CLEAR") == 0;
}

gboolean
ps_inspect_is_guarded(const char *label)
{
	static const char *const guarded[] = {"AMBER", "AMBER+STRICT", "RED", NULL};

	return label && g_strv_contains(guarded, label);
}

static void
csaf_file_free(gpointer data)
{
	PsCsafFile *file = data;
	char **texts[] = {&file->path,   &file->place,  &file->year,   &file->name,
			  &file->id,     &file->label,  &file->first,  &file->current,
			  &file->sha256, &file->sha512, &file->version};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(*texts[i]);
	g_free(file);
}

static PsCsafFile *
csaf_file_new(const char *path, const char *text, gsize length, const cJSON *root)
{
	PsCsafFile *file = g_new0(PsCsafFile, 1);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *above = g_path_get_dirname(folder);
	g_autofree char *last = g_path_get_basename(folder);

	file->path = g_strdup(path);
	file->name = g_path_get_basename(path);
	file->year = g_strdup(is_year(last) ? last : "");
	file->place = g_strdup(is_year(last) ? above : folder);
	if (g_str_equal(file->place, "."))
		*file->place = '\0';
	file->id = text_of(root, "/document/tracking/id");
	file->label = text_of(root, "/document/distribution/tlp/label");
	file->version = text_of(root, "/document/csaf_version");
	file->first = text_of(root, "/document/tracking/initial_release_date");
	file->current = text_of(root, "/document/tracking/current_release_date");
	file->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
	file->sha512 = g_compute_checksum_for_data(G_CHECKSUM_SHA512, (const guchar *)text, length);
	return file;
}

static void
judge_document(PsInspection *inspection, const char *path, const cJSON *root)
{
	g_autoptr(GError) problem = NULL;
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(root, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY, NULL, &problem);

	if (!report)
		ps_inspect_fail(inspection, 1, path, "%s", problem->message);
	for (guint i = 0; report && i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		ps_inspect_fail(inspection, 1, path, "%s %s: %s", finding->test, finding->pointer,
				finding->message);
	}
}

static void
json_file_free(gpointer data)
{
	PsJsonFile *file = data;

	g_free(file->path);
	cJSON_Delete(file->root);
	g_free(file);
}

static void
keep_json(GPtrArray *list, const char *path, cJSON *root)
{
	PsJsonFile *file = g_new0(PsJsonFile, 1);

	file->path = g_strdup(path);
	file->root = root;
	g_ptr_array_add(list, file);
}

/* Which requirement a file that is no JSON breaks. */
static int
requirement_of(const char *path)
{
	if (g_str_has_suffix(path, "provider-metadata.json"))
		return 7;
	if (g_str_has_suffix(path, "aggregator.json"))
		return 21;
	return strstr(path, "feed") ? 15 : 1;
}

static void
sort_json(PsInspection *inspection, const char *path)
{
	g_autofree char *whole = g_build_filename(inspection->dir, path, NULL);
	g_autoptr(GError) problem = NULL;
	gsize length;
	g_autofree char *text = ps_file_read(whole, TEXT_LIMIT, &length, &problem);
	cJSON *root = text ? ps_json_parse(text, length, &ps_csaf_limits, &problem) : NULL;

	if (!root) {
		ps_inspect_fail(inspection, requirement_of(path), path, "%s", problem->message);
		return;
	}
	if (g_str_has_suffix(path, "provider-metadata.json")) {
		keep_json(inspection->metadata, path, root);
	} else if (g_str_has_suffix(path, "aggregator.json")) {
		keep_json(inspection->aggregators, path, root);
	} else if (cJSON_GetObjectItemCaseSensitive(root, "feed")) {
		keep_json(inspection->feeds, path, root);
	} else if (cJSON_GetObjectItemCaseSensitive(root, "service")) {
		keep_json(inspection->services, path, root);
	} else if (cJSON_GetObjectItemCaseSensitive(root, "categories")) {
		keep_json(inspection->categories, path, root);
	} else {
		if (ps_json_at(root, "/document/csaf_version")) {
			g_ptr_array_add(inspection->documents,
					csaf_file_new(path, text, length, root));
			judge_document(inspection, path, root);
		}
		cJSON_Delete(root);
	}
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

gboolean
ps_inspect_read(PsInspection *inspection, GError **error)
{
	inspection->files = g_ptr_array_new_with_free_func(g_free);
	inspection->there = g_hash_table_new(g_str_hash, g_str_equal);
	inspection->documents = g_ptr_array_new_with_free_func(csaf_file_free);
	inspection->feeds = g_ptr_array_new_with_free_func(json_file_free);
	inspection->services = g_ptr_array_new_with_free_func(json_file_free);
	inspection->categories = g_ptr_array_new_with_free_func(json_file_free);
	inspection->metadata = g_ptr_array_new_with_free_func(json_file_free);
	inspection->aggregators = g_ptr_array_new_with_free_func(json_file_free);
	if (!walk(inspection, "", 0, error))
		return FALSE;
	g_ptr_array_sort(inspection->files, compare_texts);
	for (guint i = 0; i < inspection->files->len; i++) {
		char *path = inspection->files->pdata[i];
		g_hash_table_add(inspection->there, path);
		ps_progress_set(inspection->progress, i, inspection->files->len,
				_("Reading documents"));
		if (ps_progress_cancelled(inspection->progress, error))
			return FALSE;
		if (g_str_has_suffix(path, ".json"))
			sort_json(inspection, path);
	}
	inspection->report->documents = inspection->documents->len;
	return TRUE;
}

void
ps_inspect_clear(PsInspection *inspection)
{
	GPtrArray **lists[] = {&inspection->files,      &inspection->documents,
			       &inspection->feeds,      &inspection->services,
			       &inspection->categories, &inspection->metadata,
			       &inspection->aggregators};

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		g_clear_pointer(lists[i], g_ptr_array_unref);
	g_clear_pointer(&inspection->there, g_hash_table_unref);
}

char *
ps_inspect_listed_name(const PsCsafFile *file)
{
	return ps_inspect_join(file->year, file->name);
}

GPtrArray *
ps_inspect_places(const PsInspection *inspection)
{
	GPtrArray *places = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < inspection->documents->len; i++) {
		const PsCsafFile *file = inspection->documents->pdata[i];
		if (g_hash_table_add(seen, file->place))
			g_ptr_array_add(places, file->place);
	}
	g_ptr_array_sort(places, compare_texts);
	return places;
}
