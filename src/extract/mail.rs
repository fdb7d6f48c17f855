//! Mails, mailboxes and web pages saved as mails.

use super::error::ExtractError;
use super::mail_body::{body, repaired};
use super::nested::{Enclosed, Within, deeper};
use super::page::Heading;
use super::sink::{Sink, Source, Unit};
use super::{clean, mail_bytes, markup, smime, tnef};
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let mut within = Within::new(&source.budget);
    let mut units = mail(&source.bytes, &mut within)?;
    warn(&mut units, &within);
    sink.units(units)
}

/// Mails one after another, each of which begins with a line "From …".
pub(super) fn read_mbox(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let mut within = Within::new(&source.budget);
    let mut units = Vec::new();
    for bytes in mails(&source.bytes) {
        sink.busy()?;
        units.extend(mail(&bytes, &mut within).unwrap_or_else(|_| vec![without_headers(&bytes)]));
    }
    if units.is_empty() {
        if !super::format::looks_like_text(&source.bytes) {
            return Err(ExtractError::corrupt("no line in it begins a mail"));
        }
        // A single mail under the name of a mailbox, or text of another kind.
        units = mail(&source.bytes, &mut within).unwrap_or_else(|_| vec![without_headers(&source.bytes)]);
    }
    warn(&mut units, &within);
    sink.units(units)
}

fn without_headers(bytes: &[u8]) -> Unit {
    let text = clean::normalise(&super::encoding::decode(bytes));
    Unit { warning: Some("A mail without headers".to_owned()), ..Unit::text(text) }
}

/// A web page with everything that belongs to it; only the page is read.
pub(super) fn read_mhtml(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let bytes = mail_bytes::whole(&source.bytes);
    let message = parsed(&bytes)?;
    let frames: Vec<&MessagePart> = message.html_bodies().collect();
    let mut units = Vec::new();
    for part in frames {
        if let PartType::Html(html) = &part.body {
            units.push(markup::page(&repaired(html, part), source.budget.max_nesting)?);
        }
    }
    if units.is_empty() {
        let mut within = Within::new(&source.budget);
        units = letter(&message, &mut within)?;
    }
    sink.units(units)
}

fn parsed(bytes: &[u8]) -> Result<Message<'_>, ExtractError> {
    MessageParser::default().parse(bytes).ok_or_else(|| ExtractError::corrupt("it has no headers"))
}

fn warn(units: &mut Vec<Unit>, within: &Within) {
    if let Some(warning) = within.warning() {
        units.push(Unit { warning: Some(warning), ..Unit::text(String::new()) });
    }
}

fn mail(bytes: &[u8], within: &mut Within) -> Result<Vec<Unit>, ExtractError> {
    let bytes = mail_bytes::whole(bytes);
    let message = parsed(&bytes)?;
    if message.headers().is_empty() {
        return Err(ExtractError::corrupt("it has no headers"));
    }
    letter(&message, within)
}

/// A mail: its headers and body as one text, then its attachments.
fn letter(message: &Message<'_>, within: &mut Within) -> Result<Vec<Unit>, ExtractError> {
    let mut attached: Vec<&MessagePart> = Vec::new();
    for part in message.attachments().filter(|part| !is_ornament(part)) {
        // An invitation is sent as a part to be shown and as a file.
        let is_told = |it: &&MessagePart| is_calendar(it) && it.contents() == part.contents();
        if !attached.iter().any(is_told) {
            attached.push(part);
        }
    }
    let names: Vec<String> = attached.iter().enumerate().map(|(at, part)| called(part, at)).collect();
    let headers = Headers {
        subject: subject(message),
        from: people(message.from()),
        to: people(message.to()),
        cc: people(message.cc()),
        date: date(message),
        attachments: names.clone(),
    };
    let mut units = vec![headers.with(body(message, within.budget_inside().as_ref())?)];
    for (part, name) in attached.iter().zip(&names) {
        // An attachment stands below the subject of its mail.
        units.extend(attachment(part, name, within).into_iter().map(deeper));
    }
    Ok(units)
}

