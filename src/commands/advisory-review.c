#include "config.h"

/* advisory review, approve, reject, approval, comment, comments, resolve: the second pair of eyes.
 */

#include "commands/advisory-cli.h"

#include <string.h>

#include "advisory/comment.h"
#include "advisory/review.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"

/* No signature comes near this. */
#define SIGNATURE_MAX (1024 * 1024)

/* ---- review ---- */

static cJSON *
approval_json(const PsApproval *approval)
{
	g_autofree char *at = ps_utc_format(approval->at);
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "by", approval->name);
	cJSON_AddStringToObject(object, "version", approval->version);
	cJSON_AddStringToObject(object, "at", at);
	cJSON_AddBoolToObject(object, "alone", approval->alone);
	cJSON_AddItemToObject(object, "fingerprint",
			      approval->fingerprint ? cJSON_CreateString(approval->fingerprint)
						    : cJSON_CreateNull());
	return object;
}

static void
print_review(PsCli *cli, const PsAdvisory *advisory, const PsReview *review)
{
	const PsRecord *record = ps_advisory_record(advisory);

	if (!cli->json) {
		ps_cli_line(cli, "%s", review->sentence);
		return;
	}
	g_autoptr(cJSON) object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "advisory", ps_record_text(record, "tracking_id"));
	cJSON_AddStringToObject(object, "version", ps_advisory_version(advisory));
	cJSON_AddStringToObject(object, "state", ps_record_text(record, "state"));
	cJSON_AddBoolToObject(object, "second_person", review->needed);
	cJSON_AddBoolToObject(object, "holds", review->holds);
	cJSON_AddItemToObject(object, "approval",
			      review->approval ? approval_json(review->approval)
					       : cJSON_CreateNull());
	cJSON_AddStringToObject(object, "authors", review->author_names);
	cJSON_AddNumberToObject(object, "open_comments", review->open_comments);
	cJSON_AddStringToObject(object, "message", review->sentence);
	ps_cli_print_json(cli, object);
}

int
ps_cli_advisory_review(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean status = FALSE;
	const GOptionEntry entries[] = {
		{"status", 0, 0, G_OPTION_ARG_NONE, &status, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 1, 1, error))
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	if (!status && !ps_review_ask(cli->store, argv[1], error))
		return 2;
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, argv[1], error);
	g_autoptr(PsReview) review = advisory ? ps_review(cli->store, advisory, error) : NULL;
	if (!review)
		return 2;
	if (!status)
		return ps_cli_advisory_answer(cli, argv[1], error);
	print_review(cli, advisory, review);
	return review->holds || !review->needed ? 0 : 1;
}

/* The person is told what the record says, and what is still open. */
static int
answer_approval(PsCli *cli, const char *id, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, id, error);
	g_autoptr(PsReview) review = advisory ? ps_review(cli->store, advisory, error) : NULL;

	if (!review)
		return 2;
	if (!cli->json)
		ps_cli_note(cli, "%s", review->sentence);
	if (!cli->json && review->open_comments)
		ps_cli_note(cli,
			    ngettext("%u comment is still open.", "%u comments are still open.",
				     review->open_comments),
			    review->open_comments);
	return ps_cli_advisory_answer(cli, id, error);
}

int
ps_cli_advisory_approve(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 1, 1, error))
		return 64;
	if (!ps_cli_unlocked(cli, error) ||
	    !ps_advisory_approve(cli->store, ps_cli_openpgp(cli), argv[1], error))
		return 2;
	return answer_approval(cli, argv[1], error);
}

