//! Names of feasts as customers write them in Spanish.
//!
//! Left out on purpose: names that are ordinary words, people or places alone; whole seasons;
//! names that mean different days to different people; and written dates ("4 de julio"), which are
//! read as dates: a date is the same day in every country, and a feast is not.

use crate::language::{feast::Feast, vocabulary::Phrases};

/// Names in Spanish, and in Catalan where the day is known by it.
pub(super) const FEASTS: &[(Feast, Phrases)] = &[
    // The end and the start of the year.
    (
        Feast::Christmas,
        "navidad|dia de navidad|nadal|dia de nadal",
    ),
    (
        Feast::ChristmasEve,
        "nochebuena|noche buena|dia de nochebuena|vispera de navidad|nit de nadal",
    ),
    (
        Feast::BoxingDay,
        "dia de san esteban|dia despues de navidad|dia de sant esteve|segunda navidad",
    ),
    (
        Feast::OrthodoxChristmas,
        "navidad ortodoxa|navidad rusa|navidad copta",
    ),
    // So that the draw, days before, is not read as the day.
    (
        Feast::ChristmasLottery,
        "loteria de navidad|sorteo de navidad|gordo de navidad|dia de la loteria|\
         sorteo de la loteria de navidad",
    ),
    (
        Feast::HolyInnocents,
        "dia de los inocentes|dia de los santos inocentes|santos inocentes|dia de inocentes",
    ),
    (
        Feast::NewYearsEve,
        "nochevieja|noche vieja|dia de nochevieja|noche de fin de ano|dia de fin de ano|\
         vispera de ano nuevo|noche de ano nuevo|ano viejo|noche de ano viejo|dia de ano viejo|\
         cap d any|nit de cap d any",
    ),
    (
        Feast::NewYearsDay,
        "ano nuevo|dia de ano nuevo|dia del ano nuevo|primer dia del ano",
    ),
    (
        Feast::EpiphanyEve,
        "noche de reyes|vispera de reyes|cabalgata de reyes|dia de la cabalgata|nit de reis",
    ),
    (
        Feast::Epiphany,
        "reyes|dia de reyes|dia de los reyes|reyes magos|dia de los reyes magos|\
         dia de reyes magos|tres reyes|dia de los tres reyes|dia de los santos reyes|epifania|\
         dia de la epifania|dia de reis",
    ),
    // Easter and what is counted from it.
    (
        Feast::FatThursday,
        "jueves lardero|dijous gras|jueves gordo",
    ),
    (
        Feast::CarnivalMonday,
        "lunes de carnaval|lunes de carnavales",
    ),
    (
        Feast::ShroveTuesday,
        "martes de carnaval|martes de carnavales|martes gordo|martes lardero",
    ),
    (Feast::MardiGras, "mardi gras"),
    (
        Feast::AshWednesday,
        "miercoles de ceniza|miercoles de cenizas",
    ),
    (Feast::PalmSunday, "domingo de ramos"),
    (Feast::HolyMonday, "lunes santo"),
    (Feast::HolyTuesday, "martes santo"),
    (Feast::HolyWednesday, "miercoles santo"),
    (Feast::MaundyThursday, "jueves santo"),
    (Feast::FridayOfSorrows, "viernes de dolores"),
    (Feast::GoodFriday, "viernes santo"),
    (
        Feast::HolySaturday,
        "sabado santo|sabado de gloria|sabado de semana santa",
    ),
    (
        Feast::EasterSunday,
        "pascua|domingo de pascua|domingo de resurreccion|pascua de resurreccion|domingo santo|\
         domingo de gloria|dia de pascua",
    ),
    (
        Feast::OrthodoxEaster,
        "pascua ortodoxa|pascua rusa|pascua griega",
    ),
    (
        Feast::EasterMonday,
        "lunes de pascua|lunes de resurreccion|dia de la mona",
    ),
    (
        Feast::Ascension,
        "dia de la ascension|ascension del senor|la ascension",
    ),
    (
        Feast::Pentecost,
        "pentecostes|domingo de pentecostes|dia de pentecostes",
    ),
    (
        Feast::WhitMonday,
        "lunes de pentecostes|segunda pascua|pascua granada",
    ),
    (
        Feast::CorpusChristi,
        "corpus|corpus christi|corpus cristi|dia de corpus|dia del corpus|dia de corpus christi|\
         fiesta del corpus",
    ),
    (
        Feast::SacredHeart,
        "dia del sagrado corazon|fiesta del sagrado corazon|sagrado corazon",
    ),
    // People: partners, parents, children, trades.
    (
        Feast::Valentine,
        "san valentin|dia de san valentin|dia de los enamorados|noche de san valentin",
    ),
    (
        Feast::LoveAndFriendship,
        "amor y amistad|dia de amor y amistad|dia del amor y amistad|dia del amor y la amistad|\
         dia de la amistad y el amor|dia del amor",
    ),
    (
        Feast::FriendsDay,
        "dia del amigo|dia de los amigos|dia del amigo y la amiga",
    ),
    (
        Feast::WomensDay,
        "dia de la mujer|dia internacional de la mujer|dia de las mujeres|\
         dia mundial de la mujer|dia de la mujer trabajadora",
    ),
    (Feast::MensDay, "dia internacional del hombre"),
    (
        Feast::MothersDay,
        "dia de la madre|dia de las madres|dia de madres|dia de la mama|dia de mama|\
         dia de las mamas",
    ),
    (
        Feast::FathersDay,
        "dia del padre|dia de padre|dia del papa|dia de papa|dia de los papas",
    ),
    (
        Feast::GrandparentsDay,
        "dia de los abuelos|dia del abuelo|dia de la abuela|dia del abuelito|\
         dia de los abuelitos",
    ),
    (
        Feast::ChildrensDay,
        "dia del nino|dia de los ninos|dia de la ninez|dia de las infancias|dia de la infancia|\
         dia del nino y la nina|dia de la nina y el nino",
    ),
    (
        Feast::TeachersDay,
        "dia del maestro|dia de los maestros|dia del profesor|dia del profe|dia de la maestra|\
         dia del docente|dia del educador",
    ),
    (
        Feast::StudentsDay,
        "dia del estudiante|dia de los estudiantes",
    ),
    (
        Feast::SpringDay,
        "dia de la primavera|primer dia de primavera|primer dia de la primavera",
    ),
    // Work and trade.
    (
        Feast::LabourDay,
        "dia del trabajo|dia del trabajador|dia de los trabajadores|dia del obrero|\
         fiesta del trabajo|labor day",
    ),
    (
        Feast::InternationalWorkersDay,
        "dia internacional del trabajo|dia internacional del trabajador|\
         dia internacional de los trabajadores",
    ),
    (Feast::BlackFriday, "black friday|viernes negro"),
    (
        Feast::CyberMonday,
        "cyber monday|ciber monday|ciberlunes|lunes cibernetico",
    ),
    (Feast::SinglesDay, "dia de los solteros|dia del soltero"),
    // Feasts and customs of a fixed day in many countries.
    (
        Feast::StPatricksDay,
        "dia de san patricio|fiesta de san patricio",
    ),
    (
        Feast::Candlemas,
        "dia de la candelaria|dia de candelaria|fiesta de la candelaria",
    ),
    (Feast::EarthDay, "dia de la tierra"),
    (Feast::StJosephsDay, "dia de san jose|festivo de san jose"),
    (
        Feast::StGeorgesDay,
        "sant jordi|dia de sant jordi|diada de sant jordi|dia de san jorge|dia del libro|\
         dia de la rosa y el libro",
    ),
    (
        Feast::StJohnsEve,
        "noche de san juan|vispera de san juan|verbena de san juan|hogueras de san juan|\
         nit de sant joan|verbena de sant joan|revetlla de sant joan",
    ),
    (
        Feast::StJohnsDay,
        "dia de san juan|fiesta de san juan|dia de sant joan|dia de san juan bautista",
    ),
    (
        Feast::StPeterAndStPaul,
        "san pedro y san pablo|dia de san pedro y san pablo|san pedro y pablo",
    ),
    (
        Feast::OurLadyOfCarmel,
        "dia de la virgen del carmen|dia del carmen|fiesta del carmen",
    ),
    (
        Feast::Assumption,
        "dia de la asuncion|asuncion de la virgen|asuncion de maria|dia de la virgen de agosto|\
         virgen de agosto",
    ),
    (
        Feast::Halloween,
        "halloween|haloween|noche de halloween|dia de halloween|noche de brujas|dia de brujas|\
         dia de las brujas|noche de las brujas",
    ),
    (
        Feast::AllSaints,
        "todos los santos|dia de todos los santos|dia de los santos|tots sants|\
         dia de tots sants|tosantos",
    ),
    (
        Feast::DayOfTheDead,
        "dia de muertos|dia de los muertos|dia de los difuntos|dia de difuntos|fieles difuntos|\
         dia de los fieles difuntos|dia de las animas",
    ),
    (
        Feast::ImmaculateConception,
        "la inmaculada|dia de la inmaculada|dia de la inmaculada concepcion|dia de la purisima",
    ),
    (
        Feast::Guadalupe,
        "dia de la virgen de guadalupe|dia de guadalupe|dia de la guadalupana|virgen de guadalupe",
    ),
    (Feast::StLucysDay, "dia de santa lucia"),
    // Days several nations keep under one name.
    (
        Feast::IndependenceDay,
        "dia de la independencia|dia de independencia|fiesta de la independencia|\
         grito de independencia|primer grito de independencia",
    ),
    (
        Feast::FiestasPatrias,
        "fiestas patrias|fiesta patria|dia de las fiestas patrias",
    ),
    (
        Feast::ConstitutionDay,
        "la constitucion|dia de la constitucion|fiesta de la constitucion",
    ),
    (Feast::FlagDay, "dia de la bandera|dia de bandera"),
    (
        Feast::DiaDeLaRaza,
        "dia de la raza|descubrimiento de america|dia del descubrimiento de america|\
         dia de la diversidad cultural|dia del respeto a la diversidad cultural|\
         encuentro de dos mundos|dia del encuentro de dos mundos",
    ),
    (
        Feast::Thanksgiving,
        "accion de gracias|dia de accion de gracias|thanksgiving|thanksgiving day|\
         dia de dar gracias",
    ),
    (Feast::AmericanThanksgiving, "accion de gracias americano"),
    // United States and Puerto Rico.
    (
        Feast::MartinLutherKingDay,
        "dia de martin luther king|dia de martin luther king jr|mlk day",
    ),
    (
        Feast::PresidentsDay,
        "dia de los presidentes|dia del presidente",
    ),
    (Feast::CesarChavezDay, "dia de cesar chavez"),
    (
        Feast::CincoDeMayo,
        "batalla de puebla|dia de la batalla de puebla",
    ),
    (
        Feast::MemorialDay,
        "memorial day|dia de los caidos|dia de la recordacion",
    ),
    (Feast::Juneteenth, "juneteenth"),
    (
        Feast::ColumbusDay,
        "columbus day|dia de colon|dia de cristobal colon",
    ),
    (Feast::ElectionDay, "dia de las elecciones"),
    (Feast::VeteransDay, "veterans day|dia de los veteranos"),
    (
        Feast::EmancipationDay,
        "abolicion de la esclavitud|dia de la abolicion de la esclavitud|\
         dia de la emancipacion",
    ),
    (
        Feast::PuertoRicanIdentityDay,
        "dia de la puertorriquenidad|descubrimiento de puerto rico|\
         dia del descubrimiento de puerto rico",
    ),
    // Great Britain and Ireland, for residents.
    (Feast::GuyFawkesNight, "noche de guy fawkes"),
    // Spain.
    (Feast::AndalusiaDay, "dia de andalucia"),
    (Feast::MadridDay, "dia de la comunidad de madrid"),
    (Feast::SanIsidro, "dia de san isidro"),
    (Feast::CanaryIslandsDay, "dia de canarias"),
    (Feast::Chupinazo, "chupinazo|dia del chupinazo"),
    (Feast::StJamesDay, "dia de santiago|dia de santiago apostol"),
    (
        Feast::Diada,
        "diada|la diada|diada de catalunya|dia de cataluna|dia de catalunya",
    ),
    (Feast::LaMerce, "dia de la merce|dia de la merced"),
    (
        Feast::ValenciaDay,
        "dia de la comunidad valenciana|dia de la comunitat valenciana",
    ),
    (
        Feast::Hispanidad,
        "dia de la hispanidad|fiesta nacional de espana|dia del pilar|\
         dia de la virgen del pilar",
    ),
    // Mexico.
    (
        Feast::BenitoJuarezDay,
        "natalicio de benito juarez|dia de benito juarez|natalicio de juarez|puente de juarez|\
            puente de benito juarez",
    ),
    (Feast::HolyCrossDay, "dia de la santa cruz|dia del albanil"),
    (
        Feast::GritoNight,
        "noche del grito|grito de dolores|noche del grito de independencia|dia del grito",
    ),
    (
        Feast::RevolutionDay,
        "dia de la revolucion|revolucion mexicana|dia de la revolucion mexicana",
    ),
    // Argentina and Uruguay.
    (
        Feast::MemoryDay,
        "dia de la memoria|dia nacional de la memoria|\
         dia de la memoria por la verdad y la justicia",
    ),
    (
        Feast::MalvinasDay,
        "dia de malvinas|dia de las malvinas|dia del veterano|dia del veterano de malvinas|\
         dia de los veteranos de malvinas",
    ),
    (
        Feast::MayRevolution,
        "revolucion de mayo|dia de la revolucion de mayo|dia de la patria",
    ),
    (Feast::ArtigasDay, "natalicio de artigas|dia de artigas"),
    (Feast::NostalgiaNight, "noche de la nostalgia"),
    // Colombia, Ecuador and Venezuela.
    (
        Feast::BattleOfBoyaca,
        "batalla de boyaca|dia de la batalla de boyaca",
    ),
    (Feast::CartagenaIndependence, "independencia de cartagena"),
    (
        Feast::LittleCandles,
        "dia de velitas|dia de las velitas|noche de velitas|noche de las velitas",
    ),
    (Feast::FoundingOfQuito, "fundacion de quito"),
    (
        Feast::BattleOfCarabobo,
        "batalla de carabobo|dia de la batalla de carabobo",
    ),
    (
        Feast::BolivarDay,
        "natalicio de bolivar|natalicio de simon bolivar|natalicio del libertador",
    ),
    (
        Feast::IndigenousResistanceDay,
        "dia de la resistencia indigena",
    ),
    // Chile and Peru.
    (
        Feast::NavyDay,
        "glorias navales|dia de las glorias navales|combate naval de iquique",
    ),
    (
        Feast::ArmyDay,
        "glorias del ejercito|dia de las glorias del ejercito|dia del ejercito",
    ),
    (Feast::IntiRaymi, "inti raymi"),
    (
        Feast::BattleOfJunin,
        "batalla de junin|dia de la batalla de junin",
    ),
    (
        Feast::StRoseOfLima,
        "dia de santa rosa|dia de santa rosa de lima",
    ),
    (
        Feast::BattleOfAngamos,
        "combate de angamos|batalla de angamos",
    ),
    (Feast::CreoleSongDay, "dia de la cancion criolla"),
    (
        Feast::BattleOfAyacucho,
        "batalla de ayacucho|dia de la batalla de ayacucho",
    ),
];
