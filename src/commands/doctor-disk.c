#include "config.h"

/* Are the workspace's disk and the swap space encrypted? Told from /proc/swaps and from
 * /sys/dev/block: a device-mapper device whose uuid begins with "CRYPT-" is encrypted, and so is
 * what lies on it. */

#include "commands/doctor.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/i18n.h"

typedef enum {
	PLAIN,
	ENCRYPTED,
	IN_MEMORY,
	UNKNOWN,
} DiskState;

/* Volumes may be stacked (LVM on LUKS); nothing sensible is deeper. */
#define MAX_LAYERS 8

static DiskState
state_of_device(const char *sys, int layers)
{
	g_autofree char *uuid_file = g_build_filename(sys, "dm", "uuid", NULL);
	g_autofree char *slaves = g_build_filename(sys, "slaves", NULL);
	g_autofree char *uuid = NULL;

	if (!g_file_test(sys, G_FILE_TEST_IS_DIR))
		return UNKNOWN;
	if (g_file_get_contents(uuid_file, &uuid, NULL, NULL) && g_str_has_prefix(uuid, "CRYPT-"))
		return ENCRYPTED;
	g_autoptr(GDir) dir = g_dir_open(slaves, 0, NULL);
	const char *name;
	DiskState state = PLAIN;
	gboolean first = TRUE;
	while (dir && layers > 0 && (name = g_dir_read_name(dir))) {
		g_autofree char *slave = g_build_filename(slaves, name, NULL);
		DiskState below = state_of_device(slave, layers - 1);
		/* All of them must be encrypted. */
		state = first || below != ENCRYPTED ? below : state;
		first = FALSE;
	}
	return state;
}

static DiskState
state_of_number(dev_t device)
{
	g_autofree char *sys =
		g_strdup_printf("/sys/dev/block/%u:%u", major(device), minor(device));

	return state_of_device(sys, MAX_LAYERS);
}

PsHealth
ps_doctor_check_disk(PsDoctor *doctor, char **sentence)
{
	struct stat st;
	DiskState state = UNKNOWN;

	if (stat(doctor->cli->workspace, &st) == 0)
		state = state_of_number(st.st_dev);
	if (state == ENCRYPTED) {
		*sentence = g_strdup(_("The workspace lies on an encrypted disk."));
		return PS_HEALTH_GOOD;
	}
	*sentence = g_strdup(
		state == PLAIN
			? _("The workspace's disk is not encrypted: narrative texts are sealed, "
			    "but "
			    "names of products, states, times and the mail store are readable to "
			    "whoever has the disk. Use LUKS.")
			: _("It can't be told whether the workspace's disk is encrypted (a "
			    "network, "
			    "memory or container file system)."));
	return PS_HEALTH_WARNING;
}

static DiskState
state_of_swap(const char *path)
{
	struct stat st;

	if (strstr(path, "zram"))
		return IN_MEMORY;
	if (stat(path, &st) != 0)
		return UNKNOWN;
	return state_of_number(S_ISBLK(st.st_mode) ? st.st_rdev : st.st_dev);
}

PsHealth
ps_doctor_check_swap(PsDoctor *doctor, char **sentence)
{
	g_autofree char *text = NULL;
	g_autofree char *plain = NULL;
	int areas = 0;

	(void)doctor;
	if (!g_file_get_contents("/proc/swaps", &text, NULL, NULL)) {
		*sentence = g_strdup(
			_("/proc/swaps can't be read, so it can't be told whether the swap "
			  "space is encrypted."));
		return PS_HEALTH_WARNING;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		g_autofree char *path = g_strndup(*line, strcspn(*line, " \t"));
		if (*path != '/')
			continue;
		areas++;
		DiskState state = state_of_swap(path);
		if (state != ENCRYPTED && state != IN_MEMORY && !plain)
			plain = g_steal_pointer(&path);
	}
	if (plain) {
		*sentence =
			g_strdup_printf(_("The swap space “%s” is not known to be encrypted: what "
					  "was decrypted may be written there. Use an encrypted "
					  "swap, zram, or none."),
					plain);
		return PS_HEALTH_WARNING;
	}
	*sentence = g_strdup(areas ? _("The swap space is encrypted or in memory.")
				   : _("There is no swap space."));
	return PS_HEALTH_GOOD;
}
