//! The types of settings: how each is read from a file or a variable, and how it is shown.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use toml::Value;

use super::declared::Readable;
use docent_embedding::Precision;
use docent_retrieve::Fusion;
use docent_store::Durability;
use docent_vectors::Quantization;

/// A setting that must not be seen. Prints as `***`; empty counts as absent.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(super) const fn new(text: String) -> Self {
        Self(text)
    }

    /// The secret itself, for the one who needs it.
    pub fn reveal(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "(none)" } else { "***" })
    }
}

impl Readable for Secret {
    fn read(value: &Value) -> Result<Self, String> {
        text(value).map(|text| Self(text.to_owned()))
    }

    /// Of an address that is kept as a secret its password is the secret, and not the whole.
    fn secrets(&self) -> Vec<String> {
        if self.0.contains("://") { credentials(&self.0) } else { vec![self.0.clone()] }
    }

    fn shown(value: &Value) -> String {
        hidden(value, |_| "***".to_owned())
    }
}

/// An address that may hold a name and a password, which are not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// All of it, for the one who connects to it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&docent_domain::mask::set_address(&self.0))
    }
}

impl Readable for Option<Address> {
    fn read(value: &Value) -> Result<Self, String> {
        Ok(given(value)?.map(Address))
    }

    fn secrets(&self) -> Vec<String> {
        self.as_ref().map(|address| credentials(&address.0)).unwrap_or_default()
    }

    fn shown(value: &Value) -> String {
        hidden(value, docent_domain::mask::set_address)
    }
}

/// The password in an address. Web servers take a key in the place of the name; with databases it is a name, which may be
/// a word of every line of the log.
fn credentials(address: &str) -> Vec<String> {
    let Some((scheme, rest)) = address.split_once("://") else { return Vec::new() };
    let Some((user, _)) = rest.rsplit_once('@') else { return Vec::new() };
    match user.split_once(':') {
        Some((_, password)) => vec![password.to_owned()],
        None if scheme.to_ascii_lowercase().starts_with("http") => vec![user.to_owned()],
        None => Vec::new(),
    }
}

fn hidden(value: &Value, mask: impl Fn(&str) -> String) -> String {
    match value.as_str() {
        Some("") => value.to_string(),
        Some(text) => Value::String(mask(text)).to_string(),
        // A value of a wrong type: it may be a secret all the same.
        None => "\"***\"".to_owned(),
    }
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| "a string".to_owned())
}

/// An empty string means "not set".
fn given(value: &Value) -> Result<Option<String>, String> {
    let text = text(value)?.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

impl Readable for String {
    fn read(value: &Value) -> Result<Self, String> {
        text(value).map(str::to_owned)
    }
}

impl Readable for Option<String> {
    fn read(value: &Value) -> Result<Self, String> {
        given(value)
    }
}

/// Separated by commas.
impl Readable for Vec<String> {
    fn read(value: &Value) -> Result<Self, String> {
        let items = text(value)?.split(',').map(str::trim).filter(|item| !item.is_empty());
        Ok(items.map(str::to_owned).collect())
    }
}

impl Readable for PathBuf {
    fn read(value: &Value) -> Result<Self, String> {
        text(value).map(Self::from)
    }
}

impl Readable for SocketAddr {
    fn read(value: &Value) -> Result<Self, String> {
        text(value)?.parse().map_err(|_| "an address with a port, such as 127.0.0.1:8000".to_owned())
    }
}

impl Readable for Option<SocketAddr> {
    fn read(value: &Value) -> Result<Self, String> {
        let Some(_) = given(value)? else { return Ok(None) };
        SocketAddr::read(value).map(Some)
    }
}

macro_rules! whole_numbers {
    ($($type:ty),*) => {$(
        impl Readable for $type {
            fn read(value: &Value) -> Result<Self, String> {
                let number = value.as_integer().and_then(|number| number.try_into().ok());
                number.ok_or_else(|| format!("a whole number from {} to {}", Self::MIN, Self::MAX))
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32, u64, usize, i32, i64);

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Readable for $type {
            #[expect(clippy::allow_attributes, reason = "settings have few digits")]
            #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::unnecessary_cast)]
            fn read(value: &Value) -> Result<Self, String> {
                let number = value.as_float().or_else(|| value.as_integer().map(|number| number as f64));
                number.map(|number| number as Self).ok_or_else(|| "a number".to_owned())
            }
        }
    )*};
}

numbers!(f32, f64);

impl Readable for bool {
    fn read(value: &Value) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| "true or false".to_owned())
    }
}

/// One of a few words, each with the value that it stands for.
fn word<T: Copy>(value: &Value, words: &[(&str, T)]) -> Result<T, String> {
    let given = text(value)?;
    words.iter().find(|(word, _)| *word == given).map(|(_, meant)| *meant).ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        format!("one of {}", known.join(", "))
    })
}

macro_rules! words {
    ($type:ty { $($word:literal => $meant:expr,)+ }) => {
        impl Readable for $type {
            fn read(value: &Value) -> Result<Self, String> {
                word(value, &[$(($word, $meant)),+])
            }
        }
    };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    Off,
    On,
}

words!(Switch { "off" => Self::Off, "on" => Self::On, });

/// What becomes of sockets without a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anonymous {
    Allow,
    Refuse,
}

words!(Anonymous { "allow" => Self::Allow, "refuse" => Self::Refuse, });

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

words!(LogFormat { "text" => Self::Text, "json" => Self::Json, });
/// Whether text in pictures is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OcrMode {
    Auto,
    Off,
}

/// What looks at passages again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RerankKind {
    Off,
    Local,
    Http,
}

words!(RerankKind { "off" => Self::Off, "local" => Self::Local, "http" => Self::Http, });
words!(OcrMode { "auto" => Self::Auto, "off" => Self::Off, });
words!(Durability { "normal" => Self::Normal, "full" => Self::Full, });
words!(Precision { "int8" => Self::Int8, "fp32" => Self::Fp32, });
words!(Fusion { "confidence" => Self::CONFIDENT, "scores" => Self::SCORES, "ranks" => Self::RANKS, });
words!(Option<Quantization> {
    "" => None,
    "none" => Some(Quantization::None),
    "scalar" => Some(Quantization::Scalar),
    "binary" => Some(Quantization::Binary),
});
