//! Asks the user on a terminal to answer yes or no.

use std::io::{self, BufRead, Write};

/// Asks until the user answers yes or no. An empty line stands for the default answer `enter`; the end of the input
/// stands for no.
pub fn confirmed(
    question: &str,
    enter: bool,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<bool> {
    loop {
        write!(output, "{question}")?;
        output.flush()?;
        let mut answer = String::new();
        if input.read_line(&mut answer)? == 0 {
            return Ok(false);
        }
        match answer.trim().to_lowercase().as_str() {
            "" => return Ok(enter),
            "y" | "yes" => return Ok(true),
            "n" | "no" | "q" | "quit" => return Ok(false),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::confirmed;

    #[test]
    fn a_question_takes_yes_and_no_as_people_mean_them_and_enter_as_it_says() {
        for (typed, enter, meant) in [
            ("\n", true, true),
            ("\n", false, false),
            ("y\n", true, true),
            ("y\n", false, true),
            ("Yes\n", true, true),
            ("Yes\n", false, true),
            ("n\n", true, false),
            ("n\n", false, false),
            ("N\n", true, false),
            (" NO \n", true, false),
            ("q\n", true, false),
            ("perhaps\nn\n", true, false),
            ("perhaps\ny\n", true, true),
            ("x\ny\n", false, true),
            ("", true, false),
            ("", false, false),
        ] {
            let mut shown = Vec::new();
            let answered = confirmed("Sure? ", enter, &mut typed.as_bytes(), &mut shown);
            assert_eq!(answered.expect("a buffer"), meant, "{typed:?} {enter}");
            let questions = String::from_utf8_lossy(&shown).matches("Sure?").count();
            assert_eq!(questions, typed.lines().count().max(1), "{typed:?} {enter}");
        }
    }
}
