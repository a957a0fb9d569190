# Files of this room: headless commands, one file each.
libpsengine_a_SOURCES += src/commands/command.h
