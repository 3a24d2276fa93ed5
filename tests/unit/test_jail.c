/*
 * The jail around the checkers, and what becomes of a checker that hangs, dies or eats memory.
 * Checkers that misbehave: in the place of inspect_kind(), as the file says. Sanitizers need what
 * the jail forbids, so tests/run runs this in the plain build as well.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "handlers/upload/check/inspector.h"
#include "handlers/upload/check/jail.h"
#include "handlers/upload/check/kind.h"
#include "handlers/upload/check/magic.h"
#include "tests/support/suite.h"

#define SEED "tests/fuzz/seeds/fuzz_inspect_pdf/pdf"

enum reason __real_inspect_kind(struct wanted wanted, struct bytes file, struct copy *copy,
    enum file_kind *ret_kind);
enum reason __wrap_inspect_kind(struct wanted wanted, struct bytes file, struct copy *copy,
    enum file_kind *ret_kind);

static void
eat(void)
{
	for (;;) {
		volatile char *more = malloc(1 << 20);

		if (!more)
			abort(); /* as the C++ library does */
		more[0] = more[(1 << 20) - 1] = 1;
	}
}

enum reason
__wrap_inspect_kind(struct wanted wanted, struct bytes file, struct copy *copy,
    enum file_kind *ret_kind)
{
	if (HOLDS(file, 0, "HANG"))
		for (volatile bool forever = true; forever;)
			;
	if (HOLDS(file, 0, "DIES"))
		__builtin_trap();
	if (HOLDS(file, 0, "EATS"))
		eat();
	if (HOLDS(file, 0, "OPEN"))
		(void)!open("/etc/passwd", O_RDONLY);
	return __real_inspect_kind(wanted, file, copy, ret_kind);
}

static int
holding(const void *bytes, size_t size)
{
	int fd = memfd_create("file", 0);

	CU_ASSERT_EQUAL_FATAL(write(fd, bytes, size), (ssize_t)size);
	return fd;
}

static int
sound_file(void)
{
	static char bytes[65536];
	FILE *file = fopen(SEED, "re");

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	size_t size = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	return holding(bytes, size);
}

static struct finding
find_out(enum file_kind kind, int fd)
{
	struct finding found = { .reason = REASON_COUNT };
	int copy = memfd_create("copy", 0);

	CU_ASSERT_EQUAL_FATAL(ftruncate(copy, 1 << 20), 0);
	CU_ASSERT_EQUAL(inspector_ask((struct wanted){ kind, kind }, fd, copy, &found), ERR_OK);
	close(copy);
	return found;
}

static enum reason
ask(enum file_kind kind, int fd)
{
	return find_out(kind, fd).reason;
}

/* The one child this process has. */
static pid_t
child(void)
{
	char path[64], line[32] = "";

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	FILE *file = fopen(path, "re");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	return (pid_t)strtol(line, NULL, 10);
}

static void
a_checker_killed_between_two_files_is_replaced(void)
{
	int fd = sound_file();

	CU_ASSERT_EQUAL(ask(KIND_PDF, fd), REASON_NONE);
	CU_ASSERT_EQUAL(ask(KIND_JPG, fd), REASON_KIND);
	pid_t first = child();
	CU_ASSERT_FATAL(first > 0);
	kill(first, SIGKILL);
	CU_ASSERT_EQUAL(ask(KIND_PDF, fd), REASON_NONE); /* nobody's file is refused for that */
	CU_ASSERT_NOT_EQUAL(child(), first);
	close(fd);
}

/* The file is refused, the checker replaced, and the next file has its verdict. */
static void
ends_for(const char *file)
{
	int bad = holding(file, strlen(file)), good = sound_file();

	CU_ASSERT_EQUAL(ask(KIND_PDF, good), REASON_NONE);
	pid_t before = child();
	CU_ASSERT_EQUAL(ask(KIND_PDF, bad), REASON_UNCHECKED);
	CU_ASSERT_EQUAL(child(), 0);
	CU_ASSERT_EQUAL(ask(KIND_PDF, good), REASON_NONE);
	CU_ASSERT_NOT_EQUAL(child(), before);
	close(bad);
	close(good);
}

static void
a_file_that_kills_its_checker_is_refused(void)
{
	ends_for("DIES");
}

static void
a_checker_that_hangs_is_ended(void)
{
	ends_for("HANG");
}

#ifndef SANITIZED
static void
a_checker_gets_only_so_much_memory(void)
{
	ends_for("EATS");
}

