//! Spanish, of both sides of the ocean.

mod acts;
mod company;
mod feasts;
mod grammar;
mod names;
mod trade;
mod wants;
mod zones;

use super::{DetectionWords, Particle, Phrases, Vocabulary};
use crate::language::clock::DayPart;

/// Spanish.
pub(super) const SPANISH: Vocabulary = Vocabulary {
    weekdays: [
        "lunes|lun|lune",
        "martes|mar|mart|el mates|pal mates",
        "miercoles|mie|mierc|mier|miercole|mircoles",
        "jueves|jue|juev|juebes",
        "viernes|vie|vier|bernes|biernes",
        "sabado|sab|savado",
        "domingo|dom",
    ],
    each: [
        "los lunes|todos los lunes",
        "los martes|todos los martes",
        "los miercoles|todos los miercoles",
        "los jueves|todos los jueves",
        "los viernes|todos los viernes",
        "sabados|los sabados|todos los sabados",
        "domingos|los domingos|todos los domingos",
    ],
    months: [
        "enero|ene",
        "febrero|feb",
        "marzo|mar",
        "abril|abr|abirl|arbil",
        "mayo|may",
        "junio|jun",
        "julio|jul",
        "agosto|ago",
        "septiembre|setiembre|sep|sept|set",
        "octubre|oct",
        "noviembre|nov",
        "diciembre|dic",
    ],
    numbers: &[
        (1, "uno|una"),
        (2, "dos|un par de"),
        (3, "tres"),
        (4, "cuatro"),
        (5, "cinco|sinco|cinko"),
        (6, "seis|ceis|seiz"),
        (7, "siete|ciete"),
        (8, "ocho"),
        (9, "nueve"),
        (10, "diez|dies"),
        (11, "once|onse"),
        (12, "doce|dose|dosce"),
        (13, "trece"),
        (14, "catorce"),
        (15, "quince"),
        (16, "dieciseis"),
        (17, "diecisiete"),
        (18, "dieciocho"),
        (19, "diecinueve"),
        (20, "veinte"),
        (21, "veintiuno"),
        (22, "veintidos"),
        (23, "veintitres"),
        (24, "veinticuatro"),
        (25, "veinticinco"),
        (26, "veintiseis"),
        (27, "veintisiete"),
        (28, "veintiocho"),
        (29, "veintinueve"),
        (30, "treinta"),
        (31, "treinta y uno"),
        (35, "treinta y cinco"),
        (40, "cuarenta"),
        (45, "cuarenta y cinco"),
        (50, "cincuenta"),
        (55, "cincuenta y cinco"),
        (60, "sesenta"),
        (70, "setenta"),
        (80, "ochenta"),
        (90, "noventa"),
    ],
    ordinals: &[
        (-2, "penultimo|penultima|anteultimo|anteultima"),
        (1, "primero|primer|primera|primeros|primeras"),
        (2, "segundo|segunda"),
        (3, "tercero|tercer|tercera"),
        (4, "cuarto|cuarta"),
        (5, "quinto|quinta"),
    ],
    ahead: [
        "hoy|hoy mismo|hoy dia|oy|hoi",
        "manana|mnn|mnana|manyana|mna|mnna|manana mismo|manna|maniana",
        "pasado manana|pasao manana|pasdo manana|pasado maniana|pazado manana|pasado mnn|\
            pasado mnana|pasadomanana|pasado mna|pasado mnna|pasado",
    ],
    feasts: feasts::FEASTS,
    zones: zones::ZONES,
    part,
    part_of,
    contractions: "",
    has_bare_hours: false,
    today,
    particle,
    grammar: grammar::GRAMMAR,
    intent: wants::intent,
    whole: wants::whole,
    own: wants::OWN,
    replaces: wants::REPLACES,
    another: wants::ANOTHER,
    only: wants::ONLY,
    all: wants::ALL,
    in_turn: wants::IN_TURN,
    cannot: wants::CANNOT,
    come: wants::COME,
    booked: wants::BOOKED,
    asks: [wants::ASKS, wants::SUITS],
    neither: "ninguna|ninguno|ni a una ni a otra|ni una ni otra",
    meanwhile: "cuando|mientras|apenas",
    stresses: "claro|por supuesto|desde luego|obvio|obviamente",
    preterite: "aron|ieron|jeron",
    adds: "me agregan|me agregas|me agrega|le agregan|le agregas|me suman|me sumas|me anaden|\
        me anades|en la misma cita|en el mismo turno|en la misma visita|en la misma hora tomada|\
        agrega|agregar|agregame|agregale|agreguele|suma|sumar|sumale|sumame|anade|anadir|anademe|\
        anadele|incluye|incluir|incluime|ponle tambien|ponme tambien",
    yes: wants::YES,
    no: wants::NO,
    short: &[
        ("q|k|ke|qe|qu", "que"),
        ("d", "de"),
        ("x", "por"),
        ("xa|pa", "para"),
        ("kiero|qiero", "quiero"),
        ("kisiera|qisiera", "quisiera"),
        ("dnd|dond", "donde"),
        ("cuand|kuando|cdo", "cuando"),
        ("kuanto|cuant", "cuanto"),
        ("tngo", "tengo"),
        ("tienn|tenes", "tienes"),
        ("sta", "esta"),
        ("stan", "estan"),
        ("toy", "estoy"),
        ("bn", "bien"),
        ("nda", "nada"),
        ("tmb|tb", "tambien"),
        ("dsp|dps|desps|dspues", "despues"),
        ("mnn|mnana|mna|mnna|manyana|manna|maniana", "manana"),
    ],
    fillers: wants::FILLERS,
    idle: wants::IDLE,
    cue: acts::cue,
    common: wants::COMMON,
    company: company::COMPANY,
    stages: "ano|grado|curso|ciclo|semestre|trimestre|intento",
    moves: "",
    moves_by: "",
    moves_forward: "",
    removes: "borra|elimina|borre|elimine|borrar|eliminar",
    takes: "",
    takes_out: "",
    detection: DetectionWords {
        letters: "áéíóúüñÁÉÍÓÚÜÑªº",
        shared: "",
        denied: "no",
        within: "en|a",
        into: "",
        speaks: "hablan|habla|hablas|hablais|hablo",
        please: "porfa|por|porfavor",
    },
    names: names::NAMES,
    trade: trade::TRADE,
};

