//! Tests that every statement prepares on both engines and stays within one project, and that the schema can be
//! partitioned by project, which a distributed PostgreSQL requires.

use super::support::{Engine, postgres_url};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqlSafeStr as _, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use store::{Migrated, SqlStore, erasing_statements, migrate, postgres_text, sqlite_text};

/// Statements across projects: they list projects, look up a key, or find what is to be erased or deleted.
const OF_THE_ORGANIZATION: [&str; 12] = [
    "organization_first",
    "organization_insert",
    "projects",
    "projects_deleted",
    "projects_to_book",
    "api_key_by_hash",
    "goals_to_erase",
    "campaigns_to_erase",
    "projects_to_erase",
    "runs_to_forget",
    "waiting_of_merged",
    "waiting_to_forget",
];
/// Tables that are distributed by organization, because they belong to no project.
const TABLES_OF_THE_ORGANIZATION: [&str; 6] =
    ["organizations", "api_keys", "idempotent_answers", "jobs", "mended_values", "write_probes"];
/// The number of partitions of each table.
const PIECES: usize = 4;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns every statement by its name.
pub async fn statements() -> BTreeMap<String, String> {
    let files = fs::read_dir(folder("store/sql")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let mut statements: BTreeMap<_, _> = files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    assert!(statements.len() > 80, "only {} statements were found", statements.len());
    // And those that have no file.
    let erased = erasing_statements().await.unwrap();
    statements.extend(erased.into_iter().map(|(table, text)| (format!("erase_{table}"), text)));
    statements
}

#[tokio::test]
async fn every_statement_carries_the_project_and_leaves_time_and_chance_to_the_application() {
    for (name, text) in statements().await {
        let of_keys =
            ["api_key", "idempotent_answer", "job_", "write_probe"].iter().any(|start| name.starts_with(start));
        let carries = text.contains(if of_keys { "organization_id" } else { "project_id" });
        assert!(carries || OF_THE_ORGANIZATION.contains(&name.as_str()), "{name} does not carry project_id");
        let lower = text.to_lowercase();
        for forbidden in
            ["random", "now()", "current_", "datetime(", "strftime", "julianday", "nextval", "serial", "autoincrement"]
        {
            assert!(!lower.contains(forbidden), "{name} uses {forbidden}");
        }
    }
}

#[tokio::test]
async fn every_statement_prepares_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    drop(SqlStore::open(&format!("sqlite:{}", path.display())).await.unwrap());
    let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await.unwrap();
    for (name, text) in statements().await {
        let statement = AssertSqlSafe(sqlite_text(&text)).into_sql_str();
        connection.prepare(statement).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[tokio::test]
async fn what_a_list_names_is_found_by_an_index_and_not_by_going_through_the_project() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    drop(SqlStore::open(&format!("sqlite:{}", path.display())).await.unwrap());
    let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await.unwrap();
    // The plans of inserts also contain foreign key checks, which SQLite seldom makes.
    let reads = |text: &String| text.contains("{$") && !text.contains("INSERT");
    for (name, text) in statements().await.into_iter().filter(|(_, text)| reads(text)) {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sqlite_text(&text)));
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain).fetch_all(&mut connection).await.unwrap();
        for (_, _, _, step) in plan {
            let goes_through = step.contains("(project_id=?)") || step.starts_with("SCAN") && !step.contains("VIRTUAL");
            assert!(!goes_through, "{name}: {step}");
        }
    }
}

/// Returns the statements that create the tables, each partitioned by project. PostgreSQL then requires what Citus
/// requires: every primary, unique and foreign key contains the partition key.
pub fn partitioned_schema() -> Vec<String> {
    let mut files: Vec<_> =
        fs::read_dir(folder("../migrations/postgres")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let text: Vec<_> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let text: Vec<_> =
        text.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().starts_with("--")).collect();
    let mut made = Vec::new();
    for statement in split(&text.join("\n")) {
        match statement.strip_prefix("CREATE TABLE ").and_then(|rest| rest.split_whitespace().next()) {
            Some(table) => {
                let of_organization = TABLES_OF_THE_ORGANIZATION.contains(&table);
                let key = if of_organization { "organization_id" } else { "project_id" };
                made.push(format!("{statement} PARTITION BY HASH ({key})"));
                made.extend((0..PIECES).map(|piece| {
                    let values = format!("WITH (MODULUS {PIECES}, REMAINDER {piece})");
                    format!("CREATE TABLE {table}_piece_{piece} PARTITION OF {table} FOR VALUES {values}")
                }));
            }
            None => made.push(statement),
        }
    }
    made
}

