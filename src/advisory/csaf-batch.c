#include "config.h"

#include "advisory/csaf-batch.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "advisory/csaf-recognise.h"
#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/ordered.h"

/* Bytes of documents that are under way at once; as a tree they need about ten times as much. */
#define BYTES_AT_ONCE ((gsize)32 << 20)
/* Directories inside each other. */
#define FOLDERS_MAX 64

/* A directory that is being walked. */
typedef struct {
	char *path;
	GPtrArray *names; /* sorted */
	guint next;
} Folder;

typedef struct {
	char *path;
	gboolean found; /* below a directory */
	char *problem;  /* what was found instead of a document: told as its error */
} Item;

typedef struct {
	char *text;
	int status;
	gboolean error;
} Result;

typedef struct {
	const PsCsafBatch *batch;
	char *const *path;  /* next input */
	GPtrArray *folders; /* Folder*, the innermost last */
	guint found;        /* documents below the present input */
	int status;
} Run;

/* ---- finding the documents ---- */

static void
folder_free(gpointer data)
{
	Folder *folder = data;

	g_free(folder->path);
	g_ptr_array_unref(folder->names);
	g_free(folder);
}

static Item *
item_new(const char *path, gboolean found, char *problem)
{
	Item *item = g_new0(Item, 1);

	item->path = g_strdup(path);
	item->found = found;
	item->problem = problem;
	return item;
}

static void
item_free(gpointer data)
{
	Item *item = data;

	g_free(item->path);
	g_free(item->problem);
	g_free(item);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* NULL: now its documents follow; else an item that says why not. */
static Item *
enter(Run *run, const char *path, gboolean found)
{
	g_autoptr(GError) wrong = NULL;
	GDir *dir = run->folders->len < FOLDERS_MAX ? ps_dir_open(path, &wrong) : NULL;
	const char *name;

	if (wrong)
		return item_new(path, found, g_strdup(wrong->message));
	if (!dir)
		return item_new(path, found,
				g_strdup_printf(_("The directory “%s” was not read: it lies in "
						  "more than %d others."),
						path, FOLDERS_MAX));
	Folder *folder = g_new0(Folder, 1);
	folder->path = g_strdup(path);
	folder->names = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(dir)))
		g_ptr_array_add(folder->names, g_strdup(name));
	g_dir_close(dir);
	g_ptr_array_sort(folder->names, compare_names);
	g_ptr_array_add(run->folders, folder);
	return NULL;
}

/* The next document below the directories that are being walked; NULL: none is left. */
static Item *
next_found(Run *run, gsize *weight)
{
	while (run->folders->len > 0) {
		Folder *folder = run->folders->pdata[run->folders->len - 1];
		if (folder->next == folder->names->len) {
			g_ptr_array_set_size(run->folders, (int)run->folders->len - 1);
			continue;
		}
		const char *name = folder->names->pdata[folder->next++];
		g_autofree char *path = g_build_filename(folder->path, name, NULL);
		GStatBuf about;
		if (g_lstat(path, &about) != 0)
			continue;
		Item *item = S_ISDIR(about.st_mode) ? enter(run, path, TRUE) : NULL;
		/* a pipe or device could hold us for ever */
		if ((S_ISREG(about.st_mode) || S_ISLNK(about.st_mode)) &&
		    g_str_has_suffix(name, ".json"))
			item = item_new(path, TRUE, NULL);
		if (!item)
			continue;
		*weight = (gsize)about.st_size;
		run->found++;
		return item;
	}
	return NULL;
}

/* What was given: a file, or a directory whose documents follow. */
static Item *
next_given(Run *run, gsize *weight)
{
	const char *path = *run->path++;
	GStatBuf about;

	if (g_str_equal(path, "-") || g_stat(path, &about) != 0)
		return item_new(path, FALSE, NULL);
	*weight = (gsize)about.st_size;
	if (!S_ISDIR(about.st_mode))
		return item_new(path, FALSE, NULL);
	run->found = 0;
	Item *item = enter(run, path, FALSE);
	if (!item)
		item = next_found(run, weight);
	if (item)
		return item;
	return item_new(path, FALSE,
			g_strdup_printf(_("The directory “%s” holds no document: no file below it "
					  "has a name that ends in .json."),
					path));
}

