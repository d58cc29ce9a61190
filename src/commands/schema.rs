//! `plan schema`: prints the JSON Schema of the plan file.

use crate::{
    app::{Failure, Output, write_answer},
    cli::{OutputArgs, SchemaArgs},
    output::{Format, plan_schema},
};

/// Prints the JSON Schema of the plan file, or writes the schema to a file.
pub fn run(args: SchemaArgs) -> Result<Output, Failure> {
    let format = Format::find("json");
    let output = OutputArgs { format, output: args.output, ..OutputArgs::default() };
    write_answer(&output, Output::text(plan_schema()?))
}
