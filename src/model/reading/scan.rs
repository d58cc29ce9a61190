//! Finds the dates in words, and what else stands around them.

mod parts;

use super::super::{
    Length, NotAPeriod, Period, Year,
    calendar::{is_ordinal_end, month_number},
};

use super::numeric::numeric;
use parts::{end_of, fiscal};

/// A date in the words: the period that it means, or several where it is not clear which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub periods: Vec<Period>,
    /// Why it is not clear.
    pub why: Option<&'static str>,
}

impl Mention {
    pub fn clear(period: Period) -> Self {
        Self { periods: vec![period], why: None }
    }

    pub fn unclear(why: &'static str, periods: Vec<Period>) -> Self {
        Self { periods, why: Some(why) }
    }
}

/// A wording taken apart.
#[derive(Debug)]
pub struct Scan {
    tokens: Vec<Token>,
    /// Every date, each once.
    pub mentions: Vec<Mention>,
    /// A number or the name of a month is left over.
    pub is_incomplete: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// In lower case.
    Keyword(String),
    Number(String),
    Sign(char),
}

/// White space parts tokens, and so does a change between letters and digits, or to a capital: `2023June`,
/// `andJune`.
fn tokens(wording: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before = ' ';
    for letter in wording.chars() {
        let goes_on = before.is_alphanumeric() && !(before.is_lowercase() && letter.is_uppercase());
        match tokens.last_mut().filter(|_| goes_on) {
            Some(Token::Number(number)) if letter.is_ascii_digit() => number.push(letter),
            Some(Token::Keyword(word)) if letter.is_alphabetic() => {
                word.extend(letter.to_lowercase())
            }
            _ if letter.is_ascii_digit() => tokens.push(Token::Number(letter.into())),
            _ if letter.is_alphabetic() => {
                tokens.push(Token::Keyword(letter.to_lowercase().collect()))
            }
            _ if letter.is_whitespace() => {}
            _ => tokens.push(Token::Sign(letter)),
        }
        before = letter;
    }
    tokens
}

/// A mention and how many tokens it takes.
type Found = Result<Option<(Mention, usize)>, NotAPeriod>;

const SIGNS: &[char] = &['-', '/', '.', '–'];
/// Between two years that follow each other.
const SPANS: &[char] = &['/', '-', '–'];
const FISCAL_WORDS: &[&str] = &["fy", "sfy", "ffy", "fiscal", "financial"];

impl Scan {
    /// # Errors
    /// A date is one that the calendar does not have.
    pub fn of(wording: &str) -> Result<Self, NotAPeriod> {
        let tokens = tokens(wording);
        let mut scan = Self { tokens, mentions: Vec::new(), is_incomplete: false };
        let mut at = 0;
        while at < scan.tokens.len() {
            let Some((mention, length)) = scan.mention(at)? else {
                scan.is_incomplete |= scan.is_left_over(at);
                at += 1;
                continue;
            };
            if !scan.mentions.contains(&mention) {
                scan.mentions.push(mention);
            }
            at += length;
        }
        Ok(scan)
    }

