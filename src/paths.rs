//! How paths are written: with `/` between their parts, as git writes them on every system.

use std::path::{Path, PathBuf};

/// The path with `/` in place of the backslashes of Windows. One of the form `\\?\`, which has no other, stays.
pub fn slashed(path: &Path) -> PathBuf {
    match path.to_str() {
        Some(text) if cfg!(windows) && !text.starts_with(r"\\?\") => text.replace('\\', "/").into(),
        _ => path.to_path_buf(),
    }
}
