# Files of this room.
check_LIBRARIES =
include tests/support/room.mk
include tests/screen/room.mk

# Fuzz targets: tests/fuzz/fuzz_NAME.c. replay_NAME runs the seeds as an ordinary test; with
# --enable-fuzzing (CC=clang) fuzz_NAME is the libFuzzer program.
REPLAY_TESTS = tests/fuzz/replay_safe_text tests/fuzz/replay_json
tests_fuzz_replay_safe_text_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_safe_text.c
tests_fuzz_replay_safe_text_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"safe_text"'
REPLAY_TESTS += tests/fuzz/replay_upstream
tests_fuzz_replay_upstream_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_upstream.c
tests_fuzz_replay_upstream_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"upstream"'
REPLAY_TESTS += tests/fuzz/replay_csaf tests/fuzz/replay_cvss tests/fuzz/replay_ssvc
tests_fuzz_replay_csaf_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_csaf.c
tests_fuzz_replay_csaf_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"csaf"'
tests_fuzz_replay_cvss_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_cvss.c
tests_fuzz_replay_cvss_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"cvss"'
tests_fuzz_replay_ssvc_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_ssvc.c
tests_fuzz_replay_ssvc_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"ssvc"'
tests_fuzz_replay_json_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_json.c
tests_fuzz_replay_json_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"json"'
REPLAY_TESTS += tests/fuzz/replay_convert
tests_fuzz_replay_convert_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_convert.c
tests_fuzz_replay_convert_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"convert"'
REPLAY_TESTS += tests/fuzz/replay_vers tests/fuzz/replay_licence
tests_fuzz_replay_vers_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_vers.c
tests_fuzz_replay_vers_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"vers"'
tests_fuzz_replay_licence_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_licence.c
tests_fuzz_replay_licence_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"licence"'
EXTRA_DIST += tests/fuzz/seeds
include tests/fuzz/mail.mk

if FUZZING
noinst_PROGRAMS += tests/fuzz/fuzz_upstream
tests_fuzz_fuzz_upstream_SOURCES = tests/fuzz/fuzz_upstream.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_upstream_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
noinst_PROGRAMS += tests/fuzz/fuzz_safe_text
tests_fuzz_fuzz_safe_text_SOURCES = tests/fuzz/fuzz_safe_text.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_safe_text_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
noinst_PROGRAMS += tests/fuzz/fuzz_csaf tests/fuzz/fuzz_cvss
tests_fuzz_fuzz_csaf_SOURCES = tests/fuzz/fuzz_csaf.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_csaf_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_cvss_SOURCES = tests/fuzz/fuzz_cvss.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_cvss_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
noinst_PROGRAMS += tests/fuzz/fuzz_ssvc
tests_fuzz_fuzz_ssvc_SOURCES = tests/fuzz/fuzz_ssvc.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_ssvc_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
noinst_PROGRAMS += tests/fuzz/fuzz_convert
tests_fuzz_fuzz_convert_SOURCES = tests/fuzz/fuzz_convert.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_convert_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
noinst_PROGRAMS += tests/fuzz/fuzz_vers tests/fuzz/fuzz_licence
tests_fuzz_fuzz_vers_SOURCES = tests/fuzz/fuzz_vers.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_vers_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_licence_SOURCES = tests/fuzz/fuzz_licence.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_licence_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
noinst_PROGRAMS += tests/fuzz/fuzz_json
tests_fuzz_fuzz_json_SOURCES = tests/fuzz/fuzz_json.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_json_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
endif

# Benchmarks ("make bench"): their own big workspace and mail directory.
if HAVE_VTERM
BENCHES += tests/bench/bench_workstation
tests_bench_bench_workstation_SOURCES = tests/bench/bench_workstation.c \
	tests/bench/big-mail.c tests/bench/big-mail.h \
	tests/bench/big-workspace.c tests/bench/big-workspace.h \
	tests/screen/pty.c tests/screen/pty.h
tests_bench_bench_workstation_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_bench_bench_workstation_LDADD = $(TEST_SUPPORT_LDADD) $(VTERM_LIBS) -lutil
endif
