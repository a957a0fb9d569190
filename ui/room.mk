# Files of this room: the workstation. Only ui/screen.c includes curses.
libpsui_a_SOURCES += \
	ui/action.h ui/app.h ui/ask.h \
	ui/canvas.c ui/canvas.h \
	ui/key.c ui/key.h \
	ui/keymap.h \
	ui/layout.c ui/layout.h \
	ui/line-editor.c ui/line-editor.h \
	ui/list.c ui/list.h \
	ui/overlay.h \
	ui/pager.c ui/pager.h \
	ui/pane.h \
	ui/screen.c ui/screen.h \
	ui/theme.c ui/theme.h \
	ui/tree.c ui/tree.h \
	ui/ui.c ui/ui.h \
	ui/widget.c ui/widget.h
