"""What made-up orderers are called, by language. No list of real people: common names, drawn together at random."""

from collections.abc import Mapping, Sequence

FIRST_NAMES: Mapping[str, Sequence[str]] = {
    "fr": (
        *("Marie", "Nathalie", "Isabelle", "Catherine", "Françoise", "Sophie", "Céline", "Aurélie", "Émilie", "Julie"),
        *("Amandine", "Charlotte", "Zoé", "Manon", "Inès", "Fatima", "Yasmina", "Nour", "Awa", "Maryam"),
        *("Jean", "Philippe", "Luc", "Benoît", "Thierry", "François", "Olivier", "Grégory", "Nicolas", "Loïc"),
        *("Maxime", "Théo", "Hugo", "Mohamed", "Karim", "Youssef", "Amadou", "Jean-Baptiste", "Anne-Sophie", "Şebnem"),
    ),
    "nl": (
        *("Els", "An", "Katrien", "Griet", "Lies", "Hilde", "Sofie", "Annelies", "Marijke", "Emma"),
        *("Jan", "Pieter", "Bart", "Wim", "Koen", "Tom", "Jeroen", "Bram", "Mehmet", "Lotte"),
    ),
    "de": (
        *("Ingrid", "Heike", "Sabine", "Petra", "Anja", "Lea", "Klaus", "Jürgen", "Werner", "Björn"),
        *("Michael", "Stefan"),
    ),
    "en": ("Emily", "Grace", "Aoife", "Priya", "Chloe", "Oliver", "James", "Łukasz", "Daniel", "Nguyễn"),
}

LAST_NAMES: Mapping[str, Sequence[str]] = {
    "fr": (
        *("Dupont", "Lambert", "Dubois", "Martin", "Simon", "Laurent", "Leclercq", "Lejeune", "Renard", "Gérard"),
        *("Denis", "Lemaire", "Lefèvre", "Mathieu", "Collignon", "Hubert", "Noël", "François", "Delvaux", "Marchal"),
        *("Poncelet", "Henrotte", "Wauters", "Peeters", "Janssens", "Vandenberghe", "Diallo", "El Amrani", "Benali"),
        *("Yılmaz", "Kabongo", "Mukendi", "Rossi", "D’Hondt", "de Brouwer", "Bodart", "Thiry", "Gilson", "Piette"),
    ),
    "nl": (
        *("Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems", "Claes", "Goossens", "Wouters", "De Smet"),
        *("Vermeulen", "Van den Bossche", "De Clercq", "Verhoeven", "Öztürk", "Vandenbroucke"),
    ),
    "de": ("Müller", "Schmitz", "Heinen", "Keller", "Jost", "Küpper", "Reuter", "Pauels", "Brüll", "Hilgers"),
    "en": ("Walsh", "Taylor", "Murphy", "Novák", "Okafor", "Singh", "Brown", "O’Connor", "Kowalska", "Evans"),
}

STREETS: Mapping[str, Sequence[str]] = {
    "fr": (
        *("Rue de la Station", "Rue de l’Église", "Rue Haute", "Rue du Moulin", "Rue des Écoles", "Grand-Rue"),
        *("Rue de la Gare", "Place Communale", "Avenue des Tilleuls", "Rue Saint-Joseph", "Chaussée de Namur"),
        *("Rue du Centre", "Rue des Prés", "Avenue Reine Astrid", "Rue de la Fontaine", "Clos des Cerisiers"),
        *("Rue du Tige", "Chemin des Dames", "Rue de Bruxelles", "Avenue de la Liberté", "Rue Albert Ier"),
        *("Rue de la Chapelle", "Rue du Village", "Boulevard Tirou", "Quai de Rome", "Rue des Combattants"),
    ),
    "nl": (
        *("Stationsstraat", "Kerkstraat", "Molenstraat", "Dorpsstraat", "Schoolstraat", "Nieuwstraat", "Veldstraat"),
        *("Brugsesteenweg", "Lindelaan", "Kapelstraat", "Groenstraat", "Kasteellaan", "Beukenlaan", "Hoogstraat"),
    ),
    "de": ("Hauptstraße", "Kirchstraße", "Bahnhofstraße", "Schulstraße", "Aachener Straße", "Am Bach", "Neustraße"),
    "en": ("Avenue Louise", "Rue du Trône", "Avenue de Tervueren", "Rue Belliard", "Chaussée de Wavre"),
}

SAINTS = (
    *("Saint-Joseph", "Sainte-Marie", "Saint-Martin", "Notre-Dame", "Saint-Michel", "Sainte-Thérèse", "Saint-Louis"),
    *("Saint-Remacle", "Saint-Hubert", "Sainte-Walburge", "Saint-Boniface", "Sacré-Cœur", "Saint-Pierre"),
)

ORGANISATIONS: Mapping[str, Sequence[str]] = {
    "school": (
        *("École communale de {town}", "École libre {saint}", "Institut {saint}", "Collège {saint}"),
        *("Athénée royal de {town}", "École fondamentale {saint}", "École primaire {saint}", "Lycée de {town}"),
        "Institut technique de {town}",
    ),
    "group": ("Groupe {number} {town}", "Groupe école {town}", "Groupe local {number}"),
    "organiser": ("Café citoyen de {town}", "Comité de quartier {street}", "Coopérative de {town}", ""),
    "association": (
        *("Maison des jeunes de {town}", "Centre culturel de {town}", "Unité scoute {saint}", "Patro {saint}"),
        *("ASBL Les Tilleuls de {town}", "Maison de la laïcité de {town}", "Paroisse {saint}"),
    ),
    "library": ("Bibliothèque de {town}", "Bibliothèque communale de {town}", "Médiathèque de {town}"),
    "other": ("", "Maison médicale de {town}", "Librairie {saint}"),
}

DEPARTMENTS = ("Salle des profs", "Secrétariat", "Service social", "Accueil", "Direction")
BUILDINGS = ("Bâtiment A", "Bâtiment C, 2e étage", "Aile nord", "Rez-de-chaussée")

MESSAGES = (
    "Merci pour votre travail !",
    "Pour mes élèves de cinquième.",
    "Si possible avant la fin du mois.",
    "Nous écrirons en famille, le 10 décembre.",
    "Livrez à l’accueil, s’il vous plaît.",
)
REPEAT_REASONS = ("Une deuxième classe participe.", "Nous serons plus nombreux que prévu.", "Pour nos voisins.")
REFUSALS = (
    "Il ne nous en reste plus assez pour un si grand nombre. Le manuel se lit aussi en ligne.",
    "Vous avez déjà reçu vos exemplaires de cette édition.",
)
NEWS = "Je souhaite recevoir des nouvelles par courriel."
