//! How paths are written: with `/` between their parts on every system, as in git.

use std::path::{Path, PathBuf};

/// Returns the path with `/` instead of Windows backslashes. A path that begins with `\\?\` stays unchanged, because it
/// has no other form.
pub fn slashed(path: &Path) -> PathBuf {
    match path.to_str() {
        Some(text) if cfg!(windows) && !text.starts_with(r"\\?\") => text.replace('\\', "/").into(),
        _ => path.to_path_buf(),
    }
}
