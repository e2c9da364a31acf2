-- What an import brought and what it left out, as JSON, for its page.
-- Servers of the previous release may keep running: they leave the column at its default.

ALTER TABLE imports ADD COLUMN details TEXT COLLATE "C" NOT NULL DEFAULT '{}'
    CONSTRAINT imports_details CHECK (length(details) BETWEEN 2 AND 1000000);
