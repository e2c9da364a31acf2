-- Bounds for every column: constraints that say which values it takes. What does not keep them is noted in mended_values,
-- which `creator-goals verify` lists, and becomes something that does: what was counted becomes unknown, a word that is not
-- known the first one that promises nothing, and what was revoked, removed, deleted or disabled at an instant that nobody
-- can read stays so. Instants are those of the years 1 to 9999, without the first day and the last, so that they have a
-- date in every time zone. No database is refused. The same as on SQLite, where each table is made anew.

-- What was changed here, value by value.
CREATE TABLE mended_values (
    organization_id UUID NOT NULL,
    table_name TEXT COLLATE "C" NOT NULL,
    -- The row's primary key without organization and, unless others could have the same key, without project; its parts are
    -- divided by slashes.
    row_key TEXT COLLATE "C" NOT NULL,
    -- Empty: the row was removed; old_value has its values.
    column_name TEXT COLLATE "C" NOT NULL,
    -- NULL: no project's.
    project_id UUID,
    old_value TEXT COLLATE "C",
    -- NULL: unknown.
    new_value TEXT COLLATE "C",
    PRIMARY KEY (organization_id, table_name, row_key, column_name)
);

CREATE TEMPORARY TABLE noted (
    table_name TEXT NOT NULL, row_key TEXT NOT NULL, column_name TEXT NOT NULL, project_id UUID, old_value TEXT,
        new_value TEXT
);

-- The time zones that the application knew when it filled the tables below.
CREATE TEMPORARY TABLE known_zones (name TEXT COLLATE "C" NOT NULL PRIMARY KEY);
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

-- Creators whose days are booked anew by the application before it does anything else with the database.
CREATE TABLE creators_to_book (
    project_id UUID NOT NULL,
    creator_id UUID NOT NULL,
    PRIMARY KEY (project_id, creator_id),
    FOREIGN KEY (project_id, creator_id) REFERENCES creators (project_id, creator_id)
);

-- Where there is no organization, the one that most projects say they belong to.
INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'organizations', replace(t.organization_id::text, '-', ''), 'name', NULL, NULL, '"My organization"'
FROM projects AS t
WHERE NOT EXISTS (SELECT 1 FROM organizations)
GROUP BY t.organization_id
ORDER BY count(*) DESC, t.organization_id
LIMIT 1;

INSERT INTO organizations (organization_id, name, created_at)
SELECT n.row_key::uuid, 'My organization', 0 FROM noted AS n;

