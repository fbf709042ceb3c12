//! A calendar as a file that other programs subscribe to: iCalendar, RFC 5545. Pure.
//!
//! The invariants: no line is longer than 75 octets and none is folded within a character; no text
//! can end its property, whatever is in it; an event keeps its UID, and its SEQUENCE only grows.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::Span;

/// The longest line, its end not counted.
const MAX_LINE_OCTETS: usize = 75;

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same for as long as it is the same entry, and for no other.
    pub uid: String,
    /// Raised by every change.
    pub sequence: u32,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// When it is.
    pub span: Span,
    /// What it is, on one line.
    pub summary: String,
    /// More about it.
    pub description: Option<String>,
    /// Where it is.
    pub location: Option<String>,
    /// It was given up.
    pub is_cancelled: bool,
}

/// Writes a calendar of that name.
pub fn write(name: &str, events: &[Event]) -> String {
    let mut file = File::default();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//frontdesk//frontdesk//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
    ] {
        file.line(line);
    }
    file.text("X-WR-CALNAME", name);
    for event in events {
        file.event(event);
    }
    file.line("END:VCALENDAR");
    file.0
}

#[derive(Default)]
struct File(String);

impl File {
    fn event(&mut self, event: &Event) {
        self.line("BEGIN:VEVENT");
        self.text("UID", &event.uid);
        self.instant("DTSTAMP", event.changed_at);
        self.instant("LAST-MODIFIED", event.changed_at);
        self.line(&format!("SEQUENCE:{}", event.sequence));
        self.instant("DTSTART", event.span.start);
        self.instant("DTEND", event.span.end);
        self.text("SUMMARY", &event.summary);
        if let Some(description) = &event.description {
            self.text("DESCRIPTION", description);
        }
        if let Some(location) = &event.location {
            self.text("LOCATION", location);
        }
        let (status, transparency) = if event.is_cancelled {
            ("CANCELLED", "TRANSPARENT")
        } else {
            ("CONFIRMED", "OPAQUE")
        };
        self.line(&format!("STATUS:{status}"));
        self.line(&format!("TRANSP:{transparency}"));
        self.line("END:VEVENT");
    }

    /// An instant in UTC, which every program reads by its own clock.
    fn instant(&mut self, name: &str, at: DateTime<Utc>) {
        self.line(&format!("{name}:{}", at.format("%Y%m%dT%H%M%SZ")));
    }

    fn text(&mut self, name: &str, text: &str) {
        self.line(&format!("{name}:{}", escaped(text)));
    }

    /// Folds a line: what follows a line's end and a space belongs to it.
    fn line(&mut self, line: &str) {
        let mut rest = line;
        let mut room = MAX_LINE_OCTETS;
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            let _ = write!(self.0, "{head}\r\n ");
            rest = tail;
            // The space counts.
            room = MAX_LINE_OCTETS - 1;
        }
        let _ = write!(self.0, "{rest}\r\n");
    }
}

/// Text as a value. What may not stand in one is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(summary: &str) -> Event {
        let at = |text: &str| text.parse().unwrap();
        Event {
            uid: "9e0c7a5e@frontdesk".to_owned(),
            sequence: 2,
            changed_at: at("2026-11-23T12:00:00Z"),
            span: Span {
                start: at("2026-11-24T15:00:00Z"),
                end: at("2026-11-24T15:30:00Z"),
            },
            summary: summary.to_owned(),
            description: None,
            location: Some("12 Main St, Springfield".to_owned()),
            is_cancelled: false,
        }
    }

    #[test]
    fn a_calendar_is_written_as_the_standard_has_it() {
        let cancelled = Event {
            is_cancelled: true,
            description: Some("With Ana\nOn time".to_owned()),
            ..event(
                "Corte de pelo; \\ barba, y un nombre tan largo que no cabe en una línea, ¿verdad?",
            )
        };
        insta::assert_snapshot!(write("Luna Salon", &[cancelled]).replace("\r\n", "\n"), @r"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//frontdesk//frontdesk//EN
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        REFRESH-INTERVAL;VALUE=DURATION:PT15M
        X-PUBLISHED-TTL:PT15M
        X-WR-CALNAME:Luna Salon
        BEGIN:VEVENT
        UID:9e0c7a5e@frontdesk
        DTSTAMP:20261123T120000Z
        LAST-MODIFIED:20261123T120000Z
        SEQUENCE:2
        DTSTART:20261124T150000Z
        DTEND:20261124T153000Z
        SUMMARY:Corte de pelo\; \\ barba\, y un nombre tan largo que no cabe en una
          línea\, ¿verdad?
        DESCRIPTION:With Ana\nOn time
        LOCATION:12 Main St\, Springfield
        STATUS:CANCELLED
        TRANSP:TRANSPARENT
        END:VEVENT
        END:VCALENDAR
        ");
    }

    /// What a program reads: unfolded lines, each a name and a value without escapes.
    fn read(file: &str) -> Vec<(String, String)> {
        let unfolded = file.replace("\r\n ", "");
        let lines = unfolded.split_terminator("\r\n");
        let value = |text: &str| {
            let mut value = String::new();
            let mut characters = text.chars();
            while let Some(character) = characters.next() {
                match character {
                    '\\' => value.push(match characters.next() {
                        Some('n') => '\n',
                        Some(escaped) => escaped,
                        None => panic!("an escape of nothing"),
                    }),
                    ';' | ',' => panic!("a bare separator"),
                    other => value.push(other),
                }
            }
            value
        };
        let property = |line: &str| {
            let (name, text) = line.split_once(':').unwrap();
            (name.to_owned(), value(text))
        };
        lines
            .filter(|line| !line.starts_with("REFRESH"))
            .map(property)
            .collect()
    }

    proptest! {
        #[test]
        fn any_text_is_folded_escaped_and_read_back(text in "\\PC{0,200}", more in any::<String>()) {
            for text in [text, more] {
                let file = write(&text, &[event(&text)]);
                for line in file.split("\r\n") {
                    prop_assert!(line.len() <= MAX_LINE_OCTETS, "{} octets", line.len());
                    prop_assert!(!line.contains(['\r', '\n']));
                }
                let plain: String = text
                    .chars()
                    .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
                    .collect();
                let read = read(&file);
                let values = |name: &'static str| read.iter().filter(move |(one, _)| one == name);
                prop_assert_eq!(values("END").count(), 2);
                for (_, value) in values("SUMMARY").chain(values("X-WR-CALNAME")) {
                    prop_assert_eq!(value, &plain);
                }
            }
        }
    }
}
