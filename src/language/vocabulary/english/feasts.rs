//! Names of feasts as customers write them in English.
//!
//! Left out on purpose: names that are ordinary words, people or places alone; whole seasons;
//! names that mean different days to different people; and written dates ("4 de julio"), which are
//! read as dates: a date is the same day in every country, and a feast is not.

use crate::language::{feast::Feast, vocabulary::Phrases};

/// Names in English.
pub(super) const FEASTS: &[(Feast, Phrases)] = &[
    // The end and the start of the year.
    (
        Feast::Christmas,
        "christmas|christmas day|xmas|xmas day|x mas|x mas day|crimbo|chrimbo|crimbo day",
    ),
    (
        Feast::ChristmasEve,
        "christmas eve|xmas eve|x mas eve|crimbo eve|nochebuena|noche buena",
    ),
    (
        Feast::BoxingDay,
        "boxing day|stephens day|stephen day|st stephens day|saint stephens day|st stephen day",
    ),
    (
        Feast::OrthodoxChristmas,
        "orthodox christmas|orthodox christmas day|orthodox xmas|\
         russian christmas|serbian christmas|coptic christmas",
    ),
    (
        Feast::NewYearsEve,
        "new years eve|new year eve|new yrs eve|nye|hogmanay|old years night",
    ),
    (
        Feast::NewYearsDay,
        "new years|new years day|new year day|new yrs day|nyd",
    ),
    (
        Feast::Epiphany,
        "epiphany|feast of the epiphany|three kings day|little christmas|nollaig na mban|\
         womens christmas",
    ),
    // Easter and what is counted from it.
    (Feast::CarnivalMonday, "carnival monday|shrove monday"),
    (
        Feast::ShroveTuesday,
        "shrove tuesday|pancake day|pancake tuesday|fat tuesday",
    ),
    (Feast::MardiGras, "mardi gras|mardi gras day"),
    (Feast::AshWednesday, "ash wednesday|ash weds|ash wed"),
    (Feast::MotheringSunday, "mothering sunday"),
    (Feast::PalmSunday, "palm sunday"),
    (Feast::HolyMonday, "holy monday"),
    (Feast::HolyTuesday, "holy tuesday"),
    (Feast::HolyWednesday, "holy wednesday|spy wednesday"),
    (Feast::MaundyThursday, "maundy thursday|holy thursday"),
    (Feast::GoodFriday, "good friday"),
    (
        Feast::HolySaturday,
        "holy saturday|easter saturday|easter eve",
    ),
    (Feast::EasterSunday, "easter|easter sunday|easter day"),
    (
        Feast::OrthodoxEaster,
        "orthodox easter|orthodox easter sunday|greek easter|greek orthodox easter|\
         russian easter|serbian easter|coptic easter",
    ),
    (Feast::EasterMonday, "easter monday"),
    (Feast::Ascension, "ascension day|feast of the ascension"),
    (Feast::Pentecost, "pentecost|pentecost sunday|whit sunday"),
    (Feast::WhitMonday, "whit monday|pentecost monday"),
    // In English the bare name is as likely the city in Texas.
    (
        Feast::CorpusChristi,
        "feast of corpus christi|corpus christi day",
    ),
    (Feast::SacredHeart, "feast of the sacred heart"),
    // People: partners, parents, children, trades.
    (
        Feast::Valentine,
        "valentines|valentines day|valentine day|valentine s day|st valentines day|\
         saint valentines day|vday|v day",
    ),
    (Feast::Galentine, "galentines|galentines day"),
    (
        Feast::WomensDay,
        "womens day|international womens day|intl womens day|womans day|\
         international womans day|iwd",
    ),
    (Feast::MensDay, "international mens day|intl mens day"),
    (
        Feast::MothersDay,
        "mothers day|mother day|mother s day|moms day|mums day|mams day|mammys day",
    ),
    (
        Feast::FathersDay,
        "fathers day|father day|father s day|dads day",
    ),
    (
        Feast::GrandparentsDay,
        "grandparents day|national grandparents day",
    ),
    (Feast::ChildrensDay, "childrens day"),
    (Feast::TeachersDay, "teachers day"),
    (
        Feast::AdministrativeProfessionalsDay,
        "administrative professionals day|admin professionals day|secretaries day|\
         secretarys day",
    ),
    (Feast::SweetestDay, "sweetest day"),
    // Work and trade.
    (Feast::LabourDay, "labor day|labour day"),
    (
        Feast::InternationalWorkersDay,
        "workers day|international workers day|international labour day|\
         international labor day",
    ),
    (Feast::BlackFriday, "black friday"),
    (Feast::CyberMonday, "cyber monday"),
    (Feast::SinglesDay, "singles day"),
    // Feasts and customs of a fixed day in many countries.
    (
        Feast::StPatricksDay,
        "st patricks|saint patricks|st pats|st paddys|patricks day|st patricks day|saint patricks day|st patrick day|saint patrick day|st patrick s day|\
         st paddys day|st paddy day|saint paddys day|paddys day|paddy day|st pattys day|\
         st patty day|pattys day|st pats day",
    ),
    (
        Feast::AprilFools,
        "april fools day|april fools|april fool day|all fools day",
    ),
    (Feast::Candlemas, "candlemas|candlemas day"),
    (Feast::GroundhogDay, "groundhog day|ground hog day"),
    (Feast::EarthDay, "earth day"),
    (Feast::StJosephsDay, "st josephs day|saint josephs day"),
    (
        Feast::StGeorgesDay,
        "georges day|st georges day|saint georges day|st george day",
    ),
    (Feast::StJohnsEve, "st johns eve|saint johns eve"),
    (
        Feast::StJohnsDay,
        "st johns day|saint johns day|st jean baptiste day|saint jean baptiste day",
    ),
    (
        Feast::StPeterAndStPaul,
        "st peter and st paul day|feast of saints peter and paul",
    ),
    (
        Feast::Assumption,
        "assumption day|feast of the assumption|assumption of mary",
    ),
    (
        Feast::Halloween,
        "halloween|halloween night|halloween day|hallowe en|all hallows eve",
    ),
    (Feast::AllSaints, "all saints day|all hallows day"),
    (
        Feast::DayOfTheDead,
        "day of the dead|all souls day|dia de los muertos|dia de muertos",
    ),
    (
        Feast::ImmaculateConception,
        "feast of the immaculate conception|immaculate conception day",
    ),
    (
        Feast::Guadalupe,
        "feast of our lady of guadalupe|our lady of guadalupe day",
    ),
    (
        Feast::StLucysDay,
        "st lucys day|saint lucys day|st lucias day|saint lucias day",
    ),
    // Days several nations keep under one name.
    (Feast::IndependenceDay, "independence day|independance day"),
    (Feast::ConstitutionDay, "constitution day"),
    (Feast::FlagDay, "flag day"),
    (
        Feast::Thanksgiving,
        "thanksgiving|thxgiving|thanksgiving day|thanks giving|turkey day",
    ),
    (Feast::ThanksgivingEve, "thanksgiving eve|thxgiving eve"),
    (
        Feast::AmericanThanksgiving,
        "american thanksgiving|us thanksgiving|american thanksgiving day",
    ),
    (
        Feast::CanadianThanksgiving,
        "canadian thanksgiving|canadian thanksgiving day",
    ),
    (
        Feast::RemembranceDay,
        "remembrance day|armistice day|poppy day",
    ),
    (Feast::RemembranceSunday, "remembrance sunday"),
    (
        Feast::IndigenousPeoplesDay,
        "indigenous peoples day|national indigenous peoples day|indigenous people day|\
         native americans day",
    ),
    (Feast::PatriotsDay, "patriots day|national patriots day"),
    (
        Feast::KingsBirthday,
        "kings birthday|kings bday|queens birthday",
    ),
    // United States and Puerto Rico.
    (
        Feast::MartinLutherKingDay,
        "mlk day|mlk jr day|martin luther king day|martin luther king jr day|\
         martin luther king junior day|mlk holiday",
    ),
    (
        Feast::PresidentsDay,
        "presidents day|president day|washingtons birthday",
    ),
    (Feast::CesarChavezDay, "cesar chavez day"),
    (Feast::CincoDeMayo, "cinco de mayo"),
    (Feast::MemorialDay, "memorial day|decoration day"),
    (Feast::Juneteenth, "juneteenth|juneteenth day"),
    (Feast::ColumbusDay, "columbus day"),
    (Feast::ElectionDay, "election day"),
    (Feast::VeteransDay, "veterans day|veteran day|vets day"),
    (Feast::EmancipationDay, "emancipation day"),
    // Canada.
    (Feast::FamilyDay, "family day|louis riel day|islander day"),
    (Feast::VictoriaDay, "victoria day"),
    (Feast::CanadaDay, "canada day|dominion day"),
    (
        Feast::CivicHoliday,
        "civic holiday|bc day|british columbia day|saskatchewan day|natal day|\
         new brunswick day|terry fox day|simcoe day",
    ),
    (
        Feast::TruthAndReconciliationDay,
        "truth and reconciliation day|national day for truth and reconciliation|\
         day for truth and reconciliation|orange shirt day",
    ),
    // Great Britain, Northern Ireland and Ireland.
    (
        Feast::BurnsNight,
        "burns night|robert burns night|rabbie burns night",
    ),
    (
        Feast::StBrigidsDay,
        "brigids day|st brigids day|saint brigids day|st bridgets day|st brigids bank holiday|\
         st brigids day bank holiday|february bank holiday",
    ),
    (
        Feast::StDavidsDay,
        "davids day|st davids day|saint davids day|st david day",
    ),
    (
        Feast::StAndrewsDay,
        "andrews day|st andrews day|saint andrews day|st andrew day",
    ),
    (
        Feast::EarlyMayBankHoliday,
        "early may bank holiday|first may bank holiday|1st may bank holiday|\
         may day bank holiday|may day holiday",
    ),
    (
        Feast::MayBankHoliday,
        "may bank holiday|may bank hol|may bank holiday monday|bank holiday in may",
    ),
    (
        Feast::SpringBankHoliday,
        "spring bank holiday|late may bank holiday|second may bank holiday|\
         2nd may bank holiday|end of may bank holiday|last may bank holiday|\
         whitsun bank holiday|whit bank holiday",
    ),
    (
        Feast::JuneBankHoliday,
        "june bank holiday|june bank holiday monday",
    ),
    (Feast::OrangemensDay, "orangemens day|battle of the boyne"),
    (
        Feast::SummerBankHoliday,
        "summer bank holiday|late summer bank holiday",
    ),
    (
        Feast::AugustBankHoliday,
        "august bank holiday|aug bank holiday|august bank hol|august bank holiday monday|\
         bank holiday in august",
    ),
    (
        Feast::OctoberBankHoliday,
        "october bank holiday|halloween bank holiday|october bank holiday monday",
    ),
    (
        Feast::GuyFawkesNight,
        "guy fawkes night|guy fawkes day|guy fawkes|bonfire night|fireworks night|\
         firework night",
    ),
    // Australia and New Zealand.
    (Feast::AustraliaDay, "australia day|aussie day"),
    (Feast::AnzacDay, "anzac day"),
    (Feast::CanberraDay, "canberra day"),
    (Feast::AdelaideCup, "adelaide cup|adelaide cup day"),
    (Feast::WesternAustraliaDay, "western australia day|wa day"),
    (
        Feast::MelbourneCup,
        "melbourne cup|melbourne cup day|cup day",
    ),
    (Feast::WaitangiDay, "waitangi day"),
    (
        Feast::WellingtonAnniversary,
        "wellington anniversary|wellington anniversary day",
    ),
    (
        Feast::AucklandAnniversary,
        "auckland anniversary|auckland anniversary day",
    ),
    (
        Feast::CanterburyAnniversary,
        "canterbury anniversary|canterbury anniversary day|canterbury show day|\
         christchurch show day",
    ),
    // India.
    (Feast::RepublicDay, "republic day"),
    (
        Feast::GandhiJayanti,
        "gandhi jayanti|gandhi jayanthi|gandhis birthday",
    ),
    // Spain, for visitors.
    (Feast::Hispanidad, "hispanic day|spanish national day"),
];
