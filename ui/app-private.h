#ifndef PS_UI_APP_PRIVATE_H
#define PS_UI_APP_PRIVATE_H

/* What the parts of the application share among themselves. */

#include "ui/app.h"
#include "ui/screen.h"

PsApp *ps_app_new(PsCli *cli);
void ps_app_free(PsApp *app);

/* Every pane reads again now, also those that are not shown. */
void ps_app_refresh_all(PsApp *app);

/* app-draw.c */
void ps_app_draw(PsApp *app);

/* app-loop.c */

/* Signals are read from a file: blocked here, before any thread starts. */
void ps_app_block_signals(void);
/* What a child process must undo, for GSpawnChildSetupFunc. */
void ps_app_child_setup(gpointer unused);
gboolean ps_app_start_loop(PsApp *app, GError **error);
void ps_app_stop_loop(PsApp *app);
/* One turn of the main loop; waits for something to happen. */
void ps_app_step(PsApp *app);
/* Stops the process until the shell continues it. */
void ps_app_suspend(PsApp *app);
void ps_app_resize(PsApp *app, int rows, int cols);
/* Attaches a source of the application (which may run inside a question); takes it over. Removed
 * with ps_app_remove_source(), or with the application. */
void ps_app_add_source(PsApp *app, GSource *source, int priority, GSourceFunc func);
void ps_app_remove_source(PsApp *app, GSource *source);
/* The same, to run once. It is gone before `func` runs, which may turn the loop again. */
void ps_app_add_once(PsApp *app, GSource *source, int priority, void (*func)(PsApp *app));
/* Keys wait while this is > 0; nests. */
void ps_app_hold_input(PsApp *app);
void ps_app_let_input(PsApp *app);

/* app.c: refreshes what was put off. */
void ps_app_catch_up(PsApp *app);

/* app-work.c */
/* Text of the running job for the message line, NULL: none. New string. */
char *ps_app_job_line(PsApp *app);
/* Cancels every job and waits a few seconds until they have ended; FALSE: some have not. */
gboolean ps_app_end_jobs(PsApp *app);
/* Opens or locks the sealed texts; keeps the screen alive. */
gboolean ps_app_unlock(PsApp *app, GError **error);

/* Begins a job that publishes what was armed for now or before; once a second. (app-due.c) */
void ps_app_publish_due(PsApp *app);

#endif
