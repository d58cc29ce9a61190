//! The user's own tables in a plan file.

/// The user's own tables, named `extra`: kept as they are and never interpreted.
pub type Extra = serde_json::Map<String, serde_json::Value>;
