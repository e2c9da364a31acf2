-- Bounds for every column: tables that take values of their types only (STRICT), and constraints that say which. What does
-- not keep them is noted in mended_values, which `creator-goals verify` lists, and becomes something that does: what was
-- counted becomes unknown, a word that is not known the first one that promises nothing, and what was revoked, removed,
-- deleted or disabled at an instant that nobody can read stays so. Instants are those of the years 1 to 9999, without the
-- first day and the last, so that they have a date in every time zone. No database is refused.
--
-- SQLite cannot change the constraints of a table, so each is made anew, those first that others refer to. Its rows are
-- carried over, what changed on the way is noted, and creators of whom it changed what is booked are marked.

-- What was changed here, value by value.
CREATE TABLE mended_values (
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    table_name TEXT NOT NULL,
    -- The row's primary key without organization and, unless others could have the same key, without project; its parts are
    -- divided by slashes.
    row_key TEXT NOT NULL,
    -- Empty: the row was removed; old_value has its values.
    column_name TEXT NOT NULL,
    -- NULL: no project's.
    project_id BLOB CHECK (length(project_id) = 16),
    old_value TEXT,
    -- NULL: unknown.
    new_value TEXT,
    PRIMARY KEY (organization_id, table_name, row_key, column_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE noted (
    table_name TEXT NOT NULL, row_key TEXT NOT NULL, column_name TEXT NOT NULL, project_id BLOB, old_value TEXT,
        new_value TEXT
);
CREATE TABLE marked_creators (project_id, creator_id, PRIMARY KEY (project_id, creator_id));

-- The time zones that the application knew when it filled the tables below.
CREATE TABLE known_zones (name TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
INSERT INTO known_zones (name) VALUES
    ('Africa/Abidjan'), ('Africa/Accra'), ('Africa/Addis_Ababa'), ('Africa/Algiers'), ('Africa/Asmara'),
    ('Africa/Asmera'), ('Africa/Bamako'), ('Africa/Bangui'), ('Africa/Banjul'), ('Africa/Bissau'), ('Africa/Blantyre'),
    ('Africa/Brazzaville'), ('Africa/Bujumbura'), ('Africa/Cairo'), ('Africa/Casablanca'), ('Africa/Ceuta'),
    ('Africa/Conakry'), ('Africa/Dakar'), ('Africa/Dar_es_Salaam'), ('Africa/Djibouti'), ('Africa/Douala'),
    ('Africa/El_Aaiun'), ('Africa/Freetown'), ('Africa/Gaborone'), ('Africa/Harare'), ('Africa/Johannesburg'),
    ('Africa/Juba'), ('Africa/Kampala'), ('Africa/Khartoum'), ('Africa/Kigali'), ('Africa/Kinshasa'), ('Africa/Lagos'),
    ('Africa/Libreville'), ('Africa/Lome'), ('Africa/Luanda'), ('Africa/Lubumbashi'), ('Africa/Lusaka'),
    ('Africa/Malabo'), ('Africa/Maputo'), ('Africa/Maseru'), ('Africa/Mbabane'), ('Africa/Mogadishu'),
    ('Africa/Monrovia'), ('Africa/Nairobi'), ('Africa/Ndjamena'), ('Africa/Niamey'), ('Africa/Nouakchott'),
    ('Africa/Ouagadougou'), ('Africa/Porto-Novo'), ('Africa/Sao_Tome'), ('Africa/Timbuktu'), ('Africa/Tripoli'),
    ('Africa/Tunis'), ('Africa/Windhoek'), ('America/Adak'), ('America/Anchorage'), ('America/Anguilla'),
    ('America/Antigua'), ('America/Araguaina'), ('America/Argentina/Buenos_Aires'), ('America/Argentina/Catamarca'),
    ('America/Argentina/ComodRivadavia'), ('America/Argentina/Cordoba'), ('America/Argentina/Jujuy'),
    ('America/Argentina/La_Rioja'), ('America/Argentina/Mendoza'), ('America/Argentina/Rio_Gallegos'),
    ('America/Argentina/Salta'), ('America/Argentina/San_Juan'), ('America/Argentina/San_Luis'),
    ('America/Argentina/Tucuman'), ('America/Argentina/Ushuaia'), ('America/Aruba'), ('America/Asuncion'),
    ('America/Atikokan'), ('America/Atka'), ('America/Bahia'), ('America/Bahia_Banderas'), ('America/Barbados'),
    ('America/Belem'), ('America/Belize'), ('America/Blanc-Sablon'), ('America/Boa_Vista'), ('America/Bogota'),
    ('America/Boise'), ('America/Buenos_Aires'), ('America/Cambridge_Bay'), ('America/Campo_Grande'),
    ('America/Cancun'), ('America/Caracas'), ('America/Catamarca'), ('America/Cayenne'), ('America/Cayman'),
    ('America/Chicago'), ('America/Chihuahua'), ('America/Ciudad_Juarez'), ('America/Coral_Harbour'),
    ('America/Cordoba'), ('America/Costa_Rica'), ('America/Coyhaique'), ('America/Creston'), ('America/Cuiaba'),
    ('America/Curacao'), ('America/Danmarkshavn'), ('America/Dawson'), ('America/Dawson_Creek'), ('America/Denver'),
    ('America/Detroit'), ('America/Dominica'), ('America/Edmonton'), ('America/Eirunepe'), ('America/El_Salvador'),
    ('America/Ensenada'), ('America/Fort_Nelson'), ('America/Fort_Wayne'), ('America/Fortaleza'),
    ('America/Glace_Bay'), ('America/Godthab'), ('America/Goose_Bay'), ('America/Grand_Turk'), ('America/Grenada'),
    ('America/Guadeloupe'), ('America/Guatemala'), ('America/Guayaquil'), ('America/Guyana'), ('America/Halifax'),
    ('America/Havana'), ('America/Hermosillo'), ('America/Indiana/Indianapolis'), ('America/Indiana/Knox'),
    ('America/Indiana/Marengo'), ('America/Indiana/Petersburg'), ('America/Indiana/Tell_City'),
    ('America/Indiana/Vevay'), ('America/Indiana/Vincennes'), ('America/Indiana/Winamac'), ('America/Indianapolis'),
    ('America/Inuvik'), ('America/Iqaluit'), ('America/Jamaica'), ('America/Jujuy'), ('America/Juneau'),
    ('America/Kentucky/Louisville'), ('America/Kentucky/Monticello'), ('America/Knox_IN'), ('America/Kralendijk'),
    ('America/La_Paz'), ('America/Lima'), ('America/Los_Angeles'), ('America/Louisville'), ('America/Lower_Princes'),
    ('America/Maceio'), ('America/Managua'), ('America/Manaus'), ('America/Marigot'), ('America/Martinique'),
    ('America/Matamoros'), ('America/Mazatlan'), ('America/Mendoza'), ('America/Menominee'), ('America/Merida'),
    ('America/Metlakatla'), ('America/Mexico_City'), ('America/Miquelon'), ('America/Moncton'), ('America/Monterrey'),
    ('America/Montevideo'), ('America/Montreal'), ('America/Montserrat'), ('America/Nassau'), ('America/New_York'),
    ('America/Nipigon'), ('America/Nome'), ('America/Noronha'), ('America/North_Dakota/Beulah'),
    ('America/North_Dakota/Center'), ('America/North_Dakota/New_Salem'), ('America/Nuuk'), ('America/Ojinaga'),
    ('America/Panama'), ('America/Pangnirtung'), ('America/Paramaribo'), ('America/Phoenix'),
    ('America/Port-au-Prince'), ('America/Port_of_Spain'), ('America/Porto_Acre'), ('America/Porto_Velho'),
    ('America/Puerto_Rico'), ('America/Punta_Arenas'), ('America/Rainy_River'), ('America/Rankin_Inlet'),
    ('America/Recife'), ('America/Regina'), ('America/Resolute'), ('America/Rio_Branco'), ('America/Rosario'),
    ('America/Santa_Isabel'), ('America/Santarem'), ('America/Santiago'), ('America/Santo_Domingo'),
    ('America/Sao_Paulo'), ('America/Scoresbysund'), ('America/Shiprock'), ('America/Sitka'),
    ('America/St_Barthelemy'), ('America/St_Johns'), ('America/St_Kitts'), ('America/St_Lucia'), ('America/St_Thomas'),
    ('America/St_Vincent'), ('America/Swift_Current'), ('America/Tegucigalpa'), ('America/Thule'),
    ('America/Thunder_Bay'), ('America/Tijuana'), ('America/Toronto'), ('America/Tortola'), ('America/Vancouver'),
    ('America/Virgin'), ('America/Whitehorse'), ('America/Winnipeg'), ('America/Yakutat'), ('America/Yellowknife'),
    ('Antarctica/Casey'), ('Antarctica/Davis'), ('Antarctica/DumontDUrville'), ('Antarctica/Macquarie'),
    ('Antarctica/Mawson'), ('Antarctica/McMurdo'), ('Antarctica/Palmer'), ('Antarctica/Rothera'),
    ('Antarctica/South_Pole'), ('Antarctica/Syowa'), ('Antarctica/Troll'), ('Antarctica/Vostok'),
    ('Arctic/Longyearbyen'), ('Asia/Aden'), ('Asia/Almaty'), ('Asia/Amman'), ('Asia/Anadyr'), ('Asia/Aqtau'),
    ('Asia/Aqtobe'), ('Asia/Ashgabat'), ('Asia/Ashkhabad'), ('Asia/Atyrau'), ('Asia/Baghdad'), ('Asia/Bahrain'),
    ('Asia/Baku'), ('Asia/Bangkok'), ('Asia/Barnaul'), ('Asia/Beirut'), ('Asia/Bishkek'), ('Asia/Brunei'),
    ('Asia/Calcutta'), ('Asia/Chita'), ('Asia/Choibalsan'), ('Asia/Chongqing'), ('Asia/Chungking'), ('Asia/Colombo'),
    ('Asia/Dacca'), ('Asia/Damascus'), ('Asia/Dhaka'), ('Asia/Dili'), ('Asia/Dubai'), ('Asia/Dushanbe'),
    ('Asia/Famagusta'), ('Asia/Gaza'), ('Asia/Harbin'), ('Asia/Hebron'), ('Asia/Ho_Chi_Minh'), ('Asia/Hong_Kong'),
    ('Asia/Hovd'), ('Asia/Irkutsk'), ('Asia/Istanbul'), ('Asia/Jakarta'), ('Asia/Jayapura'), ('Asia/Jerusalem'),
    ('Asia/Kabul'), ('Asia/Kamchatka'), ('Asia/Karachi'), ('Asia/Kashgar'), ('Asia/Kathmandu'), ('Asia/Katmandu'),
    ('Asia/Khandyga'), ('Asia/Kolkata'), ('Asia/Krasnoyarsk'), ('Asia/Kuala_Lumpur'), ('Asia/Kuching'),
    ('Asia/Kuwait'), ('Asia/Macao'), ('Asia/Macau'), ('Asia/Magadan'), ('Asia/Makassar'), ('Asia/Manila'),
    ('Asia/Muscat'), ('Asia/Nicosia'), ('Asia/Novokuznetsk'), ('Asia/Novosibirsk'), ('Asia/Omsk'), ('Asia/Oral'),
    ('Asia/Phnom_Penh'), ('Asia/Pontianak'), ('Asia/Pyongyang'), ('Asia/Qatar'), ('Asia/Qostanay'), ('Asia/Qyzylorda'),
    ('Asia/Rangoon'), ('Asia/Riyadh'), ('Asia/Saigon'), ('Asia/Sakhalin'), ('Asia/Samarkand'), ('Asia/Seoul'),
    ('Asia/Shanghai'), ('Asia/Singapore'), ('Asia/Srednekolymsk'), ('Asia/Taipei'), ('Asia/Tashkent'),
    ('Asia/Tbilisi'), ('Asia/Tehran'), ('Asia/Tel_Aviv'), ('Asia/Thimbu'), ('Asia/Thimphu'), ('Asia/Tokyo'),
    ('Asia/Tomsk'), ('Asia/Ujung_Pandang'), ('Asia/Ulaanbaatar'), ('Asia/Ulan_Bator'), ('Asia/Urumqi'),
    ('Asia/Ust-Nera'), ('Asia/Vientiane'), ('Asia/Vladivostok'), ('Asia/Yakutsk'), ('Asia/Yangon'),
    ('Asia/Yekaterinburg'), ('Asia/Yerevan'), ('Atlantic/Azores'), ('Atlantic/Bermuda'), ('Atlantic/Canary'),
    ('Atlantic/Cape_Verde'), ('Atlantic/Faeroe'), ('Atlantic/Faroe'), ('Atlantic/Jan_Mayen'), ('Atlantic/Madeira'),
    ('Atlantic/Reykjavik'), ('Atlantic/South_Georgia'), ('Atlantic/St_Helena'), ('Atlantic/Stanley'),
    ('Australia/ACT'), ('Australia/Adelaide'), ('Australia/Brisbane'), ('Australia/Broken_Hill'),
    ('Australia/Canberra'), ('Australia/Currie'), ('Australia/Darwin'), ('Australia/Eucla'), ('Australia/Hobart'),
    ('Australia/LHI'), ('Australia/Lindeman'), ('Australia/Lord_Howe'), ('Australia/Melbourne'), ('Australia/NSW'),
    ('Australia/North'), ('Australia/Perth'), ('Australia/Queensland'), ('Australia/South'), ('Australia/Sydney'),
    ('Australia/Tasmania'), ('Australia/Victoria'), ('Australia/West'), ('Australia/Yancowinna'), ('Brazil/Acre'),
    ('Brazil/DeNoronha'), ('Brazil/East'), ('Brazil/West'), ('CET'), ('CST6CDT'), ('Canada/Atlantic'),
    ('Canada/Central'), ('Canada/Eastern'), ('Canada/Mountain'), ('Canada/Newfoundland'), ('Canada/Pacific'),
    ('Canada/Saskatchewan'), ('Canada/Yukon'), ('Chile/Continental'), ('Chile/EasterIsland'), ('Cuba'), ('EET'),
    ('EST'), ('EST5EDT'), ('Egypt'), ('Eire'), ('Etc/GMT'), ('Etc/GMT+0'), ('Etc/GMT+1'), ('Etc/GMT+10'),
    ('Etc/GMT+11'), ('Etc/GMT+12'), ('Etc/GMT+2'), ('Etc/GMT+3'), ('Etc/GMT+4'), ('Etc/GMT+5'), ('Etc/GMT+6'),
    ('Etc/GMT+7'), ('Etc/GMT+8'), ('Etc/GMT+9'), ('Etc/GMT-0'), ('Etc/GMT-1'), ('Etc/GMT-10'), ('Etc/GMT-11'),
    ('Etc/GMT-12'), ('Etc/GMT-13'), ('Etc/GMT-14'), ('Etc/GMT-2'), ('Etc/GMT-3'), ('Etc/GMT-4'), ('Etc/GMT-5'),
    ('Etc/GMT-6'), ('Etc/GMT-7'), ('Etc/GMT-8'), ('Etc/GMT-9'), ('Etc/GMT0'), ('Etc/Greenwich'), ('Etc/UCT'),
    ('Etc/UTC'), ('Etc/Universal'), ('Etc/Zulu'), ('Europe/Amsterdam'), ('Europe/Andorra'), ('Europe/Astrakhan'),
    ('Europe/Athens'), ('Europe/Belfast'), ('Europe/Belgrade'), ('Europe/Berlin'), ('Europe/Bratislava'),
    ('Europe/Brussels'), ('Europe/Bucharest'), ('Europe/Budapest'), ('Europe/Busingen'), ('Europe/Chisinau'),
    ('Europe/Copenhagen'), ('Europe/Dublin'), ('Europe/Gibraltar'), ('Europe/Guernsey'), ('Europe/Helsinki'),
    ('Europe/Isle_of_Man'), ('Europe/Istanbul'), ('Europe/Jersey'), ('Europe/Kaliningrad'), ('Europe/Kiev'),
    ('Europe/Kirov'), ('Europe/Kyiv'), ('Europe/Lisbon'), ('Europe/Ljubljana'), ('Europe/London'),
    ('Europe/Luxembourg'), ('Europe/Madrid'), ('Europe/Malta'), ('Europe/Mariehamn'), ('Europe/Minsk'),
    ('Europe/Monaco'), ('Europe/Moscow'), ('Europe/Nicosia'), ('Europe/Oslo'), ('Europe/Paris'), ('Europe/Podgorica'),
    ('Europe/Prague'), ('Europe/Riga'), ('Europe/Rome'), ('Europe/Samara'), ('Europe/San_Marino'), ('Europe/Sarajevo'),
    ('Europe/Saratov'), ('Europe/Simferopol'), ('Europe/Skopje'), ('Europe/Sofia'), ('Europe/Stockholm'),
    ('Europe/Tallinn'), ('Europe/Tirane'), ('Europe/Tiraspol'), ('Europe/Ulyanovsk'), ('Europe/Uzhgorod'),
    ('Europe/Vaduz'), ('Europe/Vatican'), ('Europe/Vienna'), ('Europe/Vilnius'), ('Europe/Volgograd'),
    ('Europe/Warsaw'), ('Europe/Zagreb'), ('Europe/Zaporozhye'), ('Europe/Zurich'), ('GB'), ('GB-Eire'), ('GMT'),
    ('GMT+0'), ('GMT-0'), ('GMT0'), ('Greenwich'), ('HST'), ('Hongkong'), ('Iceland'), ('Indian/Antananarivo'),
    ('Indian/Chagos'), ('Indian/Christmas'), ('Indian/Cocos'), ('Indian/Comoro'), ('Indian/Kerguelen'),
    ('Indian/Mahe'), ('Indian/Maldives'), ('Indian/Mauritius'), ('Indian/Mayotte'), ('Indian/Reunion'), ('Iran'),
    ('Israel'), ('Jamaica'), ('Japan'), ('Kwajalein'), ('Libya'), ('MET'), ('MST'), ('MST7MDT'), ('Mexico/BajaNorte'),
    ('Mexico/BajaSur'), ('Mexico/General'), ('NZ'), ('NZ-CHAT'), ('Navajo'), ('PRC'), ('PST8PDT'), ('Pacific/Apia'),
    ('Pacific/Auckland'), ('Pacific/Bougainville'), ('Pacific/Chatham'), ('Pacific/Chuuk'), ('Pacific/Easter'),
    ('Pacific/Efate'), ('Pacific/Enderbury'), ('Pacific/Fakaofo'), ('Pacific/Fiji'), ('Pacific/Funafuti'),
    ('Pacific/Galapagos'), ('Pacific/Gambier'), ('Pacific/Guadalcanal'), ('Pacific/Guam'), ('Pacific/Honolulu'),
    ('Pacific/Johnston'), ('Pacific/Kanton'), ('Pacific/Kiritimati'), ('Pacific/Kosrae'), ('Pacific/Kwajalein'),
    ('Pacific/Majuro'), ('Pacific/Marquesas'), ('Pacific/Midway'), ('Pacific/Nauru'), ('Pacific/Niue'),
    ('Pacific/Norfolk'), ('Pacific/Noumea'), ('Pacific/Pago_Pago'), ('Pacific/Palau'), ('Pacific/Pitcairn'),
    ('Pacific/Pohnpei'), ('Pacific/Ponape'), ('Pacific/Port_Moresby'), ('Pacific/Rarotonga'), ('Pacific/Saipan'),
    ('Pacific/Samoa'), ('Pacific/Tahiti'), ('Pacific/Tarawa'), ('Pacific/Tongatapu'), ('Pacific/Truk'),
    ('Pacific/Wake'), ('Pacific/Wallis'), ('Pacific/Yap'), ('Poland'), ('Portugal'), ('ROC'), ('ROK'), ('Singapore'),
    ('Turkey'), ('UCT'), ('US/Alaska'), ('US/Aleutian'), ('US/Arizona'), ('US/Central'), ('US/East-Indiana'),
    ('US/Eastern'), ('US/Hawaii'), ('US/Indiana-Starke'), ('US/Michigan'), ('US/Mountain'), ('US/Pacific'),
    ('US/Samoa'), ('UTC'), ('Universal'), ('W-SU'), ('WET'), ('Zulu');

-- Texts that are no UTF-8, or hold a NUL, become bytes, so that the statements below take them for no texts. SQLite has no
-- function for this: a text is UTF-8 if each of its characters is what its code point is written as. (U+FFFE and U+FFFF
-- are, though SQLite reads them as U+FFFD.) Only the parts of a text that are not plain ASCII are read by character.
CREATE TABLE numbers (n INTEGER PRIMARY KEY);
INSERT INTO numbers (n)
WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 200)
SELECT n FROM counted;

CREATE VIEW texts_to_read AS
SELECT name AS value FROM organizations
UNION ALL SELECT name FROM projects
UNION ALL SELECT time_zone FROM projects
UNION ALL SELECT week_start FROM projects
UNION ALL SELECT tiktok_handle FROM creators
UNION ALL SELECT display_name FROM creators
UNION ALL SELECT avatar_url FROM creators
UNION ALL SELECT tracking_mode FROM creators
UNION ALL SELECT notes FROM creators
UNION ALL SELECT tiktok_video_id FROM posts
UNION ALL SELECT kind FROM posts
UNION ALL SELECT url FROM posts
UNION ALL SELECT description FROM posts
UNION ALL SELECT tracking_status FROM posts
UNION ALL SELECT from_status FROM tracking_changes
UNION ALL SELECT to_status FROM tracking_changes
UNION ALL SELECT source FROM post_snapshots
UNION ALL SELECT source FROM creator_snapshots
UNION ALL SELECT tiktok_video_id FROM parked_stats
UNION ALL SELECT tiktok_handle FROM parked_stats
UNION ALL SELECT source FROM parked_stats
UNION ALL SELECT metric FROM goals
UNION ALL SELECT period FROM goals
UNION ALL SELECT file_name FROM imports
UNION ALL SELECT state FROM imports
UNION ALL SELECT choices FROM imports
UNION ALL SELECT failure FROM imports
UNION ALL SELECT field FROM import_rejections
UNION ALL SELECT code FROM import_rejections
UNION ALL SELECT reason FROM import_rejections
UNION ALL SELECT name FROM api_keys
UNION ALL SELECT hint FROM api_keys
UNION ALL SELECT route FROM idempotent_answers
UNION ALL SELECT idempotency_key FROM idempotent_answers
UNION ALL SELECT body FROM idempotent_answers
UNION ALL SELECT name FROM campaigns
UNION ALL SELECT notes FROM campaigns
UNION ALL SELECT kind FROM campaign_items
UNION ALL SELECT job FROM jobs
UNION ALL SELECT kind FROM creator_changes
UNION ALL SELECT from_value FROM creator_changes
UNION ALL SELECT to_value FROM creator_changes
UNION ALL SELECT name FROM saved_views
UNION ALL SELECT query FROM saved_views;

CREATE VIEW texts_not_readable AS
SELECT t.value
FROM texts_to_read AS t
WHERE typeof(t.value) = 'text' AND (
    instr(t.value, char(0)) > 0
    OR t.value GLOB '*[^' || char(1) || '-' || char(127) || ']*' AND EXISTS (
        WITH RECURSIVE
            parts (start, part) AS (
                SELECT 1, substr(t.value, 1, 3200)
                UNION ALL
                SELECT start + 3200, substr(t.value, start + 3200, 3200)
                FROM parts
                WHERE start + 3200 <= length(t.value)
            ),
            pieces (piece) AS MATERIALIZED (
                SELECT substr(p.part, n.n * 16 - 15, 16)
                FROM parts AS p CROSS JOIN numbers AS n
                WHERE n.n <= (length(p.part) + 15) / 16
                  AND substr(p.part, n.n * 16 - 15, 16) GLOB '*[^' || char(1) || '-' || char(127) || ']*'
            )
        SELECT 1
        FROM pieces AS p CROSS JOIN numbers AS n
        WHERE n.n <= length(p.piece)
          AND substr(p.piece, n.n, 1) <> char(unicode(substr(p.piece, n.n, 1)))
          AND hex(substr(p.piece, n.n, 1)) NOT IN ('EFBFBE', 'EFBFBF')
    )
);

CREATE TABLE unreadable_texts (text BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
INSERT INTO unreadable_texts (text) SELECT DISTINCT CAST(value AS BLOB) FROM texts_not_readable;

UPDATE organizations SET name = CAST(name AS BLOB) WHERE CAST(name AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE projects SET name = CAST(name AS BLOB) WHERE CAST(name AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE projects SET time_zone = CAST(time_zone AS BLOB)
WHERE CAST(time_zone AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE projects SET week_start = CAST(week_start AS BLOB)
WHERE CAST(week_start AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creators SET tiktok_handle = CAST(tiktok_handle AS BLOB)
WHERE CAST(tiktok_handle AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creators SET display_name = CAST(display_name AS BLOB)
WHERE CAST(display_name AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creators SET avatar_url = CAST(avatar_url AS BLOB)
WHERE CAST(avatar_url AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creators SET tracking_mode = CAST(tracking_mode AS BLOB)
WHERE CAST(tracking_mode AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creators SET notes = CAST(notes AS BLOB) WHERE CAST(notes AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE posts SET tiktok_video_id = CAST(tiktok_video_id AS BLOB)
WHERE CAST(tiktok_video_id AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE posts SET kind = CAST(kind AS BLOB) WHERE CAST(kind AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE posts SET url = CAST(url AS BLOB) WHERE CAST(url AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE posts SET description = CAST(description AS BLOB)
WHERE CAST(description AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE posts SET tracking_status = CAST(tracking_status AS BLOB)
WHERE CAST(tracking_status AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE tracking_changes SET from_status = CAST(from_status AS BLOB)
WHERE CAST(from_status AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE tracking_changes SET to_status = CAST(to_status AS BLOB)
WHERE CAST(to_status AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE post_snapshots SET source = CAST(source AS BLOB)
WHERE CAST(source AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creator_snapshots SET source = CAST(source AS BLOB)
WHERE CAST(source AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE parked_stats SET tiktok_video_id = CAST(tiktok_video_id AS BLOB)
WHERE CAST(tiktok_video_id AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE parked_stats SET tiktok_handle = CAST(tiktok_handle AS BLOB)
WHERE CAST(tiktok_handle AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE parked_stats SET source = CAST(source AS BLOB) WHERE CAST(source AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE goals SET metric = CAST(metric AS BLOB) WHERE CAST(metric AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE goals SET period = CAST(period AS BLOB) WHERE CAST(period AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE imports SET file_name = CAST(file_name AS BLOB)
WHERE CAST(file_name AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE imports SET state = CAST(state AS BLOB) WHERE CAST(state AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE imports SET choices = CAST(choices AS BLOB) WHERE CAST(choices AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE imports SET failure = CAST(failure AS BLOB) WHERE CAST(failure AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE import_rejections SET field = CAST(field AS BLOB)
WHERE CAST(field AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE import_rejections SET code = CAST(code AS BLOB) WHERE CAST(code AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE import_rejections SET reason = CAST(reason AS BLOB)
WHERE CAST(reason AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE api_keys SET name = CAST(name AS BLOB) WHERE CAST(name AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE api_keys SET hint = CAST(hint AS BLOB) WHERE CAST(hint AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE idempotent_answers SET route = CAST(route AS BLOB)
WHERE CAST(route AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE idempotent_answers SET idempotency_key = CAST(idempotency_key AS BLOB)
WHERE CAST(idempotency_key AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE idempotent_answers SET body = CAST(body AS BLOB) WHERE CAST(body AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE campaigns SET name = CAST(name AS BLOB) WHERE CAST(name AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE campaigns SET notes = CAST(notes AS BLOB) WHERE CAST(notes AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE campaign_items SET kind = CAST(kind AS BLOB) WHERE CAST(kind AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE jobs SET job = CAST(job AS BLOB) WHERE CAST(job AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creator_changes SET kind = CAST(kind AS BLOB) WHERE CAST(kind AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creator_changes SET from_value = CAST(from_value AS BLOB)
WHERE CAST(from_value AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE creator_changes SET to_value = CAST(to_value AS BLOB)
WHERE CAST(to_value AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE saved_views SET name = CAST(name AS BLOB) WHERE CAST(name AS BLOB) IN (SELECT text FROM unreadable_texts);
UPDATE saved_views SET query = CAST(query AS BLOB) WHERE CAST(query AS BLOB) IN (SELECT text FROM unreadable_texts);

CREATE TABLE new_organizations (
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    name TEXT NOT NULL CHECK (name <> ''),
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (organization_id)
) STRICT;

INSERT INTO new_organizations
    (organization_id, name, created_at)
SELECT
    t.organization_id,
    CASE WHEN typeof(t.name) = 'text' AND t.name <> '' THEN t.name ELSE 'My organization' END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END
FROM organizations AS t
WHERE typeof(t.organization_id) = 'blob' AND length(t.organization_id) = 16;

-- Where none is left, the one that most projects say they belong to.
INSERT INTO new_organizations (organization_id, name, created_at)
SELECT t.organization_id, 'My organization', 0
FROM projects AS t
WHERE typeof(t.organization_id) = 'blob' AND length(t.organization_id) = 16
  AND NOT EXISTS (SELECT 1 FROM new_organizations)
GROUP BY t.organization_id
ORDER BY count(*) DESC, t.organization_id
LIMIT 1;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'organizations', lower(hex(a.organization_id)), 'name', NULL, NULL, quote(a.name)
FROM new_organizations AS a
WHERE NOT EXISTS (SELECT 1 FROM organizations AS b WHERE b.organization_id = a.organization_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'organizations', lower(hex(b.organization_id)), was.key, NULL, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM organizations AS b
CROSS JOIN new_organizations AS a
CROSS JOIN json_each(json_object('name', quote(b.name), 'created_at', quote(b.created_at))) AS was
CROSS JOIN json_each(json_object('name', quote(a.name), 'created_at', quote(a.created_at))) AS now
WHERE a.organization_id = b.organization_id
  AND (a.name, a.created_at) IS NOT (b.name, b.created_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'organizations', lower(hex(b.organization_id)), '', NULL, substr(json_object('name', quote(b.name),
    'created_at', quote(b.created_at)), 1, 10000), NULL
FROM organizations AS b
WHERE NOT EXISTS (SELECT 1 FROM new_organizations AS a WHERE a.organization_id = b.organization_id);

CREATE TABLE new_api_keys (
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    api_key_id BLOB NOT NULL CHECK (length(api_key_id) = 16),
    -- The project it is good for; NULL: every project of the organization.
    project_id BLOB CHECK (length(project_id) = 16),
    name TEXT NOT NULL CHECK (name <> ''),
    -- SHA-256 of the key.
    key_hash BLOB NOT NULL CHECK (length(key_hash) = 32),
    -- The key's last characters, for people to tell keys apart by.
    hint TEXT NOT NULL,
    can_write INTEGER NOT NULL CHECK (can_write IN (0, 1)),
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    last_used_at INTEGER CHECK (last_used_at BETWEEN -62135510400000 AND 253402214399999),
    revoked_at INTEGER CHECK (revoked_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (organization_id, api_key_id),
    UNIQUE (organization_id, key_hash),
    FOREIGN KEY (organization_id) REFERENCES new_organizations (organization_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_api_keys
    (organization_id, api_key_id, project_id, name, key_hash, hint, can_write, created_at, last_used_at, revoked_at)
SELECT
    t.organization_id, t.api_key_id,
    CASE WHEN typeof(t.project_id) = 'blob' AND length(t.project_id) = 16 THEN t.project_id END,
    CASE WHEN typeof(t.name) = 'text' AND t.name <> '' THEN t.name ELSE 'Unnamed key' END,
    t.key_hash,
    CASE WHEN typeof(t.hint) = 'text' THEN t.hint ELSE '' END,
    CASE WHEN typeof(t.can_write) = 'integer' AND t.can_write IN (0, 1) THEN t.can_write ELSE 0 END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END,
    CASE WHEN typeof(t.last_used_at) = 'integer' AND t.last_used_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.last_used_at END,
    -- A key whose project is unreadable opens nothing.
    CASE WHEN t.revoked_at IS NULL AND (t.project_id IS NULL OR typeof(t.project_id) = 'blob'
        AND length(t.project_id) = 16) THEN NULL
        WHEN typeof(t.revoked_at) = 'integer' AND t.revoked_at BETWEEN -62135510400000 AND 253402214399999
            THEN t.revoked_at
        WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
            THEN t.created_at ELSE 0 END
FROM api_keys AS t
WHERE typeof(t.organization_id) = 'blob' AND length(t.organization_id) = 16
  AND typeof(t.api_key_id) = 'blob' AND length(t.api_key_id) = 16
  AND typeof(t.key_hash) = 'blob' AND length(t.key_hash) = 32
  AND EXISTS (SELECT 1 FROM new_organizations AS p WHERE p.organization_id = t.organization_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'api_keys', lower(hex(b.api_key_id)), was.key, CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM api_keys AS b
CROSS JOIN new_api_keys AS a
CROSS JOIN json_each(json_object('project_id', quote(b.project_id), 'name', quote(b.name), 'hint', quote(b.hint),
    'can_write', quote(b.can_write), 'created_at', quote(b.created_at), 'last_used_at', quote(b.last_used_at),
    'revoked_at', quote(b.revoked_at))) AS was
CROSS JOIN json_each(json_object('project_id', quote(a.project_id), 'name', quote(a.name), 'hint', quote(a.hint),
    'can_write', quote(a.can_write), 'created_at', quote(a.created_at), 'last_used_at', quote(a.last_used_at),
    'revoked_at', quote(a.revoked_at))) AS now
WHERE a.organization_id = b.organization_id AND a.api_key_id = b.api_key_id
  AND (a.project_id, a.name, a.hint, a.can_write, a.created_at, a.last_used_at, a.revoked_at) IS NOT (b.project_id,
      b.name, b.hint, b.can_write, b.created_at, b.last_used_at, b.revoked_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'api_keys', lower(hex(b.api_key_id)), '', CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, substr(json_object('project_id', quote(b.project_id),
    'name', quote(b.name), 'hint', quote(b.hint), 'can_write', quote(b.can_write), 'created_at', quote(b.created_at),
    'last_used_at', quote(b.last_used_at), 'revoked_at', quote(b.revoked_at)), 1, 10000), NULL
FROM api_keys AS b
WHERE NOT EXISTS (SELECT 1 FROM new_api_keys AS a WHERE a.organization_id = b.organization_id
    AND a.api_key_id = b.api_key_id);

CREATE TABLE new_idempotent_answers (
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    api_key_id BLOB NOT NULL CHECK (length(api_key_id) = 16),
    route TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    -- SHA-256 of the decoded body.
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    -- NULL while the first request is being answered.
    status INTEGER CHECK (status BETWEEN 100 AND 599),
    body TEXT,
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (organization_id, api_key_id, route, idempotency_key),
    CONSTRAINT idempotent_answers_whole CHECK ((status IS NULL) = (body IS NULL)),
    FOREIGN KEY (organization_id, api_key_id) REFERENCES new_api_keys (organization_id, api_key_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_idempotent_answers
    (organization_id, api_key_id, route, idempotency_key, body_hash, status, body, created_at)
SELECT
    t.organization_id, t.api_key_id, t.route, t.idempotency_key, t.body_hash, t.status, t.body,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END
FROM idempotent_answers AS t
WHERE typeof(t.organization_id) = 'blob' AND length(t.organization_id) = 16
  AND typeof(t.api_key_id) = 'blob' AND length(t.api_key_id) = 16
  AND typeof(t.route) = 'text'
  AND typeof(t.idempotency_key) = 'text'
  AND typeof(t.body_hash) = 'blob' AND length(t.body_hash) = 32
  AND (t.status IS NULL OR typeof(t.status) = 'integer' AND t.status BETWEEN 100 AND 599)
  AND (t.body IS NULL OR typeof(t.body) = 'text')
  AND (t.status IS NULL) = (t.body IS NULL)
  AND EXISTS (SELECT 1 FROM new_api_keys AS p WHERE p.organization_id = t.organization_id
      AND p.api_key_id = t.api_key_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'idempotent_answers', lower(hex(b.api_key_id)) || '/' || substr(quote(b.route), 1,
    100) || '/' || substr(quote(b.idempotency_key), 1, 100), was.key, NULL, nullif(substr(was.value, 1, 1000),
    'NULL'), nullif(now.value, 'NULL')
FROM idempotent_answers AS b
CROSS JOIN new_idempotent_answers AS a
CROSS JOIN json_each(json_object('created_at', quote(b.created_at))) AS was
CROSS JOIN json_each(json_object('created_at', quote(a.created_at))) AS now
WHERE a.organization_id = b.organization_id AND a.api_key_id = b.api_key_id AND a.route = b.route
    AND a.idempotency_key = b.idempotency_key
  AND a.created_at IS NOT b.created_at
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'idempotent_answers', lower(hex(b.api_key_id)) || '/' || substr(quote(b.route), 1,
    100) || '/' || substr(quote(b.idempotency_key), 1, 100), '', NULL, substr(json_object('status', quote(b.status),
    'created_at', quote(b.created_at)), 1, 10000), NULL
FROM idempotent_answers AS b
WHERE NOT EXISTS (SELECT 1 FROM new_idempotent_answers AS a WHERE a.organization_id = b.organization_id
    AND a.api_key_id = b.api_key_id AND a.route = b.route AND a.idempotency_key = b.idempotency_key);

CREATE TABLE new_jobs (
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    job TEXT NOT NULL,
    -- Not again before this instant.
    due_at INTEGER NOT NULL CHECK (due_at BETWEEN -62135510400000 AND 253402214399999),
    -- The server that is doing it, and the instant from which it counts as lost; NULL: nobody.
    holder_id BLOB CHECK (length(holder_id) = 16),
    held_until INTEGER CHECK (held_until BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (organization_id, job),
    CONSTRAINT jobs_held_whole CHECK ((holder_id IS NULL) = (held_until IS NULL)),
    FOREIGN KEY (organization_id) REFERENCES new_organizations (organization_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_jobs
    (organization_id, job, due_at, holder_id, held_until)
SELECT
    t.organization_id, t.job,
    CASE WHEN typeof(t.due_at) = 'integer' AND t.due_at BETWEEN -62135510400000 AND 253402214399999 THEN t.due_at
        ELSE 0 END,
    CASE WHEN typeof(t.holder_id) = 'blob' AND length(t.holder_id) = 16 AND typeof(t.held_until) = 'integer'
        AND t.held_until BETWEEN -62135510400000 AND 253402214399999
        THEN t.holder_id END,
    CASE WHEN typeof(t.holder_id) = 'blob' AND length(t.holder_id) = 16 AND typeof(t.held_until) = 'integer'
        AND t.held_until BETWEEN -62135510400000 AND 253402214399999
        THEN t.held_until END
FROM jobs AS t
WHERE typeof(t.organization_id) = 'blob' AND length(t.organization_id) = 16
  AND typeof(t.job) = 'text'
  AND EXISTS (SELECT 1 FROM new_organizations AS p WHERE p.organization_id = t.organization_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'jobs', substr(quote(b.job), 1, 100), was.key, NULL, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM jobs AS b
CROSS JOIN new_jobs AS a
CROSS JOIN json_each(json_object('due_at', quote(b.due_at), 'holder_id', quote(b.holder_id), 'held_until',
    quote(b.held_until))) AS was
CROSS JOIN json_each(json_object('due_at', quote(a.due_at), 'holder_id', quote(a.holder_id), 'held_until',
    quote(a.held_until))) AS now
WHERE a.organization_id = b.organization_id AND a.job = b.job
  AND (a.due_at, a.holder_id, a.held_until) IS NOT (b.due_at, b.holder_id, b.held_until)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'jobs', substr(quote(b.job), 1, 100), '', NULL, substr(json_object('due_at', quote(b.due_at), 'holder_id',
    quote(b.holder_id), 'held_until', quote(b.held_until)), 1, 10000), NULL
FROM jobs AS b
WHERE NOT EXISTS (SELECT 1 FROM new_jobs AS a WHERE a.organization_id = b.organization_id AND a.job = b.job);

CREATE TABLE new_projects (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    name TEXT NOT NULL CHECK (name <> ''),
    time_zone TEXT NOT NULL CHECK (time_zone <> ''),
    week_start TEXT NOT NULL CHECK (week_start IN ('monday', 'sunday', 'saturday')),
    early_grace_percent INTEGER NOT NULL CHECK (early_grace_percent BETWEEN 0 AND 100),
    collection_interval_hours INTEGER NOT NULL CHECK (collection_interval_hours BETWEEN 1 AND 8760),
    -- Grows by one with every change of the project's data; names a consistent state.
    version INTEGER NOT NULL CHECK (version >= 0),
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    deleted_at INTEGER CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id)
) STRICT;

INSERT INTO new_projects
    (project_id, organization_id, name, time_zone, week_start, early_grace_percent, collection_interval_hours,
     version, created_at, deleted_at)
SELECT
    t.project_id, t.organization_id,
    CASE WHEN typeof(t.name) = 'text' AND t.name <> '' THEN t.name ELSE 'Unnamed project' END,
    CASE WHEN typeof(t.time_zone) = 'text' AND EXISTS (SELECT 1 FROM known_zones AS z WHERE z.name = t.time_zone)
        THEN t.time_zone ELSE 'UTC' END,
    CASE WHEN typeof(t.week_start) = 'text' AND t.week_start IN ('monday', 'sunday', 'saturday') THEN t.week_start
        ELSE 'monday' END,
    CASE WHEN typeof(t.early_grace_percent) = 'integer' AND t.early_grace_percent BETWEEN 0 AND 100
        THEN t.early_grace_percent ELSE 10 END,
    CASE WHEN typeof(t.collection_interval_hours) = 'integer' AND t.collection_interval_hours BETWEEN 1 AND 8760
        THEN t.collection_interval_hours ELSE 24 END,
    CASE WHEN typeof(t.version) = 'integer' AND t.version BETWEEN 0 AND 1000000000000000 THEN t.version ELSE 0 END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END,
    CASE WHEN t.deleted_at IS NULL THEN NULL WHEN typeof(t.deleted_at) = 'integer'
        AND t.deleted_at BETWEEN -62135510400000 AND 253402214399999 THEN t.deleted_at
        WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
            THEN t.created_at ELSE 0 END
FROM projects AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.organization_id) = 'blob' AND length(t.organization_id) = 16;

INSERT INTO marked_creators (project_id, creator_id)
SELECT c.project_id, c.creator_id
FROM projects AS b CROSS JOIN new_projects AS a CROSS JOIN creators AS c
WHERE a.project_id = b.project_id AND c.project_id = b.project_id AND a.time_zone IS NOT b.time_zone
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'projects', lower(hex(b.project_id)), was.key, CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM projects AS b
CROSS JOIN new_projects AS a
CROSS JOIN json_each(json_object('name', quote(b.name), 'time_zone', quote(b.time_zone), 'week_start',
    quote(b.week_start), 'early_grace_percent', quote(b.early_grace_percent), 'collection_interval_hours',
    quote(b.collection_interval_hours), 'version', quote(b.version), 'created_at', quote(b.created_at), 'deleted_at',
    quote(b.deleted_at))) AS was
CROSS JOIN json_each(json_object('name', quote(a.name), 'time_zone', quote(a.time_zone), 'week_start',
    quote(a.week_start), 'early_grace_percent', quote(a.early_grace_percent), 'collection_interval_hours',
    quote(a.collection_interval_hours), 'version', quote(a.version), 'created_at', quote(a.created_at), 'deleted_at',
    quote(a.deleted_at))) AS now
WHERE a.project_id = b.project_id
  AND (a.name, a.time_zone, a.week_start, a.early_grace_percent, a.collection_interval_hours, a.version,
      a.created_at, a.deleted_at) IS NOT (b.name, b.time_zone, b.week_start, b.early_grace_percent,
      b.collection_interval_hours, b.version, b.created_at, b.deleted_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'projects', lower(hex(b.project_id)), '', CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, substr(json_object('organization_id',
    quote(b.organization_id), 'name', quote(b.name), 'time_zone', quote(b.time_zone), 'week_start',
    quote(b.week_start), 'early_grace_percent', quote(b.early_grace_percent), 'collection_interval_hours',
    quote(b.collection_interval_hours), 'version', quote(b.version), 'created_at', quote(b.created_at), 'deleted_at',
    quote(b.deleted_at)), 1, 10000), NULL
FROM projects AS b
WHERE NOT EXISTS (SELECT 1 FROM new_projects AS a WHERE a.project_id = b.project_id);

CREATE TABLE new_creators (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CHECK (length(creator_id) = 16),
    tiktok_handle TEXT NOT NULL CHECK (length(tiktok_handle) BETWEEN 1 AND 64
        AND tiktok_handle NOT GLOB '*[^a-z0-9._-]*'
        -- Both of these stop at a NUL.
        AND length(CAST(tiktok_handle AS BLOB)) = length(tiktok_handle)),
    display_name TEXT,
    avatar_url TEXT,
    tracking_mode TEXT NOT NULL CHECK (tracking_mode IN ('auto', 'selective')),
    -- NULL: automatic, the local day of the earliest snapshot.
    tracking_start_date INTEGER CHECK (tracking_start_date BETWEEN -719162 AND 2932896),
    notes TEXT NOT NULL,
    removed_at INTEGER CHECK (removed_at BETWEEN -62135510400000 AND 253402214399999),
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    -- Earliest snapshot of any post; first and last follower readings that are not placeholders.
    first_post_snapshot_at INTEGER CHECK (first_post_snapshot_at BETWEEN -62135510400000 AND 253402214399999),
    first_reading_at INTEGER CHECK (first_reading_at BETWEEN -62135510400000 AND 253402214399999),
    last_reading_at INTEGER CHECK (last_reading_at BETWEEN -62135510400000 AND 253402214399999),
    followers INTEGER CHECK (followers BETWEEN 0 AND 1000000000000),
    -- Latest snapshot of the creator or a post, or collection.
    last_collected_at INTEGER CHECK (last_collected_at BETWEEN -62135510400000 AND 253402214399999),
    -- The project version at the last change of anything that belongs to this creator.
    changed_version INTEGER NOT NULL CHECK (changed_version >= 0),
    PRIMARY KEY (project_id, creator_id),
    UNIQUE (project_id, tiktok_handle),
    CONSTRAINT creators_readings_whole CHECK ((first_reading_at IS NULL) = (last_reading_at IS NULL)
        AND (last_reading_at IS NULL) = (followers IS NULL)),
    FOREIGN KEY (project_id) REFERENCES new_projects (project_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_creators
    (project_id, creator_id, tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date, notes,
     removed_at, created_at, first_post_snapshot_at, first_reading_at, last_reading_at, followers, last_collected_at,
     changed_version)
SELECT
    t.project_id, t.creator_id,
    CASE WHEN typeof(t.tiktok_handle) = 'text' AND length(t.tiktok_handle) BETWEEN 1 AND 64
        AND t.tiktok_handle NOT GLOB '*[^a-z0-9._-]*' THEN t.tiktok_handle
        ELSE 'creator-' || lower(hex(t.creator_id)) END,
    CASE WHEN typeof(t.display_name) = 'text' THEN t.display_name END,
    CASE WHEN typeof(t.avatar_url) = 'text' THEN t.avatar_url END,
    CASE WHEN typeof(t.tracking_mode) = 'text' AND t.tracking_mode IN ('auto', 'selective') THEN t.tracking_mode
        ELSE 'selective' END,
    CASE WHEN typeof(t.tracking_start_date) = 'integer' AND t.tracking_start_date BETWEEN -719162 AND 2932896
        THEN t.tracking_start_date END,
    CASE WHEN typeof(t.notes) = 'text' THEN t.notes ELSE '' END,
    CASE WHEN t.removed_at IS NULL THEN NULL WHEN typeof(t.removed_at) = 'integer'
        AND t.removed_at BETWEEN -62135510400000 AND 253402214399999 THEN t.removed_at
        WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
            THEN t.created_at ELSE 0 END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END,
    CASE WHEN typeof(t.first_post_snapshot_at) = 'integer'
        AND t.first_post_snapshot_at BETWEEN -62135510400000 AND 253402214399999 THEN t.first_post_snapshot_at END,
    CASE WHEN typeof(t.first_reading_at) = 'integer'
        AND t.first_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND typeof(t.last_reading_at) = 'integer' AND t.last_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND typeof(t.followers) = 'integer' AND t.followers BETWEEN 0 AND 1000000000000 THEN t.first_reading_at END,
    CASE WHEN typeof(t.first_reading_at) = 'integer'
        AND t.first_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND typeof(t.last_reading_at) = 'integer' AND t.last_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND typeof(t.followers) = 'integer' AND t.followers BETWEEN 0 AND 1000000000000 THEN t.last_reading_at END,
    CASE WHEN typeof(t.first_reading_at) = 'integer'
        AND t.first_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND typeof(t.last_reading_at) = 'integer' AND t.last_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND typeof(t.followers) = 'integer' AND t.followers BETWEEN 0 AND 1000000000000 THEN t.followers END,
    CASE WHEN typeof(t.last_collected_at) = 'integer'
        AND t.last_collected_at BETWEEN -62135510400000 AND 253402214399999 THEN t.last_collected_at END,
    CASE WHEN typeof(t.changed_version) = 'integer' AND t.changed_version BETWEEN 0 AND 1000000000000000
        THEN t.changed_version ELSE 0 END
FROM creators AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.creator_id) = 'blob' AND length(t.creator_id) = 16
  AND EXISTS (SELECT 1 FROM new_projects AS p WHERE p.project_id = t.project_id);

INSERT INTO marked_creators (project_id, creator_id)
SELECT b.project_id, b.creator_id FROM creators AS b
WHERE NOT EXISTS (
    SELECT 1 FROM new_creators AS a
    WHERE a.project_id = b.project_id AND a.creator_id = b.creator_id
      AND (a.tracking_start_date, a.first_post_snapshot_at, a.first_reading_at, a.last_reading_at, a.followers,
          a.last_collected_at) IS (b.tracking_start_date, b.first_post_snapshot_at, b.first_reading_at,
          b.last_reading_at, b.followers, b.last_collected_at))
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creators', lower(hex(b.creator_id)), was.key, CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM creators AS b
CROSS JOIN new_creators AS a
CROSS JOIN json_each(json_object('tiktok_handle', quote(b.tiktok_handle), 'display_name', quote(b.display_name),
    'avatar_url', quote(b.avatar_url), 'tracking_mode', quote(b.tracking_mode), 'tracking_start_date',
    quote(b.tracking_start_date), 'notes', quote(b.notes), 'removed_at', quote(b.removed_at), 'created_at',
    quote(b.created_at))) AS was
CROSS JOIN json_each(json_object('tiktok_handle', quote(a.tiktok_handle), 'display_name', quote(a.display_name),
    'avatar_url', quote(a.avatar_url), 'tracking_mode', quote(a.tracking_mode), 'tracking_start_date',
    quote(a.tracking_start_date), 'notes', quote(a.notes), 'removed_at', quote(a.removed_at), 'created_at',
    quote(a.created_at))) AS now
WHERE a.project_id = b.project_id AND a.creator_id = b.creator_id
  AND (a.tiktok_handle, a.display_name, a.avatar_url, a.tracking_mode, a.tracking_start_date, a.notes, a.removed_at,
      a.created_at) IS NOT (b.tiktok_handle, b.display_name, b.avatar_url, b.tracking_mode, b.tracking_start_date,
      b.notes, b.removed_at, b.created_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creators', lower(hex(b.creator_id)), '', CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, substr(json_object('tiktok_handle', quote(b.tiktok_handle),
    'display_name', quote(b.display_name), 'avatar_url', quote(b.avatar_url), 'tracking_mode',
    quote(b.tracking_mode), 'tracking_start_date', quote(b.tracking_start_date), 'notes', quote(b.notes),
    'removed_at', quote(b.removed_at), 'created_at', quote(b.created_at), 'first_post_snapshot_at',
    quote(b.first_post_snapshot_at), 'first_reading_at', quote(b.first_reading_at), 'last_reading_at',
    quote(b.last_reading_at), 'followers', quote(b.followers), 'last_collected_at', quote(b.last_collected_at),
    'changed_version', quote(b.changed_version)), 1, 10000), NULL
FROM creators AS b
WHERE NOT EXISTS (SELECT 1 FROM new_creators AS a WHERE a.project_id = b.project_id AND a.creator_id = b.creator_id);

CREATE TABLE new_posts (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    post_id BLOB NOT NULL CHECK (length(post_id) = 16),
    creator_id BLOB NOT NULL CHECK (length(creator_id) = 16),
    tiktok_video_id TEXT NOT NULL CHECK (length(tiktok_video_id) BETWEEN 1 AND 64
        AND tiktok_video_id NOT GLOB '*[^A-Za-z0-9_-]*'
        -- Both of these stop at a NUL.
        AND length(CAST(tiktok_video_id AS BLOB)) = length(tiktok_video_id)),
    kind TEXT NOT NULL CHECK (kind IN ('video', 'photo_carousel')),
    url TEXT,
    description TEXT,
    published_at INTEGER NOT NULL CHECK (published_at BETWEEN -62135510400000 AND 253402214399999),
    tracking_status TEXT NOT NULL CHECK (tracking_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add')),
    tracking_disabled_at INTEGER CHECK (tracking_disabled_at BETWEEN -62135510400000 AND 253402214399999),
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    -- The instant of the last snapshot and the last known value of each counter.
    last_captured_at INTEGER CHECK (last_captured_at BETWEEN -62135510400000 AND 253402214399999),
    views INTEGER CHECK (views BETWEEN 0 AND 1000000000000),
    likes INTEGER CHECK (likes BETWEEN 0 AND 1000000000000),
    comments INTEGER CHECK (comments BETWEEN 0 AND 1000000000000),
    shares INTEGER CHECK (shares BETWEEN 0 AND 1000000000000),
    saves INTEGER CHECK (saves BETWEEN 0 AND 1000000000000),
    PRIMARY KEY (project_id, post_id),
    UNIQUE (project_id, tiktok_video_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES new_creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_posts
    (project_id, post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status,
     tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves)
SELECT
    t.project_id, t.post_id, t.creator_id,
    CASE WHEN typeof(t.tiktok_video_id) = 'text' AND length(t.tiktok_video_id) BETWEEN 1 AND 64
        AND t.tiktok_video_id NOT GLOB '*[^A-Za-z0-9_-]*' THEN t.tiktok_video_id
        ELSE 'unknown-' || lower(hex(t.post_id)) END,
    CASE WHEN typeof(t.kind) = 'text' AND t.kind IN ('video', 'photo_carousel') THEN t.kind ELSE 'video' END,
    CASE WHEN typeof(t.url) = 'text' THEN t.url END,
    CASE WHEN typeof(t.description) = 'text' THEN t.description END,
    CASE WHEN typeof(t.published_at) = 'integer' AND t.published_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.published_at ELSE 0 END,
    CASE WHEN typeof(t.tracking_status) = 'text' AND t.tracking_status IN ('auto_tracked', 'pending_review',
        'included', 'excluded', 'direct_add') THEN t.tracking_status ELSE 'pending_review' END,
    CASE WHEN t.tracking_disabled_at IS NULL THEN NULL WHEN typeof(t.tracking_disabled_at) = 'integer'
        AND t.tracking_disabled_at BETWEEN -62135510400000 AND 253402214399999 THEN t.tracking_disabled_at
        WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
            THEN t.created_at ELSE 0 END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END,
    CASE WHEN typeof(t.last_captured_at) = 'integer'
        AND t.last_captured_at BETWEEN -62135510400000 AND 253402214399999 THEN t.last_captured_at END,
    CASE WHEN typeof(t.views) = 'integer' AND t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    CASE WHEN typeof(t.likes) = 'integer' AND t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    CASE WHEN typeof(t.comments) = 'integer' AND t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    CASE WHEN typeof(t.shares) = 'integer' AND t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    CASE WHEN typeof(t.saves) = 'integer' AND t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END
FROM posts AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.post_id) = 'blob' AND length(t.post_id) = 16
  AND typeof(t.creator_id) = 'blob' AND length(t.creator_id) = 16
  AND EXISTS (SELECT 1 FROM new_creators AS p WHERE p.project_id = t.project_id AND p.creator_id = t.creator_id);

INSERT INTO marked_creators (project_id, creator_id)
SELECT b.project_id, b.creator_id FROM posts AS b
WHERE NOT EXISTS (
    SELECT 1 FROM new_posts AS a
    WHERE a.project_id = b.project_id AND a.post_id = b.post_id
      AND (a.published_at, a.tracking_status, a.tracking_disabled_at, a.last_captured_at, a.views, a.likes,
          a.comments, a.shares, a.saves) IS (b.published_at, b.tracking_status, b.tracking_disabled_at,
          b.last_captured_at, b.views, b.likes, b.comments, b.shares, b.saves))
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'posts', lower(hex(b.post_id)), was.key, CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16
    THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM posts AS b
CROSS JOIN new_posts AS a
CROSS JOIN json_each(json_object('tiktok_video_id', quote(b.tiktok_video_id), 'kind', quote(b.kind), 'url',
    quote(b.url), 'description', quote(b.description), 'published_at', quote(b.published_at), 'tracking_status',
    quote(b.tracking_status), 'tracking_disabled_at', quote(b.tracking_disabled_at), 'created_at',
    quote(b.created_at))) AS was
CROSS JOIN json_each(json_object('tiktok_video_id', quote(a.tiktok_video_id), 'kind', quote(a.kind), 'url',
    quote(a.url), 'description', quote(a.description), 'published_at', quote(a.published_at), 'tracking_status',
    quote(a.tracking_status), 'tracking_disabled_at', quote(a.tracking_disabled_at), 'created_at',
    quote(a.created_at))) AS now
WHERE a.project_id = b.project_id AND a.post_id = b.post_id
  AND (a.tiktok_video_id, a.kind, a.url, a.description, a.published_at, a.tracking_status, a.tracking_disabled_at,
      a.created_at) IS NOT (b.tiktok_video_id, b.kind, b.url, b.description, b.published_at, b.tracking_status,
      b.tracking_disabled_at, b.created_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'posts', lower(hex(b.post_id)), '', CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16
    THEN b.project_id END, substr(json_object('creator_id', quote(b.creator_id), 'tiktok_video_id',
    quote(b.tiktok_video_id), 'kind', quote(b.kind), 'url', quote(b.url), 'description', quote(b.description),
    'published_at', quote(b.published_at), 'tracking_status', quote(b.tracking_status), 'tracking_disabled_at',
    quote(b.tracking_disabled_at), 'created_at', quote(b.created_at), 'last_captured_at', quote(b.last_captured_at),
    'views', quote(b.views), 'likes', quote(b.likes), 'comments', quote(b.comments), 'shares', quote(b.shares),
    'saves', quote(b.saves)), 1, 10000), NULL
FROM posts AS b
WHERE NOT EXISTS (SELECT 1 FROM new_posts AS a WHERE a.project_id = b.project_id AND a.post_id = b.post_id);

CREATE TABLE new_tracking_changes (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    post_id BLOB NOT NULL CHECK (length(post_id) = 16),
    tracking_change_id BLOB NOT NULL CHECK (length(tracking_change_id) = 16),
    changed_at INTEGER NOT NULL CHECK (changed_at BETWEEN -62135510400000 AND 253402214399999),
    from_status TEXT NOT NULL CHECK (from_status IN ('auto_tracked', 'pending_review', 'included', 'excluded',
        'direct_add')),
    to_status TEXT NOT NULL CHECK (to_status IN ('auto_tracked', 'pending_review', 'included', 'excluded',
        'direct_add')),
    from_disabled INTEGER NOT NULL CHECK (from_disabled IN (0, 1)),
    to_disabled INTEGER NOT NULL CHECK (to_disabled IN (0, 1)),
    -- The review in which it was made, of one post or many; NULL for those that facts brought.
    review_id BLOB CHECK (length(review_id) = 16),
    PRIMARY KEY (project_id, post_id, tracking_change_id),
    FOREIGN KEY (project_id, post_id) REFERENCES new_posts (project_id, post_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_tracking_changes
    (project_id, post_id, tracking_change_id, changed_at, from_status, to_status, from_disabled, to_disabled,
     review_id)
SELECT
    t.project_id, t.post_id, t.tracking_change_id,
    CASE WHEN typeof(t.changed_at) = 'integer' AND t.changed_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.changed_at ELSE 0 END,
    CASE WHEN typeof(t.from_status) = 'text' AND t.from_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add') THEN t.from_status ELSE 'pending_review' END,
    CASE WHEN typeof(t.to_status) = 'text' AND t.to_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add') THEN t.to_status ELSE 'pending_review' END,
    CASE WHEN typeof(t.from_disabled) = 'integer' AND t.from_disabled IN (0, 1) THEN t.from_disabled ELSE 1 END,
    CASE WHEN typeof(t.to_disabled) = 'integer' AND t.to_disabled IN (0, 1) THEN t.to_disabled ELSE 1 END,
    CASE WHEN typeof(t.review_id) = 'blob' AND length(t.review_id) = 16 THEN t.review_id END
FROM tracking_changes AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.post_id) = 'blob' AND length(t.post_id) = 16
  AND typeof(t.tracking_change_id) = 'blob' AND length(t.tracking_change_id) = 16
  AND EXISTS (SELECT 1 FROM new_posts AS p WHERE p.project_id = t.project_id AND p.post_id = t.post_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'tracking_changes', lower(hex(b.post_id)) || '/' || lower(hex(b.tracking_change_id)), was.key,
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM tracking_changes AS b
CROSS JOIN new_tracking_changes AS a
CROSS JOIN json_each(json_object('changed_at', quote(b.changed_at), 'from_status', quote(b.from_status), 'to_status',
    quote(b.to_status), 'from_disabled', quote(b.from_disabled), 'to_disabled', quote(b.to_disabled), 'review_id',
    quote(b.review_id))) AS was
CROSS JOIN json_each(json_object('changed_at', quote(a.changed_at), 'from_status', quote(a.from_status), 'to_status',
    quote(a.to_status), 'from_disabled', quote(a.from_disabled), 'to_disabled', quote(a.to_disabled), 'review_id',
    quote(a.review_id))) AS now
WHERE a.project_id = b.project_id AND a.post_id = b.post_id AND a.tracking_change_id = b.tracking_change_id
  AND (a.changed_at, a.from_status, a.to_status, a.from_disabled, a.to_disabled, a.review_id) IS NOT (b.changed_at,
      b.from_status, b.to_status, b.from_disabled, b.to_disabled, b.review_id)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'tracking_changes', lower(hex(b.post_id)) || '/' || lower(hex(b.tracking_change_id)), '',
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    substr(json_object('changed_at', quote(b.changed_at), 'from_status', quote(b.from_status), 'to_status',
    quote(b.to_status), 'from_disabled', quote(b.from_disabled), 'to_disabled', quote(b.to_disabled), 'review_id',
    quote(b.review_id)), 1, 10000), NULL
FROM tracking_changes AS b
WHERE NOT EXISTS (SELECT 1 FROM new_tracking_changes AS a WHERE a.project_id = b.project_id AND a.post_id = b.post_id
    AND a.tracking_change_id = b.tracking_change_id);

CREATE TABLE new_post_snapshots (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    post_id BLOB NOT NULL CHECK (length(post_id) = 16),
    captured_at INTEGER NOT NULL CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999),
    views INTEGER CHECK (views BETWEEN 0 AND 1000000000000),
    likes INTEGER CHECK (likes BETWEEN 0 AND 1000000000000),
    comments INTEGER CHECK (comments BETWEEN 0 AND 1000000000000),
    shares INTEGER CHECK (shares BETWEEN 0 AND 1000000000000),
    saves INTEGER CHECK (saves BETWEEN 0 AND 1000000000000),
    source TEXT NOT NULL,
    PRIMARY KEY (project_id, post_id, captured_at),
    FOREIGN KEY (project_id, post_id) REFERENCES new_posts (project_id, post_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_post_snapshots
    (project_id, post_id, captured_at, views, likes, comments, shares, saves, source)
SELECT
    t.project_id, t.post_id, t.captured_at,
    CASE WHEN typeof(t.views) = 'integer' AND t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    CASE WHEN typeof(t.likes) = 'integer' AND t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    CASE WHEN typeof(t.comments) = 'integer' AND t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    CASE WHEN typeof(t.shares) = 'integer' AND t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    CASE WHEN typeof(t.saves) = 'integer' AND t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END,
    CASE WHEN typeof(t.source) = 'text' THEN t.source ELSE '' END
FROM post_snapshots AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.post_id) = 'blob' AND length(t.post_id) = 16
  AND typeof(t.captured_at) = 'integer' AND t.captured_at BETWEEN -62135510400000 AND 253402214399999
  AND EXISTS (SELECT 1 FROM new_posts AS p WHERE p.project_id = t.project_id AND p.post_id = t.post_id);

INSERT INTO marked_creators (project_id, creator_id)
SELECT p.project_id, p.creator_id FROM post_snapshots AS b CROSS JOIN posts AS p
WHERE p.project_id = b.project_id AND p.post_id = b.post_id AND NOT EXISTS (
    SELECT 1 FROM new_post_snapshots AS a
    WHERE a.project_id = b.project_id AND a.post_id = b.post_id AND a.captured_at = b.captured_at
      AND (a.views, a.likes, a.comments, a.shares, a.saves) IS (b.views, b.likes, b.comments, b.shares, b.saves))
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'post_snapshots', lower(hex(b.post_id)) || '/' || substr(quote(b.captured_at), 1, 100), was.key,
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM post_snapshots AS b
CROSS JOIN new_post_snapshots AS a
CROSS JOIN json_each(json_object('views', quote(b.views), 'likes', quote(b.likes), 'comments', quote(b.comments),
    'shares', quote(b.shares), 'saves', quote(b.saves), 'source', quote(b.source))) AS was
CROSS JOIN json_each(json_object('views', quote(a.views), 'likes', quote(a.likes), 'comments', quote(a.comments),
    'shares', quote(a.shares), 'saves', quote(a.saves), 'source', quote(a.source))) AS now
WHERE a.project_id = b.project_id AND a.post_id = b.post_id AND a.captured_at = b.captured_at
  AND (a.views, a.likes, a.comments, a.shares, a.saves, a.source) IS NOT (b.views, b.likes, b.comments, b.shares,
      b.saves, b.source)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'post_snapshots', lower(hex(b.post_id)) || '/' || substr(quote(b.captured_at), 1, 100), '',
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    substr(json_object('views', quote(b.views), 'likes', quote(b.likes), 'comments', quote(b.comments), 'shares',
    quote(b.shares), 'saves', quote(b.saves), 'source', quote(b.source)), 1, 10000), NULL
FROM post_snapshots AS b
WHERE NOT EXISTS (SELECT 1 FROM new_post_snapshots AS a WHERE a.project_id = b.project_id AND a.post_id = b.post_id
    AND a.captured_at = b.captured_at);

CREATE TABLE new_collections (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CHECK (length(creator_id) = 16),
    collected_at INTEGER NOT NULL CHECK (collected_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, creator_id, collected_at),
    FOREIGN KEY (project_id, creator_id) REFERENCES new_creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_collections
    (project_id, creator_id, collected_at)
SELECT
    t.project_id, t.creator_id, t.collected_at
FROM collections AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.creator_id) = 'blob' AND length(t.creator_id) = 16
  AND typeof(t.collected_at) = 'integer' AND t.collected_at BETWEEN -62135510400000 AND 253402214399999
  AND EXISTS (SELECT 1 FROM new_creators AS p WHERE p.project_id = t.project_id AND p.creator_id = t.creator_id);

INSERT INTO marked_creators (project_id, creator_id)
SELECT b.project_id, b.creator_id FROM collections AS b
WHERE NOT EXISTS (
    SELECT 1 FROM new_collections AS a
    WHERE a.project_id = b.project_id AND a.creator_id = b.creator_id AND a.collected_at = b.collected_at)
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'collections', lower(hex(b.creator_id)) || '/' || substr(quote(b.collected_at), 1, 100), '',
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END, substr('', 1,
    10000), NULL
FROM collections AS b
WHERE NOT EXISTS (SELECT 1 FROM new_collections AS a WHERE a.project_id = b.project_id
    AND a.creator_id = b.creator_id AND a.collected_at = b.collected_at);

CREATE TABLE new_creator_snapshots (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CHECK (length(creator_id) = 16),
    captured_at INTEGER NOT NULL CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999),
    followers INTEGER NOT NULL CHECK (followers BETWEEN 0 AND 1000000000000),
    source TEXT NOT NULL,
    PRIMARY KEY (project_id, creator_id, captured_at),
    FOREIGN KEY (project_id, creator_id) REFERENCES new_creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_creator_snapshots
    (project_id, creator_id, captured_at, followers, source)
SELECT
    t.project_id, t.creator_id, t.captured_at, t.followers,
    CASE WHEN typeof(t.source) = 'text' THEN t.source ELSE '' END
FROM creator_snapshots AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.creator_id) = 'blob' AND length(t.creator_id) = 16
  AND typeof(t.captured_at) = 'integer' AND t.captured_at BETWEEN -62135510400000 AND 253402214399999
  AND typeof(t.followers) = 'integer' AND t.followers BETWEEN 0 AND 1000000000000
  AND EXISTS (SELECT 1 FROM new_creators AS p WHERE p.project_id = t.project_id AND p.creator_id = t.creator_id);

INSERT INTO marked_creators (project_id, creator_id)
SELECT b.project_id, b.creator_id FROM creator_snapshots AS b
WHERE NOT EXISTS (
    SELECT 1 FROM new_creator_snapshots AS a
    WHERE a.project_id = b.project_id AND a.creator_id = b.creator_id AND a.captured_at = b.captured_at)
ON CONFLICT DO NOTHING;

-- A count that cannot be is no reading, but somebody looked.
INSERT INTO new_collections (project_id, creator_id, collected_at)
SELECT t.project_id, t.creator_id, t.captured_at FROM creator_snapshots AS t
WHERE typeof(t.captured_at) = 'integer' AND t.captured_at BETWEEN -62135510400000 AND 253402214399999
  AND NOT (typeof(t.followers) = 'integer' AND t.followers BETWEEN 0
    AND 1000000000000)
  AND EXISTS (SELECT 1 FROM new_creators AS p WHERE p.project_id = t.project_id AND p.creator_id = t.creator_id)
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_snapshots', lower(hex(b.creator_id)) || '/' || substr(quote(b.captured_at), 1, 100), was.key,
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM creator_snapshots AS b
CROSS JOIN new_creator_snapshots AS a
CROSS JOIN json_each(json_object('source', quote(b.source))) AS was
CROSS JOIN json_each(json_object('source', quote(a.source))) AS now
WHERE a.project_id = b.project_id AND a.creator_id = b.creator_id AND a.captured_at = b.captured_at
  AND a.source IS NOT b.source
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_snapshots', lower(hex(b.creator_id)) || '/' || substr(quote(b.captured_at), 1, 100), '',
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    substr(json_object('followers', quote(b.followers), 'source', quote(b.source)), 1, 10000), NULL
FROM creator_snapshots AS b
WHERE NOT EXISTS (SELECT 1 FROM new_creator_snapshots AS a WHERE a.project_id = b.project_id
    AND a.creator_id = b.creator_id AND a.captured_at = b.captured_at);

CREATE TABLE new_parked_stats (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    tiktok_video_id TEXT NOT NULL,
    -- Empty where the source did not say whose post it is.
    tiktok_handle TEXT NOT NULL,
    captured_at INTEGER NOT NULL CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999),
    views INTEGER CHECK (views BETWEEN 0 AND 1000000000000),
    likes INTEGER CHECK (likes BETWEEN 0 AND 1000000000000),
    comments INTEGER CHECK (comments BETWEEN 0 AND 1000000000000),
    shares INTEGER CHECK (shares BETWEEN 0 AND 1000000000000),
    saves INTEGER CHECK (saves BETWEEN 0 AND 1000000000000),
    source TEXT NOT NULL,
    PRIMARY KEY (project_id, tiktok_video_id, tiktok_handle, captured_at),
    FOREIGN KEY (project_id) REFERENCES new_projects (project_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_parked_stats
    (project_id, tiktok_video_id, tiktok_handle, captured_at, views, likes, comments, shares, saves, source)
SELECT
    t.project_id, t.tiktok_video_id, t.tiktok_handle, t.captured_at,
    CASE WHEN typeof(t.views) = 'integer' AND t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    CASE WHEN typeof(t.likes) = 'integer' AND t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    CASE WHEN typeof(t.comments) = 'integer' AND t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    CASE WHEN typeof(t.shares) = 'integer' AND t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    CASE WHEN typeof(t.saves) = 'integer' AND t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END,
    CASE WHEN typeof(t.source) = 'text' THEN t.source ELSE '' END
FROM parked_stats AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.tiktok_video_id) = 'text'
  AND typeof(t.tiktok_handle) = 'text'
  AND typeof(t.captured_at) = 'integer' AND t.captured_at BETWEEN -62135510400000 AND 253402214399999
  AND EXISTS (SELECT 1 FROM new_projects AS p WHERE p.project_id = t.project_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'parked_stats', substr(quote(b.tiktok_video_id), 1, 100) || '/' || substr(quote(b.tiktok_handle), 1,
    100) || '/' || substr(quote(b.captured_at), 1, 100), was.key, CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM parked_stats AS b
CROSS JOIN new_parked_stats AS a
CROSS JOIN json_each(json_object('views', quote(b.views), 'likes', quote(b.likes), 'comments', quote(b.comments),
    'shares', quote(b.shares), 'saves', quote(b.saves), 'source', quote(b.source))) AS was
CROSS JOIN json_each(json_object('views', quote(a.views), 'likes', quote(a.likes), 'comments', quote(a.comments),
    'shares', quote(a.shares), 'saves', quote(a.saves), 'source', quote(a.source))) AS now
WHERE a.project_id = b.project_id AND a.tiktok_video_id = b.tiktok_video_id AND a.tiktok_handle = b.tiktok_handle
    AND a.captured_at = b.captured_at
  AND (a.views, a.likes, a.comments, a.shares, a.saves, a.source) IS NOT (b.views, b.likes, b.comments, b.shares,
      b.saves, b.source)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'parked_stats', substr(quote(b.tiktok_video_id), 1, 100) || '/' || substr(quote(b.tiktok_handle), 1,
    100) || '/' || substr(quote(b.captured_at), 1, 100), '', CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, substr(json_object('views', quote(b.views), 'likes',
    quote(b.likes), 'comments', quote(b.comments), 'shares', quote(b.shares), 'saves', quote(b.saves), 'source',
    quote(b.source)), 1, 10000), NULL
FROM parked_stats AS b
WHERE NOT EXISTS (SELECT 1 FROM new_parked_stats AS a WHERE a.project_id = b.project_id
    AND a.tiktok_video_id = b.tiktok_video_id AND a.tiktok_handle = b.tiktok_handle
    AND a.captured_at = b.captured_at);

CREATE TABLE new_goals (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    goal_id BLOB NOT NULL CHECK (length(goal_id) = 16),
    creator_id BLOB NOT NULL CHECK (length(creator_id) = 16),
    metric TEXT NOT NULL CHECK (metric IN ('posts', 'views', 'engagement', 'followers')),
    period TEXT NOT NULL CHECK (period IN ('daily', 'weekly', 'monthly')),
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    deleted_at INTEGER CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, goal_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES new_creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_goals
    (project_id, goal_id, creator_id, metric, period, created_at, deleted_at)
SELECT
    t.project_id, t.goal_id, t.creator_id,
    CASE WHEN typeof(t.metric) = 'text' AND t.metric IN ('posts', 'views', 'engagement', 'followers') THEN t.metric
        ELSE 'posts' END,
    CASE WHEN typeof(t.period) = 'text' AND t.period IN ('daily', 'weekly', 'monthly') THEN t.period
        ELSE 'weekly' END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END,
    CASE WHEN typeof(t.deleted_at) = 'integer' AND t.deleted_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.deleted_at WHEN t.deleted_at IS NULL AND typeof(t.metric) = 'text'
        AND t.metric IN ('posts', 'views', 'engagement', 'followers') AND typeof(t.period) = 'text'
        AND t.period IN ('daily', 'weekly', 'monthly') THEN NULL WHEN typeof(t.created_at) = 'integer'
            AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END
FROM goals AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.goal_id) = 'blob' AND length(t.goal_id) = 16
  AND typeof(t.creator_id) = 'blob' AND length(t.creator_id) = 16
  AND EXISTS (SELECT 1 FROM new_creators AS p WHERE p.project_id = t.project_id AND p.creator_id = t.creator_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goals', lower(hex(b.goal_id)), was.key, CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16
    THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM goals AS b
CROSS JOIN new_goals AS a
CROSS JOIN json_each(json_object('metric', quote(b.metric), 'period', quote(b.period), 'created_at',
    quote(b.created_at), 'deleted_at', quote(b.deleted_at))) AS was
CROSS JOIN json_each(json_object('metric', quote(a.metric), 'period', quote(a.period), 'created_at',
    quote(a.created_at), 'deleted_at', quote(a.deleted_at))) AS now
WHERE a.project_id = b.project_id AND a.goal_id = b.goal_id
  AND (a.metric, a.period, a.created_at, a.deleted_at) IS NOT (b.metric, b.period, b.created_at, b.deleted_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goals', lower(hex(b.goal_id)), '', CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16
    THEN b.project_id END, substr(json_object('creator_id', quote(b.creator_id), 'metric', quote(b.metric), 'period',
    quote(b.period), 'created_at', quote(b.created_at), 'deleted_at', quote(b.deleted_at)), 1, 10000), NULL
FROM goals AS b
WHERE NOT EXISTS (SELECT 1 FROM new_goals AS a WHERE a.project_id = b.project_id AND a.goal_id = b.goal_id);

CREATE TABLE new_goal_versions (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    goal_id BLOB NOT NULL CHECK (length(goal_id) = 16),
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 1000000000000),
    made_at INTEGER NOT NULL CHECK (made_at BETWEEN -62135510400000 AND 253402214399999),
    target_value INTEGER NOT NULL CHECK (target_value BETWEEN 1 AND 1000000000000),
    start_date INTEGER CHECK (start_date BETWEEN -719162 AND 2932896),
    end_date INTEGER CHECK (end_date BETWEEN -719162 AND 2932896),
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    -- The assignment that made the goal or changed it, for one creator or many; NULL where it was made by itself.
    assignment_id BLOB CHECK (length(assignment_id) = 16),
    PRIMARY KEY (project_id, goal_id, version),
    CONSTRAINT goal_versions_dates_in_order CHECK (end_date >= start_date),
    FOREIGN KEY (project_id, goal_id) REFERENCES new_goals (project_id, goal_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_goal_versions
    (project_id, goal_id, version, made_at, target_value, start_date, end_date, is_active, assignment_id)
SELECT
    t.project_id, t.goal_id, t.version,
    CASE WHEN typeof(t.made_at) = 'integer' AND t.made_at BETWEEN -62135510400000 AND 253402214399999 THEN t.made_at
        ELSE (SELECT p.created_at FROM new_goals AS p WHERE p.project_id = t.project_id AND p.goal_id = t.goal_id) END,
    CASE WHEN typeof(t.target_value) IN ('integer', 'real') AND t.target_value >= 1
        THEN min(CAST(t.target_value AS INTEGER), 1000000000000) ELSE 1 END,
    CASE WHEN typeof(t.start_date) = 'integer' AND t.start_date BETWEEN -719162 AND 2932896 THEN t.start_date END,
    CASE WHEN typeof(t.end_date) = 'integer' AND t.end_date BETWEEN -719162 AND 2932896 AND (t.start_date
        IS NULL OR t.end_date >= t.start_date) THEN t.end_date END,
    -- Nor is a goal in force on dates that nobody can read.
    CASE WHEN typeof(t.is_active) = 'integer' AND t.is_active IN (0, 1)
        AND (t.start_date IS NULL OR typeof(t.start_date) = 'integer' AND t.start_date BETWEEN -719162 AND 2932896)
        AND (t.end_date IS NULL OR typeof(t.end_date) = 'integer' AND t.end_date BETWEEN -719162 AND 2932896
            AND (t.start_date IS NULL OR t.end_date >= t.start_date)) THEN t.is_active ELSE 0 END,
    CASE WHEN typeof(t.assignment_id) = 'blob' AND length(t.assignment_id) = 16 THEN t.assignment_id END
FROM goal_versions AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.goal_id) = 'blob' AND length(t.goal_id) = 16
  AND typeof(t.version) = 'integer' AND t.version BETWEEN 1 AND 1000000000000
  AND EXISTS (SELECT 1 FROM new_goals AS p WHERE p.project_id = t.project_id AND p.goal_id = t.goal_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goal_versions', lower(hex(b.goal_id)) || '/' || substr(quote(b.version), 1, 100), was.key,
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM goal_versions AS b
CROSS JOIN new_goal_versions AS a
CROSS JOIN json_each(json_object('made_at', quote(b.made_at), 'target_value', quote(b.target_value), 'start_date',
    quote(b.start_date), 'end_date', quote(b.end_date), 'is_active', quote(b.is_active), 'assignment_id',
    quote(b.assignment_id))) AS was
CROSS JOIN json_each(json_object('made_at', quote(a.made_at), 'target_value', quote(a.target_value), 'start_date',
    quote(a.start_date), 'end_date', quote(a.end_date), 'is_active', quote(a.is_active), 'assignment_id',
    quote(a.assignment_id))) AS now
WHERE a.project_id = b.project_id AND a.goal_id = b.goal_id AND a.version = b.version
  AND (a.made_at, a.target_value, a.start_date, a.end_date, a.is_active, a.assignment_id) IS NOT (b.made_at,
      b.target_value, b.start_date, b.end_date, b.is_active, b.assignment_id)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goal_versions', lower(hex(b.goal_id)) || '/' || substr(quote(b.version), 1, 100), '',
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    substr(json_object('made_at', quote(b.made_at), 'target_value', quote(b.target_value), 'start_date',
    quote(b.start_date), 'end_date', quote(b.end_date), 'is_active', quote(b.is_active), 'assignment_id',
    quote(b.assignment_id)), 1, 10000), NULL
FROM goal_versions AS b
WHERE NOT EXISTS (SELECT 1 FROM new_goal_versions AS a WHERE a.project_id = b.project_id AND a.goal_id = b.goal_id
    AND a.version = b.version);

CREATE TABLE new_imports (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    import_id BLOB NOT NULL CHECK (length(import_id) = 16),
    file_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'queued', 'running', 'done', 'failed')),
    -- What was chosen on the page, as JSON: creator, capture instant, column mapping.
    choices TEXT NOT NULL,
    bytes_total INTEGER NOT NULL CHECK (bytes_total BETWEEN 0 AND 1000000000000000),
    bytes_done INTEGER NOT NULL CHECK (bytes_done BETWEEN 0 AND 1000000000000000),
    rows_read INTEGER NOT NULL CHECK (rows_read BETWEEN 0 AND 1000000000000000),
    accepted INTEGER NOT NULL CHECK (accepted BETWEEN 0 AND 1000000000000000),
    duplicates INTEGER NOT NULL CHECK (duplicates BETWEEN 0 AND 1000000000000000),
    parked INTEGER NOT NULL CHECK (parked BETWEEN 0 AND 1000000000000000),
    rejected INTEGER NOT NULL CHECK (rejected BETWEEN 0 AND 1000000000000000),
    -- Counters left out because nothing says when they were read.
    without_instant INTEGER NOT NULL CHECK (without_instant BETWEEN 0 AND 1000000000000000),
    failure TEXT,
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    finished_at INTEGER CHECK (finished_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, import_id),
    FOREIGN KEY (project_id) REFERENCES new_projects (project_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_imports
    (project_id, import_id, file_name, state, choices, bytes_total, bytes_done, rows_read, accepted, duplicates,
     parked, rejected, without_instant, failure, created_at, finished_at)
SELECT
    t.project_id, t.import_id,
    CASE WHEN typeof(t.file_name) = 'text' THEN t.file_name ELSE '' END,
    CASE WHEN typeof(t.state) = 'text' AND t.state IN ('waiting', 'queued', 'running', 'done', 'failed') THEN t.state
        ELSE 'failed' END,
    CASE WHEN typeof(t.choices) = 'text' THEN t.choices ELSE '{}' END,
    CASE WHEN typeof(t.bytes_total) = 'integer' AND t.bytes_total BETWEEN 0 AND 1000000000000000
        THEN t.bytes_total ELSE 0 END,
    CASE WHEN typeof(t.bytes_done) = 'integer' AND t.bytes_done BETWEEN 0 AND 1000000000000000 THEN t.bytes_done
        ELSE 0 END,
    CASE WHEN typeof(t.rows_read) = 'integer' AND t.rows_read BETWEEN 0 AND 1000000000000000 THEN t.rows_read
        ELSE 0 END,
    CASE WHEN typeof(t.accepted) = 'integer' AND t.accepted BETWEEN 0 AND 1000000000000000 THEN t.accepted ELSE 0 END,
    CASE WHEN typeof(t.duplicates) = 'integer' AND t.duplicates BETWEEN 0 AND 1000000000000000 THEN t.duplicates
        ELSE 0 END,
    CASE WHEN typeof(t.parked) = 'integer' AND t.parked BETWEEN 0 AND 1000000000000000 THEN t.parked ELSE 0 END,
    CASE WHEN typeof(t.rejected) = 'integer' AND t.rejected BETWEEN 0 AND 1000000000000000 THEN t.rejected ELSE 0 END,
    CASE WHEN typeof(t.without_instant) = 'integer' AND t.without_instant BETWEEN 0 AND 1000000000000000
        THEN t.without_instant ELSE 0 END,
    CASE WHEN typeof(t.failure) = 'text' THEN t.failure END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END,
    CASE WHEN typeof(t.finished_at) = 'integer' AND t.finished_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.finished_at END
FROM imports AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.import_id) = 'blob' AND length(t.import_id) = 16
  AND EXISTS (SELECT 1 FROM new_projects AS p WHERE p.project_id = t.project_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'imports', lower(hex(b.import_id)), was.key, CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM imports AS b
CROSS JOIN new_imports AS a
CROSS JOIN json_each(json_object('file_name', quote(b.file_name), 'state', quote(b.state), 'choices',
    quote(b.choices), 'bytes_total', quote(b.bytes_total), 'bytes_done', quote(b.bytes_done), 'rows_read',
    quote(b.rows_read), 'accepted', quote(b.accepted), 'duplicates', quote(b.duplicates), 'parked', quote(b.parked),
    'rejected', quote(b.rejected), 'without_instant', quote(b.without_instant), 'failure', quote(b.failure),
    'created_at', quote(b.created_at), 'finished_at', quote(b.finished_at))) AS was
CROSS JOIN json_each(json_object('file_name', quote(a.file_name), 'state', quote(a.state), 'choices',
    quote(a.choices), 'bytes_total', quote(a.bytes_total), 'bytes_done', quote(a.bytes_done), 'rows_read',
    quote(a.rows_read), 'accepted', quote(a.accepted), 'duplicates', quote(a.duplicates), 'parked', quote(a.parked),
    'rejected', quote(a.rejected), 'without_instant', quote(a.without_instant), 'failure', quote(a.failure),
    'created_at', quote(a.created_at), 'finished_at', quote(a.finished_at))) AS now
WHERE a.project_id = b.project_id AND a.import_id = b.import_id
  AND (a.file_name, a.state, a.choices, a.bytes_total, a.bytes_done, a.rows_read, a.accepted, a.duplicates, a.parked,
      a.rejected, a.without_instant, a.failure, a.created_at, a.finished_at) IS NOT (b.file_name, b.state, b.choices,
      b.bytes_total, b.bytes_done, b.rows_read, b.accepted, b.duplicates, b.parked, b.rejected, b.without_instant,
      b.failure, b.created_at, b.finished_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'imports', lower(hex(b.import_id)), '', CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16
    THEN b.project_id END, substr(json_object('file_name', quote(b.file_name), 'state', quote(b.state), 'choices',
    quote(b.choices), 'bytes_total', quote(b.bytes_total), 'bytes_done', quote(b.bytes_done), 'rows_read',
    quote(b.rows_read), 'accepted', quote(b.accepted), 'duplicates', quote(b.duplicates), 'parked', quote(b.parked),
    'rejected', quote(b.rejected), 'without_instant', quote(b.without_instant), 'failure', quote(b.failure),
    'created_at', quote(b.created_at), 'finished_at', quote(b.finished_at)), 1, 10000), NULL
FROM imports AS b
WHERE NOT EXISTS (SELECT 1 FROM new_imports AS a WHERE a.project_id = b.project_id AND a.import_id = b.import_id);

CREATE TABLE new_import_rejections (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    import_id BLOB NOT NULL CHECK (length(import_id) = 16),
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 1000000000000000),
    line INTEGER NOT NULL CHECK (line BETWEEN 0 AND 1000000000000000),
    field TEXT,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (project_id, import_id, position),
    FOREIGN KEY (project_id, import_id) REFERENCES new_imports (project_id, import_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_import_rejections
    (project_id, import_id, position, line, field, code, reason)
SELECT
    t.project_id, t.import_id, t.position,
    CASE WHEN typeof(t.line) = 'integer' AND t.line BETWEEN 0 AND 1000000000000000 THEN t.line ELSE 0 END,
    CASE WHEN typeof(t.field) = 'text' THEN t.field END,
    CASE WHEN typeof(t.code) = 'text' THEN t.code ELSE '' END,
    CASE WHEN typeof(t.reason) = 'text' THEN t.reason ELSE '' END
FROM import_rejections AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.import_id) = 'blob' AND length(t.import_id) = 16
  AND typeof(t.position) = 'integer' AND t.position BETWEEN 0 AND 1000000000000000
  AND EXISTS (SELECT 1 FROM new_imports AS p WHERE p.project_id = t.project_id AND p.import_id = t.import_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'import_rejections', lower(hex(b.import_id)) || '/' || substr(quote(b.position), 1, 100), was.key,
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM import_rejections AS b
CROSS JOIN new_import_rejections AS a
CROSS JOIN json_each(json_object('line', quote(b.line), 'field', quote(b.field), 'code', quote(b.code), 'reason',
    quote(b.reason))) AS was
CROSS JOIN json_each(json_object('line', quote(a.line), 'field', quote(a.field), 'code', quote(a.code), 'reason',
    quote(a.reason))) AS now
WHERE a.project_id = b.project_id AND a.import_id = b.import_id AND a.position = b.position
  AND (a.line, a.field, a.code, a.reason) IS NOT (b.line, b.field, b.code, b.reason)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'import_rejections', lower(hex(b.import_id)) || '/' || substr(quote(b.position), 1, 100), '',
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    substr(json_object('line', quote(b.line), 'field', quote(b.field), 'code', quote(b.code), 'reason',
    quote(b.reason)), 1, 10000), NULL
FROM import_rejections AS b
WHERE NOT EXISTS (SELECT 1 FROM new_import_rejections AS a WHERE a.project_id = b.project_id
    AND a.import_id = b.import_id AND a.position = b.position);

CREATE TABLE new_campaigns (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    campaign_id BLOB NOT NULL CHECK (length(campaign_id) = 16),
    name TEXT NOT NULL CHECK (name <> ''),
    notes TEXT NOT NULL,
    -- Views to gain from start_date to target_date, both included; all three or none.
    target_views INTEGER CHECK (target_views BETWEEN 1 AND 1000000000000),
    start_date INTEGER CHECK (start_date BETWEEN -719162 AND 2932896),
    target_date INTEGER CHECK (target_date BETWEEN -719162 AND 2932896),
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    deleted_at INTEGER CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, campaign_id),
    CONSTRAINT campaigns_target_whole CHECK ((target_views IS NULL) = (start_date IS NULL) AND (start_date
        IS NULL) = (target_date IS NULL)),
    CONSTRAINT campaigns_dates_in_order CHECK (target_date >= start_date),
    FOREIGN KEY (project_id) REFERENCES new_projects (project_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_campaigns
    (project_id, campaign_id, name, notes, target_views, start_date, target_date, created_at, deleted_at)
SELECT
    t.project_id, t.campaign_id,
    CASE WHEN typeof(t.name) = 'text' AND t.name <> '' THEN t.name ELSE 'Unnamed campaign' END,
    CASE WHEN typeof(t.notes) = 'text' THEN t.notes ELSE '' END,
    CASE WHEN typeof(t.target_views) IN ('integer', 'real') AND t.target_views >= 1
        AND typeof(t.start_date) = 'integer' AND t.start_date BETWEEN -719162 AND 2932896
        AND typeof(t.target_date) = 'integer' AND t.target_date BETWEEN -719162 AND 2932896
        AND t.target_date >= t.start_date THEN min(CAST(t.target_views AS INTEGER), 1000000000000) END,
    CASE WHEN typeof(t.target_views) IN ('integer', 'real') AND t.target_views >= 1
        AND typeof(t.start_date) = 'integer' AND t.start_date BETWEEN -719162 AND 2932896
        AND typeof(t.target_date) = 'integer' AND t.target_date BETWEEN -719162 AND 2932896
        AND t.target_date >= t.start_date THEN t.start_date END,
    CASE WHEN typeof(t.target_views) IN ('integer', 'real') AND t.target_views >= 1
        AND typeof(t.start_date) = 'integer' AND t.start_date BETWEEN -719162 AND 2932896
        AND typeof(t.target_date) = 'integer' AND t.target_date BETWEEN -719162 AND 2932896
        AND t.target_date >= t.start_date THEN t.target_date END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END,
    CASE WHEN t.deleted_at IS NULL THEN NULL WHEN typeof(t.deleted_at) = 'integer'
        AND t.deleted_at BETWEEN -62135510400000 AND 253402214399999 THEN t.deleted_at
        WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
            THEN t.created_at ELSE 0 END
FROM campaigns AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.campaign_id) = 'blob' AND length(t.campaign_id) = 16
  AND EXISTS (SELECT 1 FROM new_projects AS p WHERE p.project_id = t.project_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaigns', lower(hex(b.campaign_id)), was.key, CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM campaigns AS b
CROSS JOIN new_campaigns AS a
CROSS JOIN json_each(json_object('name', quote(b.name), 'notes', quote(b.notes), 'target_views',
    quote(b.target_views), 'start_date', quote(b.start_date), 'target_date', quote(b.target_date), 'created_at',
    quote(b.created_at), 'deleted_at', quote(b.deleted_at))) AS was
CROSS JOIN json_each(json_object('name', quote(a.name), 'notes', quote(a.notes), 'target_views',
    quote(a.target_views), 'start_date', quote(a.start_date), 'target_date', quote(a.target_date), 'created_at',
    quote(a.created_at), 'deleted_at', quote(a.deleted_at))) AS now
WHERE a.project_id = b.project_id AND a.campaign_id = b.campaign_id
  AND (a.name, a.notes, a.target_views, a.start_date, a.target_date, a.created_at, a.deleted_at) IS NOT (b.name,
      b.notes, b.target_views, b.start_date, b.target_date, b.created_at, b.deleted_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaigns', lower(hex(b.campaign_id)), '', CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, substr(json_object('name', quote(b.name), 'notes',
    quote(b.notes), 'target_views', quote(b.target_views), 'start_date', quote(b.start_date), 'target_date',
    quote(b.target_date), 'created_at', quote(b.created_at), 'deleted_at', quote(b.deleted_at)), 1, 10000), NULL
FROM campaigns AS b
WHERE NOT EXISTS (SELECT 1 FROM new_campaigns AS a WHERE a.project_id = b.project_id
    AND a.campaign_id = b.campaign_id);

CREATE TABLE new_campaign_items (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    campaign_id BLOB NOT NULL CHECK (length(campaign_id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('creator', 'post', 'campaign')),
    item_id BLOB NOT NULL CHECK (length(item_id) = 16),
    added_at INTEGER NOT NULL CHECK (added_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, campaign_id, item_id),
    FOREIGN KEY (project_id, campaign_id) REFERENCES new_campaigns (project_id, campaign_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_campaign_items
    (project_id, campaign_id, kind, item_id, added_at)
SELECT
    t.project_id, t.campaign_id, t.kind, t.item_id,
    CASE WHEN typeof(t.added_at) = 'integer' AND t.added_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.added_at ELSE 0 END
FROM campaign_items AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.campaign_id) = 'blob' AND length(t.campaign_id) = 16
  AND typeof(t.item_id) = 'blob' AND length(t.item_id) = 16
  AND typeof(t.kind) = 'text' AND t.kind IN ('creator', 'post', 'campaign')
  AND EXISTS (SELECT 1 FROM new_campaigns AS p WHERE p.project_id = t.project_id AND p.campaign_id = t.campaign_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaign_items', lower(hex(b.campaign_id)) || '/' || lower(hex(b.item_id)), was.key,
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM campaign_items AS b
CROSS JOIN new_campaign_items AS a
CROSS JOIN json_each(json_object('added_at', quote(b.added_at))) AS was
CROSS JOIN json_each(json_object('added_at', quote(a.added_at))) AS now
WHERE a.project_id = b.project_id AND a.campaign_id = b.campaign_id AND a.item_id = b.item_id
  AND a.added_at IS NOT b.added_at
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaign_items', lower(hex(b.campaign_id)) || '/' || lower(hex(b.item_id)), '',
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    substr(json_object('kind', quote(b.kind), 'added_at', quote(b.added_at)), 1, 10000), NULL
FROM campaign_items AS b
WHERE NOT EXISTS (SELECT 1 FROM new_campaign_items AS a WHERE a.project_id = b.project_id
    AND a.campaign_id = b.campaign_id AND a.item_id = b.item_id);

CREATE TABLE new_creator_changes (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CHECK (length(creator_id) = 16),
    creator_change_id BLOB NOT NULL CHECK (length(creator_change_id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('renamed', 'removed', 'returned', 'tracking_mode', 'tracking_start')),
    changed_at INTEGER NOT NULL CHECK (changed_at BETWEEN -62135510400000 AND 253402214399999),
    from_value TEXT NOT NULL,
    to_value TEXT NOT NULL,
    PRIMARY KEY (project_id, creator_id, creator_change_id, kind),
    FOREIGN KEY (project_id, creator_id) REFERENCES new_creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_creator_changes
    (project_id, creator_id, creator_change_id, kind, changed_at, from_value, to_value)
SELECT
    t.project_id, t.creator_id, t.creator_change_id, t.kind,
    CASE WHEN typeof(t.changed_at) = 'integer' AND t.changed_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.changed_at ELSE 0 END,
    CASE WHEN typeof(t.from_value) = 'text' THEN t.from_value ELSE '' END,
    CASE WHEN typeof(t.to_value) = 'text' THEN t.to_value ELSE '' END
FROM creator_changes AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.creator_id) = 'blob' AND length(t.creator_id) = 16
  AND typeof(t.creator_change_id) = 'blob' AND length(t.creator_change_id) = 16
  AND typeof(t.kind) = 'text' AND t.kind IN ('renamed', 'removed', 'returned', 'tracking_mode', 'tracking_start')
  AND EXISTS (SELECT 1 FROM new_creators AS p WHERE p.project_id = t.project_id AND p.creator_id = t.creator_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_changes',
    lower(hex(b.creator_id)) || '/' || lower(hex(b.creator_change_id)) || '/' || substr(quote(b.kind), 1, 100),
    was.key, CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    nullif(substr(was.value, 1, 1000), 'NULL'), nullif(now.value, 'NULL')
FROM creator_changes AS b
CROSS JOIN new_creator_changes AS a
CROSS JOIN json_each(json_object('changed_at', quote(b.changed_at), 'from_value', quote(b.from_value), 'to_value',
    quote(b.to_value))) AS was
CROSS JOIN json_each(json_object('changed_at', quote(a.changed_at), 'from_value', quote(a.from_value), 'to_value',
    quote(a.to_value))) AS now
WHERE a.project_id = b.project_id AND a.creator_id = b.creator_id AND a.creator_change_id = b.creator_change_id
    AND a.kind = b.kind
  AND (a.changed_at, a.from_value, a.to_value) IS NOT (b.changed_at, b.from_value, b.to_value)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_changes',
    lower(hex(b.creator_id)) || '/' || lower(hex(b.creator_change_id)) || '/' || substr(quote(b.kind), 1, 100), '',
    CASE WHEN typeof(b.project_id) = 'blob' AND length(b.project_id) = 16 THEN b.project_id END,
    substr(json_object('changed_at', quote(b.changed_at), 'from_value', quote(b.from_value), 'to_value',
    quote(b.to_value)), 1, 10000), NULL
FROM creator_changes AS b
WHERE NOT EXISTS (SELECT 1 FROM new_creator_changes AS a WHERE a.project_id = b.project_id
    AND a.creator_id = b.creator_id AND a.creator_change_id = b.creator_change_id AND a.kind = b.kind);

CREATE TABLE new_saved_views (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    saved_view_id BLOB NOT NULL CHECK (length(saved_view_id) = 16),
    name TEXT NOT NULL CHECK (name <> ''),
    -- As in the overview's address, from ? on.
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, saved_view_id),
    FOREIGN KEY (project_id) REFERENCES new_projects (project_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_saved_views
    (project_id, saved_view_id, name, query, created_at)
SELECT
    t.project_id, t.saved_view_id,
    CASE WHEN typeof(t.name) = 'text' AND t.name <> '' THEN t.name ELSE 'Unnamed view' END,
    CASE WHEN typeof(t.query) = 'text' THEN t.query ELSE '' END,
    CASE WHEN typeof(t.created_at) = 'integer' AND t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END
FROM saved_views AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.saved_view_id) = 'blob' AND length(t.saved_view_id) = 16
  AND EXISTS (SELECT 1 FROM new_projects AS p WHERE p.project_id = t.project_id);

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'saved_views', lower(hex(b.saved_view_id)), was.key, CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, nullif(substr(was.value, 1, 1000), 'NULL'),
    nullif(now.value, 'NULL')
FROM saved_views AS b
CROSS JOIN new_saved_views AS a
CROSS JOIN json_each(json_object('name', quote(b.name), 'query', quote(b.query), 'created_at',
    quote(b.created_at))) AS was
CROSS JOIN json_each(json_object('name', quote(a.name), 'query', quote(a.query), 'created_at',
    quote(a.created_at))) AS now
WHERE a.project_id = b.project_id AND a.saved_view_id = b.saved_view_id
  AND (a.name, a.query, a.created_at) IS NOT (b.name, b.query, b.created_at)
  AND now.key = was.key AND now.value <> was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'saved_views', lower(hex(b.saved_view_id)), '', CASE WHEN typeof(b.project_id) = 'blob'
    AND length(b.project_id) = 16 THEN b.project_id END, substr(json_object('name', quote(b.name), 'query',
    quote(b.query), 'created_at', quote(b.created_at)), 1, 10000), NULL
FROM saved_views AS b
WHERE NOT EXISTS (SELECT 1 FROM new_saved_views AS a WHERE a.project_id = b.project_id
    AND a.saved_view_id = b.saved_view_id);

CREATE TABLE new_creator_days (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CHECK (length(creator_id) = 16),
    day INTEGER NOT NULL CHECK (day BETWEEN -719162 AND 2932896),
    posts INTEGER NOT NULL CHECK (posts BETWEEN -4000000000000000000 AND 4000000000000000000),
    views INTEGER NOT NULL CHECK (views BETWEEN -4000000000000000000 AND 4000000000000000000),
    engagement INTEGER NOT NULL CHECK (engagement BETWEEN -4000000000000000000 AND 4000000000000000000),
    followers INTEGER NOT NULL CHECK (followers BETWEEN -4000000000000000000 AND 4000000000000000000),
    -- Latest snapshot or collection of the day.
    last_collected_at INTEGER CHECK (last_collected_at BETWEEN -62135510400000 AND 253402214399999),
    -- No post of the day was published later than this.
    last_published_at INTEGER CHECK (last_published_at BETWEEN -62135510400000 AND 253402214399999),
    PRIMARY KEY (project_id, creator_id, day),
    FOREIGN KEY (project_id, creator_id) REFERENCES new_creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

-- Where one day cannot stay as it is, all of that creator's days are booked anew.
INSERT INTO marked_creators (project_id, creator_id)
SELECT t.project_id, t.creator_id FROM creator_days AS t
WHERE NOT (typeof(t.day) = 'integer' AND t.day BETWEEN -719162 AND 2932896
    AND typeof(t.posts) = 'integer' AND t.posts BETWEEN -4000000000000000000 AND 4000000000000000000
    AND typeof(t.views) = 'integer' AND t.views BETWEEN -4000000000000000000 AND 4000000000000000000
    AND typeof(t.engagement) = 'integer' AND t.engagement BETWEEN -4000000000000000000 AND 4000000000000000000
    AND typeof(t.followers) = 'integer' AND t.followers BETWEEN -4000000000000000000 AND 4000000000000000000
    AND (t.last_collected_at IS NULL OR typeof(t.last_collected_at) = 'integer'
        AND t.last_collected_at BETWEEN -62135510400000 AND 253402214399999)
    AND (t.last_published_at IS NULL OR typeof(t.last_published_at) = 'integer'
        AND t.last_published_at BETWEEN -62135510400000 AND 253402214399999))
ON CONFLICT DO NOTHING;

INSERT INTO new_creator_days
    (project_id, creator_id, day, posts, views, engagement, followers, last_collected_at, last_published_at)
SELECT
    t.project_id, t.creator_id, t.day, t.posts, t.views, t.engagement, t.followers, t.last_collected_at,
        t.last_published_at
FROM creator_days AS t
WHERE typeof(t.project_id) = 'blob' AND length(t.project_id) = 16
  AND typeof(t.creator_id) = 'blob' AND length(t.creator_id) = 16
  AND typeof(t.day) = 'integer' AND t.day BETWEEN -719162 AND 2932896
  AND EXISTS (SELECT 1 FROM new_creators AS p WHERE p.project_id = t.project_id AND p.creator_id = t.creator_id)
  AND NOT EXISTS (SELECT 1 FROM marked_creators AS m WHERE m.project_id = t.project_id
      AND m.creator_id = t.creator_id);

-- What stood where no text belongs may be no UTF-8 either.
DROP VIEW texts_to_read;
CREATE VIEW texts_to_read AS SELECT old_value AS value FROM noted UNION ALL SELECT row_key FROM noted;
UPDATE noted SET old_value = 'X''' || hex(old_value) || '''' WHERE old_value IN (SELECT value FROM texts_not_readable);
UPDATE noted SET row_key = hex(row_key) WHERE row_key IN (SELECT value FROM texts_not_readable);
DROP VIEW texts_not_readable;
DROP VIEW texts_to_read;
DROP TABLE unreadable_texts;
DROP TABLE numbers;
DROP TABLE known_zones;

DROP TABLE creator_days;
DROP TABLE saved_views;
DROP TABLE creator_changes;
DROP TABLE campaign_items;
DROP TABLE campaigns;
DROP TABLE import_rejections;
DROP TABLE imports;
DROP TABLE goal_versions;
DROP TABLE goals;
DROP TABLE parked_stats;
DROP TABLE creator_snapshots;
DROP TABLE collections;
DROP TABLE post_snapshots;
DROP TABLE tracking_changes;
DROP TABLE posts;
DROP TABLE creators;
DROP TABLE projects;
DROP TABLE jobs;
DROP TABLE idempotent_answers;
DROP TABLE api_keys;
DROP TABLE organizations;

-- The references to them follow.
ALTER TABLE new_organizations RENAME TO organizations;
ALTER TABLE new_api_keys RENAME TO api_keys;
ALTER TABLE new_idempotent_answers RENAME TO idempotent_answers;
ALTER TABLE new_jobs RENAME TO jobs;
ALTER TABLE new_projects RENAME TO projects;
ALTER TABLE new_creators RENAME TO creators;
ALTER TABLE new_posts RENAME TO posts;
ALTER TABLE new_tracking_changes RENAME TO tracking_changes;
ALTER TABLE new_post_snapshots RENAME TO post_snapshots;
ALTER TABLE new_collections RENAME TO collections;
ALTER TABLE new_creator_snapshots RENAME TO creator_snapshots;
ALTER TABLE new_parked_stats RENAME TO parked_stats;
ALTER TABLE new_goals RENAME TO goals;
ALTER TABLE new_goal_versions RENAME TO goal_versions;
ALTER TABLE new_imports RENAME TO imports;
ALTER TABLE new_import_rejections RENAME TO import_rejections;
ALTER TABLE new_campaigns RENAME TO campaigns;
ALTER TABLE new_campaign_items RENAME TO campaign_items;
ALTER TABLE new_creator_changes RENAME TO creator_changes;
ALTER TABLE new_saved_views RENAME TO saved_views;
ALTER TABLE new_creator_days RENAME TO creator_days;

CREATE INDEX idempotent_answers_by_age ON idempotent_answers (organization_id, created_at);
CREATE INDEX creators_by_change ON creators (project_id, changed_version);
CREATE INDEX creators_removed ON creators (project_id, removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX posts_by_creator ON posts (project_id, creator_id, published_at);
CREATE INDEX posts_pending ON posts (project_id, published_at) WHERE tracking_status = 'pending_review';
CREATE INDEX tracking_changes_by_review ON tracking_changes (project_id, review_id);
CREATE INDEX goals_by_creator ON goals (project_id, creator_id);
CREATE INDEX goal_versions_by_assignment ON goal_versions (project_id, assignment_id);

-- Creators whose days are booked anew by the application before it does anything else with the database.
CREATE TABLE creators_to_book (
    project_id BLOB NOT NULL CHECK (length(project_id) = 16),
    creator_id BLOB NOT NULL CHECK (length(creator_id) = 16),
    PRIMARY KEY (project_id, creator_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
) STRICT, WITHOUT ROWID;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT c.project_id, c.creator_id
FROM marked_creators AS m CROSS JOIN creators AS c
WHERE c.project_id = m.project_id AND c.creator_id = m.creator_id;

DROP TABLE marked_creators;

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT
    -- All zeros where there is no organization: verify lists these too.
    coalesce((SELECT o.organization_id FROM organizations AS o ORDER BY o.organization_id LIMIT 1), zeroblob(16)),
    n.table_name,
    -- Stats of one post may wait in several projects.
    CASE WHEN n.table_name = 'parked_stats' THEN coalesce(lower(hex(n.project_id)) || '/', '') ELSE '' END || n.row_key,
    n.column_name,
    (SELECT p.project_id FROM projects AS p WHERE p.project_id = n.project_id), n.old_value, n.new_value
FROM noted AS n
WHERE true
ON CONFLICT DO NOTHING;

DROP TABLE noted;
