//! How property tests of the crate run.

use proptest::test_runner::{Config, FileFailurePersistence};

/// So many cases; what failed once is kept with the tests and tried again first.
pub fn cases(count: u32) -> Config {
    const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/proptest-regressions.txt");
    Config {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(KEPT))),
        ..Config::with_cases(count)
    }
}
