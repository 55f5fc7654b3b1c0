"""Pairs of opposite words, English and French together: beginnings of folded words, "=" before a whole word.

One line a pair: what says one side | what says the other. "!" before a line: the pair counts only when
what stands beside it is the same too ("before the war" against "after the war").
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_PAIRS = """
increas =rise =rises =rose =risen rising =grow =grows =grew grown growing =gain climb augment hauss progress =croit =croitre accru grimp =monter =monte =montee remont doubl tripl relev | decreas =fall =falls =fell fallen falling declin drop dropp lower reduc shrink shrank =diminu diminu baiss recul chut redui =tombee =tombees =tombe =tombes halv
accept agree =passed agreed =approve approved approves =adopt adopted | refus reject declin =declined =decline turned-down denied repouss rejet =decline
allow permit permet permis authoris authoriz autoris admis =admettre | =annule annulled forbid forbad forbidden ban =ban =bans banned prohibit interdi exempt exclud exclu
guilty convict condamn coupable liable | acquit innocent relax acquitt blanchi =cleared
admit admitted admits reconnai reconnu avou | deny denies denied =deny =nie =nient nier dement
support favour favor soutien souten =approuve approuv | oppos against contest desapprouv
apolog excus =sorry regret | unapolog
confirm corrobor | contradict =opposite contredit infirm dement
uphold upheld confirm | overturn overrul annul quash revers infirm cass
=open =opens opened opening reopen ouvert ouvr =rouvert rouvr | clos shut ferm
=win =wins =won =beat =beats beaten defeat =gagne gagn remport battu | =lose =loses =lost perd dismiss debout
profit profitable benefic rentab | =loses =lose =losing =lost =perd =perdent =perdu =loss =losses deficit =deficits
success succeed succes reussi | fail echou echec
safe =surs sans-danger | unsafe danger hazard
=true =vrai =vraie exact correct | false wrong =faux fausse incorrect inexact erron
=legal lawful =legale licit | illegal unlawful illicit
=include =includes included inclu | exclud exclu omit
=begin =began begun =start started starts commenc debut =lance lanc launch | =end =ended =ends finish cess termin =acheve achev =stopped =stop
=born naiss =ne =nee | =died =die =dies =mort =morte =mourut decede deces
=hire =hired recrut embauch | dismiss =fired licenci =renvoye
=public | =private =prive =privee secret
=free gratuit | payant =pay =paid-for
compuls mandator oblig | option volunt facultat
=strong stronger strongest =fort =forte renforc strengthen | weak faibl affaibli weaken
=high =higher highest =eleve elevee elevees | =low =lower lowest =bas =basse =basses
=large larger largest =big bigger biggest =grand grande plus-grand | =small smaller smallest =petit =petite =petits
=fast faster fastest quick rapid | slow lent
!=early earlier =tot | =late later =tard tardi
exceed surpass depass superie outnumb | inferie
=long =longer longest =longs =longue rallong lengthen | =short =shorter shortest =court =courte raccour shorten
=best better meilleur ameliore amelior improv | worse =worst =pire empir aggrav deteriora worsen
surviv survec =survit =survie | perish =perir =peri =perit =peris =perirent =deces =died =die =dies =mort =morts =mourut mouru =morte kill =tue =tuee =tues =tuees =tua =tuerent =death =deaths =killed
=married marri marry =mariee mariage epous | unmarried single celibat
=hot warm warmer chaud rechauff | cold cooler froid refroid
=rich wealth rich | =poor pauvre poverty
majorit =most =plupart | minorit
=heavy heavier lourd | light lighter leger
expens =cher =chere =cheres costly couteu | cheap bon-marche
expand extend etend etendu elarg | restrict limit restrei
appoint nomm elect elu | resign demission
prais salu felicit applaud welcom =loue =louent vante | critici critiqu blam reproch attack attaqu condemn denounc denonc
attend =present =presente =presents assist | absent
correct corrig =fixed repair repar | =broke brok damag endommag
=allied ally | enem ennemi
=above =dessus | =below =dessous
=north northern =nord | south southern =sud
=east eastern | =west western =ouest
=arrive arriv | =leave =left =part parti partir quitt
=maximum =maximal | minimum minimal
=everyone =everybody =all =tous =toutes =chaque | =nobody =none
keep =kept keeps =stay =stays =stayed staying remain retain maintain preserv continu conserv =garde =gardent =gardee =gardes garda =gardait mainten maintien maintin =reste =restent =resta =restait =restee demeur poursuivi | replac remov withdr abandon =drop =drops =dropped supprim suppress retir =remplace remplac abolish eliminat delet efface effac dispar disappear vanish scrap discard leave =leaves =left quit resign demission
activat enabl stimul trigger =active =activent =actives declench | block inhibit deactivat disabl bloqu inhib desactiv prevent empech
publish publi reveal disclos announc publie revel divulgu devoil =avertir avert =told =tell =tells inform =dit =dirent annonc | secret conceal =hid =hide =hides hidden hiding cach dissimul confident =tait =taire =silence silent
encourag support stimul incit favoris help aid facilit | discourag oppos dissuad decourag hinder hamper entrav =gene
accept agree recogn =accepte acquies | contest challeng disput refus reject spurn =appealed
grant award =granted =gave =give =given accord octroy concede attribu | refus deny denied denies withh revok =retire
effectiv effic useful utile =worked works fruct success helped reussi | useless ineffect ineffic inutil vain fail echou =worthless
know =known =knew =knows =sait savait savaient =connu =connue connai =aware conscien identifi | unknown ignor inconn unaware
immediat prompt swift quick =once speedily rapid aussitot =vite =instantly | slow delay hesit =lent =lente =lents lenteur retard tarder attend differ postpon repouss
=valid =force appli =applies vigueur | repeal abrog annul cancel revok invalid expir =void perim
recover improv heal =retabli retabl guer mend repren rebond | shrink worsen deteriorat thinn aggrav degrad deplet
=real actual genuin authent =reel =reelle =reels =vrai =vraie =vrais =true | invent fictit fictif fictive imagin fabricat =fake =faux made-up
sort label annot tri classe etiquet | unsort unlabel unannot
unanim | divid =split partag
differ differen distinct unequal inegal =autre =autres =other | =same equal identi =meme =memes =egal =egale =egaux
always constant =toujours systemat invariab | rarel rarem seldom except
often frequen souvent common =commun | rare rarely rarem seldom =infrequent uncommon
!entire =whole complet full =fully total entier entiere integral totalement =all =tous =toutes =every =each =both =tout =toute | partial partiel incomplet =some =certains =certaines =few part =partly =moitie =half =several =plusieurs =quelques
=only =seul =seule =seulement uniquement =seuls =seules exclusiv =solely =alone =juste | =also =aussi egalement besides =others
possib =able capab =can =could =peut =peuvent =pouvait =pu feasib | impossib unable incapab =cannot infeasib
alone =seul =seule separat individuel | together ensemble joint collecti
intact unharm undamag unscath preserv | damag abim deterior endommag hurt harm
surplus exceden profit gain benefice | deficit shortfall =loss =losses perte
import | export
borrow emprunt | lend lent prete
=buy =buys bought purchas achet acquir acqui =acquis | =sell =sells sold =sale =sales vend =vente =vendu
enter entr join adher rejoin integr =rejoint | leave =left exit quit =sort =sortit withdr
=young younger youngest =jeune =jeunes cadet | =old older oldest =vieux =vieille elder =ages aine
=new newer newest =nouveau =nouvelle recent | ancien =former =old
=full fill =plein =pleine rempli | empty empti =vide =vides vider
=dry =sec =seche | =wet humid mouill
clean =propre =propres pure | pollut dirt =sale =sales contamin
visible =vu | invisib hidden unseen
permanen =durable definit lasting | tempor provisoir provision transit =brief briefly short-lived
delib intention voluntar =expres volont purpos | accident unintend involont =hasard unintention
artifici synthet | natur
urban =ville =city =cities =town | rural =campagne countrys
=top upper =haut =haute highest | bottom =lower =bas =basse =lowest
=peace paix | =war guerre
overestim surestim exager exagg | underestim sousestim sous-estim minimis understat
clear =clairs =claire evident obvious | unclear obscur confus vague
armed =arme =armee | unarm desarm
resum repris repren restart relanc | suspend halt interrompu interrupt =arrete paus
renew renouvel prolong extend =renewable reconduct | expir terminat resili nonrenew
advanc =avance brought-forward | postpon delay report ajourn retard differe
trust confian reliab fiab | distrust mefian unreliab defian
=free =libre liber releas relach | imprison detain empris incarcer arret jail
protect prote safeguard | endanger expos menac threat
near =close =closest proche voisin =pres | =far distant lointain eloign =loin
simple easy easi facil =simples | complex difficult complic hard =dur difficil
health =sain =saine | =sick =ill malade
noisy bruy loud | quiet silen calme
wide =large elargi | narrow etroit retreci
deep profond | shallow superfic
thick epais | =thin =fin =mince
=morning =matin matin =dawn =aube | =evening =soir =soiree =dusk
=summer =ete estival | =winter hiver
overt openly =ouvertement | secretly covert =secretement clandest
spent =spend =spends depens | earn =saved =save econom
=cover covers couvre couvr cover | exclu except excep
qualif eligib admissib | disqualif ineligib inadmissib
=owe =owes owed =doit devait | repay repaid rembours =paid
ratif sign =signe | reject denounc denonc withdr
=solve solved solv resolu resou | unsolv insolub irresol
suffic =enough assez | insuffic =lack lacks =too-few manqu
precis exact | approxim imprec =vague
identif =named nomme | anonym
=deaf | =hearing
compuls require oblig must =doivent =doit mandat =required | option voluntar facult =may =peuvent =needless
=encrypt chiffr | =plaintext
=inhabited habite peupl | uninhabit inhabit desert =deserte
=online ligne | offline
legal lawful legitim | illegal illic unlawful illegitim
!=before =avant | =after =apres
!=more =plus =davantage =higher =larger =greater | =less =fewer =moins =lower =smaller
!=first =premier =premiere | =last =dernier =derniere
!=inside =dedans within | outside =dehors
!=with =avec | =without =sans
!=men =man =male hommes =homme garcon =boys =boy masculin | women woman femal femme fille =girls =girl feminin
"""


class Side(NamedTuple):
    """Which pair a word belongs to, on which side (1 or −1), and whether what stands beside it must be the same."""

    pair: int
    sign: int
    beside: bool


def _read() -> tuple[dict[str, list[Side]], list[tuple[str, Side]]]:
    whole, begins = dict[str, list[Side]](), list[tuple[str, Side]]()
    for pair, line in enumerate(_PAIRS.strip().split("\n")):
        for sign, half in zip((1, -1), line.removeprefix("!").split("|"), strict=True):
            side = Side(pair, sign, line.startswith("!"))
            for word in half.split():
                if word.startswith("="):
                    whole.setdefault(word[1:], []).append(side)
                else:
                    begins.append((word, side))
    return whole, begins


_WHOLE, _BEGINS = _read()


@lru_cache(maxsize=16_384)
def sides(word: str) -> tuple[Side, ...]:
    """The pairs that a folded word belongs to; none when it has no known opposite."""
    if word in _WHOLE:
        return tuple(dict.fromkeys(_WHOLE[word]))
    if near := [
        (begin, side) for begin, side in _BEGINS if word.startswith(begin) and (len(begin) > 3 or word == begin)
    ]:
        longest = max(len(begin) for begin, _ in near)
        return tuple(dict.fromkeys(side for begin, side in near if len(begin) == longest))
    return ()
