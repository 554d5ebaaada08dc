"""The pages that no day needs from morning to evening, told one after the other as `office_day` tells the day."""

from tests.browser.guide.writer import Guide
from tests.browser.steps import PASSWORD

ADMINISTRATOR = "zoe.lambert@example.org"


def walk(guide: Guide) -> None:
    """As Marie, who coordinates; the last chapter as an administrator."""
    for chapter in (_orders, _telephone, _deliveries, _stock, _catalogue, _places, _counting, _reports):
        chapter(guide)
    guide.page.locator("form[action$='/logout'] button").click()
    guide.sign_in(ADMINISTRATOR, PASSWORD)
    _administration(guide)


def _orders(guide: Guide) -> None:
    guide.chapter("commandes", "Trouver et corriger une commande")
    guide.press("Commandes")
    guide.tell("""
        La case « Chercher une commande », sur toutes les pages, trouve une référence, un nom, une école, une rue, un
        lieu, un e-mail, un numéro de téléphone ou de suivi. La liste se filtre par état, par public, par province ;
        ce que vous cochez se traite ensemble.""")
    guide.page.goto("/office/ordering/?status=sent")
    guide.page.locator("main .rows a.reference").first.click()
    guide.tell("""
        La page d’une commande dit tout d’elle. Quelqu’un demande où est son colis ? « Plis et colis » dit quand il est
        parti, et mène à son suivi. « Courriels » les montre tels que la personne les a reçus, « Notes » sont pour les
        collègues, et « Historique » dit qui a fait quoi, et quand.""")
    guide.page.goto("/office/ordering/?status=ready")
    guide.page.locator("main .rows a.reference").first.click()
    guide.show(
        "commande", "Une commande : ses exemplaires, son adresse, et ce qu’on peut en faire", "body", tallest=560
    )
    guide.tell("""
        « Changer » corrige l’adresse, les exemplaires, le jour, la langue, comme la personne le ferait elle-même : sa
        place dans la file reste, et un seul courriel le lui dit. « Corriger l’e-mail et renvoyer » sert quand rien ne
        lui arrive.""")
    guide.page.goto("/office/ordering/pickups")
    guide.tell("""
        « Retraits au bureau » montre ce qu’on vient chercher. Quand les exemplaires sont partis avec la personne,
        pressez « Remise » ; le mode « Remettre » de la page « Scanner » fait la même chose.""")


def _telephone(guide: Guide) -> None:
    guide.chapter("telephone", "Une commande par téléphone ou sur papier")
    guide.press("Commandes")
    guide.press("Encoder une commande")
    guide.tell("""
        « Encoder une commande » commence par le code postal : il propose la localité. Qui a « déjà commandé » se
        retrouve par son nom, son école, sa rue, son téléphone ou son e-mail, et le formulaire se remplit.""")
    guide.tell("""
        Pas d’e-mail ? Laissez la case vide : « aucun courriel ne part, une ligne sur le bordereau le dit ». N’inventez
        pas d’adresse, et ne mettez pas celle du bureau : deux commandes sans rapport se ressembleraient. Demandez
        plutôt un numéro de téléphone, que montrent la page de la commande et la liste des retraits.""")
    guide.show("telephone", "Encoder une commande : l’adresse e-mail peut rester vide", "main", tallest=760)
    guide.tell("""
        « Noter la commande » pose les mêmes questions que le site (une rue inconnue, une commande qui ressemble à une
        autre), et dit ensuite la référence : dictez-la.""")


def _deliveries(guide: Guide) -> None:
    guide.chapter("livraisons", "Livraisons et inventaires")
    guide.page.goto("/office/stock/MAN26/receive")
    guide.tell("""
        Un carton arrive de l’imprimeur : sur la page « Aujourd’hui », sous le titre des livraisons, choisissez la
        publication et tapez les exemplaires, ou les paquets. « Les commandes qui attendent sont servies aussitôt, les
        plus anciennes d’abord ».""")
    guide.page.goto("/office/stock/counts")
    guide.tell("""
        « Un inventaire se fait à plusieurs » : chacun compte une étagère et tape ce qu’il trouve. « Rien ne change
        avant qu’une personne de la coordination l’approuve ».""")


def _stock(guide: Guide) -> None:
    guide.chapter("stock", "Le stock")
    guide.press("Stock")
    guide.tell("""
        Une ligne par publication : ce qui est en rayon, ce qui est réservé, ce qu’on attend. Chaque exemplaire a sa
        place, et aucun ne disparaît : ce qui bouge est un mouvement, avec sa raison et son auteur.""")
    guide.page.goto("/office/stock/MAN26/correct")
    guide.tell("""
        Abîmé, donné, retrouvé ? « Correction » demande pourquoi, et si les exemplaires sortent ou entrent : « Rien ne
        s’efface ».""")
    guide.page.goto("/office/stock/MAN26/print-runs")
    guide.tell("""
        Un « tirage noté ici est attendu jusqu’à ce qu’il arrive » ; son jour est annoncé aux personnes qui attendent,
        et la prévision en tient compte.""")


