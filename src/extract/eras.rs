//! Years as other calendars count them: the eras of Japan, the years of the Republic of China, those of Buddhism.

use super::month_names::Names;
use super::number_codes::Section;
use super::numbers::Moment;

const JAPANESE: u32 = 0x11;
const TAIWANESE: u32 = 0x404;
/// The numbers of calendars in codes.
const BUDDHIST: u32 = 7;

/// An era of Japan: its first day, and how it is written in one, two and three letters of the code.
struct Era {
    start: (u16, u8, u8),
    letter: &'static str,
    short: &'static str,
    name: &'static str,
}

const ERAS: [Era; 5] = [
    Era { start: (2019, 5, 1), letter: "R", short: "令", name: "令和" },
    Era { start: (1989, 1, 8), letter: "H", short: "平", name: "平成" },
    Era { start: (1926, 12, 25), letter: "S", short: "昭", name: "昭和" },
    Era { start: (1912, 7, 30), letter: "T", short: "大", name: "大正" },
    Era { start: (1868, 1, 25), letter: "M", short: "明", name: "明治" },
];

/// The year as the calendar of a code says it.
pub(super) fn year(moment: &Moment, section: &Section) -> u16 {
    moment.year.saturating_add(if section.calendar == BUDDHIST { 543 } else { 0 })
}

/// What a run of `a`, `b`, `e`, `g` or `r` stands for. Where a language has no such years, the common one is written.
pub(super) fn part(run: &str, moment: &Moment, section: &Section) -> String {
    let width = run.len();
    let kind = run.chars().next().unwrap_or_default().to_ascii_lowercase();
    match kind {
        'a' => day(width, moment, section.locale),
        'b' if width <= 2 => format!("{:02}", (moment.year + 543) % 100),
        'b' => format!("{:04}", moment.year.saturating_add(543)),
        'g' => name(width, moment, section.locale),
        'r' if width > 1 => format!("{}{}", name(3, moment, section.locale), counted(2, moment, section)),
        'r' => counted(2, moment, section),
        _ => counted(width, moment, section),
    }
}

fn day(width: usize, moment: &Moment, locale: u32) -> String {
    let names = Names::of(locale);
    let name = names.days[moment.weekday % 7];
    if width > 3 { name.to_owned() } else { name.chars().take(names.short_day).collect() }
}

fn name(width: usize, moment: &Moment, locale: u32) -> String {
    match (era(moment, locale), locale) {
        (Some(era), _) => [era.letter, era.short, era.name][width.clamp(1, 3) - 1].to_owned(),
        (None, TAIWANESE) if moment.year > 1911 => if width > 2 { "中華民國" } else { "民國" }.to_owned(),
        _ => String::new(),
    }
}

fn counted(width: usize, moment: &Moment, section: &Section) -> String {
    let year = match (era(moment, section.locale), section.locale) {
        (Some(era), _) => moment.year - era.start.0 + 1,
        (None, TAIWANESE) if moment.year > 1911 => moment.year - 1911,
        _ => return self::year(moment, section).to_string(),
    };
    match width {
        _ if year == 1 && section.says_first_year => "元".to_owned(),
        ..2 => year.to_string(),
        _ => format!("{year:02}"),
    }
}

fn era(moment: &Moment, locale: u32) -> Option<&'static Era> {
    let day = (moment.year, moment.month, moment.day);
    ERAS.iter().find(|it| day >= it.start).filter(|_| locale & 0xFF == JAPANESE)
}

#[cfg(test)]
mod tests {
    use super::super::numbers::NumberFormat;
    use super::*;

    #[test]
    fn years_are_counted_as_the_code_says() {
        // 1 January 2023, a Sunday.
        let new_year = Moment { year: 2023, month: 1, day: 1, serial: 44_927.0, ..Moment::default() };
        for (code, expected) in [
            ("[$-411]ggge\"年\"m\"月\"d\"日\"", "令和5年1月1日"),
            ("[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\";@", "令和5年1月1日"),
            ("[$-411]ge.m.d", "R5.1.1"),
            ("[$-411]gge", "令5"),
            ("[$-411]gee", "R05"),
            ("[$-411]rr", "令和05"),
            ("yyyy\"年\"m\"月\"d\"日\"(aaa)", "2023年1月1日(Sun)"),
            ("[$-411]aaaa", "日曜日"),
            ("[$-404]e\"年\"m\"月\"", "112年1月"),
            ("[$-404]ggge\"年\"", "中華民國112年"),
            ("ggge\"年\"m\"月\"d\"日\"", "2023年1月1日"),
            ("d mmm bbbb", "1 Jan 2566"),
            ("d/m/bb", "1/1/66"),
            ("[$-107041E]d/m/yyyy", "1/1/2566"),
            ("[$-41E]d/m/yyyy", "1/1/2023"),
            ("[$-en-US]mmmm d, yyyy;@", "January 1, 2023"),
            ("[$-de-DE]d. mmmm yyyy", "1. Januar 2023"),
            ("[$-410]dddd d mmmm yyyy", "domenica 1 gennaio 2023"),
            ("[$-410]d-mmm-yy", "1-gen-23"),
            ("[$-413]ddd d mmm yyyy", "zo 1 jan 2023"),
            ("[$-413]d mmmm yyyy", "1 januari 2023"),
        ] {
            let format = NumberFormat::new(code);
            assert!(format.is_date(), "{code}");
            assert_eq!(format.moment(&new_year), expected, "{code}");
        }
    }

    #[test]
    fn eras_begin_on_their_day() {
        let format = NumberFormat::new("[$-411]ggge");
        for ((year, month, day), expected) in [
            ((2019, 4, 30), "平成31"),
            ((2019, 5, 1), "令和1"),
            ((1989, 1, 7), "昭和64"),
            ((1912, 7, 29), "明治45"),
            ((1867, 1, 1), "1867"),
        ] {
            let moment = Moment { year, month, day, serial: 1.0, ..Moment::default() };
            assert_eq!(format.moment(&moment), expected);
        }
        let first = Moment { year: 2019, month: 6, day: 1, serial: 1.0, ..Moment::default() };
        assert_eq!(NumberFormat::new("[$-ja-JP-x-gannen]ggge\"年\"").moment(&first), "令和元年");
    }

    #[test]
    fn letters_beside_digits_are_letters() {
        assert_eq!(NumberFormat::new("0 g").number(5.0), "5 g");
        assert_eq!(NumberFormat::new("0.0E+0").number(50.0), "5.0E+1");
        assert!(!NumberFormat::new("0 \"b\"").is_date() && !NumberFormat::new("0 bar").is_date());
    }
}
