#include "handlers/account/captcha_picture.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "fcgi/base/array.h"
#include "fcgi/base/random.h"
#include "fcgi/paper/drawn.h"

/*
 * Left out because a bent one looks like another: 0 D O Q, 1 I L, 2 Z, 5 S,
 * 6 G, 8 B, U V; J and W, which run into their neighbours.
 */
static const char alphabet[] = CAPTCHA_ALPHABET;

static const char *family = "sans-serif";

/* One picture being drawn. Lengths are pixels at scale 1. */
struct picture {
	cairo_t *cr;
	uint64_t state; /* of the random numbers */
	double bend_x, bend_y, phase_x, phase_y;
	double ink[3], paper[3];
};

/* splitmix64: even, fast, and the same on every machine. */
static uint64_t
next(struct picture *p)
{
	uint64_t z = p->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static double
between(struct picture *p, double low, double high)
{
	return low + (high - low) * (double)(next(p) >> 11) / 9007199254740992.0;
}

/* Either -1 or 1. */
static double
side(struct picture *p)
{
	return next(p) & 1 ? 1 : -1;
}

/* ---- parts of the picture ---- */

static void
choose_colours(struct picture *p)
{
	/* Every ink has a contrast above 7 on every paper. */
	static const double inks[][3] = { { .05, .20, .42 }, { .35, .08, .22 }, { .06, .28, .18 },
		{ .25, .12, .40 }, { .30, .18, .05 } };
	const double *ink = inks[next(p) % (COUNT(inks))];

	for (size_t i = 0; i < 3; i++) {
		p->ink[i] = ink[i];
		p->paper[i] = between(p, .92, 1);
	}
}

static void
use(const struct picture *p, const double colour[3])
{
	cairo_set_source_rgb(p->cr, colour[0], colour[1], colour[2]);
}

/* The whole picture's waves, the same for all glyphs so that neighbours fit. */
static void
bend(const struct picture *p, double *x, double *y)
{
	double old_x = *x, old_y = *y;

	*x = old_x + p->bend_x * sin(old_y / 9 + p->phase_x);
	*y = old_y + p->bend_y * sin(old_x / 13 + p->phase_y);
}

/* Replace the current path by its bent self. */
static void
bend_path(const struct picture *p)
{
	cairo_path_t *path = cairo_copy_path_flat(p->cr);

	cairo_new_path(p->cr);
	for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
		cairo_path_data_t *d = &path->data[i];

		if (d->header.type == CAIRO_PATH_CLOSE_PATH) {
			cairo_close_path(p->cr);
			continue;
		}
		double x = d[1].point.x, y = d[1].point.y;
		bend(p, &x, &y);
		if (d->header.type == CAIRO_PATH_MOVE_TO)
			cairo_move_to(p->cr, x, y);
		else
			cairo_line_to(p->cr, x, y);
	}
	cairo_path_destroy(path);
}

/* The outline of a character, turned and sheared, its box's left edge and middle at 0. */
static cairo_path_t *
shape_glyph(struct picture *p, char c, double *ret_width)
{
	const char text[2] = { c, 0 };
	double turn = side(p) * between(p, .10, .32), shear = side(p) * between(p, .06, .24);
	double left, top, right, bottom;
	cairo_matrix_t matrix;

	cairo_save(p->cr);
	cairo_set_font_size(p->cr, between(p, 44, 52));
	cairo_matrix_init(&matrix, between(p, .92, 1.1), 0, shear, 1, 0, 0);
	cairo_rotate(p->cr, turn);
	cairo_transform(p->cr, &matrix);
	cairo_new_path(p->cr);
	cairo_text_path(p->cr, text);
	cairo_restore(p->cr); /* the path stays, in the picture's own coordinates */
	cairo_path_extents(p->cr, &left, &top, &right, &bottom);

	cairo_path_t *path = cairo_copy_path(p->cr);
	cairo_new_path(p->cr);
	cairo_save(p->cr);
	cairo_translate(p->cr, -left, -(top + bottom) / 2);
	cairo_append_path(p->cr, path);
	cairo_restore(p->cr);
	cairo_path_destroy(path);
	*ret_width = right - left;
	return cairo_copy_path(p->cr);
}

static void
draw_glyph(struct picture *p, const cairo_path_t *glyph, double x)
{
	cairo_new_path(p->cr);
	cairo_save(p->cr);
	cairo_translate(p->cr, x, CAPTCHA_HEIGHT / 2.0 + between(p, -4, 4));
	cairo_append_path(p->cr, glyph);
	cairo_restore(p->cr);
	bend_path(p);
	cairo_fill_preserve(p->cr);
	cairo_set_line_width(p->cr, between(p, .6, 1.4));
	cairo_stroke(p->cr);
}

