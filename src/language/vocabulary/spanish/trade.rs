//! How services are named, in Spanish.

use crate::language::vocabulary::Trade;

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
           minuto|min|estudiante|trabajo|perro|perra|perrito|perrita|perros|perras|perritos|\
           perritas|cachorro|cachorra|gato|gata|gatito|gatita|mascota",
    everyday: "general|normal|libre|gratis|nuevo|nueva|rapido|rapida|primera",
    endings: "s|es|a|o|e|as|os|ar|er|ir|an|en|ada|ado|adas|ados|ida|ido|idas|idos|ando|iendo|acion|aciones|\
              cion|ciones|ion|iones|amiento|amientos|imiento|imientos|aje|ajes|ita|ito|itas|itos|arme|arte|arle|arles|arlo|\
              arla|arlos|arlas|arse|arnos|arnoslo|armelo|armela|armelos|armelas|erme|erlo|erla|erle|erse|irme|irlo|irla|irle|irse|\
              ame|amela|amelo|ale|alo|ala|enme|aran|aria|are|aste|aron|amos|eis|ais|eo|ear|earlo|eado",
    alike: &[
        // Hair.
        "corte|cortar|recortar|recorte|puntas|motilar|motilada|peluquear|peluqueada|rapar|rapado|degradado|fade|pelar|pelada|tijera",
        "pelo|cabello|melena|cabellera",
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
        "perro|perrito|perra|perrita|can",
        "cachorro|cachorrito|cachorra|cachorrita",
        "gato|gata|gatito|gatita|felino",
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
        // Sizes and people.
        "completo|completa|entero|entera|total|todo|toda|full",
        "parcial|medio|media|mitad",
        "pequeno|pequena|chico|chica|chiquito|chiquita|mini|chiquitito",
        "grande|grandote|enorme",
        "express|rapido|rapida",
        "clasico|clasica|basico|basica|simple|sencillo|sencilla|normal|tradicional",
        "hombre|hombres|caballero|caballeros|masculino|marido|esposo|novio|papa|padre|varon",
        "mujer|mujeres|dama|damas|senora|femenino|esposa|novia|mama|madre",
        "infantil|nino|nina|ninos|ninas|hijo|hija|peque|peques|bebe|nene|nena|chaval",
    ],
};
