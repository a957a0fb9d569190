# Files of this room.
dist_doc_DATA += doc/worker-protocol.txt
dist_doc_DATA += doc/log-format.txt
dist_doc_DATA += doc/approval-format.txt

# The manual's sections from the program's tables; tests/script/tables.sh compares.
dist_man_MANS += doc/psirtdesk.1
EXTRA_DIST += doc/splice-manual.sh doc/architecture.md
update-manual: psirtdesk$(EXEEXT)
	$(srcdir)/doc/splice-manual.sh ./psirtdesk$(EXEEXT) $(srcdir)/doc/psirtdesk.1 >psirtdesk.1.new
	mv psirtdesk.1.new $(srcdir)/doc/psirtdesk.1
	./psirtdesk$(EXEEXT) help --completion >psirtdesk.bash.new
	mv psirtdesk.bash.new $(srcdir)/contrib/bash-completion/psirtdesk
.PHONY: update-manual
