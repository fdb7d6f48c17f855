//! LaTeX before it is read: without comments and what its switches leave out, and with the commands that a file defines
//! itself put in where they are used.

use super::latex::VERBATIM;
use std::collections::HashMap;

/// Commands within commands.
const MAX_DEPTH: usize = 8;
/// Put in more often than this, they are no text.
const MAX_USES: usize = 20_000;
/// A definition longer than this is a program.
const MAX_BODY: usize = 2_000;

struct Macro {
    arguments: usize,
    /// What stands for the first argument if it is not given.
    default: Option<String>,
    body: String,
}

pub(super) fn plain(text: &str) -> String {
    expanded(&without_comments(text))
}

/// The text with its own commands put in.
fn expanded(text: &str) -> String {
    let text = without_switched_off(text);
    let mut macros = HashMap::new();
    let text = defined(&text, &mut macros);
    if macros.is_empty() {
        return text;
    }
    let mut uses = 0;
    let most = text.len() * 4 + (1 << 16);
    put_in(&text, &macros, MAX_DEPTH, &mut uses, most)
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
        let code = code.and_then(delimited).map(|(_, rest)| rest);
        rest = code.unwrap_or_else(|| &behind[behind.chars().next().map_or(0, char::len_utf8)..]);
    }
    None
}

/// Copies what stands before the next command, and what is printed as it stands. What follows the command's backslash, or
/// `None` where all was copied.
fn copy_to_command<'a>(mut rest: &'a str, out: &mut String) -> Option<&'a str> {
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

/// Takes the definitions out of the text.
fn defined(text: &str, macros: &mut HashMap<String, Macro>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(behind) = copy_to_command(rest, &mut out) {
        let (command, after) = command(behind);
        let definition = match command {
            "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => new_command(after),
            "def" | "gdef" => plain_definition(after),
            _ => None,
        };
        match definition {
            Some((name, definition, after)) => {
                macros.insert(name, definition);
                rest = after;
            }
            None => {
                out.push('\\');
                out.push_str(command);
                rest = after;
            }
        }
    }
    out
}

/// `{\name}[arguments][default]{body}`, or the name without braces.
fn new_command(text: &str) -> Option<(String, Macro, &str)> {
    let text = text.strip_prefix('*').unwrap_or(text).trim_start();
    let (name, rest) = match group(text) {
        Some((name, rest)) => (name.trim().strip_prefix('\\')?, rest),
        None => command(text.strip_prefix('\\')?),
    };
    let (count, rest) = bracketed(rest.trim_start());
    let arguments = count.map_or(Some(0), |it| it.trim().parse().ok()).filter(|it| *it < 10)?;
    let (default, rest) = if count.is_some() { bracketed(rest.trim_start()) } else { (None, rest) };
    let (body, rest) = group(rest.trim_start()).filter(|(body, _)| body.len() <= MAX_BODY)?;
    let definition = Macro { arguments, default: default.map(str::to_owned), body: body.to_owned() };
    Some((name.to_owned(), definition, rest)).filter(|(name, ..)| is_name(name))
}

/// `\name#1#2{body}`.
fn plain_definition(text: &str) -> Option<(String, Macro, &str)> {
    let (name, mut rest) = command(text.trim_start().strip_prefix('\\')?);
    let mut arguments = 0;
    while let Some(after) = rest.strip_prefix('#') {
        rest = after.strip_prefix(|c: char| c.is_ascii_digit())?;
        arguments += 1;
    }
    let (body, rest) = group(rest.trim_start()).filter(|(body, _)| body.len() <= MAX_BODY)?;
    let definition = Macro { arguments, default: None, body: body.to_owned() };
    Some((name.to_owned(), definition, rest)).filter(|(name, ..)| is_name(name))
}

