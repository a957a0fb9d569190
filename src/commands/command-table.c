#include "config.h"

/* Which commands there are, in the order of the manual. A new command: its file, a line in
 * command-table.h, a line here. */

#include "commands/command-table.h"

#include <string.h>

static const PsCommand *const table[] = {
	/* the workspace */
	&ps_command_init,
	&ps_command_config,
	&ps_command_person,
	&ps_command_unlock,
	&ps_command_lock,
	/* records of any kind */
	&ps_command_kinds,
	&ps_command_new,
	&ps_command_show,
	&ps_command_list,
	&ps_command_set,
	&ps_command_delete,
	&ps_command_search,
	/* cases */
	&ps_command_inbox,
	&ps_command_outbox,
	&ps_command_case,
	&ps_command_clocks,
	&ps_command_cve,
	/* scores and advisories */
	&ps_command_cvss,
	&ps_command_ssvc,
	&ps_command_cwe,
	&ps_command_csaf,
	&ps_command_advisory,
	&ps_command_provider,
	/* proof and safety */
	&ps_command_log,
	&ps_command_undo,
	&ps_command_verify,
	&ps_command_checkpoint,
	&ps_command_backup,
	&ps_command_restore,
	&ps_command_erase,
	/* this program */
	&ps_command_doctor,
	&ps_command_actions,
	&ps_command_help,
};

const PsCommand *const *
ps_commands(gsize *count)
{
	*count = G_N_ELEMENTS(table);
	return table;
}

const PsCommand *
ps_command_find(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
		if (g_str_equal(table[i]->name, name))
			return table[i];
	return NULL;
}

#define LONGEST 32

/* Levenshtein distance; longer words count as far away. */
static gsize
distance(const char *a, const char *b)
{
	gsize row[LONGEST + 1], la = strlen(a), lb = strlen(b);

	if (la > LONGEST || lb > LONGEST)
		return LONGEST;
	for (gsize j = 0; j <= lb; j++)
		row[j] = j;
	for (gsize i = 1; i <= la; i++) {
		gsize diagonal = row[0];
		row[0] = i;
		for (gsize j = 1; j <= lb; j++) {
			gsize above = row[j], change = diagonal + (a[i - 1] != b[j - 1]);
			row[j] = MIN(change, MIN(above, row[j - 1]) + 1);
			diagonal = above;
		}
	}
	return row[lb];
}

const PsCommand *
ps_command_near(const char *name)
{
	const PsCommand *best = NULL;
	gsize nearest = MAX(2, strlen(name) / 3) + 1;

	for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
		gsize d = distance(name, table[i]->name);
		if (strlen(name) >= 3 && g_str_has_prefix(table[i]->name, name))
			d = 0;
		if (d < nearest && d < strlen(table[i]->name)) {
			nearest = d;
			best = table[i];
		}
	}
	return best;
}