static void
a_checker_that_opens_a_file_is_killed(void)
{
	ends_for("OPEN");
}
#endif

/* A checker that was just begun has asked nothing of the system yet: behind the jail it may not. */
static void
the_first_file_of_each_kind_is_judged_in_the_jail(void)
{
	static const struct {
		enum file_kind kind;
		const char *seed;
	} firsts[] = { { KIND_PDF, "pdf/packed_pdf" }, { KIND_JPG, "jpg/jpg" },
		{ KIND_PNG, "png/png" }, { KIND_MP4, "mp4/mp4" }, { KIND_ZIP, "zip/zip" },
		{ KIND_RAR, "rar/rar" }, { KIND_RAR, "rar/old_rar" }, { KIND_DOC, "doc/doc" },
		{ KIND_DOCX, "docx/docx" } };

	for (size_t i = 0; i < COUNT(firsts); i++) {
		char path[200];

		snprintf(path, sizeof(path), "tests/fuzz/seeds/fuzz_inspect_%s", firsts[i].seed);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		CU_ASSERT_FATAL(fd >= 0);
		if (child() > 0)
			kill(child(), SIGKILL);
		struct finding found = find_out(firsts[i].kind, fd);
		CU_ASSERT_EQUAL(found.reason, REASON_NONE);
		CU_ASSERT_EQUAL(found.kind, firsts[i].kind);
		close(fd);
	}
}

static void
put(unsigned char *at, unsigned n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		at[i] = (unsigned char)(n >> 8 * i);
}

/* Empty files, as many as make qsort() ask how much memory there is. */
static void
a_zip_of_many_entries_is_judged_in_the_jail(void)
{
	enum { ENTRIES = 1000, LOCAL = 34, RECORD = 50 };
	static unsigned char zip[ENTRIES * (LOCAL + RECORD) + 22];
	unsigned char *end = zip + sizeof(zip) - 22;

	for (unsigned i = 0; i < ENTRIES; i++) {
		unsigned char *local = zip + i * LOCAL,
			      *record = zip + ENTRIES * LOCAL + i * RECORD;
		char name[5];

		snprintf(name, sizeof(name), "%04u", i);
		memcpy(local, "PK\x03\x04\x0a", 5);
		put(local + 26, 4, 2);
		memcpy(local + 30, name, 4);
		memcpy(record, "PK\x01\x02\x14\0\x0a", 7);
		put(record + 28, 4, 2);
		put(record + 42, i * LOCAL, 4);
		memcpy(record + 46, name, 4);
	}
	memcpy(end, "PK\x05\x06", 4);
	put(end + 8, ENTRIES, 2);
	put(end + 10, ENTRIES, 2);
	put(end + 12, ENTRIES * RECORD, 4);
	put(end + 16, ENTRIES * LOCAL, 4);
	int fd = holding(zip, sizeof(zip));
	if (child() > 0)
		kill(child(), SIGKILL);
	CU_ASSERT_EQUAL(ask(KIND_ZIP, fd), REASON_NONE);
	close(fd);
}

/* The name says PNG: what it is by its content counts, where both are taken. */
static void
a_file_is_of_the_kind_its_content_says(void)
{
	int fd = open("tests/fuzz/seeds/fuzz_inspect_jpg/jpg", O_RDONLY | O_CLOEXEC);
	struct finding found;

	CU_ASSERT_FATAL(fd >= 0);
	CU_ASSERT_EQUAL(inspector_ask((struct wanted){ KIND_JPG | KIND_PNG, KIND_PNG }, fd, fd,
			    &found),
	    ERR_OK);
	CU_ASSERT_EQUAL(found.reason, REASON_NONE);
	CU_ASSERT_EQUAL(found.kind, KIND_JPG);
	CU_ASSERT_EQUAL(ask(KIND_PNG, fd), REASON_KIND);
	close(fd);
}

static void
many_files_one_after_the_other(void)
{
	int fd = sound_file();

	for (int i = 0; i < 120; i++)
		CU_ASSERT_EQUAL(ask(KIND_PDF, fd), REASON_NONE);
	close(fd);
}

