//! What the assistant says in Spanish: that of Latin America, with "tú", and no country's own.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::Dates;
use crate::language::wording::Wording;

/// Spanish as it is spoken to customers: short, friendly, plain.
pub(super) const WORDING: Wording = Wording {
    greeting: "¡Hola! Gracias por escribir a {business}. Puedo agendarte una cita, cambiarla o \
               cancelarla. ¿Qué te gustaría reservar?",
    menu: "Esto es lo que puedo hacer en {business}: agendar una cita (elige un servicio aquí \
           abajo), decirte cuándo es la tuya (“cuándo es mi cita”), cambiarla (“cambiar”), \
           cancelarla (“cancelar”) o pasarte con una persona (“persona”).",
    started_over: "De acuerdo, empecemos de nuevo.",
    lapsed: "Ha pasado un tiempo, así que empecemos de nuevo.",
    next_appointment: "Tu próxima cita: {appointment}.",
    switched_language: "Claro, sigamos en español.",
    other_language: "Aquí solo puedo escribir en {languages}, así que una persona te responderá.",
    choose: "Elegir",

    which_service: "¿Qué te gustaría reservar?",
    more_services: "Más servicios",
    unknown_service: "Ese servicio ya no está en nuestra lista.",
    not_with: "{staff} no hace “{service}”, pero alguien más del equipo sí.",
    not_together: "Nadie del equipo hace todo eso en una sola visita. Empecemos por uno de los \
                   servicios.",
    which_time: "{service}: ¿cuándo te gustaría venir? Elige un horario o dime un día.",
    which_time_on: "{service}, {day}: ¿qué hora te queda bien?",
    which_part_of: "{service}, {day}: ¿por la mañana o por la tarde? Por ejemplo:",
    when_again: "¿Cuándo te gustaría venir?",
    which_day: "¿A qué día te refieres?",
    which_of_these: "¿A cuál de estos te refieres?",
    more_times: "Más horarios",
    no_times_left: "No quedan más horarios libres hasta el {until}.",

    nothing_then: "No hay nada libre en ese momento.",
    nothing_before: "No hay nada libre antes ({moment}).",
    day_full: "Ya no queda nada libre ese día ({day}).",
    refused_closed: "A esa hora está cerrado ({moment}).",
    refused_staff_off: "{staff} no trabaja a esa hora ({moment}).",
    refused_taken: "Ese horario ya está ocupado ({moment}).",
    refused_no_room: "A esa hora no hay tiempo suficiente para {services} ({moment}).",
    refused_too_soon: "No podemos agendar con tan poca antelación ({moment}).",
    refused_too_far: "Todavía no puedo agendar para esa fecha ({moment}).",
    refused_off_grid: "Las citas no empiezan exactamente a esa hora ({moment}).",
    just_taken: "Lo siento, alguien acaba de tomar ese horario ({moment}).",
    time_just_taken: "Lo siento, alguien acaba de tomar ese horario.",
    alternatives: "Estos son los horarios libres más cercanos:",
    no_alternatives: "No tengo nada libre cerca de esa hora. Dime otro día, o escribe “persona” \
                      para hablar con alguien.",

    ask_name: "¿A nombre de quién la agendo?",
    ask_their_name: "¿Cómo se llama la persona que va a venir?",
    ask_name_again: "Por favor, escribe solo el nombre para la cita, por ejemplo “María López”.",
    confirm: "{details}\n¿La agendo? Te guardo el horario durante {hold}.",
    confirm_again: "¿La agendo? {appointment}.",
    confirm_move_again: "¿Hago el cambio? {appointment}.",
    confirm_change_again: "¿Cambio tu cita? {appointment}.",
    yes_book: "Sí, agendar",
    no_other_time: "No, otro horario",
    booked: "¡Listo, agendada! {details}",
    how_to_change: "Si surge algo, escribe “cambiar” o “cancelar”.",
    already_booked: "Ya está agendada: {appointment}.",
    no_hurry: "Sin prisa, tómate tu tiempo.",
    declined: "De acuerdo, dejé libre ese horario.",
    draft_dropped: "De acuerdo, no agendé nada. Escríbeme cuando quieras otra cita.",
    still_booked: "Tu cita sigue en pie: {appointment}. Para cancelarla, escribe “cancelar” otra \
                   vez.",
    too_many: "Ya tienes todas las citas que se pueden agendar a la vez:\n{appointments}\nSi \
               quieres otra en su lugar, cambia una (“cambiar”) o cancela una primero \
               (“cancelar”).",

    unnamed_appointment: "Cita",
    your_appointment: "Tu cita: {appointment}.",
    your_appointments: "Tus citas:\n{appointments}",
    no_appointments: "No veo ninguna cita tuya pendiente.",
    which_to_cancel: "¿Qué cita cancelo?",
    confirm_cancel: "¿Cancelo esta cita?\n{appointment}",
    confirm_cancel_all: "¿Las cancelo todas?\n{appointments}",
    yes_cancel: "Sí, cancelarla",
    no_keep: "No, mantenerla",
    cancelled: "Cita cancelada: {appointment}. Escríbeme cuando quieras agendar otra.",
    kept: "Perfecto, se queda como está: {appointment}.",
    gone: "Esa cita ya no existe.",
    draft_or_appointment: "¿Cuál cancelo: la que estamos agendando ({draft}) o una cita que ya \
                           tienes?",
    the_new_one: "La que agendamos ahora",
    which_to_move: "¿Qué cita cambio?",
    move_when: "Cambiemos tu cita: {appointment}. ¿Cuándo te gustaría venir? Elige un horario o \
                dime un día.",
    confirm_move: "{details}\n¿Hago el cambio? Hasta que me \
                   digas que sí, conservas el anterior: {old}.",
    yes_move: "Sí, cambiarla",
    keep_old_time: "Dejarla como está",
    moved: "¡Listo, cambié tu cita! {details}",
    confirm_change: "{details}\n¿Cambio tu cita así? Hasta que digas que sí, se \
                     queda como está.",
    yes_change: "Sí, cambiarla",
    changed: "¡Listo, tu cita quedó así! {details}",
    told_too_late: "Ya es tarde para cambiar esta cita por aquí: {appointment}. Avisé al equipo, y \
                    alguien te responderá en este chat.",
    call_us: "Si es urgente, llámanos: {phone}.",

    confirm_elsewhere: "{details}\n¿La agendo?",
    booking_it: "Un momento, la estoy agendando: {appointment}. Te aviso cuando quede lista.",
    moving_it: "Un momento, estoy cambiando tu cita: {appointment}. Hasta que te avise, se queda como \
                estaba.",
    cancelling_it: "Un momento, la estoy cancelando: {appointment}. Te aviso cuando esté hecho.",
    still_booking: "Todavía la estoy agendando: {appointment}. Te aviso cuando quede lista.",
    still_changing: "Todavía estoy haciendo un cambio en esta cita: {appointment}. Te aviso cuando \
                     quede listo.",
    delayed: "Nuestra agenda no responde en este momento, así que esto todavía no está resuelto: \
              {appointment}. Lo sigo intentando y te aviso cuando quede listo.",
    not_there: "Esa cita ya no está en nuestra agenda: {appointment}. Escríbeme cuando quieras \
                agendar otra.",
    given_up: "Lo siento, no pude resolver esto con nuestra agenda: {appointment}. Ya avisé al equipo, y \
               una persona te escribirá por aquí.",
    calendar_unseen: "En este momento no puedo ver nuestra agenda, así que no sé qué horarios \
                      quedan libres.",
    wish_kept: "Guardé lo que me dijiste: intenta de nuevo en unos minutos, o habla con una \
                persona.",
    try_again: "Intentar de nuevo",
    talk_to_person: "Hablar con alguien",
    or_person: "Si prefieres hablar con alguien, escribe “persona”.",

    told_late: "Gracias por avisar. Le dije al equipo que llegarás tarde a tu cita: {appointment}.",
    told_late_by: "Gracias por avisar. Le dije al equipo que llegarás {minutes} tarde a tu cita: \
                   {appointment}.",
    told_earlier: "Tu cita es {appointment}. Le dije al equipo que te gustaría algo antes; te \
                   escribirán por aquí si se libera un horario.",
    told_group: "Para un grupo, lo mejor es que lo organice nuestro equipo. Ya les avisé, y \
                 alguien te responderá por aquí.",

    reminder: "Un recordatorio de {business}: {appointment}. ¿Vienes?",
    yes_come: "Sí, ahí estaré",
    no_cannot_come: "No puedo ir",
    change_time: "Otro horario",
    see_you: "¡Perfecto, te esperamos! {appointment}.",
    cannot_come: "Gracias por avisar. ¿La cancelo, o prefieres otro horario?\n{appointment}",

    opening_hours: "Nuestro horario:\n{hours}",
    hours_on: "Horario del {day}: {hours}",
    staff_hours_on: "Horario de {staff}, {day}: {hours}",
    price: "{service}: {price}, {minutes}",
    price_unknown: "{service}: {minutes}",
    prices: "Nuestros precios:\n{prices}",
    our_address: "Estamos aquí: {address}",
    cut_off: "Puedes cambiar o cancelar tu cita por aquí hasta {before} antes de que empiece.",
    no_address: "Escribe “persona”, y alguien te dirá cómo llegar.",
    how_to_book: "Para agendar, dime qué te gustaría y cuándo.",
    welcome: "¡Con gusto!",
    farewell: "¡Hasta pronto!",
    all_right: "De acuerdo. Escríbeme cuando necesites algo.",
    opted_out: "De acuerdo, ya no te escribiremos sin que lo pidas ni te enviaremos recordatorios. \
                Escríbeme si necesitas algo, o “ALTA” para volver a recibirlos.",
    opted_in: "¡Qué bueno tenerte de vuelta! Recibirás otra vez nuestros recordatorios.",
    handoff: "Te paso con una persona, que te responderá por aquí lo antes posible.",
    handoff_not_understood: "Lo siento, no logro entenderte. Te paso con una persona, que te \
                             responderá por aquí lo antes posible.",
    not_understood: "Perdón, no entendí eso.",
    not_caught: "No entendí “{words}”.",
    ask_otherwise: "Elige una de estas opciones, por favor, o dímelo con otras palabras. Para hablar con alguien, escribe “persona”.",
    cannot_listen: "No puedo escuchar notas de voz, solo leo texto. ¿Me lo puedes escribir?",
    cannot_see: "No puedo abrir eso, solo leo texto. ¿Me lo puedes decir por escrito?",
    cannot_place: "Gracias por la ubicación, pero solo leo texto. ¿Me lo puedes decir por escrito?",
    cannot_open_card: "Gracias por el contacto, pero aquí no puedo abrir tarjetas de contacto. \
                       ¿Me lo puedes decir por escrito?",
    cannot_open_form: "Aquí no puedo leer formularios. ¿Me puedes escribir qué te gustaría y para \
                       cuándo?",
    cannot_open_order: "Aquí no puedo abrir pedidos. Escríbeme qué te gustaría y para cuándo, por \
                        favor.",
    edited_too_late: "Veo que cambiaste un mensaje anterior. Ya lo había respondido, así que \
                      escríbeme de nuevo qué te gustaría, por favor.",
    stale: "Esa opción es de antes y ya no vale.",

    notice_booked: "{who} agendó una cita: {appointment}",
    notice_moved: "{who} cambió su cita, que ahora es: {appointment}",
    notice_cancelled: "{who} canceló: {appointment}",
    notice_person_wanted: "{who} necesita a una persona: “{words}”",
    notice_about_booking: "Mensaje de {who} sobre {appointment}: “{words}”",
    notice_urgent: "Urgente, de {who}: “{words}”",
    notice_dead_turn: "No se pudo contestar un mensaje de {who}; por favor, atiéndelo.",
    notice_undelivered: "Un mensaje para {who} no llegó. Por favor, avísale por otro medio: \
                         {appointment}",
    notice_unrouted: "Llegó algo de {provider} para un número o una ubicación que aquí no está \
                      configurada, y no se contesta. Por favor, pide que revisen la configuración.",
    notice_token_refused: "El proveedor rechaza los mensajes a los clientes y quedan en espera: la clave \
                           de acceso no es válida o le falta un permiso.",
    notice_template_refused: "WhatsApp rechaza la plantilla {template}, y lo que se envía con ella queda \
                              en espera. Por favor, revísala en el Administrador de WhatsApp.",
    notice_given_up: "Esto no se pudo resolver con la agenda. Por favor, revisa si está como debe \
                      ser: {appointment}",
    notice_somebody: "Un cliente",

    with_staff: "con {staff}",
    for_somebody: "para {name}",
    for_relation: "para tu {relation}",
    zone_time: "hora de {zone}",
    time_elsewhere: "{said} {zone} son {here} aquí.",
    english: "inglés",
    spanish: "español",
    and: "y",
    closed: "cerrado",
};

