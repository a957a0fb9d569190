#ifndef PS_ADVISORY_FACTS_H
#define PS_ADVISORY_FACTS_H

/* Everything of the workspace that a document is built from, read in one go. The builder is then a
 * pure function of it.
 *
 * Lists are in the order of the record ids: ids grow with time, and unlike row numbers they are the
 * same on every desk. */

#include "store/store.h"

typedef struct {
	PsRecord *advisory, *case_record;
	/* PsRecord*, of the case */
	GPtrArray *vulnerabilities, *affected, *scores, *decisions, *participants, *references;
	GPtrArray *involvements;
	/* PsRecord*, of the advisory; versions by the time of publication */
	GPtrArray *items, *orders, *versions;
	GHashTable *releases, *products; /* id -> PsRecord*, those that the case names */
	/* PsRecord*, of the registry: combinations of releases that the case names; identifiers of
	 * their products */
	GPtrArray *relationships, *identifiers;
	GPtrArray *reasons; /* PsRecord* of kind score_reason, of the case's scores */
	PsRecord *template; /* NULL: none */
	GPtrArray *template_notes, *template_references;
	GHashTable *rejected; /* CVE ids that the register says are rejected */
	PsRecord *base;       /* what was accepted of the case (refresh.h); NULL: nothing yet */
	gboolean follow;      /* the document follows the case at once */
	/* template, else settings; NULL where unset */
	char *org_name, *org_namespace, *org_category, *org_contact, *org_authority, *org_legal;
	char *provider_url; /* with a slash at its end */
} PsFacts;

/* `id` as ps_advisory_load() takes it. */
PsFacts *ps_facts_load(PsStore *store, const char *id, GError **error);
void ps_facts_free(PsFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsFacts, ps_facts_free)

/* The release, its product, or NULL. */
const PsRecord *ps_facts_release(const PsFacts *facts, const char *id);
const PsRecord *ps_facts_product_of(const PsFacts *facts, const char *release_id);
/* The combination of that id, or NULL. */
const PsRecord *ps_facts_relationship(const PsFacts *facts, const char *id);
/* Language of the document, never NULL. */
const char *ps_facts_lang(const PsFacts *facts);
/* The last published version, or NULL. */
const PsRecord *ps_facts_published(const PsFacts *facts);

/* The advisory that an outside id means: its own, its tracking id, or that of its case. New string
 * (UUID). */
char *ps_advisory_resolve(PsStore *store, const char *id, GError **error);

#endif