/* Over the whole width; neighbours touch or overlap, but not so far that one is lost. */
static void
draw_glyphs(struct picture *p, const char *text)
{
	cairo_path_t *glyphs[CAPTCHA_LENGTH];
	double widths[CAPTCHA_LENGTH], total = 0;

	for (size_t i = 0; i < CAPTCHA_LENGTH; i++) {
		glyphs[i] = shape_glyph(p, text[i], &widths[i]);
		total += widths[i];
	}
	double gap = fmin(fmax((CAPTCHA_WIDTH - 16 - total) / (CAPTCHA_LENGTH - 1), -6), -1.2);
	double x = (CAPTCHA_WIDTH - total - gap * (CAPTCHA_LENGTH - 1)) / 2;
	for (size_t i = 0; i < CAPTCHA_LENGTH; i++) {
		draw_glyph(p, glyphs[i], x + between(p, -1.5, 1.5));
		x += widths[i] + gap;
		cairo_path_destroy(glyphs[i]);
	}
}

/* A wave from edge to edge through the band where the glyphs are. */
static void
draw_wave(struct picture *p, double width)
{
	double y = between(p, 18, 42), rise = between(p, -14, 14), height = between(p, 5, 11);
	double length = between(p, 15, 28), phase = between(p, 0, 6.3);

	cairo_new_path(p->cr);
	for (double x = -4; x <= CAPTCHA_WIDTH + 4; x += 4)
		cairo_line_to(p->cr, x,
		    y + rise * (x / CAPTCHA_WIDTH - .5) + height * sin(x / length + phase));
	cairo_set_line_width(p->cr, width);
	cairo_stroke(p->cr);
}

static void
draw_specks(struct picture *p)
{
	for (int i = 0; i < 45; i++) {
		double x = between(p, 0, CAPTCHA_WIDTH), y = between(p, 0, CAPTCHA_HEIGHT);

		cairo_new_path(p->cr);
		cairo_arc(p->cr, x, y, between(p, .4, 1.1), 0, 6.3);
		cairo_fill(p->cr);
	}
}

static void
draw(struct picture *p, const char *text)
{
	choose_colours(p);
	p->bend_x = side(p) * between(p, 1.2, 2.4);
	p->bend_y = side(p) * between(p, 1.5, 3);
	p->phase_x = between(p, 0, 6.3);
	p->phase_y = between(p, 0, 6.3);
	use(p, p->paper);
	cairo_paint(p->cr);
	use(p, p->ink);
	draw_specks(p);
	draw_glyphs(p, text);
	draw_wave(p, between(p, 1.6, 2.2));
	draw_wave(p, between(p, 1.6, 2.2));
	use(p, p->paper);
	draw_wave(p, between(p, .8, 1.2));
}

/* ---- around it ---- */

void
captcha_draw(struct arena *arena, const char *text, uint64_t seed, unsigned scale,
    unsigned char **ret_png, size_t *ret_size)
{
	assert(strlen(text) == CAPTCHA_LENGTH && scale >= 1 && scale <= CAPTCHA_SCALE_MAX);
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)(CAPTCHA_WIDTH * scale), (int)(CAPTCHA_HEIGHT * scale));
	struct picture picture = { .cr = cairo_create(surface), .state = seed };
	struct drawn png = { .arena = arena };

	cairo_scale(picture.cr, scale, scale);
	cairo_select_font_face(picture.cr, family, CAIRO_FONT_SLANT_NORMAL,
	    CAIRO_FONT_WEIGHT_NORMAL);
	draw(&picture, text);
	cairo_status_t status = cairo_status(picture.cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(surface, drawn_append, &png);
	cairo_destroy(picture.cr);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		drawn_give_up("captcha", status);
	*ret_png = png.bytes;
	*ret_size = png.size;
}

void
captcha_init(const char *font)
{
	struct arena *arena = arena_new((size_t)1 << 20);
	unsigned char *png;
	size_t size;

	family = font;
	captcha_draw(arena, "ACEF", 1, 1, &png, &size);
	arena_free(arena);
}

char *
captcha_text(struct arena *arena)
{
	char *text = arena_alloc(arena, CAPTCHA_LENGTH + 1);

	for (size_t i = 0; i < CAPTCHA_LENGTH; i++)
		text[i] = alphabet[random_below(sizeof(alphabet) - 1)];
	return text;
}

bool
captcha_match(const char *answer, const char *typed)
{
	size_t len;

	typed += strspn(typed, " \t\r\n");
	len = strcspn(typed, " \t\r\n");
	return typed[len + strspn(typed + len, " \t\r\n")] == 0 && len == strlen(answer) &&
	       strncasecmp(answer, typed, len) == 0;
}
