//! Which language a text is in: by its letters first, then by the small words it uses, then by statistics.

use std::collections::HashSet;

use super::Language;
use super::fold::lower;
use super::stop::{Listed, lists_of};
use super::token::{Piece, tokens};

/// So much of a text is looked at.
const SAMPLE: usize = 6_000;
/// Letters below which nothing is concluded from Latin script.
const FEWEST_LETTERS: usize = 24;
/// From this confidence on, 0 to 1, a detector is sure.
const SURE: f64 = 0.3;
/// Letters from which statistics over three-letter groups are worth having.
const ENOUGH_LETTERS: usize = 160;

/// The language of a passage, a page or a document; `None` where it has no text to tell it by, or is in a language
/// that is not told apart.
pub fn detect(text: &str) -> Option<Language> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let letters = Letters::of(sample);
    let total = letters.total();
    if total == 0 {
        return None;
    }
    if let Some(language) = by_script(sample, &letters) {
        return Some(language);
    }
    if letters.latin < FEWEST_LETTERS { guess(sample) } else { latin(sample, letters.latin) }
}

/// The language of what is not in Latin script.
fn by_script(sample: &str, letters: &Letters) -> Option<Language> {
    // A third of another script decides: names and numbers of every text are in Latin letters.
    let third = letters.total().div_ceil(3).max(1);
    if letters.kana + letters.han >= third {
        return Some(if letters.kana * 20 >= letters.han { Language::Japanese } else { Language::Chinese });
    }
    for (count, language) in [
        (letters.hangul, Language::Korean),
        (letters.thai, Language::Thai),
        (letters.hebrew, Language::Hebrew),
        (letters.greek, Language::Greek),
        (letters.devanagari, Language::Hindi),
        (letters.tamil, Language::Tamil),
    ] {
        if count >= third {
            return Some(language);
        }
    }
    if letters.arabic >= third {
        return Some(if letters.persian * 50 >= letters.arabic {
            Language::Persian
        } else {
            Language::Arabic
        });
    }
    if letters.cyrillic >= third {
        return Some(cyrillic(sample));
    }
    None
}

/// The language of a short text such as a question: by its script, by its small words if at least two of them speak for one
/// language more than for any other, or where statistics and all small words there are agree. `None` in doubt.
pub fn guess(text: &str) -> Option<Language> {
    let votes = Votes::of(text);
    if let Some((first, second)) = votes.best()
        && first.1 >= 2
        && first.1 > second
    {
        return Some(first.0);
    }
    let letters = Letters::of(text);
    by_script(text, &letters).or_else(|| by_statistics(text, &letters, &votes))
}

/// By the groups of letters of a whole sentence, where no small word speaks more for another language. Where none or as
/// many speak for another one, two detectors have to agree.
fn by_statistics(text: &str, letters: &Letters, votes: &Votes) -> Option<Language> {
    if letters.latin < FEWEST_LETTERS {
        return None;
    }
    let found = Language::of_whichlang(whichlang::detect_language(text))?;
    let best = votes.best();
    let most = best.map_or(0, |(first, _)| first.1);
    if votes.for_language(found) < most {
        return None;
    }
    let alone = best.is_some_and(|(first, second)| first.0 == found && second < most);
    (alone || by_whatlang(text).is_some_and(|(language, _)| language == found)).then_some(found)
}

/// With how sure it is, 0 to 1.
fn by_whatlang(text: &str) -> Option<(Language, f64)> {
    let allowed = Language::ALL.iter().filter_map(|language| language.whatlang()).collect();
    let found = whatlang::Detector::with_allowlist(allowed).detect(text)?;
    Some((Language::of_whatlang(found.lang())?, found.confidence()))
}

fn latin(sample: &str, letters: usize) -> Option<Language> {
    let votes = Votes::of(sample);
    if let Some((first, second)) = votes.best()
        && first.1 >= 3
        && first.1 * 3 >= second * 4
        && first.1 * 12 >= votes.words
    {
        return Some(first.0);
    }
    by_both(sample, &votes, letters)
}

/// By the groups of letters of a text that small words do not decide, such as a list or rows: what one detector is sure of, or what
/// two small words and more speak for, if as many speak for it as for any other language; where there is no small word, what two
/// detectors agree on in a longer text.
fn by_both(sample: &str, votes: &Votes, letters: usize) -> Option<Language> {
    let sure = by_whatlang(sample).filter(|(_, sure)| *sure >= SURE).map(|(language, _)| language);
    let other = Language::of_whichlang(whichlang::detect_language(sample));
    let Some(most) = votes.best().map(|(first, _)| first.1) else {
        return sure.filter(|_| sure == other && letters >= ENOUGH_LETTERS);
    };
    let other = other.filter(|_| most >= 2 || sure == other);
    [sure, other].into_iter().flatten().find(|language| votes.for_language(*language) == most)
}

