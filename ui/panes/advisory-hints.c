#include "config.h"

/* What the footer of an advisory offers first: the next step of its state, so that it shows on a
 * small screen too. */

#include "ui/panes/advisory-pane.h"

/* The steps of a state, the likeliest first. */
static const char *const broken[] = {"advisory.findings", "advisory.fix", NULL};
static const char *const complete[] = {"advisory.review", NULL};
static const char *const alone[] = {"advisory.approve", "advisory.publish", NULL};
static const char *const review[] = {"advisory.approve", "advisory.reject", "advisory.comment",
				     NULL};
static const char *const approved[] = {"advisory.publish", "advisory.arm", NULL};
static const char *const published[] = {"advisory.release",   "advisory.versions",
					"advisory.export",    "advisory.withdraw",
					"advisory.supersede", NULL};
static const char *const ended[] = {"advisory.versions", "advisory.export", NULL};
static const char *const next_version[] = {"advisory.versions", NULL};
static const char *const working[] = {"advisory.next", "advisory.set", "advisory.fix",
				      "advisory.add", NULL};

static gboolean
is_state(const AdvisoryPane *self, const char *state)
{
	return g_strcmp0(ps_record_text(ps_advisory_record(self->advisory), "state"), state) == 0;
}

static const char *const *
next_steps(AdvisoryPane *self)
{
	const PsEditorFindings *findings = ps_editor_findings(self->editor);

	if (is_state(self, "withdrawn") || is_state(self, "superseded"))
		return ended;
	if (ps_advisory_is_unchanged(self->advisory))
		return published;
	if (findings && findings->counts[PS_EDITOR_ERROR] > 0)
		return broken;
	if (self->approved)
		return approved;
	if (is_state(self, "review"))
		return review;
	return self->second_person ? complete : alone;
}

static void
add_steps(GPtrArray *hints, const char *const *steps)
{
	for (; *steps; steps++)
		if (!g_ptr_array_find_with_equal_func(hints, *steps, g_str_equal, NULL))
			g_ptr_array_add(hints, (gpointer)*steps);
}

const char *const *
advisory_hints(PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (!self->advisory)
		return NULL;
	if (!self->hints)
		self->hints = g_ptr_array_new();
	g_ptr_array_set_size(self->hints, 0);
	if (self->changes > 0)
		g_ptr_array_add(self->hints, (gpointer) "advisory.refresh");
	add_steps(self->hints, next_steps(self));
	/* Of a version to come, what it changes is a step away. */
	if (ps_advisory_was_published(self->advisory))
		add_steps(self->hints, next_version);
	add_steps(self->hints, working);
	g_ptr_array_add(self->hints, NULL);
	return (const char *const *)self->hints->pdata;
}
