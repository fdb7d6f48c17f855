//! LaTeX: the words of a document, with its sections as headings. Formulas stay as they are written.

use super::compose::{Composer, one_line};
use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source};
use super::text;
use unicode_normalization::UnicodeNormalization;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::decoded(&source, Format::Latex)?;
    sink.flat(compose(&text).unit())
}

fn compose(text: &str) -> Composer {
    let text = without_comments(text);
    let (preamble, body) = text.split_once("\\begin{document}").unwrap_or(("", &text));
    let body = body.split_once("\\end{document}").map_or(body, |(body, _)| body);
    let mut reader = Reader { rest: body, line: String::new(), out: Composer::default() };
    for (command, level) in [("\\title", 1), ("\\author", 0), ("\\date", 0)] {
        if let Some(argument) = argument_of(preamble, command) {
            let words = inline(argument);
            match level {
                0 => reader.out.paragraph(&words),
                level => reader.out.heading(level, &words),
            }
        }
    }
    reader.read();
    reader.out
}

fn argument_of<'a>(text: &'a str, command: &str) -> Option<&'a str> {
    let after = &text[text.find(command)? + command.len()..];
    group(after.trim_start()).map(|(argument, _)| argument)
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut escaped = false;
        let cut = line.char_indices().find(|&(_, c)| {
            let comment = c == '%' && !escaped;
            escaped = c == '\\' && !escaped;
            comment
        });
        match cut {
            // A line that is nothing but a comment ends no paragraph.
            Some((at, _)) if line[..at].trim().is_empty() => {}
            Some((at, _)) => out.push_str(&format!("{}\n", &line[..at])),
            None => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

struct Reader<'a> {
    rest: &'a str,
    line: String,
    out: Composer,
}

const SECTIONS: &[(&str, u8)] = &[
    ("part", 1),
    ("chapter", 1),
    ("section", 2),
    ("subsection", 3),
    ("subsubsection", 4),
    ("paragraph", 5),
    ("subparagraph", 6),
    ("frametitle", 2),
    ("title", 1),
];

