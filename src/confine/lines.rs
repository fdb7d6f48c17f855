//! Lines of JSON, seen from the child: what it says to its parent, and what it is told.

use std::io::{self, BufRead, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest line that a parent sends.
const MAX_LINE_BYTES: u64 = 64 * 1024;

/// Says one line on standard output.
pub fn say(value: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}

/// The next line; `None` where the parent has nothing more to say.
pub fn read_line<T: DeserializeOwned>(input: &mut impl BufRead) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    input.take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
    if line.is_empty() { Ok(None) } else { Ok(Some(serde_json::from_slice(&line)?)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_one_by_one_up_to_the_end() {
        let mut input = &b"1\n[2]\n"[..];
        assert_eq!(read_line::<u8>(&mut input).unwrap(), Some(1));
        assert_eq!(read_line::<Vec<u8>>(&mut input).unwrap(), Some(vec![2]));
        assert_eq!(read_line::<u8>(&mut input).unwrap(), None);
        assert!(read_line::<u8>(&mut &b"{\n"[..]).is_err());
    }
}
