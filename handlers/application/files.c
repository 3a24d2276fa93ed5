#include "handlers/application/files.h"

#include <string.h>

#include "handlers/upload/scan_text.h"
#include "sql/application/upload.h"

static const char **
member(const struct field *f, void *answers)
{
	return (const char **)((char *)answers + f->offset);
}

static const char *
key_of(const struct field *f, const void *answers)
{
	return f->slot ? *(const char *const *)((const char *)answers + f->offset) : NULL;
}

enum err
files_check(struct req *q, const struct form *form, const void *answers, int64_t unit_id)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		const char *key = key_of(f, answers);
		struct upload upload;

		if (!key)
			continue;
		enum err e = upload_get(q->db, q->arena, key, &upload);
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		if (e == ERR_NOT_FOUND || upload.unit_id != unit_id ||
		    upload.state != UPLOAD_STORED || strcmp(upload.slot, f->slot) != 0)
			(void)!form_refuse(form, &q->errors, f->name,
			    "文件未上传完成或已失效，请重新上传");
	}
	return ERR_OK;
}

enum err
files_put(struct sql_tx *tx, int64_t application_id, const struct form *form, const void *answers)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].slot)
			TRY(application_file_put(tx, application_id, form->fields[i].name,
			    key_of(&form->fields[i], answers)));
	return ERR_OK;
}

static const struct application_file *
find(const struct application_file *files, size_t count, const char *field)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(files[i].field, field) == 0)
			return &files[i];
	return NULL;
}

void
files_fill(const struct form *form, void *answers, const struct application_file *files,
    size_t count)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		const struct application_file *file = f->slot ? find(files, count, f->name) : NULL;

		if (file)
			*member(f, answers) = file->upload_id;
	}
}

json_t *
files_json(const struct form *form, const struct application_file *files, size_t count)
{
	json_t *all = json_object();

	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		const struct application_file *file = f->slot ? find(files, count, f->name) : NULL;

		if (file)
			json_object_set_new(all, f->name,
			    json_pack("{ss ss sI ss* ss* ss*}", "id", file->upload_id, "name",
				file->name, "size", (json_int_t)file->size, "type", file->type,
				"digest", file->digest, "scan", scan_text(file->scan)));
	}
	return all;
}

enum err
files_scan(struct req *q, int64_t application_id, json_t *files)
{
	const struct upload_scan *scans;
	const char *field, *id;
	json_t *file;
	size_t count;

	if (json_object_size(files) == 0)
		return ERR_OK;
	TRY(upload_scan_list(q->db, q->arena, application_id, &scans, &count));
	for (size_t i = 0; i < count; i++)
		json_object_foreach(files, field, file)
		{
			id = json_string_value(json_object_get(file, "id"));
			if (id && strcmp(id, scans[i].upload_id) == 0)
				json_object_set_new(file, "scan",
				    json_string(scan_text(scans[i].state)));
		}
	return ERR_OK;
}

json_t *
answers_json(const struct form *form, const void *answers)
{
	json_t *all = form_dump(form, answers);

	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].slot)
			json_object_del(all, form->fields[i].name);
	return all;
}
