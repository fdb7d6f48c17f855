//! Text layers of scans that another program's recognition made: whether they are worth believing.
//!
//! Bad recognition leaves signs inside words, in any language. What a layer gets wrong beside them cannot be told without
//! looking at the picture, and that costs seconds a page; so a layer without such signs is believed.

/// With fewer words nothing can be said.
const ENOUGH: usize = 30;
/// Good texts, also technical ones, have fewer than six of a thousand; bad layers have more than forty.
const MOST: f32 = 0.025;
const FEWEST: usize = 4;

/// Whether so many words cannot be words that the page had better be read anew.
pub(super) fn is_doubtful(text: &str) -> bool {
    let words = || text.split_whitespace().filter(|it| it.chars().any(char::is_alphabetic));
    let all = words().count();
    let odd = words().filter(|it| is_odd(it)).count();
    all >= ENOUGH && odd >= FEWEST && odd as f32 > all as f32 * MOST
}

/// A word with a sign, or a figure between small letters, inside; without any vowel; or with a letter three times.
fn is_odd(word: &str) -> bool {
    let word = word.trim_matches(|c: char| ".,;:!?()[]{}\"'«»“”„‘’…*-–—".contains(c));
    let chars: Vec<char> = word.chars().collect();
    let is_address = word.contains(['@', '/']) || word.starts_with("www.");
    if chars.len() < 3 || is_address || !chars.iter().any(|it| it.is_alphabetic()) {
        return false;
    }
    let inside = chars.windows(3).any(|it| {
        let between_small = it[0].is_lowercase() && it[2].is_lowercase();
        match it[1] {
            '&' => it[0].is_lowercase() || it[2].is_lowercase(),
            c if c.is_ascii_digit() => between_small,
            c => "*«»^;!?$£#=<>|\\{}[]~\"©®™§¶•■".contains(c),
        }
    });
    let small = chars.iter().all(char::is_ascii_lowercase);
    let no_vowel = small && chars.len() >= 5 && !word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let is_roman = word.chars().all(|it| "ivxlcIVXLC".contains(it));
    let thrice = chars.windows(3).any(|it| it[0].is_ascii_alphabetic() && it[0] == it[1] && it[1] == it[2]);
    inside || no_vowel || (thrice && !is_roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_cannot_be_words_are_told() {
        for odd in ["s*r;tiiR»", "FRG&t", "Calif&rr-.la.", "w1th", "tsrtj", "saifiiiii", "n»Bfl."] {
            assert!(is_odd(odd), "{odd}");
        }
        for fine in
            ["AT&T", "R&D", "e.g.", "3rd", "iPhone", "xviii", "don't", "H2O", "(see", "mail@x.org", "„Wort“"]
        {
            assert!(!is_odd(fine), "{fine}");
        }
    }

    #[test]
    fn a_layer_with_many_of_them_is_doubtful() {
        let good =
            "The boiler is swept twice a year, in March and in September; ash is carried out. ".repeat(5);
        assert!(!is_doubtful(&good));
        let bad =
            "tbe n»Bfl. was 3s«»teership in Calif&rr-.la and s*r;tiiR» for the rest of it all ".repeat(4);
        assert!(is_doubtful(&bad));
        assert!(!is_doubtful("n»Bfl. s*r;tiiR» FRG&t w1th tsrtj"), "too little to tell");
    }
}
