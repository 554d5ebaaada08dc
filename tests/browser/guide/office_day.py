"""A day at the office, walked and told: what each page is for, in the words that stand on it.

Quotations («…») are what a page says at that moment; `Guide` looks for each of them.
"""

import csv
import tempfile
from pathlib import Path

from flask import Flask

from tests import DATA
from tests.browser.guide import office_pages
from tests.browser.guide.starting_state import fill
from tests.browser.guide.writer import Guide
from tests.browser.steps import EMAIL, PASSWORD

ORDERS = DATA / "orders-400.csv"
LEFT_ON_THE_TABLE = 28  # the parcel that nobody packs


def walk(app: Flask, guide: Guide) -> None:
    """From the file of the morning to the parcel that comes back."""
    with app.app_context():
        fill()
    _sign_in(guide)
    for chapter in (_morning, _decide, _prepare, _print, _jam, _pack, _close, _follow, _return, _evening):
        chapter(guide)
    office_pages.walk(guide)


def _sign_in(guide: Guide) -> None:
    guide.chapter("premiers-pas", "Premiers pas")
    guide.page.goto("/office/")
    guide.tell("""
        Ce guide suit une journée de l’équipe, du fichier du matin au pli qui revient. Ses images viennent de
        l’application elle-même, avec des commandes inventées ; les mots entre guillemets sont ceux que vous lirez
        à l’écran.""")
    guide.tell("""
        Ouvrez `/office/`, tapez votre adresse e-mail et votre mot de passe, puis « Se connecter ». Vous ne voyez que
        ce que votre rôle vous permet ; ici, Marie coordonne.""")
    guide.sign_in(EMAIL, PASSWORD)


def _morning(guide: Guide) -> None:
    guide.chapter("importer", "Le matin : importer les commandes")
    guide.tell("""
        La page « Aujourd’hui » dit ce qu’il y a à faire : ce qui est à décider, prêt, en attente. Quand il n’y a rien,
        elle le dit aussi : « Rien à emballer pour le moment ».""")
    guide.press("Commandes")
    guide.tell("""
        Les commandes du site arrivent toutes seules. Pour celles d’un fichier, ouvrez « Commandes », puis
        « Importer un fichier ».""")
    guide.press("Importer un fichier")
    guide.page.set_input_files("#file", ORDERS)
    guide.tell("""
        Choisissez-le et pressez « Vérifier le fichier ». « Rien n’est importé avant que vous ne l’ayez confirmé » :
        s’il y a une faute, Pli dit à quelle ligne, et rien n’entre à moitié.""")
    guide.press("Vérifier le fichier")
    guide.tell("Tout est bon ? « Importer 400 commandes ».")
    guide.show("importer", "Le fichier est lu : 400 commandes à importer, et un bouton pour confirmer", ".next")
    guide.press("Importer 400 commandes", saves=True)


def _decide(guide: Guide) -> None:
    guide.chapter("decider", "Décider")
    guide.press("Aujourd’hui")
    guide.tell("""
        Une commande qui demande beaucoup d’exemplaires, ou qui ressemble à une autre, attend une personne : sur la
        page « Aujourd’hui », suivez « à décider ».""")
    guide.show("aujourdhui", "La page Aujourd’hui : une chose à faire, et les nombres du jour", "body", tallest=520)
    guide.press("à décider")
    guide.page.locator("main .rows a.reference").first.click()
    guide.tell("""
        La page dit pourquoi elle attend : « Elle dépasse ce qu’une commande de ce public reçoit d’office ». Changez
        les nombres si vous voulez en donner moins, puis « Accepter ces exemplaires ». Pour « Refuser cette commande »,
        écrivez pourquoi : la personne reçoit vos mots tels quels.""")
    guide.show(
        "decider", "Une commande à décider : pourquoi elle attend, et combien d’exemplaires lui donner", ".decision"
    )
    guide.press("Accepter ces exemplaires", saves=True)
    guide.press("Commandes")
    guide.press("à décider")
    guide.tell("""
        Les autres vont bien ? « Agir sur tout ce qui correspond » les accepte ensemble ; Pli redit combien elles sont
        avant de le faire.""")
    guide.press("Agir sur tout ce qui correspond")
    guide.press("Accepter les")
    guide.press("Oui, accepter", saves=True)


