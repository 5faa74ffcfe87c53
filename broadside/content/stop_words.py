"""Words that tell nothing about a story's subject, in the languages that a commentary outlet is likely to print.

A language that is missing here loses little: once an archive has grown, its commonest words have next to no weight anyway.
"""

from __future__ import annotations

ENGLISH = """
a about above across actually after again against ago all almost alone along already also although always am among
an and another any anyone anything anyway are aren around as ask asked at away back be became because become becomes
been before began behind being below best better between both but by call called came can cannot come comes could
couldn did didn do does doesn doing don done down during each either else enough etc even ever every everyone
everything far few find first five for found four from full further gave get gets getting give given gives go goes
going gone good got great had hadn has hasn have haven having he hence her here hers herself him himself his how
however i ie if in indeed instead into is isn it its itself just keep kept know known last later least less let like
likely little ll long look looking lot made make makes making many may maybe me mean might mine more moreover most
mostly much must my myself near need needs neither never nevertheless new next no nobody none nor not nothing now of
off often on once one only onto or other others otherwise our ours ourselves out over own part per perhaps please
point put quite rather re really right said same saw say saying says second see seem seemed seems seen several she
should shouldn show since six so some someone something sometimes somewhere soon still such sure take taken takes ten
than that the their them themselves then there therefore these they thing things think this those though three
through throughout thus time to together too took toward towards try trying two under until up upon us use used uses
using ve very via want wants was wasn way ways we well went were weren what whatever when where whereas whether which
while who whoever whole whom whose why will with within without won would wouldn yes yet you your yours yourself
yourselves
"""
GERMAN = """
aber alle allem allen aller alles als also am an auch auf aus bei bin bis da dann das dass dein dem den denn der des
dich die dies diese dieser doch du durch ein eine einem einen einer eines er es etwa fur ganz gegen haben hat hatte
hier ich ihm ihn ihnen ihr ihre im immer in ins ist ja jede jedoch kann kein keine konnen mehr mein mit muss nach
nicht noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so soll sondern uber um und uns unter viel
vom von vor wahrend war waren was weil welche wenn werden wer wie wieder will wir wird wo zu zum zur zwischen
"""
FRENCH = """
ai ainsi alors au aucun aussi autre aux avait avant avec avoir bien ca car ce cela celle celui ces cet cette ceux
chez comme contre dans de des deux dont du elle elles en encore entre est et etait ete etre eux fait faire fois il
ils je la le les leur leurs lui mais meme moins mon ne ni non nos notre nous on ont ou par pas pendant peu peut plus
pour pourquoi quand que quel quelle qui sa sans se selon ses si soit son sont sous sur tous tout toute tres trop tu
un une vers vous
"""
SPANISH = """
al algo ante antes asi aun aunque cada como con contra cual cuando de del desde donde dos el ella ellos en entre era
es esa ese eso esta estaba estan este esto fue ha habia hacia han hasta hay la las le les lo los mas me mi mientras
mismo muy nada ni no nos o otra otro para pero poco por porque puede pues que quien se segun ser si sido sin sobre
solo son su sus tambien tan tanto tiene toda todo todos tras un una uno unos y ya yo
"""
ITALIAN = """
ad agli ai al alla alle allo anche ancora c che chi ci come con contro cosa cosi cui da dai dal dalla dalle degli dei
del della delle dello di dopo dove due e ed era essere fra gia gli ha hanno i il in io la le lei lo loro lui ma mentre
mi molto ne nei nel nella nelle no noi non o ogni ora per perche piu poi prima pure quale quando quanto quella quello
questa questo qui se sempre senza si sia solo sono sta su sua sue sui sul sulla suo suoi tra tutti tutto un una uno vi
"""
PORTUGUESE = """
ao aos as ate cada com como contra da das de dela dele depois do dos e ela ele eles em entre era essa esse esta estao
este eu foi ha isso isto ja la lhe mais mas me mesmo muito na nao nas nem no nos num numa o os ou outra outro para
pela pelo pelos por porque qual quando que quem se sem ser seu sua suas sao so sobre tambem tem ter toda todo todos
um uma
"""
DUTCH = """
aan al alle als bij dan dat de der deze die dit door dus een en er geen haar had heb heeft hem het hier hij hoe hun
ik in is ja je kan maar me meer men met mijn na naar niet niets nog nu of om onder ons ook op over te tegen toch toen
tot u uit van veel voor want waren was wat we wel werd wie wij wil worden ze zei zelf zich zij zijn zo zonder zou
"""

STOP_WORDS = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": ENGLISH,
        "de": GERMAN,
        "fr": FRENCH,
        "es": SPANISH,
        "it": ITALIAN,
        "pt": PORTUGUESE,
        "nl": DUTCH,
    }.items()
}
"""A language, without its region -> its stop words, folded as terms are."""
