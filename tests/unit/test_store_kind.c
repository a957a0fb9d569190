#include "config.h"

/* The kinds table and the way of values from outside to stored form and back. */

#include "tests/unit/store-fixture.h"

#include <string.h>

#include "store/internal.h"

/* ---- the table itself ---- */

static void
kind__table__is_sound(void **state)
{
	gsize count;
	const PsKind *kinds = ps_kinds(&count);

	(void)state;
	assert_true(count >= 20);
	for (gsize i = 0; i < count; i++) {
		const PsKind *kind = &kinds[i];
		assert_ptr_equal(ps_kind_find(kind->name), kind);
		assert_non_null(ps_kind_field(kind, kind->title_field));
		if (kind->parent_field)
			assert_int_equal(ps_kind_field(kind, kind->parent_field)->type,
					 PS_TYPE_REF);
		/* two arguments a field and four more: the log's function takes 100 */
		assert_true(kind->n_fields <= 45);
		for (gsize j = 0; j < kind->n_fields; j++) {
			const PsField *field = &kind->fields[j];
			assert_int_equal(ps_kind_field_index(kind, field->name), (int)j);
			assert_int_equal(field->type == PS_TYPE_CHOICE, field->choices != NULL);
			assert_int_equal(field->type == PS_TYPE_REF, field->refers_to != NULL);
			if (field->refers_to)
				assert_non_null(ps_kind_find(field->refers_to));
			assert_true(strlen(field->help) > 3);
			/* sealed numbers could neither be sorted nor compared by SQLite */
			if (field->flags & PS_FIELD_SEALED)
				assert_true(field->type == PS_TYPE_TEXT ||
					    field->type == PS_TYPE_LONGTEXT);
		}
	}
}

static void
kind__narrative_fields__are_sealed(void **state)
{
	static const char *const must[][2] = {
		{"case", "title"},
		{"case", "summary"},
		{"report", "text"},
		{"report", "reporter_name"},
		{"report", "subject"},
		{"message", "body"},
		{"participant", "address"},
		{"event", "text"},
		{"decision", "reason"},
		{"mail", "protected_subject"},
		{"vulnerability", "description"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(must); i++)
		assert_true(ps_kind_field(ps_kind_find(must[i][0]), must[i][1])->flags &
			    PS_FIELD_SEALED);
}

/* ---- values ---- */

static const char *const colours[] = {"AMBER+STRICT", "RED", NULL};

typedef struct {
	PsFieldType type;
	const char *text, *stored, *back; /* back NULL: as text; stored NULL: refused */
} Value;

static const Value values[] = {
	{PS_TYPE_TEXT, "Überlauf “x”", "Überlauf “x”", NULL},
	{PS_TYPE_TEXT, "two\nlines", NULL, NULL},
	{PS_TYPE_TEXT, "two\rlines", NULL, NULL},
	{PS_TYPE_TEXT, "\xff\xfe", NULL, NULL},
	{PS_TYPE_LONGTEXT, "two\nlines", "two\nlines", NULL},
	{PS_TYPE_LONGTEXT, "\xc3(", NULL, NULL},
	{PS_TYPE_INTEGER, "-42", "-42", NULL},
	{PS_TYPE_INTEGER, "9223372036854775807", "9223372036854775807", NULL},
	{PS_TYPE_INTEGER, "9223372036854775808", NULL, NULL},
	{PS_TYPE_INTEGER, "4.5", NULL, NULL},
	{PS_TYPE_INTEGER, " 4", NULL, NULL},
	{PS_TYPE_INTEGER, "0x10", NULL, NULL},
	{PS_TYPE_BOOLEAN, "yes", "1", NULL},
	{PS_TYPE_BOOLEAN, "NO", "0", "no"},
	{PS_TYPE_BOOLEAN, "true", "1", "yes"},
	{PS_TYPE_BOOLEAN, "maybe", NULL, NULL},
	{PS_TYPE_TIME, "2026-11-21T09:30:00Z", "1795253400000", NULL},
	{PS_TYPE_TIME, "2026-11-21T10:30:00+01:00", "1795253400000", "2026-11-21T09:30:00Z"},
	{PS_TYPE_TIME, "1969-12-31T23:59:59Z", "-1000", NULL},
	{PS_TYPE_TIME, "2026-02-30T00:00:00Z", NULL, NULL},
	{PS_TYPE_TIME, "soon", NULL, NULL},
	{PS_TYPE_DATE, "2026-11-21", "2026-11-21", NULL},
	{PS_TYPE_DATE, "2026-11-21T00:00:00Z", NULL, NULL},
	{PS_TYPE_DATE, "2026-13-01", NULL, NULL},
	{PS_TYPE_CHOICE, "amber+strict", "AMBER+STRICT", "AMBER+STRICT"},
	{PS_TYPE_CHOICE, "AMBER", NULL, NULL},
	{PS_TYPE_REF, "PSIRT-2026-0007", "PSIRT-2026-0007", NULL},
};

static void
field__values__are_checked_and_come_back(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
		const Value *v = &values[i];
		PsField field = {"colour", "Colour", v->type, 0, colours, "case", "Help."};
		g_autoptr(GError) error = NULL;
		g_autofree char *stored = ps_field_to_stored(&field, v->text, &error);
		if (!v->stored) {
			if (stored)
				fail_msg("“%s” was taken as “%s”", v->text, stored);
			assert_int_equal(ps_error_exit_status(error), 2);
			assert_non_null(strstr(error->message, "colour"));
			continue;
		}
		assert_done(stored, error);
		assert_string_equal(stored, v->stored);
		g_autofree char *back = ps_field_to_text(&field, stored);
		assert_string_equal(back, v->back ? v->back : v->text);
	}
}

