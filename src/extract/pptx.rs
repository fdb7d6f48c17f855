//! PowerPoint presentations: a slide is a page.

use super::archive::{self, Parts};
use super::chart;
use super::compose::Composer;
use super::drawing::{self, Line, Mark};
use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source, Unit};
use super::xml::{self, MAX_DEPTH, attr, child, chosen, name};
use roxmltree::Node;

const MAIN: &str = "ppt/presentation.xml";

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    archive::check(&source, Format::Pptx)?;
    read_parts(&mut Parts::open(&source.bytes)?, sink)
}

/// Reads a presentation by its parts, wherever these lie.
pub(super) fn read_parts(parts: &mut Parts<'_>, sink: &mut Sink) -> Result<(), ExtractError> {
    let (slides, size) = slides(parts)?;
    sink.total(slides.len())?;
    for slide in slides {
        if sink.skips_next() {
            continue;
        }
        let unit = match self::slide(parts, &slide, size) {
            Some(out) => out.unit(),
            None => Unit {
                warning: Some("This slide could not be read and is left out".to_owned()),
                ..Unit::text(String::new())
            },
        };
        sink.page(Unit { numbered: true, ..unit })?;
    }
    Ok(())
}

/// The slides in their order, and how large they are.
fn slides(parts: &mut Parts<'_>) -> Result<(Vec<String>, (i64, i64)), ExtractError> {
    let text = parts.text(MAIN).ok_or_else(|| ExtractError::corrupt("its list of slides is missing"))?;
    let document = xml::parse(&text)?;
    let relations = xml::relations(parts.text(&xml::relations_of(MAIN)).as_deref(), MAIN);
    let list = child(document.root_element(), "sldIdLst");
    let entries = list.into_iter().flat_map(|it| it.children()).filter(|it| name(*it) == "sldId");
    let slides = entries.filter_map(|it| {
        // Two attributes are called `id`; the one with a namespace leads to the slide.
        let id = it.attributes().find(|it| it.name() == "id" && it.namespace().is_some())?.value();
        relations.iter().find(|(own, ..)| own == id).map(|(_, _, target)| target.clone())
    });
    let side = |wanted: &str| {
        let own = child(document.root_element(), "sldSz").and_then(|it| attr(it, wanted));
        own.and_then(|it| it.parse().ok()).unwrap_or(i64::MAX)
    };
    Ok((slides.collect(), (side("cx"), side("cy"))))
}

fn slide(parts: &mut Parts<'_>, part: &str, size: (i64, i64)) -> Option<Composer> {
    let text = parts.text(part)?;
    let document = xml::parse(&text).ok()?;
    let relations = xml::relations(parts.text(&xml::relations_of(part)).as_deref(), part);
    let tree = xml::at(document.root_element(), &["cSld", "spTree"])?;
    let mut walk =
        Walk { parts, relations: &relations, size, out: Composer::default(), last: Composer::default() };
    if let Some(title) = titles(tree, 0) {
        walk.title(title);
    }
    walk.shapes(tree, 0, true);
    let last = std::mem::take(&mut walk.last);
    walk.out.append(last);
    let mut out = walk.out;
    let notes =
        relations.iter().find(|(_, kind, _)| kind == "notesSlide").and_then(|(.., it)| parts.text(it));
    if let Some(notes) = notes.as_deref().and_then(|it| xml::parse(it).ok()) {
        self::notes(notes.root_element(), &mut out);
    }
    Some(out)
}

struct Walk<'w, 'b> {
    parts: &'w mut Parts<'b>,
    relations: &'w [(String, String, String)],
    size: (i64, i64),
    out: Composer,
    /// Footers.
    last: Composer,
}

/// What a shape stands for: its type, and whether it stands for anything.
fn placeholder<'a>(shape: Node<'a, '_>) -> Option<&'a str> {
    let place = xml::at(shape, &["nvSpPr", "nvPr", "ph"])?;
    Some(attr(place, "type").unwrap_or("obj"))
}

fn is_title(shape: Node<'_, '_>) -> bool {
    matches!(placeholder(shape), Some("title" | "ctrTitle"))
}

fn titles<'a, 'i>(tree: Node<'a, 'i>, depth: usize) -> Option<Node<'a, 'i>> {
    let mut shapes = tree.children().filter(|it| it.is_element() && depth < 50 && !drawing::is_hidden(*it));
    shapes.find_map(|it| match name(it) {
        "sp" if is_title(it) => child(it, "txBody"),
        "grpSp" => titles(it, depth + 1),
        _ => None,
    })
}

impl Walk<'_, '_> {
    fn title(&mut self, body: Node<'_, '_>) {
        let lines = drawing::lines(body);
        let title = lines.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
        self.out.heading(1, &title);
    }

