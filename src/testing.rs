//! The settings of the property tests.

use proptest::test_runner::{Config, FileFailurePersistence};

/// Returns a configuration for property tests with this number of random cases. Failed cases are stored in a file and
/// tried first in later runs.
pub fn cases(count: u32) -> Config {
    const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/proptest-regressions.txt");
    Config {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(KEPT))),
        ..Config::with_cases(count)
    }
}
