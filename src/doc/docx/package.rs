//! Writes and reads the zip archive that contains the parts of a Word file.

use std::io::{Cursor, Read as _, Write as _};

use anyhow::{Context as _, bail};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The maximum unpacked size of one part of a Word file, in bytes.
pub const LARGEST_PART: u64 = if cfg!(test) { 1 << 20 } else { 64 << 20 };

/// A zip archive under construction. All files in the archive get the same modification time, so that equal documents
/// give equal bytes.
pub struct Package(ZipWriter<Cursor<Vec<u8>>>);

impl Package {
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    pub fn add(&mut self, name: &str, content: impl AsRef<[u8]>) -> anyhow::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::DEFAULT);
        self.0.start_file(name, options)?;
        Ok(self.0.write_all(content.as_ref())?)
    }

    pub fn finish(self) -> anyhow::Result<Vec<u8>> {
        Ok(self.0.finish()?.into_inner())
    }
}

/// The parts of a Word file that is being read.
pub struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    pub names: Vec<String>,
}

impl<'b> Parts<'b> {
    pub fn open(bytes: &'b [u8]) -> anyhow::Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).context("this is not a Word file")?;
        let names = archive.file_names().map(|name| Ok(name?.into_owned()));
        let names: Vec<String> = names.collect::<anyhow::Result<_>>()?;
        Ok(Self { archive, names })
    }

    pub fn bytes(&mut self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        if !self.names.iter().any(|known| known == name) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        self.archive.by_name(name)?.take(LARGEST_PART + 1).read_to_end(&mut bytes)?;
        match bytes.len() as u64 > LARGEST_PART {
            true => bail!("{name} unpacks to more than {} MiB", LARGEST_PART >> 20),
            false => Ok(Some(bytes)),
        }
    }

    pub fn text(&mut self, name: &str) -> anyhow::Result<Option<String>> {
        Ok(self.bytes(name)?.map(String::from_utf8).transpose()?)
    }
}