fn put_in(
    text: &str,
    macros: &HashMap<String, Macro>,
    depth: usize,
    uses: &mut usize,
    most: usize,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(behind) = copy_to_command(rest, &mut out) {
        let (name, after) = command(behind);
        let known = macros.get(name).filter(|_| depth > 0 && *uses < MAX_USES && out.len() < most);
        let Some(known) = known else {
            out.push('\\');
            out.push_str(name);
            rest = after;
            continue;
        };
        *uses += 1;
        let (arguments, after) = arguments(known, after);
        let mut body = known.body.clone();
        for (at, argument) in arguments.iter().enumerate() {
            body = body.replace(&format!("#{}", at + 1), argument);
        }
        out.push_str(&put_in(&body, macros, depth - 1, uses, most));
        rest = after;
    }
    out
}

fn arguments<'a>(known: &Macro, text: &'a str) -> (Vec<String>, &'a str) {
    let mut out = Vec::new();
    let mut rest = text;
    if let Some(default) = &known.default {
        let (own, after) = bracketed(rest);
        out.push(own.unwrap_or(default).to_owned());
        rest = after;
    }
    while out.len() < known.arguments {
        let from = rest.trim_start_matches([' ', '\t']);
        let Some((argument, after)) = group(from) else { break };
        out.push(argument.to_owned());
        rest = after;
    }
    if known.arguments == 0 {
        // A command takes the blank behind it.
        rest = rest.strip_prefix("{}").unwrap_or_else(|| rest.trim_start_matches([' ', '\t']));
    }
    out.resize(known.arguments, String::new());
    (out, rest)
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
fn command(text: &str) -> (&str, &str) {
    let letters = text.find(|c: char| !c.is_ascii_alphabetic() && c != '@').unwrap_or(text.len());
    let sign = text.chars().next().map_or(0, char::len_utf8);
    text.split_at(if letters == 0 { sign } else { letters })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '@')
}

fn bracketed(text: &str) -> (Option<&str>, &str) {
    match text.strip_prefix('[').and_then(|it| it.split_once(']')) {
        Some((inside, rest)) => (Some(inside), rest),
        None => (None, text),
    }
}

/// Leaves out what stands between `\iffalse` and its `\fi` or `\else`.
fn without_switched_off(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, off)) = rest.split_once("\\iffalse") {
        out.push_str(before);
        rest = behind_switch(off);
    }
    out.push_str(rest);
    out
}

fn behind_switch(off: &str) -> &str {
    let mut depth = 0usize;
    let mut rest = off;
    while let Some((_, behind)) = rest.split_once('\\') {
        let (name, after) = command(behind);
        match name {
            "fi" if depth == 0 => return after,
            "else" if depth == 0 => return after,
            "fi" => depth -= 1,
            name if name.starts_with("if") && name != "iff" => depth += 1,
            _ => {}
        }
        rest = after;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_commands_are_put_in() {
        for (text, expected) in [
            (r"\newcommand{\boat}[1]{the boat \emph{#1}}\boat{Terna} lies", r"the boat \emph{Terna} lies"),
            (r"\newcommand\rate{9\,\%}Interest \rate{} or \rate.", r"Interest 9\,\% or 9\,\%."),
            (
                r"\newcommand{\at}[2][noon]{#2 at #1}\at{high water}, \at[six]{low water}",
                "high water at noon, low water at six",
            ),
            (r"\def\port#1{port of #1}\newcommand{\home}{\port{Nordby}}From \home", "From port of Nordby"),
            (
                r"\newcommand{\a}{x}\verb|\a| \begin{verbatim}\a\end{verbatim} \a",
                r"\verb|\a| \begin{verbatim}\a\end{verbatim} x",
            ),
            (r"a \iffalse gone \ifx not \fi gone \fi b \iffalse c \else d", "a  b  d"),
        ] {
            assert_eq!(expanded(text), expected, "{text}");
        }
    }

    #[test]
    fn commands_that_name_themselves_come_to_an_end() {
        let bomb = r"\newcommand{\a}{\b\b\b\b}\newcommand{\b}{\a\a\a\a}\a";
        assert!(expanded(bomb).len() < 1 << 20);
        assert_eq!(expanded(r"\newcommand{\a"), r"\newcommand{\a");
    }
}
