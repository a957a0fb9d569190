#ifndef PS_WORKERS_MAIL_WALK_H
#define PS_WORKERS_MAIL_WALK_H

/* The walk through a message: every part gets a number and is sent as a META object with its text
 * as DATA, encrypted parts are opened with gpgme, signed ones verified. GMime is used for structure
 * only. The plain text of an encrypted part is a new, untrusted message part: the same limits hold
 * for it, and only one further encrypted layer inside it is opened.
 *
 * walk.c: structure. walk-crypto.c: encrypted and signed parts. walk-leaf.c: texts and files. */

#include <gmime/gmime.h>

#include "workers/work.h"

/* How far protected headers of a payload count for the whole message. */
typedef enum {
	PS_HEADERS_NONE,
	PS_HEADERS_ALL,     /* the message's own cryptographic payload */
	PS_HEADERS_SUBJECT, /* payload that a mailing list wrapped: its subject only */
} PsHeaderReach;

/* Where the walk stands. Handed on by value: what a part adds holds for its children only. */
typedef struct {
	int parent, depth;
	int layers;    /* of encryption around it */
	int signature; /* index of what covers it, -1: nothing */
	gboolean no_integrity;
	gboolean attached;    /* inside an attached message */
	gboolean alternative; /* a better form of the same text comes with it */
	gboolean hidden;      /* legacy display */
	PsHeaderReach reach;
} PsPlace;

typedef struct {
	PsWork *work;
	int wanted;    /* number of the part to export; 0: the whole message is wanted */
	GBytes *found; /* bytes of the wanted part */
	int parts;
	int decryptions;
	gsize text_at;          /* bytes of text sent so far */
	const char *encryption; /* token of the message; NULL: none seen */
	gboolean decrypted, no_integrity;
	gboolean too_many, too_deep;
	char *algorithm;
	cJSON *recipients, *signatures, *problems, *notes, *keys;
	cJSON *inner; /* protected headers */
} PsWalk;

void ps_walk_init(PsWalk *walk, PsWork *work, int wanted);
void ps_walk_clear(PsWalk *walk);

/* FALSE only when the request has to end: cancelled, terminal needed, frame limit. */
gboolean ps_walk_object(PsWalk *walk, GMimeObject *object, PsPlace place, GError **error);
gboolean ps_walk_multipart_children(PsWalk *walk, GMimeMultipart *multipart, PsPlace place,
				    GError **error);

/* ---- between the files of the walk ---- */

typedef struct {
	const char *type; /* NULL: of `object` */
	const char *description, *remark;
	gint64 size; /* -1: none */
	gboolean attachment, html, cut;
	GBytes *bytes;    /* for export; NULL: it has none */
	const char *text; /* UTF-8; NULL: none */
} PsPartFacts;

/* Sends one part; gives its number. 0: the limit of parts is reached, nothing was sent. -1: error.
 */
int ps_walk_emit(PsWalk *walk, GMimeObject *object, PsPlace place, const PsPartFacts *facts,
		 GError **error);
gboolean ps_walk_encrypted(PsWalk *walk, GMimeMultipart *multipart, int cipher_index, PsPlace place,
			   GError **error);
gboolean ps_walk_signed(PsWalk *walk, GMimeMultipart *multipart, PsPlace place, GError **error);
gboolean ps_walk_leaf(PsWalk *walk, GMimeObject *object, PsPlace place, GError **error);

/* Opens `cipher` when the limits allow. TRUE: `*plain` is the text, or NULL when it could not be
 * opened; then `*why` is the sentence, which is among the problems already. Updates the place for
 * what is inside. `token`: how it is encrypted. */
gboolean ps_walk_decrypt(PsWalk *walk, GBytes *cipher, const char *token, PsPlace *place,
			 GBytes **plain, char **why, GError **error);
/* Adds the signatures and gives the index of the worst; takes the array. */
int ps_walk_add_signatures(PsWalk *walk, cJSON *signatures, int fallback);
void ps_walk_say(cJSON *sentences, const char *format, ...) G_GNUC_PRINTF(2, 3);
GBytes *ps_part_content(GMimePart *part);
GMimeObject *ps_parse_part(GBytes *bytes, cJSON *notes);

#endif
