//! LaTeX: the commands, environments and switches that a file defines itself, put in where they are used. What is defined
//! anew holds from there on.

use super::latex_source::{bracketed, command, copy_to_command, group};
use std::collections::HashMap;

/// Commands within commands.
const MAX_DEPTH: usize = 8;
/// Put in more often than this, they are no text.
const MAX_USES: usize = 20_000;
/// A definition longer than this is a program.
const MAX_BODY: usize = 2_000;

#[derive(Clone)]
enum Argument {
    Given,
    /// What stands for it if it is not given.
    Optional(String),
    Star,
}

#[derive(Clone)]
struct Macro {
    arguments: Vec<Argument>,
    body: String,
    /// Another name for what a command meant before: not looked into again.
    is_alias: bool,
}

impl Macro {
    fn new(arguments: Vec<Argument>, body: &str) -> Self {
        Self { arguments, body: body.to_owned(), is_alias: false }
    }
}

/// What stands for an argument that is not given.
const NO_VALUE: &str = "-NoValue-";

pub(super) struct Expander {
    macros: HashMap<String, Macro>,
    environments: HashMap<String, (Macro, String)>,
    switches: HashMap<String, bool>,
    uses: usize,
    most: usize,
}

impl Expander {
    /// For a text of this length: what comes of it is bounded by it.
    pub(super) fn new(length: usize) -> Self {
        Self {
            macros: HashMap::new(),
            environments: HashMap::new(),
            switches: HashMap::from([("true".to_owned(), true), ("false".to_owned(), false)]),
            uses: 0,
            most: length * 4 + (1 << 16),
        }
    }

    pub(super) fn expanded(mut self, text: &str) -> String {
        self.put_in(text, MAX_DEPTH)
    }

