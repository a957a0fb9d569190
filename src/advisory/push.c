#include "config.h"

#include "advisory/push.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "advisory/provider-internal.h"
#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"

#define RECORD_LIMIT ((gsize)256 << 20)
#define FIRST_LINE "# psirtdesk: what stands on the server; path, SHA-256, size, time\n"

/* What stands on the server, and what lies here. */
typedef struct {
	char *sha256;
	gint64 size, time;
} State;

typedef struct {
	PsStore *store;
	const PsPushOptions *options;
	PsProgress *progress;
	char *dir, *target, *record;
	GHashTable *there; /* path -> State* */
	GHashTable *here;
	GPtrArray *files; /* PsNetFile* */
	PsPushed *pushed;
} Push;

void
ps_pushed_clear(PsPushed *pushed)
{
	g_clear_pointer(&pushed->placed, g_ptr_array_unref);
	g_clear_pointer(&pushed->removed, g_ptr_array_unref);
}

static void
state_free(gpointer data)
{
	State *state = data;

	g_free(state->sha256);
	g_free(state);
}

static State *
state_new(const char *sha256, gint64 size, gint64 time)
{
	State *state = g_new0(State, 1);

	*state = (State){g_strdup(sha256), size, time};
	return state;
}

static GHashTable *
states_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, state_free);
}

/* ---- the order ---- */

typedef enum {
	RANK_KEY,
	RANK_DOCUMENT,
	RANK_LIST,
	RANK_FEED,
	RANK_PAGE,
	RANK_METADATA,
} Rank;

static gboolean
is_document_part(const char *name)
{
	static const char *const suffixes[] = {".json", ".json.asc", ".json.sha256",
					       ".json.sha512"};

	for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (g_str_has_suffix(name, suffixes[i]))
			return TRUE;
	return FALSE;
}

static Rank
rank_of(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	if (strstr(path, "openpgp/") || strstr(path, "openpgpkey/"))
		return RANK_KEY;
	if (g_str_equal(name, "provider-metadata.json"))
		return RANK_METADATA;
	if (g_str_equal(name, "index.txt") || g_str_equal(name, "changes.csv"))
		return RANK_LIST;
	if (g_str_has_prefix(name, "csaf-feed-") || g_str_has_prefix(name, "category-") ||
	    g_str_equal(name, "service.json"))
		return RANK_FEED;
	return is_document_part(name) ? RANK_DOCUMENT : RANK_PAGE;
}

/* The name without ".asc", ".sha256", …: a document's own files stay together. */
static gsize
stem_length(const char *path)
{
	const char *json = g_strrstr(path, ".json");

	return json ? (gsize)(json - path) : strlen(path);
}

int
ps_push_compare(const char *one, const char *other)
{
	Rank a = rank_of(one), b = rank_of(other);

	if (a != b)
		return a < b ? -1 : 1;
	if (a == RANK_DOCUMENT) {
		gsize x = stem_length(one), y = stem_length(other);
		int order = strncmp(one, other, MIN(x, y));
		if (order != 0 || x != y)
			return order != 0 ? order : (x < y ? -1 : 1);
		/* the document itself, the shortest name, goes last */
		return (int)strlen(other) - (int)strlen(one) ?: strcmp(one, other);
	}
	return strcmp(one, other);
}

/* ---- what stands there ---- */

static char *
record_path(PsStore *store, const char *target)
{
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, target, -1);
	g_autofree char *name = g_strdup_printf("pushed-%.16s.tsv", hash);

	return g_build_filename(ps_store_dir(store), name, NULL);
}

static gboolean
read_record(const char *record, GHashTable *there, GError **error)
{
	g_autofree char *text = NULL;

	if (!g_file_test(record, G_FILE_TEST_EXISTS))
		return TRUE;
	text = ps_file_read(record, RECORD_LIMIT, NULL, error);
	if (!text)
		return FALSE;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		g_auto(GStrv) cells = g_strsplit(*line, "\t", -1);
		if (**line != '#' && g_strv_length(cells) == 4)
			g_hash_table_replace(there, g_strdup(cells[0]),
					     state_new(cells[1],
						       g_ascii_strtoll(cells[2], NULL, 10),
						       g_ascii_strtoll(cells[3], NULL, 10)));
	}
	return TRUE;
}

