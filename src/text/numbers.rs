//! Numbers of a table as a struct: each field has its range, and what is wrong is told with its place.

/// What a number of a table may become.
pub(crate) trait Number {
    /// Whether it has no fraction.
    const WHOLE: bool;

    /// From a number in its range.
    fn of(value: f64) -> Self;
}

impl Number for f32 {
    const WHOLE: bool = false;

    fn of(value: f64) -> f32 {
        value as f32
    }
}

impl Number for f64 {
    const WHOLE: bool = false;

    fn of(value: f64) -> f64 {
        value
    }
}

impl Number for usize {
    const WHOLE: bool = true;

    fn of(value: f64) -> usize {
        value as usize
    }
}

impl Number for u32 {
    const WHOLE: bool = true;

    fn of(value: f64) -> u32 {
        value as u32
    }
}

/// A struct of numbers, each a [`Number`], with `read`, which takes a table of them out of a larger one, by the names of the fields. Each number must
/// be there and lie in its range. `u32 as steps` is what `steps` makes of the number.
macro_rules! numbers {
    ($(#[$about:meta])* $seen:vis struct $name:ident {
        $($(#[$doc:meta])* $field:ident: $kind:ty $(as $unit:path)? = $least:literal..=$most:literal,)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Default)]
        $seen struct $name {
            $($(#[$doc])* pub $field: $kind,)*
        }

        impl $name {
            $seen fn read(from: &mut $crate::text::Fields, table: &'static str, found: &mut Vec<$crate::text::Diagnostic>) -> $name {
                let Some(mut fields) = from.section(table, found) else { return $name::default() };
                let read = $name { $($field: {
                    let value = fields.number(stringify!($field), $least..=$most, found);
                    $(let value = $unit(value);)?
                    value
                },)* };
                fields.finish(found);
                read
            }
        }
    };
}

pub(crate) use numbers;

#[cfg(test)]
mod tests {
    use crate::text::{Fields, Source, read_toml};

    fn halves(number: f32) -> u32 {
        (number * 2.0) as u32
    }

    numbers! {
        struct Shares {
            one: f32 = 0.0..=1.0,
            two: f64 = -1.0..=1.0,
            three: f32 = 0.0..=10.0,
            four: f32 = 0.0..=1.0,
            five: f32 = 0.0..=1.0,
            six: usize = 0.0..=9.0,
            seven: usize = 0.0..=9.0,
            eight: u32 as halves = 0.0..=9.0,
        }
    }

    #[test]
    fn numbers_are_read_and_faults_are_told_with_their_places() {
        let source = Source::new(
            "x.toml",
            "[all]\none = 0.25\ntwo = -1\nthree = 10.5\nfour = \"1\"\nfvie = 0.5\nsix = 6\nseven = 6.5\neight = 1.5\n",
        );
        let mut found = Vec::new();
        let node = read_toml(&source, &mut found);
        let mut fields = Fields::new(&source, node, &mut found);
        let shares = Shares::read(&mut fields, "all", &mut found);
        assert_eq!((shares.one, shares.two, shares.three, shares.four, shares.five), (0.25, -1.0, 0.0, 0.0, 0.0));
        assert_eq!((shares.six, shares.seven, shares.eight), (6, 0, 3));
        assert_eq!(Shares::read(&mut fields, "none", &mut found).one, 0.0);
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "x.toml:4:9: error: three: expected a number from 0 to 10, found 10.5",
                "x.toml:5:8: error: four: expected a number, found text",
                "x.toml:1:1: error: the field “five” is missing",
                "x.toml:8:9: error: seven: expected a whole number from 0 to 9, found 6.5",
                "x.toml:6:1: error: unknown field “fvie” (did you mean “five”?)",
                "x.toml:1:1: error: the table “none” is missing",
            ]
        );
    }
}