    fn put_in(&mut self, text: &str, depth: usize) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(behind) = copy_to_command(rest, &mut out) {
            let (name, after) = command(behind);
            if let Some(after) = self.define(name, after).or_else(|| self.switch(name, after)) {
                rest = after;
            } else if let Some((chosen, after)) = self.chosen(name, after) {
                let chosen = if depth > 0 { self.put_in(chosen, depth - 1) } else { chosen.to_owned() };
                out.push_str(&chosen);
                rest = after;
            } else if let Some((body, after)) = self.used(name, after).filter(|_| self.may(depth, out.len()))
            {
                self.uses += 1;
                let is_alias = self.macros.get(name).is_some_and(|it| it.is_alias);
                let text = if is_alias { body.clone() } else { self.put_in(&body, depth - 1) };
                out.push_str(&text);
                // A command at the end of a definition does not run on into the next word.
                let is_command = body.rfind('\\').is_some_and(|at| command(&body[at + 1..]).1.is_empty());
                if is_command && after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    out.push(' ');
                }
                rest = after;
            } else {
                out.push('\\');
                out.push_str(name);
                rest = after;
            }
        }
        out
    }

    const fn may(&self, depth: usize, written: usize) -> bool {
        depth > 0 && self.uses < MAX_USES && written < self.most
    }

    /// Takes a definition in; what follows it.
    fn define<'a>(&mut self, name: &str, after: &'a str) -> Option<&'a str> {
        let (defined, definition, rest) = match name {
            "newcommand" | "renewcommand" | "DeclareRobustCommand" | "newrobustcmd" | "renewrobustcmd" => {
                new_command(after)?
            }
            "providecommand" => {
                let new = new_command(after)?;
                if self.macros.contains_key(&new.0) {
                    return Some(new.2);
                }
                new
            }
            "def" | "gdef" | "edef" | "xdef" => plain_definition(after)?,
            "let" => alias(after)?,
            "NewDocumentCommand"
            | "RenewDocumentCommand"
            | "DeclareDocumentCommand"
            | "ProvideDocumentCommand" => document_command(after)?,
            "DeclareMathOperator" => named_as(after, "\\operatorname")?,
            "DeclareSIUnit" => named_as(bracketed(after.trim_start()).1, "\\text")?,
            "newenvironment" | "renewenvironment" => {
                let (environment, definition, end, rest) = new_environment(after)?;
                self.environments.insert(environment, (definition, end));
                return Some(rest);
            }
            _ => return None,
        };
        // How a heading looks is set by commands that are no text.
        if !definition.body.contains("\\@startsection") && !definition.body.contains("\\csname") {
            let before = definition.body.strip_prefix('\\').and_then(|it| self.macros.get(it));
            let before = before.filter(|_| definition.is_alias).cloned();
            self.macros.insert(defined, before.unwrap_or(definition));
        }
        Some(rest)
    }

    /// Takes the setting of a switch in; what follows it.
    fn switch<'a>(&mut self, name: &str, after: &'a str) -> Option<&'a str> {
        if name == "newif" {
            let (switch, rest) = command(after.trim_start().strip_prefix('\\')?);
            self.switches.insert(switch.strip_prefix("if")?.to_owned(), false);
            return Some(rest);
        }
        if let "newtoggle" | "newbool" | "providetoggle" | "providebool" | "toggletrue" | "togglefalse"
        | "booltrue" | "boolfalse" = name
        {
            let (switch, rest) = group(after.trim_start())?;
            self.switches.insert(switch.to_owned(), name.ends_with("true"));
            return Some(rest);
        }
        if let "settoggle" | "setbool" = name {
            let (switch, rest) = group(after.trim_start())?;
            let (value, rest) = group(rest.trim_start())?;
            self.switches.insert(switch.to_owned(), value == "true");
            return Some(rest);
        }
        let (switch, value) = name
            .strip_suffix("true")
            .map(|it| (it, true))
            .or_else(|| Some((name.strip_suffix("false")?, false)))?;
        *self.switches.get_mut(switch).filter(|_| !switch.is_empty())? = value;
        Some(after.trim_start_matches([' ', '\t']))
    }

    /// Of what a known switch decides between, what it leaves, and what follows.
    fn chosen<'a>(&self, name: &str, after: &'a str) -> Option<(&'a str, &'a str)> {
        if matches!(name, "iftoggle" | "ifbool") {
            let (switch, rest) = group(after.trim_start())?;
            let value = *self.switches.get(switch)?;
            return one_of_two(value, rest);
        }
        if matches!(name, "IfNoValueTF" | "IfValueTF" | "IfBooleanTF") {
            let (given, rest) = group(after.trim_start())?;
            let value = match name {
                "IfBooleanTF" => given == "true",
                name => (given == NO_VALUE) == (name == "IfNoValueTF"),
            };
            return one_of_two(value, rest);
        }
        let value = *self.switches.get(name.strip_prefix("if")?)?;
        let (then, otherwise, rest) = branches(after);
        Some((if value { then } else { otherwise }, rest))
    }

    /// What a command or the begin or end of an environment stands for here, and what follows it.
    fn used<'a>(&self, name: &str, after: &'a str) -> Option<(String, &'a str)> {
        if let "begin" | "end" = name {
            let (environment, rest) = group(after)?;
            let (begin, end) = self.environments.get(environment)?;
            return Some(if name == "begin" { filled(begin, rest) } else { (end.clone(), rest) });
        }
        Some(filled(self.macros.get(name)?, after))
    }
}

fn one_of_two(first: bool, text: &str) -> Option<(&str, &str)> {
    let (yes, rest) = group(text.trim_start())?;
    let (no, rest) = group(rest.trim_start())?;
    Some((if first { yes } else { no }, rest))
}

/// What stands before and behind the `\else` of a switch, and what follows its `\fi`.
fn branches(text: &str) -> (&str, &str, &str) {
    let mut depth = 0usize;
    let mut rest = text;
    let mut otherwise: Option<(usize, usize)> = None;
    let at = |rest: &str| text.len() - rest.len();
    while let Some((before, behind)) = rest.split_once('\\') {
        let start = at(rest) + before.len();
        let (name, after) = command(behind);
        match name {
            "fi" if depth == 0 => {
                let rest = after.strip_prefix(' ').unwrap_or(after);
                let (then, from) = otherwise.unwrap_or((start, start));
                return (&text[..then], &text[from..start], rest);
            }
            "else" if depth == 0 => otherwise = Some((start, at(after))),
            "fi" => depth -= 1,
            // These take their cases as arguments.
            "iff" | "ifthenelse" | "iftoggle" | "ifbool" | "ifstrequal" | "ifstrempty" | "ifblank"
            | "ifdef" | "ifcsdef" | "ifundef" | "ifnumcomp" => {}
            name if name.starts_with("if") => depth += 1,
            _ => {}
        }
        rest = after;
    }
    let (then, from) = otherwise.unwrap_or((text.len(), text.len()));
    (&text[..then], &text[from..], "")
}

