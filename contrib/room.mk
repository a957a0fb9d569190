# Files of this room.
EXTRA_DIST += contrib/verify-log.py
bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = contrib/bash-completion/psirtdesk
