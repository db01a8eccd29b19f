//! Bytes as they were before they were compressed, by what a stream begins with and not by its name.

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, BufReader, Cursor, Read};

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Of a frame of Zstandard that holds no content, but for the low half of its first byte.
const ZSTD_SKIPPED: &[u8] = &[0x50, 0x2a, 0x4d, 0x18];

/// How much is read at a time.
const BUFFER: usize = 128 * 1024;

/// Opens a stream of gzip or Zstandard, or one that is not compressed.
///
/// # Errors
/// When its beginning cannot be read. Damage further on is an error of the reader.
pub(crate) fn open(mut stream: impl Read + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let mut start = Vec::new();
    stream.by_ref().take(ZSTD.len() as u64).read_to_end(&mut start)?;
    let kind = start.clone();
    let stream = Cursor::new(start).chain(stream);
    Ok(match &kind[..] {
        [a, b, ..] if [*a, *b] == GZIP => Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(stream))),
        kind if kind == ZSTD || is_skipped(kind) => {
            let frames = Frames::new(BufReader::with_capacity(BUFFER, stream));
            Box::new(BufReader::with_capacity(BUFFER, frames))
        }
        _ => Box::new(BufReader::with_capacity(BUFFER, stream)),
    })
}

fn is_skipped(start: &[u8]) -> bool {
    start.len() == ZSTD_SKIPPED.len() && start[0] & 0xf0 == ZSTD_SKIPPED[0] && start[1..] == ZSTD_SKIPPED[1..]
}

/// One frame of Zstandard after another, as they stand where files were joined or compressed on several threads.
struct Frames<R> {
    source: R,
    frame: FrameDecoder,
    /// Whether the frame is begun.
    open: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Frames<R> {
        Frames { source, frame: FrameDecoder::new(), open: false }
    }

    /// Begins the next frame that holds content, where there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.frame.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(length.into()), &mut io::sink())?;
                }
                Err(e) => return Err(io::Error::other(e)),
            }
        }
        Ok(false)
    }

    /// Ends a frame, whose checksum, where it has one, must be right.
    fn end(&mut self) -> io::Result<()> {
        self.open = false;
        match self.frame.get_checksum_from_data() {
            Some(told) if self.frame.get_calculated_checksum() != Some(told) => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "a frame has another checksum than it tells"))
            }
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.open {
                self.open = self.begin()?;
                if !self.open {
                    return Ok(0);
                }
            }
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.frame.decode_blocks(&mut self.source, one).map_err(io::Error::other)?;
            }
            let read = self.frame.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.end()?;
        }
    }
}
