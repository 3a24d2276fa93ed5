#ifndef HANDLERS_SELFTEST_CLI_H
#define HANDLERS_SELFTEST_CLI_H

#include "fcgi/http/request.h"

/*
 * `portal selftest check --keys KEYS.json < envelope.json`: the diagnosis of
 * handlers/selftest/diagnosis_answer.h as one JSON object on standard output. Needs no
 * installation. Exit status: 0 ok, 1 a mistake was found, 2 usage. With --lines
 * each line is an envelope and its diagnosis one line, also of one that is too long, and
 * the status 0. With --masked the bytes are those the page gets: without 数字密钥, on one
 * line. With --strict what some platforms do differently (PAY-7) is a mistake.
 *
 * `portal selftest seal --keys KEYS.json`: for each line of standard input, an
 * object, the envelope that a channel with these keys sends: to compare with.
 */
int selftest_cli(struct req *q, int argc, char *argv[]);

#endif
