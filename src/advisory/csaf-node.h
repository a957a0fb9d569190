#ifndef PS_ADVISORY_CSAF_NODE_H
#define PS_ADVISORY_CSAF_NODE_H

/* CSAF documents as one table of nodes a version: what may stand where, how often, in which form.
 * The schema check, the editor's tree, completion and skeletons all read it, so that a field that
 * is described here works everywhere.
 *
 * The tables follow the standards' JSON schemas (section 3 of CSAF 2.0 and 2.1) to the letter;
 * labels and help are our own words. Members are sorted by name, as the standard wants keys. */

#include "base/json-tree.h"

typedef enum {
	PS_CSAF_OBJECT, /* has `members` */
	PS_CSAF_LIST,   /* members[0] describes every item */
	PS_CSAF_TEXT,
	PS_CSAF_NUMBER,
	PS_CSAF_BOOLEAN,
} PsCsafType;

/* The form of a text, checked as the schema's pattern or format says. */
typedef enum {
	PS_CSAF_ANY,
	PS_CSAF_URI,
	PS_CSAF_TIME, /* RFC 3339 */
	PS_CSAF_LANG,
	PS_CSAF_VERSION,
	PS_CSAF_CATEGORY,    /* document category */
	PS_CSAF_TRACKING_ID, /* no blank at either end */
	PS_CSAF_CVE,
	PS_CSAF_CWE,
	PS_CSAF_CPE,
	PS_CSAF_PURL,
	PS_CSAF_HASH,
	PS_CSAF_VECTOR_2,
	PS_CSAF_VECTOR_3,
	/* CSAF 2.1 */
	PS_CSAF_VECTOR_4,
	PS_CSAF_CPE_WHOLE,  /* nothing before or behind it */
	PS_CSAF_PURL_SMALL, /* type in small letters */
	PS_CSAF_HASH_SMALL, /* digits in small letters */
	PS_CSAF_ALGORITHM,
	PS_CSAF_UUID,        /* version 4, Nil or Max */
	PS_CSAF_CWE_VERSION, /* 4.18 */
	PS_CSAF_PROBABILITY, /* 0.5 */
	PS_CSAF_SEMVER,
	PS_CSAF_SSVC_KEY,
	PS_CSAF_SSVC_NAMESPACE,
	PS_CSAF_EXTENSION_URL, /* of an extension's schema */
	/* what tells of a provider (section 7) */
	PS_CSAF_URL_OF_JSON,
	PS_CSAF_URL_OF_PROVIDER,   /* …/provider-metadata.json */
	PS_CSAF_URL_OF_AGGREGATOR, /* …/aggregator.json */
	PS_CSAF_FINGERPRINT,       /* 40 or more digits */
	PS_CSAF_FORMATS,
} PsCsafFormat;

/* What a text refers to or defines, for completion. */
typedef enum {
	PS_CSAF_PLAIN,
	PS_CSAF_PRODUCT_ID,  /* defines a product */
	PS_CSAF_PRODUCT_REF, /* must be a product that is defined */
	PS_CSAF_GROUP_ID,
	PS_CSAF_GROUP_REF,
	PS_CSAF_CWE_NAME, /* follows from the CWE's id */
} PsCsafRole;

typedef enum {
	PS_CSAF_REQUIRED = 1 << 0,
	PS_CSAF_UNIQUE = 1 << 1, /* no item of the list twice */
	PS_CSAF_LONG = 1 << 2,   /* a text of several lines: edited in an editor */
	PS_CSAF_CLOSED = 1 << 3, /* other members than these are errors (CSAF 2.1) */
	PS_CSAF_OPEN = 1 << 4,   /* members of any name are in order: content of an extension */
} PsCsafFlags;

typedef struct PsCsafNode PsCsafNode;
struct PsCsafNode {
	const char *name;  /* member's name; of a list's item: "" */
	const char *label; /* N_() */
	const char *help;  /* N_() one or two sentences */
	PsCsafType type;
	PsCsafFlags flags;
	PsCsafFormat format;
	PsCsafRole role;
	int min, max; /* members of an object, items of a list, characters of a text, value of a
			 number; max 0: no bound */
	const char *const *choices; /* NULL-terminated, sorted; NULL: free */
	const PsCsafNode *members;
	int n_members;
};

/* "2.0", "2.1"; NULL for a version that we have no table of. */
const PsCsafNode *ps_csaf_root(const char *version);
/* By what a document says of itself; that of 2.0 where it names no version that we know. */
const PsCsafNode *ps_csaf_root_of(const cJSON *document);
/* The member of an object, by name; of a list its item, whatever the name. NULL: unknown. */
const PsCsafNode *ps_csaf_member(const PsCsafNode *node, const char *name);
/* The same for one member after the other: `from` is 0 for the first. Most documents are sorted as
 * the tables are and leave out few members, so that each is found where it is expected. */
const PsCsafNode *ps_csaf_member_from(const PsCsafNode *node, const char *name, int *from);
/* Down a pointer from `node`; the steps into lists may be indexes, "-" or stable keys. NULL where
 * the standard knows no such place. */
const PsCsafNode *ps_csaf_node_at(const PsCsafNode *node, const char *pointer);

/* One thing that is not as the table says. `place`: JSON pointer below the value that was given. */
typedef void (*PsCsafFound)(gpointer user, const char *place, const char *sentence);
/* Checks a value and all below it; gives the number of findings. Members that the table does not
 * know are allowed where the object is not closed (test 6.2.20 is about them). `found` may be
 * NULL. */
guint ps_csaf_check_value(const PsCsafNode *node, const cJSON *value, PsCsafFound found,
			  gpointer user);
/* The same for a whole document whose texts are numbered, in less time. `known`, when it is not
 * NULL: the table describes every member of the document, and none is open. */
guint ps_csaf_check_tree(const PsCsafNode *node, const PsJsonTree *tree, PsCsafFound found,
			 gpointer user, gboolean *known);
/* The same for one text; NULL when it is right, else a sentence. */
char *ps_csaf_check_text(const PsCsafNode *node, const char *text);
/* "a web address", "one of draft, final, interim", for prompts and messages. New string. */
char *ps_csaf_expectation(const PsCsafNode *node);

/* A new value with the members that are required: empty texts, the first of each list's items. */
cJSON *ps_csaf_skeleton(const PsCsafNode *node);

#endif
