//! Decodes UTF-16, which spreadsheets call "Unicode text", to UTF-8 while reading.

use std::io::{self, Read};

/// A reader that converts UTF-16 to UTF-8. Unpaired surrogates become U+FFFD.
pub(crate) struct Utf16<R> {
    source: R,
    big_endian: bool,
    /// Bytes that are read but not decoded: at most three remain between reads (half a unit, or a unit and a half).
    units: Vec<u8>,
    decoded: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf16<R> {
    pub fn new(source: R, big_endian: bool) -> Utf16<R> {
        Utf16 { source, big_endian, units: Vec::new(), decoded: Vec::new(), given: 0, ended: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        let mut chunk = [0; 8 * 1024];
        let count = self.source.read(&mut chunk)?;
        self.ended = count == 0;
        self.units.extend_from_slice(&chunk[..count]);
        let mut whole = self.units.len() / 2 * 2;
        // A leading surrogate at the end of the chunk waits for its pair.
        if !self.ended && whole >= 2 && matches!(self.unit(whole - 2), 0xd800..=0xdbff) {
            whole -= 2;
        }
        let units = (0..whole).step_by(2).map(|at| self.unit(at));
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.decoded = text.into_bytes();
        self.given = 0;
        self.units.drain(..whole);
        Ok(())
    }

    fn unit(&self, at: usize) -> u16 {
        let pair = [self.units[at], self.units[at + 1]];
        if self.big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded.len() && !self.ended {
            self.decode_more()?;
        }
        let count = target.len().min(self.decoded.len() - self.given);
        target[..count].copy_from_slice(&self.decoded[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that returns one byte at a time, so that every boundary is inside a character.
    struct Dripping<'a>(&'a [u8]);

    impl Read for Dripping<'_> {
        fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
            let count = 1.min(self.0.len()).min(target.len());
            target[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn text_survives_whatever_the_size_of_the_reads() {
        let text = "date;followers\n아야츠노 🎬";
        for big in [false, true] {
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            let mut read = String::new();
            Utf16::new(Dripping(&bytes), big).read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
    }

    #[test]
    fn a_half_without_its_partner_becomes_a_replacement_character() {
        let mut read = String::new();
        Utf16::new(&[0x3d, 0xd8][..], false).read_to_string(&mut read).unwrap();
        assert_eq!(read, "\u{fffd}");
    }
}
