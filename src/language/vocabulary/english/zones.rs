//! Time zones as customers name them in English.

use crate::language::vocabulary::Phrases;

/// By their names in the IANA database.
pub(super) const ZONES: &[(&str, Phrases)] = &[
    (
        "America/New_York",
        "est|edt|eastern|eastern time|et|east coast time|new york time|ny time|boston time|\
         miami time|florida time|atlanta time|toronto time|philly time",
    ),
    (
        "America/Chicago",
        "cst|cdt|central|central time|ct|chicago time|texas time|dallas time|houston time|\
         nashville time|minneapolis time",
    ),
    (
        "America/Denver",
        "mdt|mountain|mountain time|mt|denver time|colorado time|utah time|salt lake time",
    ),
    ("America/Phoenix", "arizona time|phoenix time"),
    (
        "America/Los_Angeles",
        "pst|pdt|pacific|pacific time|pt|west coast time|la time|california time|seattle time|\
         vegas time|san francisco time|sf time|portland time",
    ),
    ("America/Anchorage", "akst|akdt|alaska time|anchorage time"),
    (
        "Pacific/Honolulu",
        "hst|hawaii time|hawaiian time|honolulu time",
    ),
    (
        "America/Halifax",
        "atlantic time|halifax time|nova scotia time",
    ),
    ("America/St_Johns", "newfoundland time"),
    ("America/Puerto_Rico", "puerto rico time"),
    ("America/Mexico_City", "mexico time|mexico city time"),
    ("America/Bogota", "colombia time|bogota time"),
    ("America/Sao_Paulo", "brazil time|sao paulo time"),
    (
        "America/Argentina/Buenos_Aires",
        "argentina time|buenos aires time",
    ),
    (
        "Europe/London",
        "bst|uk time|london time|british time|british summer time|england time|scotland time",
    ),
    ("Europe/Dublin", "irish time|ireland time|dublin time"),
    ("Europe/Lisbon", "portugal time|lisbon time"),
    (
        "Europe/Paris",
        "cet|cest|central european time|paris time|madrid time|spain time|berlin time|\
         rome time|european time|france time|germany time|amsterdam time",
    ),
    ("Europe/Athens", "eet|eest|athens time|greek time"),
    ("Asia/Dubai", "dubai time|uae time"),
    (
        "Asia/Kolkata",
        "india time|indian time|delhi time|mumbai time",
    ),
    ("Asia/Singapore", "singapore time"),
    ("Asia/Tokyo", "jst|japan time|tokyo time"),
    ("Australia/Sydney", "aest|aedt|sydney time|melbourne time"),
    ("Australia/Perth", "awst|perth time"),
    (
        "Pacific/Auckland",
        "nzst|nzdt|nz time|new zealand time|auckland time",
    ),
    ("UTC", "utc|gmt|zulu|z time|greenwich time"),
];
