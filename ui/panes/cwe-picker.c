#include "config.h"

#include "ui/panes/cwe-picker.h"

#include "base/i18n.h"
#include "scoring/cwe-list.h"
#include "ui/ask.h"

static GArray *
search(gpointer user, const char *typed)
{
	return ps_cwe_list_search(user, typed);
}

/* Before the name, so that it is seen when the name is cut. */
static const char *
mark_of(const PsCweItem *item)
{
	if (item->deprecated)
		return _("[deprecated]");
	switch (item->usage) {
	case PS_CWE_PROHIBITED:
		return _("[prohibited]");
	case PS_CWE_DISCOURAGED:
		return _("[discouraged]");
	case PS_CWE_ALLOWED_WITH_REVIEW:
		return _("[with review]");
	default:
		return NULL;
	}
}

static GPtrArray *
details_of(const PsCweList *list)
{
	GPtrArray *details = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < ps_cwe_list_count(list); i++) {
		const PsCweItem *item = ps_cwe_list_item(list, i);
		const char *mark = mark_of(item);
		g_ptr_array_add(details, mark ? g_strdup_printf("%s %s", mark, item->name)
					      : g_strdup(item->name));
	}
	return details;
}

char *
ps_ask_cwe(PsApp *app, const char *initial, gboolean optional)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsCweList) list = ps_cwe_list_open(&error);

	if (!list) {
		ps_app_error(app, error);
		return NULL;
	}
	guint count = ps_cwe_list_count(list);
	g_autoptr(GPtrArray) details = details_of(list);
	g_autofree PsOption *options = g_new0(PsOption, count);
	for (guint i = 0; i < count; i++) {
		const PsCweItem *item = ps_cwe_list_item(list, i);
		options[i] = (PsOption){item->id, NULL, details->pdata[i],
					item->deprecated ? ps_cwe_item_warning(item) : NULL};
	}
	const PsCweItem *at = initial ? ps_cwe_list_find(list, initial) : NULL;
	PsAskChoice ask = {.title = _("Weakness (CWE): type words or an id"),
			   .options = options,
			   .n_options = count,
			   .initial = at ? at->id : NULL,
			   .optional = optional,
			   .search = search,
			   .user = list};
	char *id = ps_ask_choice(app, &ask);
	const PsCweItem *taken = id && *id ? ps_cwe_list_find(list, id) : NULL;
	if (taken && ps_cwe_item_warning(taken))
		ps_app_say(app, PS_SAY_WARN, "%s: %s", taken->id, ps_cwe_item_warning(taken));
	return id;
}
