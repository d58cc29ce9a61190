//! Finding and reading the plan file.

use std::{
    collections::{HashMap, HashSet},
    env, fmt, fs, io,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

/// The name a plan file has unless another is given.
pub const FILE_NAME: &str = "plan.toml";

/// A plan file, and the name of the plan where there are several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFile {
    pub path: PathBuf,
    pub name: Option<String>,
}

/// Finds the plan files that a user names by files, directories and patterns.
///
/// # Errors
/// A directory or pattern names no plan.
pub fn plan_files(named: &[PathBuf]) -> Result<Vec<PlanFile>, FileError> {
    if let [path] = named
        && !path.is_dir()
        && (path.exists() || !is_pattern(path))
    {
        let path = path.clone();
        return Ok(vec![PlanFile { path, name: None }]);
    }
    let mut paths = Vec::new();
    for path in named {
        if path.is_dir() {
            let found = plans_below(path)?;
            paths.extend(none_found(path, found)?);
        } else if path.exists() || !is_pattern(path) {
            paths.push(path.clone());
        } else {
            paths.extend(none_found(path, matching(path)?)?);
        }
    }
    let mut known = HashSet::new();
    paths.retain(|path| known.insert(path.clone()));
    Ok(name_apart(paths))
}

fn none_found(named: &Path, found: Vec<PathBuf>) -> Result<Vec<PathBuf>, FileError> {
    if found.is_empty() {
        return Err(FileError::NoPlans { named: named.into() });
    }
    Ok(found)
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

fn matching(pattern: &Path) -> Result<Vec<PathBuf>, FileError> {
    let refused = |error: glob::PatternError| FileError::BadPattern {
        pattern: pattern.into(),
        reason: error.msg.to_owned(),
    };
    let found = glob::glob(&pattern.to_string_lossy()).map_err(refused)?;
    Ok(found.flatten().filter(|path| path.is_file()).collect())
}

/// Every plan in a directory and those below it, in order: files named `plan.toml`, and other TOML files
/// with a line `[plan]`. What `.gitignore` leaves out, and names that begin with a dot, are left out.
fn plans_below(directory: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut found = Vec::new();
    // `.gitignore` counts in a directory without a repository too.
    let walk = WalkBuilder::new(directory).require_git(false).sort_by_file_name(Ord::cmp).build();
    for entry in walk {
        let entry = entry.map_err(|error| unreadable(directory, io::Error::other(error)))?;
        let path = entry.path();
        let path = path.strip_prefix(".").unwrap_or(path);
        if path.is_file() && (path.ends_with(FILE_NAME) || holds_a_plan(path)) {
            found.push(path.to_path_buf());
        }
    }
    Ok(found)
}

fn holds_a_plan(path: &Path) -> bool {
    let is_toml = path.extension().is_some_and(|ending| ending == "toml");
    is_toml && read(path).is_ok_and(|text| text.lines().any(|line| line.trim_end() == "[plan]"))
}

/// Names each plan after its file, without the ending. A file named `plan.toml` gives its directory's name. Where
/// two names would be the same, each is the whole path without the ending.
fn name_apart(paths: Vec<PathBuf>) -> Vec<PlanFile> {
    let text =
        |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    let short = |path: &Path| {
        let stem = text(path.file_stem()).unwrap_or_default();
        let whole = path.canonicalize().ok();
        let directory = whole.as_deref().and_then(Path::parent).and_then(Path::file_name);
        if stem == "plan" { text(directory).unwrap_or(stem) } else { stem }
    };
    let mut times: HashMap<String, usize> = HashMap::new();
    for path in &paths {
        *times.entry(short(path)).or_default() += 1;
    }
    let named = paths.into_iter().map(|path| {
        let short = short(&path);
        let long = || path.with_extension("").to_string_lossy().into_owned();
        let name = if times[&short] > 1 { long() } else { short };
        PlanFile { path, name: Some(name) }
    });
    named.collect()
}

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
    /// A directory or pattern that names no plan.
    NoPlans {
        named: PathBuf,
    },
    BadPattern {
        pattern: PathBuf,
        reason: String,
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
            Self::NoPlans { .. } => Some(
                "a plan is a file named `plan.toml`, or another TOML file with a line `[plan]`"
                    .into(),
            ),
            Self::Missing { .. } | Self::BadPattern { .. } | Self::Unreadable { .. } => None,
            Self::IsDirectory { path } => {
                Some(format!("did you mean `{}`?", path.join(FILE_NAME).display()))
            }
            Self::NotUtf8 { .. } => Some("save the file as UTF-8".into()),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { from } => {
                write!(f, "no {FILE_NAME} in {} or any directory above it", from.display())
            }
            Self::NoPlans { named } => write!(f, "{}: there is no plan", named.display()),
            Self::BadPattern { pattern, reason } => {
                write!(f, "{}: not a pattern: {reason}", pattern.display())
            }
            Self::Missing { path } => write!(f, "{}: there is no such file", path.display()),
            Self::IsDirectory { path } => {
                write!(f, "{}: this is a directory, not a plan file", path.display())
            }
            Self::NotUtf8 { path, line, byte } => {
                write!(f, "{}:{line}: not UTF-8 text (byte 0x{byte:02X})", path.display())
            }
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
    let found = here.ancestors().position(|directory| directory.join(FILE_NAME).is_file());
    match found {
        Some(up) => Ok(std::iter::repeat_n("..", up).collect::<PathBuf>().join(FILE_NAME)),
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
