//! LaTeX before it is read: without comments, and with the commands that a file defines itself put in where they are used.

use super::latex_macros::Expander;
use super::latex_names::VERBATIM;

pub(super) fn plain(text: &str) -> String {
    let text = without_comments(text);
    let text = if is_german(&text) { without_shorthands(&text) } else { text };
    Expander::new(text.len()).expanded(&text)
}

/// Whether the file asks for the shorthands of German, as `"a` for ä.
fn is_german(text: &str) -> bool {
    let packages = text.split("\\usepackage").skip(1).map(|it| it.split_once('}').map_or(it, |(it, _)| it));
    packages.into_iter().any(|it| it.contains("german") && !it.contains("csquotes"))
}

fn without_shorthands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        spelled_out(before, &mut out);
        out.push('\\');
        let (kept, after) = printed(behind).unwrap_or_else(|| command(behind));
        out.push_str(kept);
        rest = after;
    }
    spelled_out(rest, &mut out);
    out
}

fn spelled_out(text: &str, out: &mut String) {
    let mut pieces = text.split('"');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece.chars().next().and_then(|c| Some((shorthand(c)?, c.len_utf8()))) {
            Some((sign, length)) => out.push_str(&format!("{sign}{}", &piece[length..])),
            None => out.push_str(&format!("\"{piece}")),
        }
    }
}

const fn shorthand(c: char) -> Option<&'static str> {
    Some(match c {
        'a' => "ä",
        'o' => "ö",
        'u' => "ü",
        'e' => "ë",
        'A' => "Ä",
        'O' => "Ö",
        'U' => "Ü",
        's' | 'z' => "ß",
        '`' => "„",
        '\'' => "“",
        '<' => "«",
        '>' => "»",
        '-' | '|' | '"' => "",
        '=' | '~' => "-",
        '/' => "/",
        _ => return None,
    })
}

/// In what is printed as it stands, `%` is a sign like others.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut verbatim: Option<String> = None;
    for line in text.lines() {
        if let Some(end) = &verbatim {
            if line.contains(end) {
                verbatim = None;
            }
            out.push_str(&format!("{line}\n"));
            continue;
        }
        let cut = comment(line);
        let code = line[..cut.unwrap_or(line.len())].rsplit_once("\\begin{").and_then(|(_, rest)| {
            let (name, rest) = rest.split_once('}')?;
            let end = format!("\\end{{{name}}}");
            (VERBATIM.contains(&name.trim_end_matches('*')) && !rest.contains(&end)).then_some(end)
        });
        if code.is_some() {
            verbatim = code;
        }
        match cut {
            // A line that is nothing but a comment ends no paragraph.
            Some(at) if line[..at].trim().is_empty() => {}
            Some(at) => out.push_str(&format!("{}\n", &line[..at])),
            None => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

/// Where the comment of a line begins.
fn comment(line: &str) -> Option<usize> {
    let mut rest = line;
    while let Some(at) = rest.find(['%', '\\']) {
        let (here, behind) = (line.len() - rest.len() + at, &rest[at + 1..]);
        if rest[at..].starts_with('%') {
            return Some(here);
        }
        let code = behind.strip_prefix("verb").map(|it| it.strip_prefix('*').unwrap_or(it));
        let code = code.and_then(delimited).or_else(|| group(address(behind)?)).map(|(_, rest)| rest);
        rest = code.unwrap_or_else(|| &behind[behind.chars().next().map_or(0, char::len_utf8)..]);
    }
    None
}

/// The argument of a command whose addresses may hold `%`.
fn address(command: &str) -> Option<&str> {
    ["url", "href", "path", "nolinkurl"].iter().find_map(|it| command.strip_prefix(it))
}

/// Copies what stands before the next command, and what is printed as it stands. What follows the command's backslash, or
/// `None` where all was copied.
pub(super) fn copy_to_command<'a>(mut rest: &'a str, out: &mut String) -> Option<&'a str> {
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        let Some((printed, after)) = printed(behind) else { return Some(behind) };
        out.push('\\');
        out.push_str(printed);
        rest = after;
    }
    out.push_str(rest);
    None
}

/// What is printed as it stands, from behind the backslash on.
fn printed(text: &str) -> Option<(&str, &str)> {
    if let Some(name) = text.strip_prefix("begin{").and_then(|it| it.split('}').next()) {
        if !VERBATIM.contains(&name.trim_end_matches('*')) {
            return None;
        }
        let end = format!("\\end{{{name}}}");
        let at = text.find(&end).map_or(text.len(), |at| at + end.len());
        return Some(text.split_at(at));
    }
    let code = text.strip_prefix("verb")?;
    let code = code.strip_prefix('*').unwrap_or(code);
    let mark = code.chars().next().filter(|it| !it.is_alphabetic() && !it.is_whitespace())?;
    let end = code[mark.len_utf8()..].find(mark)? + mark.len_utf8() * 2;
    Some(text.split_at(text.len() - code.len() + end))
}

