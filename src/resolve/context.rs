//! What is known about a string besides itself.

use crate::error::Error;
use crate::registry::{Date, EntityType, Period, country_code};

/// What is known about a string besides itself. Context breaks ties; it never turns a different name into a match.
///
/// ```
/// use atau::resolve::Context;
/// let context = Context::new().country("RU")?.as_of("2008")?;
/// # Ok::<(), atau::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    pub(crate) kind: Option<EntityType>,
    pub(crate) country: Option<String>,
    pub(crate) date: Option<Date>,
}

impl Context {
    /// Nothing known.
    pub fn new() -> Context {
        Context::default()
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.kind.is_none() && self.country.is_none() && self.date.is_none()
    }

    /// The entity is of this type: `organisation`, `person`, `place`…
    ///
    /// # Errors
    /// When there is no such type.
    pub fn kind(mut self, kind: &str) -> Result<Context, Error> {
        self.kind = Some(kind.parse()?);
        Ok(self)
    }

    /// The entity belongs to this country, by its ISO 3166-1 alpha-2 code.
    ///
    /// # Errors
    /// When there is no such code.
    pub fn country(mut self, country: &str) -> Result<Context, Error> {
        let code = country_code(&country.to_ascii_uppercase()).or_else(|_| country_code(country))?;
        self.country = Some(code);
        Ok(self)
    }

    /// The string was used at this date (EDTF: 2011, 2011-05, 2011-05-07, 1993~), or at some time in this period (1994/2006).
    ///
    /// # Errors
    /// When it is no date and no period, or a period that ends before it begins.
    pub fn as_of(mut self, date: &str) -> Result<Context, Error> {
        self.date = Some(if date.contains('/') {
            let period: Period = date.parse()?;
            if period.is_backwards() {
                return Err(Error::invalid("period", date, "one that begins before it ends"));
            }
            period.into_date()
        } else {
            date.parse()?
        });
        Ok(self)
    }
}

/// Which id answers for a body that was renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The id whose name it is (RDA: each name a body of its own).
    #[default]
    Names,
    /// The latest id of the body (ISAAR: one body with dated names).
    Bodies,
}
