//! Subtitles (WebVTT, SubRip): what is said, by whom and when. Notes, styles and marks are not shown and not read.

use super::compose::{Composer, one_line};
use super::entities;

/// So much is said in one paragraph.
const MAX_PARAGRAPH: usize = 600;
/// Silence that ends a paragraph, in milliseconds.
const PAUSE: u64 = 4_000;

/// The spoken text, if these are subtitles.
pub(super) fn compose(text: &str) -> Option<Composer> {
    let text = text.trim_start_matches(['\u{FEFF}', '\n', ' ']);
    let mut lines = text.lines().map(str::trim_end);
    let first = lines.next()?;
    let is_web = first == "WEBVTT" || first.starts_with("WEBVTT ") || first.starts_with("WEBVTT\t");
    let is_rip =
        first.bytes().all(|it| it.is_ascii_digit()) && lines.next().is_some_and(|it| times(it).is_some());
    if !is_web && !is_rip {
        return None;
    }
    let mut track = Track::default();
    let blocks = text.split("\n\n");
    for (at, block) in blocks.enumerate() {
        if at == 0 && is_web {
            let title = block.lines().next().unwrap_or_default()["WEBVTT".len()..].trim();
            track.out.paragraph(title.trim_start_matches(['-', '–']));
        }
        track.block(block);
    }
    track.flush();
    Some(track.out)
}

#[derive(Default)]
struct Track {
    out: Composer,
    /// When the paragraph began, who speaks in it, and what is said.
    begun: Option<String>,
    speaker: String,
    said: String,
    /// When the cue before ended, and its last line.
    ended: u64,
    last_line: String,
}

impl Track {
    fn block(&mut self, block: &str) {
        let lines: Vec<&str> = block.lines().map(str::trim).collect();
        let Some(at) = lines.iter().take(2).position(|it| times(it).is_some()) else { return };
        if at == 1 && lines[0].starts_with("NOTE ") {
            return;
        }
        let Some((start, begin, end)) = times(lines[at]) else { return };
        let mut said = String::new();
        for line in &lines[at + 1..] {
            // Some programs set no empty line between two cues.
            if times(line).is_some() {
                break;
            }
            said.push_str(line);
            said.push('\n');
        }
        for (speaker, words) in voices(&said) {
            self.say(start, begin, speaker, &words);
        }
        self.ended = end;
    }

    fn say(&mut self, start: &str, begin: u64, speaker: Option<String>, words: &str) {
        let mut lines: Vec<&str> = words.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        let last = lines.last().map(|it| (*it).to_owned());
        // Captions that roll up show the line before once more.
        if lines.first().is_some_and(|it| **it == self.last_line)
            && (lines.len() > 1 || begin < self.ended + PAUSE)
        {
            lines.remove(0);
        }
        self.last_line = last.unwrap_or_default();
        let words = one_line(&lines.join(" "));
        if words.is_empty() {
            return;
        }
        let speaker = speaker.unwrap_or_default();
        let is_over = self.said.ends_with(['.', '!', '?', '…', '。', '！', '？', ':'])
            || self.said.len() > MAX_PARAGRAPH
            || begin > self.ended + PAUSE
            || speaker != self.speaker
            || words.starts_with(['-', '–']);
        if is_over {
            self.flush();
        }
        if self.begun.is_none() {
            self.begun = Some(start.split(['.', ',']).next().unwrap_or(start).to_owned());
            self.speaker = speaker;
        } else {
            self.said.push(' ');
        }
        self.said.push_str(&words);
    }

    fn flush(&mut self) {
        let said = std::mem::take(&mut self.said);
        let Some(begun) = self.begun.take() else { return };
        let speaker = std::mem::take(&mut self.speaker);
        let speaker = if speaker.is_empty() { speaker } else { format!("{speaker}: ") };
        self.out.paragraph(&format!("[{begun}] {speaker}{said}"));
    }
}

/// `00:01:02.500 --> 00:01:04.000 align:start`: when it begins as it is written, and both times in milliseconds.
fn times(line: &str) -> Option<(&str, u64, u64)> {
    let (begin, rest) = line.split_once("-->")?;
    let begin = begin.trim();
    let end = rest.split_whitespace().next()?;
    Some((begin, milliseconds(begin)?, milliseconds(end)?))
}

