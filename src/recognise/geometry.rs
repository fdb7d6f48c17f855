//! Rectangles that lie at an angle, and the smallest one around a set of points.

pub type Point = (f32, f32);

/// A rectangle at an angle of at most an eighth of a turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slanted {
    pub centre: Point,
    /// The direction of its width, of length 1, to the right.
    pub along: Point,
    pub width: f32,
    pub height: f32,
}

impl Slanted {
    pub const fn across(&self) -> Point {
        (-self.along.1, self.along.0)
    }

    pub fn angle(&self) -> f32 {
        self.along.1.atan2(self.along.0)
    }

    pub const fn is_tall(&self) -> bool {
        self.height > self.width * 1.5
    }

    /// The point at these shares of width and height, counted from the left upper corner.
    pub fn at(&self, right: f32, down: f32) -> Point {
        let (dx, dy) = ((right - 0.5) * self.width, (down - 0.5) * self.height);
        let across = self.across();
        (self.centre.0 + dx * self.along.0 + dy * across.0, self.centre.1 + dx * self.along.1 + dy * across.1)
    }

    /// The upright rectangle around the part between two shares of the width: left, top, right, bottom.
    pub fn around(&self, from: f32, to: f32) -> [f32; 4] {
        let corners = [self.at(from, 0.0), self.at(to, 0.0), self.at(to, 1.0), self.at(from, 1.0)];
        let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for (x, y) in corners {
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
        }
        bounds
    }

    pub fn grown(self, by: f32) -> Self {
        Self { width: self.width + 2.0 * by, height: self.height + 2.0 * by, ..self }
    }

    pub fn scaled(self, x: f32, y: f32) -> Self {
        // Both scales are nearly the same: the angle stays.
        Self {
            centre: (self.centre.0 * x, self.centre.1 * y),
            width: self.width * x,
            height: self.height * y,
            ..self
        }
    }

    pub fn holds(&self, (x, y): Point) -> bool {
        let (dx, dy) = (x - self.centre.0, y - self.centre.1);
        let across = self.across();
        (dx * self.along.0 + dy * self.along.1).abs() <= self.width / 2.0
            && (dx * across.0 + dy * across.1).abs() <= self.height / 2.0
    }
}

/// The smallest rectangle around points.
pub fn smallest_around(points: &mut Vec<Point>) -> Option<Slanted> {
    let hull = hull(points);
    let mut best: Option<Slanted> = None;
    for (from, to) in hull.iter().zip(hull.iter().cycle().skip(1)) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        if length <= f32::EPSILON {
            continue;
        }
        let found = bounded(&hull, to_the_right((dx / length, dy / length)));
        if best.is_none_or(|best| found.width * found.height < best.width * best.height) {
            best = Some(found);
        }
    }
    best.or_else(|| (!hull.is_empty()).then(|| bounded(&hull, (1.0, 0.0))))
}

/// The one of the four directions at right angles that points to the right most.
fn to_the_right((x, y): Point) -> Point {
    match () {
        () if x.abs() >= y.abs() => {
            if x >= 0.0 {
                (x, y)
            } else {
                (-x, -y)
            }
        }
        () if y >= 0.0 => (y, -x),
        () => (-y, x),
    }
}

fn bounded(hull: &[Point], along: Point) -> Slanted {
    let across = (-along.1, along.0);
    let (mut low, mut high) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
    for (x, y) in hull {
        let (right, down) = (x * along.0 + y * along.1, x * across.0 + y * across.1);
        low = (low.0.min(right), low.1.min(down));
        high = (high.0.max(right), high.1.max(down));
    }
    let (right, down) = (f32::midpoint(low.0, high.0), f32::midpoint(low.1, high.1));
    Slanted {
        centre: (right * along.0 + down * across.0, right * along.1 + down * across.1),
        along,
        width: high.0 - low.0,
        height: high.1 - low.1,
    }
}

/// The convex hull, by Andrew's monotone chain.
fn hull(points: &mut Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    if points.len() < 3 {
        return points.clone();
    }
    let turns = |a: Point, b: Point, c: Point| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let chain = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., a, b] = chain[..]
                && turns(a, b, point) <= 0.0
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = chain(&mut points.iter().copied());
    hull.extend(chain(&mut points.iter().rev().copied()));
    hull
}

/// The median; 0 of nothing.
pub fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_rectangle_lies_as_its_points_do() {
        let angle = 0.1f32;
        let along = (angle.cos(), angle.sin());
        let made = Slanted { centre: (100.0, 50.0), along, width: 80.0, height: 10.0 };
        let mut points = Vec::new();
        for right in 0..=20 {
            for down in 0..=5 {
                points.push(made.at(right as f32 / 20.0, down as f32 / 5.0));
            }
        }
        let found = smallest_around(&mut points).unwrap();
        assert!((found.width - 80.0).abs() < 0.1 && (found.height - 10.0).abs() < 0.1, "{found:?}");
        assert!((found.angle() - angle).abs() < 0.01);
        assert!(found.holds((100.0, 50.0)) && !found.holds((100.0, 60.0)));
    }

    #[test]
    fn a_single_point_and_a_line_have_one_too() {
        assert_eq!(smallest_around(&mut vec![(3.0, 4.0)]).unwrap().width, 0.0);
        let line = smallest_around(&mut vec![(0.0, 0.0), (0.0, 5.0)]).unwrap();
        assert!(line.is_tall() && (line.height - 5.0).abs() < 1e-5, "{line:?}");
        assert!(smallest_around(&mut Vec::new()).is_none());
    }
}
