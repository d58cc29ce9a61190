//! Finds and reads the plan file.

use std::{
    collections::{HashMap, HashSet},
    env,
    ffi::OsStr,
    fmt,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

use crate::{model::printable, paths::slashed};

/// The default name of a plan file.
pub const FILE_NAME: &str = "plan.toml";
/// The maximum size of a plan in bytes.
const MOST: usize = 256 * 1024 * 1024;

/// A plan file and the name of its plan. The name is `None` if the program reads only one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    pub path: PathBuf,
    pub name: Option<String>,
}

/// The plan files that were found, and the errors about paths that could not be read.
#[derive(Debug, Default)]
pub struct FoundFiles {
    pub files: Vec<NamedFile>,
    pub unreadable: Vec<FileError>,
}

/// Removes each path that leads to the same file as an earlier path.
pub fn once_each(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut known = HashSet::new();
    paths.retain(|path| known.insert(identity(path).map_err(|_| path.clone())));
    paths
}

/// Returns an identifier of a file. All paths to the file have the same identifier.
#[cfg(unix)]
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino()))
}

/// Returns an identifier of a file. All paths to the file have the same identifier.
#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<PathBuf> {
    dunce::canonicalize(path)
}

/// Checks whether a path names a single file rather than a directory or a pattern.
pub fn is_one_file(path: &Path) -> bool {
    !path.is_dir() && (path.exists() || !path.to_string_lossy().contains(['*', '?', '[']))
}

/// Returns the files that match a pattern, and the errors about paths that could not be read. Fails if the pattern is
/// invalid.
pub fn matching(pattern: &Path) -> Result<(Vec<PathBuf>, Vec<FileError>), FileError> {
    let refused = |error: glob::PatternError| FileError::BadPattern(pattern.into(), error.msg);
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for path in glob::glob(&pattern.to_string_lossy()).map_err(refused)? {
        match path {
            Ok(path) if path.is_file() || path.ends_with(FILE_NAME) => found.push(slashed(&path)),
            Ok(_) => {}
            Err(error) => {
                let path = error.path().to_path_buf();
                errors.push(unreadable(&path, error.into()));
            }
        }
    }
    Ok((found, errors))
}

/// Finds the TOML files in a directory and in all directories below it, except hidden files and files that `.gitignore`
/// excludes. Returns the sorted paths, and the errors about paths that could not be read.
pub fn toml_below(directory: &Path) -> (Vec<PathBuf>, Vec<FileError>) {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    // The rules in `.gitignore` apply even if the directory is not in a git repository.
    let walk = WalkBuilder::new(directory).require_git(false).sort_by_file_name(Ord::cmp).build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) => {
                let path = entry.path();
                let path = path.strip_prefix(".").unwrap_or(path);
                if path.extension().is_some_and(|ending| ending == "toml") {
                    found.push(slashed(path));
                }
            }
            Err(error) => {
                let path = path_of(&error).unwrap_or(directory).to_path_buf();
                let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
                errors.push(unreadable(&path, kind.into()));
            }
        }
    }
    (found, errors)
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}

/// Gives each plan a name: the name of its file without `.toml` or, for `plan.toml`, the name of its directory. Plans
/// with equal names are named by their whole paths instead.
pub fn name_apart(paths: Vec<PathBuf>) -> Vec<NamedFile> {
    let text = |part: Option<&OsStr>| part.map(|part| printable(&part.to_string_lossy()));
    let short = |path: &Path| {
        let stem = text(path.file_stem()).unwrap_or_default();
        let whole = dunce::canonicalize(path).or_else(|_| std::path::absolute(path)).ok();
        let directory = whole.as_deref().and_then(Path::parent).and_then(Path::file_name);
        if stem == "plan" { text(directory).unwrap_or(stem) } else { stem }
    };
    let mut times: HashMap<String, usize> = HashMap::new();
    for path in &paths {
        *times.entry(short(path)).or_default() += 1;
    }
    let named = paths.into_iter().map(|path| {
        let short = short(&path);
        let long = || printable(&path.with_extension("").to_string_lossy());
        let name = if times[&short] > 1 { long() } else { short };
        NamedFile { path, name: Some(name) }
    });
    named.collect()
}