static gpointer
next(gpointer user, gsize *weight)
{
	Run *run = user;
	Item *item = next_found(run, weight);

	return item || !*run->path ? item : next_given(run, weight);
}

/* ---- checking one ---- */

static PsJsonTree *
read_document(const Item *item, PsCsafOutcome *outcome, PsProgress *progress, GError **error)
{
	gsize length;

	if (item->problem) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, item->problem);
		return NULL;
	}
	char *text =
		ps_file_read_watched(item->path, ps_csaf_limits.bytes, &length, progress, error);
	if (text && length == 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is empty; it should hold a CSAF document."), item->path);
		g_clear_pointer(&text, g_free);
	}
	if (!text)
		return NULL;
	g_autoptr(PsJsonTree) tree = ps_json_tree_new(text, length, &ps_csaf_limits, error);
	if (tree && ps_csaf_recognise(ps_json_tree_root(tree), error))
		return g_steal_pointer(&tree);
	outcome->skipped = tree && item->found && ps_csaf_is_provider_file(ps_json_tree_root(tree));
	g_prefix_error(error, "%s: ", item->path);
	return NULL;
}

static PsCsafReport *
check_document(const PsCsafBatch *batch, const Item *item, const PsJsonTree *document,
	       GError **error)
{
	PsCsafReport *report =
		ps_csaf_check_with(batch->tables, document, batch->levels, batch->progress, error);

	if (!report)
		g_prefix_error(error, "%s: ", item->path);
	return report;
}

static gpointer
work(gpointer user, gpointer data)
{
	const Run *run = user;
	const PsCsafBatch *batch = run->batch;
	const Item *item = data;
	Result *result = g_new0(Result, 1);
	PsCsafOutcome outcome = {.path = item->path};
	g_autoptr(GError) error = NULL;

	if (ps_progress_cancelled(batch->progress, NULL))
		return result;
	g_autoptr(PsJsonTree) tree = read_document(item, &outcome, batch->progress, &error);
	outcome.document = tree ? ps_json_tree_root(tree) : NULL;
	g_autoptr(PsCsafReport) report = tree ? check_document(batch, item, tree, &error) : NULL;
	if (report && batch->add)
		batch->add(batch->user, outcome.document, report);
	outcome.report = report;
	outcome.error = error;
	result->error = error != NULL;
	if (report)
		result->status = ps_csaf_report_is_valid(report) ? 0 : 1;
	else
		result->status = outcome.skipped ? 0 : 2;
	result->text = batch->render(batch->user, &outcome);
	return result;
}

static gboolean
done(gpointer user, gpointer item, gpointer data)
{
	Run *run = user;
	const Result *result = data;
	const PsCsafBatch *batch = run->batch;

	if (ps_progress_cancelled(batch->progress, NULL))
		return FALSE;
	run->status = ps_exit_worst(run->status, result->status);
	PsCsafPrinted printed = {((Item *)item)->path, result->text, result->status, result->error};
	return batch->print(batch->user, &printed);
}

static gboolean
tick(gpointer user)
{
	const Run *run = user;

	return !ps_progress_cancelled(run->batch->progress, NULL) &&
	       (!run->batch->tick || run->batch->tick(run->batch->user));
}

static void
result_free(gpointer data)
{
	Result *result = data;

	g_free(result->text);
	g_free(result);
}

int
ps_csaf_batch_run(const PsCsafBatch *batch, GError **error)
{
	g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(folder_free);
	Run run = {.batch = batch, .path = batch->paths, .folders = folders};
	const PsOrdered ordered = {next, work, done, tick, item_free, result_free, BYTES_AT_ONCE};

	ps_ordered_run(&ordered, &run);
	if (!ps_progress_cancelled(batch->progress, NULL))
		return run.status;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_CANCELLED,
			    _("Stopped, as you asked; not every document was checked."));
	return 2;
}
