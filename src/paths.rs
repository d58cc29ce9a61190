//! Writes paths with `/` between their parts on every system, as git does.

use std::path::{Path, PathBuf};

/// Returns the path with `/` instead of Windows backslashes. Windows paths that begin with `\\?\` stay unchanged.
pub fn slashed(path: &Path) -> PathBuf {
    match path.to_str() {
        Some(text) if cfg!(windows) && !text.starts_with(r"\\?\") => text.replace('\\', "/").into(),
        _ => path.to_path_buf(),
    }
}
