-- Whoever was an officer before could download; from now on it is granted.
UPDATE staff SET may_download = 1 WHERE role = 3
