//! What people write around and into a phrase without meaning another day or time.

use frontdesk::language::Language;

/// Before a phrase.
pub(crate) fn openings(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => &[
            "hi ",
            "hey there! ",
            "Hello,\n",
            "good morning! ",
            "Good evening, ",
            "um, ",
            "so ",
            "well, ",
            "ok so ",
            "hi Laura, ",
            "Hey Karen! ",
            "👋 ",
            "please, ",
            "sorry to bother you, ",
            "hope you're well. ",
        ],
        Language::Spanish => &[
            "hola ",
            "¡Hola! ",
            "Buenas,\n",
            "buenos días, ",
            "buenas tardes! ",
            "Buenas noches. ",
            "eh, ",
            "pues ",
            "bueno, ",
            "a ver, ",
            "hola Laura, ",
            "oye Karen, ",
            "👋 ",
            "por favor, ",
            "perdona la molestia, ",
        ],
    }
}

/// After a phrase.
pub(crate) fn closings(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => &[
            " please",
            " pls",
            ", thanks",
            " thank you so much!",
            " thanks in advance",
            " 😊",
            "🙏🙏",
            "?",
            "!!",
            "...",
            ".",
            " :)",
            ", Laura",
            "\n- Karen",
            "\nBest, Hugh",
            "\n\nThanks,\nJordan Smith",
            ". have a nice day!",
        ],
        Language::Spanish => &[
            " por favor",
            " porfa",
            ", gracias",
            " ¡muchas gracias!",
            " si es posible",
            " 😊",
            "🙏🙏",
            "?",
            "!!",
            "...",
            ".",
            " :)",
            ", Laura",
            "\n- Karen",
            "\nSaludos, Hugo",
            "\n\nGracias,\nJordán Pérez",
            ". que tenga buen día!",
        ],
    }
}

/// Other ways to write the same letters.
pub(crate) const SPELLINGS: [fn(&str) -> String; 8] = [
    str::to_uppercase,
    capitalized,
    without_accents,
    with_combining_accents,
    |text| text.replace('\'', "’"),
    |text| text.replace(' ', "  "),
    |text| format!("  {text}\n"),
    |text| text.replace(' ', "\u{a0}"),
];

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

const ACCENTED: [(char, char, char); 6] = [
    ('á', 'a', '\u{301}'),
    ('é', 'e', '\u{301}'),
    ('í', 'i', '\u{301}'),
    ('ó', 'o', '\u{301}'),
    ('ú', 'u', '\u{301}'),
    ('ñ', 'n', '\u{303}'),
];

fn without_accents(text: &str) -> String {
    ACCENTED
        .iter()
        .fold(text.to_owned(), |text, (accented, plain, _)| {
            text.replace(*accented, &plain.to_string())
        })
}

fn with_combining_accents(text: &str) -> String {
    ACCENTED
        .iter()
        .fold(text.to_owned(), |text, (accented, plain, accent)| {
            text.replace(*accented, &format!("{plain}{accent}"))
        })
}

/// The text with a line break between the day and the hour.
pub(crate) fn broken_lines(text: &str) -> Vec<String> {
    let hours = [" at ", " a las ", " between ", " entre "];
    let parted = hours
        .iter()
        .filter_map(|hour| text.split_once(hour).zip(Some(hour)));
    let broken = parted.map(|((day, time), hour)| format!("{day}\n{}{time}", hour.trim_start()));
    broken.collect()
}

/// The names of days and months that are long enough for a slip, and other such words.
const LONG: [&str; 17] = [
    "tomorrow",
    "tuesday",
    "wednesday",
    "thursday",
    "saturday",
    "january",
    "february",
    "september",
    "october",
    "december",
    "viernes",
    "miércoles",
    "domingo",
    "febrero",
    "septiembre",
    "octubre",
    "diciembre",
];

/// The text with one slip of the finger in a long word, past its first letter: two letters swapped,
/// one left out or one doubled.
pub(crate) fn typos(text: &str) -> Vec<String> {
    let pieces: Vec<_> = text.split(' ').collect();
    let mut typos = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        if !LONG.contains(piece) {
            continue;
        }
        let letters: Vec<_> = piece.chars().collect();
        // As near to Tuesday.
        let slips = slips(&letters).into_iter().filter(|slip| slip != "tursday");
        for slip in slips.filter(|slip| slip != piece) {
            let mut pieces = pieces.clone();
            pieces[n] = &slip;
            typos.push(pieces.join(" "));
        }
    }
    typos
}

fn slips(letters: &[char]) -> Vec<String> {
    let mut slips = Vec::new();
    for n in 1..letters.len() {
        let (before, after) = letters.split_at(n);
        let join = |middle: &[char], rest: &[char]| [before, middle, rest].concat();
        slips.push(join(&[], &after[1..]));
        slips.push(join(&after[..1], after));
        if let [one, other, rest @ ..] = after {
            slips.push(join(&[*other, *one], rest));
        }
    }
    slips
        .iter()
        .map(|letters| letters.iter().collect())
        .collect()
}
