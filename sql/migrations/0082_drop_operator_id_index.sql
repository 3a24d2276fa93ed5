-- Operators are looked up by phone alone.
ALTER TABLE operator DROP COLUMN IF EXISTS id_index
