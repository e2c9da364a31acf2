INSERT INTO write_probes (organization_id, probed_at)
VALUES ($1, $2)
ON CONFLICT (organization_id) DO UPDATE SET probed_at = excluded.probed_at