/// `{\name}[arguments][default]{body}`, or the name without braces.
fn new_command(text: &str) -> Option<(String, Macro, &str)> {
    let (name, rest) = defined_name(text)?;
    let (arguments, rest) = counted_arguments(rest)?;
    let (body, rest) = body(rest)?;
    Some((name, Macro::new(arguments, body), rest))
}

fn defined_name(text: &str) -> Option<(String, &str)> {
    let text = text.strip_prefix('*').unwrap_or(text).trim_start();
    let (name, rest) = match group(text) {
        Some((name, rest)) => (name.trim().strip_prefix('\\')?, rest),
        None => command(text.strip_prefix('\\')?),
    };
    is_name(name).then(|| (name.to_owned(), rest))
}

fn counted_arguments(text: &str) -> Option<(Vec<Argument>, &str)> {
    let (count, rest) = bracketed(text.trim_start());
    let number = count.map_or(Some(0), |it| it.trim().parse().ok()).filter(|it| *it < 10)?;
    let (default, rest) = if count.is_some() { bracketed(rest.trim_start()) } else { (None, rest) };
    let mut arguments = vec![Argument::Given; number];
    if let (Some(first), Some(default)) = (arguments.first_mut(), default) {
        *first = Argument::Optional(default.to_owned());
    }
    Some((arguments, rest))
}

fn body(text: &str) -> Option<(&str, &str)> {
    group(text.trim_start()).filter(|(body, _)| body.len() <= MAX_BODY)
}

/// `\name#1#2{body}`.
fn plain_definition(text: &str) -> Option<(String, Macro, &str)> {
    let (name, mut rest) = command(text.trim_start().strip_prefix('\\')?);
    let mut arguments = Vec::new();
    while let Some(after) = rest.strip_prefix('#') {
        rest = after.strip_prefix(|c: char| c.is_ascii_digit())?;
        arguments.push(Argument::Given);
    }
    let (body, rest) = body(rest)?;
    is_name(name).then(|| (name.to_owned(), Macro::new(arguments, body), rest))
}

/// `\name=\other`.
fn alias(text: &str) -> Option<(String, Macro, &str)> {
    let (name, rest) = command(text.trim_start().strip_prefix('\\')?);
    let rest = rest.trim_start();
    let (other, rest) = command(rest.strip_prefix('=').unwrap_or(rest).trim_start().strip_prefix('\\')?);
    let definition = Macro { is_alias: true, ..Macro::new(Vec::new(), &format!("\\{other}")) };
    let rest = rest.trim_start_matches([' ', '\t']);
    (is_name(name) && is_name(other) && name != other).then(|| (name.to_owned(), definition, rest))
}

/// `{\name}{m O{default} s}{body}`.
fn document_command(text: &str) -> Option<(String, Macro, &str)> {
    let (name, rest) = defined_name(text)?;
    let (kinds, rest) = group(rest.trim_start())?;
    let (body, rest) = body(rest)?;
    let mut arguments = Vec::new();
    let mut kinds = kinds.trim_start();
    while let Some(kind) = kinds.chars().next() {
        kinds = kinds[kind.len_utf8()..].trim_start();
        arguments.push(match kind {
            'm' => Argument::Given,
            'o' => Argument::Optional(NO_VALUE.to_owned()),
            'O' => {
                let (default, after) = group(kinds)?;
                kinds = after.trim_start();
                Argument::Optional(default.to_owned())
            }
            's' => Argument::Star,
            '+' | '!' => continue,
            _ => return None,
        });
    }
    Some((name, Macro::new(arguments, body), rest))
}

/// `{\name}{words}`, for words that are set by a command.
fn named_as<'a>(text: &'a str, by: &str) -> Option<(String, Macro, &'a str)> {
    let (name, rest) = defined_name(text)?;
    let (words, rest) = body(rest)?;
    Some((name, Macro::new(Vec::new(), &format!("{by}{{{words}}}")), rest))
}

