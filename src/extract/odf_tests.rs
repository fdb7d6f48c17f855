use super::super::sink::collect;
use super::*;
use std::io::{Cursor, Write};

pub(crate) fn file(mime: &str, body: &str, styles: &str) -> Vec<u8> {
    paged(mime, body, styles, "")
}

/// A file with kinds of pages.
fn paged(mime: &str, body: &str, styles: &str, pages: &str) -> Vec<u8> {
    let pages = format!(
        r#"<office:document-styles xmlns:office="o" xmlns:text="t" xmlns:style="s">{pages}</office:document-styles>"#
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:fo="f"
        xmlns:draw="d" xmlns:presentation="p"><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>"#
    );
    for (name, content) in [("mimetype", mime), ("content.xml", &content), ("styles.xml", &pages)] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_text_is_read_as_it_is_seen() {
    let styles = r#"<style:style style:name="H"><style:text-properties text:display="none"/></style:style>
        <style:style style:name="S"><style:text-properties style:text-position="super 58%"/></style:style>
        <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>"#;
    let body = r#"<office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>
        <text:h text:outline-level="2">Tides</text:h>
        <text:p>10<text:span text:style-name="S">6</text:span> li<text:soft-page-break/>tres<text:span text:style-name="H"> hidden</text:span>,
        <text:date>5 May</text:date><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>At the foot.</text:p></text:note-body></text:note>
        <office:annotation><text:p>remark</text:p></office:annotation><text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby></text:p>
        <text:section text:display="none"><text:p>gone</text:p></text:section>
        <text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item>
        <text:list-item><text:p>two</text:p></text:list-item></text:list>
        <table:table><table:table-row><table:table-cell><text:p>Boat</text:p></table:table-cell><table:table-cell><text:p>Cod</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Terna</text:p></table:table-cell><table:table-cell><text:p>812</text:p></table:table-cell></table:table-row>
        <table:table-row><table:covered-table-cell/><table:table-cell><text:p>15</text:p></table:table-cell></table:table-row></table:table></office:text>"#;
    let pages = collect(read_text, file(Format::Odt.mime(), body, styles)).unwrap();
    insta::assert_snapshot!(pages[0].text, @r"
    ## Tides

    10⁶ litres, 5 May 東京(とうきょう)

    At the foot.

    1. one

    a) deep

    2. two

    | Boat | Cod |
    | --- | --- |
    | Terna | 812 |
    | Terna | 15 |
    ");
}

#[test]
fn rows_that_are_repeated_are_read_as_often() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let body = format!(
        r#"<office:text><table:table><table:table-row>{}{}</table:table-row><table:table-row table:number-rows-repeated="2">{}{}</table:table-row></table:table></office:text>"#,
        cell("Boat"),
        cell("Cod"),
        cell("Terna"),
        cell("812")
    );
    let pages = collect(read_text, file(Format::Odt.mime(), &body, "")).unwrap();
    assert_eq!(pages[0].text, "| Boat | Cod |\n| --- | --- |\n| Terna | 812 |\n| Terna | 812 |");
}

#[test]
fn formulas_keep_their_meaning() {
    let math = r#"<math xmlns="m"><semantics><mrow><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac><mo>=</mo>
        <msup><mn>10</mn><mn>6</mn></msup></mrow><annotation>{a+b} over 2</annotation></semantics></math>"#;
    let body = format!(
        "<office:text><text:p>It is<draw:frame><draw:object>{math}</draw:object></draw:frame></text:p></office:text>"
    );
    let pages = collect(read_text, file(Format::Odt.mime(), &body, "")).unwrap();
    assert_eq!(pages[0].text, "It is\n\n(a + b)/2 = 10⁶");
}

#[test]
fn what_is_struck_out_is_marked() {
    let styles = r#"<style:style style:name="X"><style:text-properties style:text-line-through-style="solid"/></style:style>"#;
    let body = r#"<office:text><text:p>was <text:span text:style-name="X">950 EUR</text:span> now 800</text:p></office:text>"#;
    let pages = collect(read_text, file(Format::Odt.mime(), body, styles)).unwrap();
    assert_eq!(pages[0].text, "was ~~950 EUR~~ now 800");
}

