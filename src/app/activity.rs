//! Shows on the terminal what a long command is doing.

use std::{thread, time::Duration};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The time after which the line about a command appears on the terminal.
const PATIENCE: Duration = Duration::from_secs(1);
const BETWEEN: Duration = Duration::from_millis(200);

/// A line at the bottom of the terminal that says what the command is doing. It appears after [`PATIENCE`], and
/// disappears when the value is dropped. If the standard error is not a terminal, there is no line.
pub struct Activity(ProgressBar);

impl Activity {
    pub fn begin(doing: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let later = bar.downgrade();
        let show = move || {
            thread::sleep(PATIENCE);
            if let Some(bar) = later.upgrade() {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(BETWEEN);
            }
        };
        // If the thread cannot be started, the command still works, but shows no line.
        drop(thread::Builder::new().spawn(show));
        let activity = Self(bar);
        activity.change(doing);
        activity
    }

    /// Shows that the command is now doing something else. The line has no percentage until [`Self::at`] is called.
    pub fn change(&self, doing: &'static str) {
        self.style("{spinner} {msg} ({elapsed})");
        self.0.unset_length();
        self.0.set_message(doing);
    }

    /// Shows how much of the work is done, as a percentage. `all` is the total amount of work.
    pub fn at(&self, done: u64, all: u64) {
        if self.0.length() != Some(all) {
            self.style("{spinner} {msg} {bar:24} {percent}%");
            self.0.set_length(all);
        }
        self.0.set_position(done.min(all));
    }

    fn style(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
    }
}

impl Drop for Activity {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
