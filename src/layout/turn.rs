//! Each direction of writing on a page, made upright.

use super::sheet::{Glyph, Rect, Sheet};

/// A character of an upright page: x to the right, y downwards.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub c: char,
    pub rect: Rect,
    pub base: f32,
    pub size: f32,
    /// Its place in the file.
    pub at: usize,
}

/// What is written in one direction.
pub(crate) struct View {
    pub glyphs: Vec<Mark>,
    pub rules: Vec<Rect>,
    pub is_vertical: bool,
}

/// Degrees within which text has one direction.
const STEP: f32 = 3.0;

/// The directions, the one with most characters first.
pub(crate) fn views(sheet: &Sheet) -> Vec<View> {
    let mut groups: Vec<(f32, Vec<(usize, Glyph)>)> = Vec::new();
    for (at, glyph) in sheet.glyphs.iter().enumerate() {
        let angle = glyph.angle.rem_euclid(360.0);
        let near = |other: f32| {
            let apart = (other - angle).abs();
            apart.min(360.0 - apart) <= STEP
        };
        match groups.iter_mut().find(|(other, _)| near(*other)) {
            Some((_, group)) => group.push((at, *glyph)),
            None => groups.push((angle, vec![(at, *glyph)])),
        }
    }
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.len()));
    groups.into_iter().map(|(angle, group)| view(sheet, angle, &group)).collect()
}

fn view(sheet: &Sheet, angle: f32, glyphs: &[(usize, Glyph)]) -> View {
    let vertical = is_vertical(glyphs);
    let turned = if vertical { angle + 270.0 } else { angle };
    let place = Turn::by(turned);
    let mark = |&(at, glyph): &(usize, Glyph)| {
        let rect = place.rect(&glyph.rect);
        let base = if vertical { rect.bottom } else { place.point(glyph.base.0, glyph.base.1).1 };
        Mark { c: glyph.c, rect, base, size: glyph.size, at }
    };
    // Rules of slanted text are none.
    let is_square = (turned / 90.0 - (turned / 90.0).round()).abs() * 90.0 <= STEP;
    let rules = if is_square && !vertical { sheet.rules.as_slice() } else { &[] };
    View {
        glyphs: glyphs.iter().map(mark).collect(),
        rules: rules.iter().map(|rule| place.rect(rule)).collect(),
        is_vertical: vertical,
    }
}

/// Han and Kana set from the top down: each character under the one before.
fn is_vertical(glyphs: &[(usize, Glyph)]) -> bool {
    let (mut down, mut across) = (0, 0);
    for pair in glyphs.windows(2) {
        let (a, b) = (&pair[0].1, &pair[1].1);
        if !is_upright_script(a.c) || !is_upright_script(b.c) {
            continue;
        }
        let (dx, dy) = (b.rect.left - a.rect.left, a.base.1 - b.base.1);
        if dx.abs() < a.size * 0.3 && dy > a.size * 0.5 && dy < a.size * 2.0 {
            down += 1;
        } else if dy.abs() < a.size * 0.3 {
            across += 1;
        }
    }
    down >= 4 && down > across * 2
}

fn is_upright_script(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// A turn of the page that makes text upright, and its y downwards.
struct Turn {
    cos: f32,
    sin: f32,
}

impl Turn {
    fn by(degrees: f32) -> Self {
        // The four usual turns exactly: sines of right angles are not quite 0 and 1.
        let quarter = (degrees / 90.0).round();
        if (degrees - quarter * 90.0).abs() <= STEP {
            return match quarter.rem_euclid(4.0) as u8 {
                0 => Self { cos: 1.0, sin: 0.0 },
                1 => Self { cos: 0.0, sin: 1.0 },
                2 => Self { cos: -1.0, sin: 0.0 },
                _ => Self { cos: 0.0, sin: -1.0 },
            };
        }
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self { cos, sin }
    }

    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        (x * self.cos + y * self.sin, x * self.sin - y * self.cos)
    }

    fn rect(&self, rect: &Rect) -> Rect {
        let corners = [
            self.point(rect.left, rect.top),
            self.point(rect.right, rect.top),
            self.point(rect.left, rect.bottom),
            self.point(rect.right, rect.bottom),
        ];
        let (x, y) = corners[0];
        let mut out = Rect { left: x, right: x, top: y, bottom: y };
        for (x, y) in corners {
            out.join(&Rect { left: x, right: x, top: y, bottom: y });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_turn_is_undone() {
        // Written upwards: the second character stands above the first.
        let up = Turn::by(90.0);
        let (first, second) = (up.point(100.0, 100.0), up.point(100.0, 110.0));
        assert!(second.0 > first.0 && (second.1 - first.1).abs() < 0.01, "{first:?} {second:?}");
        // The next line stands to the right of it.
        assert!(up.point(114.0, 100.0).1 > first.1);
        let down = Turn::by(270.0);
        assert!(down.point(300.0, 690.0).0 > down.point(300.0, 700.0).0);
        assert!(down.point(286.0, 700.0).1 > down.point(300.0, 700.0).1);
    }
}
