# Files of this room: the database.
libpsengine_a_SOURCES += \
	src/store/connection.c \
	src/store/functions.c \
	src/store/internal.h \
	src/store/kind-internal.c \
	src/store/kind-table.c src/store/kind-table.h \
	src/store/kind.c src/store/kind.h \
	src/store/log.c \
	src/store/number.c \
	src/store/query.c \
	src/store/record.c \
	src/store/schema.c \
	src/store/seal.c \
	src/store/search.c \
	src/store/settings.c \
	src/store/store.c src/store/store.h \
	src/store/txn.c \
	src/store/util.c \
	src/store/vault.c

UNIT_TESTS += tests/unit/test_store_record
tests_unit_test_store_record_SOURCES = tests/unit/test_store_record.c \
	tests/unit/store-fixture.c tests/unit/store-fixture.h
