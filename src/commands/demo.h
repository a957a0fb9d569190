#ifndef PS_COMMANDS_DEMO_H
#define PS_COMMANDS_DEMO_H

/* The demo workspace: a fictional manufacturer with products, people, keys, mail and cases, from
 * the files in data/demo. Everything is made through the engine, as a person would: only the times
 * lie in the past. No network; the user's own keys and mail are never touched. */

#include "commands/command.h"

/* Makes it in cli->workspace, which must not be there or be empty. On failure nothing is left. */
gboolean ps_demo_make(PsCli *cli, GError **error);

/* ---- for the files of the demo only ---- */

typedef struct {
	PsCli *cli;
	const char *dir;          /* the workspace */
	char *home, *outside_dir; /* GnuPG homes: the team's, and (while it is made) the world's */
	PsOpenpgp *team, *outside;
	GHashTable *fingerprints; /* name in people.json -> fingerprint */
	GHashTable *people;       /* name -> id of the person record */
	cJSON *cast;              /* people.json */
} PsDemo;

/* data/demo/NAME; NULL with an error that names the file. */
cJSON *ps_demo_json(const char *name, GError **error);
char *ps_demo_text(const char *name, GError **error);
/* Text members of a JSON object as pairs, appended. */
void ps_demo_pairs(const cJSON *object, GPtrArray *pairs);

/* FALSE with PS_ERROR_CANCELLED once the user pressed Ctrl-C: asked before each longer step, so
 * that what was made so far is removed. */
gboolean ps_demo_may_go_on(GError **error);

gboolean ps_demo_keys(PsDemo *demo, GError **error); /* demo-keys.c */
gboolean ps_demo_mail(PsDemo *demo, GError **error); /* demo-mail.c */
/* The release that words find first; new string. */
char *ps_demo_release(PsStore *store, const char *words, GError **error);
gboolean ps_demo_registry(PsDemo *demo, GError **error); /* demo-registry.c */
gboolean ps_demo_cases(PsDemo *demo, GError **error);    /* demo-cases.c */

/* The bytes of a message, made from the text of a file in data/demo/mail (demo-message.c). */
typedef struct {
	GHashTable *recipe; /* key -> value */
	char *headers;
	GString *entity; /* a MIME entity with its own headers */
	gint64 at;
} PsDemoMessage;
PsDemoMessage *ps_demo_message_read(const char *text, GError **error);
void ps_demo_message_free(PsDemoMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsDemoMessage, ps_demo_message_free)
const char *ps_demo_recipe(const PsDemoMessage *message, const char *key, const char *fallback);
GBytes *ps_demo_message_build(PsDemo *demo, PsDemoMessage *message, GError **error);

#endif
