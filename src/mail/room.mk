# Files of this room: the inbox.
libpsengine_a_SOURCES += \
	src/mail/adopt.c \
	src/mail/compose-internal.h src/mail/compose.h \
	src/mail/deliver.c \
	src/mail/draft-fields.c src/mail/draft.c \
	src/mail/import.c \
	src/mail/inbox.h \
	src/mail/internal.h \
	src/mail/list.c \
	src/mail/mailbox.c src/mail/mailbox.h \
	src/mail/message-parse.c src/mail/message-parse.h \
	src/mail/message-text.c \
	src/mail/message.c src/mail/message.h \
	src/mail/outbox.c \
	src/mail/place.c \
	src/mail/recipients.c \
	src/mail/search.c \
	src/mail/send.c \
	src/mail/sync.c \
	src/mail/template.c

UNIT_TESTS += tests/unit/test_message_corpus
tests_unit_test_message_corpus_SOURCES = tests/unit/test_message_corpus.c
tests_unit_test_message_corpus_LDADD = $(TEST_SUPPORT_LDADD)

UNIT_TESTS += tests/unit/test_inbox
tests_unit_test_inbox_SOURCES = tests/unit/test_inbox.c
tests_unit_test_inbox_LDADD = $(TEST_SUPPORT_LDADD)

UNIT_TESTS += tests/unit/test_message
tests_unit_test_message_SOURCES = tests/unit/test_message.c
tests_unit_test_message_LDADD = $(TEST_SUPPORT_LDADD)

UNIT_TESTS += tests/unit/test_compose
tests_unit_test_compose_SOURCES = tests/unit/test_compose.c
tests_unit_test_compose_LDADD = $(TEST_SUPPORT_LDADD)

UNIT_TESTS += tests/unit/test_inbox_stress
tests_unit_test_inbox_stress_SOURCES = tests/unit/test_inbox_stress.c
tests_unit_test_inbox_stress_LDADD = $(TEST_SUPPORT_LDADD)