/// Returns the statements one by one. A semicolon between `$$` and `$$` does not end one.
fn split(text: &str) -> Vec<String> {
    let mut statements = vec![String::new()];
    for (place, part) in text.split("$$").enumerate() {
        let last = statements.last_mut().unwrap();
        if place % 2 == 1 {
            last.extend(["$$", part, "$$"]);
            continue;
        }
        let mut pieces = part.split(';');
        last.push_str(pieces.next().unwrap());
        statements.extend(pieces.map(str::to_owned));
    }
    statements.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

async fn run(connection: &mut PgConnection, statement: String) {
    let text = statement.clone();
    let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await;
    done.unwrap_or_else(|error| panic!("{text}: {error}"));
}

/// The argument types that PostgreSQL cannot infer; otherwise the first is an id, and it infers the others.
fn types_of(name: &str) -> &'static str {
    match name {
        "organization_first" | "projects" | "projects_to_book" | "waiting_of_merged" => "",
        "api_key_by_hash" => "(bytea)",
        "campaign_items_insert" | "creator_changes_insert" => "(uuid, uuid, bigint)",
        "creators_upsert" | "pending_of_creators" | "waiting_upsert" => "(uuid, bigint)",
        "goal_versions_insert" | "tracking_changes_insert" => "(uuid, bigint, uuid)",
        "goals_insert" => "(uuid, text, text, bigint)",
        "projects_deleted" | "projects_to_erase" | "campaigns_to_erase" | "waiting_to_forget" => "(bigint)",
        "merge_campaigns" | "merge_collections" | "merge_readings" => "(uuid, uuid, uuid, uuid)",
        "merge_campaign_items" => "(uuid, uuid, uuid, bigint)",
        "goals_to_erase" => "(bigint, uuid, uuid)",
        "rejections_insert" | "paste_creators_insert" | "paste_texts_insert" => "(uuid, uuid)",
        _ => "(uuid)",
    }
}

#[tokio::test]
async fn every_statement_prepares_on_postgres_and_touches_one_piece_of_tables_cut_by_project() {
    let url = Engine::Postgres.fresh_url(Path::new("")).await;
    assert!(url.starts_with(&postgres_url()));
    let mut connection = PgConnection::connect(&url).await.unwrap();
    for statement in partitioned_schema() {
        run(&mut connection, statement).await;
    }
    // On empty tables every plan costs the same; this makes PostgreSQL use its indexes.
    // The values match no row, but must be looked up nevertheless.
    let plans = "SET enable_seqscan = off; SET plan_cache_mode = force_custom_plan; SET constraint_exclusion = off";
    run(&mut connection, plans.to_owned()).await;
    for (name, text) in statements().await {
        run(&mut connection, format!("PREPARE {name} {} AS {}", types_of(&name), postgres_text(&text))).await;
        let types = "SELECT unnest(parameter_types)::text FROM pg_prepared_statements WHERE name = $1";
        let types: Vec<String> = sqlx::query_scalar(types).bind(&name).fetch_all(&mut connection).await.unwrap();
        let values = types.iter().enumerate().map(|(place, sql_type)| match sql_type.as_str() {
            "uuid" => "'0190a0a0-0000-7000-8000-000000000001'".to_owned(),
            // Increasing values, so that no range is empty.
            "bigint" => place.to_string(),
            "text" => "'x'".to_owned(),
            "boolean" => "true".to_owned(),
            "bytea" => r"'\x00'".to_owned(),
            "uuid[]" => "'{0190a0a0-0000-7000-8000-000000000002}'".to_owned(),
            "bigint[]" => format!("'{{{place}}}'"),
            "text[]" => "'{x}'".to_owned(),
            "boolean[]" => "'{true}'".to_owned(),
            other => panic!("{name} takes a {other}: 64-bit integers, texts, truths, bytes and ids are what there is"),
        });
        let values: Vec<_> = values.collect();
        let arguments = if values.is_empty() { String::new() } else { format!("({})", values.join(", ")) };
        let explain = AssertSqlSafe(format!("EXPLAIN (COSTS OFF) EXECUTE {name}{arguments}"));
        let plan: Vec<String> = sqlx::query_scalar(explain).fetch_all(&mut connection).await.unwrap();
        let plan = plan.join("\n");
        let pieces: BTreeSet<&str> = plan
            .split("_piece_")
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default())
            .collect();
        let across = OF_THE_ORGANIZATION.contains(&name.as_str());
        assert!(pieces.len() <= 1 || across, "{name} touches the pieces {pieces:?}:\n{plan}");
        let reads = !text.contains("INSERT") || text.contains("goal_versions");
        assert!(!pieces.is_empty() || !reads, "{name} touches nothing:\n{plan}");
        let inserts = text.contains("INSERT INTO organizations") || text.contains("_id,") && text.contains("$1");
        assert!(reads || inserts, "{name} inserts without its project");
    }
}

