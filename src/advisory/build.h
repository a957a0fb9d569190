#ifndef PS_ADVISORY_BUILD_H
#define PS_ADVISORY_BUILD_H

/* The CSAF 2.0 document from the facts of a case (CSAF 2.0 section 3). Pure functions: no store, no
 * clock. */

#include "advisory/facts.h"
#include "base/json.h"

/* Which version of the document is built. */
typedef struct {
	const char *version; /* tracking.version */
	const char *status;  /* "draft", "interim", "final" */
	gint64 at;           /* current release date */
	gboolean pending;    /* `version` is not published yet: it gets a revision of its own … */
	const char *summary; /* … with this text; NULL: a standing one */
} PsEdition;

/* A date for the draft of the next version that depends on the records only. */
gint64 ps_edition_draft_date(const PsFacts *facts);

/* The whole document, not sorted yet, list items with their keys. */
cJSON *ps_build_document(const PsFacts *facts, const PsEdition *edition);

/* ---- the parts (build-*.c) ---- */

/* The releases of the product tree, in its order: those that the case names, and those that they
 * run on or with. A product id is the id of a release, or that of a combination (kind
 * relationship). PsRecord* lent. */
GPtrArray *ps_build_releases(const PsFacts *facts);
cJSON *ps_build_product_tree(const PsFacts *facts, GPtrArray *releases);
/* What a product is known by (build-helper.c); of a combination: by the device. */
cJSON *ps_build_helper(const PsFacts *facts, const PsRecord *release);
cJSON *ps_build_combination_helper(const PsFacts *facts, const PsRecord *relationship);
/* "Vendor Product 2.3"; new string. */
char *ps_build_product_name(const PsFacts *facts, const PsRecord *release);
/* "Vendor Firmware 2.3 installed on Vendor Device 1"; new string. */
char *ps_build_combination_name(const PsFacts *facts, const PsRecord *relationship);
/* Name of a product id; NULL: it is none of ours. New string. */
char *ps_build_name_of(const PsFacts *facts, const char *product_id);
/* Lists of many products that occur again and again become product groups (build-groups.c). */
void ps_build_groups(cJSON *document);

/* How each product stands to one vulnerability (build-standing.c). */
typedef struct {
	const char *product_id; /* lent */
	const PsRecord *release;
	const PsRecord *relationship; /* the release in this combination; NULL: by itself */
	const PsRecord *affected;     /* NULL: it follows from a decision that it contains the
					 fix */
	const char *status;           /* product_status token */
} PsStanding;
/* PsStanding* array in the order of the product tree. A release that runs on or with others stands
 * for each combination, not by itself; what is said of a combination goes before what is said of
 * the release, and what is said of the vulnerability before what is said of all. */
GPtrArray *ps_build_standings(const PsFacts *facts, GPtrArray *releases,
			      const PsRecord *vulnerability);
gboolean ps_status_is_affected(const char *status); /* first, known, last */
/* The decision was made here, for this vulnerability or for all. */
gboolean ps_build_decision_counts(const PsRecord *decision, const PsRecord *vulnerability);

cJSON *ps_build_vulnerability(const PsFacts *facts, GPtrArray *releases,
			      const PsRecord *vulnerability);
/* {id, name}; NULL when the id is absent or unknown. */
cJSON *ps_build_cwe(const char *id);
cJSON *ps_build_remediations(const PsFacts *facts, GPtrArray *standings,
			     const PsRecord *vulnerability);
/* Scores (build-score.c). The score records that speak of a vulnerability in our name, whatever the
 * product: one per CVSS version. The newest record wins; 3.1 stands for 3.0 too. PsRecord* lent. */
GPtrArray *ps_build_scores_of(const PsFacts *facts, const PsRecord *vulnerability);
/* Environmental scores of single products stand in items of their own. */
cJSON *ps_build_scores(const PsFacts *facts, GPtrArray *standings, const PsRecord *vulnerability);
/* What CSAF 2.0 has no field for, as notes: CVSS 4.0, and the reasons of single metrics. */
void ps_build_score_notes(cJSON *notes, const PsFacts *facts, GPtrArray *standings,
			  const PsRecord *vulnerability);
/* The highest severity of all vulnerabilities' scores as /document/aggregate_severity. */
cJSON *ps_build_severity(const PsFacts *facts);

/* /document/tracking without what only the whole document knows. */
cJSON *ps_build_tracking(const PsFacts *facts, const PsEdition *edition);
/* Address of the CSAF file, NULL without provider.url. New string. */
char *ps_build_self_url(const PsFacts *facts, const PsEdition *edition);
/* First publication, or the edition's own date. */
gint64 ps_build_initial_date(const PsFacts *facts, const PsEdition *edition);
/* "white/2026/psirt-2026-0007.json" */
char *ps_build_path(const PsFacts *facts, const PsEdition *edition);

/* CSAF 2.0 label of one of ours (CLEAR is WHITE, AMBER+STRICT is AMBER). */
const char *ps_tlp_csaf(const char *label);
/* The reverse, for a label of the document. NULL: no such label. */
const char *ps_tlp_from_csaf(const char *label);
gboolean ps_tlp_is_label(const char *label);
/* 0 (CLEAR) to 4 (RED); an unknown or absent label counts as RED. */
int ps_tlp_rank(const char *label);

#endif
