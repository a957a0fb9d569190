#ifndef PS_ADVISORY_LANGUAGE_H
#define PS_ADVISORY_LANGUAGE_H

/* Language tags (BCP 47, RFC 5646): their form as CSAF's schema has it, and whether their subtags
 * are in IANA's registry (data/language-subtags.tsv). */

#include "base/table-file.h"

#define PS_LANGUAGE_SUBTAGS 40

typedef enum {
	PS_SUBTAG_LANGUAGE,
	PS_SUBTAG_EXTLANG,
	PS_SUBTAG_SCRIPT,
	PS_SUBTAG_REGION,
	PS_SUBTAG_VARIANT,
	PS_SUBTAG_EXTENSION, /* singleton and what follows it; not looked up */
	PS_SUBTAG_PRIVATE,   /* behind x */
	PS_SUBTAG_GRANDFATHERED,
} PsSubtagType;

typedef struct {
	int n;
	struct {
		PsSubtagType type;
		const char *text; /* slice of the tag */
		gsize length;
	} subtag[PS_LANGUAGE_SUBTAGS];
} PsLanguage;

/* FALSE: not of the form. A tag of more subtags than there is room for is refused. */
gboolean ps_language_parse(const char *tag, PsLanguage *language);
gboolean ps_language_is_well_formed(const char *tag);
/* The first subtag that the registry does not know, as a new string in the registry's case; NULL:
 * all are known. */
char *ps_language_unknown(const PsLanguage *language, const PsTableFile *registry);
/* The first variant or singleton that stands there twice, which RFC 5646 (section 2.2.9) forbids;
 * new string, NULL: none. */
char *ps_language_repeated(const PsLanguage *language);
/* The first subtag that is reserved for private use; NULL: none. */
char *ps_language_private(const PsLanguage *language);

#endif
