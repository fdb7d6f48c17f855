//! The languages that are told apart, and what is known of each.

use snowball_stemmers_rs::Algorithm;

macro_rules! languages {
    ($($variant:ident $code:literal $stemmer:expr, $whatlang:expr;)*) => {
        /// A language that changes how words are read. Text in any other is matched by its words as they stand.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Language {
            $($variant,)*
        }

        impl Language {
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// ISO 639-1.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            pub(crate) const fn algorithm(self) -> Option<Algorithm> {
                match self {
                    $(Self::$variant => $stemmer,)*
                }
            }

            pub(crate) const fn whatlang(self) -> Option<whatlang::Lang> {
                match self {
                    $(Self::$variant => $whatlang,)*
                }
            }
        }
    };
}

languages! {
    Arabic "ar" Some(Algorithm::Arabic), Some(whatlang::Lang::Ara);
    Bulgarian "bg" None, Some(whatlang::Lang::Bul);
    Catalan "ca" Some(Algorithm::Catalan), Some(whatlang::Lang::Cat);
    Chinese "zh" None, Some(whatlang::Lang::Cmn);
    Czech "cs" Some(Algorithm::Czech), Some(whatlang::Lang::Ces);
    Danish "da" Some(Algorithm::Danish), Some(whatlang::Lang::Dan);
    Dutch "nl" Some(Algorithm::Dutch), Some(whatlang::Lang::Nld);
    English "en" Some(Algorithm::English), Some(whatlang::Lang::Eng);
    Estonian "et" Some(Algorithm::Estonian), Some(whatlang::Lang::Est);
    Finnish "fi" Some(Algorithm::Finnish), Some(whatlang::Lang::Fin);
    French "fr" Some(Algorithm::French), Some(whatlang::Lang::Fra);
    German "de" Some(Algorithm::German), Some(whatlang::Lang::Deu);
    Greek "el" Some(Algorithm::Greek), Some(whatlang::Lang::Ell);
    Hebrew "he" None, Some(whatlang::Lang::Heb);
    Hindi "hi" Some(Algorithm::Hindi), Some(whatlang::Lang::Hin);
    Hungarian "hu" Some(Algorithm::Hungarian), Some(whatlang::Lang::Hun);
    Indonesian "id" Some(Algorithm::Indonesian), Some(whatlang::Lang::Ind);
    Italian "it" Some(Algorithm::Italian), Some(whatlang::Lang::Ita);
    Japanese "ja" None, Some(whatlang::Lang::Jpn);
    Korean "ko" None, Some(whatlang::Lang::Kor);
    Lithuanian "lt" Some(Algorithm::Lithuanian), Some(whatlang::Lang::Lit);
    Norwegian "no" Some(Algorithm::Norwegian), Some(whatlang::Lang::Nob);
    Persian "fa" Some(Algorithm::Persian), Some(whatlang::Lang::Pes);
    Polish "pl" Some(Algorithm::Polish), Some(whatlang::Lang::Pol);
    Portuguese "pt" Some(Algorithm::Portuguese), Some(whatlang::Lang::Por);
    Romanian "ro" Some(Algorithm::Romanian), Some(whatlang::Lang::Ron);
    Russian "ru" Some(Algorithm::Russian), Some(whatlang::Lang::Rus);
    Serbian "sr" Some(Algorithm::Serbian), Some(whatlang::Lang::Srp);
    Spanish "es" Some(Algorithm::Spanish), Some(whatlang::Lang::Spa);
    Swedish "sv" Some(Algorithm::Swedish), Some(whatlang::Lang::Swe);
    Tamil "ta" Some(Algorithm::Tamil), Some(whatlang::Lang::Tam);
    Thai "th" None, Some(whatlang::Lang::Tha);
    Turkish "tr" Some(Algorithm::Turkish), Some(whatlang::Lang::Tur);
    Ukrainian "uk" Some(Algorithm::Ukrainian), Some(whatlang::Lang::Ukr);
    Vietnamese "vi" None, Some(whatlang::Lang::Vie);
}

impl Language {
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code() == code)
    }

    pub(crate) fn of_whatlang(lang: whatlang::Lang) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.whatlang() == Some(lang))
    }

    pub(crate) const fn of_whichlang(lang: whichlang::Lang) -> Option<Self> {
        Some(match lang {
            whichlang::Lang::Deu => Self::German,
            whichlang::Lang::Eng => Self::English,
            whichlang::Lang::Fra => Self::French,
            whichlang::Lang::Ita => Self::Italian,
            whichlang::Lang::Nld => Self::Dutch,
            whichlang::Lang::Por => Self::Portuguese,
            whichlang::Lang::Spa => Self::Spanish,
            whichlang::Lang::Swe => Self::Swedish,
            whichlang::Lang::Tur => Self::Turkish,
            whichlang::Lang::Vie => Self::Vietnamese,
            _ => return None,
        })
    }

    /// Whether its writers join words into one.
    pub(crate) const fn compounds(self) -> bool {
        matches!(self, Self::Danish | Self::Dutch | Self::German | Self::Norwegian | Self::Swedish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for language in Language::ALL {
            assert_eq!(Language::by_code(language.code()), Some(*language));
        }
        assert_eq!(Language::by_code("xx"), None);
    }
}
