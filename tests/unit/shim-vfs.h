#ifndef PS_TEST_SHIM_VFS_H
#define PS_TEST_SHIM_VFS_H

/* An SQLite VFS over the machine's own, that fails when told to.
 *
 * It counts every operation that touches a file (open, read, write, sync, truncate, size, delete,
 * exists). In SHIM_CUT the operation with the given number is the moment of a power cut: it and all
 * later ones fail, and shim_reboot() then gives every file what a disk would hold: what was synced,
 * and of the sectors written since none, or a random part. Real syncs are left out, which is what
 * makes thousands of runs possible. */

#include <glib.h>

typedef enum {
	SHIM_NONE,    /* only counts */
	SHIM_ONCE,    /* that one operation fails */
	SHIM_FOREVER, /* and all after it */
	SHIM_FULL,    /* from then on writes find the disk full */
	SHIM_CUT,     /* power cut */
} ShimMode;

/* Registers the VFS as SQLite's default, once. */
void shim_install(void);
/* Starts counting at 0. `at`: number of the operation, from 1. */
void shim_arm(ShimMode mode, int at);
/* Stops failing; gives the number of operations counted. */
int shim_disarm(void);
/* Did the moment come? */
gboolean shim_happened(void);
/* After a power cut, with all files closed: what is on the disk now. random NULL: no unsynced
 * sector survived; else each with one chance in two. */
void shim_reboot(GRand *random);

#endif
