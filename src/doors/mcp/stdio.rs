//! Standard input and output, one message a line. What clients send a little differently is put right on the way in, as
//! over HTTP; what is no message is answered by the protocol's own library.

use tokio::io::{
    AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, Stdin, Stdout, duplex,
};

use super::message::mended;

/// Bytes on their way from standard input.
const BUFFER: usize = 64 << 10;

/// The longest line that is looked at; the library has a limit of its own.
const LINE: u64 = 16 << 20;

/// The two ends for the library.
pub(super) fn lines() -> (DuplexStream, Stdout) {
    let (sink, lines) = duplex(BUFFER);
    #[expect(
        clippy::disallowed_methods,
        reason = "lives as long as the process, whose only work is this client"
    )]
    let _reading = tokio::spawn(copy(tokio::io::stdin(), sink));
    (lines, tokio::io::stdout())
}

async fn copy(input: Stdin, mut sink: DuplexStream) {
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut input).take(LINE).read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let mended = mended(&line).map(|message| format!("{message}\n"));
        // The library says what is wrong with a line that is no message.
        let bytes = mended.as_ref().map_or(line.as_slice(), |message| message.as_bytes());
        if sink.write_all(bytes).await.is_err() {
            return;
        }
    }
}
