# Fuzz targets of mail: the worker's parsers and what the engine believes of its answers.
MAIL_FUZZ_CFLAGS = $(AM_CFLAGS) $(MAILWORKER_CFLAGS)
REPLAY_TESTS += tests/fuzz/replay_frame tests/fuzz/replay_html tests/fuzz/replay_inline \
	tests/fuzz/replay_headers tests/fuzz/replay_answer
tests_fuzz_replay_frame_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_frame.c
tests_fuzz_replay_frame_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"frame"'
tests_fuzz_replay_html_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_html.c
tests_fuzz_replay_html_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"html"'
tests_fuzz_replay_html_CFLAGS = $(MAIL_FUZZ_CFLAGS)
tests_fuzz_replay_html_LDADD = $(MAIL_LDADD)
tests_fuzz_replay_inline_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_inline.c
tests_fuzz_replay_inline_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"inline"'
tests_fuzz_replay_inline_CFLAGS = $(MAIL_FUZZ_CFLAGS)
tests_fuzz_replay_inline_LDADD = $(MAIL_LDADD)
tests_fuzz_replay_headers_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_headers.c
tests_fuzz_replay_headers_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"headers"'
tests_fuzz_replay_headers_CFLAGS = $(MAIL_FUZZ_CFLAGS)
tests_fuzz_replay_headers_LDADD = $(MAIL_LDADD)
tests_fuzz_replay_answer_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/fuzz_answer.c
tests_fuzz_replay_answer_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_NAME='"answer"'

if FUZZING
noinst_PROGRAMS += tests/fuzz/fuzz_frame tests/fuzz/fuzz_html tests/fuzz/fuzz_inline \
	tests/fuzz/fuzz_headers tests/fuzz/fuzz_answer
tests_fuzz_fuzz_frame_SOURCES = tests/fuzz/fuzz_frame.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_frame_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_html_SOURCES = tests/fuzz/fuzz_html.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_html_CFLAGS = $(MAIL_FUZZ_CFLAGS)
tests_fuzz_fuzz_html_LDADD = $(MAIL_LDADD)
tests_fuzz_fuzz_html_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_inline_SOURCES = tests/fuzz/fuzz_inline.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_inline_CFLAGS = $(MAIL_FUZZ_CFLAGS)
tests_fuzz_fuzz_inline_LDADD = $(MAIL_LDADD)
tests_fuzz_fuzz_inline_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_headers_SOURCES = tests/fuzz/fuzz_headers.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_headers_CFLAGS = $(MAIL_FUZZ_CFLAGS)
tests_fuzz_fuzz_headers_LDADD = $(MAIL_LDADD)
tests_fuzz_fuzz_headers_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_answer_SOURCES = tests/fuzz/fuzz_answer.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_answer_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
endif