fn attachment(part: &MessagePart<'_>, name: &str, within: &mut Within) -> Vec<Unit> {
    let bytes = match &part.body {
        PartType::Message(inner) => inner.raw_message().to_vec(),
        PartType::Text(text) | PartType::Html(text) => text.as_bytes().to_vec(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
        PartType::Multipart(_) => return Vec::new(),
    };
    let mime = part
        .content_type()
        .map(|it| format!("{}/{}", it.c_type, it.c_subtype.as_deref().unwrap_or_default()));
    if let Some(parcel) = tnef::read(&bytes) {
        return unpacked(parcel, within);
    }
    if is_sealed(part) {
        return sealed(&bytes, name, within);
    }
    let is_message = matches!(part.body, PartType::Message(_));
    let named = if is_message && !name.to_lowercase().ends_with(".eml") {
        format!("{name}.eml")
    } else {
        name.to_owned()
    };
    within.read(Enclosed { name: &named, bytes, mime: mime.as_deref() })
}

/// What Outlook packs into a `winmail.dat`: a body, if it brings one, and files.
fn unpacked(parcel: tnef::Parcel, within: &mut Within) -> Vec<Unit> {
    let mut units = Vec::new();
    let nesting = within.budget_inside().map_or(500, |it| it.max_nesting);
    let body = match parcel.body {
        Some(tnef::Body::Plain(text)) => Some(Unit::text(clean::normalise(&text))),
        Some(tnef::Body::Page(html)) => {
            markup::page(&super::encoding::decode_declared(&html, None), nesting).ok()
        }
        Some(tnef::Body::Rich(rtf)) => super::rtf::mail_body(&rtf, nesting).ok(),
        None => None,
    };
    units.extend(body.filter(|it| !it.text.is_empty()));
    for (name, bytes) in parcel.files {
        units.extend(within.read(Enclosed { name: &name, bytes, mime: None }));
    }
    units
}

/// Whether a part holds a whole mail together with its signature.
fn is_sealed(part: &MessagePart<'_>) -> bool {
    part.is_content_type("application", "pkcs7-mime") || part.is_content_type("application", "x-pkcs7-mime")
}

/// The mail inside an opaque signature. What is encrypted stays so, and is said to be.
fn sealed(bytes: &[u8], name: &str, within: &mut Within) -> Vec<Unit> {
    let content = match smime::content(bytes) {
        Ok(content) => content,
        Err(error) => {
            within.miss(name, &error);
            return Vec::new();
        }
    };
    within.read(Enclosed { name: &format!("{name}.eml"), bytes: content, mime: None })
}

/// Signatures, and pictures that decorate the text.
fn is_ornament(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type();
    let is = |main: &str, sub: &str| {
        kind.is_some_and(|it| {
            it.c_type.eq_ignore_ascii_case(main)
                && it.c_subtype.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(sub))
        })
    };
    let signature = is("application", "pgp-signature")
        || is("application", "pkcs7-signature")
        || is("application", "x-pkcs7-signature");
    let picture = kind.is_some_and(|it| it.c_type.eq_ignore_ascii_case("image"));
    let shown = part.content_id().is_some()
        && !part.content_disposition().is_some_and(|it| it.c_type.eq_ignore_ascii_case("attachment"));
    signature || (picture && shown)
}

pub(super) fn is_calendar(part: &MessagePart<'_>) -> bool {
    part.is_content_type("text", "calendar")
}

fn called(part: &MessagePart<'_>, at: usize) -> String {
    let inner = match &part.body {
        PartType::Message(inner) => inner.subject().map(str::to_owned),
        _ => None,
    };
    let name = part.attachment_name().map(str::to_owned).or(inner);
    let name = name.map(|it| clean::normalise(&it.replace(['\n', '\r'], " "))).filter(|it| !it.is_empty());
    let plain = || if is_calendar(part) { "invite.ics".to_owned() } else { format!("attachment {}", at + 1) };
    name.unwrap_or_else(plain)
}

/// What stands above the text of a mail.
pub(super) struct Headers {
    pub subject: String,
    pub from: String,
    pub to: String,
    pub cc: String,
    pub date: Option<String>,
    pub attachments: Vec<String>,
}

