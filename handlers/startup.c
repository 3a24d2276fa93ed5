#include "handlers/startup.h"

#include "fcgi/captcha.h"
#include "fcgi/magic.h"
#include "fcgi/password.h"
#include "fcgi/pdf.h"

enum err
startup(const struct config *config)
{
	password_init(config->run);
	captcha_init(config->font);
	pdf_init(config->font);
	return magic_init();
}
