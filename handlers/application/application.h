#ifndef HANDLERS_APPLICATION_APPLICATION_H
#define HANDLERS_APPLICATION_APPLICATION_H

#include "fcgi/http/answer.h"

/*
 * 申请单 on the public site (APP). The operator who holds the grant
 * writes, for the institution chosen; the unit reads. Whatever belongs to
 * another unit answers 404, as if there were nothing.
 */

/* POST /applications - a draft; required fields may be empty. 201 */
extern const struct answer application_created_answer;
MUST_CHECK enum err application_create(struct req *q);
/* A form that was saved, this one or the 验收单. */
struct saved_answer {
	int64_t version;
};
extern const struct answer saved_answer;
/* PUT /applications/{key} - while it is a draft or rejected. */
MUST_CHECK enum err application_save(struct req *q);
/* DELETE /applications/{key} - a draft only. 204 */
MUST_CHECK enum err application_remove(struct req *q);
/* POST /applications/{key}/submission - judges what is stored. 200 step_answer */
MUST_CHECK enum err application_submit(struct req *q);
/* POST /applications/{key}/discard - 弃用. 200 step_answer */
MUST_CHECK enum err application_discard(struct req *q);
/* GET /applications */
extern const struct answer applications_answer;
extern const struct form applications_query;
MUST_CHECK enum err application_index(struct req *q);
/* GET /applications/{key}: handlers/application/view.h */
MUST_CHECK enum err application_show(struct req *q);

/* GET /official-channels - 官方渠道 */
extern const struct answer official_channels_answer;
extern const struct form official_channel_query;
MUST_CHECK enum err official_channel_index(struct req *q);
/* GET /existing-apps - 自有渠道（已有） of the institution chosen */
extern const struct answer existing_apps_answer;
MUST_CHECK enum err existing_app_index(struct req *q);

#endif
