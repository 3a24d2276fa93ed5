#include "tests/support/zip_made.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PARTS_MAX 8

static uint32_t
crc_of(const unsigned char *bytes, size_t size)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < size; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static void
put(int fd, uint32_t value, size_t bytes)
{
	unsigned char little[4] = { (unsigned char)value, (unsigned char)(value >> 8),
		(unsigned char)(value >> 16), (unsigned char)(value >> 24) };

	(void)!write(fd, little, bytes);
}

/* What local and central headers share, from the version that is needed on. */
static void
put_entry(int fd, const struct zip_part *part)
{
	put(fd, 20, 2);       /* version */
	put(fd, 0, 2);        /* flags */
	put(fd, 0, 2);        /* not packed */
	put(fd, 0x210000, 4); /* 1980-01-01 */
	put(fd, crc_of(part->bytes, part->size), 4);
	put(fd, (uint32_t)part->size, 4);
	put(fd, (uint32_t)part->size, 4);
	put(fd, (uint32_t)strlen(part->name), 2);
	put(fd, 0, 2); /* extra */
}

static uint32_t
position(int fd)
{
	return (uint32_t)lseek(fd, 0, SEEK_CUR);
}

int
zip_made(const struct zip_part *parts, size_t count)
{
	uint32_t at[PARTS_MAX];
	int fd = memfd_create("zip", MFD_CLOEXEC);

	if (fd < 0 || count > PARTS_MAX)
		return -1;
	for (size_t i = 0; i < count; i++) {
		at[i] = position(fd);
		put(fd, 0x04034b50, 4);
		put_entry(fd, &parts[i]);
		(void)!write(fd, parts[i].name, strlen(parts[i].name));
		(void)!write(fd, parts[i].bytes, parts[i].size);
	}
	uint32_t directory = position(fd);
	for (size_t i = 0; i < count; i++) {
		put(fd, 0x02014b50, 4);
		put(fd, 20, 2);
		put_entry(fd, &parts[i]);
		put(fd, 0, 2); /* comment */
		put(fd, 0, 2); /* disk */
		put(fd, 0, 2);
		put(fd, 0, 4);
		put(fd, at[i], 4);
		(void)!write(fd, parts[i].name, strlen(parts[i].name));
	}
	uint32_t size = position(fd) - directory;
	put(fd, 0x06054b50, 4);
	put(fd, 0, 4);
	put(fd, (uint32_t)count, 2);
	put(fd, (uint32_t)count, 2);
	put(fd, size, 4);
	put(fd, directory, 4);
	put(fd, 0, 2);
	return fd;
}

int
file_made(const void *bytes, size_t size)
{
	int fd = memfd_create("bytes", MFD_CLOEXEC);

	if (fd >= 0)
		(void)!write(fd, bytes, size);
	return fd;
}