def _prepare(guide: Guide) -> None:
    guide.chapter("preparer", "Préparer un envoi")
    guide.press("Envois")
    guide.fill("Combien, au plus, dans cet envoi ?", "30")
    guide.tell("""
        Ouvrez « Envois » et dites combien de commandes tiennent sur la table. Celles qui sont attendues pour une date
        passent d’abord. Puis « Préparer un envoi » : chaque commande y devient un ou plusieurs plis, numérotés dans
        l’ordre où vous les emballerez.""")
    guide.show("preparer", "Les commandes prêtes, et combien en prendre dans cet envoi", ".next")
    guide.press("Préparer un envoi")
    guide.tell("""
        Un envoi se fait en quatre étapes, toujours visibles en haut : « Prendre », « Imprimer », « Emballer »,
        « Poster ». La première dit ce qu’il faut « prendre au rayon ». C’est fait ? « C’est pris : imprimer ».""")
    guide.show("envoi", "Un envoi et ses quatre étapes : d’abord ce qu’il faut prendre au rayon", "body", tallest=640)
    guide.tell("""
        Le même numéro se lit partout : à l’écran, sur la liste de ce qu’il faut prendre, sur le bordereau et sur
        l’étiquette.""")


def _print(guide: Guide) -> None:
    guide.chapter("imprimer", "Imprimer, à partir de l’étiquette 6")
    guide.press("C’est pris : imprimer")
    guide.tell("""
        Chaque pile dit combien de feuilles ou de planches mettre « dans le bac ». Imprimée, elle le dit à son bouton,
        avec l’heure et le nom.""")
    guide.tell("""
        Hier, cinq étiquettes ont servi. Pli s’en souvient : « Il reste 9 étiquettes sur la planche entamée, à partir
        de la 6e ». Remettez cette planche dans l’imprimante ; si vous en prenez une autre, cliquez sur sa « Première
        étiquette libre ». Puis « Imprimer les étiquettes ».""")
    guide.show("planche", "La planche entamée : l’étiquette 6 est la première libre", "#etiquettes")
    guide.press("Imprimer les étiquettes")
    guide.tell("""
        « Ouvrir le PDF et l’imprimer » : à 100 %, sans ajuster à la page. Les bordereaux s’impriment de la même
        manière, depuis la page de l’envoi.""")
    guide.show_paper("etiquettes", "La première planche : les cinq premières places restent blanches", "Ouvrir le PDF")


def _jam(guide: Guide) -> None:
    guide.section("Bourrage à l’étiquette 27")
    guide.fill("Non, bourrage à l’étiquette", "27")
    guide.tell("""
        Pli demande « Tout est sorti de l’imprimante ? » Répondez « Oui, tout est sorti », et la planche suivante est
        retenue. Sinon, tapez le premier numéro mal sorti (le petit chiffre du coin), puis « Noter le bourrage ».""")
    guide.show("bourrage", "Deux réponses : tout est sorti, ou bourrage à l’étiquette 27", ".asks")
    guide.press("Noter le bourrage")
    guide.tell("""
        « Rien ne part tout seul vers l’imprimante. » Dites où commence la nouvelle planche, et pressez « Imprimer de
        nouveau, du n° 27 ».""")
    guide.press("Imprimer de nouveau, du n° 27")
    guide.tell("""
        Chaque étiquette imprimée une deuxième fois porte la mention « réimpression » : jetez celles qui sont
        abîmées.""")
    guide.show_paper("reimpression", "La suite, du numéro 27, marquée comme réimpression", "Ouvrir le PDF")
    guide.press("Oui, tout est sorti")


def _pack(guide: Guide) -> None:
    guide.chapter("emballer", "Emballer en scannant")
    guide.press("Imprimer les bordereaux")
    guide.press("Oui, tout est sorti")
    guide.page.goto("/office/shipping/2?step=pack")
    guide.tell("""
        Faites trois piles dans l’ordre des numéros : bordereaux, étiquettes, enveloppes. L’étape « Emballer » montre un
        pli après l’autre ; « Emballé, suivant » passe au prochain, et « Annuler » défait la dernière marque.""")
    guide.tell("""
        Plus vite encore : à chaque pli fini, scannez son bordereau sur la page « Scanner » ; un
        lecteur de codes-barres, le clavier ou l’appareil photo d’un téléphone font l’affaire.""")
    references = _references_of_the_dispatch(guide)
    guide.press("Scanner")
    _scan(guide, references[0])
    _scan_without_looking(guide, references[1 : LEFT_ON_THE_TABLE - 1] + references[LEFT_ON_THE_TABLE:-1])
    _scan(guide, references[-1])
    guide.tell("""
        Un grand mot et un son disent ce qui vient d’être fait : « Emballé », et où vous en êtes : « 29 emballés
        sur 30 ».""")
    guide.show("scanner", "Sur un téléphone : Emballé, le numéro du pli, ce qu’il contient", phone=True)
    _scan(guide, references[-1])
    guide.tell("""
        Le même bordereau une deuxième fois ? « Déjà emballé » : rien n’est compté deux fois. Un ancien bordereau, une
        lettre mal lue ou une adresse changée depuis l’impression ont chacun leur mot et leur son.""")


def _references_of_the_dispatch(guide: Guide) -> list[str]:
    """Of each parcel, in their order."""
    guide.page.goto("/office/shipping/2?step=pack")
    return guide.page.locator(".parcel-who .reference").all_text_contents()


