//! Calendars (.ics, invitations in mails): their events, tasks and notes as people read them.

use super::calendar::{civil, days};
use super::compose::{Composer, one_line};

/// The entries of a calendar, if a text is one.
pub(super) fn compose(text: &str) -> Option<Composer> {
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if !start.get(..15).is_some_and(|it| it.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return None;
    }
    let mut out = Composer::default();
    let mut open: Vec<String> = Vec::new();
    let mut entry = Entry::default();
    let mut is_cancelled = false;
    for line in unfolded(start) {
        let Some(property) = Property::of(&line) else { continue };
        let value = property.value.trim();
        match property.name.as_str() {
            "BEGIN" => {
                open.push(value.to_ascii_uppercase());
                if open.len() == 2 {
                    entry = Entry::default();
                }
            }
            "END" => {
                open.pop();
                if open.len() == 1 && ENTRIES.iter().any(|it| value.eq_ignore_ascii_case(it)) {
                    entry.write(is_cancelled, &mut out);
                }
            }
            "METHOD" => is_cancelled = value.eq_ignore_ascii_case("CANCEL"),
            "X-WR-CALNAME" if open.len() == 1 => out.heading(1, &unescaped(value)),
            // Alarms lie deeper.
            _ if open.len() == 2 => entry.take(&property),
            _ => {}
        }
    }
    Some(out)
}

const ENTRIES: &[&str] = &["VEVENT", "VTODO", "VJOURNAL"];

/// Lines are cut after 75 bytes; a space begins what goes on.
pub(super) fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// A line of a calendar or a card.
pub(super) struct Property {
    pub name: String,
    /// Names in capitals; empty for a value that stands alone.
    pub parameters: Vec<(String, String)>,
    pub value: String,
}

impl Property {
    pub(super) fn of(line: &str) -> Option<Self> {
        let (mut quoted, mut cuts) = (false, Vec::new());
        for (at, c) in line.char_indices() {
            match c {
                '"' => quoted = !quoted,
                ';' if !quoted => cuts.push(at),
                ':' if !quoted => {
                    cuts.push(at);
                    break;
                }
                _ => {}
            }
        }
        let end = *cuts.last().filter(|at| line[**at..].starts_with(':'))?;
        let name = line[..*cuts.first()?].trim();
        let parameters = cuts.windows(2).map(|it| {
            let parameter = &line[it[0] + 1..it[1]];
            let (name, value) = parameter.split_once('=').unwrap_or(("", parameter));
            (name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned())
        });
        // "item1.NAME" groups properties.
        let name = name.rsplit('.').next()?.to_ascii_uppercase();
        Some(Self { name, parameters: parameters.collect(), value: line[end + 1..].to_owned() })
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn person(&self) -> String {
        let value = self.value.trim();
        let is_mail = value.get(..7).is_some_and(|it| it.eq_ignore_ascii_case("mailto:"));
        let address = if is_mail { &value[7..] } else { value };
        match self.parameter("CN").map(str::trim).filter(|it| !it.is_empty() && *it != address) {
            Some(name) if address.is_empty() => name.to_owned(),
            Some(name) => format!("{name} <{address}>"),
            None => address.to_owned(),
        }
    }
}

#[derive(Default)]
struct Entry {
    title: String,
    start: Option<Moment>,
    end: Option<Moment>,
    /// What is said in a line of its own, in the order of the file.
    lines: Vec<(&'static str, String)>,
    people: Vec<String>,
    description: String,
}

impl Entry {
    fn take(&mut self, property: &Property) {
        let text = || unescaped(&property.value);
        let moments = || {
            let all = property.value.split(',').filter_map(|it| Moment::of(it, property.parameter("TZID")));
            all.map(|it| it.written()).collect::<Vec<_>>().join(", ")
        };
        match property.name.as_str() {
            "SUMMARY" => self.title = text(),
            "DESCRIPTION" => self.description = text(),
            "DTSTART" => self.start = Moment::of(&property.value, property.parameter("TZID")),
            "DTEND" => self.end = Moment::of(&property.value, property.parameter("TZID")),
            "DUE" => self.lines.push(("Due", moments())),
            "COMPLETED" => self.lines.push(("Completed", moments())),
            "DURATION" => self.lines.push(("Lasts", duration(&property.value))),
            "LOCATION" => self.lines.push(("Where", text())),
            "ORGANIZER" => self.lines.push(("Organizer", property.person())),
            "ATTENDEE" => self.people.push(property.person()),
            "RRULE" => self.lines.push(("Repeats", rule(&property.value))),
            "RDATE" => self.lines.push(("Also on", moments())),
            "EXDATE" => self.lines.push(("Not on", moments())),
            "STATUS" => self.lines.push(("Status", property.value.trim().to_lowercase())),
            "CATEGORIES" => self.lines.push(("Categories", listed(&values(&property.value, ',')))),
            "COMMENT" => self.lines.push(("Comment", text())),
            "CONTACT" => self.lines.push(("Contact", text())),
            "URL" => self.lines.push(("URL", property.value.trim().to_owned())),
            _ => {}
        }
    }

