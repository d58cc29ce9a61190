//! What is checked of a plan: the rules of the format, the lints, and the guard over two versions.

mod finding;
pub mod guard;
mod lints;
mod place;
mod validate;

pub use finding::{Finding, Related, Spot, Version};
pub use lints::lints;
pub use place::{Place, Step};
pub use validate::broken;