impl<'a> Reader<'a> {
    fn read(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => self.command(),
                '\n' if self.rest[1..].trim_start_matches([' ', '\t']).starts_with('\n') => {
                    self.flush();
                    self.rest = self.rest.trim_start();
                }
                '$' => self.formula(),
                _ => {
                    self.rest = &self.rest[c.len_utf8()..];
                    self.plain(c);
                }
            }
        }
        self.flush();
    }

    fn plain(&mut self, c: char) {
        match c {
            '~' => self.line.push(' '),
            '{' | '}' => {}
            '&' => self.line.push_str(" | "),
            '-' if self.line.ends_with('–') => {
                self.line.pop();
                self.line.push('—');
            }
            '-' if self.line.ends_with('-') => {
                self.line.pop();
                self.line.push('–');
            }
            '\'' if self.line.ends_with('\'') => {
                self.line.pop();
                self.line.push('”');
            }
            '`' if self.line.ends_with('`') => {
                self.line.pop();
                self.line.push('“');
            }
            '\n' => self.line.push(' '),
            c => self.line.push(c),
        }
    }

    fn formula(&mut self) {
        let mark = if self.rest.starts_with("$$") { "$$" } else { "$" };
        let inside = &self.rest[mark.len()..];
        let end = inside.find(mark).unwrap_or(inside.len());
        self.line.push_str(&format!("{mark}{}{mark}", &inside[..end]));
        self.rest = inside.get(end + mark.len()..).unwrap_or_default();
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.out.paragraph(&line.split('\n').map(one_line).collect::<Vec<_>>().join("\n"));
    }

    fn command(&mut self) {
        let after = &self.rest[1..];
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        if letters == 0 {
            return self.sign(after);
        }
        let (name, after) = after.split_at(letters);
        let after = after.strip_prefix('*').unwrap_or(after);
        self.rest = after.trim_start_matches([' ', '\t']);
        match name {
            "begin" => self.begin(),
            "end" => {
                self.take();
                self.flush();
            }
            "item" => {
                self.flush();
                let label = self.option().map(inline);
                self.line.push_str(&label.map_or("- ".to_owned(), |it| format!("- {it} ")));
            }
            "par" | "newpage" | "clearpage" | "maketitle" | "hline" | "toprule" | "midrule"
            | "bottomrule" => self.flush_if(name),
            "newline" | "linebreak" | "tabularnewline" => self.line.push('\n'),
            "label" | "ref" | "eqref" | "pageref" | "bibliographystyle" | "bibliography" | "usepackage"
            | "documentclass" | "input" | "include" | "vspace" | "hspace" | "setlength" | "pagestyle"
            | "thispagestyle" | "includegraphics" | "newcommand" | "renewcommand" | "setcounter"
            | "index" | "phantom" | "cline" | "addtocounter" => {
                self.drop_arguments();
            }
            "cite" | "citep" | "citet" | "nocite" => {
                self.option();
                if let Some(keys) = self.take().filter(|_| name != "nocite") {
                    self.line.push_str(&format!("[{keys}]"));
                }
            }
            "href" => {
                self.take();
            }
            "footnote" => {
                if let Some(note) = self.take() {
                    self.line.push_str(&format!(" ({})", inline(note)));
                }
            }
            "textsuperscript" | "textsubscript" => {
                let words = self.take().map(inline).unwrap_or_default();
                let before = self.line.chars().last();
                let formed = match name {
                    "textsuperscript" => super::script::raised(&words, before),
                    _ => super::script::lowered(&words, before),
                };
                self.line.push_str(&formed);
            }
            name => self.named(name),
        }
    }

    fn named(&mut self, name: &str) {
        if let Some((_, level)) = SECTIONS.iter().find(|(it, _)| *it == name) {
            self.option();
            if let Some(title) = self.take() {
                self.flush();
                self.out.heading(*level, &inline(title));
            }
            return;
        }
        match symbol(name) {
            Some(symbol) => {
                self.line.push_str(symbol);
                self.rest = self.rest.strip_prefix("{}").unwrap_or(self.rest);
            }
            // Whatever sets text in some way: the text stays, the way goes.
            None => {
                self.option();
            }
        }
    }

    fn flush_if(&mut self, name: &str) {
        if !name.ends_with("rule") && name != "hline" {
            self.flush();
        }
    }

    /// `\%`, `\\`, `\"u` and the like.
    fn sign(&mut self, after: &'a str) {
        let Some(sign) = after.chars().next() else {
            self.rest = "";
            return;
        };
        self.rest = &after[sign.len_utf8()..];
        match sign {
            '\\' => {
                self.option();
                self.line.push('\n');
            }
            '(' | '[' => {
                let close = if sign == '(' { "\\)" } else { "\\]" };
                let end = self.rest.find(close).unwrap_or(self.rest.len());
                self.line.push_str(&format!("${}$", self.rest[..end].trim()));
                self.rest = self.rest.get(end + 2..).unwrap_or_default();
            }
            '"' | '\'' | '`' | '^' | '~' | '=' | '.' => self.accent(sign),
            '%' | '&' | '$' | '#' | '_' | '{' | '}' => self.line.push(sign),
            ' ' | ',' | ';' | ':' | '\n' => self.line.push(' '),
            _ => {}
        }
    }

    fn accent(&mut self, sign: char) {
        let mark = match sign {
            '"' => '\u{308}',
            '\'' => '\u{301}',
            '`' => '\u{300}',
            '^' => '\u{302}',
            '~' => '\u{303}',
            '=' => '\u{304}',
            _ => '\u{307}',
        };
        let (letter, rest) = match group(self.rest) {
            Some((inside, rest)) => (inside.trim_start_matches('\\').chars().next(), rest),
            None => {
                let bare = self.rest.strip_prefix('\\').unwrap_or(self.rest);
                let letter = bare.chars().next();
                (letter, &bare[letter.map_or(0, char::len_utf8)..])
            }
        };
        self.rest = rest;
        self.line.extend(letter.into_iter().chain([mark]).nfc());
    }

    fn begin(&mut self) {
        let name = self.take().unwrap_or_default();
        self.flush();
        match name.trim_end_matches('*') {
            "verbatim" | "lstlisting" | "minted" | "Verbatim" => {
                let options = self.option().is_some();
                if name.starts_with("minted") || (options && name.is_empty()) {
                    self.take();
                }
                let end = self.rest.find(&format!("\\end{{{name}}}")).unwrap_or(self.rest.len());
                self.out.code(self.rest[..end].trim_matches('\n'), "");
                self.rest = &self.rest[end..];
            }
            "equation" | "align" | "gather" | "multline" | "eqnarray" | "displaymath" | "math" => {
                let end = self.rest.find(&format!("\\end{{{name}}}")).unwrap_or(self.rest.len());
                self.out.paragraph(&format!("$${}$$", self.rest[..end].trim()));
                self.rest = &self.rest[end..];
            }
            "comment" => {
                let end = self.rest.find("\\end{comment}").unwrap_or(self.rest.len());
                self.rest = &self.rest[end..];
            }
            _ => self.drop_arguments(),
        }
    }

    fn take(&mut self) -> Option<&'a str> {
        let (argument, rest) = group(self.rest.trim_start_matches([' ', '\t']))?;
        self.rest = rest;
        Some(argument)
    }

    fn option(&mut self) -> Option<&'a str> {
        let inside = self.rest.strip_prefix('[')?;
        let end = inside.find(']')?;
        self.rest = &inside[end + 1..];
        Some(&inside[..end])
    }

    fn drop_arguments(&mut self) {
        while self.option().is_some() || self.rest.starts_with('{') && self.take().is_some() {}
    }
}

