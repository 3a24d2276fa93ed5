#ifndef HANDLERS_APPLICATION_VIEW_MASK_H
#define HANDLERS_APPLICATION_VIEW_MASK_H

#include <jansson.h>

#include "fcgi/base/arena.h"

/* Masks the text object[name], an answer to `field`, when it is personal. */
void view_mask(struct arena *arena, json_t *object, const char *field, const char *name);
/* The same of all answers of a form: {field: value}. */
void view_mask_answers(struct arena *arena, json_t *answers);

#endif
