//! LaTeX: commands that stand for one sign, and accents.

use super::latex_source::group;
use unicode_normalization::UnicodeNormalization;

/// The sign that a command prints outside of formulas. Those of formulas print it there, too.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    let own = SIGNS.iter().find(|(it, _)| *it == name).map(|(_, sign)| *sign);
    own.or_else(|| super::latex_math::sign(name))
}

/// The accent that a command sets: a sign (`\"`) or one letter (`\v`).
pub(super) fn accent(name: &str) -> Option<char> {
    Some(match name {
        "\"" => '\u{308}',
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "b" => '\u{331}',
        "c" => '\u{327}',
        "d" => '\u{323}',
        "G" => '\u{30F}',
        "h" => '\u{309}',
        "H" => '\u{30B}',
        "k" => '\u{328}',
        "r" => '\u{30A}',
        "t" => '\u{361}',
        "u" => '\u{306}',
        "U" => '\u{30D}',
        "v" => '\u{30C}',
        _ => return None,
    })
}

/// The letter under an accent with what else its group holds, and what follows: `{o}`, `o`, `{\i}`, `\i`.
pub(super) fn accented(mark: char, text: &str) -> Option<(String, &str)> {
    let (inside, rest) = match group(text) {
        Some((inside, rest)) => (inside.trim(), rest),
        None => bare(text)?,
    };
    let (letters, behind) = match inside.strip_prefix('\\') {
        Some(command) => {
            let end = command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len());
            let (name, behind) = command.split_at(end);
            let letter = match name {
                // The dot goes where an accent comes.
                "i" => "i",
                "j" => "j",
                name => sign(name)?,
            };
            (letter, behind.trim_start())
        }
        None => inside.split_at(inside.chars().next().map_or(0, char::len_utf8)),
    };
    let letters: String = letters.chars().chain([mark]).nfc().collect();
    // Nothing but an accent: it stands alone.
    let alone = letters.chars().eq([mark]);
    Some((if alone { standing(mark) } else { format!("{letters}{behind}") }, rest))
}

/// The one letter or command that comes first.
fn bare(text: &str) -> Option<(&str, &str)> {
    let letters = |text: &str| text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let end = match text.strip_prefix('\\') {
        Some(command) => 1 + letters(command),
        None => text.chars().next().filter(|it| it.is_alphabetic())?.len_utf8(),
    };
    let (inside, rest) = text.split_at(end);
    // A command takes the blank behind it.
    Some((inside, if inside.starts_with('\\') { rest.trim_start_matches([' ', '\t']) } else { rest }))
}

fn standing(mark: char) -> String {
    match mark {
        '\u{302}' => "^",
        '\u{303}' => "~",
        '\u{308}' => "¨",
        '\u{301}' => "´",
        '\u{300}' => "`",
        _ => "",
    }
    .to_owned()
}

