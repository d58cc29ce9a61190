//! A directory in which a test imports spreadsheets.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::{Answer, answer, plan};

/// A directory with files, used as of a fixed day.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let desk = Self::new();
        desk.put(name, content);
        desk
    }

    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), content).unwrap();
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub fn on(&self, day: &str, words: &[&str]) -> Answer {
        answer(plan(self.path()).args(words).env("PLAN_AS_OF", day).env("COLUMNS", "200"))
    }

    pub fn ask(&self, words: &[&str]) -> Answer {
        self.on("2024-03-01", words)
    }

    /// Imports a file with its suggested mapping.
    pub fn by_suggestion(&self, file: &str) -> Answer {
        let map = self.ask(&["import", file, "--suggest-map"]);
        assert_eq!(map.status, 0, "{}", map.stderr);
        self.put("map.toml", &map.stdout);
        self.import(file)
    }

    pub fn import(&self, file: &str) -> Answer {
        let answer = self.ask(&["import", file, "--map", "map.toml", "--into", "plan.toml"]);
        assert!(answer.status < 2, "{}", answer.stderr);
        if self.path().join("plan.toml").exists() {
            let check = self.ask(&["check"]);
            assert_eq!(check.status, 0, "{}\n{}", self.text("plan.toml"), check.stdout);
        }
        answer
    }
}
