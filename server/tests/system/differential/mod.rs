//! Runs the same long log of random operations on both engines: all answers and everything readable afterwards are the
//! same.

mod apply;
mod chance;
mod operation;
mod statements_run;

use crate::readable::{Side, everything};
use crate::statements::statements;
use crate::support::{Engine, World};
use apply::apply;
use chance::Chance;
use operation::operation;
use rstest::rstest;
use statements_run::{recorded, was_run};
use store::{postgres_text, sqlite_text};
use tracing::Instrument as _;

/// The number of operations in each of the four logs: 10,000 together.
const OPERATIONS: usize = 2_500;
/// The number of operations after which everything readable is compared.
const COMPARED_EVERY: usize = 125;

/// Runs random operations on one side.
pub async fn operate(side: &mut Side, seed: u64, operations: usize) {
    let mut chance = Chance(seed);
    for _ in 0..operations {
        apply(side, &operation(&mut chance)).await;
    }
}

/// Runs the same log on both sides.
async fn compare(mut left: Side, mut right: Side, seed: u64, operations: usize) {
    let mut chance = Chance(seed);
    for number in 1..=operations {
        let operation = operation(&mut chance);
        let (of_left, of_right) = (left.span.clone(), right.span.clone());
        let on_left = apply(&mut left, &operation).instrument(of_left).await;
        let on_right = apply(&mut right, &operation).instrument(of_right).await;
        assert_eq!(on_left, on_right, "operation {number}: {operation:?}");
        if number % COMPARED_EVERY == 0 {
            let (of_left, of_right) = (left.span.clone(), right.span.clone());
            let on_left = everything(&mut left).instrument(of_left).await;
            let on_right = everything(&mut right).instrument(of_right).await;
            for (on_left, on_right) in on_left.iter().zip(&on_right) {
                assert_eq!(on_left, on_right, "after operation {number}");
            }
            assert_eq!(on_left.len(), on_right.len());
        }
    }
}

#[rstest]
#[case(1)]
#[case(2)]
#[case(3)]
#[case(4)]
#[tokio::test]
async fn both_engines_answer_and_hold_the_same(#[case] seed: u64) {
    let left = Side::new(World::on(Engine::Sqlite, "UTC").await);
    let right = Side::new(World::on(Engine::Postgres, "UTC").await);
    compare(left, right, seed, OPERATIONS).await;
}

#[tokio::test]
async fn every_statement_of_the_store_is_run_on_both_engines() {
    let [left, right] = [Engine::Sqlite, Engine::Postgres].map(async |engine| {
        let mut side = Side::new(World::on(engine, "UTC").await);
        side.span = recorded(engine);
        side
    });
    compare(left.await, right.await, 7, OPERATIONS).await;
    let ran = |name: &str, text: &str| {
        let on_sqlite = was_run(Engine::Sqlite, &sqlite_text(text));
        let on_postgres = was_run(Engine::Postgres, &postgres_text(text));
        (!on_sqlite || !on_postgres).then(|| format!("{name}: on SQLite {on_sqlite}, on PostgreSQL {on_postgres}"))
    };
    let missing: Vec<_> = statements().iter().filter_map(|(name, text)| ran(name, text)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[tokio::test]
async fn so_does_a_database_whose_tables_are_cut_by_project() {
    let left = Side::new(World::on(Engine::Sqlite, "UTC").await);
    let right = Side::new(World::on_partitioned_tables().await);
    compare(left, right, 5, 500).await;
}

#[tokio::test]
async fn so_does_one_behind_pgbouncer_in_transaction_mode() {
    let left = Side::new(World::on(Engine::Sqlite, "UTC").await);
    let right = Side::new(World::behind_pgbouncer().await);
    compare(left, right, 6, 500).await;
}
