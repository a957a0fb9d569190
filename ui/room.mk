# Files of this room: the workstation. The only place that includes curses.
libpsui_a_SOURCES += ui/ui.c ui/ui.h
