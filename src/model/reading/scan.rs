//! Finds the dates in words, and what else stands around them.

use super::super::{
    Length, NotAPeriod, Period,
    calendar::{is_ordinal_end, month_number},
};

use super::numeric::numeric;

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
    Word(String),
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
            Some(Token::Word(word)) if letter.is_alphabetic() => word.extend(letter.to_lowercase()),
            _ if letter.is_ascii_digit() => tokens.push(Token::Number(letter.into())),
            _ if letter.is_alphabetic() => {
                tokens.push(Token::Word(letter.to_lowercase().collect()))
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

const FISCAL: &str = "a fiscal year ends when its organisation says";

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
            Token::Word(word) => word != "may" && month_number(word).is_some(),
            Token::Sign(_) => false,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
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

    /// A year after signs and `of`, and where it ends.
    fn year_after(&self, at: usize) -> Option<(u32, usize)> {
        let at = self.past_filler(at);
        Some((self.number(at, 4..=4)?, at + 1))
    }

    fn mention(&self, at: usize) -> Found {
        let kinds = [Self::digits, Self::day_first, Self::month_first, Self::part_of_year];
        for kind in kinds {
            if let Some(found) = kind(self, at)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// `2023-06-30`, `2023-06`, `30/06/2023`, `2024/25`, `2024`.
    fn digits(&self, at: usize) -> Found {
        const SIGNS: &[char] = &['-', '/', '.', '–'];
        let part = |at: usize| {
            if self.is_sign(at, SIGNS) { self.number(at + 1, 1..=4) } else { None }
        };
        let parts = (part(at + 1), part(at + 3));
        if self.number(at, 1..=2).is_some() {
            let (Some(_), Some(_)) = parts else {
                return Ok(None);
            };
            let written = [at, at + 2, at + 4].map(|at| self.digits_at(at));
            return Ok(numeric(&written)?.map(|mention| (mention, 5)));
        }
        let Some(year) = self.number(at, 4..=4) else {
            return Ok(None);
        };
        let is_fiscal = self.has(&["fy", "fiscal", "financial"]);
        match parts {
            (Some(month), Some(day)) if !is_fiscal && month <= 12 => {
                let period = Period::build(year, month, Some(day))?;
                return Ok(Some((Mention::clear(period), 5)));
            }
            (Some(next), _) if next == year + 1 || next < 100 && next == (year + 1) % 100 => {
                let is_month = (1..=12).contains(&next) && next < 100 && !is_fiscal;
                if !is_month {
                    return Ok(Some((fiscal(year + 1), 3)));
                }
            }
            _ => {}
        }
        if let Some(month @ 1..=12) = parts.0.filter(|_| !is_fiscal) {
            return Ok(Some((Mention::clear(Period::build(year, month, None)?), 3)));
        }
        if is_fiscal {
            return Ok(Some((fiscal(year), 1)));
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

    /// `31 December 2023`, `31st of December, 2023`.
    fn day_first(&self, at: usize) -> Found {
        let Some(day) = self.number(at, 1..=2) else {
            return Ok(None);
        };
        let mut next = at + 1;
        if self.word(next).is_some_and(is_ordinal_end) {
            next += 1;
        }
        next = self.past_filler(next);
        let (Some(month), Some((year, end))) = (self.month(next), self.year_after(next + 1)) else {
            return Ok(None);
        };
        Ok(Some((Mention::clear(Period::build(year, month, Some(day))?), end - at)))
    }

    /// `December 31, 2023`, `December, 2023`.
    fn month_first(&self, at: usize) -> Found {
        let Some(month) = self.month(at) else {
            return Ok(None);
        };
        if let Some((year, end)) = self.year_after(at + 1) {
            return Ok(Some((Mention::clear(Period::build(year, month, None)?), end - at)));
        }
        let mut next = self.past_filler(at + 1);
        let Some(day) = self.number(next, 1..=2) else {
            return Ok(None);
        };
        next += 1;
        if self.word(next).is_some_and(is_ordinal_end) {
            next += 1;
        }
        let Some((year, end)) = self.year_after(next) else {
            return Ok(None);
        };
        Ok(Some((Mention::clear(Period::build(year, month, Some(day))?), end - at)))
    }

    /// A season, a quarter or a half of a year.
    fn part_of_year(&self, at: usize) -> Found {
        let Some(word) = self.word(at) else {
            return Ok(self.ordinal_quarter(at));
        };
        let season = match word {
            "spring" => Some(5),
            "summer" => Some(8),
            "autumn" | "fall" => Some(11),
            "winter" => return Ok(self.winter(at)),
            _ => None,
        };
        if let (Some(month), Some((year, end))) = (season, self.year_after(at + 1)) {
            return Ok(end_of(year, month, end - at));
        }
        let part = match (word, self.number(at + 1, 1..=1)) {
            ("q", Some(quarter @ 1..=4)) => Some(quarter * 3),
            ("h", Some(half @ 1..=2)) => Some(half * 6),
            _ => None,
        };
        if let (Some(month), Some((year, end))) = (part, self.part_year(at + 2)) {
            return Ok(self.part(year, month, end - at));
        }
        Ok(self.ordinal_quarter(at))
    }

    /// `second quarter of 2024`, `1st half of 2024`.
    fn ordinal_quarter(&self, at: usize) -> Option<(Mention, usize)> {
        let names = ["first", "second", "third", "fourth"];
        let name = self.word(at).and_then(|word| names.iter().position(|name| *name == word));
        let (number, next) = match (name, self.number(at, 1..=1)) {
            (Some(position), _) => (u32::try_from(position).ok()? + 1, at + 1),
            (None, Some(number)) if self.word(at + 1).is_some_and(is_ordinal_end) => {
                (number, at + 2)
            }
            _ => return None,
        };
        let month = match (self.word(next)?, number) {
            ("quarter", 1..=4) => number * 3,
            ("half", 1..=2) => number * 6,
            _ => return None,
        };
        let (year, end) = self.part_year(next + 1)?;
        self.part(year, month, end - at)
    }

    /// The year of a quarter, also as `Q2/2024` and `Q2 FY 2024`.
    fn part_year(&self, mut at: usize) -> Option<(u32, usize)> {
        while self.is_sign(at, &['/']) || matches!(self.word(at), Some("fy" | "fiscal" | "year")) {
            at += 1;
        }
        self.year_after(at)
    }

    /// A part of a year that ends with a month, unless it is a fiscal year.
    fn part(&self, year: u32, month: u32, length: usize) -> Option<(Mention, usize)> {
        let (mention, length) = end_of(year, month, length)?;
        let is_fiscal = self.has(&["fy", "fiscal", "financial"]);
        Some((Mention { why: is_fiscal.then_some(FISCAL), ..mention }, length))
    }

    /// A winter lies in two years: `Winter 2025/26` says which, `Winter 2025` does not.
    fn winter(&self, at: usize) -> Option<(Mention, usize)> {
        let (year, end) = self.year_after(at + 1)?;
        if self.is_sign(end, &['/', '-', '–']) && self.number(end + 1, 2..=4).is_some() {
            return end_of(year + 1, 2, end + 2 - at);
        }
        let ends = [(year, 2), (year, 12), (year + 1, 2)];
        let periods =
            ends.iter().filter_map(|(year, month)| Period::build(*year, *month, None).ok());
        let mention = Mention::unclear("a winter lies in two years", periods.collect());
        Some((mention, end - at))
    }

    /// Whether one of these words stands there.
    pub fn has(&self, words: &[&str]) -> bool {
        (0..self.tokens.len()).any(|at| self.word(at).is_some_and(|word| words.contains(&word)))
    }

    /// Whether no other words stand there.
    pub fn has_only(&self, words: &[&str]) -> bool {
        (0..self.tokens.len()).all(|at| self.word(at).is_none_or(|word| words.contains(&word)))
    }

    /// Whether these words follow each other, whatever signs are between them.
    pub fn has_in_a_row(&self, words: &[&str]) -> bool {
        let all: Vec<&str> = (0..self.tokens.len()).filter_map(|at| self.word(at)).collect();
        all.windows(words.len()).any(|found| found == words)
    }

    /// The only length of time: `six months`, `90 days`.
    pub fn length(&self) -> Option<Length> {
        let mut lengths = (0..self.tokens.len()).filter_map(|at| {
            let next = self.past_filler(at + 1);
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

/// The month that a part of a year ends with.
fn end_of(year: u32, month: u32, length: usize) -> Option<(Mention, usize)> {
    Some((Mention::clear(Period::build(year, month, None).ok()?), length))
}

fn whole_year(year: u32) -> Option<Mention> {
    let period = Period::parse_or_year(&format!("{year:04}")).ok()?;
    (1900..=2199).contains(&year).then(|| Mention::clear(period))
}

/// A fiscal year that ends in this calendar year, at the ends that are usual.
fn fiscal(year: u32) -> Mention {
    let ends = [3, 6, 9, 12].iter();
    let periods = ends.filter_map(|month| Period::build(year, *month, None).ok());
    Mention::unclear(FISCAL, periods.collect())
}
