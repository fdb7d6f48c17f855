//! Pictures inside Word, PowerPoint and EPUB files, in the order of the text they stand in.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::error::RecogniseError;
use super::settings::Layout;

/// Of one part of a package, unpacked.
const MAX_PART: u64 = 128 << 20;
const MAX_ENTRIES: usize = 20_000;

/// The pictures of a package, by the number of their page.
pub struct Package {
    archive: ZipArchive<Cursor<&'static [u8]>>,
    layout: Layout,
    /// The last page that was asked for, and the parts that its pictures are.
    listed: Option<(usize, Vec<String>)>,
}

impl Package {
    pub fn open(bytes: &'static [u8], layout: Layout) -> Result<Self, RecogniseError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|it| RecogniseError::picture(it.to_string()))?;
        if archive.len() > MAX_ENTRIES {
            return Err(RecogniseError::picture("it has too many parts"));
        }
        Ok(Self { archive, layout, listed: None })
    }

    /// The bytes of the picture with that place on a page (both 0-based); `None` after the last.
    pub fn picture(&mut self, page: usize, place: usize) -> Result<Option<Vec<u8>>, RecogniseError> {
        if self.listed.as_ref().is_none_or(|(listed, _)| *listed != page) {
            let names = self.names(page).unwrap_or_default();
            self.listed = Some((page, names));
        }
        let name = self.listed.as_ref().and_then(|(_, names)| names.get(place)).cloned();
        let Some(name) = name else { return Ok(None) };
        let part = self.part(&name).ok_or_else(|| RecogniseError::picture("it is missing in its file"))?;
        Ok(Some(part))
    }

    fn names(&mut self, page: usize) -> Option<Vec<String>> {
        let mut names = match self.layout {
            Layout::Word => {
                // A document without pages: what it has comes with the first.
                if page > 0 {
                    return None;
                }
                self.embedded("word/document.xml")?
            }
            Layout::Slides => {
                let slide = self.slide(page)?;
                self.embedded(&slide)?
            }
            Layout::Book => self.shown_in_chapter(page)?,
        };
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| is_raster(name) && seen.insert(name.clone()));
        Some(names)
    }

    /// The name of a slide's part, by its place in the presentation.
    fn slide(&mut self, page: usize) -> Option<String> {
        let presentation = self.text("ppt/presentation.xml")?;
        let ids = tags(&presentation).filter(|tag| tag.is("sldId")).filter_map(|tag| tag.value("r:id"));
        let id = ids.take(page + 1).nth(page)?;
        self.target("ppt/presentation.xml", &id)
    }

    /// Targets of all pictures that a part embeds, in its order.
    fn embedded(&mut self, part: &str) -> Option<Vec<String>> {
        let text = self.text(part)?;
        let ids: Vec<String> = tags(&text)
            .filter(|tag| tag.is("blip") || tag.is("imagedata"))
            .filter_map(|tag| tag.value("r:embed").or_else(|| tag.value("r:id")))
            .collect();
        let relations = self.text(&relations_of(part)?)?;
        let target = |id: &String| {
            let relation = tags(&relations).find(|tag| tag.value("Id").as_ref() == Some(id))?;
            (relation.value("TargetMode").as_deref() != Some("External")).then_some(())?;
            Some(resolved(part, &relation.value("Target")?))
        };
        Some(ids.iter().filter_map(target).collect())
    }

    fn target(&mut self, part: &str, id: &str) -> Option<String> {
        let relations = self.text(&relations_of(part)?)?;
        let relation = tags(&relations).find(|tag| tag.value("Id").as_deref() == Some(id))?;
        Some(resolved(part, &relation.value("Target")?))
    }

    fn shown_in_chapter(&mut self, page: usize) -> Option<Vec<String>> {
        let container = self.text("META-INF/container.xml")?;
        let package = tags(&container).find_map(|tag| tag.value("full-path"))?;
        let listed = self.text(&package)?;
        let id = tags(&listed).filter(|tag| tag.is("itemref")).nth(page)?.value("idref")?;
        let item = tags(&listed).find(|tag| tag.is("item") && tag.value("id").as_ref() == Some(&id))?;
        let chapter = resolved(&package, &unescaped_address(&item.value("href")?));
        let text = self.text(&chapter)?;
        let shown = tags(&text).filter_map(|tag| match () {
            () if tag.is("img") => tag.value("src"),
            () if tag.is("image") => tag.value("xlink:href").or_else(|| tag.value("href")),
            () => None,
        });
        Some(shown.map(|address| resolved(&chapter, &unescaped_address(&address))).collect())
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.part(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What it says of its size is not believed.
    fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        let entry = self.archive.by_name(name).ok()?;
        let mut bytes = Vec::new();
        entry.take(MAX_PART).read_to_end(&mut bytes).ok()?;
        ((bytes.len() as u64) < MAX_PART).then_some(bytes)
    }
}

