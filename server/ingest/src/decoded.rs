//! Decodes text that is not UTF-8 while reading: UTF-16, which spreadsheets call "Unicode text", and Windows-1252.

use compliance::named;
use encoding_rs::{CoderResult, Decoder};
use std::io::{self, Read};

/// The encoding of a file without a byte order mark, if it is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// That of older Windows programs in western Europe and America.
    Windows1252,
}

named!(Encoding { Windows1252: "windows-1252" });

impl Encoding {
    pub(crate) fn of_standard(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }
}

/// How many bytes are read and written at a time.
const CHUNK: usize = 8 * 1024;

/// A reader that converts another encoding to UTF-8. Invalid bytes become U+FFFD.
pub(crate) struct Decoded<R> {
    source: R,
    decoder: Decoder,
    /// The bytes that are read, of which those from `taken` on are not decoded.
    bytes: Vec<u8>,
    taken: usize,
    /// The text that is decoded, of which that from `given` on is not returned.
    text: Vec<u8>,
    given: usize,
    source_ended: bool,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub fn new(source: R, encoding: &'static encoding_rs::Encoding) -> Decoded<R> {
        let decoder = encoding.new_decoder_without_bom_handling();
        let (bytes, text) = (Vec::with_capacity(CHUNK), Vec::with_capacity(CHUNK));
        Decoded { source, decoder, bytes, taken: 0, text, given: 0, source_ended: false, ended: false }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        if self.taken == self.bytes.len() && !self.source_ended {
            let mut chunk = [0; CHUNK];
            let count = self.source.read(&mut chunk)?;
            self.source_ended = count == 0;
            self.bytes.clear();
            self.bytes.extend_from_slice(&chunk[..count]);
            self.taken = 0;
        }
        self.text.resize(CHUNK, 0);
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(&self.bytes[self.taken..], &mut self.text, self.source_ended);
        self.taken += read;
        self.text.truncate(written);
        self.given = 0;
        self.ended = self.source_ended && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.decode_more()?;
        }
        let count = target.len().min(self.text.len() - self.given);
        target[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16BE, UTF_16LE};

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

    fn decoded(source: impl Read, encoding: &'static encoding_rs::Encoding) -> String {
        let mut read = String::new();
        Decoded::new(source, encoding).read_to_string(&mut read).unwrap();
        read
    }

    #[test]
    fn text_survives_whatever_the_size_of_the_reads() {
        let text = "date;followers\n아야츠노 🎬".repeat(2_000);
        for encoding in [UTF_16LE, UTF_16BE] {
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| if encoding == UTF_16BE { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            assert_eq!(decoded(Dripping(&bytes), encoding), text);
            assert_eq!(decoded(bytes.as_slice(), encoding), text);
        }
    }

    #[test]
    fn a_half_without_its_partner_becomes_a_replacement_character() {
        assert_eq!(decoded(&[0x3d, 0xd8][..], UTF_16LE), "\u{fffd}");
        assert_eq!(decoded(&[0x3d, 0xd8, b'a', 0][..], UTF_16LE), "\u{fffd}a");
    }

    #[test]
    fn every_byte_of_windows_1252_is_a_character() {
        let bytes: Vec<u8> = (0..=255).collect();
        let text = decoded(Dripping(&bytes), Encoding::Windows1252.of_standard());
        assert_eq!(text.chars().count(), 256);
        assert!(text.contains('€') && text.contains('é') && !text.contains('\u{fffd}'));
    }
}
