#ifndef PS_UI_OVERLAY_H
#define PS_UI_OVERLAY_H

/* Something that lies over the panes and takes every key until it is done: prompts and choosers. */

#include "ui/app.h"

struct PsOverlay {
	void (*draw)(PsOverlay *overlay, PsApp *app, PsView screen);
	void (*key)(PsOverlay *overlay, PsApp *app, PsKeyCode key);
	void (*paste)(PsOverlay *overlay, PsApp *app, const char *text);
	gboolean done;
};

/* Shows it and runs the main loop until it is done or the application leaves. */
void ps_overlay_run(PsApp *app, PsOverlay *overlay);

#endif
