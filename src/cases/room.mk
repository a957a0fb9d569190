# Files of this room: the moves of a case, clocks, timeline, desk.
libpsengine_a_SOURCES += \
	src/cases/case.c src/cases/case-mail.c src/cases/case.h \
	src/cases/case-list.c src/cases/case-list.h \
	src/cases/clock.c src/cases/clock.h \
	src/cases/cve.c src/cases/cve-assign.c src/cases/cve.h \
	src/cases/decide.c \
	src/cases/desk.c src/cases/desk-calendar.c src/cases/desk.h \
	src/cases/edit.c src/cases/edit.h \
	src/cases/facts.c src/cases/facts.h \
	src/cases/rules.h \
	src/cases/score.c \
	src/cases/ssvc.c src/cases/ssvc-suggest.c src/cases/ssvc.h \
	src/cases/state.c src/cases/state.h \
	src/cases/steps.c src/cases/steps.h \
	src/cases/title.c \
	src/cases/timeline.c src/cases/timeline-scale.c src/cases/timeline.h

CASE_FIXTURE = tests/unit/case-fixture.c tests/unit/case-fixture.h \
	tests/unit/store-fixture.c tests/unit/store-fixture.h
UNIT_TESTS += tests/unit/test_case tests/unit/test_case_state tests/unit/test_clock
tests_unit_test_case_SOURCES = tests/unit/test_case.c $(CASE_FIXTURE)
UNIT_TESTS += tests/unit/test_desk
tests_unit_test_desk_SOURCES = tests/unit/test_desk.c $(CASE_FIXTURE)
UNIT_TESTS += tests/unit/test_case_steps
tests_unit_test_case_steps_SOURCES = tests/unit/test_case_steps.c $(CASE_FIXTURE)
UNIT_TESTS += tests/unit/test_case_ssvc
tests_unit_test_case_ssvc_SOURCES = tests/unit/test_case_ssvc.c $(CASE_FIXTURE)
UNIT_TESTS += tests/unit/test_case_list
tests_unit_test_case_list_SOURCES = tests/unit/test_case_list.c $(CASE_FIXTURE)
UNIT_TESTS += tests/unit/test_cve
tests_unit_test_cve_SOURCES = tests/unit/test_cve.c \
	tests/unit/store-fixture.c tests/unit/store-fixture.h

BENCHES += tests/bench/bench_desk
tests_bench_bench_desk_SOURCES = tests/bench/bench_desk.c tests/bench/big-workspace.c tests/bench/big-workspace.h \
	tests/unit/store-fixture.c tests/unit/store-fixture.h
