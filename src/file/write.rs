//! The one writer of files: alone under a lock, whole or not at all.

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

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_TRIES: Duration = Duration::from_millis(5);
/// How long a file may be in use by a program that looks at it and lets it go, as those against viruses do.
const MOMENT: Duration = Duration::from_secs(2);
const ERROR_ACCESS_DENIED: i32 = 5;
const ERROR_SHARING_VIOLATION: i32 = 32;
/// Marks the files that a killed writer may leave behind.
const TEMPORARY: &str = ".plan-tmp";

/// The right to write one file, held until it is dropped or its process ends. It survives the replacement of the file,
/// and leaves nothing behind that could be committed.
struct WriteLock {
    directory: PathBuf,
    /// How the names of this file's temporary files begin.
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

    /// Removes what killed writers of this file left behind. No other writer is at work while the lock is held.
    #[expect(clippy::disallowed_methods, reason = "this is the one writer of files")]
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.directory) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(&self.prefix) && name.ends_with(TEMPORARY) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A temporary file beside the one that is to be, with these bytes on the disk. Until it replaces a file, which
    /// may be a private one, nobody else can read it.
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

    /// Renames a temporary file to the one that is to be, and makes that survive a power cut.
    fn put(&self, mut temporary: NamedTempFile, path: &Path) -> io::Result<()> {
        let since = Instant::now();
        while let Err(refused) = temporary.persist(path) {
            if !is_in_use(&refused.error) || since.elapsed() > MOMENT {
                return Err(refused.error);
            }
            thread::sleep(BETWEEN_TRIES);
            temporary = refused.file;
        }
        // Windows has no such thing to ask for.
        let _ = File::open(&self.directory).and_then(|directory| directory.sync_all());
        Ok(())
    }
}

/// The right to replace one file, held until it is dropped or its process ends.
pub struct FileWriter {
    /// The file itself, past every symbolic link.
    path: PathBuf,
    turn: WriteLock,
}

impl FileWriter {
    /// Waits until no other process writes in the directory of the file.
    ///
    /// # Errors
    /// The file is not there or no regular file, or another process keeps the lock for too long.
    pub fn acquire(path: &Path) -> anyhow::Result<Self> {
        Self::acquire_within(PATIENCE, path)
    }

    fn acquire_within(patience: Duration, path: &Path) -> anyhow::Result<Self> {
        regular_length(path)?;
        let path = dunce::canonicalize(path).with_context(|| format!("{}", path.display()))?;
        let turn = WriteLock::wait(patience, &path)?;
        Ok(Self { path, turn })
    }

    /// Replaces the file's content `old` by `new`, with the same permissions.
    ///
    /// # Errors
    /// The file is read-only or no longer holds `old`, or the disk refuses; then it is as it was.
    pub fn replace(&self, old: &str, new: &str) -> anyhow::Result<()> {
        let temporary = self.successor(new.as_bytes())?;
        if fs::read(&self.path).with_context(|| self.failed())? != old.as_bytes() {
            bail!(
                "{}: the file was changed by something else meanwhile; nothing was written, try again",
                self.path.display()
            );
        }
        self.turn.put(temporary, &self.path).with_context(|| self.failed())
    }

    /// Makes the file that will take the place of the old one, with the same permissions.
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
        format!("{}: cannot be written; it is unchanged", self.path.display())
    }
}

fn like_the_original(temporary: &NamedTempFile, metadata: &fs::Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let own = temporary.as_file().metadata()?;
        if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
            // Only root may set another owner. Anybody else becomes the owner, as with editors.
            let _ =
                std::os::unix::fs::fchown(temporary, Some(metadata.uid()), Some(metadata.gid()));
        }
    }
    temporary.as_file().set_permissions(metadata.permissions())
}

/// Creates a file that must not be there yet.
///
/// # Errors
/// It is there, or cannot be written.
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

/// Creates files in a directory, which is made where it is missing. None of them may be there yet.
///
/// # Errors
/// One of them is there, or cannot be written.
pub fn create_all(directory: &Path, files: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
    let known = files.iter().map(|(name, _)| directory.join(name)).find(|path| path.exists());
    if let Some(known) = known {
        bail!(
            "{} is there already, and may have been filled in: nothing was written; name a new directory",
            known.display()
        );
    }
    fs::create_dir_all(directory)
        .with_context(|| format!("{}: cannot be made", directory.display()))?;
    files.iter().try_for_each(|(name, bytes)| create(&directory.join(name), bytes))
}

/// Writes a file that is made from a plan, whole or not at all, in place of what is there.
///
/// # Errors
/// The path is no regular file or is read-only, or the disk refuses. The file is then as it was.
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

/// Appends `text` to a file, and creates the file where there is none. Others may append to it too.
///
/// # Errors
/// It cannot be written.
#[expect(clippy::disallowed_methods, reason = "this is the one writer of files")]
pub fn append(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("{}: cannot be written", path.display()))
}

/// A temporary copy of a plan to work on, in a directory of its own, where editors may put files beside it.
/// Dropping it deletes them all. A killed process leaves them, for what was typed may be nowhere else.
pub struct Scratch {
    directory: TempDir,
}

/// Writes `text` to a copy in the directory for temporary files.
///
/// # Errors
/// It cannot be written.
#[expect(clippy::disallowed_methods, reason = "this is the one writer of files")]
pub fn scratch(text: &str) -> anyhow::Result<Scratch> {
    let failed = || "a copy to edit cannot be written";
    let directory = tempfile::Builder::new().prefix("plan-edit.").tempdir().with_context(failed)?;
    let scratch = Scratch { directory };
    fs::write(scratch.path(), text).with_context(failed)?;
    Ok(scratch)
}

impl Scratch {
    /// The copy.
    pub fn path(&self) -> PathBuf {
        self.directory.path().join(FILE_NAME)
    }

    /// Keeps the copy for good, as a file of another name.
    pub fn keep(self) -> anyhow::Result<PathBuf> {
        let mut kept = tempfile::Builder::new().prefix("plan-").suffix(".toml").tempfile()?;
        io::copy(&mut File::open(self.path())?, &mut kept)?;
        let (_, path) = kept.keep()?;
        Ok(path)
    }
}

/// The permissions of a new file, before the umask is applied. Windows has none.
fn new_file_permissions() -> Option<fs::Permissions> {
    #[cfg(unix)]
    return Some(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    #[cfg(not(unix))]
    None
}

/// Waits for the lock of a directory.
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
                    "{}: another process is writing a plan here; nothing was written, try again",
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

/// Locks the directory itself, which needs no further file.
#[cfg(unix)]
fn try_lock(directory: &Path) -> Result<File, fs::TryLockError> {
    let lock = File::open(directory).map_err(fs::TryLockError::Error)?;
    lock.try_lock()?;
    Ok(lock)
}

/// Locks a file in the directory that one process may open at a time, for Windows locks no directory. Windows deletes
/// it when that process closes it or ends.
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

/// Says whether a file is refused because another program has it open, or is about to delete it.
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