/// `{name}[arguments][default]{begin}{end}`.
fn new_environment(text: &str) -> Option<(String, Macro, String, &str)> {
    let (name, rest) = group(text.strip_prefix('*').unwrap_or(text).trim_start())?;
    let (arguments, rest) = counted_arguments(rest)?;
    let (begin, rest) = body(rest)?;
    let (end, rest) = body(rest)?;
    Some((name.to_owned(), Macro::new(arguments, begin), end.to_owned(), rest))
}

/// The body of a command with the arguments that follow it here.
fn filled<'a>(known: &Macro, text: &'a str) -> (String, &'a str) {
    let mut rest = text;
    let mut given: Vec<&str> = Vec::new();
    for argument in &known.arguments {
        let from = rest.trim_start_matches([' ', '\t']);
        let (value, after) = match argument {
            Argument::Optional(default) => match bracketed(from) {
                (Some(own), after) => (own, after),
                (None, _) => (default.as_str(), rest),
            },
            Argument::Star => match from.strip_prefix('*') {
                Some(after) => ("true", after),
                None => ("false", rest),
            },
            Argument::Given => group(from).or_else(|| one_sign(from)).unwrap_or(("", rest)),
        };
        given.push(value);
        rest = after;
    }
    if known.arguments.is_empty() {
        // A command takes the blank behind it.
        rest = rest.strip_prefix("{}").unwrap_or_else(|| rest.trim_start_matches([' ', '\t']));
    }
    let mut body = known.body.clone();
    for (at, argument) in given.iter().enumerate() {
        body = body.replace(&format!("#{}", at + 1), argument);
    }
    (body, rest)
}

/// An argument without braces: `\half5`.
fn one_sign(text: &str) -> Option<(&str, &str)> {
    let c = text.chars().next().filter(|it| it.is_alphanumeric())?;
    Some(text.split_at(c.len_utf8()))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> String {
        Expander::new(text.len()).expanded(text)
    }

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
            (r"a \iffalse gone \ifx not \fi gone \fi b \iffalse c \else d", "a b  d"),
            (r"\newcommand{\half}[1]{#1.5}\half 2 and \half{3}", "2.5 and 3.5"),
            (r"\let\eur\texteuro 5\eur x", r"5\texteuro x"),
            (
                r"\let\old\section\renewcommand{\section}[1]{\old{The #1}}\section{rope}",
                r"\section{The rope}",
            ),
            (r"\NewDocumentCommand{\fee}{m O{crowns}}{#1 #2}\fee{5}, \fee{6}[marks]", "5 crowns, 6 marks"),
            (
                r"\NewDocumentCommand\b{s o m}{\IfBooleanTF{#1}{not }{}\IfNoValueTF{#2}{}{#2: }#3}\b{x} \b*[y]{z}",
                "x not y: z",
            ),
        ] {
            assert_eq!(expanded(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_defined_anew_holds_from_there_on() {
        assert_eq!(
            expanded(
                r"\newcommand{\rate}{5}\rate{} \renewcommand{\rate}{7}\rate{} \providecommand{\rate}{9}\rate"
            ),
            "5 7 7"
        );
    }

    #[test]
    fn own_environments_are_put_in() {
        assert_eq!(
            expanded(r"\newenvironment{rule}[1]{\textbf{Rule #1:} }{ (end)}\begin{rule}{4}Tar.\end{rule}"),
            r"\textbf{Rule 4:} Tar. (end)"
        );
    }

    #[test]
    fn switches_decide() {
        for (text, expected) in [
            (r"\newif\ifdraft\ifdraft old\else new\fi", " new"),
            (r"\newif\ifdraft\drafttrue\ifdraft old\else new\fi", " old"),
            (r"\newtoggle{x}\toggletrue{x}\iftoggle{x}{a}{b}\togglefalse{x}\iftoggle{x}{a}{b}", "ab"),
            (r"\ifx a b\fi", r"\ifx a b\fi"),
        ] {
            assert_eq!(expanded(text), expected, "{text}");
        }
    }

    #[test]
    fn commands_that_name_themselves_come_to_an_end() {
        let bomb = r"\newcommand{\a}{\b\b\b\b}\newcommand{\b}{\a\a\a\a}\a";
        assert!(expanded(bomb).len() < 1 << 20);
        assert_eq!(expanded(r"\newcommand{\a"), r"\newcommand{\a");
        let deep = "\\iftrue ".repeat(3000);
        assert!(expanded(&deep).len() <= deep.len() * 2);
    }
}
