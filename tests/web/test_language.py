from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.web.examples import EXAMPLES, Example
from stance.web.inputs import from_file
from stance.web.language import looks_english

OTHERS = {
    "de": (
        "Der Außenminister sagte am Montag, man wolle die Beziehungen zu Moskau nicht "
        "abreißen lassen. „Wir reden, wo wir können, und wir halten dagegen, wo wir "
        "müssen“, sagte er vor Journalisten in Berlin. Die Opposition warf ihm vor, er habe"
        " in den letzten Jahren zu lange gewartet. Am Abend war der Saal fast leer, und was"
        " noch zu sagen war, stand in der Erklärung."
    ),
    "fr": (
        "Le ministre des Affaires étrangères a déclaré lundi que la France ne voulait pas "
        "rompre avec Moscou. « On parle quand on peut, on résiste quand on doit », a-t-il "
        "dit devant la presse à Paris. L'opposition lui reproche d'avoir trop attendu. On a"
        " vu pire, a répondu son conseiller, qui a été plus prudent que son patron dans la "
        "soirée."
    ),
    "es": (
        "El ministro de Exteriores dijo el lunes que no quiere romper con Moscú. "
        "«Hablaremos cuando se pueda y resistiremos cuando haga falta», dijo ante la prensa"
        " en Madrid. La oposición le reprocha haber esperado demasiado. No ha sido fácil, "
        "respondió uno de sus asesores, más prudente que su jefe."
    ),
    "nl": (
        "De minister van Buitenlandse Zaken zei maandag dat hij de banden met Moskou niet "
        "wil verbreken. „We praten waar het kan en we geven tegengas waar het moet”, zei "
        "hij in Den Haag. De oppositie verweet hem dat hij te lang had gewacht. Het was al "
        "laat en de zaal was leeg, maar hij had er nog meer over te zeggen: wat is het "
        "alternatief, en wie is de man die dat wil?"
    ),
    "sv": (
        "Utrikesministern sade på måndagen att man inte vill bryta med Moskva. ”Vi talar "
        "när vi kan och håller emot när vi måste”, sade han i Stockholm. Oppositionen "
        "anklagade honom för att ha väntat för länge. Han var inte ensam om det, och de "
        "flesta i salen hade hört det förut."
    ),
    "da": (
        "Udenrigsministeren sagde mandag, at man ikke vil bryde med Moskva. ”Vi taler, når "
        "vi kan, og vi står fast, når vi skal”, sagde han i København. Oppositionen "
        "beskyldte ham for at have ventet for længe. Han var ikke den eneste, og for de "
        "fleste i salen var det ikke nyt at han i år er i tvivl."
    ),
    "it": (
        "Il ministro degli Esteri ha detto lunedì di non voler rompere con Mosca. «Parliamo"
        " quando si può e resistiamo quando si deve», ha detto a Roma. L'opposizione lo "
        "accusa di avere aspettato troppo. Non è stato facile, ha risposto un suo "
        "consigliere, più prudente del suo capo in ogni occasione."
    ),
    "pt": (
        "O ministro das Relações Exteriores disse na segunda-feira que não quer romper com "
        "Moscou. “Falamos quando se pode e resistimos quando se deve”, disse ele em "
        "Brasília. A oposição o acusa de ter esperado demais. As críticas não são novas, "
        "disse um assessor, mas são mais duras do que as de antes."
    ),
    "ru": (
        "Министр иностранных дел заявил в понедельник, что не хочет разрывать отношения с "
        "Вашингтоном. «Мы говорим, когда можем, и возражаем, когда должны», сказал он в "
        "Москве. Оппозиция упрекает его в том, что он слишком долго ждал. Зал был почти "
        "пуст, и говорить было больше не о чем."
    ),
    "id": (
        "Menteri luar negeri mengatakan pada hari Senin bahwa ia tidak ingin memutuskan "
        "hubungan dengan Moskow. “Kami berbicara bila bisa dan menolak bila perlu,” katanya"
        " di Jakarta. Oposisi menuduhnya menunggu terlalu lama. Ruangan itu hampir kosong, "
        "dan tidak banyak lagi yang dapat dikatakan malam itu."
    ),
    "af": (
        "Die minister van buitelandse sake het Maandag gesê dat hy nie bande met Moskou wil"
        " verbreek nie. “Ons praat waar ons kan en ons staan vas waar ons moet,” het hy in "
        "Pretoria gesê. Die opposisie het hom verwyt dat hy te lank gewag het. Dit was laat"
        " en die saal was leeg, maar hy is nie die man wat in so 'n geval swyg nie."
    ),
    "no": (
        "Utenriksministeren sa mandag at man ikke vil bryte med Moskva. «Vi snakker når vi "
        "kan, og står imot når vi må», sa han i Oslo. Opposisjonen anklaget ham for å ha "
        "ventet for lenge. Han var ikke alene om det, og for de fleste i salen var det ikke"
        " nytt at han er i tvil."
    ),
    "tl": (
        "Sinabi ng ministro ng ugnayang panlabas noong Lunes na ayaw niyang putulin ang "
        "ugnayan sa Moscow. “Nag-uusap kami kung kailan maaari at lumalaban kung kailan "
        "dapat,” sabi niya sa Maynila. Inakusahan siya ng oposisyon na naghintay nang "
        "masyadong matagal bago siya kumilos sa usapin na ito."
    ),
    "zh": (
        "外交部长星期一表示，他不想与莫斯科断绝关系。“我们能谈就谈，该反对就反对。”他在北京说。反对派指责他等待太久。"
    ),
    "pl": (
        "Minister spraw zagranicznych powiedział w poniedziałek, że nie chce zrywać z "
        "Moskwą. „Rozmawiamy, kiedy możemy, i sprzeciwiamy się, kiedy musimy”, powiedział w"
        " Warszawie. Opozycja zarzuca mu, że czekał za długo. Sala była prawie pusta, a do "
        "powiedzenia nie zostało już nic więcej."
    ),
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_languages(text: str) -> None:
    assert not looks_english(text)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.file)
def test_examples_are_english(example: Example) -> None:
    assert looks_english(from_file(example.path).text)


def test_few_words_get_the_benefit_of_the_doubt() -> None:
    assert looks_english("“Peace now!” Marsh shouted.")
    assert not looks_english("“Мир!” — крикнул Марш.")


@settings(deadline=None)
@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert looks_english(text) in (True, False)
