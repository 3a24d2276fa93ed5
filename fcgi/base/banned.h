#ifndef FCGI_BASE_BANNED_H
#define FCGI_BASE_BANNED_H

/*
 * Functions that are too easy to use wrongly: naming one to call it does not
 * compile. CMake includes this file before every line of ours, so the headers
 * that declare them come first.
 *
 * Instead: arena_strndup, arena_printf, snprintf, memcpy; strsep; strtoll with
 * its end looked at; gmtime_r, localtime_r; random_bytes; an arena.
 */

#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(function) function##_is_banned_see_fcgi_banned_h

#undef strcpy
#define strcpy(to, from) BANNED(strcpy)
#undef strcat
#define strcat(to, from) BANNED(strcat)
#undef strncat
#define strncat(to, from, size) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef gets
#define gets(buffer) BANNED(gets)
#undef strtok
#define strtok(text, marks) BANNED(strtok)
#undef atoi
#define atoi(text) BANNED(atoi)
#undef atol
#define atol(text) BANNED(atol)
#undef atoll
#define atoll(text) BANNED(atoll)
#undef localtime
#define localtime(time) BANNED(localtime)
#undef gmtime
#define gmtime(time) BANNED(gmtime)
#undef ctime
#define ctime(time) BANNED(ctime)
#undef asctime
#define asctime(time) BANNED(asctime)
#undef rand
#define rand() BANNED(rand)
#undef random
#define random() BANNED(random)
#undef system
#define system(command) BANNED(system)
#undef popen
#define popen(command, mode) BANNED(popen)
#undef tmpnam
#define tmpnam(buffer) BANNED(tmpnam)
#undef alloca
#define alloca(size) BANNED(alloca)

#endif
