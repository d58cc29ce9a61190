//! The user's own keys in a plan file.

/// The table `extra`, which holds the user's own keys. The program keeps this table unchanged.
pub type Extra = serde_json::Map<String, serde_json::Value>;
