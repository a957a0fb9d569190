#include "config.h"

/* Every pane, and which of them are tabs. */

#include "ui/panes/pane-table.h"

#include "base/i18n.h"

/* A line each: two people can add one at a time. */
/* clang-format off */
const PsPaneClass *const ps_pane_classes[] = {
	&ps_desk_pane,
	&ps_inbox_pane,
	&ps_message_pane,
	&ps_part_pane,
	&ps_source_pane,
	&ps_reply_pane,
	&ps_outbox_pane,
	&ps_cases_pane,
	&ps_case_pane,
	&ps_affected_pane,
	&ps_scoring_pane,
	&ps_compare_pane,
	&ps_ssvc_pane,
	&ps_timeline_pane,
	&ps_products_pane,
	&ps_advisories_pane,
	&ps_advisory_pane,
	&ps_upstreams_pane,
	&ps_upstream_pane,
	&ps_upstream_products_pane,
	&ps_release_pane,
	&ps_cve_ids_pane,
	&ps_advisory_changes_pane,
	&ps_advisory_versions_pane,
	&ps_advisory_version_pane,
	&ps_advisory_diff_pane,
	&ps_list_pane,
	&ps_record_pane,
	&ps_history_pane,
	&ps_messages_pane,
};
/* clang-format on */
const gsize ps_pane_classes_length = G_N_ELEMENTS(ps_pane_classes);

/* clang-format off */
const PsTabSpec ps_tabs[] = {
	{"desk", NULL, NULL},
	{"inbox", NULL, NULL},
	{"cases", NULL, NULL},
	{"products", NULL, NULL},
	{"advisories", NULL, NULL},
};
/* clang-format on */
const gsize ps_tabs_length = G_N_ELEMENTS(ps_tabs);
