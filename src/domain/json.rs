//! JSON from outside, measured before anything is built of it.

/// The largest integer that every reader of JSON keeps exactly: 2^53 - 1.
pub const LARGEST_INTEGER: i64 = (1 << 53) - 1;

/// The whole number that is written as `5.0`, which is what some languages make of 5.
pub fn whole(number: f64) -> Option<i64> {
    let fits = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    fits.then_some(number as i64)
}

/// The deepest nesting of a JSON text.
pub fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_those_that_survive() {
        assert_eq!(whole(5.0), Some(5));
        assert_eq!(whole(-9_007_199_254_740_991.0), Some(-LARGEST_INTEGER));
        for other in [5.5, 9_007_199_254_740_992.0, f64::NAN, f64::INFINITY] {
            assert_eq!(whole(other), None, "{other}");
        }
    }

    #[test]
    fn brackets_in_strings_do_not_count() {
        assert_eq!(depth(br#"{"a": [1, {"b": "]]]{{{\"[[["}]}"#), 3);
        assert_eq!(depth(b"[[[["), 4);
        assert_eq!(depth(b"7"), 0);
    }
}
