-- Pastes of handles have tables of their own: as imports they pushed files out of the list of imports.
CREATE TABLE pastes (
    project_id BLOB NOT NULL,
    paste_id BLOB NOT NULL,
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    -- How many texts were pasted, and what became of them.
    texts INTEGER NOT NULL CHECK (texts >= 0),
    added INTEGER NOT NULL CHECK (added >= 0),
    present INTEGER NOT NULL CHECK (present >= 0),
    unreadable INTEGER NOT NULL CHECK (unreadable >= 0),
    PRIMARY KEY (project_id, paste_id),
    FOREIGN KEY (project_id) REFERENCES projects (project_id)
) STRICT, WITHOUT ROWID;

-- The first 1,000 texts of a paste, those first that need another look.
CREATE TABLE paste_texts (
    project_id BLOB NOT NULL,
    paste_id BLOB NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    line INTEGER NOT NULL CHECK (line >= 0),
    text TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('added', 'restored', 'present', 'repeated', 'unreadable')),
    PRIMARY KEY (project_id, paste_id, position),
    FOREIGN KEY (project_id, paste_id) REFERENCES pastes (project_id, paste_id)
) STRICT, WITHOUT ROWID;

INSERT INTO pastes (project_id, paste_id, created_at, texts, added, present, unreadable)
SELECT project_id, import_id, created_at, rows_read, accepted, duplicates, rejected
FROM imports
WHERE choices LIKE '%"is_paste":true%';

INSERT INTO paste_texts (project_id, paste_id, position, line, text, outcome)
SELECT project_id, import_id, position, line, COALESCE(field, ''),
       CASE WHEN code IN ('added', 'restored', 'present', 'repeated') THEN code ELSE 'unreadable' END
FROM import_rejections
WHERE EXISTS (
    SELECT 1 FROM pastes
    WHERE pastes.project_id = import_rejections.project_id AND pastes.paste_id = import_rejections.import_id
);

DELETE FROM import_rejections
WHERE EXISTS (
    SELECT 1 FROM pastes
    WHERE pastes.project_id = import_rejections.project_id AND pastes.paste_id = import_rejections.import_id
);

DELETE FROM imports
WHERE EXISTS (
    SELECT 1 FROM pastes WHERE pastes.project_id = imports.project_id AND pastes.paste_id = imports.import_id
);

-- The folder that holds an import's file: each server has one, and clears up after itself only.
ALTER TABLE imports ADD COLUMN folder_id BLOB;

-- The handles of creators in the file who were removed from the program, apart by spaces.
ALTER TABLE imports ADD COLUMN removed_creators TEXT NOT NULL DEFAULT '';

-- A server writes here to find out whether the database takes changes.
CREATE TABLE write_probes (
    organization_id BLOB NOT NULL PRIMARY KEY,
    probed_at INTEGER NOT NULL CHECK (probed_at BETWEEN -62135510400000 AND 253402214399999),
    FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
) STRICT, WITHOUT ROWID;
