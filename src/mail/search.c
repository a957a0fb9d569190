#include "config.h"

/* Free search: notmuch finds, the list shows. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "mail/internal.h"

#define DEFAULT_LIMIT 500

static gboolean
collect_ids(gpointer user, const cJSON *meta)
{
	GPtrArray *ids = user;
	const cJSON *item;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(meta, "ids")) {
		if (cJSON_IsString(item))
			g_ptr_array_add(ids, g_strdup(item->valuestring));
	}
	return TRUE;
}

static void
forget_ids(gpointer user)
{
	g_ptr_array_set_size(user, 0);
}

GPtrArray *
ps_inbox_search(PsStore *store, PsOpenpgp *openpgp, const char *query, int limit,
		PsProgress *progress, GError **error)
{
	g_autoptr(cJSON) arguments = ps_mail_index_arguments(store);
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) rows =
		g_ptr_array_new_with_free_func((GDestroyNotify)ps_mail_row_free);
	PsRequest request = {.method = "index-search",
			     .arguments = arguments,
			     .on_meta = collect_ids,
			     .on_repeat = forget_ids,
			     .user = ids,
			     .progress = progress};

	cJSON_AddStringToObject(arguments, "query", query);
	cJSON_AddNumberToObject(arguments, "limit", limit > 0 ? limit : DEFAULT_LIMIT);
	if (!ps_worker_call(ps_openpgp_worker(openpgp), &request, NULL, error))
		return NULL;
	for (guint i = 0; i < ids->len; i++) {
		g_autofree char *id = ps_mail_row_id(ids->pdata[i]);
		g_autoptr(GError) failure = NULL;
		PsMailRow *row = ps_mail_row(store, id, &failure);
		if (failure) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return NULL;
		}
		/* mail that came since the last sync is not in the list yet */
		if (row)
			g_ptr_array_add(rows, row);
	}
	return g_steal_pointer(&rows);
}