fn is_raster(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ["png", "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "bmp", "webp"];
    ending.is_some_and(|ending| known.contains(&ending.as_str()))
}

fn relations_of(part: &str) -> Option<String> {
    let (folder, name) = part.rsplit_once('/')?;
    Some(format!("{folder}/_rels/{name}.rels"))
}

/// A target as it stands in a part: beside that part, or from the root.
fn resolved(part: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => part.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// `%20` and its like.
fn unescaped_address(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = address.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// A tag of XML or HTML, without its angle brackets.
#[derive(Debug, Clone, Copy)]
struct Tag<'a>(&'a str);

/// All tags that open, in their order. Comments are left out.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = &comment[comment.find("-->")? + 3..];
                continue;
            }
            let mut quote = None;
            let end = rest.char_indices().find(|&(_, character)| match (quote, character) {
                (None, '"' | '\'') => {
                    quote = Some(character);
                    false
                }
                (Some(open), character) if open == character => {
                    quote = None;
                    false
                }
                (None, '>') => true,
                _ => false,
            });
            let (end, _) = end?;
            let tag = &rest[..end];
            rest = &rest[end + 1..];
            if !tag.starts_with(['/', '!', '?']) {
                return Some(Tag(tag));
            }
        }
    })
}

impl Tag<'_> {
    /// Whether this is its name, whatever its prefix.
    fn is(self, name: &str) -> bool {
        let own = self.0.split(|it: char| it.is_whitespace() || it == '/').next().unwrap_or_default();
        own.rsplit(':').next().is_some_and(|own| own.eq_ignore_ascii_case(name))
    }

    fn value(self, name: &str) -> Option<String> {
        let mut rest = self.0;
        loop {
            let at = rest.find(name)?;
            let before = rest[..at].chars().next_back();
            rest = &rest[at + name.len()..];
            let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else { continue };
            if !before.is_some_and(char::is_whitespace) {
                continue;
            }
            let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            let value = value[1..].split(quote).next()?;
            return Some(value.replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn package(parts: &[(&str, &str)]) -> &'static [u8] {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner().leak()
    }

    fn pictures(package: &mut Package, page: usize) -> Vec<String> {
        let mut all = Vec::new();
        while let Ok(Some(bytes)) = package.picture(page, all.len()) {
            all.push(String::from_utf8(bytes).unwrap());
        }
        all
    }

    #[test]
    fn pictures_of_a_text_come_in_its_order() {
        let bytes = package(&[
            (
                "word/document.xml",
                "<w:p><!-- <a:blip r:embed='rId9'/> --><a:blip r:embed=\"rId2\"/><v:imagedata r:id='rId1'/><a:blip r:embed=\"rId2\"/><a:blip r:embed=\"rId3\"/></w:p>",
            ),
            (
                "word/_rels/document.xml.rels",
                "<Relationship Id=\"rId1\" Target=\"media/a.png\"/><Relationship Target='/word/media/b.JPG' Id='rId2'/><Relationship Id='rId3' Target='media/c.emf'/>",
            ),
            ("word/media/a.png", "A"),
            ("word/media/b.JPG", "B"),
            ("word/media/c.emf", "C"),
        ]);
        let mut word = Package::open(bytes, Layout::Word).unwrap();
        assert_eq!(pictures(&mut word, 0), ["B", "A"]);
        assert!(pictures(&mut word, 1).is_empty());
    }

    #[test]
    fn pictures_of_slides_belong_to_their_slide() {
        let bytes = package(&[
            (
                "ppt/presentation.xml",
                "<p:sldIdLst><p:sldId id='256' r:id='rId7'/><p:sldId id='257' r:id='rId6'/></p:sldIdLst>",
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                "<Relationship Id='rId6' Target='slides/slide1.xml'/><Relationship Id='rId7' Target='slides/slide2.xml'/>",
            ),
            ("ppt/slides/slide1.xml", "<a:blip r:embed='rId1'/>"),
            ("ppt/slides/slide2.xml", "<p:sld>no picture</p:sld>"),
            ("ppt/slides/_rels/slide1.xml.rels", "<Relationship Id='rId1' Target='../media/image1.png'/>"),
            ("ppt/media/image1.png", "ONE"),
        ]);
        let mut slides = Package::open(bytes, Layout::Slides).unwrap();
        assert!(pictures(&mut slides, 0).is_empty());
        assert_eq!(pictures(&mut slides, 1), ["ONE"]);
        assert!(pictures(&mut slides, 2).is_empty());
    }

    #[test]
    fn pictures_of_a_book_belong_to_their_chapter() {
        let bytes = package(&[
            ("META-INF/container.xml", "<rootfile full-path='OPS/book.opf'/>"),
            (
                "OPS/book.opf",
                "<item id='b' href='two.xhtml'/><item id='a' href='text/one.xhtml'/><spine><itemref idref='a'/><itemref idref='b'/></spine>",
            ),
            ("OPS/text/one.xhtml", "<img alt='x > y' src='../pictures/a%20map.png'/>"),
            ("OPS/two.xhtml", "<svg><image xlink:href='pictures/b.jpg'/></svg>"),
            ("OPS/pictures/a map.png", "MAP"),
            ("OPS/pictures/b.jpg", "B"),
        ]);
        let mut book = Package::open(bytes, Layout::Book).unwrap();
        assert_eq!(pictures(&mut book, 0), ["MAP"]);
        assert_eq!(pictures(&mut book, 1), ["B"]);
    }
}
