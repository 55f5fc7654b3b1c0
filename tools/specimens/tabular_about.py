"""What each data set is, what was left out of it and why, and what to beware of."""

from __future__ import annotations

from tools.finding import Text

ABOUT = {
    "compas": Text(
        en="7,214 people who were scored with COMPAS in Broward County, Florida, in 2013 and 2014, and whether they were "
        "charged again within two years, as ProPublica gathered it from public records (Angwin et al. 2016). Only the 17 "
        "columns that the published analyses use are kept. Names, birth dates, case numbers, days of arrest and the "
        "wording of charges are thrown away when the file is fetched: no measurement needs them, and these are real "
        "people. The outcome is a new charge, not a new crime. Of the people screened after "
        "April 2014, the file keeps those who were charged again and drops the others, which raises the base rate (Barenstein 2019).",
        fr="7 214 personnes notées par COMPAS dans le comté de Broward, en Floride, en 2013 et 2014, et l’indication d’une "
        "nouvelle inculpation dans les deux ans, telles que ProPublica les a réunies à partir d’archives publiques (Angwin "
        "et al. 2016). Seules les 17 colonnes que les analyses publiées emploient sont gardées. Noms, dates de naissance, "
        "numéros d’affaire, jours d’arrestation et libellés des faits sont jetés dès la récupération du fichier : aucune "
        "mesure n’en a besoin, et ce sont de vraies personnes. Le résultat est une nouvelle inculpation, non un nouveau "
        "délit. Parmi les personnes évaluées après avril 2014, le fichier garde celles qui ont été inculpées à nouveau et "
        "écarte les autres, ce qui relève le taux de base (Barenstein 2019).",
    ),
    "compas-violent": Text(
        en="The 4,743 people of ProPublica’s analysis of the COMPAS score for violence: people charged again within two "
        "years with something that was not violent are left out. Five of them have no general score and are missing from the packaged "
        "file; their rows, without age in years, stand in the program. The outcome is a charge for a violent offence.",
        fr="Les 4 743 personnes de l’analyse que ProPublica a faite du score COMPAS de violence : celles qui ont été "
        "inculpées à nouveau dans les deux ans pour des faits non violents en sont exclues. Cinq d’entre elles n’ont pas de "
        "score général et manquent dans le fichier empaqueté ; leurs lignes, sans l’âge en années, sont dans le "
        "programme. Le résultat est une inculpation pour des faits violents.",
    ),
    "adult": Text(
        en="48,842 people of the census of the United States in 1994, and whether they earned more than 50,000 dollars a year "
        "(Kohavi 1996). The survey’s weight (fnlwgt) is left out. Work class, occupation and country of birth have gaps. "
        "The threshold is high for its time, and higher for women than for men in rank, so that part of what is measured "
        "depends on where it was drawn (Ding et al. 2021).",
        fr="48 842 personnes du recensement des États-Unis de 1994, et l’indication d’un revenu de plus de 50 000 dollars par "
        "an (Kohavi 1996). Le poids de sondage (fnlwgt) est laissé de côté. Statut d’emploi, profession et pays de "
        "naissance ont des lacunes. Le seuil est haut pour l’époque, et de rang plus haut pour les femmes que pour les "
        "hommes : une part de ce qu’on mesure tient à l’endroit où il a été placé (Ding et al. 2021).",
    ),
    "german": Text(
        en="1,000 loans of a bank in the south of Germany, 1973 to 1975, paid back (good) or not (bad); bad loans were "
        "oversampled to 30 % (Hofmann 1994). The column of sex follows the description that is usually printed with the "
        "data. Grömping (2019) showed that this description is wrong: the same code covers unmarried men and most women, "
        "so that sex cannot be read from it. Age can. Results by sex on this set show what a wrong code book does, nothing more.",
        fr="1 000 prêts d’une banque du sud de l’Allemagne, de 1973 à 1975, remboursés (good) ou non (bad) ; les mauvais prêts "
        "ont été suréchantillonnés à 30 % (Hofmann 1994). La colonne du sexe suit la description habituellement imprimée "
        "avec les données. Grömping (2019) a montré qu’elle est fausse : le même code réunit des hommes célibataires et la "
        "plupart des femmes, si bien que le sexe ne s’y lit pas. L’âge, si. Des résultats par sexe sur ce jeu montrent ce que "
        "fait un dictionnaire de codes erroné, rien de plus.",
    ),
    "fico": Text(
        en="174,047 people of the United States with a TransRisk credit score, whether they repaid (no debt left unpaid for 90 "
        "days in the 18 to 24 months that followed), and their race as the Social Security office recorded it (Federal Reserve 2007; Hardt et al. 2016). "
        "Published are percentages by score and race, not people: each row is rebuilt from them, so that every count is "
        "right to about one person and no real person stands in a row. Scores run from 0 to 100 as ranks, not as points.",
        fr="174 047 personnes des États-Unis avec un score de crédit TransRisk, l’indication d’un remboursement (aucune dette "
        "impayée pendant 90 jours dans les 18 à 24 mois suivants) et leur race telle que l’administration de la sécurité sociale l’a enregistrée "
        "(Réserve fédérale 2007 ; Hardt et al. 2016). On a publié des pourcentages par score et par race, non des "
        "personnes : chaque ligne est reconstruite à partir d’eux, chaque effectif est donc juste à une personne près "
        "environ et aucune ligne n’est une vraie personne. Le score va de 0 à 100 : c’est un rang, non des points.",
    ),
    "digits": Text(
        en="1,797 digits written by hand, 8 × 8 pixels with 17 shades each (Alpaydin and Kaynak 1998). MNIST, often shown in "
        "courses, has 28 × 28 pixels: here everything is smaller and quicker, and the lessons are the same.",
        fr="1 797 chiffres écrits à la main, de 8 × 8 pixels à 17 nuances (Alpaydin et Kaynak 1998). MNIST, souvent montré en "
        "cours, a 28 × 28 pixels : ici tout est plus petit et plus rapide, et les leçons sont les mêmes.",
    ),
    "bikes": Text(
        en="17,379 hours of bicycle hire in Washington in 2011 and 2012, with the weather (Fanaee-T and Gama 2014). ‘count’ "
        "is the sum of ‘casual’ and ‘registered’: whoever predicts it from these two has read the answer. 165 hours "
        "are not in the file, and 1,258 have no weather. The names of the seasons are those of the file; its ‘spring’ begins in January.",
        fr="17 379 heures de location de vélos à Washington en 2011 et 2012, avec le temps qu’il faisait (Fanaee-T et Gama "
        "2014). « count » est la somme de « casual » et de « registered » : qui le prédit à partir des deux a lu la "
        "réponse. 165 heures manquent, et 1 258 n’ont pas de météo. Les noms des saisons sont ceux du fichier ; son printemps (« spring ») "
        "commence en janvier.",
    ),
    "credit-like": Text(
        en="614 loan requests that nobody made: a generated look-alike of the loan table used in courses, whose origin and "
        "licence are not clear. It has the same columns, the same gaps (149 values in 134 rows, at random) and about the "
        "same shares. Recipe: incomes are log-normal (median 3,800; graduates 30 % more); men are married more often (72 % "
        "against 38 %) and ask for larger loans; the decision depends on the credit history (84 % clean), on the loan as a "
        "share of the income, on the area and on marriage. Gender has no effect of its own; it acts through marriage.",
        fr="614 demandes de prêt que personne n’a faites : un sosie engendré du tableau de prêts employé en cours, dont "
        "l’origine et la licence ne sont pas claires. Mêmes colonnes, mêmes lacunes (149 valeurs dans 134 lignes, au "
        "hasard), à peu près les mêmes parts. Recette : revenus log-normaux (médiane 3 800 ; 30 % de plus pour les "
        "diplômés) ; les hommes sont plus souvent mariés (72 % contre 38 %) et demandent davantage ; la décision dépend des "
        "antécédents de crédit (84 % sans incident), du prêt rapporté au revenu, du quartier et du mariage. Le genre n’a pas "
        "d’effet propre ; il agit à travers le mariage.",
    ),
    "churn-like": Text(
        en="7,043 customers of a telephone company that does not exist: a generated look-alike of the churn table used in "
        "courses, which is passed on under licences that contradict each other. Same columns, without the customer number. "
        "Recipe: long contracts go with long tenure; the monthly charge is the sum of the prices of the services (with a "
        "little noise); the total is tenure × monthly charge with 5 % noise, missing in the first month; leaving depends on "
        "contract, tenure, fibre, electronic cheque, paperless bills and age, and is set to about 26.5 %. Gender has no effect.",
        fr="7 043 clients d’un opérateur de téléphone qui n’existe pas : un sosie engendré du tableau de résiliations employé "
        "en cours, qui circule sous des licences contradictoires. Mêmes colonnes, sans le numéro de client. Recette : les "
        "contrats longs vont avec une longue ancienneté ; le prix mensuel est la somme des prix des services (avec un peu de "
        "bruit) ; le total est l’ancienneté × le prix mensuel à 5 % près, absent le premier mois ; le départ dépend du "
        "contrat, de l’ancienneté, de la fibre, du chèque électronique, de la facture dématérialisée et de l’âge, et il est "
        "réglé à environ 26,5 %. Le genre n’a pas d’effet.",
    ),
    "bikes-like": Text(
        en="17,544 hours of bicycle hire in a city that does not exist, over two years: a generated look-alike. Recipe: "
        "temperature follows year and day, with weather that lasts; registered riders peak at 8 and 17 on working days, "
        "casual riders on the afternoons of free days; warmth helps, rain hurts, the second year has half as many riders "
        "again; counts are Poisson around a rate that wavers. ‘count’ is the sum of ‘casual’ and ‘registered’.",
        fr="17 544 heures de location de vélos, sur deux ans, dans une ville qui n’existe pas : un sosie engendré. Recette : "
        "la température suit l’année et le jour, le temps qu’il fait dure ; les abonnés roulent surtout à 8 h et 17 h les "
        "jours ouvrés, les passants l’après-midi des jours libres ; la chaleur aide, la pluie nuit, la seconde année a "
        "moitié plus de cyclistes ; les effectifs sont de Poisson autour d’un taux qui oscille. « count » est la somme de "
        "« casual » et de « registered ».",
    ),
}
