#ifndef PS_ADVISORY_HISTORY_H
#define PS_ADVISORY_HISTORY_H

/* The versions of an advisory: those that were published, each kept as it went out, and the draft
 * of the next one. */

#include "advisory/advisory.h"

/* Words for ps_history_document() besides a version. */
#define PS_HISTORY_DRAFT "draft"         /* as it stands now */
#define PS_HISTORY_PUBLISHED "published" /* the last published one */

typedef struct {
	char *version;
	const char *status; /* "draft", "interim", "final" */
	gboolean published;
	gint64 at;        /* of publication; PS_NO_TIME: not published */
	char *approval;   /* who approved it, for people; "" unknown */
	char *summary;    /* "" none */
	const char *step; /* of the draft: "major" …; "" of the first and of published ones */
	char *sha256;     /* of the published file; NULL: none */
} PsEditionEntry;
/* PsEditionEntry* array, oldest first, the draft last where there is one. */
GPtrArray *ps_history(PsStore *store, const PsAdvisory *advisory, GError **error);

/* A version's bytes as published (of the draft: as it would print). One that is not there is
 * PS_ERROR_NOT_FOUND and names those that are. */
GBytes *ps_history_bytes(PsStore *store, const PsAdvisory *advisory, const char *version,
			 GError **error);
cJSON *ps_history_document(PsStore *store, const PsAdvisory *advisory, const char *version,
			   GError **error);

/* What the standard suggests about the status (CSAF 2.0 section 9.1.6): interim while versions come
 * close upon each other, final when none came for long (settings advisory.interim_within and
 * advisory.final_after). NULL: nothing. New sentence. */
char *ps_history_hint(PsStore *store, const PsAdvisory *advisory, gint64 now);

#endif