const SIGNS: &[(&str, &str)] = &[
    ("AA", "Å"),
    ("AE", "Æ"),
    ("Checkbox", "☐"),
    ("CheckedBox", "☑"),
    ("Checkmark", "✓"),
    ("CheckmarkBold", "✔"),
    ("DH", "Ð"),
    ("DJ", "Đ"),
    ("EUR", "€"),
    ("EURcr", "€"),
    ("EURdig", "€"),
    ("EURhv", "€"),
    ("EURtm", "€"),
    ("IJ", "IJ"),
    ("L", "Ł"),
    ("LaTeX", "LaTeX"),
    ("LaTeXe", "LaTeX2e"),
    ("NG", "Ŋ"),
    ("No", "N° "),
    ("O", "Ø"),
    ("OE", "Œ"),
    ("P", "¶"),
    ("S", "§"),
    ("SS", "ẞ"),
    ("Square", "☐"),
    ("TH", "Þ"),
    ("TeX", "TeX"),
    ("XBox", "☒"),
    ("XSolid", "✘"),
    ("XSolidBrush", "✘"),
    ("XeLaTeX", "XeLaTeX"),
    ("aa", "å"),
    ("ae", "æ"),
    ("celsius", "°C"),
    ("checkmark", "✓"),
    ("copyright", "©"),
    ("dag", "†"),
    ("ddag", "‡"),
    ("degre", "°"),
    ("degree", "°"),
    ("degres", "°"),
    ("dh", "ð"),
    ("dj", "đ"),
    ("dots", "…"),
    ("euro", "€"),
    ("fg", "»"),
    ("flq", "‹"),
    ("flqq", "«"),
    ("frq", "›"),
    ("frqq", "»"),
    ("geneuro", "€"),
    ("glq", "‚"),
    ("glqq", "„"),
    ("grq", "‘"),
    ("grqq", "“"),
    ("guillemetleft", "«"),
    ("guillemetright", "»"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("hfill", " "),
    ("i", "ı"),
    ("ieme", "e"),
    ("iemes", "es"),
    ("ier", "er"),
    ("iere", "re"),
    ("ij", "ij"),
    ("j", "ȷ"),
    ("l", "ł"),
    ("lq", "‘"),
    ("micro", "µ"),
    ("ng", "ŋ"),
    ("no", "n° "),
    ("nobreakspace", " "),
    ("o", "ø"),
    ("oe", "œ"),
    ("officialeuro", "€"),
    ("og", "«"),
    ("ohm", "Ω"),
    ("perthousand", "‰"),
    ("pounds", "£"),
    ("qquad", " "),
    ("quad", " "),
    ("quotedblbase", "„"),
    ("quotesinglbase", "‚"),
    ("rq", "’"),
    ("slash", "/"),
    ("space", " "),
    ("ss", "ß"),
    ("textacutedbl", "˝"),
    ("textapprox", "≈"),
    ("textasciiacute", "´"),
    ("textasciibreve", "˘"),
    ("textasciicaron", "ˇ"),
    ("textasciicircum", "^"),
    ("textasciidieresis", "¨"),
    ("textasciigrave", "`"),
    ("textasciimacron", "¯"),
    ("textasciitilde", "~"),
    ("textasteriskcentered", "∗"),
    ("textbackslash", "\\"),
    ("textbaht", "฿"),
    ("textbar", "|"),
    ("textbardbl", "‖"),
    ("textbigcircle", "◯"),
    ("textblank", "␢"),
    ("textborn", "*"),
    ("textbraceleft", "{"),
    ("textbraceright", "}"),
    ("textbrokenbar", "¦"),
    ("textbullet", "•"),
    ("textcelsius", "°C"),
    ("textcent", "¢"),
    ("textcentoldstyle", "¢"),
    ("textcircledP", "℗"),
    ("textcolonmonetary", "₡"),
    ("textcopyleft", "🄯"),
    ("textcopyright", "©"),
    ("textcurrency", "¤"),
    ("textdagger", "†"),
    ("textdaggerdbl", "‡"),
    ("textdblhyphen", "⹀"),
    ("textdegree", "°"),
    ("textdied", "†"),
    ("textdiscount", "⁒"),
    ("textdiv", "÷"),
    ("textdivorced", "⚮"),
    ("textdollar", "$"),
    ("textdollaroldstyle", "$"),
    ("textdong", "₫"),
    ("textdownarrow", "↓"),
    ("texteightoldstyle", "8"),
    ("textellipsis", "…"),
    ("textemdash", "—"),
    ("textendash", "–"),
    ("textestimated", "℮"),
    ("texteuro", "€"),
    ("textexclamdown", "¡"),
    ("textfiveoldstyle", "5"),
    ("textfloren", "ƒ"),
    ("textflorin", "ƒ"),
    ("textfouroldstyle", "4"),
    ("textfractionsolidus", "⁄"),
    ("textgreater", ">"),
    ("textgreaterequal", "≥"),
    ("textguarani", "₲"),
    ("texthorizontalbar", "―"),
    ("textinfty", "∞"),
    ("textinterrobang", "‽"),
    ("textlangle", "⟨"),
    ("textlbrackdbl", "⟦"),
    ("textleaf", "❧"),
    ("textleftarrow", "←"),
    ("textless", "<"),
    ("textlessequal", "≤"),
    ("textlira", "₤"),
    ("textlnot", "¬"),
    ("textlquill", "⁅"),
    ("textmarried", "⚭"),
    ("textmho", "℧"),
    ("textminus", "−"),
    ("textmu", "µ"),
    ("textmusicalnote", "♪"),
    ("textnaira", "₦"),
    ("textnineoldstyle", "9"),
    ("textnonbreakinghyphen", "-"),
    ("textnumero", "№"),
    ("textohm", "Ω"),
    ("textonehalf", "½"),
    ("textoneoldstyle", "1"),
    ("textonequarter", "¼"),
    ("textonesuperior", "¹"),
    ("textopenbullet", "◦"),
    ("textordfeminine", "ª"),
    ("textordmasculine", "º"),
    ("textparagraph", "¶"),
    ("textperiodcentered", "·"),
    ("textpermille", "‰"),
    ("textpertenthousand", "‱"),
    ("textperthousand", "‰"),
    ("textpeso", "₱"),
    ("textpilcrow", "¶"),
    ("textpm", "±"),
    ("textquestiondown", "¿"),
    ("textquotedbl", "\""),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotesingle", "'"),
    ("textquotestraightbase", "‚"),
    ("textquotestraightdblbase", "„"),
    ("textrangle", "⟩"),
    ("textrbrackdbl", "⟧"),
    ("textrecipe", "℞"),
    ("textreferencemark", "※"),
    ("textregistered", "®"),
    ("textrightarrow", "→"),
    ("textrquill", "⁆"),
    ("textsection", "§"),
    ("textservicemark", "℠"),
    ("textsevenoldstyle", "7"),
    ("textsixoldstyle", "6"),
    ("textsterling", "£"),
    ("textsurd", "√"),
    ("textthreeoldstyle", "3"),
    ("textthreequarters", "¾"),
    ("textthreequartersemdash", "—"),
    ("textthreesuperior", "³"),
    ("texttildelow", "~"),
    ("texttimes", "×"),
    ("texttrademark", "™"),
    ("texttwelveudash", "–"),
    ("texttwooldstyle", "2"),
    ("texttwosuperior", "²"),
    ("textunderscore", "_"),
    ("textuparrow", "↑"),
    ("textvisiblespace", "␣"),
    ("textwon", "₩"),
    ("textyen", "¥"),
    ("textzerooldstyle", "0"),
    ("th", "þ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_has_two_meanings() {
        for (at, (name, _)) in SIGNS.iter().enumerate() {
            assert!(!SIGNS[..at].iter().any(|(it, _)| it == name), "{name}");
        }
    }

    #[test]
    fn letters_take_their_accents() {
        for (command, text, expected) in [
            ("v", "{c}", "č"),
            ("v", "{c}x", "č"),
            ("c", "{c}", "ç"),
            ("k", "{a}", "ą"),
            ("r", "{a}", "å"),
            ("H", "{o}", "ő"),
            ("u", "{g}", "ğ"),
            ("d", "{h}", "ḥ"),
            ("b", "{d}", "ḏ"),
            ("t", "{oo}", "o\u{361}o"),
            ("'", "{\\i}", "í"),
            ("\"", "\\i", "ï"),
            ("'", "\\ae ", "ǽ"),
            ("\"", "o", "ö"),
            ("~", "{}", "~"),
            ("^", "{}", "^"),
        ] {
            let mark = accent(command).expect(command);
            assert_eq!(accented(mark, text).expect(text).0, expected, "{command}{text}");
        }
    }
}
