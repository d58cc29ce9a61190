//! Unpacks the zip archive in which a workbook is stored, and limits its unpacked size.

use std::io::{self, BufReader, Cursor, Read, Write as _};

use anyhow::{Context as _, bail};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::tags::Tags;

/// The maximum size of an unpacked workbook, in bytes.
const MOST: u64 = 256 << 20;
const TOO_LARGE: &str =
    "the workbook is larger than 256 MiB when unpacked: save the sheets as csv files";
const BUFFER: usize = 1 << 16;

/// The zip archive of a workbook. The files in the archive are called parts.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    /// Opens an archive and checks that its files are not too large when unpacked.
    ///
    /// # Errors
    /// Fails if the archive is damaged or too large.
    pub fn open(bytes: &'b [u8]) -> anyhow::Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).context("the workbook is damaged")?;
        let mut package = Self { archive };
        let mut left = MOST;
        for index in 0..package.archive.len() {
            let part = package.archive.by_index(index).context("the workbook is damaged")?;
            // The archive may declare a false size, so the unpacked bytes are counted as well.
            if part.size() > left {
                bail!(TOO_LARGE);
            }
            let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink());
            let unpacked = unpacked.context("the workbook is damaged")?;
            left = left.checked_sub(unpacked).context(TOO_LARGE)?;
        }
        Ok(package)
    }

    pub fn has(&self, part: &str) -> bool {
        self.archive.index_for_name(part).is_some()
    }

    /// Returns a copy of the archive in which `content` replaces the content of the file `part`.
    pub fn with(&mut self, part: &str, content: &[u8]) -> anyhow::Result<Vec<u8>> {
        let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let known = self.archive.by_index_raw(index)?;
            if known.name()? != part {
                copy.raw_copy_file(known)?;
            }
        }
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        copy.start_file(part, stored)?;
        copy.write_all(content)?;
        Ok(copy.finish()?.into_inner())
    }

    /// Returns a reader for the tags of an XML file in the archive, or `None` if the archive has no such file.
    pub fn tags(&mut self, part: &str) -> Option<Tags<impl io::BufRead>> {
        let part = self.archive.by_name(part).ok()?;
        Some(Tags::new(BufReader::with_capacity(BUFFER, part.take(MOST))))
    }
}
