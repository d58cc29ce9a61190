//! The user's own tables in a plan file.

/// The user's own table, named `extra`. The program keeps it unchanged and never interprets it.
pub type Extra = serde_json::Map<String, serde_json::Value>;
