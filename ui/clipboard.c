#include "config.h"

#include "ui/clipboard.h"

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "ui/ask.h"
#include "ui/screen.h"

static gboolean
copy_to_terminal(PsApp *app, const char *what, const char *text, const char *file_name,
		 GError **error)
{
	(void)file_name;
	if (!app->screen) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("There is no terminal to copy through: set ui.clipboard to "
				      "“file”."));
		return FALSE;
	}
	ps_screen_copy(app->screen, text);
	ps_app_say(
		app, PS_SAY_GOOD,
		_("%s was sent to the terminal's clipboard (%zu bytes). If nothing arrives there, "
		  "the terminal forbids it: set ui.clipboard to “file”."),
		what, strlen(text));
	return TRUE;
}

static gboolean
copy_to_file(PsApp *app, const char *what, const char *text, const char *file_name, GError **error)
{
	PsAskLine ask = {.label = _("Write to the file"), .initial = file_name, .history = "file"};
	g_autofree char *name = ps_ask_line(app, &ask);

	if (!name || !*name)
		return FALSE;
	if (g_file_test(name, G_FILE_TEST_EXISTS)) {
		g_autofree char *question =
			g_strdup_printf(_("“%s” is there already. Replace it?"), name);
		if (!ps_ask_yes(app, question))
			return FALSE;
	}
	g_autofree char *lines = g_strconcat(text, "\n", NULL);
	if (!ps_file_write(name, lines, -1, 0600, error))
		return FALSE;
	g_autofree char *path = g_canonicalize_filename(name, NULL);
	ps_app_say(app, PS_SAY_GOOD, _("%s was written to “%s” (%zu bytes)."), what, path,
		   strlen(lines));
	return TRUE;
}

static gboolean
copy_nowhere(PsApp *app, const char *what, const char *text, const char *file_name, GError **error)
{
	(void)app;
	(void)what;
	(void)text;
	(void)file_name;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("Copying is switched off: ui.clipboard is “off”; osc52 and file are "
			      "the other choices."));
	return FALSE;
}

gboolean
ps_copy_out(PsApp *app, const char *what, const char *text, const char *file_name, GError **error)
{
	static const struct {
		const char *setting;
		gboolean (*copy)(PsApp *app, const char *what, const char *text,
				 const char *file_name, GError **error);
	} ways[] = {{"osc52", copy_to_terminal}, {"file", copy_to_file}, {"off", copy_nowhere}};
	g_autofree char *setting = app->store ? ps_store_config(app->store, "ui.clipboard") : NULL;
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);

	if (strlen(safe) > PS_COPY_MAX) {
		g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
			    _("%s is too long to be copied: %zu bytes, %d are allowed."), what,
			    strlen(safe), PS_COPY_MAX);
		return FALSE;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(ways); i++)
		if (g_strcmp0(ways[i].setting, setting ? setting : "osc52") == 0)
			return ways[i].copy(app, what, safe, file_name, error);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("The setting ui.clipboard can't be “%s”: osc52, file or off."), setting);
	return FALSE;
}
