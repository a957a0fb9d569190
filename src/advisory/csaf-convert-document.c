#include "config.h"

/* /document: version, TLP, publisher, title. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/item.h"
#include "base/i18n.h"

/* ---- TLP ---- */

static const char *
tlp_2(const char *label)
{
	return g_str_equal(label, "WHITE") ? "CLEAR" : label;
}

/* The label behind "TLP v2.0: TLP:" in the distribution text; NULL: none. */
static const char *
label_in_text(const char *text)
{
	static const char *const labels[] = {"AMBER+STRICT", "AMBER", "CLEAR", "GREEN", "RED"};
	const char *at = text ? strstr(text, "TLP v2.0: TLP:") : NULL;

	at = at ? at + strlen("TLP v2.0: TLP:") : NULL;
	for (gsize i = 0; at && i < G_N_ELEMENTS(labels); i++)
		if (g_str_has_prefix(at, labels[i]))
			return labels[i];
	return NULL;
}

static void
convert_tlp(PsConvert *convert, cJSON *document)
{
	cJSON *distribution = ps_need(document, "distribution", FALSE);
	cJSON *tlp = ps_need(distribution, "tlp", FALSE);
	const char *given = ps_json_text(tlp, "label");
	const char *label = given ? tlp_2(given) : "CLEAR";
	const char *said = label_in_text(ps_json_text(distribution, "text"));

	if (said && convert->options->tlp_from_text) {
		if (!given || !g_str_equal(said, label))
			ps_convert_warn(convert, "/document/distribution/text",
					_("The TLP label was taken from the distribution text: "
					  "“%s” instead of “%s”."),
					said, label);
		label = said;
	} else if (said && !g_str_equal(said, label)) {
		ps_convert_warn(convert, "/document/distribution/text",
				_("The distribution text says “TLP:%s”, but the label gives “%s”; "
				  "--tlp-from-text takes that of the text."),
				said, label);
	} else if (!given) {
		ps_convert_warn(convert, "/document/distribution/tlp/label",
				_("There is no TLP label; the default TLP has been set: “%s”."),
				label);
	}
	ps_convert_set(tlp, "label", label);
}

/* ---- publisher ---- */

static void
convert_publisher(PsConvert *convert, cJSON *document)
{
	cJSON *publisher = cJSON_GetObjectItemCaseSensitive(document, "publisher");
	const char *category = ps_json_text(publisher, "category");

	if (!category || !g_str_equal(category, "other"))
		return;
	if (convert->options->multiplier)
		ps_convert_set(publisher, "category", "multiplier");
	else
		ps_convert_warn(convert, "/document/publisher/category",
				_("The publisher's category is “other”: some parties have been "
				  "regrouped into the new value “multiplier”; check whether it "
				  "fits (--multiplier sets it)."));
}

/* ---- title ---- */

static gboolean
is_separator(gunichar c)
{
	return g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION ||
	       c == 0x2212 || (c < 0x80 && strchr(":;,|/_.#", (int)c));
}

static void
strip_end(GString *text)
{
	while (text->len) {
		const char *last = g_utf8_prev_char(text->str + text->len);
		if (!is_separator(g_utf8_get_char(last)))
			return;
		g_string_truncate(text, (gsize)(last - text->str));
	}
}

static const char *
strip_start(const char *text)
{
	while (*text && is_separator(g_utf8_get_char(text)))
		text = g_utf8_next_char(text);
	return text;
}

/* Brackets that held nothing but the id. */
static const char *
strip_brackets(GString *left, const char *right)
{
	static const char *const pairs[] = {"()", "[]", "{}", "<>", "\"\"", "''"};

	for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (left->len && left->str[left->len - 1] == pairs[i][0] && *right == pairs[i][1]) {
			g_string_truncate(left, left->len - 1);
			strip_end(left);
			return strip_start(right + 1);
		}
	return right;
}

/* The title without the first id in it, and what parted the two. New string. */
static char *
without_id(const char *title, const char *id)
{
	const char *at = strstr(title, id);
	GString *left = g_string_new_len(title, at - title);

	strip_end(left);
	const char *right = strip_brackets(left, strip_start(at + strlen(id)));
	gboolean joined = !left->len || !*right || strchr(")]}", *right) ||
			  strchr("([{", left->str[left->len - 1]);
	g_string_append_printf(left, "%s%s", joined ? "" : " ", right);
	return g_string_free(left, FALSE);
}

static void
convert_title(PsConvert *convert, cJSON *document)
{
	const cJSON *tracking = cJSON_GetObjectItemCaseSensitive(document, "tracking");
	const char *id = ps_json_text(tracking, "id"), *given = ps_json_text(document, "title");
	g_autofree char *title = g_strdup(given);

	if (!id || !given || !*id || !strstr(given, id))
		return;
	while (strstr(title, id)) {
		char *shorter = without_id(title, id);
		g_free(title);
		title = shorter;
	}
	if (!*title) {
		ps_convert_warn(convert, "/document/title",
				_("The title “%s” is just the tracking id and was kept: give the "
				  "document a title."),
				given);
		return;
	}
	ps_convert_set(document, "title", title);
}

void
ps_convert_document(PsConvert *convert)
{
	cJSON *document = cJSON_GetObjectItemCaseSensitive(convert->root, "document");

	ps_convert_set(document, "csaf_version", "2.1");
	convert_tlp(convert, document);
	convert_publisher(convert, document);
	convert_title(convert, document);
}
