-- Nobody looks a unit up by its legal person: an index of personal data that only guesses could use.
ALTER TABLE unit DROP COLUMN IF EXISTS legal_id_index, DROP COLUMN IF EXISTS legal_phone_index