def _catalogue(guide: Guide) -> None:
    guide.chapter("catalogue", "Éditions, publications, publics, port")
    guide.press("Catalogue")
    guide.press("Marathon des lettres 2026")
    guide.tell("""
        Une édition a ses jours, ses publications et ses plafonds. « Au-dessus du premier nombre, une personne de la
        coordination décide » ; au-dessus du maximum, le formulaire dit combien sont encore possibles.""")
    guide.tell("""
        « Passer à l’année suivante » reprend tout d’une édition à l’autre, et montre d’abord ce que deviennent les
        commandes ouvertes et le stock.""")
    guide.page.goto("/office/catalogue/audiences")
    guide.tell(
        "« Publics » dit qui peut commander, dans quel ordre le formulaire les propose, et ce qu’il leur demande."
    )
    guide.page.goto("/office/catalogue/postage")
    guide.tell("""
        Sous « Emballages et tarifs de la poste », des nombres « décident si une commande part en lettre, gratuite, ou
        en colis ». Pesez un vrai exemplaire et tapez les vrais tarifs avant d’ouvrir : le port annoncé vient d’ici.""")


def _places(guide: Guide) -> None:
    guide.chapter("lieux", "Points de dépôt, événements, annuaire")
    guide.press("Points de dépôt")
    guide.tell("""
        « Les magasins et les maisons où l’on peut déposer ses lettres » : tout le monde les voit sur la carte. « Le
        bordereau et le courriel d’envoi nomment les trois plus proches ». Une liste s’importe aussi d’un fichier.""")
    guide.press("Événements")
    guide.tell("""
        Une soirée d’écriture, un stand au marché : « Tout le monde peut en proposer un », et « Rien n’est montré avant
        que vous ne l’ayez publié ». Corrigez ce qu’il faut, puis publiez, ou refusez en disant pourquoi.""")
    guide.press("Annuaire")
    guide.tell("""
        « Reprenez ici la liste officielle des écoles » une fois par an : on trouve alors la sienne en trois lettres, et
        le rapport des écoles sait laquelle n’a pas encore commandé.""")


def _counting(guide: Guide) -> None:
    guide.chapter("compter", "Compter les lettres, facturer le port")
    guide.page.goto("/office/letters/")
    guide.tell("""
        En janvier, les lettres reviennent. « Scannez ou tapez la référence imprimée sur le bordereau, comptez ce qu’il
        y a dans l’enveloppe, validez ». Une enveloppe sans bordereau se compte aussi.""")
    guide.page.goto("/office/ordering/postage")
    guide.tell("""
        « Port à facturer » : on ne facture que « ce qui est vraiment parti en colis, et jamais plus que le montant
        accepté ». Cochez ce qui est facturé ; le fichier est pour la comptabilité.""")


def _reports(guide: Guide) -> None:
    guide.chapter("rapports", "Rapports, écoles, nouvelles")
    guide.press("Rapports")
    guide.tell("""
        Commandes et exemplaires, par jour, semaine, public, province, code postal ou publication, à lire ici ou en
        « XLSX ». « Écoles atteintes » compare avec l’annuaire : la liste de celles qui n’ont pas encore commandé sert
        aux relances.""")
    guide.page.goto("/office/ordering/news")
    guide.tell("""
        « Nouvelles par e-mail » : seulement les adresses de ceux qui l’ont demandé, avec la preuve de leur accord.""")


def _administration(guide: Guide) -> None:
    guide.chapter("administration", "Comptes, courriels, journal, données, réglages")
    guide.page.goto("/office/staff/add")
    guide.tell("""
        « Ouvrir un compte » invite par e-mail : « La personne reçoit un lien par e-mail et choisit elle-même son mot de
        passe ». Le compte d’une personne bénévole ne va que jusqu’au soir, si vous ne dites rien d’autre.""")
    guide.show("compte", "Les quatre rôles, et ce que chacun ouvre", ".desk-form", tallest=620)
    guide.press("Courriels")
    guide.tell("""
        « Courriels » montre ceux qui n’ont pas pu partir, et pourquoi, en mots ; ce que le serveur a répondu est à
        côté. Le plus souvent, une adresse est mal tapée : corrigez-la sur la commande, et le courriel repart.""")
    guide.press("Journal")
    guide.tell("""
        « Qui a fait quoi, quand et par quelle porte ». On y cherche une commande, une publication, un compte ; rien ne
        s’y efface.""")
    guide.press("Données")
    guide.tell("""
        « Une personne demande ses données » : retrouvez-la par son e-mail, son nom ou une référence, puis donnez-lui
        tout, corrigez, limitez ou effacez. Le reste s’efface seul, quelques mois après l’édition.""")
    guide.press("Réglages")
    guide.tell("""
        « Qui envoie » : le nom, les adresses et l’aspect des pages, des e-mails, des étiquettes et des bordereaux, dans
        chaque langue. Des aperçus montrent ce que cela donne avant d’enregistrer.""")
