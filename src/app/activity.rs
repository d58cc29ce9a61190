//! Shows on the terminal what a long command is doing.

use std::{thread, time::Duration};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The time that a command may take before the line appears.
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
        // Without this thread the command still works, only without the line.
        drop(thread::Builder::new().spawn(show));
        let activity = Self(bar);
        activity.change(doing);
        activity
    }

    /// Says that the command is now doing something else. It is not known how much of it is done.
    pub fn change(&self, doing: &'static str) {
        self.style("{spinner} {msg} ({elapsed})");
        self.0.unset_length();
        self.0.set_message(doing);
    }

    /// Says how much is done, out of `all`.
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
