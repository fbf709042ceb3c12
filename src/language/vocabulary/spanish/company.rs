//! The words for those who come together in Spanish.

use crate::language::vocabulary::CompanyWords;

pub(super) const COMPANY: CompanyWords = CompanyWords {
    pronouns: "el|ella",
    first: "uno|una",
    second: "otro|otra",
    ill: "",
    theirs: "la suya|el suyo|lo suyo|la de el|la de ella|el de ella|el de el",
    in_place: "se la quiero ceder|se lo quiero ceder|se la cedo|se lo cedo|se la paso a|\
        se la dejo a|se la doy a|se lo paso a|se lo dejo a|se lo doy a|cedersela|cederselo|\
        pasarsela a|pasarselo a|por mi|en mi lugar|en su lugar|en tu lugar|en mi puesto|\
        en su puesto|en vez de mi|en vez de yo|en vez mia|en vez de el|en vez de ella|en lugar mio|\
        en lugar suyo|en lugar de mi|en lugar de el|en lugar de ella|en reemplazo mio|\
        en mi reemplazo",
    passes_on: "quiere|querria|usa|usar|use|usaria|toma|tomar|tome|tomaria|ocupa|ocupar|ocupe|\
        aprovecha|aprovechar|aproveche|coge|coger|agarra|agarrar|agarre|usarla|usarlo|tomarla|\
        tomarlo|aprovecharla|aprovecharlo|paso|cedo|dejo|doy|regalo|pasarle|cederle|dejarle|darle|\
        pasar|ceder|dejar|dar|pasa|pasale|dale|dejale|damele",
    whose: "mi|su",
    slots: "turno|hora|cita|lugar|puesto|espacio|horario|reserva|turnito|citita",
    brings: "lo lleva|la lleva|los lleva|las lleva|lo trae|la trae|los trae|las trae|lo llevara|\
        la llevara|los llevara|las llevara|lo va a llevar|la va a llevar|los va a llevar|\
        las va a llevar|me lleva|me trae|nos lleva|nos trae",
    family: "",
    which_kin: "otro|otra|nuevo|nueva",
    comes_too: "conmigo|a continuacion|mientras|despues de mi|despues del mio|\
                despues de la mia|al terminar",
    then: "luego|despues|dsp|dps|mientras|siguiente",
    may: "puede|podria|podra",
    visits: "tener|tomar|hacer|hacerse|venir|ir|pasar|ver|cortarse|empezar|probar",
    come: "venir|ir|pasar|sumarse|acompanarme",
    orders: "primero|luego|despues|antes",
    in_turn: "a continuacion",
    at_once: "a la vez|al mismo tiempo|misma hora|juntos|juntas|en paralelo",
    apart: "aparte",
    companion: "acompanante",
    other: "otro|otra",
    before_other: "lo|la|el",
    units: "dia|vez|hora|cita|semana|turno",
    in_for: "",
    denies: "no",
    i: "yo",
    me: "",
    to_me: "a mi",
    turn: "primero",
    and: "y",
    comes: "venir|ir|pasar",
    takes_in: "",
    may_take_in: "",
    you: "",
    takes_in_stems: "agend|atend|atien|anot|apunt|recib|registr|apart|inscrib|reserv|met|program",
};
