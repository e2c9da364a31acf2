-- SQLite alone needs this step: here every CHECK has had a name since step 10.
SELECT 1;
