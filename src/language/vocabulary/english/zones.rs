//! Time zones as customers name them in English.

use crate::language::vocabulary::Zone;

pub(super) const ZONES: &[Zone] = &[
    (
        "America/New_York",
        "Eastern",
        "est|edt|eastern|eastern time|et|east coast time|new york time|ny time|boston time|\
         miami time|florida time|atlanta time|toronto time|philly time",
    ),
    (
        "America/Chicago",
        "Central",
        "cst|cdt|central|central time|ct|chicago time|texas time|dallas time|houston time|\
         nashville time|minneapolis time",
    ),
    (
        "America/Denver",
        "Mountain",
        "mdt|mountain|mountain time|mt|denver time|colorado time|utah time|salt lake time",
    ),
    (
        "America/Phoenix",
        "Arizona time",
        "arizona time|phoenix time",
    ),
    (
        "America/Los_Angeles",
        "Pacific",
        "pst|pdt|pacific|pacific time|pt|west coast time|la time|california time|seattle time|\
         vegas time|san francisco time|sf time|portland time",
    ),
    (
        "America/Anchorage",
        "Alaska time",
        "akst|akdt|alaska time|anchorage time",
    ),
    (
        "Pacific/Honolulu",
        "Hawaii time",
        "hst|hawaii time|hawaiian time|honolulu time",
    ),
    (
        "America/Halifax",
        "Atlantic time",
        "atlantic time|halifax time|nova scotia time",
    ),
    ("America/St_Johns", "Newfoundland time", "newfoundland time"),
    (
        "America/Puerto_Rico",
        "Puerto Rico time",
        "puerto rico time",
    ),
    (
        "America/Mexico_City",
        "Mexico City time",
        "mexico time|mexico city time",
    ),
    (
        "America/Bogota",
        "Colombia time",
        "colombia time|bogota time",
    ),
    (
        "America/Sao_Paulo",
        "Brazil time",
        "brazil time|sao paulo time",
    ),
    (
        "America/Argentina/Buenos_Aires",
        "Argentina time",
        "argentina time|buenos aires time",
    ),
    (
        "Europe/London",
        "UK time",
        "bst|uk time|london time|british time|british summer time|england time|scotland time",
    ),
    (
        "Europe/Dublin",
        "Irish time",
        "irish time|ireland time|dublin time",
    ),
    ("Europe/Lisbon", "Lisbon time", "portugal time|lisbon time"),
    (
        "Europe/Paris",
        "Central European time",
        "cet|cest|central european time|paris time|madrid time|spain time|berlin time|\
         rome time|european time|france time|germany time|amsterdam time",
    ),
    (
        "Europe/Athens",
        "Athens time",
        "eet|eest|athens time|greek time",
    ),
    ("Asia/Dubai", "Dubai time", "dubai time|uae time"),
    (
        "Asia/Kolkata",
        "India time",
        "india time|indian time|delhi time|mumbai time",
    ),
    ("Asia/Singapore", "Singapore time", "singapore time"),
    ("Asia/Tokyo", "Japan time", "jst|japan time|tokyo time"),
    (
        "Australia/Sydney",
        "Sydney time",
        "aest|aedt|sydney time|melbourne time",
    ),
    ("Australia/Perth", "Perth time", "awst|perth time"),
    (
        "Pacific/Auckland",
        "New Zealand time",
        "nzst|nzdt|nz time|new zealand time|auckland time",
    ),
    ("UTC", "UTC", "utc|gmt|zulu|z time|greenwich time"),
];
