#include "handlers/site/startup.h"

#include "fcgi/crypto/password.h"
#include "fcgi/paper/pdf.h"
#include "handlers/account/captcha_picture.h"
#include "handlers/site/dictionaries.h"
#include "handlers/upload/check/magic.h"

enum err
startup(const struct config *config, const char *site)
{
	password_init(config->run, site);
	captcha_init(config->font);
	pdf_init(config->font);
	form_set_dictionaries(dictionaries_current);
	return magic_init();
}
