//! Spanish texts with "usted", where they differ from those with "tú".

use super::spanish;
use crate::language::wording::Wording;

/// Spanish as it is spoken to customers of a business that keeps its distance.
pub(super) const WORDING: Wording = Wording {
    greeting: "¡Hola! Gracias por escribir a {business}. Puedo agendarle una cita, cambiarla o \
               cancelarla. ¿Qué le gustaría reservar?",
    menu: "Esto es lo que puedo hacer en {business}: agendar una cita (elija un servicio aquí \
           abajo), decirle cuándo es la suya (“cuándo es mi cita”), cambiarla (“cambiar”), \
           cancelarla (“cancelar”) o pasarle con una persona (“persona”).",
    next_appointment: "Su próxima cita: {appointment}.",
    other_language: "Aquí solo puedo escribir en {languages}, así que una persona le responderá.",

    which_service: "¿Qué le gustaría reservar?",
    which_time: "{service}: ¿cuándo le gustaría venir? Elija un horario o dígame un día.",
    which_time_on: "{service}, {day}: ¿qué hora le queda bien?",
    which_day: "¿A qué día se refiere?",
    which_of_these: "¿A cuál de estos se refiere?",
    no_alternatives: "No tengo nada libre cerca de esa hora. Dígame otro día, o escriba “persona” \
                      para hablar con alguien.",

    ask_name_again: "Por favor, escriba solo el nombre para la cita, por ejemplo “María López”.",
    confirm: "{details}\n¿La agendo? Le guardo el horario durante {hold}.",
    how_to_change: "Si surge algo, escriba “cambiar” o “cancelar”.",
    no_hurry: "Sin prisa, tómese su tiempo.",
    draft_dropped: "De acuerdo, no agendé nada. Escríbame cuando quiera otra cita.",
    still_booked: "Su cita sigue en pie: {appointment}. Para cancelarla, escriba “cancelar” otra \
                   vez.",
    too_many: "Ya tiene todas las citas que se pueden agendar a la vez:\n{appointments}\nSi quiere \
               otra en su lugar, cambie una (“cambiar”) o cancele una primero (“cancelar”).",

    your_appointment: "Su cita: {appointment}.",
    your_appointments: "Sus citas:\n{appointments}",
    no_appointments: "No veo ninguna cita pendiente a su nombre.",
    cancelled: "Cita cancelada: {appointment}. Escríbame cuando quiera agendar otra.",
    draft_or_appointment: "¿Cuál cancelo: la que estamos agendando ({draft}) o una cita que ya \
                           tiene?",
    move_when: "Cambiemos su cita: {appointment}. ¿Cuándo le gustaría venir? Elija un horario o \
                dígame un día.",
    confirm_move: "{details}\n¿Hago el cambio? Hasta que me \
                   diga que sí, conserva el anterior: {old}.",
    moved: "¡Listo, cambié su cita! {details}",
    confirm_change: "{details}\n¿Cambio su cita así? Hasta que diga que sí, se \
                     queda como está.",
    changed: "¡Listo, su cita quedó así! {details}",
    told_too_late: "Ya es tarde para cambiar esta cita por aquí: {appointment}. Avisé al equipo, y \
                    alguien le responderá en este chat.",
    call_us: "Si es urgente, llámenos: {phone}.",

    booking_it: "Un momento, la estoy agendando: {appointment}. Le aviso cuando quede lista.",
    moving_it: "Un momento, estoy cambiando su cita: {appointment}. Hasta que le avise, se queda como \
                estaba.",
    cancelling_it: "Un momento, la estoy cancelando: {appointment}. Le aviso cuando esté hecho.",
    still_booking: "Todavía la estoy agendando: {appointment}. Le aviso cuando quede lista.",
    still_changing: "Todavía estoy haciendo un cambio en esta cita: {appointment}. Le aviso cuando \
                     quede listo.",
    delayed: "Nuestra agenda no responde en este momento, así que esto todavía no está resuelto: \
              {appointment}. Lo sigo intentando y le aviso cuando quede listo.",
    not_there: "Esa cita ya no está en nuestra agenda: {appointment}. Escríbame cuando quiera \
                agendar otra.",
    given_up: "Lo siento, no pude resolver esto con nuestra agenda: {appointment}. Ya avisé al equipo, y \
               una persona le escribirá por aquí.",
    wish_kept: "Guardé lo que me dijo: intente de nuevo en unos minutos, o hable con una persona.",
    or_person: "Si prefiere hablar con alguien, escriba “persona”.",

    told_late: "Gracias por avisar. Le dije al equipo que llegará tarde a su cita: {appointment}.",
    told_late_by: "Gracias por avisar. Le dije al equipo que llegará {minutes} tarde a su cita: \
                   {appointment}.",
    told_earlier: "Su cita es {appointment}. Le dije al equipo que le gustaría algo antes; le \
                   escribirán por aquí si se libera un horario.",
    told_group: "Para un grupo, lo mejor es que lo organice nuestro equipo. Ya les avisé, y \
                 alguien le responderá por aquí.",

    reminder: "Un recordatorio de {business}: {appointment}. ¿Podrá venir?",
    see_you: "¡Perfecto, le esperamos! {appointment}.",
    cannot_come: "Gracias por avisar. ¿La cancelo, o prefiere otro horario?\n{appointment}",

    cut_off: "Puede cambiar o cancelar su cita por aquí hasta {before} antes de que empiece.",
    no_address: "Escriba “persona”, y alguien le dirá cómo llegar.",
    how_to_book: "Para agendar, dígame qué le gustaría y cuándo.",
    all_right: "De acuerdo. Escríbame cuando necesite algo.",
    opted_out: "De acuerdo, ya no le escribiremos sin que lo pida ni le enviaremos recordatorios. \
                Escríbame si necesita algo, o “ALTA” para volver a recibirlos.",
    opted_in: "¡Qué bueno tenerle de vuelta! Recibirá otra vez nuestros recordatorios.",
    handoff: "Le paso con una persona, que le responderá por aquí lo antes posible.",
    handoff_not_understood: "Lo siento, no logro entenderle. Le paso con una persona, que le \
                             responderá por aquí lo antes posible.",
    when_again: "¿Cuándo le gustaría venir?",
    confirm_change_again: "¿Cambio su cita? {appointment}.",
    ask_otherwise: "Elija una de estas opciones, por favor, o dígamelo con otras palabras. Para hablar con alguien, escriba “persona”.",
    cannot_listen: "No puedo escuchar notas de voz, solo leo texto. ¿Me lo puede escribir?",
    cannot_see: "No puedo abrir eso, solo leo texto. ¿Me lo puede decir por escrito?",
    cannot_place: "Gracias por la ubicación, pero solo leo texto. ¿Me lo puede decir por escrito?",
    cannot_open_card: "Gracias por el contacto, pero aquí no puedo abrir tarjetas de contacto. \
                       ¿Me lo puede decir por escrito?",
    cannot_open_form: "Aquí no puedo leer formularios. ¿Me puede escribir qué le gustaría y para \
                       cuándo?",
    cannot_open_order: "Aquí no puedo abrir pedidos. Escríbame qué le gustaría y para cuándo, por \
                        favor.",
    edited_too_late: "Veo que cambió un mensaje anterior. Ya lo había respondido, así que \
                      escríbame de nuevo qué le gustaría, por favor.",

    notice_dead_turn: "No se pudo contestar un mensaje de {who}; por favor, atiéndalo.",
    notice_undelivered: "Un mensaje para {who} no llegó. Por favor, avísele por otro medio: \
                         {appointment}",
    notice_unrouted: "Llegó algo de {provider} para un número o una ubicación que aquí no está \
                      configurada, y no se contesta. Por favor, pida que revisen la configuración.",
    notice_template_refused: "WhatsApp rechaza la plantilla {template}, y lo que se envía con ella queda \
                              en espera. Por favor, revísela en el Administrador de WhatsApp.",
    notice_given_up: "Esto no se pudo resolver con la agenda. Por favor, revise si está como debe \
                      ser: {appointment}",

    for_relation: "para su {relation}",
    ..spanish::WORDING
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of the second person.
    const INFORMAL: &str = "te ti tu tus tú contigo tuya tuyas tuyo tuyos eres estás vas ven ves haz \
        atiéndelo avísale cambia cambias cancela cancelas conservas contáctale dices digas di dime \
        dijiste elige eliges escribe escribes escríbeme escríbenos habla haces intenta llámanos \
        necesitas necesites pide pides pidas prefieres puedas puedes quieras quieres refieres revisa \
        revisas revísala sabes tienes tómate toma vengas vienes";
    /// Words that only end like such a word.
    const NEUTRAL: &str = "este existe parte";

    /// The words of a text that say "tú".
    fn informal(text: &str) -> Vec<String> {
        let text = text.to_lowercase();
        let is_listed = |list: &str, word: &str| list.split_whitespace().any(|one| one == word);
        // "agendarte", "llegarás", "cambiaste".
        let endings = ["rte", "ndote", "rás", "ste"];
        let words = text.split(|sign: char| !sign.is_alphabetic());
        let of_you = words.filter(|word| {
            let ends = endings.into_iter().any(|ending| word.ends_with(ending));
            is_listed(INFORMAL, word) || ends && !is_listed(NEUTRAL, word)
        });
        of_you.map(ToOwned::to_owned).collect()
    }

    #[test]
    fn no_formal_text_says_tu_and_each_text_that_does_has_a_formal_one() {
        for ((name, with_tu), (_, with_usted)) in spanish::WORDING.all().zip(WORDING.all()) {
            let name = name.name;
            assert_eq!(informal(with_usted), [""; 0], "{name}: {with_usted}");
            let differs = with_tu != with_usted;
            assert_eq!(!informal(with_tu).is_empty(), differs, "{name}: {with_tu}");
        }
    }
}
