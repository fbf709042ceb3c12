//! Time zones as customers name them in Spanish.

use crate::language::vocabulary::Phrases;

/// By their names in the IANA database.
pub(super) const ZONES: &[(&str, Phrases)] = &[
    (
        "Atlantic/Canary",
        "hora de canarias|hora canaria|de canarias|hora insular|hora de las palmas|\
         hora de tenerife|en canarias|hora d canarias|hora de gran canaria",
    ),
    (
        "Europe/Madrid",
        "hora peninsular|hora de madrid|hora de espana|hora espanola|de espana|hora de barcelona|\
         hora de la peninsula|hora d espana",
    ),
    (
        "Europe/Lisbon",
        "hora de portugal|hora portuguesa|de portugal|hora de lisboa",
    ),
    (
        "Europe/London",
        "hora de londres|hora inglesa|hora de inglaterra|hora de reino unido|hora britanica|\
         hora del reino unido",
    ),
    (
        "Europe/Paris",
        "cet|cest|hora de paris|hora de francia|hora de alemania|hora de berlin|hora de italia|\
         hora de roma|hora central europea",
    ),
    (
        "America/New_York",
        "hora de nueva york|hora de miami|hora del este|hora de florida|hora de ny|est|edt",
    ),
    (
        "America/Chicago",
        "hora de chicago|hora de texas|hora de houston|hora de dallas|cst|cdt",
    ),
    ("America/Denver", "hora de denver"),
    (
        "America/Los_Angeles",
        "hora de los angeles|hora de california|hora del pacifico|pst|pdt|hora de tijuana",
    ),
    (
        "America/Mexico_City",
        "hora de mexico|hora mexicana|hora del centro|hora del centro de mexico|hora de cdmx|\
         hora de ciudad de mexico|hora d mexico|hora de guadalajara|hora de monterrey",
    ),
    ("America/Cancun", "hora de cancun|hora de quintana roo"),
    (
        "America/Bogota",
        "hora de colombia|hora colombiana|hora de bogota|hora d colombia|hora de medellin",
    ),
    (
        "America/Lima",
        "hora de peru|hora peruana|hora de lima|hora d peru",
    ),
    ("America/Guayaquil", "hora de ecuador|hora de quito"),
    (
        "America/Caracas",
        "hora de venezuela|hora de caracas|hora venezolana",
    ),
    ("America/Panama", "hora de panama"),
    (
        "America/Santo_Domingo",
        "hora de republica dominicana|hora dominicana",
    ),
    ("America/Puerto_Rico", "hora de puerto rico"),
    ("America/La_Paz", "hora de bolivia"),
    (
        "America/Santiago",
        "hora de chile|hora chilena|hora de santiago",
    ),
    (
        "America/Argentina/Buenos_Aires",
        "hora de argentina|hora argentina|hora de buenos aires|hora d argentina",
    ),
    (
        "America/Montevideo",
        "hora de uruguay|hora uruguaya|hora de montevideo",
    ),
    ("America/Asuncion", "hora de paraguay"),
    (
        "America/Sao_Paulo",
        "hora de brasil|hora de sao paulo|hora brasilena",
    ),
    ("America/Costa_Rica", "hora de costa rica"),
    (
        "America/Guatemala",
        "hora de guatemala|hora de el salvador|hora de honduras",
    ),
    ("UTC", "utc|gmt|hora utc|hora gmt|hora de greenwich"),
];