int
ps_cli_advisory_reject(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *reason = NULL;
	const GOptionEntry entries[] = {
		{"reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 1, 1, error))
		return 64;
	if (!ps_cli_unlocked(cli, error) || !ps_review_reject(cli->store, argv[1], reason, error))
		return 2;
	return ps_cli_advisory_answer(cli, argv[1], error);
}

/* ---- approvals that travel ---- */

static int
print_statement(PsCli *cli, const PsAdvisory *advisory, const char *file, GError **error)
{
	g_autofree char *text = ps_review_statement(advisory);

	(void)file;
	(void)error;
	fputs(text, cli->out);
	return 0;
}

static int
print_document(PsCli *cli, const PsAdvisory *advisory, const char *file, GError **error)
{
	g_autoptr(cJSON) document = ps_review_document(advisory);
	g_autofree char *text = ps_advisory_print(document);

	(void)file;
	(void)error;
	fputs(text, cli->out);
	return 0;
}

/* The statement, and beside it the signature where there is one already. */
static int
export_approval(PsCli *cli, const PsAdvisory *advisory, const char *file, GError **error)
{
	g_autoptr(PsReview) review = ps_review(cli->store, advisory, error);
	g_autofree char *text = ps_review_statement(advisory);
	g_autofree char *beside = g_strconcat(file, ".asc", NULL);

	if (!review || !ps_file_write(file, text, -1, 0600, error))
		return 2;
	if (review->holds && review->approval->signature) {
		if (!ps_file_write(beside, review->approval->signature, -1, 0600, error))
			return 2;
		ps_cli_note(cli, _("The approval is in “%s”; “gpg --verify %s %s” checks it."),
			    beside, beside, file);
		return 0;
	}
	ps_cli_note(cli,
		    _("Sign it where the second person's key is: “gpg --armor --detach-sign %s”, "
		      "then here: “psirtdesk advisory approval import %s %s”."),
		    file, ps_record_text(ps_advisory_record(advisory), "tracking_id"), beside);
	return 0;
}

static int
import_approval(PsCli *cli, const PsAdvisory *advisory, const char *file, GError **error)
{
	gsize length = 0;
	g_autofree char *text = ps_file_read(file, SIGNATURE_MAX, &length, error);
	const char *id = ps_advisory_id(advisory);

	if (!text)
		return 2;
	g_autoptr(GBytes) signature = g_bytes_new(text, length);
	if (!ps_review_import(cli->store, ps_cli_openpgp(cli), id, signature, NULL, error))
		return 2;
	return answer_approval(cli, id, error);
}

int
ps_cli_advisory_approval(PsCli *cli, int argc, char **argv, GError **error)
{
	static const struct {
		const char *name;
		int operands;
		int (*run)(PsCli *cli, const PsAdvisory *advisory, const char *file,
			   GError **error);
	} moves[] = {
		{"statement", 2, print_statement},
		{"document", 2, print_document},
		{"export", 3, export_approval},
		{"import", 3, import_approval},
	};

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS(moves); i++) {
		if (!g_str_equal(moves[i].name, argv[1]))
			continue;
		if (!ps_cli_advisory_operands(cli, argc, argv, moves[i].operands, moves[i].operands,
					      error))
			return 64;
		g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, argv[2], error);
		return advisory ? moves[i].run(cli, advisory, argc > 3 ? argv[3] : NULL, error) : 2;
	}
	return ps_cli_usage(cli, error,
			    _("“advisory approval” is followed by statement, document, "
			      "export or import."));
}

/* ---- comments ---- */

int
ps_cli_advisory_comment(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 3, 3, error))
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autofree char *id = ps_comment_add(cli->store, argv[1], argv[2], argv[3], error);
	return id ? ps_cli_print_record(cli, "advisory_comment", id, error) : 2;
}

static void
add_text(cJSON *object, const char *name, const char *text)
{
	cJSON_AddItemToObject(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

static void
print_comment(PsCli *cli, const PsComment *comment)
{
	g_autofree char *at = ps_utc_format(comment->at);
	g_autofree char *resolved_at = ps_utc_format(comment->resolved_at);

	if (!cli->json) {
		ps_cli_row(cli, comment->id, comment->resolved ? "resolved" : "open", at,
			   comment->by ? comment->by : "",
			   comment->pointer ? comment->pointer : comment->field, comment->text,
			   NULL);
		return;
	}
	cJSON *object = cJSON_CreateObject();
	add_text(object, "id", comment->id);
	add_text(object, "field", comment->field);
	add_text(object, "pointer", comment->pointer);
	add_text(object, "label", comment->label);
	add_text(object, "text", comment->text);
	add_text(object, "by", comment->by);
	add_text(object, "at", at);
	cJSON_AddBoolToObject(object, "resolved", comment->resolved);
	add_text(object, "resolved_by", comment->resolved_by);
	add_text(object, "resolved_at", resolved_at);
	ps_cli_array_add(cli, object);
}

int
ps_cli_advisory_comments(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean all = FALSE;
	const GOptionEntry entries[] = {
		{"all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 1, 1, error))
		return 64;
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, argv[1], error);
	g_autoptr(GPtrArray) comments =
		advisory ? ps_comments(cli->store, advisory, !all, error) : NULL;
	if (!comments)
		return 2;
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < comments->len; i++)
		print_comment(cli, comments->pdata[i]);
	if (cli->json)
		ps_cli_array_end(cli);
	return 0;
}

int
ps_cli_advisory_resolve(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean reopen = FALSE;
	const GOptionEntry entries[] = {
		{"reopen", 0, 0, G_OPTION_ARG_NONE, &reopen, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 1, -1, error))
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	for (int i = 1; i < argc; i++)
		if (!ps_comment_resolve(cli->store, argv[i], !reopen, error))
			return 2;
	return 0;
}
