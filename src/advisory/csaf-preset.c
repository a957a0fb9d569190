#include "config.h"

/* Named sets of tests (CSAF 2.1 section 6.4.3). */

#include "advisory/csaf-check.h"

static const char *const revisions[] = {"6.1.14", "6.1.18", "6.1.19", "6.1.21", "6.1.22", "6.1.37",
					"6.2.21", "6.2.33", "6.2.4",  "6.2.5",  "6.2.6",  NULL};
static const char *const times[] = {"6.1.37", "6.1.45", "6.1.49", "6.1.51",
				    "6.1.52", "6.1.53", NULL};
static const char *const ssvc[] = {"6.1.46", "6.1.47", "6.1.48", "6.1.49", "6.2.3",
				   "6.2.34", "6.2.35", "6.2.36", "6.2.37", "6.3.13",
				   "6.3.14", "6.3.15", NULL};
/* 6.2.39.5 is numbered 6.2.39.4.1 in the text */
static const char *const extensions[] = {"6.1.60.1", "6.1.60.2", "6.1.60.3", "6.2.39.5", "6.2.54.1",
					 "6.2.54.2", "6.2.54.3", "6.2.54.4", "6.3.21.1", "6.3.21.2",
					 "6.3.21.3", "6.3.21.4", "6.3.21.5", "6.3.21.6", "6.3.21.7",
					 "6.3.21.8", "6.3.21.9", NULL};
static const char *const extensions_exist[] = {"6.3.21.3", "6.3.21.4", "6.3.21.5", "6.3.21.6",
					       "6.3.21.7", "6.3.21.8", "6.3.21.9", NULL};

static const struct {
	PsCsafPreset preset;
	const char *const *tests;
} presets[] = {
	{PS_CSAF_REVISIONS, revisions},
	{PS_CSAF_TIMES, times},
	{PS_CSAF_SSVC, ssvc},
	{PS_CSAF_EXTENSIONS, extensions},
	{PS_CSAF_EXTENSIONS_EXIST, extensions_exist},
};

gboolean
ps_csaf_is_asked(const PsCsafTestInfo *info, int levels)
{
	if (info->level & (guint)levels)
		return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(presets); i++)
		if (presets[i].preset & (guint)levels &&
		    g_strv_contains(presets[i].tests, info->id))
			return TRUE;
	return FALSE;
}
