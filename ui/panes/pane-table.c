#include "config.h"

/* Every pane, and which of them are tabs. */

#include "ui/panes/pane-table.h"

#include "base/i18n.h"

const PsPaneClass *const ps_pane_classes[] = {
	&ps_list_pane,       &ps_record_pane,   &ps_history_pane, &ps_products_pane,
	&ps_advisories_pane, &ps_affected_pane, &ps_scoring_pane, &ps_timeline_pane,
};
const gsize ps_pane_classes_length = G_N_ELEMENTS(ps_pane_classes);

const PsTabSpec ps_tabs[] = {
	{"list", "case", N_("Cases")},
	{"products", NULL, NULL},
	{"advisories", NULL, NULL},
	{"history", NULL, NULL},
};
const gsize ps_tabs_length = G_N_ELEMENTS(ps_tabs);
