//! Dates of names and relations: the part of EDTF (ISO 8601-2) that archivists use.
//!
//! Years, months and days; `~` approximate, `?` uncertain, `%` both; unspecified digits (`199X`); intervals with
//! open (`..`) or unknown (empty) ends.

use crate::error::Error;
use std::fmt;
use std::str::FromStr;

/// A day as year, month and day.
type Day = (i32, u8, u8);

/// A date of some precision: `1993`, `2011-05`, `2011-05-07`, `1993~`, `199X`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    text: String,
    first: Day,
    last: Day,
}

const EXPECTED: &str = "an EDTF date, such as 2011, 2011-05, 2011-05-07 or 1993~";

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::invalid("date", text, EXPECTED);
        let plain = text.trim_end_matches(['~', '?', '%']);
        let vague = plain.len() < text.len();
        if text.len() > plain.len() + 1 {
            return Err(bad());
        }
        let mut parts = plain.split('-');
        let (from, to) = year(parts.next().unwrap_or_default()).ok_or_else(bad)?;
        let month = parts.next().map(|m| two_digits(m, 1, 12).ok_or_else(bad)).transpose()?;
        let day = parts.next().map(|d| two_digits(d, 1, 31).ok_or_else(bad)).transpose()?;
        if parts.next().is_some() || (month.is_some() && from != to) {
            return Err(bad());
        }
        let first = (from, month.unwrap_or(1), day.unwrap_or(1));
        let last_month = month.unwrap_or(12);
        let last = (to, last_month, day.unwrap_or(days_in(to, last_month)));
        if day.is_some_and(|d| d > days_in(from, last_month)) {
            return Err(bad());
        }
        // About a year is taken as a year more on either side, about a month or day as a month or so.
        let (first, last) = match (vague, month) {
            (false, _) => (first, last),
            (true, None) => ((from - 1, 1, 1), (to + 1, 12, 31)),
            (true, Some(m)) => (
                if m == 1 { (from - 1, 12, 1) } else { (from, m - 1, 1) },
                if m == 12 { (to + 1, 1, 31) } else { (to, m + 1, days_in(to, m + 1)) },
            ),
        };
        Ok(Date { text: text.to_owned(), first, last })
    }
}

/// A year of four digits, of which the last may be unspecified: the first and last year meant.
fn year(text: &str) -> Option<(i32, i32)> {
    if text.len() != 4 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let known = text.trim_end_matches('X');
    if !known.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fill = |digit: &str| format!("{known}{}", digit.repeat(4 - known.len())).parse().ok();
    Some((fill("0")?, fill("9")?))
}

fn two_digits(text: &str, low: u8, high: u8) -> Option<u8> {
    let all_digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| all_digits && (low..=high).contains(n))
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A time in which a name or relation holds: a date, or an interval such as `2006-02/2011-05-07`, `2011/..`, `../1993~`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    text: String,
    start: Option<Day>,
    end: Option<Day>,
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::invalid("period", text, "an EDTF date or interval, such as 2011, 2006-02/2011-05-07, 2011/.. or ../1993~");
        let bound = |side: &str| match side {
            "" | ".." => Ok(None),
            date => date.parse::<Date>().map(Some).map_err(|_| bad()),
        };
        let (start, end) = match text.split_once('/') {
            None => {
                let date: Date = text.parse().map_err(|_| bad())?;
                (Some(date.clone()), Some(date))
            }
            Some((from, to)) => (bound(from)?, bound(to)?),
        };
        if start.is_none() && end.is_none() {
            return Err(bad());
        }
        Ok(Period { text: text.to_owned(), start: start.map(|d| d.first), end: end.map(|d| d.last) })
    }
}

impl Period {
    /// Whether some day of the date lies in the period.
    ///
    /// ```
    /// use atau::registry::{Date, Period};
    /// let period: Period = "2006-02/2011-05-07".parse()?;
    /// assert!(period.overlaps(&"2011".parse()?));
    /// assert!(!period.overlaps(&"2012".parse()?));
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn overlaps(&self, date: &Date) -> bool {
        self.start.is_none_or(|start| start <= date.last) && self.end.is_none_or(|end| date.first <= end)
    }

    /// The period as a date that is no closer known.
    pub(crate) fn into_date(self) -> Date {
        const EVER: (Day, Day) = ((i32::MIN, 1, 1), (i32::MAX, 12, 31));
        Date { text: self.text, first: self.start.unwrap_or(EVER.0), last: self.end.unwrap_or(EVER.1) }
    }

    /// The period in words: `until 2019`, `from 2011-05-07`, `2006-02 to 2011-05-07`.
    pub fn in_words(&self) -> String {
        match self.ends() {
            (Some(start), Some(end)) if start == end => start.to_owned(),
            (Some(start), Some(end)) => format!("{start} to {end}"),
            (Some(start), None) => format!("from {start}"),
            (None, end) => format!("until {}", end.unwrap_or_default()),
        }
    }

    /// Its ends as they are written: none where it is open, and a date is both ends of itself.
    pub(crate) fn ends(&self) -> (Option<&str>, Option<&str>) {
        let known = |end: &&str| !matches!(*end, "" | "..");
        let (start, end) = self.text.split_once('/').unwrap_or((&self.text, &self.text));
        (Some(start).filter(known), Some(end).filter(known))
    }

    /// Whether two periods have a day in common.
    pub(crate) fn meets(&self, other: &Period) -> bool {
        let before = |a: &Period, b: &Period| a.end.zip(b.start).is_some_and(|(end, start)| end <= start);
        !before(self, other) && !before(other, self)
    }

    /// Whether the period ends before it begins.
    pub(crate) fn is_backwards(&self) -> bool {
        self.start.zip(self.end).is_some_and(|(start, end)| end < start)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_are_and_are_not() {
        for good in ["1993", "2011-05", "2011-05-07", "1993~", "2011-05?", "199X", "19XX", "2020-02-29", "0988"] {
            assert!(good.parse::<Date>().is_ok(), "{good}");
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "93",
            "2011-5",
            "2011-13",
            "2011-02-30",
            "2011-05-07-01",
            "c. 1993",
            "199X-05",
            "XXXX",
            "2011~~",
            "07.05.2011",
            "٢٠١١",
            "20111",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn periods_and_dates() {
        let cases = [
            ("2006-02/2011-05-07", "2011-05-07", true),
            ("2006-02/2011-05-07", "2011-05-08", false),
            ("2006-02/2011-05-07", "2006", true),
            ("2011-05-07/..", "2011-05", true),
            ("../1993~", "1994", true),
            ("../1993~", "1995", false),
            ("/2019", "1974", true),
            ("1991", "1991-12-16", true),
            ("199X", "1990-01-01", true),
        ];
        for (period, date, expected) in cases {
            assert_eq!(period.parse::<Period>().unwrap().overlaps(&date.parse().unwrap()), expected, "{period} {date}");
        }
        for bad in ["/", "../..", "2011/2012/2013", "2011 - 2012", "seit 2011"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
        assert!("2012/2011".parse::<Period>().unwrap().is_backwards());
    }
}
