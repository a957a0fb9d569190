#include "config.h"

/* The strict JSON reader: whatever it takes must print to a text that it takes again and prints the
 * same, and that cJSON takes too. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/json-tree.h"

static gboolean
see(gpointer user, const cJSON *record, gint64 line, GError **error)
{
	(void)user;
	(void)error;
	if (!record || line < 1)
		abort();
	return TRUE;
}

/* The reader of records, in small blocks and with a small limit. */
static void
read_records(const guint8 *data, gsize size, const char *pointer)
{
	g_autoptr(GError) error = NULL;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (gssize)size || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	if (!ps_json_records(fd, pointer, 1000, see, NULL, &error) && !error)
		abort();
	close(fd);
}

/* The tree that is only read agrees with the one of cJSON's items. */
static void
read_tree(const guint8 *data, gsize size, const cJSON *value, const GError *wrong)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsJsonTree) tree = ps_json_tree_new(g_memdup2(data, size), size, NULL, &error);

	if (!tree != !value || (error && !g_str_equal(error->message, wrong->message)))
		abort();
	if (!tree)
		return;
	g_autofree char *one = ps_json_print(value);
	g_autofree char *other = ps_json_print(ps_json_tree_root(tree));
	if (!g_str_equal(one, other))
		abort();
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(cJSON) value = ps_json_parse((const char *)data, size, NULL, &error);

	read_tree(data, size, value, error);
	read_records(data, size, "*");
	read_records(data, size, "/a/b");
	if (!value) {
		if (!error || !g_utf8_validate(error->message, -1, NULL))
			abort();
		return 0;
	}
	g_autofree char *first = ps_json_print(value), *pretty = ps_json_print_pretty(value);
	g_autoptr(cJSON) again = ps_json_parse(pretty, strlen(pretty), NULL, NULL);
	g_autoptr(cJSON) theirs = cJSON_Parse(first);
	if (!again || !theirs)
		abort();
	g_autofree char *second = ps_json_print(again);
	if (!g_str_equal(first, second))
		abort();
	return 0;
}
