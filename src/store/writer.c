#include "config.h"

/* The writer thread: edits of the workstation run on a connection of their own, one after the
 * other, so that the screen never waits for a disk. */

#include "base/error.h"
#include "base/i18n.h"
#include "store/internal.h"

typedef struct {
	PsWriter *writer;
	PsWriteFunc func; /* NULL: the last one, ends the thread */
	PsWriteDone done;
	gpointer data;
	GDestroyNotify free_data;
	GError *error;
} Write;

struct PsWriter {
	PsStore *store; /* used by the thread only */
	GThread *thread;
	GAsyncQueue *queue;
	GMainContext *context; /* where `done` runs */
};

static gboolean
write_done(gpointer user)
{
	Write *write = user;

	if (write->done)
		write->done(write->data, write->error);
	if (write->free_data)
		write->free_data(write->data);
	g_clear_error(&write->error);
	g_free(write);
	return G_SOURCE_REMOVE;
}

static gpointer
writer_run(gpointer user)
{
	PsWriter *writer = user;

	for (;;) {
		Write *write = g_async_queue_pop(writer->queue);
		if (!write->func) {
			g_free(write);
			return NULL;
		}
		if (!write->func(writer->store, write->data, &write->error) && !write->error)
			g_set_error_literal(&write->error, PS_ERROR, PS_ERROR_IO,
					    _("The change was not made, and no reason was given."));
		g_main_context_invoke(writer->context, write_done, write);
	}
}

PsWriter *
ps_writer_new(PsStore *store, GError **error)
{
	PsStore *own = ps_store_clone(store, error);

	if (!own)
		return NULL;
	PsWriter *writer = g_new0(PsWriter, 1);
	writer->store = own;
	writer->queue = g_async_queue_new();
	writer->context = g_main_context_ref_thread_default();
	writer->thread = g_thread_new("writer", writer_run, writer);
	return writer;
}

void
ps_writer_submit(PsWriter *writer, PsWriteFunc func, PsWriteDone done, gpointer data,
		 GDestroyNotify free_data)
{
	Write *write = g_new0(Write, 1);

	*write = (Write){writer, func, done, data, free_data, NULL};
	g_async_queue_push(writer->queue, write);
}

void
ps_writer_free(PsWriter *writer)
{
	if (!writer)
		return;
	g_async_queue_push(writer->queue, g_new0(Write, 1));
	g_thread_join(writer->thread);
	g_async_queue_unref(writer->queue);
	g_main_context_unref(writer->context);
	ps_store_close(writer->store);
	g_free(writer);
}
