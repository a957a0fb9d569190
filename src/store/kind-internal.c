#include "config.h"

/* Kinds that the store keeps for itself. They are logged by the same triggers as all others, so
 * that the chain tells of them and replay finds them; people meet them through their own commands
 * only. */

#include "store/internal.h"

#define TEXT(name)                                                                                 \
	{                                                                                          \
		name, name, PS_TYPE_TEXT, 0, NULL, NULL, ""                                        \
	}
#define INTEGER(name)                                                                              \
	{                                                                                          \
		name, name, PS_TYPE_INTEGER, 0, NULL, NULL, ""                                     \
	}

/* A desk: one installed copy. Its place gives the blocks of short numbers (number.c). */
static const PsField desk_fields[] = {TEXT("name"), INTEGER("place")};
/* A stretch of a desk's chain; `previous` is the hash that it continues. */
static const PsField epoch_fields[] = {TEXT("desk"), INTEGER("epoch"), TEXT("reason"),
				       TEXT("previous")};
/* id = SHA-256 of the bytes; stored_sha256 = of the bytes as stored, so that verifying needs no
 * key. */
static const PsField document_fields[] = {TEXT("media_type"), INTEGER("size"), INTEGER("sealed"),
					  TEXT("stored_sha256")};
/* `batch` marks its rows in KIND_stored; state: done | replaced. */
static const PsField import_fields[] = {TEXT("kind"),     TEXT("document"), TEXT("parent"),
					INTEGER("count"), TEXT("digest"),   TEXT("state"),
					INTEGER("batch")};
/* `field` absent: every sealed field, by destroying the record's key. */
static const PsField erasure_fields[] = {TEXT("kind"), TEXT("record"), TEXT("field"),
					 TEXT("reason")};
/* A transaction that was undone, in the one that undid it. */
static const PsField reversal_fields[] = {TEXT("undone"), TEXT("action")};
/* A transaction that must not be undone. */
static const PsField irreversible_fields[] = {TEXT("done"), TEXT("action")};
/* Whose OpenPGP keys open the workspace from then on. */
static const PsField recipients_fields[] = {TEXT("fingerprints")};
static const PsField checkpoint_fields[] = {TEXT("desk"),
					    INTEGER("epoch"),
					    INTEGER("sequence"),
					    TEXT("hash"),
					    INTEGER("clock"),
					    TEXT("fingerprint"),
					    {"signature", "signature", PS_TYPE_LONGTEXT, 0, NULL,
					     NULL, ""}};

#define KIND(name)                                                                                 \
	{                                                                                          \
#name, #name, #name, NULL, "id", NULL, 0, name##_fields,                           \
			G_N_ELEMENTS(name##_fields), ""                                            \
	}

static const PsKind internal_kinds[] = {
	KIND(desk),     KIND(epoch),        KIND(document),   KIND(import),     KIND(erasure),
	KIND(reversal), KIND(irreversible), KIND(checkpoint), KIND(recipients),
};

const PsKind *
ps_kinds_internal(gsize *count)
{
	*count = G_N_ELEMENTS(internal_kinds);
	return internal_kinds;
}
