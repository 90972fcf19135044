//! Makes a picture smaller, row by row: nothing but the result and one row is held beside it. What is transparent lies on white.

use image::{DynamicImage, RgbImage};

/// The longer side of a kept picture.
const LONG_SIDE: u32 = 1_600;
/// The shorter side of a long one, a screenshot of a chat: with less its words cannot be read.
const SHORT_SIDE: u32 = 720;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    pub width: u32,
    pub height: u32,
}

impl Dimensions {
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// As large as a picture of this size is kept.
    pub fn kept(self) -> Self {
        let (long, short) = (self.width.max(self.height), self.width.min(self.height));
        if long <= LONG_SIDE || short <= SHORT_SIDE {
            return self;
        }
        // Whichever leaves more of it.
        let (of, to) = if u64::from(short) * u64::from(LONG_SIDE) >= u64::from(SHORT_SIDE) * u64::from(long) {
            (long, LONG_SIDE)
        } else {
            (short, SHORT_SIDE)
        };
        let side = |side: u32| u32::try_from((u64::from(side) * u64::from(to) + u64::from(of) / 2) / u64::from(of)).unwrap_or(side).max(1);
        Self { width: side(self.width), height: side(self.height) }
    }
}

/// Colours of a row, added up.
type ColourSum = [f32; 3];

/// Every dot of the result is the mean of the area it stands for.
pub fn shrink(picture: DynamicImage, to: Dimensions) -> RgbImage {
    let (width, height) = (picture.width() as usize, picture.height());
    let rows = Rows::of(picture);
    let mut result = RgbImage::new(to.width, to.height);
    let across = f64::from(u32::try_from(width).unwrap_or(u32::MAX)) / f64::from(to.width);
    let down = f64::from(height) / f64::from(to.height);
    let area = narrow(across * down);
    let mut lines = result.chunks_exact_mut(3 * to.width as usize);
    let mut sums = vec![ColourSum::default(); to.width as usize];
    let (mut row, mut full) = (vec![ColourSum::default(); to.width as usize], down);
    let mut y = 0.0;
    for index in 0..height as usize {
        rows.add_up(index, width, across, &mut row);
        // The part of this row that still belongs to the line, and the part of the next one.
        let (above, below) = if y + 1.0 < full - 1e-6 { (1.0, 0.0) } else { (full - y, y + 1.0 - full) };
        add(&mut sums, &row, narrow(above));
        if y + 1.0 >= full - 1e-6 {
            if let Some(line) = lines.next() {
                write(line, &sums, area);
            }
            sums.fill(ColourSum::default());
            add(&mut sums, &row, narrow(below.max(0.0)));
            full += down;
        }
        y += 1.0;
    }
    result
}