static gboolean
write_record(const Push *push, GError **error)
{
	g_autoptr(GString) text = g_string_new(FIRST_LINE);
	g_autoptr(GList) paths =
		g_list_sort(g_hash_table_get_keys(push->there), (GCompareFunc)strcmp);

	for (GList *path = paths; path; path = path->next) {
		const State *state = g_hash_table_lookup(push->there, path->data);
		g_string_append_printf(text, "%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n",
				       (char *)path->data, state->sha256, state->size, state->time);
	}
	return ps_file_write(push->record, text->str, (gssize)text->len, 0600, error);
}

gboolean
ps_push_stands(PsStore *store, const char *path, const char *sha256, gboolean *stands,
	       GError **error)
{
	g_autofree char *target = ps_store_config(store, "provider.push_target");
	g_autofree char *record = target ? record_path(store, target) : NULL;
	g_autoptr(GHashTable) there = states_new();

	*stands = FALSE;
	if (!record || !path)
		return TRUE;
	if (!read_record(record, there, error))
		return FALSE;
	const State *state = g_hash_table_lookup(there, path);
	*stands = state && g_strcmp0(state->sha256, sha256) == 0;
	return TRUE;
}

/* ---- what lies here ---- */

static gboolean
failed_to_read(const char *path, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” can't be read: %s."), path,
		    g_strerror(errno));
	return FALSE;
}

static char *
hash_file(const char *path, GError **error)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree guchar *block = g_malloc(65536);
	FILE *file = fopen(path, "re");
	size_t n;

	if (!file) {
		failed_to_read(path, error);
		return NULL;
	}
	while ((n = fread(block, 1, 65536, file)) > 0)
		g_checksum_update(checksum, block, (gssize)n);
	gboolean whole = !ferror(file);
	fclose(file);
	if (!whole) {
		failed_to_read(path, error);
		return NULL;
	}
	return g_strdup(g_checksum_get_string(checksum));
}

/* A file whose size and time are as they were is not read again. */
static gboolean
note_file(Push *push, const char *below, const char *path, const struct stat *st, GError **error)
{
	gint64 time = (gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
	const State *known = g_hash_table_lookup(push->there, below);
	g_autofree char *sha256 = NULL;

	/* a tab or newline in a name is not ours, and would break the record */
	if (strpbrk(below, "\t\n\r\"\\"))
		return TRUE;
	if (known && known->size == st->st_size && known->time == time)
		sha256 = g_strdup(known->sha256);
	else
		sha256 = hash_file(path, error);
	if (!sha256)
		return FALSE;
	g_hash_table_replace(push->here, g_strdup(below), state_new(sha256, st->st_size, time));
	return TRUE;
}

/* Folders aside (".white.next") are not for the world; ".well-known" is. */
static gboolean
is_for_the_world(const Push *push, const char *name, int depth)
{
	if (*name == '.')
		return g_str_equal(name, ".well-known") && depth == 0;
	return depth > 0 || push->options->restricted || !ps_folder_is_restricted(name);
}

static gboolean
walk(Push *push, const char *below, int depth, GError **error)
{
	g_autofree char *place = g_build_filename(push->dir, below, NULL);
	g_autoptr(GDir) dir = g_dir_open(place, 0, NULL);
	const char *name;

	if (!dir)
		return failed_to_read(place, error);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *one =
			*below ? g_strconcat(below, "/", name, NULL) : g_strdup(name);
		g_autofree char *path = g_build_filename(push->dir, one, NULL);
		struct stat st;
		if (!is_for_the_world(push, name, depth) || lstat(path, &st) != 0)
			continue;
		if (ps_progress_cancelled(push->progress, error))
			return FALSE;
		if (S_ISDIR(st.st_mode)
			    ? !walk(push, one, depth + 1, error)
			    : S_ISREG(st.st_mode) && !note_file(push, one, path, &st, error))
			return FALSE;
	}
	return TRUE;
}

/* ---- the difference ---- */

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return ps_push_compare(a, b);
}

