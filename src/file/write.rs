//! The only module that writes files. A plan file is replaced under a lock, either completely or not at all.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use tempfile::{NamedTempFile, TempDir};

use super::find::{FILE_NAME, regular_length};

/// The maximum time for which a process waits for the lock of another process.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_TRIES: Duration = Duration::from_millis(5);
/// The maximum time for which the program waits if another program, such as a virus scanner, has a file open.
const MOMENT: Duration = Duration::from_secs(2);
const ERROR_ACCESS_DENIED: i32 = 5;
const ERROR_SHARING_VIOLATION: i32 = 32;
/// The suffix of the names of temporary files. A temporary file is written first, and then renamed to the real file.
const TEMPORARY: &str = ".plan-tmp";

/// A lock for writing a file in a directory. The lock ends when this value is dropped or the process ends.
struct WriteLock {
    directory: PathBuf,
    /// The prefix of temporary file names for the locked file.
    prefix: String,
    _lock: File,
}

impl WriteLock {
    fn wait(patience: Duration, path: &Path) -> anyhow::Result<Self> {
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let lock = wait_for(patience, directory)?;
        let name = path.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
        let directory = directory.to_path_buf();
        let turn = Self { directory, prefix: format!(".{name}."), _lock: lock };
        turn.sweep();
        Ok(turn)
    }

    /// Deletes the temporary files that killed processes left behind. No other process can be using them, because this
    /// process holds the lock.
    #[expect(clippy::disallowed_methods, reason = "this is the one writer of files")]
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.directory) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(&self.prefix) && name.ends_with(TEMPORARY) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Creates a temporary file with the content `bytes` beside the file to be replaced. Without `permissions`, other
    /// users cannot read the temporary file.
    fn file(
        &self,
        bytes: &[u8],
        permissions: Option<fs::Permissions>,
    ) -> io::Result<NamedTempFile> {
        let mut files = tempfile::Builder::new();
        files.prefix(&self.prefix).suffix(TEMPORARY);
        if let Some(permissions) = permissions {
            files.permissions(permissions);
        }
        let mut temporary = files.tempfile_in(&self.directory)?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        Ok(temporary)
    }

    /// Renames a temporary file to its final name. Also syncs the directory, so that the change survives a power cut.
    fn put(&self, mut temporary: NamedTempFile, path: &Path) -> io::Result<()> {
        let since = Instant::now();
        while let Err(refused) = temporary.persist(path) {
            if !is_in_use(&refused.error) || since.elapsed() > MOMENT {
                return Err(refused.error);
            }
            thread::sleep(BETWEEN_TRIES);
            temporary = refused.file;
        }
        // The result is ignored, because a directory cannot be synced on Windows.
        let _ = File::open(&self.directory).and_then(|directory| directory.sync_all());
        Ok(())
    }
}

/// A file that is locked so that its content can be replaced. The lock ends when this value is dropped or the process
/// ends.
pub struct FileWriter {
    /// The path of the file, without symbolic links.
    path: PathBuf,
    turn: WriteLock,
}

impl FileWriter {
    /// Waits until no other process writes a file in the directory of the file `path`, and takes the lock.
    ///
    /// # Errors
    /// Fails if the file is missing or not regular, or if another process holds the lock for too long.
    pub fn acquire(path: &Path) -> anyhow::Result<Self> {
        Self::acquire_within(PATIENCE, path)
    }

    fn acquire_within(patience: Duration, path: &Path) -> anyhow::Result<Self> {
        regular_length(path)?;
        let path = dunce::canonicalize(path).with_context(|| format!("{}", path.display()))?;
        let turn = WriteLock::wait(patience, &path)?;
        Ok(Self { path, turn })
    }

    /// Replaces the content `old` of the file by `new`. The permissions of the file stay the same.
    ///
    /// # Errors
    /// Fails if the file is read-only, if its present content is not `old`, or if the operating system cannot write it.
    /// The file is then unchanged.
    pub fn replace(&self, old: &str, new: &str) -> anyhow::Result<()> {
        let temporary = self.successor(new.as_bytes())?;
        if fs::read(&self.path).with_context(|| self.failed())? != old.as_bytes() {
            bail!(
                "{}: another program changed the file in the meantime; nothing was written; try again",
                self.path.display()
            );
        }
        self.turn.put(temporary, &self.path).with_context(|| self.failed())
    }

