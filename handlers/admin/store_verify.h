#ifndef HANDLERS_ADMIN_STORE_VERIFY_H
#define HANDLERS_ADMIN_STORE_VERIFY_H

#include "fcgi/http/request.h"

/*
 * `portal admin store-verify [--no-content]`: compares the rows of uploads with
 * the files of the store, both ways, by place, size and, unless told not to, by
 * the SM3 of the content. One line per difference on standard output:
 *
 *   missing FILE upload/ID        a row promises it
 *   wrong-size FILE upload/ID     longer or shorter than its row says
 *   wrong-content FILE upload/ID  its SM3 is another one
 *   short FILE upload/ID          partial, and shorter than was acknowledged
 *   foreign FILE                  no row knows it, and it is older than 15 minutes
 *
 * and a line that sums up. Returns the exit status: 0 all agree, 1 they do
 * not, 2 it could not be read.
 */
int store_verify_run(struct req *q, int argc, char *argv[]);

#endif
