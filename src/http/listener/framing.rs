//! Where requests begin and end, read from the raw bytes beside hyper.
//!
//! hyper forgives what makes two readers disagree about where a request ends: a line that ends with
//! a bare LF, and a `Content-Length` beside a `Transfer-Encoding`, of which it hides the former.
//! It has no option against either, so this follows the bytes and finds them. It knows only what
//! ends a head, a body and a chunk; everything else is hyper's to judge, and once it will refuse a
//! request, this stops looking.

use crate::layer::malformed::Malformed;

/// What is kept of a line that comes in pieces: more than any name and length that matters.
const KEPT_BYTES: usize = 96;

/// How far the bytes of a connection were followed.
#[derive(Debug, Default)]
pub(super) struct Framing {
    state: State,
    head: Head,
    /// The beginning of a line whose end has not come yet, and its last byte.
    line: Vec<u8>,
    last: Option<u8>,
}

#[derive(Debug, Default, Clone, Copy)]
enum State {
    /// In a head, or before one.
    #[default]
    Head,
    /// In a body or a chunk of which so much is left.
    Bytes { left: u64, then: Next },
    /// Before the size of a chunk.
    Size,
    /// Behind the last chunk.
    Trailers,
    /// hyper will refuse this connection's next bytes.
    Lost,
}

#[derive(Debug, Clone, Copy)]
enum Next {
    Head,
    Size,
}

/// What a head says of its body.
#[derive(Debug, Default, Clone, Copy)]
struct Head {
    has_begun: bool,
    length: Option<u64>,
    is_encoded: bool,
}

/// A fault, and how many of the bytes come before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) reason: Malformed,
    pub(super) at: usize,
}

// === impl Framing ===

impl Framing {
    /// Follows the next bytes of a connection, up to the first fault.
    pub(super) fn follow(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let mut at = 0;
        while at < bytes.len() {
            match self.state {
                State::Lost => return Ok(()),
                State::Bytes { left, then } => at += self.skip(left, then, bytes.len() - at),
                State::Head | State::Size | State::Trailers => {
                    let rest = &bytes[at..];
                    let Some(end) = memchr::memchr(b'\n', rest) else {
                        self.keep(rest);
                        return Ok(());
                    };
                    let fault = |reason| Fault {
                        reason,
                        at: at + end,
                    };
                    if self.line.is_empty() {
                        self.line(&rest[..end]).map_err(fault)?;
                    } else {
                        self.keep(&rest[..end]);
                        let line = std::mem::take(&mut self.line);
                        self.line(&line).map_err(fault)?;
                    }
                    self.last = None;
                    at += end + 1;
                }
            }
        }
        Ok(())
    }

    fn skip(&mut self, left: u64, then: Next, bytes: usize) -> usize {
        let skipped = usize::try_from(left).unwrap_or(usize::MAX).min(bytes);
        let left = left - skipped as u64;
        self.state = match (left, then) {
            (1.., then) => State::Bytes { left, then },
            (0, Next::Head) => State::Head,
            (0, Next::Size) => State::Size,
        };
        skipped
    }

    fn keep(&mut self, piece: &[u8]) {
        let room = KEPT_BYTES.saturating_sub(self.line.len()).min(piece.len());
        self.line.extend_from_slice(&piece[..room]);
        self.last = piece.last().copied().or(self.last);
    }

    /// A line without its LF; of one that came in pieces, its beginning.
    fn line(&mut self, line: &[u8]) -> Result<(), Malformed> {
        let last = self.last.or(line.last().copied());
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let is_empty = line.is_empty();
        match self.state {
            State::Head if is_empty && !self.head.has_begun => {}
            State::Head if last != Some(b'\r') => return Err(Malformed::BareLf),
            State::Head if is_empty => return self.end_of_head(),
            State::Head => self.head_line(line),
            State::Size => self.state = size(line),
            State::Trailers if is_empty => self.state = State::Head,
            State::Trailers | State::Bytes { .. } | State::Lost => {}
        }
        Ok(())
    }