impl Headers {
    /// The mail's own page: the headers, then the body, all of it under the subject.
    pub(super) fn with(&self, body: Unit) -> Unit {
        let attachments = self.attachments.join(", ");
        let lines = [
            ("Subject", self.subject.as_str()),
            ("From", &self.from),
            ("To", &self.to),
            ("Cc", &self.cc),
            ("Date", self.date.as_deref().unwrap_or_default()),
            ("Attachments", &attachments),
        ];
        let lines = lines.iter().filter(|(_, value)| !value.is_empty());
        let head: String = lines.map(|(name, value)| format!("{name}: {}\n", one_line(value))).collect();
        let head = format!("{}\n\n", clean::normalise(&head));
        let moved = body.headings.into_iter().map(|it| Heading {
            start: it.start + head.len(),
            level: it.level.saturating_add(1),
            title: it.title,
        });
        let subject = clean::normalise(&one_line(&self.subject));
        let sender = clean::normalise(&one_line(&self.from));
        let title =
            [subject, sender].into_iter().find(|it| !it.is_empty()).unwrap_or_else(|| "Mail".to_owned());
        let own = Heading { start: 0, level: 1, title };
        let headings = std::iter::once(own).chain(moved).collect();
        let text = format!("{head}{}", body.text);
        Unit {
            headings,
            markdown: body.markdown,
            warning: body.warning,
            ..Unit::text(text.trim_end().to_owned())
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn subject(message: &Message<'_>) -> String {
    let parsed = message.subject().unwrap_or_default();
    if !parsed.contains('\u{FFFD}') {
        return parsed.to_owned();
    }
    // A character cut between two encoded words: put together before it is decoded.
    message.header_raw("Subject").map(super::encoded_words::decode).unwrap_or_else(|| parsed.to_owned())
}

/// When it was sent; a date in a form of its own stays as it is written.
fn date(message: &Message<'_>) -> Option<String> {
    let known = message.date().map(|it| it.to_rfc3339().replace('T', " "));
    known.or_else(|| message.header_raw("Date").map(one_line).filter(|it| !it.is_empty()))
}

fn people(address: Option<&Address<'_>>) -> String {
    let Some(address) = address else { return String::new() };
    let one = |it: &mail_parser::Addr<'_>| match (it.name.as_deref(), it.address.as_deref()) {
        (Some(name), Some(address)) if name != address => format!("{name} <{address}>"),
        (_, Some(address)) => address.to_owned(),
        (Some(name), None) => name.to_owned(),
        (None, None) => String::new(),
    };
    address.iter().map(one).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The mails of a mailbox. A line "From …" begins one only where headers follow, or where it says who sent it and when; in
/// the text of a mail it is text.
fn mails(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut mails: Vec<Vec<u8>> = Vec::new();
    let mut lines = bytes.split_inclusive(|&byte| byte == b'\n').peekable();
    let mut after_blank = true;
    while let Some(line) = lines.next() {
        let begins = |next: Option<&&[u8]>| is_postmark(line) || next.is_some_and(|it| is_header(it));
        if after_blank && line.starts_with(b"From ") && begins(lines.peek()) {
            mails.push(Vec::new());
            after_blank = false;
            continue;
        }
        after_blank = line.iter().all(u8::is_ascii_whitespace);
        let quoted = line.iter().position(|&byte| byte != b'>').unwrap_or(0);
        let line = if quoted > 0 && line[quoted..].starts_with(b"From ") { &line[1..] } else { line };
        if let Some(mail) = mails.last_mut() {
            mail.extend_from_slice(line);
        }
    }
    mails
}

/// "From aino@example.org Tue Mar  5 10:00:00 2024", with a zone before or behind the year.
fn is_postmark(line: &[u8]) -> bool {
    let words: Vec<&[u8]> = line.split(u8::is_ascii_whitespace).filter(|it| !it.is_empty()).collect();
    let is_time = |it: &[u8]| it.iter().filter(|it| **it == b':').count() >= 1 && it[0].is_ascii_digit();
    let is_year = |it: &[u8]| it.len() == 4 && it.iter().all(u8::is_ascii_digit);
    (7..=9).contains(&words.len()) && is_time(words[5]) && words[6..].iter().any(|it| is_year(it))
}

fn is_header(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|&byte| byte == b':') else { return false };
    colon > 0 && line[..colon].iter().all(|it| it.is_ascii_alphanumeric() || *it == b'-' || *it == b'_')
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    fn texts(mail: &str) -> Vec<String> {
        collect(read, mail).unwrap().into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn a_mail_has_its_headers_its_body_and_its_attachments() {
        let mail = "From: Ann <ann@example.org>\nTo: b@example.org\nSubject: =?utf-8?q?Caf=C3=A9?=\nDate: Tue, 5 Mar 2024 10:00:00 +0100\n\
            MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=us-ascii\n\n\
            Der gr\u{f6}\u{df}te Dampfer.\n--x\nContent-Type: text/csv; name=\"rates.csv\"\n\
            Content-Disposition: attachment; filename=\"rates.csv\"\n\nberth,price\nA1,12\n--x--\n";
        assert_eq!(
            texts(mail),
            [
                "Subject: Café\nFrom: Ann <ann@example.org>\nTo: b@example.org\nDate: 2024-03-05 10:00:00+01:00\nAttachments: rates.csv\n\nDer größte Dampfer.",
                "rates.csv\n\nberth | price\n\nberth: A1 | price: 12",
            ]
        );
        let pages = collect(read, mail).unwrap();
        let headings = pages.iter().flat_map(|it| &it.headings);
        let headings: Vec<_> = headings.map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(headings, [(1, "Café"), (2, "rates.csv")], "the attachment knows its mail");
    }

    #[test]
    fn the_body_that_says_more_is_read() {
        let with = |plain: &str, html: &str| {
            format!(
                "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\
                 Content-Type: text/plain\n\n{plain}\n--x\nContent-Type: text/html\n\n{html}\n--x--\n"
            )
        };
        let stub =
            with("Open in a browser.", "<p>Your order 4711 is ready to be fetched at the north gate.</p>");
        assert!(texts(&stub)[0].contains("order 4711"), "{:?}", texts(&stub));
        let same = with("Your order is ready.", "<p>Your <b>order</b> is ready.</p>");
        assert_eq!(texts(&same)[0], "Subject: x\n\nYour order is ready.");
        let blank = with("", "<div>Dear Ann,</div><h2>Order</h2><div hidden>preheader</div>");
        assert_eq!(texts(&blank)[0], "Subject: x\n\nDear Ann,\n\n## Order");
    }

    #[test]
    fn a_page_that_says_something_else_is_read() {
        let mail = "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\
            Content-Type: text/plain\n\nPlease use an HTML mail program.\n--x\nContent-Type: text/html\n\n\
            <p>The ferry sails at <b>6:20</b>.</p>\n--x--\n";
        assert_eq!(texts(mail), ["Subject: x\n\nThe ferry sails at 6:20."]);
    }

    #[test]
    fn a_page_may_say_its_own_encoding() {
        let page = "<meta http-equiv=3D\"Content-Type\" content=3D\"text/html; charset=3Dwindows-1251\"><p>=CF=F0=E8=E2=E5=F2 12</p>";
        let mail = |kind: &str, body: &str| {
            format!(
                "Subject: x\nMIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: quoted-printable\n\n{body}\n"
            )
        };
        assert_eq!(texts(&mail("text/html", page)), ["Subject: x\n\nПривет 12"]);
        assert_eq!(texts(&mail("text/plain", "Gr=F6=DFe in M=FCnchen")), ["Subject: x\n\nGröße in München"]);
    }

    #[test]
    fn mails_in_signatures_and_parcels_are_read() {
        let letter = b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe rent is 120 crowns.\r\n";
        let parts = [
            (
                "application/pkcs7-mime; name=smime.p7m",
                smime::tests::signed(letter),
                "The rent is 120 crowns.",
            ),
            ("application/ms-tnef; name=winmail.dat", tnef::tests::parcel(), "The order is 40 stakes."),
        ];
        for (kind, bytes, expected) in parts {
            let hex: String = bytes.iter().map(|it| format!("={it:02X}")).collect();
            let mail = format!(
                "Subject: x\nMIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: quoted-printable\n\
                 Content-Disposition: attachment\n\n{hex}\n"
            );
            let all = texts(&mail).join("\n\n");
            assert!(all.contains(expected), "{all}");
        }
    }

    #[test]
    fn encoded_lines_run_on_with_their_blanks() {
        let mail = |kind: &str, body: &str| {
            texts(&format!(
                "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; {kind}\nContent-Transfer-Encoding: quoted-printable\n\n{body}\n"
            ))
        };
        for (kind, body, expected) in [
            ("format=flowed", "Aino=20\nLind and =\nTom\nend", "Aino Lind and Tom\nend"),
            ("format=flowed; delsp=yes", "Aino=20=20\nLind, won=20\nder", "Aino Lind, wonder"),
            ("Format=\"Flowed\"; DelSp=\"Yes\"", "won=20\r\nder", "wonder"),
            ("format=fixed", "Aino=20\nLind", "Aino\nLind"),
        ] {
            assert_eq!(mail(kind, body), [format!("Subject: x\n\n{expected}")], "{kind}");
        }
    }

    #[test]
    fn what_is_cut_off_or_dated_otherwise_is_read() {
        let mail = "Subject: x\nDate: 2031-07-29T12:42:06.000Z\nMIME-Version: 1.0\n\
            Content-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\nLow water at four.\n\
            --y\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p class=3Da>Low water at four.</p>\n";
        assert_eq!(texts(mail), ["Subject: x\nDate: 2031-07-29T12:42:06.000Z\n\nLow water at four."]);
    }

    #[test]
    fn an_invitation_is_read_as_its_event() {
        let event = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Harbour walk\\, part 2\nDTSTART:20240305T100000Z\n\
            LOCATION:Pi\n er 4\nEND:VEVENT\nEND:VCALENDAR\n";
        let told = "Harbour walk, part 2\n\nWhen: 2024-03-05 10:00 (UTC)\nWhere: Pier 4";
        let mail = format!(
            "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=y\n\n--y\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nCome along.\n\
             --x\nContent-Type: text/calendar; method=REQUEST\n\n{event}--x--\n--y\nContent-Type: application/ics; name=\"invite.ics\"\n\
             Content-Disposition: attachment; filename=\"invite.ics\"\n\n{event}--y--\n"
        );
        assert_eq!(
            texts(&mail),
            [
                "Subject: x\nAttachments: invite.ics\n\nCome along.".to_owned(),
                format!("# invite.ics\n\n## {told}")
            ]
        );
        let alone = format!("Subject: x\nMIME-Version: 1.0\nContent-Type: text/calendar\n\n{event}");
        let all = texts(&alone).join("\n\n");
        assert!(all.contains(told) && !all.contains("VEVENT"), "{all}");
    }

    #[test]
    fn a_mailbox_is_cut_where_mails_begin() {
        let box_of = "From a@b Mon Jan 1\nSubject: One\n\nText.\n\nFrom here on it is text.\n>From the pier\n\n\
                      From c@d Tue Jan 2\nSubject: Two\n\nMore.\n";
        let pages = collect(read_mbox, box_of).unwrap();
        let texts: Vec<&str> = pages.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(
            texts,
            ["Subject: One\n\nText.\n\nFrom here on it is text.\nFrom the pier", "Subject: Two\n\nMore."]
        );
    }

    #[test]
    fn mails_of_a_mailbox_may_be_without_headers() {
        let read = |text: &str| {
            let pages = collect(read_mbox, text).unwrap();
            pages.into_iter().map(|it| (it.text, it.warning)).collect::<Vec<_>>()
        };
        let bare = |text: &str| (text.to_owned(), Some("A mail without headers".to_owned()));
        assert_eq!(
            read(
                "From aino@example.org Tue Mar  5 10:00:00 2024\n\nThe sluice is shut.\n\nFrom tom@example.org Tue Mar  5 10:20:00 +0100 2024\n\nFrom when on?\n"
            ),
            [bare("The sluice is shut."), bare("From when on?")]
        );
        assert_eq!(
            read("Subject: Sluice\nFrom: aino@example.org\n\nIt is shut.\n"),
            [("Subject: Sluice\nFrom: aino@example.org\n\nIt is shut.".to_owned(), None)]
        );
        assert_eq!(read("The sluice is shut from May on.\n"), [bare("The sluice is shut from May on.")]);
        assert!(matches!(collect(read_mbox, vec![0u8, 1, 2, 3, 4]), Err(ExtractError::Corrupt { .. })));
    }

    #[test]
    fn a_saved_page_is_its_page() {
        let page = "From: <Saved by Blink>\nSubject: Tides\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=x\n\n\
            --x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<h1>Tides</h1><p>High water at 4=3A10.</p>\n\
            --x\nContent-Type: text/css\n\n.a { color: red }\n--x--\n";
        let pages = collect(read_mhtml, page).unwrap();
        assert_eq!(pages.len(), 1);
        assert_eq!(pages[0].text, "# Tides\n\nHigh water at 4:10.");
    }
}
