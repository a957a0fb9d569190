#ifndef PS_ADVISORY_INSPECT_H
#define PS_ADVISORY_INSPECT_H

/* A provider directory as it lies there, for `provider check`: between inspect.c (reading) and the
 * files with the requirements. Everything in it is hostile: links are not followed, sizes are
 * bounded, names and values are made safe before they are shown. */

#include "advisory/provider.h"
#include "base/json.h"

typedef struct {
	char *path;                         /* below the directory */
	char *place;                        /* what holds the year's folder: "white", "" */
	char *year;                         /* name of its folder, "" where that is not a year */
	char *name;                         /* of the file */
	char *id, *label, *first, *current; /* "" where the document does not say */
	char *version;                      /* of CSAF, the same */
	char *sha256, *sha512;
} PsCsafFile;

typedef struct {
	char *path;
	cJSON *root;
} PsJsonFile;

typedef struct {
	const char *dir;
	const struct PsServed *served; /* how it came from a server; NULL: a directory of ours */
	PsProgress *progress;
	PsProviderReport *report;
	GPtrArray *files;       /* char*: all regular files, sorted */
	GHashTable *there;      /* the same, as a set */
	GPtrArray *documents;   /* PsCsafFile* */
	GPtrArray *feeds;       /* PsJsonFile* with a "feed" */
	GPtrArray *services;    /* PsJsonFile* with a "service" */
	GPtrArray *categories;  /* PsJsonFile* with "categories" */
	GPtrArray *metadata;    /* PsJsonFile*: provider-metadata.json */
	GPtrArray *aggregators; /* PsJsonFile*: aggregator.json */
} PsInspection;

/* Not for everybody, by its TLP label (requirement 5). */
gboolean ps_inspect_is_guarded(const char *label);
/* For everybody (requirement 4). */
gboolean ps_inspect_is_free(const char *label);
/* Reads the tree and judges requirement 1 on the way. */
gboolean ps_inspect_read(PsInspection *inspection, GError **error);
void ps_inspect_clear(PsInspection *inspection);

PsRequirement *ps_inspect_requirement(PsInspection *inspection, int number);
/* Adds a finding and marks the requirement as failed. `path` may be NULL. */
void ps_inspect_fail(PsInspection *inspection, int number, const char *path, const char *format,
		     ...) G_GNUC_PRINTF(4, 5);
/* The same of what only should be; nothing when it failed already. */
void ps_inspect_warn(PsInspection *inspection, int number, const char *path, const char *format,
		     ...) G_GNUC_PRINTF(4, 5);
/* Not to be judged from here; nothing when it failed already. */
void ps_inspect_unknown(PsInspection *inspection, int number, const char *reason);
/* Optional, and not used here; nothing when it failed already. */
void ps_inspect_unused(PsInspection *inspection, int number);
/* What was looked at; takes the text. */
void ps_inspect_looked(PsInspection *inspection, int number, char *text);
/* Text of a file below the directory, or NULL. New string. */
char *ps_inspect_text(const PsInspection *inspection, const char *path);
/* "white/index.txt" from "white" and the name; from "" the name alone. New string. */
char *ps_inspect_join(const char *place, const char *name);
/* "2026/name.json": what lists below a place call a document. New string. */
char *ps_inspect_listed_name(const PsCsafFile *file);
/* The folders that hold documents, themselves or in folders of years: char*, sorted. */
GPtrArray *ps_inspect_places(const PsInspection *inspection);

/* provider-metadata.json and aggregator.json: 7, 21 to 23 (inspect-metadata.c). */
void ps_inspect_metadata(PsInspection *inspection);
/* Folders and lists: requirements 11 to 17 (inspect-lists.c, inspect-feeds.c). */
void ps_inspect_lists(PsInspection *inspection);
void ps_inspect_feeds(PsInspection *inspection);
/* Hashes, signatures, keys: 18 to 20 (inspect-proof.c). */
gboolean ps_inspect_proof(PsInspection *inspection, GError **error);

#endif