#[tokio::test]
async fn where_citus_is_every_table_is_spread_once_in_an_order_that_its_keys_allow() {
    let url = Engine::Postgres.fresh_url(Path::new("")).await;
    assert_eq!(migrate(&url).await.unwrap(), Migrated::UpToDate);
    // Citus is not among Debian's packages, so its functions are replaced by ones that only record their calls.
    let citus = "
        CREATE TABLE pg_dist_partition (place BIGSERIAL, logicalrelid REGCLASS, how TEXT);
        CREATE FUNCTION create_reference_table(t REGCLASS) RETURNS TEXT AS
            $$ INSERT INTO pg_dist_partition (logicalrelid, how) VALUES (t, 'copied') RETURNING how $$ LANGUAGE sql;
        CREATE FUNCTION create_distributed_table(t REGCLASS, key TEXT, colocate_with TEXT DEFAULT 'default') RETURNS TEXT AS
            $$ INSERT INTO pg_dist_partition (logicalrelid, how) VALUES (t, key || ' with ' || colocate_with) RETURNING how $$
            LANGUAGE sql;";
    // A reference table cannot refer to a distributed one.
    let key = "SELECT conname::text FROM pg_constraint
        WHERE conname = 'api_keys_project_id_fkey' AND connamespace = current_schema()::regnamespace";
    let mut connection = PgConnection::connect(&url).await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, String>(key).fetch_all(&mut connection).await.unwrap().len(), 1);
    run(&mut connection, citus.to_owned()).await;
    let Migrated::Distributed(spread) = migrate(&url).await.unwrap() else { panic!("Citus is there") };
    let told =
        "SELECT relname::text || ': ' || how FROM pg_dist_partition JOIN pg_class ON oid = logicalrelid ORDER BY place";
    let told: Vec<String> = sqlx::query_scalar(told).fetch_all(&mut connection).await.unwrap();
    let (copied, of_projects) = told.split_at(TABLES_OF_THE_ORGANIZATION.len());
    assert_eq!(copied[0], "organizations: copied");
    assert!(copied.iter().all(|table| table.ends_with(": copied")), "{copied:?}");
    assert_eq!(of_projects[0], "projects: project_id with default");
    assert!(of_projects[1..].iter().all(|table| table.ends_with(": project_id with projects")), "{of_projects:?}");
    let tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT IN ('_sqlx_migrations', 'pg_dist_partition')";
    let tables: i64 = sqlx::query_scalar(tables).fetch_one(&mut connection).await.unwrap();
    assert_eq!((told.len(), spread.len()), (usize::try_from(tables).unwrap(), told.len()), "every table, once");
    assert_eq!(migrate(&url).await.unwrap(), Migrated::Distributed(Vec::new()), "and not again");
    assert_eq!(sqlx::query_scalar::<_, String>(key).fetch_all(&mut connection).await.unwrap().len(), 0);
    // If Citus was there first, the schema leaves this key out.
    let url = Engine::Postgres.fresh_url(Path::new("")).await;
    let mut connection = PgConnection::connect(&url).await.unwrap();
    run(&mut connection, citus.to_owned()).await;
    drop(SqlStore::open(&url).await.unwrap());
    assert_eq!(sqlx::query_scalar::<_, String>(key).fetch_all(&mut connection).await.unwrap().len(), 0);
}
