#include "handlers/startup.h"

#include "fcgi/password.h"

enum err
startup(const struct config *config)
{
	password_init(config->run);
	return ERR_OK;
}