    fn is_left_over(&self, at: usize) -> bool {
        match &self.tokens[at] {
            Token::Number(_) => true,
            Token::Keyword(word) => is_month(word),
            Token::Sign(_) => false,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(Token::Keyword(word)) => Some(word),
            _ => None,
        }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.tokens.len()).filter_map(|at| self.word(at))
    }

    fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        matches!(self.tokens.get(at), Some(Token::Sign(sign)) if signs.contains(sign))
    }

    /// A number that is written with as many digits.
    fn number(&self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        match self.tokens.get(at) {
            Some(Token::Number(number)) if digits.contains(&number.len()) => number.parse().ok(),
            _ => None,
        }
    }

    fn month(&self, at: usize) -> Option<u32> {
        month_number(self.word(at)?)
    }

    /// Past signs like a comma, and `of`.
    fn past_filler(&self, mut at: usize) -> usize {
        while self.is_sign(at, &[',', '.', '-', '\'']) || self.word(at) == Some("of") {
            at += 1;
        }
        at
    }

    /// Past the `st`, `nd`, `rd` or `th` of an ordinal.
    fn past_ordinal_end(&self, at: usize) -> usize {
        if self.word(at).is_some_and(is_ordinal_end) { at + 1 } else { at }
    }

    /// A year after signs and `of`, and where it ends.
    fn year_after(&self, at: usize) -> Option<(u32, usize)> {
        let at = self.past_filler(at);
        Some((self.number(at, 4..=4)?, at + 1))
    }

    /// A year of two digits after signs; before the name of a month it would be a day.
    fn short_year_after(&self, at: usize) -> Option<(u32, usize)> {
        let at = self.past_filler(at);
        let goes_on = self.word(at + 1).is_some_and(is_ordinal_end) || self.month(at + 1).is_some();
        Some((2000 + self.number(at, 2..=2).filter(|_| !goes_on)?, at + 1))
    }

    fn mention(&self, at: usize) -> Found {
        let kinds = [
            Self::digits,
            Self::day_first,
            Self::month_first,
            Self::fiscal_year,
            Self::part_of_year,
        ];
        for kind in kinds {
            if let Some(found) = kind(self, at)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// `2023-06-30`, `2023-06`, `30/06/2023`, `06/2023`, `2024/25`, `2024`.
    fn digits(&self, at: usize) -> Found {
        let part = |at: usize| {
            if self.is_sign(at, SIGNS) { self.number(at + 1, 1..=4) } else { None }
        };
        let parts = (part(at + 1), part(at + 3));
        if let Some(month) = self.number(at, 1..=2) {
            let (Some(_), Some(_)) = parts else {
                let year = parts.0.filter(|_| self.digits_at(at + 2).len() == 4);
                return Ok(year.and_then(|year| end_of(year, month, 3)));
            };
            let written = [at, at + 2, at + 4].map(|at| self.digits_at(at));
            return Ok(numeric(&written)?.map(|mention| (mention, 5)));
        }
        let Some(year) = self.number(at, 4..=4) else {
            return Ok(None);
        };
        let is_fiscal = self.has(FISCAL_WORDS);
        match parts {
            (Some(month), Some(day)) if !is_fiscal && month <= 12 => {
                let period = Period::build(year, month, Some(day))?;
                return Ok(Some((Mention::clear(period), 5)));
            }
            (Some(next), _) if next == year + 1 || next < 100 && next == (year + 1) % 100 => {
                let is_month = (1..=12).contains(&next) && next < 100 && !is_fiscal;
                if !is_month {
                    return Ok(Some((fiscal(year + 1, 0), 3)));
                }
            }
            _ => {}
        }
        if let Some(month @ 1..=12) = parts.0.filter(|_| !is_fiscal) {
            return Ok(Some((Mention::clear(Period::build(year, month, None)?), 3)));
        }
        if is_fiscal {
            return Ok(Some((fiscal(year, 0), 1)));
        }
        // `2024 Q2` is one quarter.
        if let (Some("q"), Some(quarter @ 1..=4)) = (self.word(at + 1), self.number(at + 2, 1..=1))
        {
            return Ok(end_of(year, quarter * 3, 3));
        }
        Ok(whole_year(year).map(|mention| (mention, 1)))
    }

    fn digits_at(&self, at: usize) -> &str {
        match self.tokens.get(at) {
            Some(Token::Number(number)) => number,
            _ => "",
        }
    }

    /// `31 December 2023`, `31st of December, 2023`, `31-Dec-23`.
    fn day_first(&self, at: usize) -> Found {
        let Some(day) = self.number(at, 1..=2) else {
            return Ok(None);
        };
        let next = self.past_filler(self.past_ordinal_end(at + 1));
        let year = |at| self.year_after(at).or_else(|| self.short_year_after(at));
        let (Some(month), Some((year, end))) = (self.month(next), year(next + 1)) else {
            return Ok(None);
        };
        Ok(Some((Mention::clear(Period::build(year, month, Some(day))?), end - at)))
    }

    /// `December 31, 2023`, `December, 2023`, `Dec-23`.
    fn month_first(&self, at: usize) -> Found {
        let Some(month) = self.month(at) else {
            return Ok(None);
        };
        if let Some((year, end)) = self.year_after(at + 1) {
            let period = Period::build(year, month, None)?;
            if self.is_sign(end, SPANS) && self.number(end + 1, 2..=2) == Some((year + 1) % 100) {
                let later = Period::build(year + 1, month, None)?;
                let mention = Mention::unclear("a month of two years", vec![period, later]);
                return Ok(Some((mention, end + 2 - at)));
            }
            return Ok(Some((Mention::clear(period), end - at)));
        }
        let next = self.past_filler(at + 1);
        let Some(day) = self.number(next, 1..=2) else {
            return Ok(None);
        };
        let Some((year, end)) = self.year_after(self.past_ordinal_end(next + 1)) else {
            return Ok(self.month_and_short_year(at, month));
        };
        Ok(Some((Mention::clear(Period::build(year, month, Some(day))?), end - at)))
    }

    /// `Jun '23`, and `Jun-23`, which may be a day as well.
    fn month_and_short_year(&self, at: usize, month: u32) -> Option<(Mention, usize)> {
        let year = 2000 + self.number(at + 2, 2..=2)?;
        let period = Period::build(year, month, None).ok()?;
        if self.is_sign(at + 1, &['\'', '’']) {
            return Some((Mention::clear(period), 3));
        }
        let mention = Mention::unclear("that year, or a day without its year", vec![period]);
        self.is_sign(at + 1, &['-']).then_some((mention, 3))
    }

    /// Whether a month is left over: its year is missing.
    pub fn has_month(&self) -> bool {
        self.words().any(is_month)
    }

    /// Whether a dash stands there, and nothing else.
    pub fn is_dash(&self) -> bool {
        let dash = |token: &Token| matches!(token, Token::Sign('-' | '–' | '—'));
        !self.tokens.is_empty() && self.tokens.iter().all(dash)
    }

    /// Whether one of these words stands there.
    pub fn has(&self, words: &[&str]) -> bool {
        self.words().any(|word| words.contains(&word))
    }

    /// Whether no other words stand there.
    pub fn has_only(&self, words: &[&str]) -> bool {
        self.words().all(|word| words.contains(&word))
    }

    /// Whether the words of one of these rows follow each other, whatever signs are between them.
    pub fn has_a_row(&self, rows: &[&[&str]]) -> bool {
        let all: Vec<&str> = self.words().collect();
        rows.iter().any(|row| all.windows(row.len()).any(|found| found == *row))
    }

    /// The only length of time: `six months`, `90 days`.
    pub fn length(&self) -> Option<Length> {
        let mut lengths = (0..self.tokens.len()).filter_map(|at| {
            let next = self.past_filler(self.past_figure(at + 1));
            let count = self.number(at, 1..=3).or_else(|| count(self.word(at)?))?;
            match self.word(next)? {
                "day" | "days" => Some(Length::Days(count)),
                "week" | "weeks" => Some(Length::Days(count.checked_mul(7)?)),
                "month" | "months" => Some(Length::Months(count)),
                "year" | "years" => Some(Length::Months(count.checked_mul(12)?)),
                _ => None,
            }
        });
        let only = lengths.next()?;
        lengths.next().is_none().then_some(only)
    }

    /// Past a number in brackets that says a word again: `six (6) months`.
    fn past_figure(&self, at: usize) -> usize {
        let has_figure = self.is_sign(at, &['(']) && self.is_sign(at + 2, &[')']);
        if has_figure && self.number(at + 1, 1..=3).is_some() { at + 3 } else { at }
    }

    /// Whether a length of time counts from something else than the plan.
    pub fn counts_from_elsewhere(&self) -> bool {
        let is_of_plan = self.has(&["publication", "publishing", "plan", "report", "this", "now"]);
        self.has(&["of", "after", "from", "following"]) && !is_of_plan
    }
}

fn count(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let position = NAMES.iter().position(|name| *name == word)?;
    u32::try_from(position + 1).ok()
}

fn whole_year(year: u32) -> Option<Mention> {
    let year = i32::try_from(year).ok().filter(|year| (1900..=2199).contains(year))?;
    Year::new(year).map(|year| Mention::clear(Period::Year(year)))
}

/// Whether a word names a month. `May` is more often a verb.
fn is_month(word: &str) -> bool {
    word != "may" && month_number(word).is_some()
}
