use super::super::sink::collect;
use super::*;

fn text(rtf: &str) -> String {
    collect(read, rtf).unwrap()[0].text.clone()
}

#[test]
fn characters_come_out_in_their_encoding() {
    assert_eq!(
        text(r"{\rtf1\ansi 90\~EUR net.\par Gr\'f6\'dfe\par d\u322?o\u324?\par}"),
        "90 EUR net.\n\nGröße\n\ndłoń"
    );
    assert_eq!(
        text(r"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}}"),
        "Привет"
    );
    assert_eq!(text(r"{\rtf1\ansi\ansicpg1251 \'cf\'f0}"), "Пр");
    assert_eq!(text(r"{\rtf1\uc0 \u-10179 \u-8704  and 10{\super 6} H{\sub 2}O}"), "😀 and 10⁶ H₂O");
}

#[test]
fn fonts_say_what_their_characters_are() {
    let fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Symbol;}}";
    let read = |text: &str| self::text(&format!(r"{{\rtf1\ansi\ansicpg1252\deff1{fonts}{text}\par}}"));
    assert_eq!(
        read(r"\'cf\'f0\'e8 {\f0 caf\'e9}\plain  \'cf"),
        "При café П",
        "the font of text that names none"
    );
    assert_eq!(read(r"{\f0 p {\f2\'b3} 5, }{\f2 a\u-3919 ?}{\f0 1}"), "p ≥ 5, α±1");
}

#[test]
fn what_is_moved_up_is_raised() {
    assert_eq!(
        text(r"{\rtf1 10{\up6 6} l of H{\dn6 2}O, m\up8 2\up0  and x{\up1 1}\par}"),
        "10⁶ l of H₂O, m² and x1"
    );
}

#[test]
fn what_is_not_shown_is_not_read() {
    let rtf = r"{\rtf1{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}{\stylesheet{\s1\outlinelevel0 heading 1;}}{\info{\title x}}
{\header running head\par}\pard\s1 Title\par\pard\plain seen{\v hidden}{\deleted gone}{\cf2 white} on{\*\annotation remark}{\footnote at the foot}.\par
{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\pict 0102}{\*\unknown no}\par}";
    let pages = collect(read, rtf).unwrap();
    assert_eq!(pages[0].text, "# Title\n\nseen on.\n\nat the foot\n\nlink\n\nrunning head");
    assert_eq!(pages[0].headings[0].title, "Title");
}

#[test]
fn fields_of_forms_show_what_they_are_set_to() {
    let field = |inside: &str, result: &str| {
        format!(r"{{\field{{\*\fldinst {{ FORM {{\*\formfield{{{inside}}}}}}}}}{{\fldrslt {{{result}}}}}}}")
    };
    let rtf = format!(
        r"{{\rtf1 {} power {} water {} heat {} berth {} end\par}}",
        field(r"\fftype1\ffres1\fftypetxt0{\*\ffname a}\ffdefres0", ""),
        field(r"\fftype1\ffres25{\*\ffname b}\ffdefres1", ""),
        field(r"\fftype1\ffres25{\*\ffname c}\ffdefres0", ""),
        field(r"\fftype2\ffres1{\*\ffname d}\ffdefres0{\*\ffl Summer}{\*\ffl Winter}", ""),
        field(r"\fftype0{\*\ffname e}{\*\ffdeftext none}", "Terna"),
    );
    assert_eq!(text(&rtf), "☒ power ☒ water ☐ heat Winter berth Terna end");
}

#[test]
fn what_is_struck_out_is_marked() {
    assert_eq!(
        text(r"{\rtf1 was {\strike 95\b 0 EUR} now {\striked1 10{\super 6}\striked0  l} 800\par}"),
        "was ~~950 EUR~~ now ~~10⁶~~ l 800"
    );
}

#[test]
fn labels_of_lists_leave_their_paragraph_as_it_is() {
    let rtf = r"{\rtf1{\stylesheet{\s1\outlinelevel0 heading 1;}}\pard\plain\s1{\listtext\pard\plain\s1 Article I\tab}Term\par
\trowd\cellx1000\cellx2000\pard\intbl a\cell\pard\intbl{\listtext\pard\plain 1.\tab}b\par{\listtext\pard\plain 2.\tab}c\cell\row\pard end\par}";
    assert_eq!(text(rtf), "# Article I Term\n\n| a | 1. b 2. c |\n\nend");
}

