# Files of this room.
EXTRA_DIST += contrib/verify-log.py
