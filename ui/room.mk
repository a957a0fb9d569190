# Files of this room: the workstation. Only ui/screen.c includes curses.
libpsui_a_SOURCES += \
	ui/action.c ui/action.h ui/action-table.c \
	ui/app.c ui/app.h ui/app-private.h \
	ui/app-draw.c ui/app-due.c ui/app-edit.c ui/app-loop.c ui/app-work.c \
	ui/ask.c ui/ask.h \
	ui/canvas.c ui/canvas.h \
	ui/chooser.c \
	ui/clipboard.c ui/clipboard.h \
	ui/form.c ui/form.h \
	ui/help.c ui/help.h \
	ui/key.c ui/key.h \
	ui/keymap.c ui/keymap.h \
	ui/layout.c ui/layout.h \
	ui/line-editor.c ui/line-editor.h \
	ui/list.c ui/list.h \
	ui/overlay.h \
	ui/pager.c ui/pager.h \
	ui/pane.c ui/pane.h \
	ui/screen.c ui/screen.h \
	ui/script.c ui/script.h \
	ui/tabs.c ui/tabs.h \
	ui/theme.c ui/theme.h \
	ui/tree.c ui/tree.h \
	ui/ui.c ui/ui.h \
	ui/widget.c ui/widget.h
# Panes: one file each.
libpsui_a_SOURCES += \
	ui/panes/advisories-pane.c \
	ui/panes/advisory-draft.c \
	ui/panes/records-pane.c ui/panes/records-pane.h \
	ui/panes/upstream-kit.c ui/panes/upstream-kit.h \
	ui/panes/upstream-pane.c \
	ui/panes/upstream-products-pane.c \
	ui/panes/upstreams-pane.c \
	ui/panes/advisory-pane.c ui/panes/advisory-pane.h \
	ui/panes/advisory-ask.c ui/panes/advisory-ask.h \
	ui/panes/advisory-changes-pane.c ui/panes/advisory-comments.c \
	ui/panes/advisory-note.c ui/panes/advisory-diff-pane.c ui/panes/advisory-versions-pane.c \
	ui/panes/advisory-version-pane.c \
	ui/panes/advisory-review.c ui/panes/advisory-review.h \
	ui/panes/change-list.c ui/panes/change-list.h \
	ui/panes/advisory-edit.c ui/panes/advisory-export.c ui/panes/advisory-hints.c ui/panes/advisory-items.c ui/panes/advisory-publish.c \
	ui/panes/advisory-editor.c ui/panes/advisory-editor.h \
	ui/panes/advisory-editor-check.c ui/panes/advisory-editor-check.h \
	ui/panes/advisory-editor-fields.c ui/panes/advisory-editor-fields.h \
	ui/panes/advisory-editor-findings.c ui/panes/advisory-editor-findings.h \
	ui/panes/advisory-editor-layout.c ui/panes/advisory-editor-layout.h \
	ui/panes/advisory-editor-model.c ui/panes/advisory-editor-model.h \
	ui/panes/advisory-editor-references.c \
	ui/panes/advisory-editor-tree.c ui/panes/advisory-editor-tree.h \
	ui/panes/affected-actions.c ui/panes/affected-pane.c ui/panes/affected-pane.h \
	ui/panes/affected-rows.c \
	ui/panes/case-actions.c ui/panes/case-pane.c ui/panes/case-proposals.c ui/panes/case-pane.h \
	ui/panes/case-common.c ui/panes/case-common.h \
	ui/panes/case-nodes.c ui/panes/case-nodes.h \
	ui/panes/cases-pane.c \
	ui/panes/case-moves.c ui/panes/case-moves.h ui/panes/case-states.c \
	ui/panes/choices.c ui/panes/choices.h \
	ui/panes/cve-ids-pane.c \
	ui/panes/cwe-picker.c ui/panes/cwe-picker.h \
	ui/panes/history-pane.c \
	ui/panes/list-pane.c \
	ui/panes/messages-pane.c \
	ui/panes/pane-table.c ui/panes/pane-table.h \
	ui/panes/products-pane.c \
	ui/panes/record-pane.c \
	ui/panes/record-text.c ui/panes/record-text.h \
	ui/panes/scoring-actions.c ui/panes/scoring-pane.c ui/panes/scoring-pane.h \
	ui/panes/scoring-form.c ui/panes/scoring-form.h ui/panes/scoring-form-draw.c \
	ui/panes/scoring-form-private.h ui/panes/scoring-result.c ui/panes/scoring-saved.c \
	ui/panes/scoring-target.c ui/panes/compare-pane.c \
	ui/panes/ssvc-pane.c ui/panes/ssvc-pane.h ui/panes/ssvc-draw.c ui/panes/ssvc-actions.c \
	ui/panes/timeline-pane.c ui/panes/timeline-draw.c ui/panes/timeline-view.c \
	ui/panes/timeline-view.h ui/panes/timeline-view-private.h

# Panes of the mail side.
libpsui_a_SOURCES += \
	ui/panes/desk-pane.c \
	ui/panes/inbox-list.c ui/panes/inbox-list.h \
	ui/panes/inbox-pane.c ui/panes/inbox-pane.h \
	ui/panes/inbox-rows.c ui/panes/inbox-rows.h \
	ui/panes/mail-case.c ui/panes/mail-case.h \
	ui/panes/mail-key.c ui/panes/mail-key.h \
	ui/panes/mail-kit.c ui/panes/mail-kit.h \
	ui/panes/mail-reply.c ui/panes/mail-reply.h \
	ui/panes/message-body.c ui/panes/message-body.h \
	ui/panes/message-pane.c \
	ui/panes/message-parts.c ui/panes/message-parts.h \
	ui/panes/message-view.c ui/panes/message-view.h \
	ui/panes/outbox-pane.c \
	ui/panes/part-pane.c ui/panes/part-pane.h \
	ui/panes/release-pane.c \
	ui/panes/reply-pane.c \
	ui/panes/reply-view.c ui/panes/reply-view.h

UNIT_TESTS += tests/unit/test_scoring_form tests/unit/test_timeline_view
tests_unit_test_scoring_form_LDADD = libpsui.a $(LDADD)
tests_unit_test_timeline_view_LDADD = libpsui.a $(LDADD)

UI_TEST_LDADD = libpsui.a $(LDADD) $(CURSES_LIBS)
UNIT_TESTS += tests/unit/test_app tests/unit/test_layout tests/unit/test_line_editor tests/unit/test_ui_tables tests/unit/test_widgets
tests_unit_test_app_LDADD = $(UI_TEST_LDADD)
tests_unit_test_layout_LDADD = $(UI_TEST_LDADD)
tests_unit_test_line_editor_LDADD = $(UI_TEST_LDADD)
tests_unit_test_ui_tables_LDADD = $(UI_TEST_LDADD)
tests_unit_test_widgets_LDADD = $(UI_TEST_LDADD)

UNIT_TESTS += tests/unit/test_inbox_rows
tests_unit_test_inbox_rows_LDADD = libpsui.a $(TEST_SUPPORT_LDADD)

UNIT_TESTS += tests/unit/test_advisory_editor
tests_unit_test_advisory_editor_SOURCES = tests/unit/test_advisory_editor.c $(ADVISORY_FIXTURE)
tests_unit_test_advisory_editor_LDADD = $(UI_TEST_LDADD)

BENCHES += tests/bench/bench_editor
tests_bench_bench_editor_SOURCES = tests/bench/bench_editor.c $(ADVISORY_FIXTURE)
tests_bench_bench_editor_LDADD = $(UI_TEST_LDADD)
