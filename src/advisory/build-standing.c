#include "config.h"

/* How each product stands to a vulnerability: from what was said of releases and combinations, and
 * from the decisions. CSAF 2.0 section 3.2.3.9. */

#include "advisory/build.h"

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
			const char *product = ps_record_text(affected, "relationship");
			if (!product)
				product = ps_record_text(affected, "release");
			if (product &&
			    (own ? g_strcmp0(of, ps_record_id(vulnerability)) == 0 : !of))
				g_hash_table_replace(found, (gpointer)product, affected);
		}
	return found;
}

static gboolean
contains_the_fix(const PsFacts *facts, const PsRecord *release)
{
	for (guint i = 0; i < facts->decisions->len; i++) {
		const PsRecord *decision = facts->decisions->pdata[i];
		if (g_strcmp0(ps_record_text(decision, "category"), "vendor_fix") == 0 &&
		    g_strcmp0(ps_record_text(decision, "fixed_in"), ps_record_id(release)) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
add_standing(GPtrArray *standings, const PsFacts *facts, const PsRecord *release,
	     const PsRecord *relationship, const PsRecord *affected)
{
	if (!affected && !contains_the_fix(facts, release))
		return;
	PsStanding *standing = g_new0(PsStanding, 1);
	standing->product_id = ps_record_id(relationship ? relationship : release);
	standing->release = release;
	standing->relationship = relationship;
	standing->affected = affected;
	standing->status = affected ? ps_record_text(affected, "status") : "fixed";
	g_ptr_array_add(standings, standing);
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
			add_standing(standings, facts, release, pair, own ? own : of_release);
			combined = TRUE;
		}
		if (!combined)
			add_standing(standings, facts, release, NULL, of_release);
	}
	return standings;
}
