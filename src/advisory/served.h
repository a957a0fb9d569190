#ifndef PS_ADVISORY_SERVED_H
#define PS_ADVISORY_SERVED_H

/* What a web server gave out of a provider's tree, fetched into a private directory so that it can
 * be judged like one on disk, with what only the server shows: status, redirects, headers.
 *
 * A file of https://HOST/PATH lies at HOST/PATH. Nobody logs in anywhere. Hosts outside of the
 * domain that was asked about are asked only where the caller says so. Names and contents are
 * hostile; number and size of what is fetched are bounded. Section 7.3 of CSAF 2.0 and 2.1. */

#include "advisory/provider.h"
#include "base/json.h"

typedef enum {
	PS_SERVED_METADATA,
	PS_SERVED_SECURITY_TXT,
	PS_SERVED_AGGREGATOR,
	PS_SERVED_KEY,
	PS_SERVED_FEED,
	PS_SERVED_SERVICE,
	PS_SERVED_CATEGORY,
	PS_SERVED_INDEX,
	PS_SERVED_CHANGES,
	PS_SERVED_LISTING,
	/* these are as many as there are documents */
	PS_SERVED_DOCUMENT,
	PS_SERVED_HASH,
	PS_SERVED_SIGNATURE,
	PS_SERVED_USES,
} PsServedUse;

/* One address that was asked, without a login. */
typedef struct {
	PsServedUse use;
	char *url;
	char *path;  /* in the directory; NULL: the address can't be a file there */
	char *label; /* TLP label of the list that names it; "": not told */
	int status;  /* of HTTP; 0: no answer */
	int redirects;
	char *last; /* address that answered in the end, safe; NULL: no answer */
	char *allow_origin;
	char *error; /* why there is no answer, safe; NULL: there is one */
	char *body;  /* of listings and security.txt; NULL: not a text, or none */
} PsServedAnswer;

/* A document that some list names. */
typedef struct {
	char *url, *path;
	char *label;
	GPtrArray *proofs; /* char*: addresses of hashes and signatures that the feed names */
	gboolean asked;
} PsServedDocument;

typedef struct PsServed {
	char *dir;              /* private directory; removed with this */
	char *host;             /* as asked for, with its port */
	char *domain;           /* without "www." and port */
	char *given;            /* address of the metadata, where one was given; NULL */
	GPtrArray *answers;     /* PsServedAnswer*, in the order of asking */
	GHashTable *by_url;     /* the same by address */
	GHashTable *documents;  /* path -> PsServedDocument* */
	GPtrArray *order;       /* the same, as listed */
	GPtrArray *directories; /* PsServedAnswer*: listings of folders that metadata name */
	GPtrArray *strangers;   /* char*: addresses of other hosts that were not asked */
	GPtrArray *odd;         /* char*: addresses that can't be asked */
} PsServed;

/* NULL: cancelled, no net worker, or `where` is no address. A server that does not answer is no
 * error. */
PsServed *ps_served_gather(const PsServedTree *tree, PsProgress *progress, GError **error);
void ps_served_free(PsServed *served);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsServed, ps_served_free)

/* NULL: it was not asked. */
const PsServedAnswer *ps_served_answer(const PsServed *served, const char *url);
/* The document of that path in the directory stands in a list, but was not asked for, since only a
 * sample is. */
gboolean ps_served_passed_over(const PsServed *served, const char *path);
/* A list that is not for everybody: by its label, or, where it has none, since it asks for a login.
 */
gboolean ps_served_is_closed(const PsServedAnswer *answer);
/* Where an address would lie in the directory; NULL: it can't. New string. */
char *ps_served_path(const char *url);
/* Addresses of section 7.1.8 to 7.1.10 and 7.1.21. New strings. */
char *ps_served_well_known(const PsServed *served);
char *ps_served_dns_path(const PsServed *served);
char *ps_served_security_txt(const PsServed *served, gboolean old_place);
char *ps_served_aggregator(const PsServed *served);
/* The CSAF fields of a security.txt: char*, in their order. */
GPtrArray *ps_served_csaf_fields(const char *text);

#endif
