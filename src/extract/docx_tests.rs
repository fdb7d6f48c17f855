use super::super::sink::collect;
use super::*;

#[test]
fn structure_is_kept() {
    let pages = collect(read, include_bytes!("../../fixtures/documents/notes.docx").to_vec()).unwrap();
    insta::assert_snapshot!(pages[0].text, @r#"
    # Minutes of the reed bed group

    Held on 14 March 2024 in the boat house. Present: Aino Berg, Tom Reyes, Halima Said.

    # Cutting the reeds

    The western half is cut this winter, the eastern half in two years. The machine is lent by the water board and must be back by 20 February.

    ## Money

    Diesel cost 312 euros. Tom Reyes pays it from the bittern fund.

    - Order 40 willow stakes
    - Mend the hide
    - Ask the school about the moth night

    # Water level

    | Month | Gauge | Level in cm |
    | --- | --- | --- |
    | January | North | 84 |
    | February | North | 91 |
    | February | South | 77 |

    The sluice stays closed while the bitterns boom, that is until the end of June.
    "#);
    let headings: Vec<_> = pages[0].headings.iter().map(|it| (it.level, it.title.as_str())).collect();
    assert_eq!(
        headings,
        [(1, "Minutes of the reed bed group"), (1, "Cutting the reeds"), (2, "Money"), (1, "Water level")]
    );
}

/// A file with these parts below `word/`.
fn file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, content: &str| {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
    };
    put("[Content_Types].xml", "<Types/>");
    let relations: String = parts
        .iter()
        .map(|(name, _)| format!(r#"<Relationship Id="{name}" Type="http://x/{name}" Target="{name}.xml"/>"#))
        .collect();
    put("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    put(
        "word/document.xml",
        &format!(r#"<w:document xmlns:w="w" xmlns:m="m"><w:body>{body}</w:body></w:document>"#),
    );
    for (name, content) in parts {
        put(&format!("word/{name}.xml"), &format!(r#"<w:{name} xmlns:w="w">{content}</w:{name}>"#));
    }
    writer.finish().unwrap().into_inner()
}

fn text(body: &str, parts: &[(&str, &str)]) -> String {
    collect(read, file(body, parts)).unwrap()[0].text.clone()
}

#[test]
fn what_is_not_shown_is_not_read() {
    let body = r#"<w:p><w:r><w:t>seen</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t> new</w:t></w:r></w:ins>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r>
        <w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>white</w:t></w:r>
        <w:r><w:rPr><w:color w:val="FFFFFF"/><w:shd w:fill="000080"/></w:rPr><w:t> on blue</w:t></w:r></w:p>"#;
    assert_eq!(text(body, &[]), "seen new shown on blue");
}

#[test]
fn what_is_struck_out_is_marked() {
    let styles = r#"<w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>"#;
    let run = |look: &str, text: &str| {
        format!(r#"<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
    };
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p>",
        run("", "was "),
        run("<w:strike/>", "950"),
        run("<w:dstrike/><w:b/>", " EUR"),
        run(r#"<w:rStyle w:val="Old"/><w:strike w:val="0"/>"#, " now 800 "),
        run(r#"<w:rStyle w:val="Old"/>"#, "gone"),
    );
    assert_eq!(text(&body, &[("styles", styles)]), "was ~~950 EUR~~ now 800 gone");
}

#[test]
fn paragraphs_whose_end_is_deleted_go_on() {
    let run = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let gone = r#"<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>"#;
    // Some files call the text of a control its placeholder; people see it all the same.
    let placeholder = r#"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Weber</w:t></w:r></w:sdtContent></w:sdt>"#;
    let body = format!(
        "<w:p>{gone}{}</w:p><w:p>{}</w:p><w:p>{}{placeholder}</w:p><w:p>{gone}{}</w:p>",
        run("first half,"),
        run(" second half"),
        run("Name: "),
        run("the last")
    );
    assert_eq!(text(&body, &[]), "first half, second half\n\nName: Weber\n\nthe last");
}

#[test]
fn fields_leave_their_results_only() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let inner =
        format!("{begin}<w:r><w:instrText>MERGEFIELD x</w:instrText></w:r>{separate}{}{end}", run("secret"));
    let body = format!(
        "<w:p>{}{begin}<w:r><w:instrText> IF </w:instrText></w:r>{inner}{}{separate}{}{end}{}</w:p>",
        run("berth "),
        run(" = 1"),
        run("27"),
        run("."),
    );
    assert_eq!(text(&body, &[]), "berth 27.");
    let told = |instruction: &str| {
        format!("{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{separate}{end}")
    };
    let body = format!(
        r"<w:p>{}{}{}{}</w:p>",
        run("p"),
        told(r#" SYMBOL 179 \f "Symbol" "#),
        run("5,"),
        told(r" EQ \f(1;2)")
    );
    assert_eq!(text(&body, &[]), "p≥5,1/2");
    let checkbox = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>
        <w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> shore power</w:t></w:r></w:p>"#;
    assert_eq!(text(checkbox, &[]), "☒ shore power");
    let choice = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="north"/><w:listEntry w:val="south"/></w:ddList></w:ffData></w:fldChar></w:r>
        <w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> pier</w:t></w:r></w:p>"#;
    assert_eq!(text(choice, &[]), "south pier");
}

#[test]
fn raised_text_and_formulas_keep_their_meaning() {
    let body = r#"<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t></w:r>
        <w:r><w:t xml:space="preserve"> H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>O</w:t></w:r></w:p>
        <w:p><m:oMath><m:nary><m:sub><m:r><m:t>0</m:t></m:r></m:sub><m:sup><m:r><m:t>1</m:t></m:r></m:sup><m:e><m:f><m:num><m:r><m:t>x+1</m:t></m:r></m:num>
        <m:den><m:sSup><m:e><m:r><m:t>y</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f></m:e></m:nary></m:oMath></w:p>"#;
    assert_eq!(text(body, &[]), "10⁶ H₂O\n\n∫_0^1 (x+1)/y²");
}

#[test]
fn symbols_and_moved_text_keep_their_meaning() {
    let run = |look: &str, text: &str| {
        format!(r#"<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
    };
    let symbols = r#"<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>"#;
    let body = format!(
        "<w:p>{}{}{}{}{}{}{}</w:p>",
        run("", "p "),
        run(symbols, "\u{F0B3}"),
        run("", " 5 m"),
        run(r#"<w:position w:val="6"/>"#, "2"),
        run("", ", CO"),
        run(r#"<w:position w:val="-6"/>"#, "2"),
        run(r#"<w:position w:val="1"/>"#, "1"),
    );
    assert_eq!(text(&body, &[]), "p ≥ 5 m², CO₂1");
}

#[test]
fn labels_of_merged_cells_stand_in_their_rows() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("", "Site"),
        cell(r#"<w:gridSpan w:val="2"/>"#, "Pairs"),
        cell(r#"<w:vMerge w:val="restart"/>"#, "North"),
        cell("", "1"),
        cell("", "a|b"),
        cell("<w:vMerge/>", ""),
        cell("", "3"),
        cell("", "4"),
    );
    assert_eq!(
        text(&body, &[]),
        "| Site | Pairs | Pairs |\n| --- | --- | --- |\n| North | 1 | a\\|b |\n| North | 3 | 4 |"
    );
}

#[test]
fn numbers_that_word_makes_are_in_the_text() {
    let numbering = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>"#;
    let styles = r#"<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let at = |list: u8, level: u8, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let body = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Term</w:t></w:r></w:p>{}{}{}{}{}"#,
        at(1, 1, "five years"),
        at(1, 1, "renewed"),
        at(0, 0, "a remark"),
        at(2, 0, "Final"),
        at(2, 1, "law"),
    );
    let parts = [("numbering", numbering), ("styles", styles)];
    assert_eq!(
        text(&body, &parts),
        "# Article 1 Term\n\n1.1 five years\n\n1.2 renewed\n\na remark\n\nArticle 7 Final\n\n7.1 law"
    );
}

#[test]
fn notes_stand_behind_their_paragraph() {
    let notes = r#"<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>at the foot</w:t></w:r></w:p></w:footnote>"#;
    let body = r#"<w:p><w:r><w:t>said</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> so</w:t></w:r></w:p><w:p><w:r><w:t>next</w:t></w:r></w:p>"#;
    assert_eq!(text(body, &[("footnotes", notes)]), "said so\n\nat the foot\n\nnext");
}
