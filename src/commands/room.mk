# Files of this room: headless commands, one file each.
libpsengine_a_SOURCES += \
	src/commands/command.c src/commands/command.h \
	src/commands/command-help.c \
	src/commands/command-output.c \
	src/commands/command-pairs.c \
	src/commands/command-table.c src/commands/command-table.h \
	src/commands/help.c
