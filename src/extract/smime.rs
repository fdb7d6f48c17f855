//! Mails inside an opaque signature (`smime.p7m`): what was signed, without a look at who signed it.

use super::error::ExtractError;

/// Elements within elements.
const MAX_DEPTH: usize = 16;
/// Signed data, as an object identifier: 1.2.840.113549.1.7.2, and encrypted data: …7.3.
const SIGNED: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
const ENVELOPED: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03];

const SEQUENCE: u8 = 0x30;
const IDENTIFIER: u8 = 0x06;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const TAGGED: u8 = 0xA0;

/// The content that a signature is around.
pub(super) fn content(bytes: &[u8]) -> Result<Vec<u8>, ExtractError> {
    let damaged = || ExtractError::corrupt("its signature cannot be followed");
    let outer = element(bytes, 0).filter(|it| it.tag == SEQUENCE).ok_or_else(damaged)?;
    let parts = children(outer.body);
    let kind = parts.first().filter(|it| it.tag == IDENTIFIER).ok_or_else(damaged)?;
    if kind.body == ENVELOPED {
        return Err(ExtractError::Encrypted);
    }
    if kind.body != SIGNED {
        return Err(damaged());
    }
    let signed = parts.get(1).filter(|it| it.tag == TAGGED).and_then(|it| element(it.body, 0));
    let signed = signed.ok_or_else(damaged)?;
    // A version, the digests, and then what was signed: its kind, and itself.
    let inner = children(signed.body).into_iter().find(|it| it.tag == SEQUENCE).ok_or_else(damaged)?;
    let wrapped = children(inner.body).into_iter().find(|it| it.tag == TAGGED).ok_or_else(damaged)?;
    let mut out = Vec::new();
    octets(element(wrapped.body, 0).as_ref(), &mut out, 0);
    if out.is_empty() { Err(damaged()) } else { Ok(out) }
}

struct Element<'a> {
    tag: u8,
    body: &'a [u8],
    /// Its bytes, head and end included.
    length: usize,
}

fn element(bytes: &[u8], depth: usize) -> Option<Element<'_>> {
    let (&tag, &first) = (bytes.first()?, bytes.get(1)?);
    let (start, size) = match first {
        0x80 => return without_length(bytes, tag, depth),
        0..=0x7F => (2, usize::from(first)),
        _ => {
            let count = usize::from(first & 0x7F);
            let digits = bytes.get(2..2 + count).filter(|_| count <= 4)?;
            (2 + count, digits.iter().fold(0usize, |size, it| size << 8 | usize::from(*it)))
        }
    };
    let end = start.checked_add(size)?;
    Some(Element { tag, body: bytes.get(start..end)?, length: end })
}

/// An element that ends where two zeros do.
fn without_length(bytes: &[u8], tag: u8, depth: usize) -> Option<Element<'_>> {
    if depth >= MAX_DEPTH {
        return None;
    }
    let mut at = 2;
    while bytes.get(at..at + 2)? != [0, 0] {
        at += element(&bytes[at..], depth + 1)?.length;
    }
    Some(Element { tag, body: &bytes[2..at], length: at + 2 })
}

fn children(mut bytes: &[u8]) -> Vec<Element<'_>> {
    let mut out = Vec::new();
    while let Some(element) = element(bytes, 0) {
        bytes = &bytes[element.length..];
        out.push(element);
    }
    out
}

/// Octets in one piece or in several.
fn octets(element: Option<&Element<'_>>, out: &mut Vec<u8>, depth: usize) {
    match element {
        Some(Element { tag: OCTETS, body, .. }) => out.extend_from_slice(body),
        Some(Element { tag: OCTETS_IN_PIECES, body, .. }) if depth < MAX_DEPTH => {
            children(body).iter().for_each(|it| octets(Some(it), out, depth + 1));
        }
        _ => {}
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn with(tag: u8, body: &[u8]) -> Vec<u8> {
        let mut out = vec![tag, 0x82, (body.len() >> 8) as u8, body.len() as u8];
        out.extend_from_slice(body);
        out
    }

    fn endless(tag: u8, body: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], body, &[0, 0]].concat()
    }

    /// A signature around a content, without any signer.
    pub(crate) fn signed(content: &[u8]) -> Vec<u8> {
        let inner = [with(IDENTIFIER, &[0x2A]), with(TAGGED, &with(OCTETS, content))].concat();
        let data = [with(2, &[1]), with(0x31, &[]), with(SEQUENCE, &inner)].concat();
        with(SEQUENCE, &[with(IDENTIFIER, &SIGNED), with(TAGGED, &with(SEQUENCE, &data))].concat())
    }

    #[test]
    fn what_was_signed_is_found() {
        assert_eq!(content(&signed(b"letter")).unwrap(), b"letter");
        let pieces = [with(OCTETS, b"let"), with(OCTETS, b"ter")].concat();
        let inner =
            [with(IDENTIFIER, &[0x2A]), endless(TAGGED, &endless(OCTETS_IN_PIECES, &pieces))].concat();
        let data = [with(2, &[1]), with(0x31, &[]), endless(SEQUENCE, &inner)].concat();
        let streamed = endless(
            SEQUENCE,
            &[with(IDENTIFIER, &SIGNED), endless(TAGGED, &endless(SEQUENCE, &data))].concat(),
        );
        assert_eq!(content(&streamed).unwrap(), b"letter");
    }

    #[test]
    fn what_is_encrypted_or_damaged_is_said() {
        let enveloped = with(SEQUENCE, &with(IDENTIFIER, &ENVELOPED));
        assert!(matches!(content(&enveloped), Err(ExtractError::Encrypted)));
        let whole = signed(b"letter");
        for end in 0..whole.len() {
            assert!(matches!(content(&whole[..end]), Err(ExtractError::Corrupt { .. })), "{end}");
        }
        let deep = [0x30, 0x80].repeat(100_000);
        assert!(content(&deep).is_err());
    }
}
