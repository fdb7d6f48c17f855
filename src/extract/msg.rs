//! Outlook mails: properties in streams of their own, in a container.

use super::cfb::Container;
use super::clean;
use super::error::ExtractError;
use super::mail::Headers;
use super::markup;
use super::nested::{Enclosed, Within, deeper};
use super::page::Heading;
use super::sink::{Sink, Source, Unit};
use encoding_rs::Encoding;

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let container = Container::open(&source.bytes)?;
    if !container.has("__properties_version1.0") {
        return Err(ExtractError::corrupt("it holds no mail"));
    }
    let mut within = Within::new(&source.budget);
    let mut units = Vec::new();
    letter(&Mail { container: &container, folder: String::new() }, 0, &source, &mut within, &mut units)?;
    if let Some(warning) = within.warning() {
        units.push(Unit { warning: Some(warning), ..Unit::text(String::new()) });
    }
    sink.units(units)
}

struct Mail<'a> {
    container: &'a Container<'a>,
    /// Where it lies: empty, or an attachment's folder with a slash.
    folder: String,
}

impl Mail<'_> {
    /// A property that is text: in Unicode, else in the mail's code page.
    fn text(&self, property: &str) -> Option<String> {
        if let Some(bytes) = self.bytes(property, "001F") {
            let text = encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned();
            return Some(text.trim_end_matches('\0').to_owned());
        }
        let bytes = self.bytes(property, "001E")?;
        Some(self.decoded(&bytes).trim_end_matches('\0').to_owned())
    }

    fn bytes(&self, property: &str, kind: &str) -> Option<Vec<u8>> {
        self.container.read(&format!("{}__substg1.0_{property}{kind}", self.folder))
    }

    fn decoded(&self, bytes: &[u8]) -> String {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return text.to_owned();
        }
        let page = self.number(0x3FFD_0003).or_else(|| self.number(0x3FDE_0003));
        match page.and_then(encoding_of) {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            None => super::encoding::decode(bytes).into_owned(),
        }
    }

    /// The eight bytes of a property of fixed size. The list of them has a head whose size depends on where it lies.
    fn fixed(&self, tag: u32) -> Option<[u8; 8]> {
        let list = self.container.read(&format!("{}__properties_version1.0", self.folder))?;
        let head = if self.folder.is_empty() { 32 } else { 24 };
        let entry = list.get(head..)?.chunks_exact(16).find(|it| it[..4] == tag.to_le_bytes())?;
        entry[8..].try_into().ok()
    }

    fn number(&self, tag: u32) -> Option<u32> {
        self.fixed(tag).map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]]))
    }

    /// Sent, or else received.
    fn date(&self) -> Option<String> {
        let ticks = self.fixed(0x0039_0040).or_else(|| self.fixed(0x0E06_0040))?;
        let seconds = i64::try_from(u64::from_le_bytes(ticks) / 10_000_000).ok()? - 11_644_473_600;
        Some(super::calendar::utc(seconds))
    }
}

fn letter(
    mail: &Mail<'_>,
    depth: u8,
    source: &Source,
    within: &mut Within,
    units: &mut Vec<Unit>,
) -> Result<(), ExtractError> {
    let attachments: Vec<String> = mail
        .container
        .storages_in(mail.folder.trim_end_matches('/'))
        .into_iter()
        .filter(|it| it.rsplit('/').next().is_some_and(|it| it.starts_with("__attach_version1.0")))
        .map(|it| format!("{it}/"))
        .collect();
    let parts: Vec<Mail<'_>> =
        attachments.into_iter().map(|folder| Mail { container: mail.container, folder }).collect();
    let name = |part: &Mail<'_>, at: usize| {
        let name = part.text("3707").or_else(|| part.text("3704")).or_else(|| part.text("3001"));
        let name = name.map(|it| clean::normalise(&it)).filter(|it| !it.is_empty());
        name.unwrap_or_else(|| format!("attachment {}", at + 1))
    };
    let names: Vec<String> = parts.iter().enumerate().map(|(at, part)| name(part, at)).collect();
    let sender = mail.text("0C1A").or_else(|| mail.text("0042")).unwrap_or_default();
    let address =
        mail.text("5D01").or_else(|| mail.text("0C1F")).filter(|it| it.contains('@') && *it != sender);
    let headers = Headers {
        subject: mail.text("0037").unwrap_or_default(),
        from: address.map_or(sender.clone(), |it| format!("{sender} <{it}>")),
        to: mail.text("0E04").unwrap_or_default(),
        cc: mail.text("0E03").unwrap_or_default(),
        date: mail.date(),
        attachments: names.clone(),
    };
    units.push(headers.with(body(mail, source)?));
    for (part, name) in parts.iter().zip(&names) {
        let inner = format!("{}__substg1.0_3701000D/", part.folder);
        if let Some(bytes) = part.bytes("3701", "0102") {
            let read = within.read(Enclosed { name, bytes, mime: part.text("370E").as_deref() });
            units.extend(read.into_iter().map(deeper));
        } else if mail.container.has(&format!("{inner}__properties_version1.0"))
            && depth < source.budget.max_depth
        {
            let start = units.len();
            letter(&Mail { container: mail.container, folder: inner }, depth + 1, source, within, units)?;
            for unit in &mut units[start..] {
                unit.headings.iter_mut().for_each(|it| it.level = it.level.saturating_add(2));
                unit.headings.insert(0, Heading { start: 0, level: 2, title: name.clone() });
            }
        } else {
            within.miss(name, &ExtractError::corrupt("it is not in the file"));
        }
    }
    Ok(())
}

/// Plain text, the page, or the rich text that holds either.
fn body(mail: &Mail<'_>, source: &Source) -> Result<Unit, ExtractError> {
    let plain = mail.text("1000").map(|it| clean::normalise(&it)).unwrap_or_default();
    let html = mail.bytes("1013", "0102").map(|it| mail.decoded(&it)).or_else(|| mail.text("1013"));
    let page = html.map(|it| markup::page(&it, source.budget.max_nesting)).transpose()?;
    if let Some(page) = page.filter(|it| clean::words(&it.text) > 2 * clean::words(&plain)) {
        return Ok(page);
    }
    if !plain.is_empty() {
        return Ok(Unit::text(plain));
    }
    let rich = mail.bytes("1009", "0102").and_then(|it| super::lzfu::unpack(&it));
    match rich {
        Some(rich) => Ok(super::rtf::mail_body(&rich, source.budget.max_nesting)?),
        None => Ok(Unit::text(String::new())),
    }
}

/// The encoding of a Windows code page.
pub(super) fn encoding_of(page: u32) -> Option<&'static Encoding> {
    let label = match page {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        28591..=28606 => format!("iso-8859-{}", page - 28590),
        874 | 1250..=1258 => format!("windows-{page}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}
