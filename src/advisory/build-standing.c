#include "config.h"

/* How each product stands to a vulnerability: from what was said of releases and combinations, and
 * from the decisions. CSAF 2.0 section 3.2.3.9. */

#include "advisory/build.h"
#include "registry/own-product.h"

gboolean
ps_status_is_affected(const char *status)
{
	return g_strcmp0(status, "known_affected") == 0 ||
	       g_strcmp0(status, "first_affected") == 0 || g_strcmp0(status, "last_affected") == 0;
}

/* Release or combination id -> PsRecord*. What is said of this vulnerability replaces what is said
 * of all. */
static GHashTable *
affected_by_product(const PsFacts *facts, const PsRecord *vulnerability)
{
	GHashTable *found = g_hash_table_new(g_str_hash, g_str_equal);

	for (int own = 0; own <= 1; own++)
		for (guint i = 0; i < facts->affected->len; i++) {
			PsRecord *affected = facts->affected->pdata[i];
			const char *of = ps_record_text(affected, "vulnerability");
			const char *product = ps_own_product_of(affected);
			if (product &&
			    (own ? g_strcmp0(of, ps_record_id(vulnerability)) == 0 : !of))
				g_hash_table_replace(found, (gpointer)product, affected);
		}
	return found;
}

gboolean
ps_build_decision_counts(const PsRecord *decision, const PsRecord *vulnerability)
{
	const char *of = ps_record_text(decision, "vulnerability");

	return g_strcmp0(ps_record_text(decision, "proposed"), "yes") != 0 &&
	       (!of || g_str_equal(of, ps_record_id(vulnerability)));
}

static gboolean
contains_the_fix(const PsFacts *facts, const PsRecord *release, const PsRecord *vulnerability)
{
	for (guint i = 0; i < facts->decisions->len; i++) {
		const PsRecord *decision = facts->decisions->pdata[i];
		if (ps_build_decision_counts(decision, vulnerability) &&
		    g_strcmp0(ps_record_text(decision, "category"), "vendor_fix") == 0 &&
		    g_strcmp0(ps_record_text(decision, "fixed_in"), ps_record_id(release)) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
add_standing(GPtrArray *standings, const PsFacts *facts, const PsRecord *release,
	     const PsRecord *relationship, const PsRecord *affected, const PsRecord *vulnerability)
{
	if (!affected && !contains_the_fix(facts, release, vulnerability))
		return;
	PsStanding *standing = g_new0(PsStanding, 1);
	standing->product_id = ps_record_id(relationship ? relationship : release);
	standing->release = release;
	standing->relationship = relationship;
	standing->affected = affected;
	standing->status = affected ? ps_record_text(affected, "status") : "fixed";
	g_ptr_array_add(standings, standing);
}

static gboolean
same_text(const PsRecord *a, const PsRecord *b, const char *field)
{
	return g_strcmp0(ps_record_text(a, field), ps_record_text(b, field)) == 0;
}

/* Another version of the same product, used with the same thing in the same way. */
static gboolean
is_counterpart(const PsStanding *one, const PsStanding *other)
{
	return one != other && other->relationship &&
	       same_text(one->relationship, other->relationship, "relates_to") &&
	       same_text(one->relationship, other->relationship, "category") &&
	       same_text(one->release, other->release, "product");
}

/* That a firmware contains a fix says nothing of a device on which it was never affected. */
static gboolean
was_never_affected(GPtrArray *standings, const PsStanding *fixed)
{
	gboolean judged = FALSE;

	for (guint i = 0; i < standings->len; i++) {
		const PsStanding *other = standings->pdata[i];
		if (!is_counterpart(fixed, other))
			continue;
		if (ps_status_is_affected(other->status))
			return FALSE;
		judged = TRUE;
	}
	return judged;
}

static void
drop_needless_fixes(GPtrArray *standings)
{
	for (guint i = standings->len; i > 0; i--) {
		const PsStanding *standing = standings->pdata[i - 1];
		if (!standing->affected && standing->relationship &&
		    was_never_affected(standings, standing))
			g_ptr_array_remove_index(standings, i - 1);
	}
}

GPtrArray *
ps_build_standings(const PsFacts *facts, GPtrArray *releases, const PsRecord *vulnerability)
{
	GPtrArray *standings = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) affected = affected_by_product(facts, vulnerability);

	for (guint i = 0; i < releases->len; i++) {
		const PsRecord *release = releases->pdata[i];
		const PsRecord *of_release = g_hash_table_lookup(affected, ps_record_id(release));
		gboolean combined = FALSE;
		for (guint j = 0; j < facts->relationships->len; j++) {
			const PsRecord *pair = facts->relationships->pdata[j];
			if (g_strcmp0(ps_record_text(pair, "release"), ps_record_id(release)) != 0)
				continue;
			const PsRecord *own = g_hash_table_lookup(affected, ps_record_id(pair));
			add_standing(standings, facts, release, pair, own ? own : of_release,
				     vulnerability);
			combined = TRUE;
		}
		if (!combined)
			add_standing(standings, facts, release, NULL, of_release, vulnerability);
	}
	drop_needless_fixes(standings);
	return standings;
}
