-- $3 is now: the job must be due, and claimed by nobody else.
INSERT INTO jobs (organization_id, job, due_at, holder_id, held_until)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, job) DO UPDATE SET
    holder_id = excluded.holder_id,
    held_until = excluded.held_until
WHERE jobs.due_at <= excluded.due_at AND (jobs.held_until IS NULL OR jobs.held_until <= excluded.due_at)
