# Files of this room: worker programs. Each has its own archive; they share src/base and the serving
# side of the protocol.
noinst_LIBRARIES += libpsworker.a libpsmail.a
libpsworker_a_SOURCES = \
	src/workers/serve.c src/workers/serve.h \
	src/workers/work.c src/workers/work.h

libpsmail_a_SOURCES = \
	src/workers/mail/compose.c src/workers/mail/compose.h \
	src/workers/mail/guard.c src/workers/mail/guard.h \
	src/workers/mail/headers.c src/workers/mail/headers.h \
	src/workers/mail/html.c src/workers/mail/html.h \
	src/workers/mail/index-row.c src/workers/mail/index-row.h \
	src/workers/mail/index.c src/workers/mail/index.h \
	src/workers/mail/inline.c src/workers/mail/inline.h \
	src/workers/mail/open.c src/workers/mail/open.h \
	src/workers/mail/text.c src/workers/mail/text.h \
	src/workers/mail/walk-crypto.c src/workers/mail/walk-leaf.c \
	src/workers/mail/walk.c src/workers/mail/walk.h \
	src/workers/mail/gpg.c src/workers/mail/gpg.h \
	src/workers/mail/keys.c \
	src/workers/mail/methods.c src/workers/mail/methods.h \
	src/workers/mail/packets.c src/workers/mail/packets.h
libpsmail_a_CFLAGS = $(AM_CFLAGS) $(MAILWORKER_CFLAGS)

pkglibexec_PROGRAMS += src/workers/mail/mail
src_workers_mail_mail_SOURCES = src/workers/mail/main.c
src_workers_mail_mail_CFLAGS = $(AM_CFLAGS) $(MAILWORKER_CFLAGS)
MAIL_LDADD = libpsmail.a libpsworker.a libpsbase.a $(MAILWORKER_LIBS) $(NOTMUCH_LIBS) $(LTLIBINTL) $(LIBINTL) -lm
src_workers_mail_mail_LDADD = $(MAIL_LDADD)

noinst_LIBRARIES += libpsnet.a
libpsnet_a_SOURCES = \
	src/workers/net/curl.c src/workers/net/curl.h \
	src/workers/net/fetch.c src/workers/net/methods.h \
	src/workers/net/push.c
libpsnet_a_CFLAGS = $(AM_CFLAGS) $(NETWORKER_CFLAGS)

pkglibexec_PROGRAMS += src/workers/net/net
src_workers_net_net_SOURCES = src/workers/net/main.c
src_workers_net_net_CFLAGS = $(AM_CFLAGS) $(NETWORKER_CFLAGS)
src_workers_net_net_LDADD = libpsnet.a libpsworker.a libpsbase.a $(NETWORKER_LIBS) $(LTLIBINTL) $(LIBINTL) -lm

# A worker that misbehaves on demand, for the tests of the client.
EXTRA_PROGRAMS += src/workers/fake/fake
CLEANFILES += src/workers/fake/fake$(EXEEXT)
src_workers_fake_fake_SOURCES = tests/support/fake-worker.c
src_workers_fake_fake_LDADD = libpsbase.a $(ENGINE_LIBS) $(LTLIBINTL) $(LIBINTL) -lm

UNIT_TESTS += tests/unit/test_worker
tests_unit_test_worker_SOURCES = tests/unit/test_worker.c
EXTRA_tests_unit_test_worker_DEPENDENCIES = src/workers/fake/fake$(EXEEXT)
