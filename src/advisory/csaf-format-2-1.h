#ifndef PS_ADVISORY_CSAF_FORMAT_2_1_H
#define PS_ADVISORY_CSAF_FORMAT_2_1_H

/* Forms of texts that came with CSAF 2.1, for the table in csaf-format.c. Linear in the text's
 * length. */

#include <glib.h>

gboolean ps_csaf_is_vector_4(const char *text);
gboolean ps_csaf_is_purl_small(const char *text);
gboolean ps_csaf_is_hash_small(const char *text);
gboolean ps_csaf_is_algorithm(const char *text);
gboolean ps_csaf_is_uuid(const char *text);
gboolean ps_csaf_is_cwe_version(const char *text);
gboolean ps_csaf_is_probability(const char *text);
gboolean ps_csaf_is_ssvc_key(const char *text);
/* SSVC's namespaces: a base (ssvc, x_example.com#team), then extensions parted by "/". */
gboolean ps_csaf_is_ssvc_namespace(const char *text);
/* Address of an extension's schema: https, a host with a point, a file name that ends in
 * _MAJOR.MINOR.PATCH.json; not the schema of the content itself. */
gboolean ps_csaf_is_extension_url(const char *text);

#endif