/// The reason why a plan file cannot be read, with the path of the file.
#[derive(Debug)]
pub enum FileError {
    /// There is no plan in this directory or in any directory above it.
    NotFound(PathBuf),
    Missing(PathBuf),
    /// The file did not exist at the requested time. The text names this time.
    NotThen(PathBuf, String),
    /// The path is a symbolic link to a file that does not exist.
    DanglingLink(PathBuf),
    /// There is no plan in the directory, or no plan matches the pattern.
    NoPlans(PathBuf),
    /// The pattern is invalid. The text gives the reason.
    BadPattern(PathBuf, &'static str),
    IsDirectory(PathBuf),
    /// The path is a pipe, a device or a socket.
    NotRegular(PathBuf),
    TooLarge(PathBuf),
    /// The file is not UTF-8 text. The numbers are the line of the first invalid byte and the byte itself.
    NotUtf8(PathBuf, usize, u8),
    Unreadable(PathBuf, io::Error),
}

impl FileError {
    /// Returns advice on how to solve the problem, if there is any.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotFound(_) => {
                "start a plan here with `plan init`, or name a plan with `--file PATH`".into()
            }
            Self::NoPlans(_) => {
                "a plan is a file named `plan.toml`, or another TOML file with a line `[plan]`; \
                 start a plan with `plan init`"
                    .into()
            }
            Self::IsDirectory(path) => {
                format!("did you mean `{}`?", slashed(&path.join(FILE_NAME)).display())
            }
            Self::NotUtf8(..) => "save the file as UTF-8".into(),
            _ => return None,
        })
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, why) = match self {
            Self::NotFound(from) => {
                return write!(f, "no {FILE_NAME} in {} or any directory above it", from.display());
            }
            Self::NotUtf8(path, line, byte) => {
                return write!(f, "{}:{line}: not UTF-8 text (byte 0x{byte:02X})", path.display());
            }
            Self::NoPlans(named) => (named, "there is no plan".to_owned()),
            Self::BadPattern(pattern, reason) => (pattern, format!("not a pattern: {reason}")),
            Self::Missing(path) => (path, "this file does not exist".to_owned()),
            Self::NotThen(path, when) => (path, format!("this plan did not exist {when}")),
            Self::DanglingLink(path) => (path, "this is a link to a missing file".to_owned()),
            Self::NotRegular(path) => {
                (path, "this is a pipe or a device, not a plan file".to_owned())
            }
            Self::TooLarge(path) => (path, "the file is larger than 256 MiB".to_owned()),
            Self::IsDirectory(path) => (path, "this is a directory, not a plan file".to_owned()),
            Self::Unreadable(path, error) => (path, format!("cannot be read: {error}")),
        };
        write!(f, "{}: {why}", path.display())
    }
}

impl std::error::Error for FileError {}

/// Returns a path as text for a message, without control characters.
pub fn printable_path(path: &Path) -> String {
    printable(&path.display().to_string())
}

/// Returns the relative path of the nearest `plan.toml` in the current directory or a directory above it. A broken link
/// with this name is returned too, so that the program does not use another plan by mistake.
///
/// # Errors
/// Fails with [`FileError::NotFound`] if there is no such file.
pub fn discover() -> Result<PathBuf, FileError> {
    let here = env::current_dir().map_err(|error| unreadable(Path::new("."), error))?;
    for up in 0..here.ancestors().count() {
        let path = std::iter::repeat_n("..", up).collect::<PathBuf>().join(FILE_NAME);
        match path.symlink_metadata() {
            Ok(_) => return Ok(slashed(&path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(&path, error)),
        }
    }
    Err(FileError::NotFound(here))
}

/// Returns the length of a regular file in bytes. Pipes and devices are refused, because reading them may never end.
///
/// # Errors
/// Fails if the path is not a regular file or if the file is too large.
pub fn regular_length(path: &Path) -> Result<usize, FileError> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    let path = || path.to_path_buf();
    match metadata.file_type() {
        kind if kind.is_dir() => Err(FileError::IsDirectory(path())),
        kind if !kind.is_file() => Err(FileError::NotRegular(path())),
        _ if metadata.len() > MOST as u64 => Err(FileError::TooLarge(path())),
        _ => Ok(metadata.len() as usize),
    }
}

/// Reads the text of a regular file. A byte-order mark is kept, because TOML allows it.
pub fn read(path: &Path) -> Result<String, FileError> {
    text(path, bytes(path)?)
}

/// Reads the bytes of a regular file.
pub fn bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::with_capacity(regular_length(path)? + 1);
    let file = File::open(path).map_err(|error| unreadable(path, error))?;
    // The size is checked again, because the file may grow while the program reads it.
    file.take(MOST as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, error))?;
    if bytes.len() > MOST {
        return Err(FileError::TooLarge(path.into()));
    }
    Ok(bytes)
}

/// Converts the bytes of the file at `path` to text. Fails if the bytes are not UTF-8.
pub fn text(path: &Path, bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        FileError::NotUtf8(path.into(), line, bytes[at])
    })
}

fn unreadable(path: &Path, error: io::Error) -> FileError {
    let path = path.to_path_buf();
    match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => FileError::DanglingLink(path),
        io::ErrorKind::NotFound => FileError::Missing(path),
        io::ErrorKind::IsADirectory => FileError::IsDirectory(path),
        _ => FileError::Unreadable(path, error),
    }
}
