# Files of this room: the database.
libpsengine_a_SOURCES += \
	src/store/backup.c \
	src/store/backup.h \
	src/store/change.c \
	src/store/checkpoint.c \
	src/store/connection.c \
	src/store/document.c \
	src/store/erase.c \
	src/store/functions.c \
	src/store/import.c \
	src/store/import.h \
	src/store/internal.h \
	src/store/kind-choices.h \
	src/store/kind-fields-advisory.h \
	src/store/kind-fields-case.h \
	src/store/kind-fields-registry.h \
	src/store/kind-internal.c \
	src/store/kind-table.c \
	src/store/kind-table.h \
	src/store/kind.c \
	src/store/kind.h \
	src/store/log-read.c \
	src/store/log.c \
	src/store/migrate.c \
	src/store/number.c \
	src/store/query.c \
	src/store/recipients.c \
	src/store/record.c \
	src/store/restore.c \
	src/store/schema.c \
	src/store/schema.h \
	src/store/seal.c \
	src/store/search.c \
	src/store/settings.c \
	src/store/staging.c \
	src/store/store.c \
	src/store/store.h \
	src/store/text-index.c \
	src/store/text-index.h \
	src/store/txn.c \
	src/store/undo.c \
	src/store/util.c \
	src/store/vault.c \
	src/store/verify-chain.c \
	src/store/verify-content.c \
	src/store/verify-replay.c \
	src/store/verify.c \
	src/store/verify.h \
	src/store/writer.c

UNIT_TESTS += tests/unit/test_store_record tests/unit/test_store_log \
	tests/unit/test_store_content tests/unit/test_store_life tests/unit/test_store_kind \
	tests/unit/test_store_stranger tests/unit/test_store_kill \
	tests/unit/test_store_faults
STORE_FIXTURE = tests/unit/store-fixture.c tests/unit/store-fixture.h
tests_unit_test_store_record_SOURCES = tests/unit/test_store_record.c $(STORE_FIXTURE)
tests_unit_test_store_log_SOURCES = tests/unit/test_store_log.c $(STORE_FIXTURE)
tests_unit_test_store_content_SOURCES = tests/unit/test_store_content.c $(STORE_FIXTURE)
tests_unit_test_store_life_SOURCES = tests/unit/test_store_life.c $(STORE_FIXTURE)
tests_unit_test_store_kind_SOURCES = tests/unit/test_store_kind.c $(STORE_FIXTURE)
tests_unit_test_store_stranger_SOURCES = tests/unit/test_store_stranger.c $(STORE_FIXTURE)
tests_unit_test_store_kill_SOURCES = tests/unit/test_store_kill.c $(STORE_FIXTURE)
tests_unit_test_store_faults_SOURCES = tests/unit/test_store_faults.c $(STORE_FIXTURE) \
	tests/unit/shim-vfs.c tests/unit/shim-vfs.h
