//! Time zones as customers name them in Spanish.

use crate::language::vocabulary::Zone;

pub(super) const ZONES: &[Zone] = &[
    (
        "Atlantic/Canary",
        "de Canarias",
        "hora de canarias|hora canaria|de canarias|hora insular|hora de las palmas|\
         hora de tenerife|en canarias|hora d canarias|hora de gran canaria",
    ),
    (
        "Europe/Madrid",
        "de Madrid",
        "hora peninsular|hora de madrid|hora de espana|hora espanola|de espana|hora de barcelona|\
         hora de la peninsula|hora d espana",
    ),
    (
        "Europe/Lisbon",
        "de Lisboa",
        "hora de portugal|hora portuguesa|de portugal|hora de lisboa",
    ),
    (
        "Europe/London",
        "de Londres",
        "hora de londres|hora inglesa|hora de inglaterra|hora de reino unido|hora britanica|\
         hora del reino unido",
    ),
    (
        "Europe/Paris",
        "de Europa Central",
        "cet|cest|hora de paris|hora de francia|hora de alemania|hora de berlin|hora de italia|\
         hora de roma|hora central europea",
    ),
    (
        "America/New_York",
        "de Nueva York",
        "hora de nueva york|hora de miami|hora del este|hora de florida|hora de ny|est|edt",
    ),
    (
        "America/Chicago",
        "de Chicago",
        "hora de chicago|hora de texas|hora de houston|hora de dallas|cst|cdt",
    ),
    ("America/Denver", "de Denver", "hora de denver"),
    (
        "America/Los_Angeles",
        "de Los Ángeles",
        "hora de los angeles|hora de california|hora del pacifico|pst|pdt|hora de tijuana",
    ),
    (
        "America/Mexico_City",
        "de la Ciudad de México",
        "hora de mexico|hora mexicana|hora del centro|hora del centro de mexico|hora de cdmx|\
         hora de ciudad de mexico|hora d mexico|hora de guadalajara|hora de monterrey",
    ),
    (
        "America/Cancun",
        "de Cancún",
        "hora de cancun|hora de quintana roo",
    ),
    (
        "America/Bogota",
        "de Colombia",
        "hora de colombia|hora colombiana|hora de bogota|hora d colombia|hora de medellin",
    ),
    (
        "America/Lima",
        "de Perú",
        "hora de peru|hora peruana|hora de lima|hora d peru",
    ),
    (
        "America/Guayaquil",
        "de Ecuador",
        "hora de ecuador|hora de quito",
    ),
    (
        "America/Caracas",
        "de Venezuela",
        "hora de venezuela|hora de caracas|hora venezolana",
    ),
    ("America/Panama", "de Panamá", "hora de panama"),
    (
        "America/Santo_Domingo",
        "de República Dominicana",
        "hora de republica dominicana|hora dominicana",
    ),
    (
        "America/Puerto_Rico",
        "de Puerto Rico",
        "hora de puerto rico",
    ),
    ("America/La_Paz", "de Bolivia", "hora de bolivia"),
    (
        "America/Santiago",
        "de Chile",
        "hora de chile|hora chilena|hora de santiago",
    ),
    (
        "America/Argentina/Buenos_Aires",
        "de Argentina",
        "hora de argentina|hora argentina|hora de buenos aires|hora d argentina",
    ),
    (
        "America/Montevideo",
        "de Uruguay",
        "hora de uruguay|hora uruguaya|hora de montevideo",
    ),
    ("America/Asuncion", "de Paraguay", "hora de paraguay"),
    (
        "America/Sao_Paulo",
        "de Brasil",
        "hora de brasil|hora de sao paulo|hora brasilena",
    ),
    ("America/Costa_Rica", "de Costa Rica", "hora de costa rica"),
    ("America/Guatemala", "de Guatemala", "hora de guatemala"),
    (
        "America/El_Salvador",
        "de El Salvador",
        "hora de el salvador",
    ),
    ("America/Tegucigalpa", "de Honduras", "hora de honduras"),
    ("UTC", "UTC", "utc|gmt|hora utc|hora gmt|hora de greenwich"),
];
