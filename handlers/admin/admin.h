#ifndef HANDLERS_ADMIN_ADMIN_H
#define HANDLERS_ADMIN_ADMIN_H

#include "fcgi/http/request.h"

/*
 * `portal admin COMMAND …`: what whoever runs the installation does from the
 * shell, as the database's admin user. Each returns the exit status.
 */
int admin_run(struct req *q, int argc, char *argv[]);

/*
 * sms-list [--state NAME] [--limit N]: the SMS, newest first, one a line, with
 * attempts, state and why; the phone is masked.
 */
int sms_list_run(struct req *q, int argc, char *argv[]);

/*
 * staff-add --account A --name N --bureau REGION [--role officer] --secrets-stdin
 * [--must-change] [--may-download]: the account, made or brought to this state. Standard input has
 * password, phone and 居民身份证号码, one a line. Whoever holds the host needs no second
 * 安全管理员: so come the first two about, and a second one where only one is left.
 */
int staff_add(struct req *q, int argc, char *argv[]);

/*
 * staff-disable, staff-enable, staff-totp-reset --account A: what he has open
 * ends on his next request, at every worker.
 */
int staff_disable(struct req *q, int argc, char *argv[]);
int staff_enable(struct req *q, int argc, char *argv[]);
int staff_totp_reset(struct req *q, int argc, char *argv[]);

/* statistics-rebuild: 统计 counted anew from 审核记录, with today's calendar of working days. */
int statistics_rebuild(struct req *q, int argc, char *argv[]);

#endif
