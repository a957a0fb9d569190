#ifndef PS_CASES_SSVC_H
#define PS_CASES_SSVC_H

/* SSVC walks of a case: stored with the version of the table and of every point, so that they can
 * be read when the tables have changed. A new walk stands beside the earlier ones. */

#include "base/json.h"
#include "scoring/ssvc.h"
#include "store/store.h"

/* The tables that hold for a workspace: ours, with those of its ssvc/ directory. */
PsSsvcTables *ps_case_ssvc_tables(const char *workspace, GError **error);

/* "E=A U=S (A=Y VD=C) TI=T": what was chosen or follows, in the order of the walk. New string. */
char *ps_ssvc_path_text(const PsSsvcWalk *walk);

/* Stores a walk that has come to its decision; writes it into the case's log. pairs: vulnerability,
 * reason, and a reason for a point as "reason.E". Gives the id of the record. */
char *ps_case_ssvc(PsStore *store, const char *case_id, const PsSsvcWalk *walk, char *const *pairs,
		   GError **error);

/* Which table was walked, in words: "Supplier Patch Development Priority, version 1.0.0". New
 * string. */
char *ps_ssvc_table_text(const PsRecord *walk);

/* The value of a point that follows from what the case knows already, with the reason (translated,
 * lent); -1: nothing is known. `vulnerability`: an id, or NULL for the case's only one. A person
 * decides all the same. */
int ps_ssvc_suggest(PsStore *store, const char *case_id, const char *vulnerability,
		    const PsSsvcPoint *point, const char **why);

/* A stored walk as an SSVC selection list (schema 2.0.0), as CSAF 2.1 takes it in
 * metrics[].content.ssvc_v2. `target`: what was judged, a CVE id as a rule; NULL: not said.
 * `with_outcome`: the decision too, as the last selection. Owned by the caller. */
cJSON *ps_ssvc_selection_list(PsStore *store, const char *ssvc_id, const char *target,
			      gboolean with_outcome, GError **error);

#endif