    fn write(&mut self, is_cancelled: bool, out: &mut Composer) {
        out.heading(2, &self.title);
        if is_cancelled && !self.lines.iter().any(|it| it.0 == "Status") {
            self.lines.push(("Status", "cancelled".to_owned()));
        }
        self.lines.push(("Attendees", self.people.join(", ")));
        let when = when(self.start.as_ref(), self.end.as_ref());
        let lines = [("When", when)].into_iter().chain(std::mem::take(&mut self.lines));
        let lines = lines.filter(|(_, value)| !value.trim().is_empty());
        let lines = lines.map(|(name, value)| format!("{name}: {}", one_line(&value)));
        out.paragraph(&lines.collect::<Vec<_>>().join("\n"));
        out.paragraph(&self.description);
    }
}

/// A day, or a time of it.
#[derive(Default, PartialEq)]
struct Moment {
    day: i64,
    time: Option<(u32, u32)>,
    zone: Option<String>,
}

impl Moment {
    /// `20240305`, `20240305T100000`, `20240305T100000Z`.
    fn of(value: &str, zone: Option<&str>) -> Option<Self> {
        let value = value.trim();
        let number = |from: usize, to: usize| value.get(from..to)?.parse::<u32>().ok();
        let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let time = number(9, 11).zip(number(11, 13)).filter(|_| value.as_bytes().get(8) == Some(&b'T'));
        let zone = if value.ends_with('Z') { Some("UTC") } else { zone };
        Some(Self { day: days(i64::from(year), month, day), time, zone: zone.map(str::to_owned) })
    }

    fn date(&self) -> String {
        let (year, month, day) = civil(self.day);
        format!("{year:04}-{month:02}-{day:02}")
    }

    fn clock(&self) -> String {
        self.time.map(|(hour, minute)| format!("{hour:02}:{minute:02}")).unwrap_or_default()
    }

