-- What names a file is no longer always its SM3 (PORTAL_STORE_DIGEST).
ALTER TABLE document RENAME COLUMN sm3 TO digest, RENAME INDEX by_sm3 TO by_digest;
