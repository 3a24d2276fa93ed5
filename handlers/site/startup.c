#include "handlers/site/startup.h"

#include "fcgi/crypto/password.h"
#include "fcgi/paper/pdf.h"
#include "handlers/account/captcha_picture.h"
#include "handlers/site/dictionaries.h"
#include "handlers/upload/check/magic.h"

/* How many may wait for a hash: of the workers, one in four is left for whoever wants something else. */
static unsigned
waiters(unsigned workers)
{
	unsigned others = workers >= 4 ? workers / 4 : 1;

	return workers > others + PASSWORD_SLOTS ? workers - others - PASSWORD_SLOTS : 0;
}

enum err
startup(const struct config *config, const char *site, unsigned workers)
{
	password_init(config->run, site, waiters(workers));
	captcha_init(config->font);
	pdf_init(config->font);
	form_set_dictionaries(dictionaries_current);
	return magic_init();
}