fn cyrillic(sample: &str) -> Language {
    let has = |letters: &[char]| sample.to_lowercase().chars().filter(|c| letters.contains(c)).count();
    let (russian, ukrainian, serbian) =
        (has(&['ы', 'э', 'ё']), has(&['і', 'ї', 'є', 'ґ']), has(&['ђ', 'ј', 'љ', 'њ', 'ћ', 'џ']));
    if serbian > russian && serbian > ukrainian {
        Language::Serbian
    } else if ukrainian > russian {
        Language::Ukrainian
    } else if russian == 0 && has(&['ъ']) >= 2 {
        Language::Bulgarian
    } else {
        Language::Russian
    }
}

#[derive(Default)]
struct Letters {
    latin: usize,
    cyrillic: usize,
    greek: usize,
    hebrew: usize,
    arabic: usize,
    persian: usize,
    devanagari: usize,
    tamil: usize,
    thai: usize,
    hangul: usize,
    han: usize,
    kana: usize,
    other: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            let count = match c {
                'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => {
                    letters.persian += 1;
                    &mut letters.arabic
                }
                '\u{41}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}' => {
                    &mut letters.latin
                }
                '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => &mut letters.greek,
                '\u{400}'..='\u{52f}' => &mut letters.cyrillic,
                '\u{590}'..='\u{5ff}' => &mut letters.hebrew,
                '\u{600}'..='\u{6ff}'
                | '\u{750}'..='\u{77f}'
                | '\u{fb50}'..='\u{fdff}'
                | '\u{fe70}'..='\u{fefc}' => &mut letters.arabic,
                '\u{900}'..='\u{97f}' => &mut letters.devanagari,
                '\u{b80}'..='\u{bff}' => &mut letters.tamil,
                '\u{e00}'..='\u{e7f}' => &mut letters.thai,
                '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => &mut letters.hangul,
                '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => {
                    &mut letters.kana
                }
                '\u{3400}'..='\u{4dbf}'
                | '\u{4e00}'..='\u{9fff}'
                | '\u{f900}'..='\u{faff}'
                | '\u{20000}'..='\u{3ffff}' => &mut letters.han,
                _ => &mut letters.other,
            };
            *count += 1;
        }
        letters
    }

    /// A character of Han says as much as some letters.
    fn total(&self) -> usize {
        let others = self.latin + self.cyrillic + self.greek + self.hebrew + self.arabic + self.devanagari;
        others + self.tamil + self.thai + self.hangul + self.han + self.kana + self.other
    }
}

/// How many different words of a text are on each language's list. A single letter of rows is no small word, nor does a word say
/// more for standing in every row.
struct Votes {
    words: usize,
    counts: Vec<(Language, usize)>,
}