#[test]
fn sections_are_hidden_by_their_style_and_paragraphs_bring_their_number() {
    let styles = r#"<style:style style:name="S"><style:section-properties text:display="none"/></style:style>
        <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="First" style:num-suffix=":"/></text:list-style>"#;
    let table = |inside: &str| format!("<table:table>{inside}</table:table>");
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|it| {
            let words = if it.starts_with('<') { (*it).to_owned() } else { format!("<text:p>{it}</text:p>") };
            format!("<table:table-cell>{words}</table:table-cell>")
        });
        format!("<table:table-row>{}</table:table-row>", cells.collect::<String>())
    };
    let inner = table(&format!("{}{}", row(&["Boom", "3 m"]), row(&["Gaff", "2 m"])));
    let body = format!(
        r#"<office:text><text:section text:style-name="S"><text:p>gone</text:p></text:section>
        <text:numbered-paragraph><text:number>7.</text:number><text:p>seven</text:p></text:numbered-paragraph>
        <text:list text:style-name="L"><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
        {}{}</office:text>"#,
        table(&row(&["framed"])),
        table(&format!("{}{}", row(&["Boat", "Parts"]), row(&["Terna", &inner])))
    );
    let pages = collect(read_text, file(Format::Odt.mime(), &body, styles)).unwrap();
    insta::assert_snapshot!(pages[0].text, @r"
    7. seven

    First: one

    Second: two

    framed

    | Boat | Parts |
    | --- | --- |
    | Terna | Boom, 3 m; Gaff, 2 m |
    ");
}

#[test]
fn slides_are_pages() {
    let body = r#"<office:presentation><draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>The hide</text:p></draw:text-box></draw:frame>
        <draw:g><draw:custom-shape><text:p>in a group</text:p></draw:custom-shape></draw:g>
        <draw:frame><draw:text-box><text:list><text:list-item><text:p>opens in May</text:p></text:list-item></text:list></draw:text-box></draw:frame>
        <presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>Thank them.</text:p></draw:text-box></draw:frame></presentation:notes></draw:page></office:presentation>"#;
    let pages = collect(read_slides, file(Format::Odp.mime(), body, "")).unwrap();
    assert_eq!(pages[0].text, "# The hide\n\nin a group\n\n- opens in May\n\nThank them.");
    assert!(pages[0].numbered);
}

const WHITE: &str =
    r##"<style:style style:name="W"><style:text-properties fo:color="#ffffff"/></style:style>"##;

#[test]
fn shapes_leave_their_paragraph_whole() {
    let white = r#"<text:p><text:span text:style-name="W">white</text:span></text:p>"#;
    let body = format!(
        "<office:text><text:p>Before <draw:polygon><text:p>in a polygon</text:p></draw:polygon>after \
         <draw:caption><text:p>in a caption</text:p></draw:caption>it.</text:p>\
         <text:p>Then<draw:rect>{white}</draw:rect><draw:frame><draw:text-box>{white}</draw:text-box></draw:frame></text:p></office:text>"
    );
    let pages = collect(read_text, file(Format::Odt.mime(), &body, WHITE)).unwrap();
    assert_eq!(pages[0].text, "Before after it.\n\nin a polygon\n\nin a caption\n\nThen\n\nwhite");
}

#[test]
fn white_text_of_a_dark_slide_is_read() {
    let body = r#"<office:presentation><draw:page><draw:frame><draw:text-box><text:p text:style-name="W">white</text:p>
        </draw:text-box></draw:frame></draw:page></office:presentation>"#;
    let pages = collect(read_slides, file(Format::Odp.mime(), body, WHITE)).unwrap();
    assert_eq!(pages[0].text, "white");
}

#[test]
fn what_stands_at_the_edges_of_pages_is_said_once() {
    let edge = |kind: &str, text: &str| format!("<style:{kind}><text:p>{text}</text:p></style:{kind}>");
    let page = |name: &str, more: &str, edges: &str| {
        format!(r#"<style:master-page style:name="{name}" {more}>{edges}</style:master-page>"#)
    };
    let pages = [
        page("Standard", "", &(edge("header", "Harbour book") + &edge("footer", "7"))),
        page("Cover", r#"style:next-style-name="Body""#, &edge("footer", "Nordby 2031")),
        page("Body", "", &(edge("header", "Harbour office") + &edge("footer", "Nordby 2031"))),
    ];
    let read = |styles: &str| {
        let body = r#"<office:text><text:p text:style-name="P1">Tides</text:p></office:text>"#;
        let file = paged(Format::Odt.mime(), body, styles, &pages.concat());
        collect(read_text, file).unwrap()[0].text.clone()
    };
    assert_eq!(read(""), "Tides\n\nHarbour book");
    assert_eq!(
        read(r#"<style:style style:name="P1" style:master-page-name="Cover"/>"#),
        "Tides\n\nNordby 2031\n\nHarbour office"
    );
}
