#include "config.h"

/* What templates are filled with. */

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "mail/compose-internal.h"

#define QUOTE_LINES 300

static void
put(GHashTable *fields, const char *name, const char *value)
{
	g_hash_table_insert(fields, g_strdup(name),
			    ps_safe_text(value ? value : "", -1, PS_SAFE_LINE));
}

static void
put_day(GHashTable *fields, const char *name, gint64 ms)
{
	g_autofree char *text = ps_utc_format(ms);

	if (text)
		text[10] = '\0'; /* the date of RFC 3339 */
	put(fields, name, text);
}

/* "Re: AW: [list] Hole" without what other programs put in front. */
static char *
bare_subject(const char *subject)
{
	static const char *const prefixes[] = {"re:", "aw:", "fwd:", "fw:", "wg:", "sv:"};
	const char *at = subject;
	gboolean cut = TRUE;

	while (cut) {
		cut = FALSE;
		while (*at == ' ')
			at++;
		for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
			if (g_ascii_strncasecmp(at, prefixes[i], strlen(prefixes[i])) == 0) {
				at += strlen(prefixes[i]);
				cut = TRUE;
			}
	}
	return g_strdup(at);
}

static void
put_message(GHashTable *fields, const PsMessage *message)
{
	g_autofree char *subject = bare_subject(message ? message->subject : "");
	g_autofree char *quote = message ? ps_draft_quote(message) : NULL;

	put(fields, "subject",
	    *subject && !g_str_equal(subject, "...") ? subject : _("your report"));
	put_day(fields, "received", message ? message->received_at : PS_NO_TIME);
	g_hash_table_insert(fields, g_strdup("quote"), g_strdup(quote ? quote : ""));
}

static void
put_case(PsStore *store, GHashTable *fields, const PsRecord *record)
{
	const char *number = record ? ps_record_number(record) : NULL;
	g_autofree char *reference = number ? g_strdup_printf(" [%s]", number) : NULL;

	put(fields, "case", number);
	put(fields, "reference", reference);
	put(fields, "title", record ? ps_record_text(record, "title") : NULL);
	put_day(fields, "fix_due", record ? ps_record_time(record, "fix_due_at") : PS_NO_TIME);
	put_day(fields, "embargo", record ? ps_record_time(record, "embargo_until") : PS_NO_TIME);
	const char *other = record ? ps_record_text(record, "duplicate_of") : NULL;
	g_autoptr(PsRecord) first = other ? ps_store_get(store, "case", other, NULL) : NULL;
	put(fields, "duplicate_of", first ? ps_record_number(first) : NULL);
}

/* The case's published advisory and its CVE numbers. */
static void
put_advisory(PsStore *store, GHashTable *fields, const PsRecord *record)
{
	g_autoptr(GPtrArray) advisories =
		record ? ps_store_children(store, "advisory", ps_record_id(record), NULL) : NULL;
	g_autoptr(GPtrArray) flaws =
		record ? ps_store_children(store, "vulnerability", ps_record_id(record), NULL)
		       : NULL;
	g_autofree char *base = ps_store_config(store, "provider.url");
	g_autoptr(GString) cves = g_string_new(NULL);

	for (guint i = 0; advisories && i < advisories->len; i++) {
		const char *state = ps_record_text(advisories->pdata[i], "state"),
			   *tracking = ps_record_text(advisories->pdata[i], "tracking_id");
		if (g_strcmp0(state, "published") != 0)
			continue;
		put(fields, "advisory", tracking);
		put(fields, "advisory_url", base);
	}
	for (guint i = 0; flaws && i < flaws->len; i++) {
		const char *cve = ps_record_text(flaws->pdata[i], "cve");
		if (cve)
			g_string_append_printf(cves, "%s%s", cves->len ? ", " : "", cve);
	}
	put(fields, "cve", cves->str);
}

static void
put_team(PsStore *store, GHashTable *fields)
{
	g_autofree char *name = ps_store_config(store, "org.name"),
			*from = ps_store_config(store, "mail.from"),
			*key = ps_store_config(store, "mail.key"),
			*contact = ps_store_config(store, "org.contact");
	const char *person_id = ps_store_person(store);
	g_autoptr(PsRecord) person =
		person_id ? ps_store_get(store, "person", person_id, NULL) : NULL;
	PsMailbox **sender = from ? ps_mailboxes_parse(from, NULL) : NULL;
	g_autofree char *team = name ? g_strdup_printf("%s PSIRT", name)
				: sender && sender[0] && *sender[0]->name
					? g_strdup(sender[0]->name)
					: g_strdup("PSIRT");

	put(fields, "team", team);
	put(fields, "person", person ? ps_record_text(person, "name") : NULL);
	put(fields, "fingerprint", key);
	put(fields, "contact", contact);
	ps_mailboxes_free(sender);
}

GHashTable *
ps_draft_fields(PsStore *store, const PsRecord *case_record, const PsMessage *message,
		const PsReporter *reporter)
{
	GHashTable *fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	put_message(fields, message);
	put_case(store, fields, case_record);
	put_advisory(store, fields, case_record);
	put_team(store, fields);
	put(fields, "reporter", reporter && *reporter->name ? reporter->name : _("reporter"));
	put_day(fields, "today", ps_now_ms());
	return fields;
}

char *
ps_draft_quote(const PsMessage *message)
{
	const PsPart *part = ps_message_quotable(message);

	if (!part)
		return NULL;
	g_auto(GStrv) lines = g_strsplit(part->text, "\n", -1);
	g_autofree char *when = ps_utc_format(message->date);
	const char *who = *message->from_name ? message->from_name : message->from_address;
	GString *quote = g_string_new(NULL);
	gsize count = g_strv_length(lines);
	while (count > 0 && !*lines[count - 1])
		count--;
	g_string_append_printf(quote, _("On %s, %s wrote:\n"), when ? when : "?", who);
	for (gsize i = 0; i < MIN(count, QUOTE_LINES); i++)
		g_string_append_printf(quote, ">%s%s\n", *lines[i] && *lines[i] != '>' ? " " : "",
				       lines[i]);
	if (count > QUOTE_LINES)
		g_string_append(quote, "> […]\n");
	return g_string_free(quote, FALSE);
}