    /// Creates the temporary file that will replace the old file. The temporary file gets the permissions of the old
    /// file.
    fn successor(&self, bytes: &[u8]) -> anyhow::Result<NamedTempFile> {
        let name = self.path.display();
        let metadata =
            fs::metadata(&self.path).with_context(|| format!("{name}: cannot be read"))?;
        if metadata.permissions().readonly() {
            bail!("{name}: the file is read-only; nothing was written");
        }
        let temporary = self.turn.file(bytes, None).with_context(|| self.failed())?;
        like_the_original(&temporary, &metadata).with_context(|| self.failed())?;
        Ok(temporary)
    }

    fn failed(&self) -> String {
        format!("{}: cannot be written; the file is unchanged", self.path.display())
    }
}

fn like_the_original(temporary: &NamedTempFile, metadata: &fs::Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let own = temporary.as_file().metadata()?;
        if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
            // The result is ignored, because only root can give a file to another user. For other users, the new file
            // belongs to the user who writes it.
            let _ =
                std::os::unix::fs::fchown(temporary, Some(metadata.uid()), Some(metadata.gid()));
        }
    }
    temporary.as_file().set_permissions(metadata.permissions())
}

/// Creates a file. A file that already exists is not overwritten.
///
/// # Errors
/// Fails if the file exists or cannot be written.
pub fn create(path: &Path, content: impl AsRef<[u8]>) -> anyhow::Result<()> {
    let failed = || format!("{}: cannot be written", path.display());
    let turn = WriteLock::wait(PATIENCE, path).with_context(failed)?;
    let temporary = turn.file(content.as_ref(), new_file_permissions()).with_context(failed)?;
    match temporary.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {
            bail!("{} already exists", path.display())
        }
        Err(refused) => Err(refused.error).with_context(failed),
    }
}

/// Creates files in a directory, and the directory itself if it is missing. Existing files are not overwritten.
///
/// # Errors
/// Fails if one of the files exists or cannot be written.
pub fn create_all(directory: &Path, files: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
    let known = files.iter().map(|(name, _)| directory.join(name)).find(|path| path.exists());
    if let Some(known) = known {
        bail!(
            "{} already exists and may contain owners' updates; nothing was written; name a new directory",
            known.display()
        );
    }
    fs::create_dir_all(directory)
        .with_context(|| format!("{}: cannot be created", directory.display()))?;
    files.iter().try_for_each(|(name, bytes)| create(&directory.join(name), bytes))
}

/// Writes an output file, either completely or not at all. An existing file is replaced.
///
/// # Errors
/// Fails if the path is not a regular file or is read-only, or if the operating system cannot write it. The file is
/// then unchanged.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if path.exists() {
        let writer = FileWriter::acquire(path)?;
        let temporary = writer.successor(bytes)?;
        return writer.turn.put(temporary, &writer.path).with_context(|| writer.failed());
    }
    let failed = || format!("{}: cannot be written", path.display());
    let turn = WriteLock::wait(PATIENCE, path).with_context(failed)?;
    let temporary = turn.file(bytes, new_file_permissions()).with_context(failed)?;
    turn.put(temporary, path).with_context(failed)
}

/// Appends `text` to a file, which is created if it is missing. Other programs may append to the same file at the same
/// time.
///
/// # Errors
/// Fails if the file cannot be written.
#[expect(clippy::disallowed_methods, reason = "this is the one writer of files")]
pub fn append(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("{}: cannot be written", path.display()))
}

/// A temporary copy of a plan, which the user edits. The copy is in a temporary directory of its own, which is deleted
/// when this value is dropped.
pub struct Scratch {
    directory: TempDir,
}

