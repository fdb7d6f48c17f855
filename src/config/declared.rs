//! One declaration a setting: its section, key, type, default, variable, meaning, and what it must hold. From it come the
//! typed field, what `docent config` prints, the documentation, and the check at the start.

use toml::{Table, Value};

use super::ConfigError;
use super::check::Problem;

/// A setting, without its value.
#[derive(Debug, Clone)]
pub struct Setting {
    pub section: &'static str,
    pub key: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    pub meaning: String,
    pub default: Value,
    /// A value as it may be printed.
    pub shown: fn(&Value) -> String,
}

/// The type of a setting.
pub(super) trait Readable: Sized {
    /// The value, or what was expected instead.
    fn read(value: &Value) -> Result<Self, String>;

    /// What of it must appear nowhere: in no log, no error, no list of settings.
    fn secrets(&self) -> Vec<String> {
        Vec::new()
    }

    /// The value as it may be printed: secrets hide themselves.
    fn shown(value: &Value) -> String {
        value.to_string()
    }
}

/// The value of a setting in the merged tables, which hold every setting.
pub(super) fn value<T: Readable>(merged: &Table, setting: (&str, &str, &str)) -> Result<T, ConfigError> {
    let (section, key, variable) = setting;
    let value = merged.get(section).and_then(|table| table.get(key)).unwrap_or(&Value::Boolean(false));
    T::read(value).map_err(|expected| ConfigError::Type {
        origin: format!("{variable} (`{section}.{key}`)"),
        value: T::shown(value),
        expected,
    })
}

/// What a check says of a value, after the name of its variable.
pub(super) fn checked<T>(
    found: &mut Vec<Problem>,
    variable: &str,
    value: &T,
    check: impl Fn(&T) -> Result<(), String>,
) {
    if let Err(text) = check(value) {
        found.push(Problem::new(format!("{variable} {text}")));
    }
}

/// `/// Meaning.` `key: Type = default, VARIABLE, check;`, in a section. The check is left out where any value will do.
macro_rules! declared {
    (
        $(#[doc = $about:literal])+
        $name:ident $section:literal {
            $(
                $(#[doc = $meaning:literal])+
                $key:ident: $type:ty = $default:literal, $variable:ident $(, $check:expr)?;
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[doc = $meaning])+ pub $key: $type,)*
        }

        impl $name {
            pub(super) fn settings() -> Vec<$crate::config::Setting> {
                vec![$($crate::config::Setting {
                    section: $section,
                    key: stringify!($key),
                    variable: stringify!($variable),
                    meaning: concat!($($meaning),+).trim().to_owned(),
                    default: toml::Value::from($default),
                    shown: <$type as $crate::config::declared::Readable>::shown,
                },)*]
            }

            pub(super) fn read(merged: &toml::Table) -> Result<Self, $crate::config::ConfigError> {
                Ok(Self {
                    $($key: $crate::config::declared::value(
                        merged,
                        ($section, stringify!($key), stringify!($variable)),
                    )?,)*
                })
            }

            pub(super) fn secrets(&self) -> Vec<String> {
                [$($crate::config::declared::Readable::secrets(&self.$key)),*].concat()
            }

            /// What is wrong with single values.
            #[expect(clippy::allow_attributes, reason = "a section may have nothing to check")]
            #[allow(unused_variables, clippy::unused_self, clippy::ptr_arg)]
            pub(super) fn check(&self, found: &mut Vec<$crate::config::Problem>) {
                $($($crate::config::declared::checked(found, stringify!($variable), &self.$key, $check);)?)*
            }
        }
    };
}

pub(super) use declared;
