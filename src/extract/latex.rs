//! LaTeX: the words of a document, with its sections as headings. Formulas stay as they are written.

use super::compose::{Composer, one_line};
use super::error::ExtractError;
use super::format::Format;
use super::latex_source::{self, delimited, group};
use super::latex_units as units;
use super::numbering::Kind;
use super::sink::{Sink, Source};
use super::text;
use unicode_normalization::UnicodeNormalization;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::decoded(&source, Format::Latex)?;
    sink.flat(compose(&text).unit())
}

fn compose(text: &str) -> Composer {
    let text = latex_source::plain(text);
    let (preamble, body) = text.split_once("\\begin{document}").unwrap_or(("", &text));
    let body = body.split_once("\\end{document}").map_or(body, |(body, _)| body);
    let mut reader = Reader::new(body, 0);
    for (command, level) in [("\\title", 1), ("\\author", 0), ("\\date", 0)] {
        if let Some(argument) = argument_of(preamble, command) {
            let words = inline(argument, 1);
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

/// Environments that are printed as they stand.
pub(super) const VERBATIM: &[&str] = &["verbatim", "lstlisting", "minted", "Verbatim"];

const LISTS: &[&str] = &["enumerate", "itemize", "description"];

/// Groups within groups are looked into this far.
const MAX_DEPTH: usize = 60;

struct Reader<'a> {
    rest: &'a str,
    line: String,
    out: Composer,
    depth: usize,
    /// Lists that are open: how far those with numbers have come.
    lists: Vec<Option<i64>>,
}

/// Commands that begin with arguments that are no text, and how many.
const ASIDES: &[(&str, usize)] = &[
    ("bibitem", 1),
    ("color", 1),
    ("colorbox", 1),
    ("fbox", 0),
    ("fcolorbox", 2),
    ("fontsize", 2),
    ("foreignlanguage", 1),
    ("href", 1),
    ("hyperlink", 1),
    ("hypertarget", 1),
    ("makebox", 0),
    ("multicolumn", 2),
    ("multirow", 2),
    ("parbox", 1),
    ("raisebox", 1),
    ("resizebox", 2),
    ("rotatebox", 1),
    ("scalebox", 1),
    ("textcolor", 1),
    ("textlang", 1),
];

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
    fn new(rest: &'a str, depth: usize) -> Self {
        Self { rest, line: String::new(), out: Composer::default(), depth, lists: Vec::new() }
    }

    /// The words of an argument.
    fn words(&self, argument: &str) -> String {
        inline(argument, self.depth + 1)
    }

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
                let name = self.take().unwrap_or_default();
                self.flush();
                if LISTS.contains(&name.trim_end_matches('*')) {
                    self.lists.pop();
                }
            }
            "item" => {
                self.flush();
                let label = self.option().map(|it| self.words(it));
                let label = label.map_or_else(|| self.counted(), |it| format!("- {it}"));
                self.line.push_str(&format!("{label} "));
            }
            "par" | "newpage" | "clearpage" | "maketitle" | "hline" | "toprule" | "midrule"
            | "bottomrule" => self.flush_if(name),
            "newline" | "linebreak" | "tabularnewline" => self.line.push('\n'),
            "label" | "ref" | "eqref" | "pageref" | "bibliographystyle" | "bibliography" | "usepackage"
            | "documentclass" | "input" | "include" | "vspace" | "hspace" | "setlength" | "pagestyle"
            | "thispagestyle" | "includegraphics" | "newcommand" | "renewcommand" | "setcounter"
            | "index" | "phantom" | "cline" | "addtocounter" | "autoref" | "cref" | "Cref" | "nameref"
            | "rule" | "sisetup" | "definecolor" => {
                self.drop_arguments();
            }
            "cite" | "citep" | "citet" | "nocite" => {
                self.option();
                if let Some(keys) = self.take().filter(|_| name != "nocite") {
                    self.line.push_str(&format!("[{keys}]"));
                }
            }
            "footnote" => {
                if let Some(note) = self.take() {
                    let note = self.words(note);
                    self.line.push_str(&format!(" ({note})"));
                }
            }
            "verb" | "lstinline" | "mintinline" => self.code(name),
            "frac" | "dfrac" | "tfrac" | "cfrac" | "nicefrac" | "sfrac" | "xfrac" | "unitfrac" => {
                self.fraction()
            }
            "textsuperscript" | "textsubscript" => {
                let words = self.take().map(|it| self.words(it)).unwrap_or_default();
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

    /// The mark of the next item, as the classes of documents have it.
    fn counted(&mut self) -> String {
        let depth = self.lists.iter().filter(|it| it.is_some()).count();
        let Some(Some(count)) = self.lists.last_mut() else { return "-".to_owned() };
        *count += 1;
        match depth {
            1 => format!("{count}."),
            2 => format!("({})", Kind::LowerLetter.write(*count)),
            3 => format!("{}.", Kind::LowerRoman.write(*count)),
            _ => format!("{}.", Kind::UpperLetter.write(*count)),
        }
    }

    fn named(&mut self, name: &str) {
        if let Some((_, level)) = SECTIONS.iter().find(|(it, _)| *it == name) {
            self.option();
            if let Some(title) = self.take() {
                self.flush();
                let title = self.words(title);
                self.out.heading(*level, &title);
            }
            return;
        }
        if self.measured(name) {
            return;
        }
        if let Some((_, asides)) = ASIDES.iter().find(|(it, _)| *it == name) {
            for _ in 0..*asides {
                self.option();
                self.take();
            }
            self.option();
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

    /// Code within a line: `\verb|a_b|`.
    fn code(&mut self, name: &str) {
        self.option();
        if name == "mintinline" {
            self.take();
        }
        let braced = if name == "verb" { None } else { group(self.rest) };
        if let Some((code, rest)) = braced.or_else(|| delimited(self.rest)) {
            self.line.push_str(code);
            self.rest = rest;
        }
    }

    fn fraction(&mut self) {
        self.option();
        let (Some(above), Some(under)) = (self.argument(), self.argument()) else { return };
        let formed = units::fraction(&self.words(above), &self.words(under));
        // "1\nicefrac{1}{2}" is one and a half.
        if self.line.ends_with(|c: char| c.is_ascii_digit()) {
            self.line.push(' ');
        }
        self.line.push_str(&formed);
    }

    /// A group, or the one character that stands for one.
    fn argument(&mut self) -> Option<&'a str> {
        if let Some(inside) = self.take() {
            return Some(inside);
        }
        let text = self.rest.trim_start();
        let c = text.chars().next().filter(|it| it.is_alphanumeric())?;
        self.rest = &text[c.len_utf8()..];
        Some(&text[..c.len_utf8()])
    }

    /// The commands of siunitx. Says whether it was one.
    fn measured(&mut self, name: &str) -> bool {
        let numbers = match name {
            "num" | "tablenum" | "ang" | "numlist" | "numproduct" | "SI" | "qty" | "SIlist" | "qtylist"
            | "qtyproduct" => 1,
            "numrange" | "SIrange" | "qtyrange" => 2,
            "si" | "unit" => 0,
            _ => return false,
        };
        let has_unit = !name.starts_with("num") && !matches!(name, "tablenum" | "ang");
        self.option();
        let first = if numbers > 0 { self.take().unwrap_or_default() } else { "" };
        let second = if numbers > 1 { self.take().unwrap_or_default() } else { "" };
        // What stands before the number: a currency.
        let before = if has_unit { self.option().map(|it| self.words(it)) } else { None };
        let unit = if has_unit { self.take().map(units::unit).unwrap_or_default() } else { String::new() };
        let number = match name {
            "ang" => units::angle(first),
            _ if name.ends_with("list") => units::numbers(first),
            _ if numbers == 2 => units::range(first, second),
            _ => units::number(first),
        };
        let formed = if numbers == 0 { unit } else { units::quantity(&number, &unit) };
        self.line.push_str(&format!("{}{formed}", before.unwrap_or_default()));
        true
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
            code if VERBATIM.contains(&code) => {
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
            list if LISTS.contains(&list) => {
                self.lists.push((list == "enumerate").then_some(0));
                self.drop_arguments();
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
fn inline(text: &str, depth: usize) -> String {
    if depth > MAX_DEPTH {
        return one_line(text);
    }
    let mut reader = Reader::new(text, depth);
    reader.read();
    one_line(reader.out.text())
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

    fn line(text: &str) -> String {
        collect(read, text).unwrap()[0].text.clone()
    }

    #[test]
    fn fractions_and_quantities_keep_their_meaning() {
        for (text, expected) in [
            (r"\nicefrac{1}{2} cup", "1/2 cup"),
            (r"1\nicefrac{1}{2} cups, \sfrac34 left", "1 1/2 cups, 3/4 left"),
            (r"\frac{a+b}{2} and \frac{\frac{1}{2}}{3}", "(a+b)/2 and (1/2)/3"),
            (r"\SIrange{5}{10}{\metre} of rope", "5–10 m of rope"),
            (r"\numrange{1}{2} boats", "1–2 boats"),
            (r"\SI{5}{\milli\gram} or \qty[per-mode=symbol]{3}{\mg} a day", "5 mg or 3 mg a day"),
            (r"\SI{12}[\euro]{\per\kg}, \qtylist{1;2}{\km}", "€12 1/kg, 1, 2 km"),
            (r"\num{1.5e6} l at \ang{45} and \unit{\km\per\hour}", "1.5×10⁶ l at 45° and km/h"),
            (r"\SI{20}{\percent}, \SI{-3}{\celsius}, \SI{90}{\degree}", "20 %, -3 °C, 90°"),
        ] {
            assert_eq!(line(text), expected, "{text}");
        }
    }

    #[test]
    fn arguments_that_are_no_text_are_not_read() {
        assert_eq!(
            line(
                r"\textcolor{red}{Stop} \multicolumn{2}{c}{Pairs} \multirow{2}{*}{North} \href{http://x}{here}"
            ),
            "Stop Pairs North here"
        );
    }

    #[test]
    fn code_is_as_it_stands() {
        assert_eq!(line(r"Use \verb|a_b| and \verb+50%+ or \lstinline{f(x)}."), "Use a_b and 50% or f(x).");
        assert_eq!(line("\\begin{verbatim}\na % b\n\\end{verbatim}\nword % gone"), "```\na % b\n```\n\nword");
    }

    #[test]
    fn groups_within_groups_come_to_an_end() {
        let deep = format!("{}x{}", "\\footnote{".repeat(5000), "}".repeat(5000));
        assert!(line(&deep).contains('x'));
    }

    #[test]
    fn items_have_their_numbers() {
        let text = r"\begin{enumerate}\item one\begin{enumerate}\item deep\begin{itemize}\item mark\end{itemize}\item more\end{enumerate}\item two\end{enumerate}";
        assert_eq!(compose(text).unit().text, "1. one\n\n(a) deep\n\n- mark\n\n(b) more\n\n2. two");
    }

    #[test]
    fn a_piece_without_a_preamble_is_read() {
        assert_eq!(
            collect(read, r"\section{Lamps}The wick is number 14.").unwrap()[0].text,
            "## Lamps\n\nThe wick is number 14."
        );
    }
}