fn part(part: DayPart) -> Phrases {
    match part {
        DayPart::Early => {
            "temprano|tempranito|a primera hora|primera hora|por la manana temprano|\
             a primera hora de la manana|bien temprano|en la manana temprano"
        }
        DayPart::Morning => {
            "por la manana|en la manana|cualquier manana|x la manana|de la manana|a la manana|\
                la manana|las mananas|por las mananas|de mananas|a la man|por la man|en la man|\
                de la man|x la man|en las mananas|por la mnn|en la mnn|de la madrugada|de la mnn|\
                de la mnana|por la mnana|de madrugada|matutino|media manana|mananita|\
                en la mananita|por la mananita|a la mananita|ultima hora de la manana|\
                a ultima hora de la manana"
        }
        DayPart::Midday => {
            "en mi hora de comida|en mi hora de comer|en mi hora de almuerzo|a mi hora de comer|\
                a mi hora de comida|a la hora de comer|hora de comer|hora de almuerzo|\
                a la hora del almuerzo|a la hora de la comida|hora del almuerzo|hora de la comida"
        }
        DayPart::Afternoon => "",
        DayPart::PastNoon => {
            "por la tarde|en la tarde|de la tarde|a la tarde|la tarde|las tardes|por las tardes|\
             de tarde|tarde|tardecita|en las tardes|despues de comer|despues de almorzar|tardes|\
             por la tardecita|x la tard|despues de la comida|tard"
        }
        DayPart::Late => {
            "a ultima hora|ultima hora|a ultima hora de la tarde|al final del dia|tarde noche|\
             ultima hora de la tarde"
        }
        DayPart::Evening => {
            "por la noche|en la noche|de la noche|a la noche|la noche|las noches|por las noches|\
             de noche|noche|nochecita"
        }
    }
}

