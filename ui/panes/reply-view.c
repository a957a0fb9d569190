#include "config.h"

#include "ui/panes/reply-view.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"

/* Digits of a fingerprint that people compare at a glance: the long key id. */
#define SHORT_FINGERPRINT 16
#define LEAST_TEXT_ROWS 4

enum { COLUMN_ROLE, COLUMN_ADDRESS, COLUMN_KEY, COLUMN_VALIDITY, COLUMN_EXPIRES, COLUMN_SOURCE };
static const PsColumn columns[] = {
	[COLUMN_ROLE] = {"", 4, 0, 0, FALSE},
	[COLUMN_ADDRESS] = {N_("Recipient"), 20, 2, 0, FALSE},
	[COLUMN_KEY] = {N_("Key"), 19, 0, 0, FALSE},
	[COLUMN_VALIDITY] = {N_("Validity"), 9, 0, 2, FALSE},
	[COLUMN_EXPIRES] = {N_("Expires"), 10, 0, 3, FALSE},
	[COLUMN_SOURCE] = {N_("Key from"), 11, 1, 4, FALSE},
};

/* ---- the table ---- */

static const char *
role_text(PsRecipientRole role)
{
	static const char *const texts[] = {
		[PS_RECIPIENT_TO] = N_("To"),
		[PS_RECIPIENT_CC] = N_("Cc"),
		[PS_RECIPIENT_SELF] = N_("Us"),
	};

	return _(texts[role]);
}

/* "1234 5678 9ABC DEF0" */
static char *
key_text(const PsRecipient *recipient)
{
	if (!recipient->key)
		return g_strdup(_("no key"));
	const char *print = recipient->key->fingerprint;
	gsize length = strlen(print);
	GString *text = g_string_new(NULL);
	for (gsize i = length > SHORT_FINGERPRINT ? length - SHORT_FINGERPRINT : 0, n = 0;
	     i < length; i++, n++)
		g_string_append_printf(text, n && n % 4 == 0 ? " %c" : "%c", print[i]);
	return g_string_free(text, FALSE);
}

static char *
expiry_text(const PsRecipient *recipient)
{
	if (!recipient->key)
		return g_strdup("");
	if (recipient->key->expires == PS_NO_TIME)
		return g_strdup(_("never"));
	char *text = ps_utc_format(recipient->key->expires);
	if (strlen(text) > 10)
		text[10] = '\0';
	return text;
}

static PsStyle
recipient_style(const PsRecipient *recipient)
{
	if (recipient->problem || !recipient->key)
		return PS_ROLE_BAD;
	return recipient->warning ? PS_ROLE_WARN : PS_ROLE_NORMAL;
}

static void
draw_recipient(PsView view, int row, const int *widths, const PsRecipient *recipient)
{
	g_autofree char *key = key_text(recipient);
	g_autofree char *expires = expiry_text(recipient);
	const char *texts[] = {
		[COLUMN_ROLE] = role_text(recipient->role),
		[COLUMN_ADDRESS] = recipient->role == PS_RECIPIENT_SELF && recipient->key
					   ? recipient->key->address
					   : recipient->address,
		[COLUMN_KEY] = key,
		[COLUMN_VALIDITY] =
			recipient->key ? ps_key_validity_text(recipient->key->validity) : "",
		[COLUMN_EXPIRES] = expires,
		[COLUMN_SOURCE] = recipient->source,
	};
	PsStyle style = recipient_style(recipient);

	for (gsize i = 0, col = 1; i < G_N_ELEMENTS(columns); i++) {
		if (widths[i] == 0)
			continue;
		ps_view_field(view, row, (int)col, widths[i],
			      i == COLUMN_ROLE ? PS_ROLE_LABEL : style, FALSE, texts[i]);
		col += (gsize)widths[i] + PS_COLUMN_GAP;
	}
}

static void
draw_heads(PsView view, int row, const int *widths)
{
	for (gsize i = 0, col = 1; i < G_N_ELEMENTS(columns); i++) {
		if (widths[i] == 0)
			continue;
		ps_view_field(view, row, (int)col, widths[i], PS_ROLE_HEADING, FALSE,
			      *columns[i].label ? _(columns[i].label) : "");
		col += (gsize)widths[i] + PS_COLUMN_GAP;
	}
}

static int
draw_table(PsView view, int row, int room, const PsDraft *draft)
{
	int widths[PS_COLUMNS_MAX];
	int count = (int)draft->recipients->len;
	int shown = MIN(count, room - 1);

	ps_layout_columns(columns, G_N_ELEMENTS(columns), view.area.cols - 2, widths);
	draw_heads(view, row++, widths);
	/* The last row says what did not fit. */
	for (int i = 0; i < (shown < count ? shown - 1 : shown); i++)
		draw_recipient(view, row++, widths, g_ptr_array_index(draft->recipients, i));
	if (shown < count && shown > 0)
		ps_view_format(view, row++, 1, PS_ROLE_DIM, _("and %d more"), count - shown + 1);
	return row;
}

/* ---- the head ---- */

static void
draw_fate(PsView view, int row, const PsDraft *draft, const char *case_name)
{
	int col = ps_view_text(view, row, 1, draft->encrypt ? PS_ROLE_GOOD : PS_ROLE_BAD,
			       draft->encrypt ? draft->sign ? _("Will be encrypted and signed")
							    : _("Will be encrypted, not signed")
			       : draft->sign ? _("Will be signed, NOT encrypted")
					      : _("Will be neither encrypted nor signed"));

	if (case_name)
		ps_view_format(view, row, col, PS_ROLE_NORMAL, " · %s", case_name);
}

int
ps_reply_view_head(PsView view, const PsDraft *draft, const char *case_name)
{
	int room = MAX(view.area.rows - LEAST_TEXT_ROWS - 3, 2);
	int row = 0;

	draw_fate(view, row++, draft, case_name);
	int col = ps_view_text(view, row, 1, PS_ROLE_LABEL, _("Subject"));
	ps_view_text(view, row++, col + 2, PS_ROLE_STRONG, draft->subject);
	row = draw_table(view, row, room, draft);
	ps_view_rule(view, row++, PS_ROLE_BORDER, NULL);
	return row;
}

/* ---- the text ---- */

void
ps_reply_view_text(PsPager *pager, const PsDraft *draft, const char *refused)
{
	gboolean said = refused != NULL;

	ps_pager_clear(pager);
	if (!draft)
		return;
	if (refused)
		ps_pager_pair(pager, "!", PS_ROLE_BAD, refused, 2);
	for (guint i = 0; i < draft->recipients->len; i++) {
		const PsRecipient *recipient = g_ptr_array_index(draft->recipients, i);
		ps_pager_pair(pager, "!", PS_ROLE_BAD, recipient->problem, 2);
		said |= recipient->problem != NULL;
	}
	for (guint i = 0; i < draft->warnings->len; i++, said = TRUE)
		ps_pager_pair(pager, "!", PS_ROLE_WARN, g_ptr_array_index(draft->warnings, i), 2);
	if (said)
		ps_pager_blank(pager);
	ps_pager_mail(pager, draft->body);
}