static void
without_a_checker_no_file_is_judged(void)
{
	int fd = sound_file(), status = 0;
	pid_t pid = fork();

	if (pid == 0) { /* no descriptors left for its socket */
		struct finding found = { .reason = REASON_COUNT };
		struct wanted wanted = { KIND_PDF, KIND_PDF };

		while (open("/dev/null", O_RDONLY) >= 0)
			;
		_exit(inspector_ask(wanted, fd, fd, &found) == ERR_UNAVAILABLE &&
			      found.reason == REASON_COUNT
			  ? 0
			  : 1);
	}
	waitpid(pid, &status, 0);
	CU_ASSERT_EQUAL(status, 0);
	close(fd);
}

#ifndef SANITIZED
/* What a checker that was taken over would try. */
static void
try_open(void)
{
	(void)!open("/etc/passwd", O_RDONLY);
}
static void
try_fork(void)
{
	(void)!fork();
}
static void
try_pipe(void)
{
	(void)!pipe((int[2]){ 0 });
}
static void
try_socket(void)
{
	(void)!socket(AF_INET, SOCK_STREAM, 0);
}
static void
try_write(void)
{
	(void)!write(3, "x", 1);
}
static void
try_program(void)
{
	(void)!execl("/bin/true", "true", (char *)NULL);
}

static void
the_jail_kills_whoever_leaves_it(void)
{
	static void (*const tries[])(
	    void) = { try_open, try_fork, try_pipe, try_socket, try_write, try_program };

	for (size_t i = 0; i < COUNT(tries); i++) {
		int status = 0;
		pid_t pid = fork();

		if (pid == 0) {
			if (jail_enter(1, JAIL_KILL) != ERR_OK)
				_exit(1);
			tries[i]();
			_exit(0);
		}
		waitpid(pid, &status, 0);
		CU_ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
	}
}

/* What reads licences is refused the same, and goes on. */
static void
whoever_reads_gets_nothing_of_it_either(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		if (jail_enter(1, JAIL_REFUSE) != ERR_OK)
			_exit(1);
		bool refused = open("/etc/passwd", O_RDONLY) < 0 && errno == EPERM &&
			       socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM &&
			       execl("/bin/true", "true", (char *)NULL) < 0 && errno == EPERM &&
			       fork() < 0;
		_exit(refused ? 42 : 2);
	}
	waitpid(pid, &status, 0);
	CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 42);
}

/* The kernel's own count of what the filter lets through: /proc says that there is one. */
static void
the_checker_runs_under_a_filter_and_without_privileges(void)
{
	char path[64], line[256];
	int fd = sound_file(), filtered = 0, bare = 0;

	CU_ASSERT_EQUAL(ask(KIND_PDF, fd), REASON_NONE);
	snprintf(path, sizeof(path), "/proc/%d/status", (int)child());
	FILE *file = fopen(path, "re");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	while (fgets(line, sizeof(line), file)) {
		filtered += strcmp(line, "Seccomp:\t2\n") == 0;
		bare += strcmp(line, "NoNewPrivs:\t1\n") == 0;
	}
	fclose(file);
	CU_ASSERT_EQUAL(filtered, 1);
	CU_ASSERT_EQUAL(bare, 1);
	CU_ASSERT_TRUE(jail_calls() <= 45); /* M-6 */
	close(fd);
}
#endif

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a checker killed between two files is replaced",
		    a_checker_killed_between_two_files_is_replaced },
		{ "a file that kills its checker is refused",
		    a_file_that_kills_its_checker_is_refused },
		{ "a checker that hangs is ended", a_checker_that_hangs_is_ended },
		{ "the first file of each kind is judged in the jail",
		    the_first_file_of_each_kind_is_judged_in_the_jail },
		{ "a ZIP of many entries is judged in the jail",
		    a_zip_of_many_entries_is_judged_in_the_jail },
		{ "a file is of the kind its content says",
		    a_file_is_of_the_kind_its_content_says },
		{ "many files one after the other", many_files_one_after_the_other },
		{ "without a checker no file is judged", without_a_checker_no_file_is_judged },
#ifndef SANITIZED
		{ "a checker gets only so much memory", a_checker_gets_only_so_much_memory },
		{ "a checker that opens a file is killed", a_checker_that_opens_a_file_is_killed },
		{ "the jail kills whoever leaves it", the_jail_kills_whoever_leaves_it },
		{ "whoever reads gets nothing of it either",
		    whoever_reads_gets_nothing_of_it_either },
		{ "the checker runs under a filter and without privileges",
		    the_checker_runs_under_a_filter_and_without_privileges },
#endif
		CU_TEST_INFO_NULL,
	};

	if (magic_init() != ERR_OK)
		return 2;
	return run_suite("jail", tests);
}