/// The words of an argument.
fn inline(text: &str) -> String {
    let mut reader = Reader { rest: text, line: String::new(), out: Composer::default() };
    reader.read();
    one_line(reader.out.text())
}

/// What stands between the braces that come first, and what follows.
fn group(text: &str) -> Option<(&str, &str)> {
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

fn symbol(name: &str) -> Option<&'static str> {
    Some(match name {
        "LaTeX" => "LaTeX",
        "TeX" => "TeX",
        "ss" => "ß",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "o" => "ø",
        "O" => "Ø",
        "aa" => "å",
        "AA" => "Å",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        "ldots" | "dots" => "…",
        "textbackslash" => "\\",
        "textasciitilde" => "~",
        "euro" | "texteuro" => "€",
        "pounds" => "£",
        "S" => "§",
        "P" => "¶",
        "copyright" => "©",
        "textdegree" | "degree" => "°",
        "quad" | "qquad" | "hfill" => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn words_and_sections_are_read() {
        let text = r#"\documentclass{article}\title{On \emph{Lamps}}\author{A. Keeper}
\begin{document}\maketitle
\section{Lamps}The wick is number~14. % not this
It costs 5\,\% more; see \cite{barbier} and caf\'e, Gr\"o{\ss}e. \textbf{Bold \textit{words}} stay.

\begin{itemize}
\item one
\item two
\end{itemize}
\begin{tabular}{l|r}
Boat & Cod \\ \hline
Terna & 812 \\
\end{tabular}
$x^2$ and \begin{equation}\label{e} E = mc^2 \end{equation}
\begin{verbatim}
\section{code}
\end{verbatim}
\end{document} behind"#;
        let pages = collect(read, text).unwrap();
        insta::assert_snapshot!(pages[0].text, @r"
        # On Lamps

        A. Keeper

        ## Lamps

        The wick is number 14. It costs 5 % more; see [barbier] and café, Größe. Bold words stay.

        - one

        - two

        Boat | Cod
        Terna | 812

        $x^2$ and

        $$\label{e} E = mc^2$$

        ```
        \section{code}
        ```
        ");
        let headings: Vec<_> = pages[0].headings.iter().map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(headings, [(1, "On Lamps"), (2, "Lamps")]);
    }

    #[test]
    fn a_piece_without_a_preamble_is_read() {
        assert_eq!(
            collect(read, r"\section{Lamps}The wick is number 14.").unwrap()[0].text,
            "## Lamps\n\nThe wick is number 14."
        );
    }
}
