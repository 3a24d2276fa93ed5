#ifndef HANDLERS_ACCOUNT_CAPTCHA_H
#define HANDLERS_ACCOUNT_CAPTCHA_H

#include "fcgi/http/answer.h"

/* POST /captchas - 201: a new 图形验证码, good for one try within five minutes. */
extern const struct answer captcha_answer;
MUST_CHECK enum err captcha_new(struct req *q);
extern const struct answer captcha_picture_answer, captcha_sound_answer;
extern const struct form captcha_query;
/* GET /captchas/{key}[?scale=2] - its picture, the same each time; 404 once it is used up. */
MUST_CHECK enum err captcha_show(struct req *q);
/* GET /captchas/{key}/audio - its characters spoken, audio/wav, likewise. */
MUST_CHECK enum err captcha_play(struct req *q);

#endif
