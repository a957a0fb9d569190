# Files of this room.
EXTRA_DIST += contrib/verify-log.py
EXTRA_DIST += contrib/systemd/psirtdesk-due.service contrib/systemd/psirtdesk-due.timer
bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = contrib/bash-completion/psirtdesk
