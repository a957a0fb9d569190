#ifndef PS_REGISTRY_PURL_H
#define PS_REGISTRY_PURL_H

/* Package URLs (ECMA-427): read into their parts, strictly. */

#include <glib.h>

typedef struct {
	char *type;            /* small letters */
	char *namespace;       /* decoded, segments parted by "/"; NULL: none */
	char *name;            /* decoded */
	char *version;         /* decoded; NULL: none */
	char **keys, **values; /* qualifiers, decoded; NULL-terminated, as many values as keys */
	char *subpath;         /* decoded; NULL: none */
} PsPurl;

/* An error (PS_ERROR_INPUT) names the part and what is wrong with it. */
PsPurl *ps_purl_parse(const char *text, GError **error);
void ps_purl_free(PsPurl *purl);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsPurl, ps_purl_free)

/* Whether it is one. */
gboolean ps_purl_check(const char *text, GError **error);

#endif