impl Votes {
    fn of(text: &str) -> Self {
        let (mut seen, mut counts) = (HashSet::new(), Vec::<(Language, usize)>::new());
        tokens(text, |token| {
            let Piece::Word(word) = token.piece else { return };
            if token.part {
                return;
            }
            let word = lower(word, None);
            if word.len() < 2 || seen.contains(&word) {
                return;
            }
            let listed: Listed = lists_of(&word);
            seen.insert(word);
            for language in listed.languages() {
                match counts.iter_mut().find(|(counted, _)| *counted == language) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((language, 1)),
                }
            }
        });
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        Self { words: seen.len(), counts }
    }

    /// The language with most votes, and the votes of the next.
    fn best(&self) -> Option<((Language, usize), usize)> {
        let first = *self.counts.first()?;
        Some((first, self.counts.get(1).map_or(0, |&(_, count)| count)))
    }

    fn for_language(&self, language: Language) -> usize {
        self.counts.iter().find(|(counted, _)| *counted == language).map_or(0, |&(_, count)| count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_apart() {
        for (language, text) in [
            (
                Language::English,
                "The contract ends on the last day of March and may be renewed by either party.",
            ),
            (
                Language::German,
                "Der Vertrag endet am letzten Tag im März und verlängert sich, wenn er nicht gekündigt wird.",
            ),
            (Language::German, "DER VERTRAG ENDET AM LETZTEN TAG IM MÄRZ, WENN ER GEKÜNDIGT WIRD."),
            (
                Language::French,
                "Le contrat prend fin le dernier jour de mars et peut être renouvelé par les parties.",
            ),
            (
                Language::Spanish,
                "El contrato termina el último día de marzo y puede ser renovado por las partes.",
            ),
            (
                Language::Italian,
                "Il contratto termina l'ultimo giorno di marzo e può essere rinnovato dalle parti.",
            ),
            (
                Language::Dutch,
                "Het contract eindigt op de laatste dag van maart en wordt door de partijen verlengd.",
            ),
            (Language::Polish, "Umowa kończy się ostatniego dnia marca i może być przedłużona przez strony."),
            (
                Language::Turkish,
                "Sözleşme mart ayının son günü sona erer ve taraflarca bir yıl için yenilenebilir.",
            ),
            (
                Language::Vietnamese,
                "Hợp đồng kết thúc vào ngày cuối cùng của tháng ba và có thể được gia hạn.",
            ),
            (
                Language::Russian,
                "Договор заканчивается в последний день марта и может быть продлён сторонами.",
            ),
            (Language::Ukrainian, "Договір закінчується в останній день березня і може бути продовжений."),
            (Language::Japanese, "請求書番号は契約書に記載されています。"),
            (Language::Chinese, "合同于三月的最后一天终止。"),
            (Language::Korean, "계약은 3월 마지막 날에 끝납니다."),
            (Language::Thai, "สัญญาสิ้นสุดในวันสุดท้ายของเดือนมีนาคม"),
            (Language::Arabic, "ينتهي العقد في آخر يوم من شهر مارس"),
            (Language::Hebrew, "החוזה מסתיים ביום האחרון של מרץ"),
            (Language::Greek, "Η σύμβαση λήγει την τελευταία ημέρα του Μαρτίου"),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
    }

    #[test]
    fn what_has_no_language_gets_none() {
        for text in [
            "",
            "12345 67",
            "SKU-4711 A-17 REV B 12,50",
            "Invoice",
            "REV B / A-17 / SKU-4711 / 40 mm / M8x30 / DIN 912",
        ] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn the_language_of_a_question_is_guessed() {
        for (language, question) in [
            (Language::German, "Wie lang ist die Kündigungsfrist?"),
            (Language::English, "What is the interval of the Hermes press?"),
            (Language::Turkish, "Kira sözleşmesinin süresi ne zaman doluyor?"),
            (Language::Polish, "Kiedy kończy się umowa najmu magazynu?"),
            (Language::Thai, "สำนักงานปิดกี่โมง"),
            (Language::Chinese, "办公室几点关门？"),
            (Language::Russian, "Когда закрывается контора?"),
            (Language::Japanese, "Hermes の点検間隔は何か月ですか"),
        ] {
            assert_eq!(guess(question), Some(language), "{question}");
        }
    }

    #[test]
    fn rows_of_names_and_single_letters_are_in_no_other_language() {
        let rows: String = ["Hudd Ailsa", "Mudd Stan", "Vane Perrin", "Quill Oda"]
            .map(|name| format!("Name: {name} | Mon 3: D | Tue 4: L | Wed 5: N | Thu 6: - | Fri 7: D\n"))
            .concat();
        assert!(matches!(detect(&rows), None | Some(Language::English)), "{:?}", detect(&rows));
        let slides = "Where we stand\n- Intake of 2031: 4,120, down 3 per cent on the year before\n- Rent arrears halved\n\
            - Pension gap: 6.2 million\n- Boiler house: tenders in\n- Next visit of the inspectors: May";
        assert_eq!(detect(slides), Some(Language::English));
        let budget = "Heading: Insurance | Budget (£): 9,340 | Change (£): 540\nHeading: Cemetery | Budget (£): 12,900 | \
            Change (£): 0\nHeading: Allotments | Budget (£): 2,400 | Change (£): -60\nHeading: Lighting | Budget (£): \
            31,000 | Change (£): 1,200";
        assert!(matches!(detect(budget), None | Some(Language::English)), "{:?}", detect(budget));
    }

    #[test]
    fn in_doubt_the_language_of_a_question_stays_open() {
        for question in
            ["Kündigungsfrist Hamburg", "invoice 4711", "Hermes press interval", "", "REV B / A-17 / DIN 912"]
        {
            assert_eq!(guess(question), None, "{question}");
        }
    }
}
