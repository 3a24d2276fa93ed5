-- Texts are compared character by character: no two are equal because a collation knows neither, as the
-- older ones of MariaDB do with everything beyond the Basic Multilingual Plane. Accounts and official
-- codes are Latin and meant in any case: those columns say so.
ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