/// `|code|`, with any sign in place of the bars: the code, and what follows.
pub(super) fn delimited(text: &str) -> Option<(&str, &str)> {
    let mark = text.chars().next().filter(|it| !it.is_alphabetic() && !it.is_whitespace())?;
    let close = if mark == '{' { '}' } else { mark };
    text[mark.len_utf8()..].split_once(close).filter(|(code, _)| !code.contains('\n'))
}

/// What stands between the braces that come first, and what follows.
pub(super) fn group(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('{')?;
    let mut depth = 1;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some((&inside[..at], &inside[at + 1..]));
                }
            }
            _ => {}
        }
    }
    None
}

/// The name of a command, or the one sign that is one.
pub(super) fn command(text: &str) -> (&str, &str) {
    let letters = text.find(|c: char| !c.is_ascii_alphabetic() && c != '@').unwrap_or(text.len());
    let sign = text.chars().next().map_or(0, char::len_utf8);
    text.split_at(if letters == 0 { sign } else { letters })
}

/// What stands between the brackets that come first, groups in it as a whole, and what follows.
pub(super) fn optional(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let (mut depth, mut escaped) = (0i64, false);
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => depth -= 1,
            ']' if depth <= 0 => return Some((&inside[..at], &inside[at + 1..])),
            '\n' if inside[at + 1..].trim_start_matches([' ', '\t']).starts_with('\n') => return None,
            _ => {}
        }
    }
    None
}

/// Where the environment ends that the text is in, others of its name within it passed over.
pub(super) fn end_of_environment(text: &str, name: &str) -> usize {
    let (begin, end) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
    let (mut depth, mut at) = (1, 0);
    while let Some(next) = text[at..].find(&end).map(|it| it + at) {
        match text[at..next].find(&begin) {
            Some(inner) => (depth, at) = (depth + 1, at + inner + begin.len()),
            None if depth == 1 => return next,
            None => (depth, at) = (depth - 1, next + end.len()),
        }
    }
    text.len()
}

pub(super) fn bracketed(text: &str) -> (Option<&str>, &str) {
    optional(text).map_or((None, text), |(inside, rest)| (Some(inside), rest))
}

/// The files that a document takes in and that are not part of it, as it names them.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(behind) = copy_to_command(rest, &mut String::new()) {
        let (name, after) = command(behind);
        rest = after;
        let folders = match name {
            "input"
            | "include"
            | "subfile"
            | "subfileinclude"
            | "verbatiminput"
            | "lstinputlisting"
            | "inputminted"
            | "csvautotabular"
            | "csvautobooktabular"
            | "pgfplotstabletypeset"
            | "includepdf" => 0,
            "import" | "subimport" | "includefrom" => 1,
            _ => continue,
        };
        let after = bracketed(after.trim_start()).1;
        let after = if name == "inputminted" { group(after).map_or(after, |it| it.1) } else { after };
        let first = match group(after) {
            Some((inside, after)) if folders == 1 => {
                group(after).map(|(file, _)| format!("{}{}", inside.trim(), file.trim()))
            }
            Some((inside, _)) => Some(inside.trim().to_owned()),
            // Plain TeX: `\input chapter`.
            None => after.split_whitespace().next().filter(|_| name == "input").map(str::to_owned),
        };
        names
            .extend(first.filter(|it| !it.is_empty() && !it.contains(['#', '\\']) && it != "glyphtounicode"));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_other_files_are_named() {
        let text = "\\input{chapters/one}\\include{two}\\import{parts/}{three} \\verb|\\input{no}| \\lstinputlisting[x=1]{a.c} \\input four\n";
        assert_eq!(parts(text), ["chapters/one", "two", "parts/three", "a.c", "four"]);
    }

    #[test]
    fn shorthands_of_german_are_its_letters() {
        let text = "\\usepackage[ngerman]{babel}\n\"Uber Stra\"se, \"`ja\"' \\verb|\"a| \\\"o";
        assert_eq!(plain(text), "\\usepackage[ngerman]{babel}\nÜber Straße, „ja“ \\verb|\"a| \\\"o\n");
        assert_eq!(plain("\"a"), "\"a\n", "no German, no shorthand");
    }

    #[test]
    fn addresses_keep_their_signs() {
        assert_eq!(without_comments("\\url{http://x.test/a%20b} % gone\n"), "\\url{http://x.test/a%20b} \n");
    }
}
