//! How services are named, in Spanish.

use crate::language::vocabulary::{LengthWords, Look, Trade};

pub(super) const TRADE: Trade = Trade {
    head_first: true,
    small: "mas|nada|y|e|o|de|del|con|para|por|una|un|el|la|los|las|en|a|al|mi|me|su|lo|le|se|que|es|si|no|\
            quiero|necesito|puedo|tengo|porfa|favor|pero|mis|sus|tu|como|esta|este|fue|hay|son|solo|algo",
    weak: "completo|completa|completos|completas|entero|total|todo|toda|todas|todos|parcial|parciales|medio|nuevo|nueva|nuevos|\
           nuevas|viejo|vieja|pequeno|pequena|chico|chica|chiquito|grande|largo|larga|corto|corta|mediano|extra|rapido|\
           rapida|express|clasico|clasica|basico|basica|simple|sencillo|sencilla|normal|premium|especial|general|\
           privado|privada|individual|doble|primera|segunda|inicial|adulto|adultos|sesion|clase|servicio|\
           tratamiento|cita|paquete|plan|visita|profundo|profunda|bien|buen|hombre|hombres|caballero|\
           caballeros|mujer|mujeres|dama|damas|nino|ninos|nina|ninas|infantil|senora|senor|mayor|menor|dia|hora|\
           minuto|min|estudiante|trabajo|felina|felino|canina|canino|perro|perra|perrito|perrita|perros|perras|perritos|\
           perritas|cachorro|cachorra|gato|gata|gatito|gatita|mascota",
    everyday: "general|normal|libre|gratis|nuevo|nueva|rapido|rapida|primera",
    adverbs: "",
    whose: "hombre|hombres|caballero|caballeros|mujer|mujeres|dama|damas|nino|ninos|nina|ninas|adulto|adultos|perro|\
            perra|perros|perras|perrito|perrita|cachorro|cachorra|gato|gata|gatos|gatito|gatita|marido|esposo|esposa|\
            hijo|hija|mama|papa|chico|chica",
    sizes: "chico|chica|chiquito|chiquita|pequeno|pequena|mini|mediano|mediana|grande|gigante|corto|corta|largo|larga",
    things: "algo",
    prices: "precio|precios|tarifa|tarifas|descuento",
    done: "ado|ada|ados|adas|ido|ida|idos|idas",
    to_do: "ar|er|ir",
    opens: "te hago una consulta|le hago una consulta|les hago una consulta|\
            os hago una consulta|hago una consulta|te hago otra consulta|\
            queria hacerte una consulta|queria hacerles una consulta|\
            queria hacerle una consulta|quiero hacerte una consulta|\
            quiero hacerles una consulta|hacerte una consulta|hacerles una consulta|\
            hacerle una consulta|haceros una consulta|te consulto|les consulto",
    may_open: "tengo una consulta|una consulta|otra consulta|consulta|una consultita|consultita|\
            consulta rapida|una consulta rapida|una consulta mas",
    asks: "que|cuanto|cuanta|cuantos|cuantas|como|donde|cuando|cual|cuales|quien|hacen|haces|hace|tienen|tienes|tenes|\
           atienden|atendes|trabajan|abren|cierran|puedo|pueden|puede|podria|podrian|hay|sale|cuesta|aceptan|es|\
           esta|estan|venden|dan|queria|quiero|quisiera|si",
    tells: "tengo|tiene|tienes|vivo|vive|voy|va|vengo|viene|estoy|esta|es|son|soy|somos|fui|fue|trabajo|llego|salgo|\
            paso|duele|duelen|llevo|lleva|uso|usa|ando|anda|quede|rompio|prendio",
    held: "tengo|ya tengo|todavia tengo|tenemos|tenia|teniamos|traigo|me hice|me hicieron|me puse|me pusieron",
    definite: "el|la|los|las|mi|mis|esa|ese|esta|este|esas|esos|su|tu",
    same: "lo mismo|la misma cosa|el mismo servicio|el mismo tratamiento|igual que yo|igual que a mi|\
           igual que el mio|igual que la mia|lo mismito",
    becomes: "que sea|que quede|hacerlo|hacerla|pasarlo a|pasarla a|pasarme a|pasarlo al|pasarla al|dejarlo en|\
              dejarla en|hacerme",
    newcomer: "primera vez|nunca fui|nunca fue|nunca he ido|nunca ha ido|nunca vine|nunca vino|nunca he venido|\
               nunca ha venido|nunca me atendi|nunca se atendio|soy nuevo|soy nueva|es nuevo ahi|es nueva ahi|\
               paciente nuevo|paciente nueva|no he ido nunca|no fui nunca|nunca estuve|nunca estuvo",
    initial: "inicial|primera|primer|nuevo|nueva",
    length: LengthWords {
        hours: "hora|horas|horita",
        bare: "",
        minutes: "minuto|minutos|minutitos",
        halves: "media",
        and_a_half: "y media",
        single: "un|una",
        definite: "el|la|los|las",
        longer: "largo|larga|largos|largas",
        shorter: "corto|corta|cortos|cortas|cortito|cortita",
        before: "en|dentro|hace|cada|tras|como|despues|antes|otra|mas|menos|cerca|casi|falta|faltan|con",
        after: "despues|antes|tarde|atras|mas|menos|temprano",
    },
    look: Look {
        verbs: "vean|vea|viera|vieran|miren|mire|revisen|revise|chequeen|chequee|atiendan|\
            atienda|examinen|examine|vieseis|veais|mireis|reviseis",
        before: "me|lo|la|le|nos|los|las|les",
        after: "a|al",
        glances: "un vistazo|una mirada|una ojeada|una revisada|una miradita|me lo pueden ver|\
            me la pueden ver|me lo pueden mirar|me la pueden mirar|lo pueden ver|\
            la pueden ver|lo pueden mirar|la pueden mirar|lo pueden revisar|\
            la pueden revisar|lo puede ver|la puede ver|lo puede revisar|la puede revisar|\
            me puede ver|me puede revisar|me pueden ver|me pueden revisar|lo podrian ver|\
            la podrian ver|lo podrian revisar|la podrian revisar|pueden verlo|\
            pueden verla|pueden mirarlo|pueden mirarla|pueden revisarlo|pueden revisarla|\
            podrian verlo|podrian verla|podrian mirarlo|podrian mirarla|podrian revisarlo|\
            podrian revisarla|pueden ver a|podrian ver a|puede ver a|podria ver a|\
            revisarme|chequearme|hacerlo ver|hacerla ver|hacerme ver|que lo vea|\
            que la vea",
        own: "yo|voy|vamos|nos",
        asked: "que|alguien|ustedes|usted|doctor|doctora",
        services: "consulta|revision|revisacion|chequeo|diagnostico|control|visita|valoracion|\
            evaluacion|examen",
        simple: "general|inicial|primera|basica|basico|normal|completa|cita|rutina",
        fields: "medica|medico|clinica|clinico|dental|veterinaria|veterinario|legal|tecnica|\
            tecnico|visual|general|rutina|inicial|computadora",
    },
    plain: "abre|abren|acaba|acuerdo|adios|ahora|alguien|alguna|alguno|algunos|alto|amiga|amigo|\
            ando|antes|apenas|asunto|aunque|ayer|ayuda|barata|barato|barrio|bastante|bella|\
            bello|bonita|bonito|broma|buena|buenas|bueno|buenos|busca|busco|cada|calle|camino|\
            cansada|cansado|carne|carta|cartas|casi|caso|causa|cerca|cerrado|cerrar|cien|cierto|\
            cinco|cintura|ciudad|clara|claro|cobra|cobran|comer|como|compra|comun|conmigo|\
            conoce|consejo|consigo|contigo|contra|cosa|cosas|costado|costo|creo|cual|cuando|\
            cuanta|cuanto|cuantos|cuarto|cuenta|cuesta|cuestan|cuidado|culpa|deja|dejas|dejo|\
            demas|dentro|desde|despues|dice|dices|dicho|diez|dijeron|dijo|dinero|donde|duda|\
            dudas|dura|durante|duro|efectivo|ella|ellas|ellos|empieza|empiezan|encanta|encima|\
            enero|entonces|entrada|entre|era|eran|error|escribo|espero|estaba|estado|estamos|\
            facil|falta|fecha|feliz|final|firme|fuera|fueron|fuerte|gana|ganas|genial|gente|\
            gracias|gusta|gusto|haber|habia|hablar|hace|hacia|hago|hambre|hasta|hermana|hermano|\
            hola|hombro|hombros|igual|incluso|jamas|juntas|junto|juntos|lado|lejos|lenta|lento|\
            letra|linda|lindo|llama|llamo|llego|lleva|llevo|luego|lugar|mala|malo|manera|mapa|\
            martes|mejor|menos|mensaje|mensajes|mente|meses|miedo|miercoles|mira|miro|misma|\
            mismo|modo|momento|mucha|mucho|muchos|mundo|nadie|ninguna|ninguno|noche|nombre|\
            nosotros|nueve|numero|nunca|obvio|ocho|otra|otras|otro|otros|paga|pagar|pago|para|\
            parada|parece|pasa|pasada|pasado|pasan|pasar|paso|peor|pero|persona|personas|piensa|\
            pienso|poca|poco|podemos|poder|pone|pongo|porque|posible|postura|precio|precios|\
            pregunta|prima|primo|problema|pronto|propia|propio|puede|pueden|puesto|queda|quedo|\
            quien|quiere|quieren|quiza|rato|razon|realidad|recien|resto|sabe|saben|saber|sabes|\
            salgo|salir|seis|semana|sentido|sera|seria|serio|siempre|siete|sigo|sigue|siguiente|\
            sobre|sola|solas|solo|somos|suele|suelen|suerte|supuesto|tanta|tanto|tema|temprano|\
            tengo|tenia|tercera|tiempo|tienda|tiene|tienen|todavia|tomar|tomo|traer|traigo|tras|\
            treinta|triste|ultima|ultimo|unica|unico|usted|vale|vamos|varios|veces|vecina|\
            vecino|veinte|venga|vengo|venir|verano|verdad|vida|viene|vivo|vuelta|vuelvo",
    endings: "s|es|a|o|e|as|os|ar|er|ir|an|en|ada|ado|adas|ados|ida|ido|idas|idos|ando|iendo|acion|aciones|\
              cion|ciones|ion|iones|amiento|amientos|imiento|imientos|aje|ajes|ita|ito|itas|itos|ota|ote|otas|otes|arme|arte|arle|arles|arlo|\
              arla|arlos|arlas|arse|arnos|arnoslo|armelo|armela|armelos|armelas|erme|erlo|erla|erle|erse|irme|irlo|irla|irle|irse|\
              ame|amela|amelo|ale|alo|ala|enme|aran|aria|are|aste|aron|amos|eis|ais|eo|ear|earlo|eado",
    alike: &[
        // Hair.
        "corte|cortar|recortar|recorte|puntas|motilar|motilada|peluquear|peluqueada|rapar|rapado|degradado|fade|pelar|pelada|tijera",
        "pelo|cabello|melena|cabellera|puntas",
        "tinte|tenir|tintura|tinturar|color|coloracion|canas|raiz|raices|rubia|rubio|pintar|decolorar",
        "mechas|reflejos|luces|rayitos|iluminacion|highlights",
        "barba|bigote|candado|afeitar|afeitado",
        "afeitado|afeitar|rasurar|rasurado",
        "arreglo|arreglar|perfilar|perfilado|recortar|retocar",
        "peinado|peinar|recogido|brushing|secado",
        "alisado|alisar|keratina|queratina|laciado",
        "permanente|rizos|rizado|ondulado",
        "lavado|lavar|champu",
        // Nails and skin.
        "manicura|manicure|manicuria|mani|unas|unita|unitas|manos",
        "pedicura|pedicure|pedi|pies",
        "esmaltado|esmalte|pintar|gelish|gel",
        "retiro|retirar|quitar|sacar|remover|retirada|remocion",
        "relleno|rellenar|mantenimiento",
        "depilacion|depilar|cera|wax",
        "cejas|ceja",
        "pestanas|pestana|lifting",
        "facial|rostro|cara|cutis",
        "masaje|masajes|masajito|sobada",
        "relajante|relajar|relax|antiestres",
        "descontracturante|descontracturar|contractura|contracturas|contracturada|contracturado",
        "exfoliacion|exfoliante|peeling",
        // Medicine, teeth, animals.
        "vacuna|vacunacion|vacunar|inyeccion",
        "antirrabica|rabia",
        "revision|revisar|chequeo|chequear|control|inspeccion|mirar",
        "limpieza|limpiar|higiene|profilaxis",
        "dental|dientes|diente|muelas|muela|bucal",
        "extraccion|extraer|sacar|sacarme",
        "cordal|cordales|juicio",
        "blanqueamiento|blanquear|blanquearme|aclarar",
        "empaste|caries|obturacion|resina|tapar",
        "endodoncia|conducto|conductos|nervio",
        "ortodoncia|brackets|frenillos|aparatos",
        "castracion|castrar|esterilizar|esterilizacion|operar",
        "consulta|consultar|valoracion|asesoria",
        "domicilio|casa|domiciliaria",
        "urgencia|emergencia|urgencias",
        "fisioterapia|fisio|rehabilitacion",
        "perro|perrito|perra|perrita|can|canino|canina",
        "cachorro|cachorrito|cachorra|cachorrita",
        "gato|gata|gatito|gatita|felino|felina",
        "bano|banar|duchar",
        // Cars, watches, homes.
        "neumatico|neumaticos|llanta|llantas|rueda|ruedas|goma|gomas|cubierta|cubiertas|cauchos",
        "cambio|cambiar|reemplazo|reemplazar|sustitucion|sustituir|reponer",
        "reparacion|reparar|arreglo|arreglar|compostura",
        "frenos|freno|pastillas|balatas",
        "alineacion|alinear|paralelo",
        "balanceo|balancear|equilibrado",
        "afinacion|afinar|puesta",
        "cristal|vidrio|mica|pantalla",
        "correa|pulsera|brazalete|malla",
        "pila|bateria|pilas",
        "pulido|pulir|abrillantar|brillo",
        "mudanza|mudar|trasteo",
        // Tattoos, courses.
        "tatuaje|tattoo|tatu|tatuar|tattoos|tinta",
        "borrado|borrar|eliminar|eliminacion|quitar",
        "piercing|perforacion|arete|aro",
        "clase|sesion|leccion",
        "prueba|probar|muestra|cata",
        "embarazada|embarazadas|embarazo|prenatal|gestante",
        "suelo|colchoneta|mat|piso",
        "entrenamiento|entrenar|gym",
        // Places.
        "delantero|delantera|delanteros|delanteras|adelante|frontal|enfrente",
        "trasero|trasera|traseros|traseras|atras|posterior",
        "superior|superiores|arriba",
        "inferior|inferiores|abajo",
        // Sizes and people.
        "completo|completa|entero|entera|total|todo|toda|full",
        "parcial|medio|media|mitad",
        "pequeno|pequena|chico|chica|chiquito|chiquita|chiquitito|chiquitita|mini|pequenito|pequenita|enano|enana",
        "grande|grandote|grandota|grandecito|grandecita|grandulon|grandulona|enorme|gigante",
        "express|rapido|rapida",
        "clasico|clasica|basico|basica|simple|sencillo|sencilla|normal|tradicional",
        "hombre|hombres|caballero|caballeros|masculino|marido|esposo|novio|papa|padre|varon",
        "mujer|mujeres|dama|damas|senora|femenino|esposa|novia|mama|madre",
        "infantil|nino|nina|ninos|ninas|hijo|hija|peque|peques|bebe|nene|nena|chaval",
    ],
};