fn add(sums: &mut [ColourSum], row: &[ColourSum], weight: f32) {
    for (sum, colours) in sums.iter_mut().zip(row) {
        for (sum, colour) in sum.iter_mut().zip(colours) {
            *sum += colour * weight;
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes is one")]
fn write(line: &mut [u8], sums: &[ColourSum], area: f32) {
    for (dot, sum) in line.chunks_exact_mut(3).zip(sums) {
        for (byte, sum) in dot.iter_mut().zip(sum) {
            *byte = (sum / area).round().clamp(0.0, 255.0) as u8;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "weights need no more")]
fn narrow(weight: f64) -> f32 {
    weight as f32
}

/// The dots in one of the forms that decoders give them; the rare ones are changed into one of these.
enum Rows {
    Grey(Vec<u8>),
    Colours(Vec<u8>),
    Transparent(Vec<u8>),
}

impl Rows {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open: later versions of the library add forms")]
    fn of(picture: DynamicImage) -> Self {
        match picture {
            DynamicImage::ImageLuma8(dots) => Self::Grey(dots.into_raw()),
            DynamicImage::ImageRgb8(dots) => Self::Colours(dots.into_raw()),
            other if other.color().has_alpha() => Self::Transparent(other.into_rgba8().into_raw()),
            other => Self::Colours(other.into_rgb8().into_raw()),
        }
    }

    /// One row, made as narrow as the result: every sum holds the colours of `across` dots.
    fn add_up(&self, index: usize, width: usize, across: f64, sums: &mut [ColourSum]) {
        sums.fill(ColourSum::default());
        match self {
            Self::Grey(dots) => spread(&dots[index * width..][..width], 1, across, sums, |dot| [f32::from(dot[0]); 3]),
            Self::Colours(dots) => {
                spread(&dots[3 * index * width..][..3 * width], 3, across, sums, |dot| [dot[0], dot[1], dot[2]].map(f32::from));
            }
            Self::Transparent(dots) => spread(&dots[4 * index * width..][..4 * width], 4, across, sums, |dot| {
                let alpha = f32::from(dot[3]) / 255.0;
                [dot[0], dot[1], dot[2]].map(|colour| f32::from(colour) * alpha + 255.0 * (1.0 - alpha))
            }),
        }
    }
}

fn spread(row: &[u8], bytes: usize, across: f64, sums: &mut [ColourSum], colours: impl Fn(&[u8]) -> ColourSum) {
    let (mut at, mut full, mut x) = (0, across, 0.0);
    for dot in row.chunks_exact(bytes) {
        let colours = colours(dot);
        let end = x + 1.0;
        let before = narrow(if end < full { 1.0 } else { full - x });
        for (sum, colour) in sums[at].iter_mut().zip(colours) {
            *sum += colour * before;
        }
        if end >= full {
            if at + 1 == sums.len() {
                return;
            }
            at += 1;
            for (sum, colour) in sums[at].iter_mut().zip(colours) {
                *sum += colour * (1.0 - before);
            }
            full += across;
        }
        x = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};

    fn kept(width: u32, height: u32) -> (u32, u32) {
        let kept = Dimensions { width, height }.kept();
        (kept.width, kept.height)
    }

    #[test]
    fn a_long_picture_stays_wide_enough_to_be_read() {
        assert_eq!(kept(4_000, 3_000), (1_600, 1_200));
        assert_eq!(kept(1_600, 90), (1_600, 90));
        assert_eq!(kept(1_080, 9_600), (720, 6_400));
        assert_eq!(kept(9_600, 1_080), (6_400, 720));
        assert_eq!(kept(720, 20_000), (720, 20_000));
        assert_eq!(kept(1_440, 17_000), (720, 8_500));
        assert_eq!(kept(300, 80_000), (300, 80_000));
        assert_eq!(kept(3_000, 1_400), (1_600, 747));
    }

    #[test]
    fn a_dot_is_the_mean_of_its_area() {
        let stripes = RgbImage::from_fn(7, 5, |x, _| image::Rgb([if x % 2 == 0 { 0 } else { 200 }; 3]));
        let one = shrink(DynamicImage::ImageRgb8(stripes.clone()), Dimensions { width: 1, height: 1 });
        assert_eq!(one.get_pixel(0, 0).0, [86; 3], "three light stripes of seven");
        let same = shrink(DynamicImage::ImageRgb8(stripes.clone()), Dimensions { width: 7, height: 5 });
        assert_eq!(same, stripes);
        for (width, height) in [(2, 2), (3, 4), (6, 1), (5, 5)] {
            let plain =
                shrink(DynamicImage::ImageRgb8(RgbImage::from_pixel(7, 5, image::Rgb([10, 20, 250]))), Dimensions { width, height });
            assert!(plain.pixels().all(|dot| dot.0 == [10, 20, 250]), "{width}×{height}");
        }
    }

    #[test]
    fn what_is_transparent_lies_on_white() {
        let half = RgbaImage::from_pixel(4, 4, Rgba([0, 0, 0, 0]));
        assert!(shrink(DynamicImage::ImageRgba8(half), Dimensions { width: 2, height: 2 }).pixels().all(|dot| dot.0 == [255; 3]));
        let grey = DynamicImage::ImageLumaA16(image::ImageBuffer::from_pixel(3, 3, image::LumaA([0, 32_768])));
        assert!(shrink(grey, Dimensions { width: 3, height: 3 }).pixels().all(|dot| (126..=128).contains(&dot.0[0])));
    }
}
