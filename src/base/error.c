#include "config.h"

#include "base/error.h"

G_DEFINE_QUARK(ps - error - quark, ps_error)

int
ps_error_exit_status(const GError *error)
{
	if (!error)
		return 0;
	if (error->domain != PS_ERROR)
		return 2;
	switch ((PsErrorCode)error->code) {
	case PS_ERROR_NOT_FOUND:
	case PS_ERROR_INVALID:
	case PS_ERROR_CONFLICT:
	case PS_ERROR_REFUSED:
		return 1;
	case PS_ERROR_USAGE:
		return 64;
	default:
		return 2;
	}
}

int
ps_exit_worst(int a, int b)
{
	return MAX(a, b);
}
