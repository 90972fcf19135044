//! Chance that says the same again: `SplitMix64`, begun anew for each thing that is thrown for.

/// Dice of one thing.
pub struct Dice(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Dice {
    /// The dice of the `nth` thing.
    pub fn new(seed: u64, nth: usize) -> Self {
        let mut dice = Self(seed.wrapping_mul(STEP) ^ (nth as u64).wrapping_mul(0xD134_2543_DE82_EF95));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From zero up to, not including, `below`.
    pub fn below(&mut self, below: u64) -> u64 {
        self.next() % below.max(1)
    }

    /// A span of up to `most`, at least `least`.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.below(u64::try_from(most - least).unwrap_or(0) + 1)).unwrap_or(0)
    }

    /// True this often in ten thousand.
    pub fn in_ten_thousand(&mut self, often: u64) -> bool {
        self.below(10_000) < often
    }

    /// A place in a list of so many.
    pub fn place(&mut self, of: usize) -> usize {
        usize::try_from(self.below(of as u64)).unwrap_or(0)
    }

    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.place(choices.len())]
    }
}

/// `length` letters of a public number, the `nth` of them all: a step that shares no factor with 30 meets every number once.
pub fn letters(nth: usize, seed: u64, length: u32) -> String {
    let space = 30_u128.pow(length);
    let mut left = (nth as u128 * 410_338_673 + u128::from(seed)) % space;
    let mut digits = || {
        let digit = u64::try_from(left % 30).unwrap_or(0);
        left /= 30;
        digit
    };
    crate::domain::id::letters(&mut digits, length as usize)
}
