#include "config.h"

#include "scoring/ssvc-registry.h"

#include <string.h>

#include "base/table-file.h"

struct PsSsvcRegistry {
	PsTableFile *file;
};

PsSsvcRegistry *
ps_ssvc_registry_open(GError **error)
{
	PsTableFile *file = ps_table_file_open("ssvc/points.tsv", error);

	if (!file)
		return NULL;
	PsSsvcRegistry *registry = g_new0(PsSsvcRegistry, 1);
	registry->file = file;
	return registry;
}

void
ps_ssvc_registry_free(PsSsvcRegistry *registry)
{
	if (!registry)
		return;
	ps_table_file_free(registry->file);
	g_free(registry);
}

char **
ps_ssvc_registry_point(const PsSsvcRegistry *registry, const char *space, const char *key,
		       const char *version)
{
	g_autofree char *id = g_strjoin(":", space, key, version, NULL);

	return ps_table_file_find(registry->file, id);
}

/* What follows the prefix in the keys that begin with it. */
typedef struct {
	gsize prefix_length;
	GPtrArray *found;
} Gathering;

static gboolean
gather(gpointer user, const char *key, char *const *cells)
{
	Gathering *gathering = user;

	(void)cells;
	g_ptr_array_add(gathering->found, g_strdup(key + gathering->prefix_length));
	return TRUE;
}

static GPtrArray *
keys_with_prefix(const PsSsvcRegistry *registry, const char *prefix)
{
	Gathering gathering = {strlen(prefix), g_ptr_array_new_with_free_func(g_free)};

	ps_table_file_prefix(registry->file, prefix, gather, &gathering);
	return gathering.found;
}

static gboolean
see_one(gpointer user, const char *key, char *const *cells)
{
	gboolean *seen = user;

	(void)key;
	(void)cells;
	*seen = TRUE;
	return FALSE;
}

gboolean
ps_ssvc_registry_has_namespace(const PsSsvcRegistry *registry, const char *space)
{
	g_autofree char *prefix = g_strconcat(space, ":", NULL);
	gboolean seen = FALSE;

	ps_table_file_prefix(registry->file, prefix, see_one, &seen);
	return seen;
}

/* Semantic versions of the registry are three numbers. */
static int
compare_versions(gconstpointer a, gconstpointer b)
{
	const char *left = *(char *const *)a, *right = *(char *const *)b;

	for (int part = 0; part < 3; part++) {
		char *left_end, *right_end;
		guint64 l = g_ascii_strtoull(left, &left_end, 10);
		guint64 r = g_ascii_strtoull(right, &right_end, 10);
		if (l != r)
			return l < r ? -1 : 1;
		left = left_end + (*left_end == '.');
		right = right_end + (*right_end == '.');
	}
	return 0;
}

char **
ps_ssvc_registry_versions(const PsSsvcRegistry *registry, const char *space, const char *key)
{
	g_autofree char *prefix = g_strconcat(space, ":", key, ":", NULL);
	GPtrArray *versions = keys_with_prefix(registry, prefix);

	g_ptr_array_sort(versions, compare_versions);
	g_ptr_array_add(versions, NULL);
	return (char **)g_ptr_array_free(versions, FALSE);
}
