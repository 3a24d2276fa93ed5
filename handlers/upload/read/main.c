/*
 * portal-reader: the text of one picture or PDF. A program of its own, started for one file by
 * handlers/upload/read/reader.c, because what reads (tesseract, poppler) is large, keeps threads, and
 * is nobody else's business. It loads what it needs, enters the checker's jail, and only then asks
 * for the file: descriptor 3 is a socket that gives it and takes the text. With an argument it reads
 * what a PDF says itself, and no pictures.
 */
#include <leptonica/allheaders.h>
#include <poppler.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <tesseract/capi.h>
#include <unistd.h>

#include "handlers/upload/check/jail.h"
#include "handlers/upload/read/reader.h"

#define SOCKET 3
#define SIDE_MAX 3000 /* pixels a side; larger ones are made smaller, which reads as well */
#define PAGES_MAX 3
#define SCAN_DPI 200.0
#define POINTS 72.0 /* to the inch, in PDF */

static TessBaseAPI *tesseract; /* NULL: no pictures */

/* Appends to what there is of it; the rest of a text that is too long is left out. */
static void
add(char *text, const char *more)
{
	size_t have = strlen(text), room = READER_TEXT_MAX - 1 - have, size = strlen(more);

	memcpy(text + have, more, size < room ? size : room);
}

/* ---- pictures ----------------------------------------------------------------- */

static PIX *
smaller(PIX *pix)
{
	l_int32 side = pixGetWidth(pix) > pixGetHeight(pix) ? pixGetWidth(pix) : pixGetHeight(pix);

	if (side <= SIDE_MAX)
		return pix;
	l_float32 factor = (l_float32)SIDE_MAX / (l_float32)side;
	PIX *scaled = pixScale(pix, factor, factor);
	pixDestroy(&pix);
	return scaled;
}

/* pix passes to this. */
static void
recognise(PIX *pix, char *text)
{
	if (pix)
		pix = smaller(pix);
	if (!pix)
		return;
	TessBaseAPISetImage2(tesseract, pix);
	TessBaseAPISetSourceResolution(tesseract, (int)SCAN_DPI);
	char *seen = TessBaseAPIGetUTF8Text(tesseract);
	if (seen)
		add(text, seen);
	TessDeleteText(seen);
	pixDestroy(&pix);
}

/* A JPEG of a telephone is decoded smaller at once. */
static void
read_jpeg(const l_uint8 *bytes, size_t size, char *text)
{
	l_int32 width = 0, height = 0, reduction = 1;

	if (readHeaderMemJpeg(bytes, size, &width, &height, NULL, NULL, NULL) != 0)
		return;
	while (reduction < 8 && (width > height ? width : height) / reduction > SIDE_MAX)
		reduction *= 2;
	recognise(pixReadMemJpeg(bytes, size, 0, reduction, NULL, 0), text);
}

/* ---- PDF ------------------------------------------------------------------------ */

static PIX *
pix_of(cairo_surface_t *surface)
{
	int width = cairo_image_surface_get_width(surface);
	int height = cairo_image_surface_get_height(surface);
	int stride = cairo_image_surface_get_stride(surface);
	const unsigned char *from = cairo_image_surface_get_data(surface);
	PIX *pix = from ? pixCreate(width, height, 32) : NULL;

	for (int y = 0; pix && y < height; y++) {
		const uint32_t *row =
		    (const uint32_t *)(const void *)(from + (ptrdiff_t)y * stride);

		for (int x = 0; x < width; x++) /* 0xXXRRGGBB becomes 0xRRGGBBXX */
			pixSetPixel(pix, x, y, row[x] << 8);
	}
	return pix;
}

/* A page that is a picture, as scanners make them. */
static void
read_scan(PopplerPage *page, char *text)
{
	double width, height, scale = SCAN_DPI / POINTS;

	poppler_page_get_size(page, &width, &height);
	if (width <= 0 || height <= 0)
		return;
	double side = width > height ? width : height;
	scale = side * scale > SIDE_MAX ? SIDE_MAX / side : scale;
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)(width * scale) + 1, (int)(height * scale) + 1);
	cairo_t *cairo = cairo_create(surface);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	poppler_page_render(page, cairo);
	cairo_surface_flush(surface);
	recognise(pix_of(surface), text);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}

static void
read_page(PopplerPage *page, char *text)
{
	char *own = page ? poppler_page_get_text(page) : NULL;

	if (own && own[strspn(own, " \t\r\n\f")] != '\0')
		add(text, own);
	else if (page && tesseract)
		read_scan(page, text);
	add(text, "\n");
	free(own);
}

static void
read_pdf(const l_uint8 *bytes, size_t size, char *text)
{
	GBytes *all = g_bytes_new_static(bytes, size);
	PopplerDocument *pdf = poppler_document_new_from_bytes(all, NULL, NULL);
	int pages = pdf ? poppler_document_get_n_pages(pdf) : 0;

	for (int i = 0; i < pages && i < PAGES_MAX; i++)
		read_page(poppler_document_get_page(pdf, i), text);
}

/* ---- one file ------------------------------------------------------------------- */

static int
receive(void)
{
	char control[CMSG_SPACE(sizeof(int))], byte;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	struct cmsghdr *header;
	int fd;

	if (recvmsg(SOCKET, &message, 0) != 1)
		return -1;
	header = CMSG_FIRSTHDR(&message);
	if (!header || header->cmsg_type != SCM_RIGHTS)
		return -1;
	memcpy(&fd, CMSG_DATA(header), sizeof(fd));
	return fd;
}

static void
read_file(int fd, char *text)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || st.st_size < 8)
		return;
	size_t size = (size_t)st.st_size;
	const l_uint8 *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return;
	if (memcmp(bytes, "%PDF-", 5) == 0)
		read_pdf(bytes, size, text);
	else if (!tesseract)
		return;
	else if (memcmp(bytes, "\xff\xd8\xff", 3) == 0)
		read_jpeg(bytes, size, text);
	else if (memcmp(bytes, "\x89PNG", 4) == 0)
		recognise(pixReadMemPng(bytes, size), text);
}

int
main(int argc, char *argv[])
{
	static char text[READER_TEXT_MAX];

	(void)argv;
	setMsgSeverity(L_SEVERITY_NONE);
	if (argc == 1) {
		tesseract = TessBaseAPICreate();
		if (TessBaseAPIInit3(tesseract, NULL, "chi_sim") != 0)
			return EXIT_FAILURE;
	}
	if (jail_enter(SOCKET, JAIL_REFUSE) != ERR_OK)
		return EXIT_FAILURE;
	int fd = receive();
	if (fd < 0)
		_exit(EXIT_FAILURE);
	read_file(fd, text);
	ssize_t sent = send(SOCKET, text, strlen(text) + 1, MSG_NOSIGNAL);
	_exit(sent > 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}