    fn written(&self) -> String {
        let zone = self.zone.as_ref().filter(|_| self.time.is_some());
        let zone = zone.map(|it| format!(" ({it})")).unwrap_or_default();
        format!("{} {}", self.date(), self.clock()).trim_end().to_owned() + &zone
    }
}

fn when(start: Option<&Moment>, end: Option<&Moment>) -> String {
    let Some(start) = start else { return end.map(Moment::written).unwrap_or_default() };
    let Some(end) = end else { return start.written() };
    match (start.time, end.time) {
        // Whole days: the end is the day after the last.
        (None, None) if end.day - 1 <= start.day => start.date(),
        (None, None) => {
            format!("{} to {}", start.date(), Moment { day: end.day - 1, ..Moment::default() }.date())
        }
        _ if start.day == end.day && start.zone == end.zone => {
            let zone = start.zone.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
            format!("{} {} to {}{zone}", start.date(), start.clock(), end.clock())
        }
        _ => format!("{} to {}", start.written(), end.written()),
    }
}

/// `PT1H30M`: "1 h 30 min".
fn duration(value: &str) -> String {
    let mut out = Vec::new();
    let (mut digits, mut in_time) = (String::new(), false);
    for c in value.trim().chars() {
        let unit = match c {
            '0'..='9' => {
                digits.push(c);
                continue;
            }
            'T' => {
                in_time = true;
                continue;
            }
            'W' => "weeks",
            'D' => "days",
            'H' => "h",
            'M' if in_time => "min",
            'S' => "s",
            _ => continue,
        };
        let count = std::mem::take(&mut digits);
        if !count.trim_matches('0').is_empty() {
            out.push(format!("{count} {unit}"));
        }
    }
    out.join(" ")
}

/// `FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20241231`: "weekly, by day MO WE, until 2024-12-31".
fn rule(value: &str) -> String {
    let parts = value.trim().split(';').filter_map(|it| it.split_once('='));
    let parts = parts.map(|(name, value)| match name.to_ascii_uppercase().as_str() {
        "FREQ" => value.to_lowercase(),
        "INTERVAL" => format!("every {value}"),
        "COUNT" => format!("{value} times"),
        "UNTIL" => Moment::of(value, None).map(|it| format!("until {}", it.date())).unwrap_or_default(),
        "WKST" => String::new(),
        name => format!("{} {}", name.to_lowercase().replace("by", "by "), value.replace(',', " ")),
    });
    parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The values that a mark parts where no backslash stands before it, each on one line.
pub(super) fn values(value: &str, mark: char) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut part, mut escaped) = (String::new(), false);
    for c in value.chars() {
        if c == mark && !escaped {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(part);
    parts.iter().map(|it| one_line(&unescaped(it))).collect()
}

/// Values set off by commas, or by semicolons where one of them has a comma of its own.
pub(super) fn listed(values: &[String]) -> String {
    let values: Vec<&str> = values.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
    let between = if values.iter().any(|it| it.contains(',')) { "; " } else { ", " };
    values.join(between)
}

pub(super) fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c) => out.push(c),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_as_people_read_them() {
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
            BEGIN:VEVENT\r\nUID:1@x\r\nSUMMARY:Harbour walk\\, second part\r\nDTSTART;TZID=Europe/Berlin:20240305T100000\r\nDTEND;TZID=Europe/Berlin:20240305T113000\r\n\
            LOCATION:Pier 4\\; north gate\r\nORGANIZER;CN=\"Ann: the keeper\":mailto:ann@example.org\r\nATTENDEE;CN=Ben;ROLE=REQ-PARTICIPANT:MAILTO:ben@example.org\r\n\
            RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20240630T000000Z\r\nDESCRIPTION:Bring boots.\\nThe walk is 4 k\r\n m long.\r\n\
            BEGIN:VALARM\r\nDESCRIPTION:Reminder\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nSUMMARY:Regatta\r\nDTSTART;VALUE=DATE:20240301\r\nDTEND;VALUE=DATE:20240304\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
            BEGIN:VTODO\r\nSUMMARY:Paint\r\nDUE:20240401T080000Z\r\nDURATION:PT1H30M\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
        insta::assert_snapshot!(compose(text).unwrap().unit().text, @r"
        ## Harbour walk, second part

        When: 2024-03-05 10:00 to 11:30 (Europe/Berlin)
        Where: Pier 4; north gate
        Organizer: Ann: the keeper <ann@example.org>
        Repeats: weekly, every 2, by day TU TH, until 2024-06-30
        Attendees: Ben <ben@example.org>

        Bring boots.
        The walk is 4 km long.

        ## Regatta

        When: 2024-03-01 to 2024-03-03
        Status: cancelled

        ## Paint

        Due: 2024-04-01 08:00 (UTC)
        Lasts: 1 h 30 min
        ");
        assert!(compose("BEGIN:VCARD\nFN:Ann\nEND:VCARD").is_none());
    }

    #[test]
    fn categories_with_commas_are_told_from_several() {
        for (value, expected) in [
            ("Sea,Harbour", "Sea, Harbour"),
            ("Sea,Harbour\\, north", "Sea; Harbour, north"),
            ("Sea\\,Harbour", "Sea,Harbour"),
            ("Sea\\\\,,Harbour", "Sea\\, Harbour"),
        ] {
            assert_eq!(listed(&values(value, ',')), expected, "{value}");
        }
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Regatta\nCATEGORIES:Races,Boats\\, large\nEND:VEVENT\nEND:VCALENDAR\n";
        assert_eq!(compose(text).unwrap().unit().text, "## Regatta\n\nCategories: Races; Boats, large");
    }
}