fn milliseconds(time: &str) -> Option<u64> {
    let (clock, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let seconds = clock
        .split(':')
        .try_fold(0u64, |sum, it| sum.checked_mul(60)?.checked_add(it.trim().parse().ok()?))?;
    if !clock.contains(':') {
        return None;
    }
    seconds.checked_mul(1000)?.checked_add(fraction.parse::<u64>().ok()?.min(999))
}

/// What is said in a cue, by whom, without its tags.
fn voices(cue: &str) -> Vec<(Option<String>, String)> {
    let mut voices: Vec<(Option<String>, String)> = vec![(None, String::new())];
    let mut rest = cue;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tag) = rest.split_at(at);
        push(&mut voices, before);
        let close = if tag.starts_with('<') { '>' } else { '}' };
        // What stands in braces is shown, but for the marks of one program.
        let is_tag = if close == '>' {
            is_tag(tag)
        } else {
            tag.starts_with("{\\") || tag.starts_with("{b}") || tag.starts_with("{i}")
        };
        match tag.split_once(close).filter(|(inside, _)| is_tag && !inside.contains('\n')) {
            Some((inside, behind)) => {
                voice(&mut voices, &inside[1..]);
                rest = behind;
            }
            None => {
                push(&mut voices, &tag[..1]);
                rest = &tag[1..];
            }
        }
    }
    push(&mut voices, rest);
    voices.retain(|(_, words)| !words.trim().is_empty());
    voices
}

fn push(voices: &mut [(Option<String>, String)], words: &str) {
    if let Some((_, said)) = voices.last_mut() {
        said.push_str(&entities::decoded(words));
    }
}

fn is_tag(tag: &str) -> bool {
    tag[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
}

/// A tag may begin or end what somebody says.
fn voice(voices: &mut Vec<(Option<String>, String)>, tag: &str) {
    let (name, rest) = tag.split_once([' ', '\t']).unwrap_or((tag, ""));
    match name.split('.').next().unwrap_or_default() {
        "v" if !rest.trim().is_empty() => {
            let name = one_line(&entities::decoded(rest));
            voices.push((Some(name), String::new()));
        }
        "/v" => voices.push((None, String::new())),
        "rt" => push(voices, "("),
        "/rt" => push(voices, ")"),
        "br" | "br/" => push(voices, "\n"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::super::text::read;

    #[test]
    fn what_is_said_in_web_subtitles_is_read() {
        let text = "WEBVTT - Harbour meeting\nKind: captions\n\nNOTE not shown\nnor this\n\nSTYLE\n::cue { color: red }\n\nintro\n00:00:01.000 --> 00:00:03.000 align:start position:0%\n<v Aino>The berth <c.yellow>costs</c>\n\n00:00:03.000 --> 00:00:05.000\n<v Aino>950&nbsp;EUR a year.</v>\n\n3\n00:06.000 --> 00:08.000\n<v.loud Tom Reyes>For <i>whom</i>? <v Aino>R&amp;D <00:00:07.000>only\n\n01:00:09.000 --> 01:00:10.000\n1 < 2 &lt; 3 {sic}\n";
        let pages = collect(read, text).unwrap();
        insta::assert_snapshot!(pages[0].text, @r"
        Harbour meeting

        [00:00:01] Aino: The berth costs 950 EUR a year.

        [00:06] Tom Reyes: For whom?

        [00:06] Aino: R&D only

        [01:00:09] 1 < 2 < 3 {sic}
        ");
    }

    #[test]
    fn what_is_said_in_subrip_is_read() {
        let text = "1\r\n00:00:01,000 --> 00:00:03,000\r\n{\\an8}<font color=\"#fff\">Tar the</font>\r\nrope\r\n\r\n2\r\n00:00:03,100 --> 00:00:05,000\r\nrope\r\nand wait.\r\n\r\n3\r\n00:00:20,000 --> 00:00:22,000\r\n- Yes.\r\n";
        let pages = collect(read, text).unwrap();
        assert_eq!(pages[0].text, "[00:00:01] Tar the rope and wait.\n\n[00:00:20] - Yes.");
    }

    #[test]
    fn other_texts_are_left() {
        for text in ["1\n2 --> 3\n", "WEBVTTX", "12\n00:01 text"] {
            assert_eq!(collect(read, text).unwrap()[0].text, text.trim_end(), "{text}");
        }
    }
}