fn part_of(part: DayPart) -> Phrases {
    match part {
        DayPart::Morning => {
            "de la manana|de la madrugada|de la mnn|de la mnana|de madrugada|d la manana"
        }
        DayPart::Midday => "del mediodia|de mediodia|del medio dia|del dia",
        DayPart::PastNoon => "de la tarde|d la tarde|de la tard|de tarde",
        DayPart::Evening => "de la noche|d la noche|de noche",
        DayPart::Early | DayPart::Afternoon | DayPart::Late => "",
    }
}

fn today(part: DayPart) -> Phrases {
    match part {
        DayPart::Early => "hoy temprano|hoy a primera hora",
        DayPart::Morning => "esta manana|esta mnn|esta misma manana",
        DayPart::Midday => "este mediodia",
        DayPart::Afternoon => "",
        DayPart::PastNoon => {
            "ahorita en la tarde|ahora en la tarde|ahora a la tarde|ahorita por la tarde|\
                esta tarde|hoy tarde|esta misma tarde"
        }
        DayPart::Late => "hoy a ultima hora",
        DayPart::Evening => "esta noche|esta misma noche",
    }
}

#[expect(clippy::too_many_lines, reason = "a table, one line for each meaning")]
fn particle(particle: Particle) -> Phrases {
    match particle {
        Particle::At => "a las|alas|a la|a ls|para las|para la|por las|tipo las|ala",
        Particle::About => {
            "sobre|sobre las|sobre la|como a las|como a la|a eso de las|a eso de la|alrededor de|\
                alrededor de las|alrededor de la|tipo|tipo las|hacia las|hacia la|cerca de las|\
                a eso de|mas o menos a las|mas o menos las|mas o menos la|mas o menos a la|\
                aproximadamente a las|como a|tipo a las|como las|maso a las|unos|unas|como|cosa de|\
                alrededor del|por ahi de las|como por ahi de las|como por ahi de la|tirando a las"
        }
        Particle::Ish => {
            "mas o menos|aproximadamente|maso|o asi|o por ahi|aprox|masomenos|y pico|mas menos|\
                y algo|y tantos|y tantas|y cachito|y poco|y piquito|pasaditas|ponele|\
                poco mas o menos"
        }
        Particle::Once => {
            "pasado|pasada|pasados|pasadas|pasando|pasadito|pasadita|pasaditas|una vez pasado|\
                una vez pasada|una vez pasadas|ya pasado|ya pasada|ya pasadas|ya pasando|\
                cuando pase|cuando pasen|en cuanto pase|en cuanto pasen|que pase|que pasen|\
                despues de que pase|despues de que pasen"
        }
        Particle::Since => "llevo desde|desde hace",
        Particle::Meant => {
            "quise decir|queria decir|quiero decir|digo|no digo|perdon digo|mejor dicho"
        }
        Particle::Brings => "llevar a|traer a|llevo a|traigo a|lleve a|traiga a|llevar|traer",
        Particle::From => {
            "pero no antes de|pero nunca antes de|solo que no antes de|no puedo antes de|\
                no puedo ir antes de|no puedo llegar antes de|no puedo estar antes de|\
                no puedo salir antes de|no llego antes de|no salgo antes de|\
                no alcanzo a llegar antes de|no estoy libre antes de|no voy a poder antes de|\
                no podria antes de|desde|a partir de|a partir|no antes de|apartir de|apartir|\
                nunca antes de|como pronto|como muy pronto"
        }
        Particle::After => {
            "pasadas las|pasada la|pasadas de las|pasada de la|pasado el|pasado del|despues de|\
                despues|algo despues de|un poco despues de|hay despues de|tienes despues de|\
                algo mas tarde de|dsps de|dsps|desp de|dsp de|dsp|despues d|luego de|dps de|\
                dspues de|mas tarde de|siguiente|posterior"
        }
        Particle::Until => {
            "como tarde a las|como muy tarde a las|a mas tardar a las|maximo a las|\
                como maximo a las|como mucho a las|como tarde a la|a mas tardar a la|\
                pero no despues de|pero no mas tarde de|no puedo despues de|no puedo ir despues de|\
                no puedo llegar despues de|no puedo mas tarde de|no estoy libre despues de|hasta|\
                no mas tarde de|de aqui al|de aqui a|como tarde|como mucho|desde hoy hasta|\
                de hoy al|entre hoy y|de aqui hasta|desde ahora hasta|no despues de|como muy tarde|\
                como maximo|maximo|a mas tardar|no mas tarde que"
        }
        Particle::Before => {
            "antes de|antes|algo antes de|un poco antes de|hay antes de|tienes antes de|anterior|previo"
        }
        Particle::Between => "entre",
        Particle::To => "pa|pal|pa la|pa el|a|al|hasta|para|para el|por el|a las|a la|por",
        Particle::Toward => {
            "en cambio|dice que mejor|mejor|que tal|puede ser|podria ser|podemos|puedo|prefiero|\
                mejor si|preferiria|podriamos|y si|seria posible|se [puede/podra/podria/pudiera]|podria|que te parece|\
                es posible|la podemos|lo podemos"
        }
        Particle::InsteadOf => {
            "en vez de|en lugar de|en vez del|en lugar del|en vez de a|en lugar de a|en ves de"
        }
        Particle::MinutesTo => "para las|para la|antes de las|antes de la",
        Particle::MinutesPast => {
            "pasadas de las|pasadas las|pasados de las|pasadas de la|pasadas la|pasadas|despues de las"
        }
        Particle::AndMinutes => "y|con",
        Particle::LessMinutes => "menos",
        Particle::Zero => "cero",
        Particle::HalfPast
        | Particle::ToTheHour
        | Particle::OfTheHour
        | Particle::Like
        | Particle::Dash
        | Particle::Did
        | Particle::Has
        | Particle::WeekCommencing
        | Particle::Over
        | Particle::Ends
        | Particle::Too => "",
        Particle::OfHours => "de|de las|de la|d",
        Particle::ForNoon => "para|para el|para la|para las",
        Particle::EightDays => "en ocho dias|en 8 dias|dentro de ocho dias|dentro de 8 dias",
        Particle::FifteenDays => {
            "en quince dias|en 15 dias|dentro de quince dias|dentro de 15 dias"
        }
        Particle::Wants => wants::WANTS,
        Particle::So => "entonces|asi que|asi q|por eso|bueno",
        Particle::Onwards => "en adelante|para adelante|en delante|o mas tarde|o despues",
        Particle::In => "en|dentro de|de aqui a|de aca a|en cosa de",
        Particle::Within => {
            "en menos de|dentro de los|dentro de las|en el plazo de|antes de que pasen"
        }
        Particle::FromNow => "a partir de hoy|desde hoy",
        Particle::Of => "de|del|de el|de la|de las|de los",
        Particle::On => "en|por el|este dia",
        Particle::The => "el|al|del|pal|dia|fecha|la fecha|el dia|al dia|del dia|para el|por el",
        Particle::Hours => "las|de las",
        Particle::DayAfter => {
            "al dia siguiente|al otro dia|el dia siguiente|el otro dia|dia siguiente|el dia de despues"
        }
        Particle::That => "esa|esa misma|ese|ese mismo|aquella",
        Particle::ThatDay => "ese dia|ese mismo dia|aquel dia|esa fecha|esa misma fecha",
        Particle::Eve => "vispera|la vispera",
        Particle::Any => "cualquier|algun|alguno|cada|todos los|un",
        Particle::AtLatest => {
            "como tarde|como mucho|a mas tardar|como maximo|maximo|lo mas tarde que puedo|\
                lo mas tarde que puedo es|lo mas tarde seria|lo mas tarde"
        }
        Particle::AtEarliest => {
            "como pronto|como minimo|lo mas temprano que puedo|lo mas temprano que puedo es|\
                lo mas pronto que puedo es|lo antes que puedo|lo antes que puedo es|\
                lo mas temprano seria"
        }
        Particle::Thousand => "mil",
        Particle::Through => "a|al|hasta|hasta el",
        Particle::Life => wants::LIFE,
        Particle::Released => wants::RELEASED,
        Particle::OneHour => {
            "la|de la|a la|para la|sobre la|hacia la|como a la|a eso de la|alrededor de la"
        }
        Particle::One => "un|una",
        Particle::My => "mi|mis|nuestra",
        Particle::This => "este|esta",
        Particle::Coming => "este proximo|esta proxima",
        Particle::Next => {
            "proximo|proxima|los proximos|las proximas|q viene|que viene|que sigue|q sigue|\
                siguiente|entrante|que entra|la otra|prox|otra|proximos|proximas"
        }
        Particle::Other => "otro",
        Particle::AfterNext => "semana siguiente a la proxima|semana despues de la proxima",
        Particle::AfterNextOne => "despues del proximo|despues del que viene",
        Particle::Final => "ultimo|ultima|ultimos|ultimas",
        Particle::Few => "pocos|pocas|unos pocos",
        Particle::Rest => {
            "antes de que acabe|antes de que acabe la|antes de que termine|antes de que termine la|\
                antes de que se acabe|antes de que se acabe la|antes de que se termine|\
                antes de que finalice|antes de acabar|antes de terminar|antes de acabar la|\
                antes de terminar la|resto|lo que queda|lo que queda de la|lo que resta|\
                lo que falta|lo que nos queda|lo que queda de"
        }
        Particle::Commencing => {
            "que empieza|que comienza|que inicia|que arranca|empezando|que empieza el"
        }
        Particle::MoreThan => "mas de|casi|poco mas de|algo mas de",
        Particle::Midnight => "medianoche|la medianoche|media noche|la media noche|a medianoche",
        Particle::Last => "pasado|pasada|anterior",
        Particle::Past => {
            "que me [hiciste/hicieron/hizo/hicisteis/hice/pusiste/pusieron/cortaste/cortaron]|\
                espero que hayan|espero que hayas|fui|vine|llame|los llame|les llame|pague|estuve|\
                me atendieron|ayer|me torci|me cai|me rompi|me lesione|me lastime|me golpee|\
                me quebre|me queme|me hice dano|se torcio|se cayo|se rompio|se lesiono|se lastimo|\
                se golpeo|se quebro|se quemo|se hizo dano|compre|me dijeron|les escribi|escribi|\
                naci|cumpli|fuimos|vinimos|era|fue|quede|me dijiste|me atendio|me dijo|me conto|\
                llevo desde|llevo dias|llevo semanas|llevo meses|llevo esperando|iba|ibamos|\
                llegue de|estuvo|hicieron|peinaron|cortaron|atendieron|fueron|dejaron|que paso|\
                encanto"
        }
        Particle::LastTime => {
            "la ultima vez|ultima vez|la vez pasada|la otra vez|el otro dia|la vez anterior|la pasada vez"
        }
        Particle::Got => "tengo|tenemos",
        Particle::Because => {
            "porque|porq|porqe|porke|pork|xq|xk|pq|ya que|puesto que|es que|como que|pues que|dado que"
        }
        Particle::Both => {
            "a las dos cosas|a las 2 cosas|las dos|los dos|las 2|los 2|ambas|ambos|las dos citas|\
                los dos turnos|las dos horas"
        }
        Particle::CannotMake => {
            "no estoy|no voy a estar|no estare|no vamos a estar|estoy fuera|estare fuera|\
                voy a estar fuera|ando fuera|ya no va a ir|no va a ir|no va a poder ir|\
                no va a poder|ya no va a poder|no podra ir|no puedo ir a|no podre ir a|\
                ya no puedo ir a|no voy a poder ir a|no llego a|no alcanzo a|no puedo llegar a|\
                no podre llegar a|no puedo asistir a|no podre asistir a|no ire a|no voy a ir a|\
                tengo que faltar a|voy a faltar a|no voy a llegar a"
        }
        Particle::Only => "solo|solamente|nomas|unicamente|nada mas",
        Particle::Change => {
            "cambiar|cambia|cambio|cambiarlo|cambiarla|cambiame|cambiemos|reemplazar"
        }
        Particle::InTo => "en",
        Particle::Label => {
            "numero|num|nro|opcion|habitacion|mesa|piso|depto|calle|pedido|codigo|version|factura|\
                avenida|av|avda|pasaje|diagonal|boulevard|km|kilometro|edificio|telefono|tel|\
                celular|cel|numero es|bus|linea|portal|apartamento|orden"
        }
        Particle::Is => "es|son|cae|caen|empieza|empiezan|termina|sera",
        Particle::Free => {
            "libro|libre|tengo libre|tengo tiempo|tengo tiempito|tengo chance|tengo espacio|\
                tengo despejado|tengo desocupado|estoy libre|disponible|me viene bien|me va bien"
        }
        Particle::Stays => {
            "voy yo|dejalo igual|dejala igual|dejalos igual|dejalas igual|dejelo igual|\
                dejela igual|dejalo como esta|dejala como esta|dejalo tal cual|dejala tal cual|\
                no lo toques|no la toques|si viene|si va eh|si va igual|la mia si queda|\
                la mia se queda [/igual/asi/como esta]|[la mia/lo mio/el mio] queda [/igual/asi/como esta]|lo mio si queda|esa si queda|\
                ese si queda|la otra si queda|el otro si queda|la otra queda|el otro queda|\
                esa queda|ese turno queda|si se queda|ahi lo dejamos|ahi la dejamos|\
                lo dejamos como esta|la dejamos como esta|lo dejamos|la dejamos|los dejamos|\
                las dejamos|lo mantengo|la mantengo|lo mantenemos|la mantenemos|lo dejan quieto|\
                la dejan quieta|dejan quieto|dejan quieta|dejelo quieto|dejela quieta|\
                dejalo quieto|dejala quieta|la dejas|lo dejas|me la dejas|me lo dejas|\
                la dejan igual|lo dejan igual|sigue viniendo|si va a ir|si va a venir|igual va|\
                igual viene|igual voy|voy igual|yo voy igual|yo si voy|va igual|viene igual|\
                si me lo dejan|si me la dejan|si la dejamos|si lo dejamos|se queda igual|\
                queda igual|se queda como esta|queda como esta|sigue igual|sigue en pie|\
                se queda ahi|lo dejamos igual|la dejamos igual"
        }
        Particle::Following => {
            "el siguiente|el otro|el que sigue|el de despues|el de la otra|el de la siguiente|\
                el de la que sigue|el de la proxima|el de la otra semana|el de la semana siguiente|\
                el de la siguiente semana"
        }
        Particle::Thereafter => {
            "luego cuando querais|luego cuando quieras|luego cuando quieran|luego cuando sea|\
                luego lo que sea|luego a cualquier hora|despues cuando querais|\
                despues cuando quieras|despues cuando quieran|despues cuando sea|\
                despues a cualquier hora|despues de eso|a partir de ahi|de ahi en adelante|\
                despues de esa hora|luego de eso|desde ahi|a partir de esa hora"
        }
        Particle::And => "y|e|&|+|ademas de|ademas",
        Particle::Also => {
            "me agregan|me agregas|me agrega|le agregan|me suman|me sumas|me anaden|me anades|\
                en la misma cita|en el mismo turno|en la misma visita|ya que voy|ya que estoy|\
                ya que vamos|ya que la llevo|ya que lo llevo|ya que los llevo|aprovechando|\
                aprovecho y|tambien|y tambien|agregar|agregale|agregame|agrega|anadir|anade|\
                anademe|anadele|sumale|sumar|incluir|incluye|y de paso|de paso|aparte"
        }
        Particle::Without => {
            "quiteme|quitenme|quitele|borrame|eliminame|saqueme|sacame|sin|quita|quitar|quitale|\
                quitame|quitando|saca|sacale|olvida|olvidate de|olvidese de|olvidemos|descarta|\
                dejemos"
        }
        Particle::Or => "o|u|o bien|o si no|si no|de lo contrario|en su defecto",
        Particle::Either => "ya sea|bien sea",
        Particle::Not => {
            "ni loca|ni loco|ni en suenos|ni de broma|no|ya no|ya no para|que no sea|no quiero|ni|\
                no puedo|no podria|no me viene bien|que no sea el|nunca|no puedo el|no tengo libre|\
                no me va bien"
        }
        Particle::NotAfter => {
            "no|no puedo|imposible|no se [me/nos] hace|no me viene bien|no me va bien|no me va|no me queda bien|\
                no me sirve|no me viene|no podria|no me conviene|tampoco|no podre|es imposible|\
                me viene mal|me va mal|no se puede|no me acomoda|no por favor|no porfa|no estoy|\
                no trabajo|ni hablar|no me cuadra|me queda mal|me queda maluco|me queda dificil|\
                me queda lejos|esta dificil|lo veo dificil|se me complica|me es imposible|\
                no va a poder ser|no va a ser posible|me resulta imposible|ya no|ya no puedo|\
                no llego|no voy a poder|no voy a estar|ya no alcanzo|no alcanzo|no voy|no ire|\
                ya no llego|no podre ir|me viene fatal|me va fatal|me queda fatal|\
                no tan bien|no muy bien|no tanto"
        }
        Particle::Except => {
            "que no me toque|que no me toque con|no me toque|no me toque con|que no me atienda|\
                que no sea con|menos|excepto|salvo|quitando|que no sea|cualquiera menos|\
                cualquier dia menos|todos menos|cualquier dia excepto|cualquier dia salvo|\
                menos con|cualquiera excepto|cualquiera salvo"
        }
        Particle::But => "pero|aunque|sino",
        Particle::Half => "media|medio",
        Particle::Quarter => "cuarto|un cuarto|al cuarto|kuarto|cuartos|1/4",
        Particle::OClock => "en punto|clavadas|exactas",
        Particle::HourMark => "h|hs|hrs|hr|hras",
        Particle::Am => "am",
        Particle::Pm => "pm",
        Particle::Noon => {
            "mediodia|al mediodia|a mediodia|el mediodia|del mediodia|medio dia|al medio dia|\
             de mediodia|por el mediodia"
        }
        Particle::Day => "dia|dias",
        Particle::Week => "semana|semanas|sem",
        Particle::Fortnight => "quincena|quincenas|mitad",
        Particle::HolyWeek => "semana santa",
        Particle::Holiday => "festivo|feriado|dia festivo|dia feriado|puente de|puente del",
        Particle::Month => "mes|meses",
        Particle::Year => "ano|anos",
        Particle::Hour => "hora|horas|horita|horitas",
        Particle::Minute => {
            "minuto|minutos|min|mins|minutitos|minutito|minutitos tarde|minutos tarde|min tarde|\
                minutos de retraso|min de retraso"
        }
        Particle::Weekend => "fin de semana|finde|fin de sem|finde semana|el finde",
        Particle::Weekends => "fines de semana|los findes|findes|los fines de semana",
        Particle::Weekdays => {
            "entre semana|dias de semana|de lunes a viernes|lunes a viernes|dias laborables|\
             dia de semana|entresemana|dias entre semana"
        }
        Particle::WeekLater => "sin contar esta",
        Particle::AfterWork => {
            "despues del trabajo|saliendo del trabajo|al salir del trabajo|despues de trabajar|\
             cuando salga de trabajar|cuando salgo del trabajo|despues de la oficina|\
             saliendo de trabajar|cuando salga del trabajo|al salir de trabajar"
        }
        Particle::Start => {
            "principios|comienzos|inicios|principio|a principios de|a principios del|\
                a principios de la|a comienzos del|a inicios del|a comienzos de la|principios de|\
                a comienzos de|a inicios de|a principio de"
        }
        Particle::Middle => "mediados|a mediados de|mediados de|a mediados del|a mediados de la",
        Particle::End => {
            "finales|fines|a fin de|a finales de|a fines de|finales de|fin de|fines de|al final de|\
                a final de|a finales del|a finales de la|a fines del|a fines de la|al final de la|\
                al final del"
        }
        Particle::For => "para|de parte de",
        Particle::With => "con|c|prefiero a|quiero a",
        Particle::People => "personas|persona|pers|adultos|pax|gente|amigas y yo|amigos y yo",
        Particle::WeAre => {
            "somos|seriamos|vamos|un grupo de|grupo de|vamos a ser|seremos|iriamos|venimos|iremos"
        }
        Particle::Relation => {
            "compadre|comadre|cuate|hijo mayor|hija mayor|hijo menor|hija menor|nena|nene|\
                hermanito|hermanita|prometido|prometida|acompanante|primito|primita|sobrinito|\
                sobrinita|abuelito|hijastro|hijastra|padrino|madrina|viejo|vieja|chamaco|chamaca|\
                pololo|polola|mascota|cachorro|cachorra|guagua|bebita|bebito|hijo|hija|nino|nina|\
                bebe|mama|madre|papa|padre|mujer|esposa|marido|esposo|pareja|novio|novia|amigo|\
                amiga|hermano|hermana|sobrino|sobrina|abuela|abuelo|nieto|nieta|tia|tio|primo|\
                prima|suegra|suegro|cunada|cunado|vecina|vecino|jefe|jefa|peque|hijito|hijita|\
                abuelita|mami|papi|perro|perra|perrito|perrita|gato|gata|gatito|gatita|companera|\
                companero|nuera|yerno|ahijado|ahijada"
        }
        Particle::Relations => {
            "nenes|nenas|nenitos|nenitas|peques|pibes|pibas|mellizos|mellizas|gemelos|gemelas|\
                nietas|sobrinas|hijos|hijas|ninos|ninas|amigos|amigas|hermanos|hermanas|padres|\
                sobrinos|nietos|papas|perros|perras|perritos|perritas|gatos|gatas|gatitos|\
                cachorros"
        }
        Particle::Needs => {
            "le toca|ya le toca|quiere|necesita|quisiera|le gustaria|queria|busca|ocupa"
        }
        Particle::Me => "mi|yo",
        Particle::Mine => "al mio|a la mia|en el mio|del mio|el mio|la mia|lo mio|la mia de",
        Particle::Theirs => {
            "para el|para ella|el de el|el de ella|la de el|la de ella|el suyo|la suya|el otro|la otra"
        }
        Particle::TheirName => "se llama|su nombre es|su nombre|llamada|llamado|que se llama",
        Particle::LateBy => "tarde|atrasado|atrasada|retrasado|retrasada|de retraso",
        Particle::IAm => "soy|les habla|te habla|le habla|habla",
        Particle::NameIs => {
            "me llamo|mi nombre es|a nombre de|mi nombre|nombre|me dicen|anotame como"
        }
    }
}