#[test]
fn tables_are_tables() {
    let rtf = r"{\rtf1\trowd\cellx1000\cellx2000\pard\intbl Boat\cell Cod\cell\row
\trowd\clvmgf\cellx1000\cellx2000\pard\intbl Terna\cell 812\cell\row\trowd\clvmrg\cellx1000\cellx2000\pard\intbl\cell 15\par 16\cell\row\pard after\par}";
    assert_eq!(text(rtf), "| Boat | Cod |\n| --- | --- |\n| Terna | 812 |\n| Terna | 15 16 |\n\nafter");
    let wide = r"{\rtf1\trowd\trhdr\cellx2000\cellx6000\intbl Site\cell Pairs\cell\row
\trowd\trhdr\cellx2000\cellx4000\cellx6000\intbl\cell 2023\cell 2024\cell\row
\trowd\cellx2000\cellx4000\cellx6000\intbl North\cell 12\cell 13\cell\row\pard\par}";
    assert_eq!(text(wide), "| Site | Pairs 2023 | Pairs 2024 |\n| --- | --- | --- |\n| North | 12 | 13 |");
    let merged = r"{\rtf1\trowd\cellx1000\clmgf\cellx2000\clmrg\cellx3000\intbl Site\cell Pairs\cell\cell\row
\trowd\cellx1000\cellx2000\cellx3000\intbl North\cell 12\cell 13\cell\row\pard\par}";
    assert_eq!(text(merged), "| Site | Pairs | Pairs |\n| --- | --- | --- |\n| North | 12 | 13 |");
}

#[test]
fn drawings_and_lists_are_read() {
    let rtf = r"{\rtf1 {\listtext 1.\tab}one\par{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt in a box\par}}{\shprslt twice}}\par one{\page}two\par}";
    assert_eq!(text(rtf), "1.\tone\n\nin a box\n\none\n\ntwo");
    let mail = br#"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Dear Ann\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}}"#;
    assert_eq!(mail_body(mail, 100).unwrap().text, "Dear Ann");
}

#[test]
fn fields_without_a_result_show_what_they_are_told() {
    let rtf = r#"{\rtf1\ansi{\fonttbl{\f0 Times;}{\f1\fcharset2 Symbol;}}Draught {\field{\*\fldinst SYMBOL 163 \\f "Symbol" \\s 10}{\fldrslt {\f1\fs20}}}5 m,
{\field{\*\fldinst { EQ \\f(1;2)}}{\fldrslt }} mile, {\field{\*\fldinst MACROBUTTON NoMacro [Name of the boat]}{\fldrslt }}
{\field{\*\fldinst SYMBOL 163 \\f "Symbol"}{\fldrslt at most}} {\v{\field{\*\fldinst SYMBOL 163 \\f "Symbol"}{\fldrslt }}}9\par}"#;
    assert_eq!(text(rtf), "Draught ≤5 m,1/2 mile, [Name of the boat]at most 9");
}

#[test]
fn texts_aside_leave_their_paragraph_whole() {
    let row = |left: &str, right: &str| {
        format!(r"\pard\trowd\cellx3000\cellx6000\intbl {left}\cell {right}\cell\row")
    };
    let drawing = r"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard\cf2 Inside the box\par}}{\shprslt{\*\do\dptxbx{\dptxbxtext\pard Inside the box\par}}}}";
    let older = r"{\*\do\dobxcolumn\dptxbx{\dptxbxtext\pard In an older box\par}}";
    let rtf = format!(
        r"{{\rtf1{{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}}{{\header {}\pard}}Before {drawing}and after.\par Beside{older} it.\par
        A note{{\footnote {}\pard its end\par}} here.\par}}",
        row("Harbour", "Office"),
        row("One", "Two"),
    );
    assert_eq!(
        text(&rtf),
        "Before and after.\n\nInside the box\n\nBeside it.\n\nIn an older box\n\nA note here.\n\nOne\tTwo\nits end\n\nHarbour Office"
    );
}

#[test]
fn a_last_row_without_its_end_is_read() {
    assert_eq!(
        text(r"{\rtf1 Berths\par\trowd\cellx3000\cellx6000\intbl North\cell 12\cell South\cell }"),
        "Berths\n\n| North | 12 | South |"
    );
}
