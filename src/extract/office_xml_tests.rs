use super::super::sink::collect;
use super::*;

fn text(file: &str) -> String {
    collect(xml_file::read, file).unwrap()[0].text.clone()
}

#[test]
fn kinds_are_told_by_their_first_element() {
    for (file, kind) in [
        (
            r#"<?xml version="1.0"?><?mso-application progid="Word.Document"?><!-- <a> --><w:wordDocument xmlns:w="w">"#,
            Some(Kind::Word2003),
        ),
        (
            r#"<office:document office:mimetype="application/vnd.oasis.opendocument.text">"#,
            Some(Kind::OpenDocument),
        ),
        (
            r#"<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">"#,
            Some(Kind::Package),
        ),
        (r#"<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">"#, Some(Kind::Sheets2003)),
        ("<document>opendocument</document>", None),
        ("<package name=\"a\"/>", None),
        ("<a><w:wordDocument/></a>", None),
        ("no element", None),
    ] {
        assert_eq!(Kind::of(file), kind, "{file}");
    }
}

#[test]
fn a_document_of_word_2003_is_read_as_it_is_seen() {
    let file = r#"<?xml version="1.0"?><?mso-application progid="Word.Document"?>
        <w:wordDocument xmlns:w="w" xmlns:wx="x" xmlns:aml="a" xmlns:v="v"><w:styles>
        <w:style w:type="paragraph" w:default="on" w:styleId="N"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="N"/></w:style></w:styles>
        <w:body><wx:sect><wx:sub-section><w:p><w:pPr><w:pStyle w:val="H2"/></w:pPr><w:r><w:t>Lease</w:t></w:r></w:p></wx:sub-section>
        <w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="4." wx:wTabBefore="360"/></w:listPr></w:pPr><w:r><w:t>The rent is </w:t></w:r>
        <aml:annotation aml:id="1" w:type="Word.Deletion"><aml:content><w:r><w:delText>900 </w:delText></w:r></aml:content></aml:annotation>
        <aml:annotation aml:id="2" w:type="Word.Insertion"><aml:content><w:r><w:t>950 </w:t></w:r></aml:content></aml:annotation>
        <w:r><w:t>crowns.</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>Due on the first.</w:t></w:r></w:p></w:footnote></w:r>
        <w:r><aml:annotation aml:id="3" w:type="Word.Comment"><aml:content><w:p><w:r><w:t>a remark</w:t></w:r></w:p></aml:content></aml:annotation></w:r></w:p>
        <w:p><w:pPr><w:listPr><w:ilvl w:val="1"/><wx:t wx:val="·"/></w:listPr></w:pPr><w:r><w:t>by transfer</w:t></w:r></w:p>
        <w:p><w:r><w:pict><w:binData w:name="wordml://1.png">iVBOR</w:binData><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Key</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Holder</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>K7</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Oline</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>Runa</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        <w:sectPr><w:ftr w:type="odd"><w:p><w:r><w:t>Nordby harbour</w:t></w:r></w:p></w:ftr></w:sectPr></wx:sect></w:body></w:wordDocument>"#;
    insta::assert_snapshot!(text(file), @r"
    ## Lease

    4. The rent is 950 crowns.

    Due on the first.

      - by transfer

    In a box

    | Key | Holder |
    | --- | --- |
    | K7 | Oline |
    | K7 | Runa |

    Nordby harbour
    ");
}

#[test]
fn parts_in_one_file_are_read_like_those_in_an_archive() {
    let part = |name: &str, content: &str| {
        format!(r#"<pkg:part pkg:name="{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>"#)
    };
    let package = |parts: &[String]| {
        let parts = parts.concat();
        format!(
            "\u{FEFF}<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">{parts}</pkg:package>"
        )
    };
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="r"><Relationship Id="r1" Type="x/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let word = package(&[
        part("/_rels/.rels", &relation("officeDocument", "word/document.xml")),
        part(
            "/word/document.xml",
            r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Größe</w:t></w:r></w:p><w:p><w:r><w:t>45 cm</w:t></w:r></w:p></w:body></w:document>"#,
        ),
        part("/word/_rels/document.xml.rels", &relation("styles", "styles.xml")),
        part(
            "/word/styles.xml",
            r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="T"><w:name w:val="heading 1"/></w:style></w:styles>"#,
        ),
    ]);
    assert_eq!(text(&word), "# Größe\n\n45 cm");
    let slides = package(&[
        part(
            "/ppt/presentation.xml",
            r#"<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="1" r:id="r1"/></p:sldIdLst></p:presentation>"#,
        ),
        part("/ppt/_rels/presentation.xml.rels", &relation("slide", "slides/s.xml")),
        part(
            "/ppt/slides/s.xml",
            r#"<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>The ferry sails.</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"#,
        ),
    ]);
    assert_eq!(text(&slides), "The ferry sails.");
}

#[test]
fn charts_in_a_flat_file_are_tables() {
    let file = r#"<office:document xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d" xmlns:chart="c" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
        <text:p>Landed<draw:frame><draw:object><office:document><office:body><office:chart><chart:chart><chart:title><text:p>Tons</text:p></chart:title>
        <table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Cod</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell><text:p>2024</text:p></table:table-cell><table:table-cell><text:p>812</text:p></table:table-cell></table:table-row></table:table></chart:chart></office:chart></office:body></office:document></draw:object></draw:frame></text:p>
        </office:text></office:body></office:document>"#;
    assert_eq!(text(file), "Landed\n\nTons\n\n| Year | Cod |\n| --- | --- |\n| 2024 | 812 |");
}
