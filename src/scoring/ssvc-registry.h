#ifndef PS_SCORING_SSVC_REGISTRY_H
#define PS_SCORING_SSVC_REGISTRY_H

/* The decision points that are registered for SSVC, with their versions and values, as the data
 * file ssvc/points.tsv has them: to judge a selection that somebody else made. Names and keys are
 * those of the registry (CERT/CC); nothing here says what a value means, see ssvc.h for that. */

#include <glib.h>

typedef struct PsSsvcRegistry PsSsvcRegistry;

PsSsvcRegistry *ps_ssvc_registry_open(GError **error);
void ps_ssvc_registry_free(PsSsvcRegistry *registry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsSsvcRegistry, ps_ssvc_registry_free)

/* `space` is a base namespace, with its fragment and without extensions: "ssvc", "nist#800-30". */
gboolean ps_ssvc_registry_has_namespace(const PsSsvcRegistry *registry, const char *space);
/* The point's name, then its values in their order as "KEY=Name"; NULL: no such point. */
char **ps_ssvc_registry_point(const PsSsvcRegistry *registry, const char *space, const char *key,
			      const char *version);
/* Versions of a point, the oldest first; an empty list: no such point. */
char **ps_ssvc_registry_versions(const PsSsvcRegistry *registry, const char *space,
				 const char *key);

#endif