/// Creates a temporary copy with the content `text` in the system's directory for temporary files.
///
/// # Errors
/// Fails if the copy cannot be written.
#[expect(clippy::disallowed_methods, reason = "this is the one writer of files")]
pub fn scratch(text: &str) -> anyhow::Result<Scratch> {
    let failed = || "the temporary copy for editing cannot be written";
    let directory = tempfile::Builder::new().prefix("plan-edit.").tempdir().with_context(failed)?;
    let scratch = Scratch { directory };
    fs::write(scratch.path(), text).with_context(failed)?;
    Ok(scratch)
}

impl Scratch {
    /// Returns the path of the temporary copy.
    pub fn path(&self) -> PathBuf {
        self.directory.path().join(FILE_NAME)
    }

    /// Copies the edited text to a new file that still exists after the program ends. Returns the path of this file.
    pub fn keep(self) -> anyhow::Result<PathBuf> {
        let mut kept = tempfile::Builder::new().prefix("plan-").suffix(".toml").tempfile()?;
        io::copy(&mut File::open(self.path())?, &mut kept)?;
        let (_, path) = kept.keep()?;
        Ok(path)
    }
}

/// Returns the permissions with which a new file is created, or `None` on Windows. The umask still restricts these
/// permissions.
fn new_file_permissions() -> Option<fs::Permissions> {
    #[cfg(unix)]
    return Some(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    #[cfg(not(unix))]
    None
}

/// Waits until a directory can be locked, and locks it. Fails if this takes longer than `patience`.
fn wait_for(patience: Duration, directory: &Path) -> anyhow::Result<File> {
    let since = Instant::now();
    loop {
        match try_lock(directory) {
            Ok(lock) => return Ok(lock),
            Err(fs::TryLockError::WouldBlock) if since.elapsed() < patience => {}
            Err(fs::TryLockError::Error(error))
                if is_in_use(&error) && since.elapsed() < MOMENT.min(patience) => {}
            Err(fs::TryLockError::WouldBlock) => {
                bail!(
                    "{}: another process is writing a plan here; nothing was written; try again",
                    directory.display()
                );
            }
            Err(fs::TryLockError::Error(error)) => {
                return Err(error)
                    .with_context(|| format!("{}: cannot be locked", directory.display()));
            }
        }
        thread::sleep(BETWEEN_TRIES);
    }
}

/// Locks the directory itself, so that no lock file is needed.
#[cfg(unix)]
fn try_lock(directory: &Path) -> Result<File, fs::TryLockError> {
    let lock = File::open(directory).map_err(fs::TryLockError::Error)?;
    lock.try_lock()?;
    Ok(lock)
}

/// Locks a directory by opening a file in it that only one process can open. Windows deletes this file when the process
/// closes the file or ends.
#[cfg(windows)]
#[expect(clippy::disallowed_methods, reason = "this is the one writer of files")]
fn try_lock(directory: &Path) -> Result<File, fs::TryLockError> {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).share_mode(0).custom_flags(FILE_FLAG_DELETE_ON_CLOSE);
    let lock =
        options.open(directory.join(".plan-lock")).map_err(|error| match error.raw_os_error() {
            Some(ERROR_SHARING_VIOLATION) => fs::TryLockError::WouldBlock,
            _ => fs::TryLockError::Error(error),
        })?;
    lock.try_lock()?;
    Ok(lock)
}

/// Checks whether an error means that another program has the file open or is about to delete it.
fn is_in_use(error: &io::Error) -> bool {
    cfg!(windows)
        && matches!(error.raw_os_error(), Some(ERROR_ACCESS_DENIED | ERROR_SHARING_VIOLATION))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_gives_up_where_another_holds_the_lock_for_too_long() {
        let directory = tempfile::TempDir::new().unwrap();
        let path = directory.path().join("plan.toml");
        create(&path, b"[plan]").unwrap();
        let held = FileWriter::acquire(&path).unwrap();
        let refused = FileWriter::acquire_within(Duration::ZERO, &path).err().unwrap();
        assert!(refused.to_string().contains("another process"), "{refused}");
        drop(held);
        assert!(FileWriter::acquire_within(Duration::ZERO, &path).is_ok());
    }
}
