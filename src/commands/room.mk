# Files of this room: headless commands, one file each (small ones of a family share one).
libpsengine_a_SOURCES += \
	src/commands/command.c src/commands/command.h \
	src/commands/command-help.c \
	src/commands/command-output.c \
	src/commands/command-pairs.c \
	src/commands/command-record.c \
	src/commands/command-store.c \
	src/commands/command-watch.c \
	src/commands/command-table.c src/commands/command-table.h \
	src/commands/actions.c \
	src/commands/advisory.c src/commands/advisory-cli.h \
	src/commands/advisory-publish.c \
	src/commands/advisory-review.c \
	src/commands/advisory-versions.c \
	src/commands/advisory.c \
	src/commands/advisory-export.c src/commands/advisory-export.h \
	src/commands/advisory-refresh.c src/commands/advisory-refresh.h \
	src/commands/advisory-release.c src/commands/advisory-release.h \
	src/commands/case.c \
	src/commands/clocks.c \
	src/commands/config.c \
	src/commands/csaf.c src/commands/csaf.h \
	src/commands/csaf-check.c \
	src/commands/csaf-convert.c src/commands/csaf-convert.h \
	src/commands/csaf-fix.c \
	src/commands/cve.c \
	src/commands/csaf-import.c src/commands/csaf-import.h \
	src/commands/cvss.c \
	src/commands/cwe.c \
	src/commands/demo.c src/commands/demo.h \
	src/commands/demo-cases.c \
	src/commands/demo-keys.c \
	src/commands/demo-mail.c \
	src/commands/demo-message.c \
	src/commands/demo-registry.c \
	src/commands/doctor.c src/commands/doctor-disk.c src/commands/doctor.h \
	src/commands/help.c \
	src/commands/inbox.c \
	src/commands/init.c \
	src/commands/kinds.c \
	src/commands/list.c \
	src/commands/lock.c \
	src/commands/outbox.c \
	src/commands/person.c \
	src/commands/reply.c src/commands/reply.h \
	src/commands/proof.c \
	src/commands/provider.c \
	src/commands/record.c \
	src/commands/ssvc.c src/commands/ssvc.h

SCRIPT_TESTS += tests/script/full-disk.sh tests/script/publish-faults.sh tests/script/tables.sh tests/script/contract.sh tests/script/demo.sh tests/script/whole-line.sh
EXTRA_DIST += tests/script/tap.sh tests/script/tables.sh tests/script/contract.sh \
	tests/script/demo.sh tests/script/full-disk.sh tests/script/publish-faults.sh tests/script/whole-line.sh

SCRIPT_TESTS += tests/script/cve.sh
EXTRA_DIST += tests/script/cve.sh tests/script/validate-json.py