def _scan(guide: Guide, reference: str) -> None:
    """As a scanner types it, once the page listens."""
    guide.page.locator("[data-scan-sound]").wait_for()
    guide.page.keyboard.type(reference)
    guide.page.keyboard.press("Enter")


def _scan_without_looking(guide: Guide, references: list[str]) -> None:
    """As the page does it, without drawing the page after each of them."""
    token = guide.page.locator("[name=csrf_token]").first.input_value()
    for reference in references:
        answer = guide.page.request.post("/office/shipping/scan", form={"csrf_token": token, "reference": reference})
        assert answer.ok, reference


def _close(guide: Guide) -> None:
    guide.chapter("cloturer", "Poster et clôturer")
    guide.press("Envoi 2")
    guide.page.locator(".stages a").filter(has_text="Poster").click()
    guide.fill("Lettres au guichet", "27")
    guide.fill("Colis au guichet", "2")
    guide.tell("""
        Avant d’aller à la poste, imprimez la « feuille pour le guichet » : combien de lettres et de colis, et pour
        combien. Au retour, notez ce que le guichet a compté ; si ce n’est pas ce que Pli compte, il le demande. Le pli
        28 est resté sur la table : « Pas encore emballé : le pli 28 ». Puis « Poster les 29 plis emballés » : leurs
        exemplaires sortent du stock, et chaque personne reçoit un courriel.""")
    guide.show(
        "cloturer", "Ce que le guichet a compté, et le bouton pour poster les 29 plis", "[aria-labelledby=terminer]"
    )
    guide.press("Poster les 29 plis emballés", saves=True)
    guide.tell("""
        « 29 plis postés ». Un pli n’était pas parti, finalement ? « Posté par erreur » le rend prêt de nouveau, et la
        personne est prévenue.""")


def _follow(guide: Guide) -> None:
    guide.chapter("suivi", "Numéros de suivi")
    guide.tell("""
        Pour les colis, donnez au transporteur le « Fichier pour bpost (CSV) ». Il en rend un autre, avec les numéros de
        suivi : ouvrez « Numéros de suivi » et choisissez-le.""")
    with tempfile.TemporaryDirectory() as folder:
        given_back = _carrier_answers(guide, Path(folder))
        guide.press("Numéros de suivi")
        guide.page.set_input_files("#file", given_back)
        guide.press("Lire ce fichier")
    guide.tell("""
        Pli devine les colonnes et vous montre chaque numéro à côté de sa commande ; une ligne fausse, et rien n’est
        noté. C’est juste ? « Noter les 2 numéros » : les deux personnes reçoivent le leur par e-mail.""")
    guide.show("suivi", "Les deux numéros de suivi, à côté de leur commande, avant d’être notés", tallest=462)
    guide.press("Noter les 2 numéros", saves=True)


def _carrier_answers(guide: Guide, folder: Path) -> Path:
    """The carrier's file for the boxes of the open page, as the carrier gives it back: each with a number."""
    with guide.page.expect_download() as download:
        guide.press("Fichier pour bpost (CSV)")
    with download.value.path().open(encoding="utf-8-sig", newline="") as boxes:
        references = [row["Customer Reference"] for row in csv.DictReader(boxes, delimiter=";")]
    answer = folder / "bpost.csv"
    numbered = enumerate(references, start=1)
    answer.write_text("Customer Reference;Barcode\n" + "".join(f"{each};3232{n:020}\n" for n, each in numbered))
    return answer


def _return(guide: Guide) -> None:
    guide.chapter("retour", "Un pli revient")
    guide.press("Envois")
    guide.press("Envoi 1")
    reference = guide.page.locator(".parcel-who .reference").first.text_content() or ""
    guide.press("Scanner")
    guide.press("Retour")
    guide.press("inconnu à l’adresse")
    guide.tell("""
        La poste rend un pli d’hier. Sur « Scanner », choisissez « Retour », dites pourquoi (« inconnu à l’adresse »)
        et si les exemplaires vont encore « en rayon », puis scannez le bordereau.""")
    guide.page.locator("#reference").focus()
    _scan(guide, reference)
    guide.tell("« Retour noté » : les exemplaires sont de nouveau en stock.")
    guide.show("retour", "Retour noté : la raison, le pli, la commande")
    guide.press(reference)
    guide.tell("""
        La commande est « revenue » ; la personne reçoit un courriel qui lui demande de corriger son adresse. Dès que
        c’est fait, sa commande repart dans un prochain envoi.""")


def _evening(guide: Guide) -> None:
    guide.section("Le soir")
    guide.press("Aujourd’hui")
    guide.tell("""
        La page « Aujourd’hui » dit ce qui reste pour demain. Rien d’autre à ranger : chaque exemplaire et chaque
        courriel de la journée est dans Pli, une fois.""")
