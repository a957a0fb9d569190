#include "config.h"

#include "scoring/cwe.h"

#include <string.h>

#include "base/table-file.h"

typedef struct {
	char *date, *version;
} Release;

struct PsCwe {
	GArray *releases; /* Release, oldest first */
	PsTableFile *history;
};

static void
release_clear(gpointer data)
{
	Release *release = data;

	g_free(release->date);
	g_free(release->version);
}

static gboolean
add_release(gpointer user, const char *key, char *const *cells)
{
	PsCwe *cwe = user;
	Release release = {g_strdup(key), g_strdup(cells[0] ? cells[0] : "")};

	g_array_append_val(cwe->releases, release);
	return TRUE;
}

PsCwe *
ps_cwe_open(GError **error)
{
	g_autoptr(PsTableFile) releases = ps_table_file_open("cwe-releases.tsv", error);
	PsTableFile *history = releases ? ps_table_file_open("cwe-history.tsv", error) : NULL;

	if (!history)
		return NULL;
	PsCwe *cwe = g_new0(PsCwe, 1);
	cwe->history = history;
	cwe->releases = g_array_new(FALSE, FALSE, sizeof(Release));
	g_array_set_clear_func(cwe->releases, release_clear);
	ps_table_file_each(releases, add_release, cwe);
	return cwe;
}

void
ps_cwe_free(PsCwe *cwe)
{
	if (!cwe)
		return;
	g_array_unref(cwe->releases);
	ps_table_file_free(cwe->history);
	g_free(cwe);
}

void
ps_cwe_entry_clear(PsCweEntry *entry)
{
	g_clear_pointer(&entry->name, g_free);
}

static const Release *
release_of(const PsCwe *cwe, guint index)
{
	return &g_array_index(cwe->releases, Release, index);
}

/* Place of a release in time; -1: not known. */
static int
index_of(const PsCwe *cwe, const char *version, gsize length)
{
	for (guint i = 0; i < cwe->releases->len; i++) {
		const char *known = release_of(cwe, i)->version;
		if (strncmp(known, version, length) == 0 && known[length] == '\0')
			return (int)i;
	}
	return -1;
}

/* "4.12-4.15", "3.0" or "4.12-", which has no end yet. */
static gboolean
span_holds(const PsCwe *cwe, const char *span, int release)
{
	gsize length = strcspn(span, "-");
	const char *last = span + length + 1;

	if (release < index_of(cwe, span, length))
		return FALSE;
	if (span[length] == '\0')
		return release == index_of(cwe, span, length);
	return *last == '\0' || release <= index_of(cwe, last, strlen(last));
}

static PsCweUsage
usage_of(char letter)
{
	static const char letters[] = "-ARDP";
	const char *found = letter ? strchr(letters, letter) : NULL;

	return found ? (PsCweUsage)(found - letters) : PS_CWE_NOT_STATED;
}

const char *
ps_cwe_usage_word(PsCweUsage usage)
{
	static const char *const words[] = {"", "Allowed", "Allowed-with-Review", "Discouraged",
					    "Prohibited"};

	return words[usage];
}

PsCweFound
ps_cwe_lookup(const PsCwe *cwe, const char *version, const char *id, PsCweEntry *entry)
{
	int release = index_of(cwe, version, strlen(version));
	g_auto(GStrv) cells = release < 0 ? NULL : ps_table_file_find(cwe->history, id);
	const char *name = "";

	if (release < 0)
		return PS_CWE_NO_RELEASE;
	/* cells come in threes; an empty name is that of the span before */
	for (char **cell = cells; cell && cell[0] && cell[1] && cell[2]; cell += 3) {
		name = *cell[2] ? cell[2] : name;
		if (!span_holds(cwe, cell[0], release))
			continue;
		if (entry)
			*entry = (PsCweEntry){g_strdup(name), cell[1][0] == 'D',
					      usage_of(cell[1][1])};
		return PS_CWE_FOUND;
	}
	return PS_CWE_NO_WEAKNESS;
}

const char *
ps_cwe_release_at(const PsCwe *cwe, gint64 seconds)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(seconds);
	g_autofree char *day = at ? g_date_time_format(at, "%Y-%m-%d") : NULL;
	const char *version = NULL;

	for (guint i = 0; day && i < cwe->releases->len; i++)
		if (strcmp(release_of(cwe, i)->date, day) <= 0)
			version = release_of(cwe, i)->version;
	return version;
}

const char *
ps_cwe_newest(const PsCwe *cwe)
{
	return cwe->releases->len ? release_of(cwe, cwe->releases->len - 1)->version : "";
}

const char *
ps_cwe_release_date(const PsCwe *cwe, const char *version)
{
	int index = index_of(cwe, version, strlen(version));

	return index < 0 ? NULL : release_of(cwe, (guint)index)->date;
}

gboolean
ps_cwe_is_newer(const PsCwe *cwe, const char *version)
{
	g_auto(GStrv) given = g_strsplit(version, ".", 4),
		      ours = g_strsplit(ps_cwe_newest(cwe), ".", 4);

	for (int i = 0; i < 3; i++) {
		guint64 a =
			i < (int)g_strv_length(given) ? g_ascii_strtoull(given[i], NULL, 10) : 0;
		guint64 b = i < (int)g_strv_length(ours) ? g_ascii_strtoull(ours[i], NULL, 10) : 0;
		if (a != b)
			return a > b;
	}
	return FALSE;
}
