#ifndef PS_STORE_KIND_CHOICES_H
#define PS_STORE_KIND_CHOICES_H
/* Choices that fields of several kinds share; only for the tables of fields. */

#include "base/i18n.h"
#include "store/kind.h"

#define CHOICES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* TLP 2.0 labels; CSAF 2.0 writes CLEAR as WHITE and knows no AMBER+STRICT. */
static const char *const tlp_labels[] = {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED", NULL};
static const char *const verdicts[] = {"none",        "good-known", "good-unverified",
				       "key-missing", "bad",        NULL};
static const char *const encryptions[] = {"none", "pgp-mime", "pgp-inline", "smime", NULL};

#endif
