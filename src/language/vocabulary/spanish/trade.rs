//! How services are named, in Spanish.

use crate::language::vocabulary::{LengthWords, Look, Trade};

pub(super) const TRADE: Trade = Trade {
    head_first: true,
    small: "mas|nada|y|e|o|de|del|con|para|por|una|un|el|la|los|las|en|a|al|mi|me|su|lo|le|se|que|es|si|no|\
            quiero|necesito|puedo|tengo|porfa|favor|pero|mis|sus|tu|como|esta|este|fue|hay|son|solo|algo",
    weak: "completo|completa|completos|completas|entero|total|todo|toda|todas|todos|parcial|\
        parciales|medio|nuevo|nueva|nuevos|nuevas|viejo|vieja|pequeno|pequena|chico|chica|chiquito|\
        grande|largo|larga|corto|corta|mediano|extra|rapido|rapida|express|clasico|clasica|basico|\
        basica|simple|sencillo|sencilla|normal|premium|especial|general|privado|privada|individual|\
        doble|primera|segunda|inicial|adulto|adultos|sesion|clase|servicio|tratamiento|cita|\
        paquete|plan|visita|profundo|profunda|bien|buen|hombre|hombres|caballero|caballeros|mujer|\
        mujeres|dama|damas|nino|ninos|nina|ninas|infantil|senora|senor|mayor|menor|dia|hora|minuto|\
        min|estudiante|trabajo|felina|felino|canina|canino|perro|perra|perrito|perrita|perros|\
        perras|perritos|perritas|cachorro|cachorra|gato|gata|gatito|gatita|mascota",
    everyday: "general|normal|libre|gratis|nuevo|nueva|rapido|rapida|primera",
    adverbs: "",
    whose: "hombre|hombres|caballero|caballeros|mujer|mujeres|dama|damas|nino|ninos|nina|ninas|\
        adulto|adultos|perro|perra|perros|perras|perrito|perrita|cachorro|cachorra|gato|gata|gatos|\
        gatito|gatita|marido|esposo|esposa|hijo|hija|mama|papa|chico|chica",
    sizes: "chico|chica|chiquito|chiquita|pequeno|pequena|mini|mediano|mediana|grande|gigante|\
        corto|corta|largo|larga",
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
    asks: "que|cuanto|cuanta|cuantos|cuantas|como|donde|cuando|cual|cuales|quien|hacen|haces|hace|\
        tienen|tienes|tenes|atienden|atendes|trabajan|abren|cierran|puedo|pueden|puede|podria|\
        podrian|hay|sale|cuesta|aceptan|es|esta|estan|venden|dan|queria|quiero|quisiera|si",
    tells: "tengo|tiene|tienes|vivo|vive|voy|va|vengo|viene|estoy|esta|es|son|soy|somos|fui|fue|\
        trabajo|llego|salgo|paso|duele|duelen|llevo|lleva|uso|usa|ando|anda|quede|rompio|prendio",
    held: "tengo|ya tengo|todavia tengo|tenemos|tenia|teniamos|traigo|me tienen anotado para|\
        me tienen anotada para|me tenes anotada para|me tenes anotado para|me hice|me hicieron|\
        me puse|me pusieron",
    definite: "el|la|los|las|mi|mis|esa|ese|esta|este|esas|esos|su|tu",
    same: "lo mismo|la misma cosa|el mismo servicio|el mismo tratamiento|igual que yo|igual que a mi|\
           igual que el mio|igual que la mia|lo mismito",
    likewise: "mismo|misma|mismos|mismas",
    recounts: "dejo|dejaron|quedo|quedaron|hizo|hicieron|odia|odian|miedo|asusta|asusto|arruino|\
        arruinaron|la otra vez|la vez pasada|la ultima vez que|le encanta|no le gusta|no le gusto|\
        no me gusto|le molesta|no soporta|se jubilo|se fue|se mudo|me mata|me esta matando",
    duties: "tengo que|tenemos que|tiene que|hay que|debo|voy a|vamos a|va a|me toca",
    bearers: "dentista|barbero|barbera|peluquero|peluquera|estilista|veterinario|veterinaria|\
        doctor|doctora|medico|medica|enfermera|profe|profesor|profesora|maestro|maestra|mecanico|\
        optico|fisio|masajista|fisioterapeuta|muela|muelas|diente|dientes|boca|encia|encias|pelo|\
        cabeza|cuello|rodilla|cadera|tobillo|hombro",
    offers: "hacen a|hacen|haceis|atienden a|atienden|atendeis|atendeis a|cortan a|le cortan a|\
        les cortan a|cortais a|reciben|trabajan con|aceptan",
    becomes: "que sea|convertirla en|convertirlo en|convertirse en|cambiarla por|cambiarlo por|\
        cambiarse por|pase a ser|que quede|hacerlo|hacerla|pasarlo a|pasarla a|pasarme a|\
        pasarlo al|pasarla al|dejarlo en|dejarla en|hacerme",
    newcomer: "primera vez|nunca fui|nunca fue|nunca he ido|nunca ha ido|nunca vine|nunca vino|\
        nunca he venido|nunca ha venido|nunca me atendi|nunca se atendio|soy nuevo|soy nueva|\
        es nuevo ahi|es nueva ahi|paciente nuevo|paciente nueva|no he ido nunca|no fui nunca|\
        nunca estuve|nunca estuvo",
    initial: "inicial|primera|primer|nuevo|nueva",
    has_to: "que|ganas",
    owned: "",
    ones: "",
    joint: "y|e|&|+",
    other_endings: "",
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
        half_of: "",
        half_one: "",
        lasting: "",
        more: "mas",
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
    plain: "cambiaron|cambiaste|cambiaran|una|uno|abierto|abre|abren|abuela|abuelo|aca|acaba|acabo|\
        acepto|acordar|acordarme|acuerda|acuerdo|adios|agosto|ahi|ahora|ahorita|ala|alegre|alguien|\
        algun|alguna|alguno|algunos|alla|almorzar|almuerzo|alto|amanecer|amar|amiga|amigo|amor|\
        anda|andaba|andamos|ande|ando|animal|animo|anoche|antes|apenas|apurada|apurado|aqui|arbol|\
        arena|arroz|asi|asunto|asusta|asustada|asustado|atencion|aunque|avisar|avisen|aviso|ayer|\
        ayuda|ayudar|bah|bajar|banco|bar|barata|barato|barrio|bastante|bebo|bella|bello|beso|besos|\
        boba|bonita|bonito|brindis|broma|bromas|bruto|buena|buenas|bueno|buenos|bus|busca|buscando|\
        buscar|busco|cada|cae|caer|calla|callar|calle|calma|cama|camino|campo|cansa|cansada|\
        cansado|capaz|carne|carta|cartas|casi|caso|catorce|causa|cayo|celular|cerca|cerrado|cerrar|\
        cerveza|chao|charla|chau|chiste|chistoso|choco|chocolate|cien|cierto|cinco|cine|cintura|\
        ciudad|clara|claro|cobra|cobran|cola|colegio|colgar|comadre|comer|comi|comida|comieron|\
        comio|como|compadre|compadres|compra|comun|conmigo|conoce|conozco|consejo|consigo|contenta|\
        contento|contesta|contestar|contesto|contigo|contra|cosa|cosas|costado|costo|cree|creen|\
        creo|cruz|cuadra|cual|cuando|cuanta|cuanto|cuantos|cuarto|cubre|cuenta|cuento|cuesta|\
        cuestan|cuidado|cuidar|culpa|cumple|cumpleanos|cumplo|cunada|dale|dame|dan|dando|dar|das|\
        dato|debe|deber|debo|decia|decidir|decir|dedo|deja|dejame|dejar|dejas|dejo|demas|demora|\
        dentro|depende|derecha|derecho|desastre|desayuno|descansar|descanso|desde|despedida|\
        despertar|despierta|despierto|despues|dice|dices|dicho|diciembre|dieron|diez|dificil|digo|\
        dijeron|dijo|dime|dinero|dios|dire|disculpa|disculpas|disgusto|doce|documento|doler|\
        domingo|don|donde|dormi|dormida|dormido|dormir|duda|dudas|duermo|dulce|dura|durante|duro|\
        echar|echo|edad|efectivo|ella|ellas|ellos|emocion|empezar|empieza|empiezan|empiezo|empleo|\
        empresa|encanta|encima|enero|enferma|enfermo|enoja|enojada|enojado|ensenar|entonces|\
        entrada|entre|equivoque|era|eran|error|escribir|escribo|escuchar|esperando|esperar|espero|\
        esquina|estaba|estado|estamos|estoy|etapa|evento|evita|exacto|excelente|exito|fabrica|\
        facil|fallo|falta|fatal|febrero|fecha|feliz|feo|feria|fiebre|fin|final|finde|firme|fresco|\
        fria|frios|frutas|fuego|fuera|fueron|fuerte|fui|fuimos|funcion|funciona|gallo|gana|ganado|\
        ganaron|ganas|gasta|gastar|gasto|genial|genio|gente|golpe|gordo|gorra|gracias|grado|grave|\
        grita|gritar|grupo|guapa|guapo|guerra|guia|gusta|gusto|haber|habia|hablar|hace|hacia|haga|\
        hagame|hagan|hago|hambre|han|haria|hasta|haya|hecho|hermana|hermano|hermanos|historia|hola|\
        hombro|hombros|horno|horrible|hospital|hotel|hoy|hueco|huecos|huele|huevos|humor|idea|\
        iglesia|igual|ilusion|imagino|importa|importante|imposible|incluso|invierno|invitada|\
        invitado|invitar|ire|iria|isla|izquierda|jamas|jamon|jefa|jefe|joven|jovenes|judo|juega|\
        juego|juegos|jueves|jugar|jugo|julio|juntas|junto|juntos|juro|justo|labor|lado|lago|latas|\
        latoso|leche|lejos|lenta|lento|leo|letra|levanta|levantar|levanto|ley|liada|liado|ligero|\
        linda|lindo|lista|listo|llama|llamada|llamar|llamo|llave|llega|llegan|llegando|llegar|\
        llego|llegue|llena|llenar|lleno|llenos|lleva|llevo|llora|llorando|llorar|llover|llueve|\
        loco|locura|lotes|luchar|luego|lugar|luna|lunes|luz|magia|mal|mala|malo|manana|mandame|\
        mandar|mando|maneja|manejar|manera|mapa|maraton|martes|marzo|mejor|menos|mensaje|mensajes|\
        mente|mentira|mercado|merece|mes|meses|meter|metro|mia|miedo|miercoles|mil|mili|mio|mira|\
        miro|misma|mismo|moda|modo|molesta|molestar|molestia|molesto|momento|morir|mosca|mucha|\
        mucho|muchos|mueve|mundo|murio|nacer|nadie|navidad|necesario|nevera|nieta|nieto|nieve|\
        ninguna|ninguno|noche|noches|nombre|nosotros|noticia|nube|nublado|nuera|nuestra|nuestro|\
        nueve|numero|nunca|obvio|ocho|octubre|ocupada|ocupado|ocurre|odia|odio|oficina|ofrece|\
        ojala|olvida|olvidar|olvide|olvido|once|oracion|organizo|oscuro|otono|otra|otras|otro|\
        otros|oye|oyes|paga|pagar|pago|pais|palabra|panda|par|para|parada|parece|pareja|parque|\
        pasa|pasada|pasado|pasan|pasar|pasillo|paso|pato|pecado|pega|pegar|pelea|pelear|pelicula|\
        peligro|pena|pensaba|pensando|peor|perder|perdi|perdio|perdon|perdona|perdone|perfecta|\
        perfecto|pero|persona|personas|pesada|pesado|pesar|pez|pide|pido|piensa|pienso|plato|playa|\
        plazo|poca|poco|podemos|poder|podria|polvo|pone|poner|pongo|porque|posada|posible|postura|\
        precio|precios|prefiero|pregunta|preocupa|preocupes|prepara|preparar|presenta|presento|\
        prestame|prestar|prima|primo|prisa|problema|pronto|propia|propio|pude|pudo|pueblo|puede|\
        pueden|puerto|puesto|puse|queda|quedan|quedar|quedo|quemar|quien|quiere|quieren|quince|\
        quincena|quise|quisiera|quiza|rara|raro|rato|razon|realidad|recibe|recibi|recibir|recibo|\
        recien|recuerda|recuerdas|recuerdo|regresa|regresar|regreso|reir|repente|repetir|resto|\
        reunion|rey|rica|rico|rie|riego|rio|risa|rogar|romper|roto|ruido|rumbo|rutas|sabado|sabana|\
        sabe|saben|saber|sabes|sabor|saco|sala|salgan|salgo|sali|salida|salio|salir|saltar|salud|\
        saluda|saludo|saludos|sana|sano|santa|santo|secreto|seis|semana|semanas|senti|sentido|\
        sentir|separa|sera|seria|serio|siempre|sientes|siento|siesta|siete|sigan|sigo|sigue|\
        siguiente|sirve|sitio|sobra|sobre|sobrina|sobrino|sol|sola|solas|solo|solucion|sombra|\
        somos|sonar|sonrisa|sopa|sorpresa|soy|suave|sube|subir|subo|sucio|suegra|suegro|suele|\
        suelen|suena|sueno|suerte|sufre|sufrir|supuesto|tanta|tanto|tarda|tardar|tarde|tardes|\
        tarea|tareas|tema|temo|temprana|temprano|teneis|tener|tengo|tenia|tercera|tesoro|tia|\
        tiempo|tienda|tiendas|tiene|tienen|tierna|tio|tios|tira|tirar|toca|tocar|todavia|toma|\
        tomar|tomara|tomo|tonta|tonto|torcer|tormenta|torta|trae|traer|traigo|tranquila|tranquilo|\
        tras|treinta|triste|triunfo|trozo|tuve|tuvo|ultima|ultimas|ultimo|ultimos|unica|unico|unos|\
        usa|usar|uso|usted|utiles|uva|vaca|vacaciones|vaga|vale|vamos|vano|varios|vaya|vayan|veces|\
        vecina|vecino|vecinos|veinte|velar|vemos|ven|venga|venganza|vengo|venian|venir|veo|ver|\
        verano|verdad|verdadero|verguenza|viaja|viajar|vida|viene|viento|viernes|vigilo|vino|viva|\
        vivir|vivo|volver|volvio|voy|voz|vuelos|vuelta|vuelvo|yerno|zona|acepte|afectada|afectado|\
        afirmacion|aliado|ampliacion|animacion|asignacion|avila|bajada|banda|baratas|barca|barra|\
        basada|boleto|caballeria|caballo|caiga|cajas|calor|camas|cambiara|canal|cante|canton|capas|\
        caras|cargo|carla|carnes|casado|casas|chaco|china|chino|clave|clientes|comen|complejo|\
        comuna|conservacion|conversion|creia|declaracion|declarado|decoracion|dedicacion|designado|\
        destacado|destinado|dolar|entere|espada|estadio|estudia|evacuacion|evolucion|expresa|\
        figuran|fisico|gastos|generan|generar|grand|individuo|individuos|iniciar|iniciaron|lector|\
        lectura|lucas|malos|marca|matan|matas|medida|medir|monos|muera|muero|muerta|muerte|norma|\
        norman|normas|obligo|ovejas|pantallas|parra|perla|permanece|persa|petro|pierda|pierdas|\
        pilares|plano|polar|posturas|prevision|recogida|reduccion|relevante|resena|revelacion|\
        sonora|sueco|sueldo|suelto",
    endings: "s|es|a|o|e|as|os|ar|er|ir|an|en|ada|ado|adas|ados|ida|ido|idas|idos|ando|iendo|acion|\
        aciones|cion|ciones|ion|iones|amiento|amientos|imiento|imientos|aje|ajes|ita|ito|itas|itos|\
        ota|ote|otas|otes|arme|arte|arle|arles|arlo|arla|arlos|arlas|arse|arnos|arnoslo|armelo|\
        armela|armelos|armelas|erme|erlo|erla|erle|erse|irme|irlo|irla|irle|irse|ame|amela|amelo|\
        ale|alo|ala|enme|aran|aria|are|aste|aron|amos|eis|ais|eo|ear|earlo|eado",
    alike: &[
        // Hair.
        "corte|cortar|recortar|recorte|puntas|motilar|motilada|peluquear|peluqueada|rapar|rapado|\
            degradado|fade|pelar|pelada|tijera",
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
        "pequeno|pequena|chico|chica|chiquito|chiquita|chiquitito|chiquitita|mini|pequenito|\
            pequenita|enano|enana",
        "grande|grandote|grandota|grandecito|grandecita|grandulon|grandulona|enorme|gigante",
        "express|rapido|rapida",
        "clasico|clasica|basico|basica|simple|sencillo|sencilla|normal|tradicional",
        "hombre|hombres|caballero|caballeros|masculino|marido|esposo|novio|papa|padre|varon",
        "mujer|mujeres|dama|damas|senora|femenino|esposa|novia|mama|madre",
        "infantil|nino|nina|ninos|ninas|hijo|hija|peque|peques|bebe|nene|nena|chaval",
    ],
};
