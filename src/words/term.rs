//! Terms as numbers, which is how an index of sparse vectors names its dimensions.

/// MurmurHash3 (32 bits, seed 0) as a positive number: what Qdrant's own BM25 gives a word, so that points of earlier
/// versions are still found by theirs.
pub fn term_of(word: &str) -> u32 {
    const C1: u32 = 0xcc9e_2d51;
    const C2: u32 = 0x1b87_3593;
    let bytes = word.as_bytes();
    let mut hash: u32 = 0;
    let mut blocks = bytes.chunks_exact(4);
    for block in &mut blocks {
        let mut k = u32::from_le_bytes([block[0], block[1], block[2], block[3]]);
        k = k.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2);
        hash = (hash ^ k).rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
    let rest = blocks.remainder();
    if !rest.is_empty() {
        let mut k: u32 = 0;
        for (n, byte) in rest.iter().enumerate() {
            k |= u32::from(*byte) << (8 * n);
        }
        hash ^= k.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2);
    }
    #[expect(clippy::cast_possible_truncation, reason = "the algorithm takes the length modulo 2^32")]
    {
        hash ^= bytes.len() as u32;
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^= hash >> 16;
    hash.cast_signed().unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_word_never_changes() {
        // Test vectors of MurmurHash3_x86_32 with seed 0; the sign is dropped.
        assert_eq!(term_of(""), 0);
        assert_eq!(term_of("hello"), 0x248b_fa47);
        assert_eq!(term_of("hello, world"), 0x149b_bb7f);
        assert_eq!(term_of("The quick brown fox jumps over the lazy dog"), 0x2e4f_f723);
    }
}