    fn shapes(&mut self, tree: Node<'_, '_>, depth: usize, top: bool) {
        if depth > MAX_DEPTH {
            return;
        }
        for shape in tree.children().filter(Node::is_element) {
            if drawing::is_hidden(shape) || (top && self.is_off(shape)) {
                let text: String =
                    shape.descendants().filter(|it| it.is_text()).filter_map(|it| it.text()).collect();
                self.out.hide(&text);
                continue;
            }
            match name(shape) {
                "sp" => self.shape(shape),
                "grpSp" => self.shapes(shape, depth + 1, false),
                "graphicFrame" => self.frame(shape),
                "pic" => {
                    let own = xml::at(shape, &["nvPicPr", "cNvPr"]).and_then(drawing::description);
                    if let Some(description) = own {
                        self.out.paragraph(&description);
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(shape) {
                        self.shapes(chosen, depth + 1, top);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether a shape lies wholly outside of its slide.
    fn is_off(&self, shape: Node<'_, '_>) -> bool {
        let place = xml::at(shape, &["spPr", "xfrm"]).or_else(|| xml::at(shape, &["grpSpPr", "xfrm"]));
        let Some(place) = place.or_else(|| child(shape, "xfrm")) else { return false };
        let value = |wanted: &str, which: &str| {
            child(place, wanted).and_then(|it| attr(it, which)).and_then(|it| it.parse::<i64>().ok())
        };
        let (Some(x), Some(y)) = (value("off", "x"), value("off", "y")) else { return false };
        let (wide, high) = (value("ext", "cx").unwrap_or(0), value("ext", "cy").unwrap_or(0));
        x >= self.size.0 || y >= self.size.1 || x.saturating_add(wide) < 0 || y.saturating_add(high) < 0
    }

    fn shape(&mut self, shape: Node<'_, '_>) {
        let Some(body) = child(shape, "txBody") else { return };
        let place = placeholder(shape);
        match place {
            Some("title" | "ctrTitle" | "sldNum" | "dt") => {}
            Some("ftr" | "hdr") => drawing::lines(body).iter().for_each(|it| self.last.paragraph(&it.text)),
            Some("body" | "obj") => self.lines(drawing::lines(body), true),
            _ => self.lines(drawing::lines(body), false),
        }
    }

    /// Paragraphs of a shape. In the body of a slide each is a point unless it says otherwise.
    fn lines(&mut self, lines: Vec<Line>, points: bool) {
        for line in lines {
            match line.mark {
                Some(Mark::Number(number)) => self.out.item(line.level, &format!("{number}."), &line.text),
                Some(Mark::Bullet) => self.out.item(line.level, "-", &line.text),
                None if points => self.out.item(line.level, "-", &line.text),
                Some(Mark::None) | None => self.out.paragraph(&line.text),
            }
        }
    }

    fn frame(&mut self, frame: Node<'_, '_>) {
        let Some(data) = xml::at(frame, &["graphic", "graphicData"]) else { return };
        for content in data.children().filter(Node::is_element) {
            match name(content) {
                "tbl" => self.out.table(drawing::table(content), true),
                "chart" | "relIds" => {
                    let id = attr(content, "id").or_else(|| attr(content, "dm"));
                    let found = self.relations.iter().find(|(own, ..)| Some(own.as_str()) == id);
                    let Some((_, kind, target)) = found.cloned() else { continue };
                    let Some(text) = self.parts.text(&target) else { continue };
                    if kind == "diagramData" {
                        drawing::diagram(&text).iter().for_each(|it| self.out.item(0, "-", it));
                    } else if let Some(grid) = chart::table(&text) {
                        self.out.table(grid, false);
                    }
                }
                _ => {}
            }
        }
    }
}

/// What the speaker is to say.
fn notes(root: Node<'_, '_>, out: &mut Composer) {
    for shape in root.descendants().filter(Node::is_element) {
        match name(shape) {
            "sp" if matches!(placeholder(shape), Some("body" | "obj") | None) => {
                let body = child(shape, "txBody").filter(|_| !drawing::is_hidden(shape));
                let lines = body.map(drawing::lines).unwrap_or_default();
                lines.iter().for_each(|it| out.paragraph(&it.text));
            }
            "tbl" => out.table(drawing::table(shape), true),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn each_slide_is_a_page_with_its_notes() {
        let pages = collect(read, include_bytes!("../../fixtures/documents/slides.pptx").to_vec()).unwrap();
        let written: Vec<_> = pages.iter().map(|it| format!("[{}]\n{}\n", it.number, it.text)).collect();
        insta::assert_snapshot!(written.concat(), @r##"
        [1]
        # The new bird hide

        - Opens on 3 May
        - Room for twelve people
        - Ramp for wheelchairs

        Thank the Nordby foundation for the timber.
        [2]
        # What it cost

        - Timber 4,200 euros
        - Roof 1,950 euros

        The roof is of larch shingles.
        [3]
        # Rules

        - No drones
        - Dogs stay outside
        "##);
        assert!(pages.iter().all(|it| it.numbered && it.markdown));
    }

    /// A presentation of one slide, and what is to be said to it.
    fn presentation(slide: &str, notes: Option<&str>) -> Vec<u8> {
        let main = r#"<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst><p:sldSz cx="1000" cy="700"/></p:presentation>"#;
        let relations =
            r#"<Relationships><Relationship Id="r1" Type="x/slide" Target="slides/s.xml"/></Relationships>"#;
        let of_slide = r#"<Relationships><Relationship Id="r1" Type="x/notesSlide" Target="../notesSlides/n.xml"/></Relationships>"#;
        let mut parts = vec![
            ("[Content_Types].xml", "<Types/>"),
            (MAIN, main),
            ("ppt/_rels/presentation.xml.rels", relations),
            ("ppt/slides/s.xml", slide),
        ];
        if let Some(notes) = notes {
            parts.extend([("ppt/slides/_rels/s.xml.rels", of_slide), ("ppt/notesSlides/n.xml", notes)]);
        }
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn tables_and_boxes_of_notes_are_read() {
        let slide = r#"<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Fees</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"#;
        let cell =
            |text: &str| format!("<a:tc><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></a:tc>");
        let notes = format!(
            r#"<p:notes xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>
            <p:sp><p:nvSpPr><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>7</a:t></a:r></a:p></p:txBody></p:sp>
            <p:sp><p:nvSpPr><p:nvPr><p:ph type="body"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Say why.</a:t></a:r></a:p></p:txBody></p:sp>
            <p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>{}{}</a:tr><a:tr>{}{}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>
            <p:sp><p:txBody><a:p><a:r><a:t>Ask Oline.</a:t></a:r></a:p></p:txBody></p:sp>
            </p:spTree></p:cSld></p:notes>"#,
            cell("Berth"),
            cell("Fee"),
            cell("A1"),
            cell("410")
        );
        let pages = collect(read, presentation(slide, Some(&notes))).unwrap();
        assert_eq!(
            pages[0].text,
            "# Fees\n\nSay why.\n\n| Berth | Fee |\n| --- | --- |\n| A1 | 410 |\n\nAsk Oline."
        );
    }

    #[test]
    fn groups_tables_and_hidden_shapes() {
        let slide = r#"<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>
            <p:grpSp><p:grpSp><p:sp><p:txBody><a:p><a:r><a:t>deep</a:t></a:r><a:br/><a:r><a:t>m</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>2</a:t></a:r><a:r><a:rPr strike="sngStrike"/><a:t> old</a:t></a:r></a:p></p:txBody></p:sp></p:grpSp></p:grpSp>
            <p:sp><p:nvSpPr><p:cNvPr hidden="1"/></p:nvSpPr><p:txBody><a:p><a:r><a:t>hidden</a:t></a:r></a:p></p:txBody></p:sp>
            <p:sp><p:spPr><a:xfrm><a:off x="-500" y="0"/><a:ext cx="100" cy="10"/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>off</a:t></a:r></a:p></p:txBody></p:sp>
            <p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc gridSpan="2"><p:txBody><a:p><a:r><a:t>Berth</a:t></a:r></a:p></p:txBody></a:tc><a:tc hMerge="1"/></a:tr>
            <a:tr><a:tc rowSpan="2"><p:txBody><a:p><a:r><a:t>Winter</a:t></a:r></a:p></p:txBody></a:tc><a:tc><p:txBody><a:p><a:r><a:t>12</a:t></a:r></a:p></p:txBody></a:tc></a:tr>
            <a:tr><a:tc vMerge="1"/><a:tc><p:txBody><a:p><a:r><a:t>13</a:t></a:r></a:p></p:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>
            <p:sp><p:txBody><a:p><a:pPr><a:buAutoNum startAt="3"/></a:pPr><a:r><a:t>three</a:t></a:r></a:p><a:p><a:pPr><a:buAutoNum startAt="3"/></a:pPr><a:r><a:t>four</a:t></a:r></a:p></p:txBody></p:sp>
            </p:spTree></p:cSld></p:sld>"#;
        let pages = collect(read, presentation(slide, None)).unwrap();
        assert_eq!(
            pages[0].text,
            "deep\nm² old\n\n| Berth | Berth |\n| --- | --- |\n| Winter | 12 |\n| Winter | 13 |\n\n3. three\n4. four"
        );
    }
}