CREATE TEMPORARY TABLE bad AS
SELECT * FROM organizations AS t
WHERE (t.name <> ''
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE organizations AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'My organization' END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END
FROM bad AS b
WHERE t.organization_id = b.organization_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'organizations', replace(b.organization_id::text, '-', ''), was.key, NULL::uuid, nullif(left(was.value::text,
    1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN organizations AS a ON a.organization_id = b.organization_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE organizations
    ADD CONSTRAINT organizations_name CHECK (name <> ''),
    ADD CONSTRAINT organizations_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM api_keys AS t
WHERE (t.name <> ''
  AND length(t.key_hash) = 32
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999
  AND t.last_used_at BETWEEN -62135510400000 AND 253402214399999
  AND t.revoked_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

DELETE FROM idempotent_answers AS t
USING bad AS b
WHERE t.organization_id = b.organization_id AND t.api_key_id = b.api_key_id
  AND (length(b.key_hash) = 32) IS FALSE;

DELETE FROM api_keys AS t
USING bad AS b
WHERE t.organization_id = b.organization_id AND t.api_key_id = b.api_key_id
  AND (length(b.key_hash) = 32) IS FALSE;

UPDATE api_keys AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'Unnamed key' END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END,
    last_used_at = CASE WHEN t.last_used_at BETWEEN -62135510400000 AND 253402214399999 THEN t.last_used_at END,
    revoked_at = CASE WHEN t.revoked_at BETWEEN -62135510400000 AND 253402214399999 THEN t.revoked_at ELSE CASE
        WHEN t.revoked_at IS NOT NULL THEN CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END END END
FROM bad AS b
WHERE t.organization_id = b.organization_id AND t.api_key_id = b.api_key_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'api_keys', replace(b.api_key_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN api_keys AS a ON a.organization_id = b.organization_id AND a.api_key_id = b.api_key_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'api_keys', replace(b.api_key_id::text, '-', ''), '', b.project_id,
    left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM api_keys AS a WHERE a.organization_id = b.organization_id
    AND a.api_key_id = b.api_key_id);

DROP TABLE bad;

ALTER TABLE api_keys
    ADD CONSTRAINT api_keys_name CHECK (name <> ''),
    ADD CONSTRAINT api_keys_key_hash CHECK (length(key_hash) = 32),
    ADD CONSTRAINT api_keys_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT api_keys_last_used_at CHECK (last_used_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT api_keys_revoked_at CHECK (revoked_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM idempotent_answers AS t
WHERE (length(t.body_hash) = 32
  AND t.status BETWEEN 100 AND 599
  AND ((t.status IS NULL) = (t.body IS NULL))
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

DELETE FROM idempotent_answers AS t
USING bad AS b
WHERE t.organization_id = b.organization_id AND t.api_key_id = b.api_key_id AND t.route = b.route
    AND t.idempotency_key = b.idempotency_key;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'idempotent_answers', replace(b.api_key_id::text, '-', '') || '/' || left(quote_literal(b.route),
    100) || '/' || left(quote_literal(b.idempotency_key), 100), '', NULL::uuid,
    left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM idempotent_answers AS a WHERE a.organization_id = b.organization_id
    AND a.api_key_id = b.api_key_id AND a.route = b.route AND a.idempotency_key = b.idempotency_key);

DROP TABLE bad;

ALTER TABLE idempotent_answers
    ADD CONSTRAINT idempotent_answers_body_hash CHECK (length(body_hash) = 32),
    ADD CONSTRAINT idempotent_answers_status CHECK (status BETWEEN 100 AND 599),
    ADD CONSTRAINT idempotent_answers_whole CHECK ((status IS NULL) = (body IS NULL)),
    ADD CONSTRAINT idempotent_answers_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM jobs AS t
WHERE (((t.holder_id IS NULL) = (t.held_until IS NULL))
  AND t.due_at BETWEEN -62135510400000 AND 253402214399999
  AND t.held_until BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE jobs AS t SET
    holder_id = CASE WHEN t.holder_id IS NOT NULL AND t.held_until BETWEEN -62135510400000 AND 253402214399999
        THEN t.holder_id END,
    held_until = CASE WHEN t.holder_id IS NOT NULL AND t.held_until BETWEEN -62135510400000 AND 253402214399999
        THEN t.held_until END,
    due_at = CASE WHEN t.due_at BETWEEN -62135510400000 AND 253402214399999 THEN t.due_at ELSE 0 END
FROM bad AS b
WHERE t.organization_id = b.organization_id AND t.job = b.job;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'jobs', left(quote_literal(b.job), 100), was.key, NULL::uuid, nullif(left(was.value::text, 1000), 'null'),
    nullif(now.value::text, 'null')
FROM bad AS b
JOIN jobs AS a ON a.organization_id = b.organization_id AND a.job = b.job
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE jobs
    ADD CONSTRAINT jobs_held_whole CHECK ((holder_id IS NULL) = (held_until IS NULL)),
    ADD CONSTRAINT jobs_due_at CHECK (due_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT jobs_held_until CHECK (held_until BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM projects AS t
WHERE (t.name <> ''
  AND t.time_zone IN (SELECT z.name FROM known_zones AS z)
  AND t.week_start IN ('monday', 'sunday', 'saturday')
  AND t.early_grace_percent BETWEEN 0 AND 100
  AND t.collection_interval_hours BETWEEN 1 AND 8760
  AND t.version BETWEEN 0 AND 1000000000000000
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999
  AND t.deleted_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE projects AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'Unnamed project' END,
    time_zone = CASE WHEN t.time_zone IN (SELECT z.name FROM known_zones AS z) THEN t.time_zone ELSE 'UTC' END,
    week_start = CASE WHEN t.week_start IN ('monday', 'sunday', 'saturday') THEN t.week_start ELSE 'monday' END,
    early_grace_percent = CASE WHEN t.early_grace_percent BETWEEN 0 AND 100 THEN t.early_grace_percent ELSE 10 END,
    collection_interval_hours = CASE WHEN t.collection_interval_hours BETWEEN 1 AND 8760
        THEN t.collection_interval_hours ELSE 24 END,
    version = CASE WHEN t.version BETWEEN 0 AND 1000000000000000 THEN t.version ELSE 0 END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END,
    deleted_at = CASE WHEN t.deleted_at BETWEEN -62135510400000 AND 253402214399999 THEN t.deleted_at ELSE CASE
        WHEN t.deleted_at IS NOT NULL THEN CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END END END
FROM bad AS b
WHERE t.project_id = b.project_id;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT c.project_id, c.creator_id
FROM bad AS b CROSS JOIN creators AS c
WHERE c.project_id = b.project_id AND b.time_zone NOT IN (SELECT z.name FROM known_zones AS z)
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'projects', replace(b.project_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN projects AS a ON a.project_id = b.project_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE projects
    ADD CONSTRAINT projects_name CHECK (name <> ''),
    ADD CONSTRAINT projects_time_zone CHECK (time_zone <> ''),
    ADD CONSTRAINT projects_week_start CHECK (week_start IN ('monday', 'sunday', 'saturday')),
    ADD CONSTRAINT projects_early_grace_percent CHECK (early_grace_percent BETWEEN 0 AND 100),
    ADD CONSTRAINT projects_collection_interval_hours CHECK (collection_interval_hours BETWEEN 1 AND 8760),
    ADD CONSTRAINT projects_version CHECK (version >= 0),
    ADD CONSTRAINT projects_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT projects_deleted_at CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM creators AS t
WHERE (t.tiktok_handle ~ '^[a-z0-9._-]{1,64}$'
  AND t.tracking_mode IN ('auto', 'selective')
  AND t.tracking_start_date BETWEEN -719162 AND 2932896
  AND t.followers BETWEEN 0 AND 1000000000000
  AND t.changed_version BETWEEN 0 AND 1000000000000000
  AND ((t.first_reading_at IS NULL) = (t.last_reading_at IS NULL) AND (t.last_reading_at IS NULL) = (t.followers
      IS NULL))
  AND t.removed_at BETWEEN -62135510400000 AND 253402214399999
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999
  AND t.first_post_snapshot_at BETWEEN -62135510400000 AND 253402214399999
  AND t.first_reading_at BETWEEN -62135510400000 AND 253402214399999
  AND t.last_reading_at BETWEEN -62135510400000 AND 253402214399999
  AND t.last_collected_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE creators AS t SET
    tiktok_handle = CASE WHEN t.tiktok_handle ~ '^[a-z0-9._-]{1,64}$' THEN t.tiktok_handle
        ELSE 'creator-' || replace(t.creator_id::text, '-', '') END,
    tracking_mode = CASE WHEN t.tracking_mode IN ('auto', 'selective') THEN t.tracking_mode ELSE 'selective' END,
    tracking_start_date = CASE WHEN t.tracking_start_date BETWEEN -719162 AND 2932896 THEN t.tracking_start_date END,
    first_reading_at = CASE WHEN t.first_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND t.last_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND t.followers BETWEEN 0 AND 1000000000000 THEN t.first_reading_at END,
    last_reading_at = CASE WHEN t.first_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND t.last_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND t.followers BETWEEN 0 AND 1000000000000 THEN t.last_reading_at END,
    followers = CASE WHEN t.first_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND t.last_reading_at BETWEEN -62135510400000 AND 253402214399999
        AND t.followers BETWEEN 0 AND 1000000000000 THEN t.followers END,
    changed_version = CASE WHEN t.changed_version BETWEEN 0 AND 1000000000000000 THEN t.changed_version ELSE 0 END,
    removed_at = CASE WHEN t.removed_at BETWEEN -62135510400000 AND 253402214399999 THEN t.removed_at ELSE CASE
        WHEN t.removed_at IS NOT NULL THEN CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END END END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END,
    first_post_snapshot_at = CASE WHEN t.first_post_snapshot_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.first_post_snapshot_at END,
    last_collected_at = CASE WHEN t.last_collected_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.last_collected_at END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.creator_id = b.creator_id;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT b.project_id, b.creator_id FROM bad AS b
WHERE true
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creators', replace(b.creator_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN creators AS a ON a.project_id = b.project_id AND a.creator_id = b.creator_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value
  AND was.key NOT IN ('first_post_snapshot_at', 'first_reading_at', 'last_reading_at', 'followers',
      'last_collected_at', 'changed_version');

DROP TABLE bad;

ALTER TABLE creators
    ADD CONSTRAINT creators_tiktok_handle CHECK (tiktok_handle ~ '^[a-z0-9._-]{1,64}$'),
    ADD CONSTRAINT creators_tracking_mode CHECK (tracking_mode IN ('auto', 'selective')),
    ADD CONSTRAINT creators_tracking_start_date CHECK (tracking_start_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT creators_followers CHECK (followers BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT creators_changed_version CHECK (changed_version >= 0),
    ADD CONSTRAINT creators_readings_whole CHECK ((first_reading_at IS NULL) = (last_reading_at IS NULL)
        AND (last_reading_at IS NULL) = (followers IS NULL)),
    ADD CONSTRAINT creators_removed_at CHECK (removed_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT creators_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT creators_first_post_snapshot_at CHECK (first_post_snapshot_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT creators_first_reading_at CHECK (first_reading_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT creators_last_reading_at CHECK (last_reading_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT creators_last_collected_at CHECK (last_collected_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM posts AS t
WHERE (t.tiktok_video_id ~ '^[A-Za-z0-9_-]{1,64}$'
  AND t.kind IN ('video', 'photo_carousel')
  AND t.tracking_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
  AND t.views BETWEEN 0 AND 1000000000000
  AND t.likes BETWEEN 0 AND 1000000000000
  AND t.comments BETWEEN 0 AND 1000000000000
  AND t.shares BETWEEN 0 AND 1000000000000
  AND t.saves BETWEEN 0 AND 1000000000000
  AND t.published_at BETWEEN -62135510400000 AND 253402214399999
  AND t.tracking_disabled_at BETWEEN -62135510400000 AND 253402214399999
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999
  AND t.last_captured_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE posts AS t SET
    tiktok_video_id = CASE WHEN t.tiktok_video_id ~ '^[A-Za-z0-9_-]{1,64}$' THEN t.tiktok_video_id
        ELSE 'unknown-' || replace(t.post_id::text, '-', '') END,
    kind = CASE WHEN t.kind IN ('video', 'photo_carousel') THEN t.kind ELSE 'video' END,
    tracking_status = CASE WHEN t.tracking_status IN ('auto_tracked', 'pending_review', 'included', 'excluded',
        'direct_add') THEN t.tracking_status ELSE 'pending_review' END,
    views = CASE WHEN t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    likes = CASE WHEN t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    comments = CASE WHEN t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    shares = CASE WHEN t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    saves = CASE WHEN t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END,
    published_at = CASE WHEN t.published_at BETWEEN -62135510400000 AND 253402214399999 THEN t.published_at ELSE 0 END,
    tracking_disabled_at = CASE WHEN t.tracking_disabled_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.tracking_disabled_at ELSE CASE WHEN t.tracking_disabled_at IS NOT NULL THEN CASE
        WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END END END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END,
    last_captured_at = CASE WHEN t.last_captured_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.last_captured_at END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.post_id = b.post_id;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT b.project_id, b.creator_id FROM bad AS b
WHERE true
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'posts', replace(b.post_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN posts AS a ON a.project_id = b.project_id AND a.post_id = b.post_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value
  AND was.key NOT IN ('last_captured_at', 'views', 'likes', 'comments', 'shares', 'saves');

DROP TABLE bad;

ALTER TABLE posts
    ADD CONSTRAINT posts_tiktok_video_id CHECK (tiktok_video_id ~ '^[A-Za-z0-9_-]{1,64}$'),
    ADD CONSTRAINT posts_kind CHECK (kind IN ('video', 'photo_carousel')),
    ADD CONSTRAINT posts_tracking_status CHECK (tracking_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add')),
    ADD CONSTRAINT posts_views CHECK (views BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_saves CHECK (saves BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT posts_published_at CHECK (published_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT posts_tracking_disabled_at CHECK (tracking_disabled_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT posts_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT posts_last_captured_at CHECK (last_captured_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM tracking_changes AS t
WHERE (t.from_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
  AND t.to_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
  AND t.changed_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE tracking_changes AS t SET
    from_status = CASE WHEN t.from_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
        THEN t.from_status ELSE 'pending_review' END,
    to_status = CASE WHEN t.to_status IN ('auto_tracked', 'pending_review', 'included', 'excluded', 'direct_add')
        THEN t.to_status ELSE 'pending_review' END,
    changed_at = CASE WHEN t.changed_at BETWEEN -62135510400000 AND 253402214399999 THEN t.changed_at ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.post_id = b.post_id AND t.tracking_change_id = b.tracking_change_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'tracking_changes', replace(b.post_id::text, '-', '') || '/' || replace(b.tracking_change_id::text, '-', ''),
    was.key, b.project_id, nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN tracking_changes AS a ON a.project_id = b.project_id AND a.post_id = b.post_id
    AND a.tracking_change_id = b.tracking_change_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE tracking_changes
    ADD CONSTRAINT tracking_changes_from_status CHECK (from_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add')),
    ADD CONSTRAINT tracking_changes_to_status CHECK (to_status IN ('auto_tracked', 'pending_review', 'included',
        'excluded', 'direct_add')),
    ADD CONSTRAINT tracking_changes_changed_at CHECK (changed_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM post_snapshots AS t
WHERE (t.views BETWEEN 0 AND 1000000000000
  AND t.likes BETWEEN 0 AND 1000000000000
  AND t.comments BETWEEN 0 AND 1000000000000
  AND t.shares BETWEEN 0 AND 1000000000000
  AND t.saves BETWEEN 0 AND 1000000000000
  AND t.captured_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

DELETE FROM post_snapshots AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.post_id = b.post_id AND t.captured_at = b.captured_at
  AND (b.captured_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE post_snapshots AS t SET
    views = CASE WHEN t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    likes = CASE WHEN t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    comments = CASE WHEN t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    shares = CASE WHEN t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    saves = CASE WHEN t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.post_id = b.post_id AND t.captured_at = b.captured_at;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT p.project_id, p.creator_id
FROM bad AS b CROSS JOIN posts AS p
WHERE p.project_id = b.project_id AND p.post_id = b.post_id
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'post_snapshots', replace(b.post_id::text, '-', '') || '/' || b.captured_at::text, was.key, b.project_id,
    nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN post_snapshots AS a ON a.project_id = b.project_id AND a.post_id = b.post_id AND a.captured_at = b.captured_at
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'post_snapshots', replace(b.post_id::text, '-', '') || '/' || b.captured_at::text, '', b.project_id,
    left(to_jsonb(b)::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM post_snapshots AS a WHERE a.project_id = b.project_id AND a.post_id = b.post_id
    AND a.captured_at = b.captured_at);

DROP TABLE bad;

ALTER TABLE post_snapshots
    ADD CONSTRAINT post_snapshots_views CHECK (views BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_saves CHECK (saves BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT post_snapshots_captured_at CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM collections AS t
WHERE (t.collected_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

DELETE FROM collections AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.creator_id = b.creator_id AND t.collected_at = b.collected_at;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT b.project_id, b.creator_id FROM bad AS b
WHERE true
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'collections', replace(b.creator_id::text, '-', '') || '/' || b.collected_at::text, '', b.project_id, '{}', NULL
FROM bad AS b;

DROP TABLE bad;

ALTER TABLE collections
    ADD CONSTRAINT collections_collected_at CHECK (collected_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM creator_snapshots AS t
WHERE (t.followers BETWEEN 0 AND 1000000000000
  AND t.captured_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

-- A count that cannot be is no reading, but somebody looked.
INSERT INTO collections (project_id, creator_id, collected_at)
SELECT b.project_id, b.creator_id, b.captured_at FROM bad AS b
WHERE b.captured_at BETWEEN -62135510400000 AND 253402214399999
ON CONFLICT DO NOTHING;

DELETE FROM creator_snapshots AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.creator_id = b.creator_id AND t.captured_at = b.captured_at
  AND (b.followers BETWEEN 0 AND 1000000000000 AND b.captured_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT b.project_id, b.creator_id FROM bad AS b
WHERE true
ON CONFLICT DO NOTHING;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_snapshots', replace(b.creator_id::text, '-', '') || '/' || b.captured_at::text, '', b.project_id,
    left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM creator_snapshots AS a WHERE a.project_id = b.project_id
    AND a.creator_id = b.creator_id AND a.captured_at = b.captured_at);

DROP TABLE bad;

ALTER TABLE creator_snapshots
    ADD CONSTRAINT creator_snapshots_followers CHECK (followers BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT creator_snapshots_captured_at CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM parked_stats AS t
WHERE (t.views BETWEEN 0 AND 1000000000000
  AND t.likes BETWEEN 0 AND 1000000000000
  AND t.comments BETWEEN 0 AND 1000000000000
  AND t.shares BETWEEN 0 AND 1000000000000
  AND t.saves BETWEEN 0 AND 1000000000000
  AND t.captured_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

DELETE FROM parked_stats AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.tiktok_video_id = b.tiktok_video_id AND t.tiktok_handle = b.tiktok_handle
    AND t.captured_at = b.captured_at
  AND (b.captured_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE parked_stats AS t SET
    views = CASE WHEN t.views BETWEEN 0 AND 1000000000000 THEN t.views END,
    likes = CASE WHEN t.likes BETWEEN 0 AND 1000000000000 THEN t.likes END,
    comments = CASE WHEN t.comments BETWEEN 0 AND 1000000000000 THEN t.comments END,
    shares = CASE WHEN t.shares BETWEEN 0 AND 1000000000000 THEN t.shares END,
    saves = CASE WHEN t.saves BETWEEN 0 AND 1000000000000 THEN t.saves END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.tiktok_video_id = b.tiktok_video_id AND t.tiktok_handle = b.tiktok_handle
    AND t.captured_at = b.captured_at;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'parked_stats', left(quote_literal(b.tiktok_video_id), 100) || '/' || left(quote_literal(b.tiktok_handle),
    100) || '/' || b.captured_at::text, was.key, b.project_id, nullif(left(was.value::text, 1000), 'null'),
    nullif(now.value::text, 'null')
FROM bad AS b
JOIN parked_stats AS a ON a.project_id = b.project_id AND a.tiktok_video_id = b.tiktok_video_id
    AND a.tiktok_handle = b.tiktok_handle AND a.captured_at = b.captured_at
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'parked_stats', left(quote_literal(b.tiktok_video_id), 100) || '/' || left(quote_literal(b.tiktok_handle),
    100) || '/' || b.captured_at::text, '', b.project_id, left(to_jsonb(b)::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM parked_stats AS a WHERE a.project_id = b.project_id
    AND a.tiktok_video_id = b.tiktok_video_id AND a.tiktok_handle = b.tiktok_handle AND a.captured_at = b.captured_at);

DROP TABLE bad;

ALTER TABLE parked_stats
    ADD CONSTRAINT parked_stats_views CHECK (views BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_likes CHECK (likes BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_comments CHECK (comments BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_shares CHECK (shares BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_saves CHECK (saves BETWEEN 0 AND 1000000000000),
    ADD CONSTRAINT parked_stats_captured_at CHECK (captured_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM goals AS t
WHERE (t.metric IN ('posts', 'views', 'engagement', 'followers')
  AND t.period IN ('daily', 'weekly', 'monthly')
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999
  AND t.deleted_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE goals AS t SET
    metric = CASE WHEN t.metric IN ('posts', 'views', 'engagement', 'followers') THEN t.metric ELSE 'posts' END,
    period = CASE WHEN t.period IN ('daily', 'weekly', 'monthly') THEN t.period ELSE 'weekly' END,
    deleted_at = CASE WHEN t.deleted_at BETWEEN -62135510400000 AND 253402214399999 THEN t.deleted_at
        WHEN t.deleted_at IS NULL AND t.metric IN ('posts', 'views', 'engagement', 'followers')
        AND t.period IN ('daily', 'weekly', 'monthly') THEN NULL
        WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.goal_id = b.goal_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goals', replace(b.goal_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN goals AS a ON a.project_id = b.project_id AND a.goal_id = b.goal_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE goals
    ADD CONSTRAINT goals_metric CHECK (metric IN ('posts', 'views', 'engagement', 'followers')),
    ADD CONSTRAINT goals_period CHECK (period IN ('daily', 'weekly', 'monthly')),
    ADD CONSTRAINT goals_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT goals_deleted_at CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM goal_versions AS t
WHERE (t.version BETWEEN 1 AND 1000000000000
  AND t.target_value BETWEEN 1 AND 1000000000000
  AND t.start_date BETWEEN -719162 AND 2932896
  AND t.end_date BETWEEN -719162 AND 2932896
  AND t.end_date >= t.start_date
  AND t.made_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

DELETE FROM goal_versions AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.goal_id = b.goal_id AND t.version = b.version
  AND (b.version BETWEEN 1 AND 1000000000000) IS FALSE;

UPDATE goal_versions AS t SET
    target_value = greatest(1, least(t.target_value, 1000000000000)),
    -- A goal is not in force on dates that nobody can read.
    is_active = t.is_active AND (t.start_date BETWEEN -719162 AND 2932896
        AND t.end_date BETWEEN -719162 AND 2932896 AND t.end_date >= t.start_date) IS NOT FALSE,
    start_date = CASE WHEN t.start_date BETWEEN -719162 AND 2932896 THEN t.start_date END,
    end_date = CASE WHEN t.end_date BETWEEN -719162 AND 2932896 AND (t.start_date
        IS NULL OR t.end_date >= t.start_date) THEN t.end_date END,
    made_at = CASE WHEN t.made_at BETWEEN -62135510400000 AND 253402214399999 THEN t.made_at
        ELSE (SELECT g.created_at FROM goals AS g WHERE g.project_id = t.project_id AND g.goal_id = t.goal_id) END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.goal_id = b.goal_id AND t.version = b.version;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goal_versions', replace(b.goal_id::text, '-', '') || '/' || b.version::text, was.key, b.project_id,
    nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN goal_versions AS a ON a.project_id = b.project_id AND a.goal_id = b.goal_id AND a.version = b.version
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'goal_versions', replace(b.goal_id::text, '-', '') || '/' || b.version::text, '', b.project_id,
    left(to_jsonb(b)::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM goal_versions AS a WHERE a.project_id = b.project_id AND a.goal_id = b.goal_id
    AND a.version = b.version);

DROP TABLE bad;

ALTER TABLE goal_versions
    ADD CONSTRAINT goal_versions_version CHECK (version BETWEEN 1 AND 1000000000000),
    ADD CONSTRAINT goal_versions_target_value CHECK (target_value BETWEEN 1 AND 1000000000000),
    ADD CONSTRAINT goal_versions_start_date CHECK (start_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT goal_versions_end_date CHECK (end_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT goal_versions_dates_in_order CHECK (end_date >= start_date),
    ADD CONSTRAINT goal_versions_made_at CHECK (made_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM imports AS t
WHERE (t.state IN ('waiting', 'queued', 'running', 'done', 'failed')
  AND t.bytes_total BETWEEN 0 AND 1000000000000000
  AND t.bytes_done BETWEEN 0 AND 1000000000000000
  AND t.rows_read BETWEEN 0 AND 1000000000000000
  AND t.accepted BETWEEN 0 AND 1000000000000000
  AND t.duplicates BETWEEN 0 AND 1000000000000000
  AND t.parked BETWEEN 0 AND 1000000000000000
  AND t.rejected BETWEEN 0 AND 1000000000000000
  AND t.without_instant BETWEEN 0 AND 1000000000000000
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999
  AND t.finished_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE imports AS t SET
    state = CASE WHEN t.state IN ('waiting', 'queued', 'running', 'done', 'failed') THEN t.state ELSE 'failed' END,
    bytes_total = CASE WHEN t.bytes_total BETWEEN 0 AND 1000000000000000 THEN t.bytes_total ELSE 0 END,
    bytes_done = CASE WHEN t.bytes_done BETWEEN 0 AND 1000000000000000 THEN t.bytes_done ELSE 0 END,
    rows_read = CASE WHEN t.rows_read BETWEEN 0 AND 1000000000000000 THEN t.rows_read ELSE 0 END,
    accepted = CASE WHEN t.accepted BETWEEN 0 AND 1000000000000000 THEN t.accepted ELSE 0 END,
    duplicates = CASE WHEN t.duplicates BETWEEN 0 AND 1000000000000000 THEN t.duplicates ELSE 0 END,
    parked = CASE WHEN t.parked BETWEEN 0 AND 1000000000000000 THEN t.parked ELSE 0 END,
    rejected = CASE WHEN t.rejected BETWEEN 0 AND 1000000000000000 THEN t.rejected ELSE 0 END,
    without_instant = CASE WHEN t.without_instant BETWEEN 0 AND 1000000000000000 THEN t.without_instant ELSE 0 END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END,
    finished_at = CASE WHEN t.finished_at BETWEEN -62135510400000 AND 253402214399999 THEN t.finished_at END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.import_id = b.import_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'imports', replace(b.import_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN imports AS a ON a.project_id = b.project_id AND a.import_id = b.import_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE imports
    ADD CONSTRAINT imports_state CHECK (state IN ('waiting', 'queued', 'running', 'done', 'failed')),
    ADD CONSTRAINT imports_bytes_total CHECK (bytes_total BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT imports_bytes_done CHECK (bytes_done BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT imports_rows_read CHECK (rows_read BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT imports_accepted CHECK (accepted BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT imports_duplicates CHECK (duplicates BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT imports_parked CHECK (parked BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT imports_rejected CHECK (rejected BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT imports_without_instant CHECK (without_instant BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT imports_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT imports_finished_at CHECK (finished_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM import_rejections AS t
WHERE (t.position BETWEEN 0 AND 1000000000000000
  AND t.line BETWEEN 0 AND 1000000000000000) IS FALSE;

DELETE FROM import_rejections AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.import_id = b.import_id AND t.position = b.position
  AND (b.position BETWEEN 0 AND 1000000000000000) IS FALSE;

UPDATE import_rejections AS t SET
    line = CASE WHEN t.line BETWEEN 0 AND 1000000000000000 THEN t.line ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.import_id = b.import_id AND t.position = b.position;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'import_rejections', replace(b.import_id::text, '-', '') || '/' || b.position::text, was.key, b.project_id,
    nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN import_rejections AS a ON a.project_id = b.project_id AND a.import_id = b.import_id AND a.position = b.position
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'import_rejections', replace(b.import_id::text, '-', '') || '/' || b.position::text, '', b.project_id,
    left(to_jsonb(b)::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM import_rejections AS a WHERE a.project_id = b.project_id
    AND a.import_id = b.import_id AND a.position = b.position);

DROP TABLE bad;

ALTER TABLE import_rejections
    ADD CONSTRAINT import_rejections_position CHECK (position BETWEEN 0 AND 1000000000000000),
    ADD CONSTRAINT import_rejections_line CHECK (line BETWEEN 0 AND 1000000000000000);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM campaigns AS t
WHERE (t.name <> ''
  AND t.target_views BETWEEN 1 AND 1000000000000
  AND t.start_date BETWEEN -719162 AND 2932896
  AND t.target_date BETWEEN -719162 AND 2932896
  AND ((t.target_views IS NULL) = (t.start_date IS NULL) AND (t.start_date IS NULL) = (t.target_date IS NULL))
  AND t.target_date >= t.start_date
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999
  AND t.deleted_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE campaigns AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'Unnamed campaign' END,
    target_views = CASE WHEN t.target_views >= 1 AND t.start_date BETWEEN -719162 AND 2932896 AND t.start_date
        IS NOT NULL AND t.target_date BETWEEN -719162 AND 2932896 AND t.target_date IS NOT NULL
        AND t.target_date >= t.start_date THEN least(t.target_views, 1000000000000) END,
    start_date = CASE WHEN t.target_views >= 1 AND t.start_date BETWEEN -719162 AND 2932896 AND t.start_date
        IS NOT NULL AND t.target_date BETWEEN -719162 AND 2932896 AND t.target_date IS NOT NULL
        AND t.target_date >= t.start_date THEN t.start_date END,
    target_date = CASE WHEN t.target_views >= 1 AND t.start_date BETWEEN -719162 AND 2932896 AND t.start_date
        IS NOT NULL AND t.target_date BETWEEN -719162 AND 2932896 AND t.target_date IS NOT NULL
        AND t.target_date >= t.start_date THEN t.target_date END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END,
    deleted_at = CASE WHEN t.deleted_at BETWEEN -62135510400000 AND 253402214399999 THEN t.deleted_at ELSE CASE
        WHEN t.deleted_at IS NOT NULL THEN CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999
        THEN t.created_at ELSE 0 END END END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.campaign_id = b.campaign_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaigns', replace(b.campaign_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text, 1000),
    'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN campaigns AS a ON a.project_id = b.project_id AND a.campaign_id = b.campaign_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE campaigns
    ADD CONSTRAINT campaigns_name CHECK (name <> ''),
    ADD CONSTRAINT campaigns_target_views CHECK (target_views BETWEEN 1 AND 1000000000000),
    ADD CONSTRAINT campaigns_start_date CHECK (start_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT campaigns_target_date CHECK (target_date BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT campaigns_target_whole CHECK ((target_views IS NULL) = (start_date IS NULL) AND (start_date
        IS NULL) = (target_date IS NULL)),
    ADD CONSTRAINT campaigns_dates_in_order CHECK (target_date >= start_date),
    ADD CONSTRAINT campaigns_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999),
    ADD CONSTRAINT campaigns_deleted_at CHECK (deleted_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM campaign_items AS t
WHERE (t.kind IN ('creator', 'post', 'campaign')
  AND t.added_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

DELETE FROM campaign_items AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.campaign_id = b.campaign_id AND t.item_id = b.item_id
  AND (b.kind IN ('creator', 'post', 'campaign')) IS FALSE;

UPDATE campaign_items AS t SET
    added_at = CASE WHEN t.added_at BETWEEN -62135510400000 AND 253402214399999 THEN t.added_at ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.campaign_id = b.campaign_id AND t.item_id = b.item_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaign_items', replace(b.campaign_id::text, '-', '') || '/' || replace(b.item_id::text, '-', ''),
    was.key, b.project_id, nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN campaign_items AS a ON a.project_id = b.project_id AND a.campaign_id = b.campaign_id AND a.item_id = b.item_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'campaign_items', replace(b.campaign_id::text, '-', '') || '/' || replace(b.item_id::text, '-', ''), '',
    b.project_id, left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM campaign_items AS a WHERE a.project_id = b.project_id
    AND a.campaign_id = b.campaign_id AND a.item_id = b.item_id);

DROP TABLE bad;

ALTER TABLE campaign_items
    ADD CONSTRAINT campaign_items_kind CHECK (kind IN ('creator', 'post', 'campaign')),
    ADD CONSTRAINT campaign_items_added_at CHECK (added_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM creator_changes AS t
WHERE (t.kind IN ('renamed', 'removed', 'returned', 'tracking_mode', 'tracking_start')
  AND t.changed_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

DELETE FROM creator_changes AS t
USING bad AS b
WHERE t.project_id = b.project_id AND t.creator_id = b.creator_id AND t.creator_change_id = b.creator_change_id
    AND t.kind = b.kind
  AND (b.kind IN ('renamed', 'removed', 'returned', 'tracking_mode', 'tracking_start')) IS FALSE;

UPDATE creator_changes AS t SET
    changed_at = CASE WHEN t.changed_at BETWEEN -62135510400000 AND 253402214399999 THEN t.changed_at ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.creator_id = b.creator_id AND t.creator_change_id = b.creator_change_id
    AND t.kind = b.kind;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_changes', replace(b.creator_id::text, '-', '') || '/' || replace(b.creator_change_id::text, '-',
    '') || '/' || left(quote_literal(b.kind), 100),
    was.key, b.project_id, nullif(left(was.value::text, 1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN creator_changes AS a ON a.project_id = b.project_id AND a.creator_id = b.creator_id
    AND a.creator_change_id = b.creator_change_id AND a.kind = b.kind
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'creator_changes', replace(b.creator_id::text, '-', '') || '/' || replace(b.creator_change_id::text, '-',
    '') || '/' || left(quote_literal(b.kind), 100), '', b.project_id,
    left((to_jsonb(b) - 'key_hash' - 'body_hash' - 'body')::text, 10000), NULL
FROM bad AS b
WHERE NOT EXISTS (SELECT 1 FROM creator_changes AS a WHERE a.project_id = b.project_id
    AND a.creator_id = b.creator_id AND a.creator_change_id = b.creator_change_id AND a.kind = b.kind);

DROP TABLE bad;

ALTER TABLE creator_changes
    ADD CONSTRAINT creator_changes_kind CHECK (kind IN ('renamed', 'removed', 'returned', 'tracking_mode',
        'tracking_start')),
    ADD CONSTRAINT creator_changes_changed_at CHECK (changed_at BETWEEN -62135510400000 AND 253402214399999);

CREATE TEMPORARY TABLE bad AS
SELECT * FROM saved_views AS t
WHERE (t.name <> ''
  AND t.created_at BETWEEN -62135510400000 AND 253402214399999) IS FALSE;

UPDATE saved_views AS t SET
    name = CASE WHEN t.name <> '' THEN t.name ELSE 'Unnamed view' END,
    created_at = CASE WHEN t.created_at BETWEEN -62135510400000 AND 253402214399999 THEN t.created_at ELSE 0 END
FROM bad AS b
WHERE t.project_id = b.project_id AND t.saved_view_id = b.saved_view_id;

INSERT INTO noted (table_name, row_key, column_name, project_id, old_value, new_value)
SELECT 'saved_views', replace(b.saved_view_id::text, '-', ''), was.key, b.project_id, nullif(left(was.value::text,
    1000), 'null'), nullif(now.value::text, 'null')
FROM bad AS b
JOIN saved_views AS a ON a.project_id = b.project_id AND a.saved_view_id = b.saved_view_id
CROSS JOIN jsonb_each(to_jsonb(b)) AS was
CROSS JOIN jsonb_each(to_jsonb(a)) AS now
WHERE now.key = was.key AND now.value IS DISTINCT FROM was.value;

DROP TABLE bad;

ALTER TABLE saved_views
    ADD CONSTRAINT saved_views_name CHECK (name <> ''),
    ADD CONSTRAINT saved_views_created_at CHECK (created_at BETWEEN -62135510400000 AND 253402214399999);

INSERT INTO creators_to_book (project_id, creator_id)
SELECT DISTINCT t.project_id, t.creator_id FROM creator_days AS t
WHERE (t.day BETWEEN -719162 AND 2932896
  AND t.posts BETWEEN -4000000000000000000 AND 4000000000000000000
  AND t.views BETWEEN -4000000000000000000 AND 4000000000000000000
  AND t.engagement BETWEEN -4000000000000000000 AND 4000000000000000000
  AND t.followers BETWEEN -4000000000000000000 AND 4000000000000000000) IS FALSE
ON CONFLICT DO NOTHING;

-- All of their days are booked anew.
DELETE FROM creator_days AS t
USING creators_to_book AS m
WHERE m.project_id = t.project_id AND m.creator_id = t.creator_id;

ALTER TABLE creator_days
    ADD CONSTRAINT creator_days_day CHECK (day BETWEEN -719162 AND 2932896),
    ADD CONSTRAINT creator_days_posts CHECK (posts BETWEEN -4000000000000000000 AND 4000000000000000000),
    ADD CONSTRAINT creator_days_views CHECK (views BETWEEN -4000000000000000000 AND 4000000000000000000),
    ADD CONSTRAINT creator_days_engagement CHECK (engagement BETWEEN -4000000000000000000 AND 4000000000000000000),
    ADD CONSTRAINT creator_days_followers CHECK (followers BETWEEN -4000000000000000000 AND 4000000000000000000);

INSERT INTO mended_values (organization_id, table_name, row_key, column_name, project_id, old_value, new_value)
SELECT
    -- All zeros where there is no organization: verify lists these too.
    coalesce((SELECT o.organization_id FROM organizations AS o ORDER BY o.organization_id LIMIT 1),
        '00000000-0000-0000-0000-000000000000'),
    n.table_name,
    -- Stats of one post may wait in several projects.
    CASE WHEN n.table_name = 'parked_stats' THEN coalesce(replace(n.project_id::text, '-', '') || '/', '') ELSE '' END
        || n.row_key,
    n.column_name,
    (SELECT p.project_id FROM projects AS p WHERE p.project_id = n.project_id), n.old_value, n.new_value
FROM noted AS n
WHERE true
ON CONFLICT DO NOTHING;

DROP TABLE known_zones;
DROP TABLE noted;
