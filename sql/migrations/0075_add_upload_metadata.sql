-- HEAD gives it back as it came (tus 1.0.0, creation).
ALTER TABLE upload ADD metadata VARCHAR(4096) CHARACTER SET ascii NULL COMMENT 'Upload-Metadata'
