//! LaTeX files and what is read of them.

use super::super::latex::{compose, read};
use super::super::sink::collect;

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

    | Boat | Cod |
    | --- | --- |
    | Terna | 812 |

    x² and

    E = mc²

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
fn signs_are_not_lost() {
    for (text, expected) in [
        (r"5\texttimes 3", "5×3"),
        (r"5\texttimes{}3 and 5$\times$3", "5×3 and 5×3"),
        (r"20\textdegree C, 5\textmu m, 4\textohm", "20°C, 5µm, 4Ω"),
        (r"5\textpm0.1, 1\textendash 2, a\textemdash b", "5±0.1, 1–2, a—b"),
        (r"\texteuro 5, \textsterling 6, \EUR{950}, \EUR{} 7", "€5, £6, 950 €, € 7"),
        (r"1\textonehalf\ cup, \textquoteleft a\textquoteright", "1½ cup, ‘a’"),
        (r#"\v{c}\c{c}\k{a}\r{a}\H{o}\u{g}\d{h}\v s\'{\i}\"\i\'e"#, "čçąåőğḥšíïé"),
        (r"\ss\ae\oe\o\l\aa{} \O re", "ßæœøłå Øre"),
        (r"10$^6$ m$^2$ of H$_2$O, $x^{10}$ and $10^{6}$", "10⁶ m² of H₂O, x¹⁰ and 10⁶"),
        (r"$\frac{1}{2}$, $\sqrt{2}$, $\leq 5$, $\approx 3\cdot10^{-3}$", "1/2, √2, ≤ 5, ≈ 3 · 10⁻³"),
        (r"\(a \geq b\), $90^{\circ}$ at \$5", "a ≥ b, 90° at $5"),
        (r"\sout{950} 800, \deleted{5}6, \replaced{8}{7}", "~~950~~ 800, 6, 8"),
        (r"Berth 5\unknown 3", "Berth 5 3"),
        (r"\ce{H2O}, \url{http://x.test/a%20b~c_d}", "H₂O, http://x.test/a%20b~c_d"),
        (r"$\unknown{x}^2$ stays", r"$\unknown{x}^2$ stays"),
        (r"costs $5 a day", "costs $5 a day"),
    ] {
        assert_eq!(line(text), expected, "{text}");
    }
}

#[test]
fn formulas_stand_in_lines_of_their_own() {
    assert_eq!(
        compose(
            "so\n\\[ a = \\frac{b}{2} \\]\n\\begin{align*} x &= 1 \\\\ y &= 10^6 \\end{align*}\n$$\\foo$$"
        )
        .unit()
        .text,
        "so\n\na = b/2\n\nx = 1\ny = 10⁶\n\n$$\\foo$$"
    );
}

#[test]
fn titles_of_frames_and_boxes_are_read() {
    let text = r"\begin{frame}{The ferry}It sails.\end{frame}\begin{theorem}[High water]At noon.\end{theorem}\begin{minipage}[t]{0.5\textwidth}x\end{minipage}\begin{tcolorbox}[colback=red,title=Mind the ice]y\end{tcolorbox}";
    assert_eq!(
        compose(text).unit().text,
        "## The ferry\n\nIt sails.\n\nHigh water\n\nAt noon.\n\nx\n\nMind the ice\n\ny"
    );
}

#[test]
fn parts_in_other_files_are_named() {
    let pages = collect(read, r"\documentclass{book}\begin{document}\input{fees}Text\end{document}").unwrap();
    assert_eq!(pages[0].text, "Text");
    assert!(pages[0].warning.as_deref().unwrap().contains("`fees`"));
}

#[test]
fn lists_count_as_they_say() {
    let text = r"\begin{enumerate}[label=\S\arabic*]\item one\item two\end{enumerate}\begin{enumerate}\setcounter{enumi}{4}\item five\end{enumerate}";
    assert_eq!(compose(text).unit().text, "§1 one\n\n§2 two\n\n5. five");
}

#[test]
fn tables_are_tables_wherever_they_stand() {
    let text = r"\begin{table}[h]\caption{Fees}\resizebox{\textwidth}{!}{\begin{tabular}{lr} Berth & Fee \\ \hline A\tnote{1} & \sout{950} 800 \\ \end{tabular}}\end{table}";
    assert_eq!(compose(text).unit().text, "Fees\n\n| Berth | Fee |\n| --- | --- |\n| A (1) | ~~950~~ 800 |");
}

#[test]
fn arguments_that_are_no_text_are_not_read() {
    assert_eq!(
        line(r"\textcolor{red}{Stop} \multicolumn{2}{c}{Pairs} \multirow{2}{*}{North} \href{http://x}{here}"),
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
