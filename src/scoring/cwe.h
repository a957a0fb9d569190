#ifndef PS_SCORING_CWE_H
#define PS_SCORING_CWE_H

/* Weaknesses (CWE) by release: whether a weakness is in a release, its name there, whether it is
 * deprecated there and how far it may be used to map vulnerabilities. Read at run time from
 * data/cwe-releases.tsv and data/cwe-history.tsv; views and categories are no weaknesses.
 *
 * Opening reads the short list of releases and maps the other file: make one where it is needed and
 * keep it for a run. The newest list alone, for picking, is data/cwe.tsv. */

#include <glib.h>

typedef struct PsCwe PsCwe;

/* Mapping usage; it is stated since CWE 4.12. */
typedef enum {
	PS_CWE_NOT_STATED,
	PS_CWE_ALLOWED,
	PS_CWE_ALLOWED_WITH_REVIEW,
	PS_CWE_DISCOURAGED,
	PS_CWE_PROHIBITED,
} PsCweUsage;

typedef struct {
	char *name;
	gboolean deprecated;
	PsCweUsage usage;
} PsCweEntry;
void ps_cwe_entry_clear(PsCweEntry *entry);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PsCweEntry, ps_cwe_entry_clear)

typedef enum {
	PS_CWE_FOUND,
	PS_CWE_NO_WEAKNESS, /* not in that release */
	PS_CWE_NO_RELEASE,  /* none that is known here: a mistake, or newer than our list */
} PsCweFound;

/* PS_ERROR_IO when our own files can't be read. */
PsCwe *ps_cwe_open(GError **error);
void ps_cwe_free(PsCwe *cwe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCwe, ps_cwe_free)

/* `version` "4.13", `id` "CWE-79". `entry` is filled only when found (it may be NULL) and cleared
 * by the caller. */
PsCweFound ps_cwe_lookup(const PsCwe *cwe, const char *version, const char *id, PsCweEntry *entry);

/* Version of the newest release at an instant (UTC seconds since 1970; a release counts from the
 * beginning of its day); NULL: before the first. Lent. */
const char *ps_cwe_release_at(const PsCwe *cwe, gint64 seconds);
/* The newest that is known here. Lent. */
const char *ps_cwe_newest(const PsCwe *cwe);
/* "2023-10-26"; NULL: not known here. Lent. */
const char *ps_cwe_release_date(const PsCwe *cwe, const char *version);
/* Behind the newest by its number, so that it may exist although it is not known here. */
gboolean ps_cwe_is_newer(const PsCwe *cwe, const char *version);

/* "Allowed", "Allowed-with-Review", "Discouraged", "Prohibited", ""; CWE's tokens, not translated.
 */
const char *ps_cwe_usage_word(PsCweUsage usage);

#endif
