//! The words around names in Spanish.

use crate::language::vocabulary::NameWords;

pub(super) const NAMES: NameWords = NameWords {
    own: "me yamo|mi nonbre es|me llamo|yo me llamo|mi nombre es|mi nombre|mi nombre completo es|\
        nombre|nombre completo|a nombre de|de parte de|me dicen|anotame como|apuntame como|\
        te escribe|le escribe|les escribe|te habla|le habla|les habla|te saluda|le saluda|\
        les saluda|nombre es",
    perhaps_own: "soy|yo soy|habla|aqui|por aca|es|aca",
    answers: "con|para|puede poner|puedes poner|pueden poner|pon|ponlo|ponle|ponla|ponme|pone|\
        ponelo|poneme|ponga|pongalo|ponlo como|dime|llamame|ponlo a nombre de|a nombre",
    other: "ella se llama|el se llama|se llama|que se llama|su nombre es|es para ella|para ella|\
        es para|seria para|ella es|el es|la cita es para|el turno es para|lo quiero para|\
        la quiero para",
    surname: "apellido|apellidos|mi apellido es|de apellido|apellido es",
    guardians: "mama|papa|madre|padre|mami|papi|duena|dueno|ama|tutora|tutor",
    present: "por aca|por aqui|es mi nombre",
    sign_off: "saludos|un saludo|un cordial saludo|saludos cordiales|cordialmente|atentamente|atte|\
               un abrazo|abrazos|un beso|besos|besitos|bendiciones|gracias|muchas gracias|\
               mil gracias|muchisimas gracias",
    titles: "sr|sra|srta|don|dona|senor|senora|senorita|dr|dra|doctor|doctora|lic|licenciada|\
        licenciado|ing|ingeniero|ingeniera|prof|profe|profesor|profesora|doc|miss|teacher|maestra|\
        mtro|mtra|doctorcita|seno",
    around: "xfa|xfavor|pf|plis|porfi|por fa|jajaja|jajajaja|jejeje|jiji|xd|eh|ehm|em|mm|mmm|ah|oh|\
        pues|bueno|si|claro|claro que si|por supuesto|no|ok|vale|dale|listo|hola|buenas|\
        buenos dias|buenas tardes|buenas noches|por favor|porfa|porfis|porfavor|gracias|\
        muchas gracias|mil gracias|jaja|jeje|aqui|solo|nada mas|perdon|disculpa|como siempre|\
        otra vez|con gusto|con mucho gusto|mucho gusto|encantada|encantado|perfecto|genial|\
        para servirle|para servirte|a la orden|a sus ordenes|es mi nombre|que tal",
    firm: "si|sii|siii|siiii|sip|sipi|sisi",
    leads: "si|sii|siii|sip|claro|claro que si|por supuesto|ok|okay|vale|dale|bueno|listo|como no|\
        obvio|perfecto|genial|va|sale|ya|desde luego|con gusto",
    linking: "de|del|la|las|los|el|y|e|da|do|dos|das|i|san|santa",
    never: "permitame|permiteme|permitanme|tantito|momento|momentito|momentico|espere|aguanteme|\
        dejeme|dejame|deje|ahorita|orita|tendrian|tendria|tendran|tienen|tenes|tenis|habria|\
        habrian|hay|podrian|podria|serian|seria|estarian|atienden|atenderan|haran|harian|hacen|\
        pueden|quedara|queda|seguiditas|seguiditos|seguidita|seguidas|seguidos|juntos|juntas|\
        mientras|conmigo|luego|jaja|jajaja|jajajaja|jeje|jejeje|jiji|xd|dios|pa|pal|mira|oye|oiga|\
        lata|yo|tu|usted|ustedes|ella|ellos|ellas|nosotros|nosotras|vosotros|me|te|se|le|les|nos|\
        lo|un|una|unos|unas|al|en|con|sin|por|para|que|porque|como|cuando|donde|quien|cual|cuanto|\
        cuanta|cuantos|pero|u|ni|si|no|ya|muy|mas|menos|mucho|mucha|poco|tambien|tampoco|mi|mis|su|\
        sus|tus|este|esta|esto|ese|esa|eso|aquel|aquella|es|son|estan|estoy|soy|eres|ser|estar|fue|\
        era|tengo|tienes|tiene|quiero|quisiera|queria|necesito|puedo|puedes|puede|voy|va|ir|venir|\
        hacer|hago|digo|dije|decir|saber|otro|otra|otros|otras|favor|cita|turno|hora|horas|hoy|\
        manana|ayer|ahora|despues|antes|siempre|nunca|algo|nada|todo|todos|toda|todas|alguien|\
        nadie|cada|mismo|misma|nuevo|nueva|clienta|cliente|alergica|alergico|diabetica|zurda|\
        urgente|interesada|interesado|embarazada|mayor|menor|pequeno|pequena|chico|chica|hombre|\
        persona|gente|hola|buenas|gracias|perdon|disculpa|nombre|apellido|telefono|numero|tarde|\
        temprano|lista|ocupada|ocupado|enferma|enfermo|sola|solo|aqui|alli|alla|aca|mejor|peor|\
        bien|mal|igual|segura|seguro|sea|sean|pues|entonces|cualquiera|cualquier|ninguno|ninguna|\
        vecina|vecino|amiga|amigo|hermana|hermano|mama|papa|hijo|hija|esposa|esposo|mujer|marido|\
        novia|novio|cosa|cosas|dia|dias|semana|mes|ano|anos|veces|vez|lindo|linda|divino|divina|\
        barbaro|buenisimo|mexicana|mexicano|argentina|argentino|colombiana|colombiano",
    also_names: "valentina|valentino|valentin|amor|barbara|bella|cielo|fierro|miro|pera|abril|mayo|\
        julio|agosto|domingo|mar|dom|reyes|segundo|segunda|nadal|diez|mariana|candela|natividad|\
        pascual|pascua|navidad|santos|noe|perfecto|vale|gracia|linda|reina|nina|nacio|nel|simon|\
        maximo|curro|che|campo|caro|chico|cuesta|dias|mas|mesa|nieto|nino|pareja|segura|sobrino|\
        sola|amigo|barba|corte|aleman|catalan|bueno|bonita|consuelo|mercedes|cruz|luz|paz|sol|rey|\
        angel|angeles|socorro|dolores|rosario|marcial|franco|blanca|clara|celeste|justo|leal|guapo|\
        cano|moreno|rubio|castro|calvo|delgado|montes",
    done_to: "llevo|traigo|lleve|traiga|llevamos|traemos",
    done_to_endings: "ar|er|ir|arle|erle|irle",
    goes_to: "ir|viajar|volver|venir|llegar|volar|salir",
    fits: "",
    fitted: "",
    speaks_of: "que no se enfade|que no se enoje|no se enfade|no se enoje|no le digas a|\
        no le digan a|dile a|digale a|saludos a|saludame a|saludeme a|un saludo a|sin ofender a|\
        nada contra|nada en contra de",
    acts: "puede|podria|tiene|atiende|trabaja|hace|esta",
    is_in: "trabaja *|atiende *|esta * el|esta * hoy|esta * manana|esta * este|esta * los|\
        va a estar *|* trabaja|* atiende|* esta el|* esta hoy|* esta manana|* va a estar|\
        cuando viene *|viene *",
    told_after: "es su nombre",
    sees: "con",
    whose: "ella|el|ellos|usted",
    articles: "la|el",
    asks: "como|cual",
    says_name: "nombre|llama",
    under: "nombre|como",
    of_customer: "mi|me|anotame|apuntame|ponme",
    is_name: "es el nombre|es su nombre",
    not_me: "",
    possessive: "",
    groups: "",
    endings: "ada|ado|ida|ido|osa|oso|ista|ente|ante|mente|ble|ando|endo",
    small: "de|del|la|las|los|y|e|da|do|dos|das",
    mac: "",
    diminutives: "ito|ita|itos",
    whom: "ella",
    who: "",
    before_who: "",
};
