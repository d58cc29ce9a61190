//! The least that any program of this kind does: the same command line, and nothing behind it.

#[allow(dead_code, reason = "nothing looks at what was parsed")]
#[derive(clap::Parser)]
struct Cli {
    #[arg(short, long, global = true)]
    file: Option<std::path::PathBuf>,
    #[arg(long, global = true)]
    as_of: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Status,
    Overdue,
    Check,
    List {
        #[arg(long)]
        format: Option<String>,
    },
    Show {
        ids: Vec<String>,
    },
    Mark {
        words: Vec<String>,
    },
}

fn main() {
    let _ = <Cli as clap::Parser>::parse();
}
