//! Points of many dimensions laid out on a plane, so that what is alike lies together: the two directions in which
//! they differ most (principal components, found by power iteration).

/// Rounds per direction; the picture settles long before.
const ROUNDS: usize = 40;

/// One position for each vector, each coordinate between -1 and 1. All vectors have the same length.
pub fn lay_out<const N: usize>(vectors: &[Vec<f32>]) -> Vec<[f32; N]> {
    let Some(dimension) = vectors.first().map(Vec::len) else { return Vec::new() };
    let centred = centred(vectors, dimension);
    let mut axes: Vec<Vec<f32>> = Vec::with_capacity(N);
    for _ in 0..N {
        let next = direction(&centred, dimension, &axes);
        axes.push(next);
    }
    let place = |vector: &Vec<f32>| std::array::from_fn(|axis| dot(vector, &axes[axis]));
    let mut places: Vec<[f32; N]> = centred.iter().map(place).collect();
    let widest = places.iter().flatten().fold(0.0_f32, |widest, place| widest.max(place.abs()));
    if widest > f32::EPSILON {
        places.iter_mut().flatten().for_each(|place| *place /= widest);
    }
    places
}

fn centred(vectors: &[Vec<f32>], dimension: usize) -> Vec<Vec<f32>> {
    let mut mean = vec![0.0_f64; dimension];
    for vector in vectors {
        mean.iter_mut().zip(vector).for_each(|(sum, value)| *sum += f64::from(*value));
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of vectors in memory")]
    let count = vectors.len() as f64;
    #[expect(clippy::cast_possible_truncation, reason = "components of embeddings are small numbers")]
    let mean: Vec<f32> = mean.into_iter().map(|sum| (sum / count) as f32).collect();
    let minus_mean = |vector: &Vec<f32>| vector.iter().zip(&mean).map(|(value, mean)| value - mean).collect();
    vectors.iter().map(minus_mean).collect()
}

/// The unit vector along which the points differ most, apart from `taken`.
fn direction(points: &[Vec<f32>], dimension: usize, taken: &[Vec<f32>]) -> Vec<f32> {
    // The same start each time, so that the same project gives the same picture.
    #[expect(clippy::cast_precision_loss, reason = "a dimension is a small number")]
    let mut along: Vec<f32> = (0..dimension).map(|n| 1.0 / (n as f32 + 2.0)).collect();
    for _ in 0..ROUNDS {
        let mut next = vec![0.0_f32; dimension];
        for point in points {
            let share = dot(point, &along);
            next.iter_mut().zip(point).for_each(|(sum, value)| *sum += share * value);
        }
        for taken in taken {
            let share = dot(&next, taken);
            next.iter_mut().zip(taken).for_each(|(value, taken)| *value -= share * taken);
        }
        let length = dot(&next, &next).sqrt();
        if length <= f32::EPSILON {
            return vec![0.0; dimension];
        }
        next.iter_mut().for_each(|value| *value /= length);
        along = next;
    }
    along
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_lies_together() {
        let places: Vec<[f32; 2]> =
            lay_out(&[vec![1.0, 0.0, 0.1], vec![0.9, 0.1, 0.1], vec![0.0, 1.0, 0.1], vec![0.1, 0.9, 0.1]]);
        let apart = |a: usize, b: usize| {
            ((places[a][0] - places[b][0]).powi(2) + (places[a][1] - places[b][1]).powi(2)).sqrt()
        };
        assert!(apart(0, 1) < 0.5 && apart(2, 3) < 0.5, "{places:?}");
        assert!(apart(0, 2) > 1.5 && apart(1, 3) > 1.0, "{places:?}");
        assert!(places.iter().flatten().all(|place| (-1.0..=1.0).contains(place)));
    }

    #[test]
    fn nothing_one_point_and_equal_points_have_a_place_too() {
        assert!(lay_out::<2>(&[]).is_empty());
        assert_eq!(lay_out(&[vec![1.0, 2.0]]), [[0.0, 0.0]]);
        assert_eq!(lay_out(&[vec![1.0, 2.0], vec![1.0, 2.0]]), [[0.0, 0.0], [0.0, 0.0]]);
    }
}
