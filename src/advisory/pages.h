#ifndef PS_ADVISORY_PAGES_H
#define PS_ADVISORY_PAGES_H

/* What a provider directory shows beside the advisories, computed from settings and from what is
 * published: texts only, nothing is written here. Only what is free for everybody is read. The same
 * workspace gives the same bytes. */

#include "advisory/picture.h"

/* Where the directory is seen: `url` with a slash at its end. */
typedef struct {
	PsStore *store;
	const char *dir, *url, *publisher;
	const char *signing_key; /* fingerprint */
	const PsPicture *picture;
	const PsPicture *other; /* of CSAF 2.1, where it stands side by side; NULL */
} PsSite;

/* "https://psirt.example.com" of the provider's address. New string. */
char *ps_site_origin(const char *url);

/* CSAF 2.0 sections 7.1.16 and 7.1.17: ROLIE service and category documents. New strings. */
char *ps_site_service(const PsSite *site);
char *ps_site_categories(const PsSite *site, GError **error);
/* The disclosure policy and the thanks, from the templates pages/policy.html and
 * pages/acknowledgments.html: those of the workspace ("templates/pages/…") before ours. */
char *ps_site_policy(const PsSite *site, GError **error);
char *ps_site_acknowledgments(const PsSite *site, GError **error);
/* RFC 9116, unsigned, with this Expires. NULL: there is no contact to name. */
char *ps_site_security_txt(const PsSite *site, gint64 expires);

/* Web Key Directory (draft-koch-openpgp-webkey-service, direct and advanced method): the name of
 * the key's file, of the part of an address before the "@". New string. */
char *ps_wkd_name(const char *local_part);
/* "psirt" and "example.com" of "PSIRT <psirt@example.com>". FALSE: no such address. */
gboolean ps_wkd_address(const char *address, char **local_part, char **domain);
/* Binary of an ASCII-armoured key; NULL: it is none. */
GBytes *ps_dearmor(GBytes *armoured);

#endif
