#ifndef PS_MAIL_MESSAGE_H
#define PS_MAIL_MESSAGE_H

/* A message, opened: decrypted in the worker's memory, verified, taken apart. What is here came
 * through the worker and is bounded; every text is safe text (base/safe-text.h) and can be drawn.
 *
 * Rules that keep an answer honest
 * - Parts are never joined: each part is rendered alone, and says for itself whether it was
 *   encrypted and what its signature is worth. Text outside an encrypted or signed part never takes
 *   part in its verdict.
 * - Nothing is fetched. HTML becomes text with numbered links.
 * - A message that cannot be read is not an error: it opens with the headers that can be read and
 *   `problems` that say what is wrong and what to do. An error is only: no such message, worker
 *   gone, cancelled, terminal needed.
 * - Decrypted text lives here, in memory, and is wiped by ps_message_free(). Only the protected
 *   subject is persisted, sealed (ps_message_open() does it when the store is unlocked).
 *
 * RFC 2045-2049, 3156, 4880, 9580 (recognised), 9788 and draft-autocrypt-lamps-protected-headers
 * for protected headers. */

#include <glib.h>

#include "mail/mailbox.h"
#include "openpgp/openpgp.h"
#include "store/store.h"

typedef enum {
	PS_ENCRYPTION_NONE,
	PS_ENCRYPTION_PGP_MIME,
	PS_ENCRYPTION_PGP_INLINE,
	PS_ENCRYPTION_SMIME, /* recognised, not opened */
} PsEncryption;
const char *ps_encryption_token(PsEncryption encryption); /* "pgp-mime", as stored */
const char *ps_encryption_text(PsEncryption encryption);  /* translated */
PsEncryption ps_encryption_from_token(const char *token);

typedef enum {
	PS_PART_ENCRYPTED = 1 << 0,    /* it came out of an encrypted part */
	PS_PART_SIGNED = 1 << 1,       /* it is covered by `signature` */
	PS_PART_ATTACHMENT = 1 << 2,   /* to be saved rather than read */
	PS_PART_HIDDEN = 1 << 3,       /* legacy display: repeats protected headers */
	PS_PART_HTML = 1 << 4,         /* `text` was made from HTML */
	PS_PART_CUT = 1 << 5,          /* a limit cut it; `remark` says which */
	PS_PART_NO_INTEGRITY = 1 << 6, /* decrypted without modification detection */
	PS_PART_ALTERNATIVE = 1 << 7,  /* a better form of the same text comes with it */
} PsPartFlags;

typedef struct {
	int number; /* as `--part N` takes it; 1, 2, … in the order of the walk */
	int parent; /* number of the part that holds it; 0: the message itself */
	int depth;
	char *type;        /* "text/plain", lower case */
	char *filename;    /* sanitised; NULL: none given */
	char *description; /* Content-Description, or the subject of an attached mail; NULL: none */
	gint64 size;       /* decoded bytes, -1 for multiparts */
	char *charset;     /* as declared; NULL */
	PsPartFlags flags;
	int signature; /* index into message->signatures, -1: none */
	char *text;    /* for text parts: safe, LF; else NULL */
	char *remark;  /* what the reader has to know about this part; NULL */
} PsPart;

typedef struct {
	char *name, *outer,
		*inner;   /* outer: as transported; inner: protected, NULL: not protected */
	gboolean differs; /* both are there and are not the same */
} PsMessageHeader;

typedef struct {
	char *id;         /* of the mail record; NULL when opened from bytes */
	char *message_id; /* without <> */
	char *sha256;     /* of the raw message, lower-case hex */
	gint64 size;
	gint64 date;        /* as the sender's Date says; PS_NO_TIME when it can't be read */
	gint64 received_at; /* newest Received header, else the file's own time */

	/* The effective values: protected ones where there are, else the outer ones. */
	char *subject, *from_name, *from_address;
	PsMailbox **from, **to, **cc, **reply_to; /* NULL-terminated, never NULL */
	char *in_reply_to;
	char **references;
	GPtrArray *headers; /* PsMessageHeader*: the headers for people, in fixed order */

	PsEncryption encryption;
	char *algorithm;
	gboolean no_integrity;
	char **recipients; /* key ids that it was encrypted to */
	gboolean decrypted;
	gboolean subject_protected;

	/* Over the whole message: what holds for the text that is read first. The worst counts
	 * where several signatures cover it. */
	PsVerdict verdict;
	char *signer;              /* fingerprint, NULL */
	char *signer_user_id;      /* NULL */
	gboolean signer_differs;   /* no address of the key is the address of From */
	gboolean partly_signed;    /* there is readable text outside the signature */
	gboolean partly_encrypted; /* there is readable text outside the encryption */
	GPtrArray *signatures;     /* PsSignature* */

	GPtrArray *parts;     /* PsPart* */
	char **attached_keys; /* fingerprints of keys that came along (Autocrypt, pgp-keys parts) */
	GPtrArray *problems;  /* char*: each a sentence for the analyst, most important first */
	GPtrArray *notes;     /* char*: what was repaired or hidden */
} PsMessage;

void ps_message_free(PsMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsMessage, ps_message_free)

/* Opens the mail record `id` (row id, Message-ID, "id:…" or a unique prefix): finds its file again
 * when it was moved, remembers verdict, unread and the protected subject in the list. */
PsMessage *ps_message_open(PsStore *store, PsOpenpgp *openpgp, const char *id, PsProgress *progress,
			   GError **error);
/* The same for bytes that are not in the list. */
PsMessage *ps_message_open_bytes(PsOpenpgp *openpgp, GBytes *raw, PsProgress *progress,
				 GError **error);

/* The text to read first: text/plain before HTML, not attachments; parts are divided by a line that
 * names the next one. New string, safe; never NULL. */
char *ps_message_text(const PsMessage *message);
/* The one body part that a reply may quote; NULL when there is none, or when quoting would reveal
 * what was decrypted from an attached or nested ciphertext. Lent. */
const PsPart *ps_message_quotable(const PsMessage *message);
/* One line about encryption and one about the signature, for people. New strings. */
char *ps_message_encryption_line(const PsMessage *message);
char *ps_message_signature_line(const PsMessage *message);
/* For --json; includes parts and texts. */
cJSON *ps_message_json(const PsMessage *message);

/* Bytes of one part, decoded (and decrypted). */
GBytes *ps_message_part_bytes(PsStore *store, PsOpenpgp *openpgp, const char *id, int number,
			      PsProgress *progress, GError **error);
/* The raw message as it lies in the mail directory (at most 128 MiB). */
GBytes *ps_message_raw(PsStore *store, PsOpenpgp *openpgp, const char *id, GError **error);

/* What a case needs to know about who wrote: from the protected headers where there are. */
typedef struct {
	char *name;    /* may be empty */
	char *address; /* where to answer: Reply-To when it is protected or equals From, else From
			*/
	char *fingerprint; /* of the key to encrypt to: the signer's when it carries this address,
			      else the best key for the address; NULL: none known */
} PsReporter;
void ps_reporter_free(PsReporter *reporter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsReporter, ps_reporter_free)
PsReporter *ps_mail_reporter(PsOpenpgp *openpgp, const PsMessage *message, GError **error);

/* Field, value pairs in outside form for a new record of kind `report` (received_at, channel,
 * encryption, verdict, signer, reporter_name, reporter_address, subject, text, message_id,
 * raw_sha256), NULL-terminated, as ps_txn_new() takes them. */
char **ps_mail_report_pairs(const PsMessage *message, const PsReporter *reporter);

#endif
