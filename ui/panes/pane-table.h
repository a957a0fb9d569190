#ifndef PS_UI_PANES_PANE_TABLE_H
#define PS_UI_PANES_PANE_TABLE_H

/* A new pane: its class here, in pane-table.c, and its file in ui/room.mk. */

#include "ui/pane.h"

extern const PsPaneClass ps_desk_pane;
extern const PsPaneClass ps_inbox_pane;
extern const PsPaneClass ps_message_pane;
extern const PsPaneClass ps_part_pane;
extern const PsPaneClass ps_source_pane;
extern const PsPaneClass ps_reply_pane;
extern const PsPaneClass ps_outbox_pane;
extern const PsPaneClass ps_list_pane;
extern const PsPaneClass ps_record_pane;
extern const PsPaneClass ps_history_pane;
extern const PsPaneClass ps_messages_pane;
extern const PsPaneClass ps_affected_pane;
extern const PsPaneClass ps_cases_pane;
extern const PsPaneClass ps_case_pane;
extern const PsPaneClass ps_scoring_pane;
extern const PsPaneClass ps_compare_pane;
extern const PsPaneClass ps_ssvc_pane;
extern const PsPaneClass ps_timeline_pane;
extern const PsPaneClass ps_products_pane;
extern const PsPaneClass ps_advisories_pane;
extern const PsPaneClass ps_advisory_pane;
extern const PsPaneClass ps_upstreams_pane;
extern const PsPaneClass ps_upstream_pane;
extern const PsPaneClass ps_upstream_products_pane;
extern const PsPaneClass ps_release_pane;
extern const PsPaneClass ps_cve_ids_pane;
extern const PsPaneClass ps_advisory_changes_pane;
extern const PsPaneClass ps_advisory_versions_pane;
extern const PsPaneClass ps_advisory_version_pane;
extern const PsPaneClass ps_advisory_diff_pane;

#endif
