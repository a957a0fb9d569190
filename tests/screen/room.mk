# Screen tests: the real program in a pty, read through libvterm.
SCREEN_SUPPORT = tests/screen/pty.c tests/screen/pty.h tests/screen/workspace.c tests/screen/workspace.h
DEMO_SUPPORT = tests/screen/demo.c tests/screen/demo.h tests/screen/pty.c tests/screen/pty.h

SCREEN_TESTS += tests/screen/test_frame
tests_screen_test_frame_SOURCES = tests/screen/test_frame.c $(SCREEN_SUPPORT)
tests_screen_test_frame_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_frame_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_unlock
tests_screen_test_unlock_SOURCES = tests/screen/test_unlock.c $(SCREEN_SUPPORT)
tests_screen_test_unlock_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_unlock_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_screen_inbox
tests_screen_test_screen_inbox_SOURCES = tests/screen/test_screen_inbox.c tests/screen/pty.c tests/screen/pty.h
tests_screen_test_screen_inbox_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_screen_inbox_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil
SCREEN_TESTS += tests/screen/test_scoring
tests_screen_test_scoring_SOURCES = tests/screen/test_scoring.c $(SCREEN_SUPPORT)
tests_screen_test_scoring_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_scoring_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_assess
tests_screen_test_assess_SOURCES = tests/screen/test_assess.c $(SCREEN_SUPPORT)
tests_screen_test_assess_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_assess_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_case
tests_screen_test_case_SOURCES = tests/screen/test_case.c $(SCREEN_SUPPORT)
tests_screen_test_case_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_case_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_whole_line
tests_screen_test_whole_line_SOURCES = tests/screen/test_whole_line.c $(DEMO_SUPPORT)
tests_screen_test_whole_line_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_whole_line_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_second_day
tests_screen_test_second_day_SOURCES = tests/screen/test_second_day.c $(DEMO_SUPPORT)
tests_screen_test_second_day_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_second_day_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_screen_desk
tests_screen_test_screen_desk_SOURCES = tests/screen/test_screen_desk.c tests/screen/pty.c tests/screen/pty.h
tests_screen_test_screen_desk_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_screen_desk_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_advisory_editor
tests_screen_test_advisory_editor_SOURCES = tests/screen/test_advisory_editor.c $(DEMO_SUPPORT)
tests_screen_test_advisory_editor_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_advisory_editor_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_release
tests_screen_test_release_SOURCES = tests/screen/test_release.c $(SCREEN_SUPPORT)
tests_screen_test_release_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_release_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil

SCREEN_TESTS += tests/screen/test_upstream
tests_screen_test_upstream_SOURCES = tests/screen/test_upstream.c $(SCREEN_SUPPORT)
tests_screen_test_upstream_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_upstream_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil
EXTRA_DIST += tests/fixtures/upstream
SCREEN_TESTS += tests/screen/test_cve_ids
tests_screen_test_cve_ids_SOURCES = tests/screen/test_cve_ids.c $(SCREEN_SUPPORT)
tests_screen_test_cve_ids_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_cve_ids_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil
SCREEN_TESTS += tests/screen/test_advisory_review
tests_screen_test_advisory_review_SOURCES = tests/screen/test_advisory_review.c $(DEMO_SUPPORT)
tests_screen_test_advisory_review_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_screen_test_advisory_review_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil
