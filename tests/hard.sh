#!/usr/bin/env bash
# The process tests at length: writers killed at random moments, and 32 writers at once, over and over.
# Usage: tests/hard.sh [ROUNDS]   (10000 unless given; takes some minutes)
set -euo pipefail
cd "$(dirname "$0")/.."
export PLAN_TEST_ROUNDS="${1:-10000}"
cargo test --release --locked --test end_to_end -- --nocapture killed at_once