    fn head_line(&mut self, line: &[u8]) {
        if !std::mem::replace(&mut self.head.has_begun, true) {
            return;
        }
        let Some((name, value)) = memchr::memchr(b':', line).map(|colon| line.split_at(colon))
        else {
            return;
        };
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            self.head.is_encoded = true;
        } else if name.eq_ignore_ascii_case(b"content-length") {
            // What is no number is hyper's to refuse, and is a length here.
            self.head.length = Some(number(value[1..].trim_ascii(), 10).unwrap_or(u64::MAX));
        }
    }

    fn end_of_head(&mut self) -> Result<(), Malformed> {
        let head = std::mem::take(&mut self.head);
        self.state = match (head.length, head.is_encoded) {
            (Some(_), true) => return Err(Malformed::TwoLengths),
            (None, true) => State::Size,
            (Some(left @ 1..), false) => State::Bytes {
                left,
                then: Next::Head,
            },
            (_, false) => State::Head,
        };
        Ok(())
    }
}

/// What follows the size of a chunk.
fn size(line: &[u8]) -> State {
    let digits = line
        .split(|byte| matches!(byte, b';' | b' ' | b'\t'))
        .next();
    match digits.and_then(|digits| number(digits, 16)) {
        Some(0) => State::Trailers,
        // Its CRLF comes along.
        Some(size) => State::Bytes {
            left: size.saturating_add(2),
            then: Next::Size,
        },
        None => State::Lost,
    }
}

fn number(digits: &[u8], radix: u32) -> Option<u64> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FINE: &[&[u8]] = &[
        b"GET / HTTP/1.1\r\nhost: a\r\n\r\n",
        b"\r\n\nGET / HTTP/1.1\r\nhost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\ncontent-length: 4\r\nhost: a\r\n\r\na\nb\n",
        b"POST / HTTP/1.1\r\nContent-Length:5\r\ncontent-length: 5\r\n\r\n\n\n\n\n\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\na\nb\nc\r\n0A\r\n\n123456789\r\n0\r\nx: y\r\n\r\n",
        b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ];

    /// Follows the bytes in pieces of those sizes, in turns.
    fn follow(bytes: &[u8], sizes: &[usize]) -> Result<(), Fault> {
        let (mut framing, mut at) = (Framing::default(), 0);
        for size in sizes.iter().cycle() {
            let end = (at + size).min(bytes.len());
            framing.follow(&bytes[at..end]).map_err(|fault| Fault {
                at: at + fault.at,
                ..fault
            })?;
            at = end;
            if at == bytes.len() {
                break;
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn after_any_requests_a_fault_is_found_where_it_is_however_the_bytes_come(
            before in proptest::collection::vec(0..FINE.len(), 0..4),
            padding in 0_usize..200,
            sizes in proptest::collection::vec(1_usize..60, 1..8),
        ) {
            let mut bytes: Vec<u8> = before.into_iter().flat_map(|at| FINE[at].to_vec()).collect();
            prop_assert_eq!(follow(&bytes, &sizes), Ok(()));
            let padded = format!("GET / HTTP/1.1\r\nx-padding: {}", " ".repeat(padding));
            bytes.extend(padded.as_bytes());
            let at = bytes.len();
            let bare = [&bytes, &b"\nhost: a\r\n\r\n"[..]].concat();
            let reason = Malformed::BareLf;
            prop_assert_eq!(follow(&bare, &sizes), Err(Fault { reason, at }));
            let bare_end = [&bytes, &b"\r\n\n"[..]].concat();
            prop_assert_eq!(follow(&bare_end, &sizes), Err(Fault { reason, at: at + 2 }));
        }

        #[test]
        fn no_bytes_make_it_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            sizes in proptest::collection::vec(1_usize..60, 1..8),
        ) {
            let _ = follow(&bytes, &sizes);
        }
    }

    #[test]
    fn a_length_beside_an_encoding_is_a_fault_in_either_order_and_spelling() {
        for lines in [
            "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
            "transfer-encoding:chunked\r\nx: y\r\nCONTENT-LENGTH: 0\r\n",
            "transfer-encoding: gzip, chunked\r\ncontent-length: nonsense\r\n",
        ] {
            let request = format!("POST / HTTP/1.1\r\nhost: a\r\n{lines}\r\n0\r\n\r\n");
            let fault = follow(request.as_bytes(), &[7]).unwrap_err();
            assert_eq!(fault.reason, Malformed::TwoLengths, "{lines}");
        }
    }
}
