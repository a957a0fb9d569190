# Files of this room: what everybody needs and GLib lacks.
libpsbase_a_SOURCES += \
	src/base/error.c src/base/error.h \
	src/base/file.c src/base/file.h \
	src/base/i18n.h \
	src/base/frame.c src/base/frame.h \
	src/base/job.c src/base/job.h \
	src/base/json.c src/base/json.h \
	src/base/json-arena.c src/base/json-arena.h \
	src/base/json-keys.c src/base/json-keys.h \
	src/base/json-lexer.c src/base/json-lexer.h \
	src/base/json-parser.c src/base/json-parser.h \
	src/base/json-print.c src/base/json-print.h \
	src/base/json-texts.c src/base/json-texts.h \
	src/base/json-tree.c src/base/json-tree.h \
	src/base/ordered.c src/base/ordered.h \
	src/base/safe-text.c src/base/safe-text.h \
	src/base/spawn.c src/base/spawn.h \
	src/base/worker.c src/base/worker.h \
	src/base/text-hash.c src/base/text-hash.h \
	src/base/table-file.c src/base/table-file.h \
	src/base/utc.c src/base/utc.h \
	src/base/words.h

UNIT_TESTS += tests/unit/test_utc tests/unit/test_json tests/unit/test_safe_text
UNIT_TESTS += tests/unit/test_ordered
