#ifndef PS_ADVISORY_UPSTREAM_ITEMS_H
#define PS_ADVISORY_UPSTREAM_ITEMS_H

/* What a document that came in gives a case, as a flat list: a pure function of the document and of
 * the matches of its products. Two versions of a document are compared item by item.
 *
 * Keys tell items of one document from each other and stay the same from version to version. What a
 * remediation says is part of its key: words that were accepted here are never changed behind
 * anybody's back, other words are another proposal. */

#include "advisory/upstream.h"

typedef struct {
	/* record kind; "event" is a signal for the case log, "case" a field of the case itself */
	const char *kind;
	char *key;
	char *flaw;       /* key of the vulnerability that it belongs to; NULL: the case */
	GPtrArray *pairs; /* char*: field, value in outside form, … */
	char *label;      /* what it is, for people; not safe text */
} PsUpstreamItem;

/* PsUpstreamItem* array: what others refer to comes first. `ours`: the document is of this
 * workspace's own manufacturer. `left_out` (PsUpstreamItem's labels, char*): what has no place in a
 * case. */
GPtrArray *ps_upstream_items(const PsUpstream *upstream, gboolean ours, GPtrArray *left_out);
/* The value of a field of an item, or NULL. Lent. */
const char *ps_upstream_item_value(const PsUpstreamItem *item, const char *field);

/* ---- the parts (upstream-items-*.c) ---- */

typedef struct {
	const PsUpstream *upstream;
	gboolean ours;
	GPtrArray *items, *left_out;
	const cJSON *flaw;    /* the vulnerability that is looked at */
	const char *flaw_key; /* its key */
	/* PsUpstreamProduct* of ours that are affected or looked at, for each product id; whether
	 * a list of the document speaks of all of them decides if what it says is general */
	GHashTable *concerned;
	gboolean ours_named; /* the vulnerability's status names a product of ours */
} PsUpstreamTaking;

/* Adds an item; `pairs`: field, value, …, NULL; pairs without a value are left out. Takes `key` and
 * `label`. */
PsUpstreamItem *ps_upstream_add(PsUpstreamTaking *taking, const char *kind, char *key, char *label,
				...) G_GNUC_NULL_TERMINATED;
/* The matches sure enough (exact, likely or an analyst's) of the products that an object names in
 * `products` or by groups: PsUpstreamMatch* array, each product of ours once. */
GPtrArray *ps_upstream_spoken_of(const PsUpstreamTaking *taking, const cJSON *object,
				 const char *products);
/* The object speaks of every product of ours that the vulnerability concerns, or of none in
 * particular. */
gboolean ps_upstream_speaks_of_all(const PsUpstreamTaking *taking, const cJSON *object,
				   const char *products);
/* "release" or combination id. */
const char *ps_upstream_match_id(const PsUpstreamMatch *match);
char *ps_upstream_date(const cJSON *object, const char *first, const char *second);

void ps_upstream_take_scores(PsUpstreamTaking *taking);
void ps_upstream_take_remediations(PsUpstreamTaking *taking);
void ps_upstream_take_credits(PsUpstreamTaking *taking, const cJSON *list);

#endif
