#ifndef PS_ADVISORY_CSAF_TABLE_ROWS_H
#define PS_ADVISORY_CSAF_TABLE_ROWS_H

/* How the tables of nodes are written, and the rows that are the same in every version. Only for
 * csaf-table-*.c. */

#include "advisory/csaf-table.h"
#include "base/i18n.h"

#define REQUIRED PS_CSAF_REQUIRED
#define UNIQUE PS_CSAF_UNIQUE
#define LONG PS_CSAF_LONG

#define ROW(name, label, help, type, flags, format, role, min, max, choices, members, n)           \
	{                                                                                          \
		name, label, help, type, flags, format, role, min, max, choices, members, n        \
	}
#define TEXT(name, label, help, flags)                                                             \
	ROW(name, label, help, PS_CSAF_TEXT, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, 1, 0, NULL, NULL, 0)
#define FORM(name, label, help, flags, format, min)                                                \
	ROW(name, label, help, PS_CSAF_TEXT, flags, format, PS_CSAF_PLAIN, min, 0, NULL, NULL, 0)
#define CHOICE(name, label, help, flags, choices)                                                  \
	ROW(name, label, help, PS_CSAF_TEXT, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, 0, 0, choices,     \
	    NULL, 0)
#define REFERENCE(name, label, help, flags, role)                                                  \
	ROW(name, label, help, PS_CSAF_TEXT, flags, PS_CSAF_ANY, role, 1, 0, NULL, NULL, 0)
#define NUMBER(name, label, help, flags, min, max)                                                 \
	ROW(name, label, help, PS_CSAF_NUMBER, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, min, max, NULL,  \
	    NULL, 0)
#define OBJECT(name, label, help, flags, members, min, max)                                        \
	ROW(name, label, help, PS_CSAF_OBJECT, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, min, max, NULL,  \
	    members, G_N_ELEMENTS(members))
#define LIST(name, label, help, flags, item, min)                                                  \
	ROW(name, label, help, PS_CSAF_LIST, flags, PS_CSAF_ANY, PS_CSAF_PLAIN, min, 0, NULL,      \
	    item, 1)

extern const PsCsafNode ps_csaf_acknowledgment_members[4];
extern const PsCsafNode ps_csaf_reference_members[3];
extern const PsCsafNode ps_csaf_product_ref_item[1];
extern const PsCsafNode ps_csaf_group_ref_item[1];
extern const PsCsafNode ps_csaf_model_item[1];
extern const PsCsafNode ps_csaf_serial_item[1];
extern const PsCsafNode ps_csaf_sku_item[1];
extern const PsCsafNode ps_csaf_sbom_item[1];
extern const PsCsafNode ps_csaf_generic_uri_members[2];
extern const PsCsafNode ps_csaf_group_members[3];
extern const char *const ps_csaf_relationship_categories[];
extern const PsCsafNode ps_csaf_severity_members[2];
extern const PsCsafNode ps_csaf_alias_item[1];
extern const PsCsafNode ps_csaf_engine_members[2];
extern const PsCsafNode ps_csaf_revision_members[4];
extern const char *const ps_csaf_document_statuses[];
extern const PsCsafNode ps_csaf_flag_members[4];
extern const char *const ps_csaf_parties[];
extern const char *const ps_csaf_involvement_statuses[];
extern const PsCsafNode ps_csaf_restart_members[2];
extern const PsCsafNode ps_csaf_entitlement_item[1];
extern const PsCsafNode ps_csaf_threat_members[5];
extern const char *const ps_csaf_note_categories[];
extern const PsCsafNode ps_csaf_cvss_2_members[19];
extern const PsCsafNode ps_csaf_cvss_3_members[30];
extern const PsCsafNode ps_csaf_cvss_4_members[36];

#endif