static void
compare_sides(Push *push)
{
	g_autoptr(GList) here = g_list_sort(g_hash_table_get_keys(push->here), compare_names);
	g_autoptr(GList) there = g_list_sort(g_hash_table_get_keys(push->there), compare_names);

	for (GList *item = here; item; item = item->next) {
		const State *mine = g_hash_table_lookup(push->here, item->data),
			    *theirs = g_hash_table_lookup(push->there, item->data);
		if (theirs && g_str_equal(mine->sha256, theirs->sha256) &&
		    !push->options->everything) {
			push->pushed->unchanged++;
			continue;
		}
		g_autofree char *path = g_build_filename(push->dir, item->data, NULL);
		g_ptr_array_add(push->files, ps_net_file_new(path, item->data));
	}
	for (GList *item = there; item; item = item->next)
		if (!g_hash_table_contains(push->here, item->data))
			g_ptr_array_add(push->files, ps_net_file_new(NULL, item->data));
}

/* ---- carrying ---- */

static void
on_placed(gpointer user, const char *remote)
{
	Push *push = user;
	const State *state = g_hash_table_lookup(push->here, remote);

	if (state) {
		g_hash_table_replace(push->there, g_strdup(remote),
				     state_new(state->sha256, state->size, state->time));
		g_ptr_array_add(push->pushed->placed, g_strdup(remote));
	} else if (g_hash_table_remove(push->there, remote)) {
		g_ptr_array_add(push->pushed->removed, g_strdup(remote));
	}
}

static gboolean
carry(Push *push, GError **error)
{
	g_autofree char *known_hosts = ps_store_config(push->store, "provider.push_known_hosts"),
			*key = ps_store_config(push->store, "provider.push_key"),
			*usual = g_build_filename(g_get_home_dir(), ".ssh", "known_hosts", NULL);
	PsNetTarget target = {push->target, known_hosts ? known_hosts : usual, key};
	g_autoptr(PsNet) net = ps_net_new(push->store);
	g_autoptr(GError) problem = NULL;

	if (push->files->len == 0)
		return TRUE;
	gboolean done =
		ps_net_push(net, &target, push->files, on_placed, push, push->progress, error);
	/* what is in place is remembered, whatever came after */
	if (!write_record(push, done ? error : &problem))
		return FALSE;
	return done;
}

static void
only_tell(Push *push)
{
	for (guint i = 0; i < push->files->len; i++) {
		const PsNetFile *file = push->files->pdata[i];
		g_ptr_array_add(file->local ? push->pushed->placed : push->pushed->removed,
				g_strdup(file->remote));
	}
}

static gboolean
push_all(Push *push, GError **error)
{
	if (!read_record(push->record, push->there, error) || !walk(push, "", 0, error))
		return FALSE;
	compare_sides(push);
	if (push->options->dry_run) {
		only_tell(push);
		return TRUE;
	}
	return carry(push, error);
}

static gboolean
find_target(Push *push, GError **error)
{
	push->target = ps_store_config(push->store, "provider.push_target");
	if (push->target)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("It is not set where the provider directory goes. Set it with "
			      "“psirtdesk config provider.push_target "
			      "sftp://USER@HOST/DIRECTORY”."));
	return FALSE;
}

gboolean
ps_provider_push(PsStore *store, const PsPushOptions *options, PsProgress *progress,
		 PsPushed *pushed, GError **error)
{
	Push push = {.store = store, .options = options, .progress = progress, .pushed = pushed};
	gboolean done = FALSE;

	*pushed = (PsPushed){g_ptr_array_new_with_free_func(g_free),
			     g_ptr_array_new_with_free_func(g_free), 0};
	push.dir = ps_provider_dir(store);
	/* nobody publishes meanwhile */
	int lock = find_target(&push, error) ? ps_provider_lock(store, push.dir, error) : -1;
	if (lock >= 0) {
		push.record = record_path(store, push.target);
		push.there = states_new();
		push.here = states_new();
		push.files = g_ptr_array_new_with_free_func((GDestroyNotify)ps_net_file_free);
		done = push_all(&push, error);
		ps_provider_unlock(lock);
		g_hash_table_unref(push.there);
		g_hash_table_unref(push.here);
		g_ptr_array_unref(push.files);
	}
	g_free(push.dir);
	g_free(push.target);
	g_free(push.record);
	return done;
}
