#include "handlers/upload/check/jail.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/base/log.h"

#define MIB ((rlim_t)1024 * 1024)
#define MEMORY (768 * MIB) /* addresses, with the 200 MiB of libraries that are there at start */
#define CPU 300            /* seconds in all; its parent waits 5 s for one file */

/*
 * What libqpdf, libarchive, libmagic, zlib, tesseract, poppler and the C library need; 45 at most (M-6).
 */
static const int calls[] = {
	/* asked and answering */
	SCMP_SYS(recvmsg),
	SCMP_SYS(sendto),
	SCMP_SYS(close),
	SCMP_SYS(fstat),
	SCMP_SYS(
	    newfstatat), /* how the C library asks fstat(); without open() it finds nothing else */
	/* memory */
	SCMP_SYS(mmap),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(mprotect),
	SCMP_SYS(madvise),
	SCMP_SYS(brk),
	/* the C and C++ libraries */
	SCMP_SYS(futex),
	SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(sysinfo), /* qsort() asks how much memory there is */
	SCMP_SYS(restart_syscall),
	/* ending, also by abort() */
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
#ifdef SANITIZED
	/* AddressSanitizer reads its own maps, reports, and looks for leaks with a thread */
	SCMP_SYS(openat),
	SCMP_SYS(read),
	SCMP_SYS(pread64),
	SCMP_SYS(write),
	SCMP_SYS(readlink),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(clone),
	SCMP_SYS(wait4),
	SCMP_SYS(prctl),
	SCMP_SYS(sched_yield),
	SCMP_SYS(getdents64),
	SCMP_SYS(ptrace),
	SCMP_SYS(tgkill),
	SCMP_SYS(prlimit64),
#endif
};

unsigned
jail_calls(void)
{
	return COUNT(calls);
}

static enum err
failed(const char *what)
{
	log_line(LOG_ERROR, "jail", "what=%s errno=%d", what, errno);
	return ERR_INTERNAL;
}

static enum err
limit(void)
{
	static const struct {
		__rlimit_resource_t resource;
		rlim_t most;
	} limits[] = {
		{ RLIMIT_CPU, CPU },
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_FSIZE, 0 },
		{ RLIMIT_NPROC, 0 },
		{ RLIMIT_NOFILE, 16 },
#ifndef SANITIZED /* its shadow memory is all there is */
		{ RLIMIT_AS, MEMORY },
#endif
	};

	for (size_t i = 0; i < COUNT(limits); i++)
		if (setrlimit(limits[i].resource,
			&(struct rlimit){ limits[i].most, limits[i].most }) != 0)
			return failed("rlimit");
	return ERR_OK;
}

static enum err
filter(enum jail otherwise)
{
	scmp_filter_ctx all =
	    seccomp_init(otherwise == JAIL_KILL ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(EPERM));
	int e = all ? 0 : -1;

	for (size_t i = 0; e == 0 && i < COUNT(calls); i++)
		e = seccomp_rule_add(all, SCMP_ACT_ALLOW, calls[i], 0);
	if (e == 0)
		e = seccomp_load(all);
	if (all)
		seccomp_release(all);
	return e == 0 ? ERR_OK : failed("seccomp");
}

enum err
jail_enter(int socket, enum jail otherwise)
{
	/* the database, Redis, whoever is being served: none of its business */
	if (dup3(socket, 3, 0) < 0 && errno != EINVAL)
		return failed("dup");
	close_range(4, ~0u, 0);
#ifndef SANITIZED
	close_range(0, 2, 0);
#endif
	if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return failed("prctl");
	TRY(limit());
	return filter(otherwise);
}
