//! Finding and reading the plan file.

use std::{
    env, fmt, fs, io,
    path::{Path, PathBuf},
};

/// The name a plan file has unless another is given.
pub const FILE_NAME: &str = "plan.toml";

/// Why there is no text of a plan to decode.
#[derive(Debug)]
pub enum FileError {
    /// No plan here or in any parent directory.
    NotFound {
        from: PathBuf,
    },
    Missing {
        path: PathBuf,
    },
    IsDirectory {
        path: PathBuf,
    },
    NotUtf8 {
        path: PathBuf,
        line: usize,
        byte: u8,
    },
    Unreadable {
        path: PathBuf,
        error: io::Error,
    },
}

impl FileError {
    /// What would be right.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NotFound { .. } => {
                Some("name one with `--file PATH`, or change to its directory".into())
            }
            Self::Missing { .. } | Self::Unreadable { .. } => None,
            Self::IsDirectory { path } => Some(format!(
                "did you mean `{}`?",
                path.join(FILE_NAME).display()
            )),
            Self::NotUtf8 { .. } => Some("save the file as UTF-8".into()),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { from } => write!(
                f,
                "no {FILE_NAME} in {} or any directory above it",
                from.display()
            ),
            Self::Missing { path } => write!(f, "{}: there is no such file", path.display()),
            Self::IsDirectory { path } => {
                write!(
                    f,
                    "{}: this is a directory, not a plan file",
                    path.display()
                )
            }
            Self::NotUtf8 { path, line, byte } => write!(
                f,
                "{}:{line}: not UTF-8 text (byte 0x{byte:02X})",
                path.display()
            ),
            Self::Unreadable { path, error } => {
                write!(f, "{}: cannot be read: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for FileError {}

/// The nearest plan file, in this directory or one above it, as a path relative to here.
///
/// # Errors
/// [`FileError::NotFound`] when there is none.
pub fn discover() -> Result<PathBuf, FileError> {
    let here = env::current_dir().map_err(|error| unreadable(Path::new("."), error))?;
    let found = here
        .ancestors()
        .position(|directory| directory.join(FILE_NAME).is_file());
    match found {
        Some(up) => Ok(std::iter::repeat_n("..", up)
            .collect::<PathBuf>()
            .join(FILE_NAME)),
        None => Err(FileError::NotFound { from: here }),
    }
}

/// The whole text of the file. A byte-order mark stays; TOML allows it.
///
/// # Errors
/// Whatever keeps it from being read as text.
pub fn read(path: &Path) -> Result<String, FileError> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        FileError::NotUtf8 {
            path: path.into(),
            line: bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1,
            byte: bytes[at],
        }
    })
}

fn unreadable(path: &Path, error: io::Error) -> FileError {
    let path = path.to_path_buf();
    match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing { path },
        io::ErrorKind::IsADirectory => FileError::IsDirectory { path },
        _ => FileError::Unreadable { path, error },
    }
}