static void
field__too_long__is_refused_with_the_limit(void **state)
{
	PsField line = {"name", "Name", PS_TYPE_TEXT, 0, NULL, NULL, "Help."};
	g_autofree char *text = g_strnfill(65537, 'x');
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(ps_field_to_stored(&line, text, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_LIMIT));
	assert_non_null(strstr(error->message, "65536"));
	text[65536] = '\0';
	g_autofree char *stored = ps_field_to_stored(&line, text, NULL);
	assert_non_null(stored);
}

/* ---- numbers ---- */

static int
desks_that_may_give(gint64 number)
{
	int count = 0;

	for (gint64 place = 1; place <= 99; place++)
		if (ps_number_after(place, number - 1) == number)
			count++;
	return count;
}

static void
number__blocks__of_two_desks_never_meet(void **state)
{
	(void)state;
	for (gint64 number = 1; number < 12000; number++)
		assert_true(desks_that_may_give(number) <= 1);
	for (gint64 edge = 10000; edge <= 1100000; edge += 5000)
		for (gint64 number = edge - 1; number <= edge + 1; number++)
			assert_true(desks_that_may_give(number) <= 1);
	for (gint64 edge = 1000000; edge <= 101000000; edge += 500000)
		for (gint64 number = edge - 1; number <= edge + 1; number++)
			assert_true(desks_that_may_give(number) <= 1);
	assert_int_equal(ps_number_after(1, 0), 1);
	assert_int_equal(ps_number_after(1, 4998), 4999);
	assert_int_equal(ps_number_after(1, 4999), 10000);
	assert_int_equal(ps_number_after(2, 0), 5000);
	assert_int_equal(ps_number_after(6, 9999), 60000);
	assert_int_equal(ps_number_after(7, 0), 70000);
	assert_int_equal(ps_number_after(1, 19999), 1000000);
	assert_int_equal(ps_number_after(1, 1999999), 0);
	assert_int_equal(ps_number_after(100, 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kind__table__is_sound),
		cmocka_unit_test(kind__narrative_fields__are_sealed),
		cmocka_unit_test(field__values__are_checked_and_come_back),
		cmocka_unit_test(field__too_long__is_refused_with_the_limit),
		cmocka_unit_test(number__blocks__of_two_desks_never_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