/// Dates in Spanish.
#[derive(Debug)]
pub(super) struct SpanishDates {
    /// The day has 24 hours, and not twice 12.
    by_24: bool,
}

/// As Latin America writes them.
pub(super) const AMERICA: SpanishDates = SpanishDates { by_24: false };
/// As Spain does.
pub(super) const SPAIN: SpanishDates = SpanishDates { by_24: true };

impl Dates for SpanishDates {
    fn day(&self, date: NaiveDate) -> String {
        let (weekday, month) = (self.weekday(date.weekday()), month(date));
        let weekday = weekday.to_lowercase();
        format!("{weekday} {} de {month}", date.day())
    }

    fn day_and_year(&self, date: NaiveDate) -> String {
        format!("{} de {}", self.day(date), date.year())
    }

    fn nearness(&self, days_ahead: i64) -> Option<&'static str> {
        match days_ahead {
            0 => Some("hoy"),
            1 => Some("mañana"),
            _ => None,
        }
    }

    fn clock(&self, time: NaiveTime) -> String {
        if self.by_24 {
            return format!("{}:{:02}", time.hour(), time.minute());
        }
        let (afternoon, hour) = time.hour12();
        let half = if afternoon { "p. m." } else { "a. m." };
        format!("{hour}:{:02} {half}", time.minute())
    }

    fn the_clock(&self, time: NaiveTime) -> String {
        let hour = if self.by_24 {
            time.hour()
        } else {
            time.hour12().1
        };
        let article = if hour == 1 { "la" } else { "las" };
        format!("{article} {}", self.clock(time))
    }

    fn short_day(&self, date: NaiveDate) -> String {
        let weekday = self.weekday(date.weekday()).chars().take(3);
        let weekday: String = weekday.collect();
        format!("{weekday} {} {}", date.day(), &month(date)[..3])
    }

    fn weekday(&self, weekday: Weekday) -> &'static str {
        match weekday {
            Weekday::Mon => "Lunes",
            Weekday::Tue => "Martes",
            Weekday::Wed => "Miércoles",
            Weekday::Thu => "Jueves",
            Weekday::Fri => "Viernes",
            Weekday::Sat => "Sábado",
            Weekday::Sun => "Domingo",
        }
    }

    fn minutes(&self, minutes: i64) -> String {
        match (minutes / 60, minutes % 60) {
            (0, _) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (hours, rest) => format!("{hours} h {rest} min"),
        }
    }
}

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_dates_read_as_people_write_them() {
        let at: chrono::NaiveDateTime = "2026-03-07T15:30:00".parse().unwrap();
        assert_eq!(SPAIN.moment(at), "sábado 7 de marzo de 2026, 15:30");
        assert_eq!(SPAIN.range(540, 1440), "9:00 – 0:00");
        let eve = "2026-03-06".parse().unwrap();
        assert_eq!(
            SPAIN.moment_seen_from(eve, at),
            "mañana, sábado 7 de marzo, 15:30"
        );
        let dates = AMERICA;
        assert_eq!(dates.moment(at), "sábado 7 de marzo de 2026, 3:30 p. m.");
        assert_eq!(dates.short_moment(at), "Sáb 7 mar, 3:30 p. m.");
        assert_eq!(dates.clock(NaiveTime::MIN), "12:00 a. m.");
        assert_eq!(dates.the_clock(NaiveTime::MIN), "las 12:00 a. m.");
        assert_eq!(SPAIN.the_clock(at.time()), "las 15:30");
        let one: NaiveTime = "13:00:00".parse().unwrap();
        assert_eq!(dates.the_clock(one), "la 1:00 p. m.");
        assert_eq!(dates.range(540, 1440), "9:00 a. m. – 12:00 a. m.");
        assert_eq!(dates.minutes(90), "1 h 30 min");
    }
}
