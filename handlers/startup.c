#include "handlers/startup.h"

#include "fcgi/captcha.h"
#include "fcgi/magic.h"
#include "fcgi/password.h"
#include "fcgi/pdf.h"
#include "handlers/dictionaries.h"

enum err
startup(const struct config *config)
{
	password_init(config->run);
	captcha_init(config->font);
	pdf_init(config->font);
	form_set_dictionaries(dictionaries_current);
	return magic_init();
}
