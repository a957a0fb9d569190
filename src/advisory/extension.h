#ifndef PS_ADVISORY_EXTENSION_H
#define PS_ADVISORY_EXTENSION_H

/* CSAF extensions that are known here (data/csaf-extensions.json): their class, the schema of their
 * content, where and how often they may stand. Whatever is in no list is experimental. Neither
 * official nor registered extensions are published yet; a team adds what it uses to that file. */

#include "base/json.h"

typedef enum {
	PS_EXTENSION_EXPERIMENTAL,
	PS_EXTENSION_REGISTERED,
	PS_EXTENSION_OFFICIAL,
} PsExtensionClass;

/* Where extensions may stand (CSAF 2.1, section 3.1.3 and on). */
typedef enum {
	PS_EXTENSION_DOCUMENT,
	PS_EXTENSION_BRANCH,
	PS_EXTENSION_PRODUCT, /* full_product_names */
	PS_EXTENSION_PATH,    /* product_paths */
	PS_EXTENSION_METRIC,
	PS_EXTENSION_VULNERABILITY,
	PS_EXTENSION_ROOT,
	PS_EXTENSION_WHERES,
} PsExtensionWhere;

typedef struct PsExtensions PsExtensions;
typedef struct {
	PsExtensionClass class;
	const cJSON *schema;
	const cJSON *incompatible; /* list of ids */
	const cJSON *products;     /* list: pointers below the content to ids of products that it
				      defines; "*" is every item */
	int most[PS_EXTENSION_WHERES]; /* in one list; -1: not said */
} PsExtension;

/* PS_ERROR_IO, PS_ERROR_INPUT: our own file. */
PsExtensions *ps_extensions_open(GError **error);
void ps_extensions_free(PsExtensions *extensions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsExtensions, ps_extensions_free)

/* `id`: the "$schema" of an extension. Lent; NULL: not known here. */
const PsExtension *ps_extensions_find(const PsExtensions *extensions, const char *id);

#endif
