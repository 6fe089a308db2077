"""Made-up people with hard names, and how the same person is written down a second time by somebody else."""
# ruff: noqa: E501 (lists of names)

import random
from dataclasses import replace

from nabij.matching.sought import Sought

_DUTCH = [
    "Johannes",
    "Jan",
    "Pieter",
    "Kees",
    "Willem",
    "Hendrik",
    "Gerrit",
    "Jacob",
    "Sjoerd",
    "Matthijs",
    "Thijs",
    "Gijsbert",
    "Cornelis",
    "Antonius",
    "Wouter",
    "Jeroen",
    "Lodewijk",
    "Bartholomeus",
    "Teunis",
    "Ruud",
    "Ijsbrand",
    "Joost",
    "Maarten",
    "Dirk",
    "Floris",
    "Sanne",
    "Annelies",
    "Wilhelmina",
    "Johanna",
    "Cornelia",
    "Elisabeth",
    "Catharina",
    "Margaretha",
    "Geertruida",
    "Femke",
    "Marijke",
    "Liesbeth",
    "Anneke",
    "Hanneke",
    "Tineke",
    "Ineke",
    "Mirjam",
    "Judith",
    "Esther",
    "Renske",
    "Nienke",
    "Fleur",
    "Roos",
    "Petronella",
    "Hendrika",
    "Adriana",
    "Jacoba",
    "Theodora",
    "Aaltje",
    "Trijntje",
    "Wiebe",
    "Douwe",
    "Jelle",
    "Sietske",
    "Froukje",
]
_HEADS = [
    "Ooster",
    "Wester",
    "Noorder",
    "Zuider",
    "Nieuw",
    "Oud",
    "Hoog",
    "Laag",
    "Groen",
    "Rood",
    "Zwart",
    "Wit",
    "Berken",
    "Eiken",
    "Linden",
    "Wilgen",
    "Heide",
    "Kerk",
    "Molen",
    "Water",
    "Zand",
    "Klei",
    "Steen",
    "Brug",
    "Dijk",
    "Veen",
    "Ijssel",
    "Maas",
    "Broek",
    "Horst",
    "Vinken",
    "Raven",
    "Zwanen",
    "Kraaien",
    "Reijn",
    "Buiten",
    "Binnen",
    "Schoon",
    "Ruijs",
    "Goud",
]
_TAILS = [
    "huis",
    "veld",
    "berg",
    "dijk",
    "kamp",
    "man",
    "meijer",
    "stra",
    "ma",
    "hof",
    "burg",
    "beek",
    "brink",
    "wijk",
    "laar",
    "schot",
    "hout",
    "kerk",
    "molen",
    "bosch",
    "daal",
    "horst",
    "vliet",
    "land",
    "poort",
    "broek",
    "sma",
    "inga",
    "steijn",
    "rooij",
]
COMMON_NAMES = [
    "Jansen",
    "de Vries",
    "van den Berg",
    "Bakker",
    "van Dijk",
    "Visser",
    "Smit",
    "Meijer",
    "de Boer",
    "Mulder",
    "de Groot",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "van Leeuwen",
    "Dekker",
    "Brouwer",
    "de Wit",
    "Dijkstra",
    "Smits",
    "de Graaf",
    "van der Meer",
    "van der Linden",
    "Kok",
    "Jacobs",
    "de Haan",
    "Vermeulen",
    "van den Heuvel",
    "van der Veen",
    "van den Broek",
    "de Bruijn",
    "van der Heijden",
    "Schouten",
    "van Beek",
    "Willems",
    "van Vliet",
    "van de Ven",
    "Hoekstra",
    "Maas",
    "Verhoeven",
    "Koster",
    "van Dam",
    "van der Wal",
    "Prins",
    "Blom",
    "Huisman",
    "Peeters",
    "de Jong",
    "van 't Hof",
    "ter Braak",
    "ten Cate",
    "IJzerman",
    "van der Ploeg",
    "op den Kamp",
    "in 't Veld",
    "Schimmelpenninck",
]
# one person in several spellings; the first may be in its own script
_WORLD = [
    line.split("|")
    for line in (
        "Mohammed|Muhammad|Mohamed|Mohamad", "Youssef|Yousef|Joesoef|Yusuf", "Abdelkader|Abdulkadir|Abd el Kader",
        "Fatima|Fatma|Fatimah|Fatema", "Khadija|Chadija|Khadidja|Hadija", "Aïcha|Aisha|Ayşe|Aicha", "Rachid|Rashid|Rasjid",
        "Hussein|Hoessein|Husain|Hüseyin", "Saïd|Said|Saeed|Sayid", "Jamila|Djamila|Cemile", "Samira|Semira|Sameera",
        "Володимир|Volodymyr|Wolodymyr|Vladimir", "Олександр|Oleksandr|Aleksandr|Alexander", "Юлія|Yuliia|Julia|Joelia",
        "Оксана|Oksana|Oxana", "Сергій|Serhii|Sergej|Serhij", "Наталія|Nataliia|Natalia|Natalja", "Євген|Yevhen|Jevhen|Evgen",
        "Małgorzata|Malgorzata|Malgosia", "Agnieszka|Agnieska|Agnjesjka", "Krzysztof|Krzystof|Kristof", "Łukasz|Lukasz|Lucas",
        "Şule|Sule|Sjoele", "Çağdaş|Cagdas|Chagdash", "Gülşen|Gulsen|Guelsen", "İbrahim|Ibrahim|Ebrahim", "Özlem|Ozlem|Oezlem",
        "محمد|Mohammad|Muhammed", "فاطمة|Fatima|Fatmah", "يوسف|Yusuf|Youssef", "Nguyễn|Nguyen|Ngoejen", "Xiaoming|Siaoming|Xiao Ming",
    )
]  # fmt: skip
_WORLD_LAST = [
    line.split("|")
    for line in (
        "El Amrani|Elamrani|Amrani|al-Amrani", "Benali|Ben Ali|Bin Ali", "Bouazza|Bouaza|Boeazza", "Chaouch|Shawsh|Chaoech",
        "Ouchen|Oeshen|Uchen", "El Khattabi|Elkhatabi|Al Khattabi", "Yılmaz|Yilmaz|Jilmaz", "Çelik|Celik|Tsjelik", "Öztürk|Ozturk|Oezturk",
        "Şahin|Sahin|Shahin|Sjahin", "Yıldırım|Yildirim|Jildirim", "Wójcik|Wojcik|Wujcik", "Kowalczyk|Kowaltschik|Kovalchyk",
        "Szczepański|Szczepanski|Sjtsjepanski", "Wiśniewski|Wisniewski|Visniewski", "Шевченко|Shevchenko|Sjevtsjenko|Schewtschenko",
        "Коваленко|Kovalenko|Kowalenko", "Щербак|Shcherbak|Schtscherbak|Sjtsjerbak", "Бондаренко|Bondarenko|Bondarjenko",
        "Ткаченко|Tkachenko|Tkatsjenko", "Гончаренко|Honcharenko|Gontsjarenko", "Хоменко|Khomenko|Chomenko", "الحسن|al-Hassan|Alhasan|El Hassan",
        "خليل|Khalil|Chaliel|Halil", "Đorđević|Djordjevic|Dordevic", "Müller|Mueller|Muller", "Gonçalves|Goncalves|Gonsalves",
        "Tesfaye|Tesfaj|Tesfay", "Haile|Hailé|Hayle", "Abdi|Abdy", "Warsame|Warsama", "Singh|Sing|Singhe",
    )
]  # fmt: skip
_NICK = {
    "Johannes": "Jan", "Jan": "Johan", "Pieter": "Piet", "Willem": "Wim", "Hendrik": "Henk", "Gerrit": "Gerard",
    "Jacob": "Jaap", "Matthijs": "Thijs", "Gijsbert": "Gijs", "Cornelis": "Kees", "Antonius": "Toon",
    "Wilhelmina": "Mien", "Johanna": "Annie", "Cornelia": "Corrie", "Elisabeth": "Betsy", "Catharina": "Trijntje",
    "Margaretha": "Greet", "Geertruida": "Truus", "Petronella": "Nel", "Hendrika": "Rika", "Jacoba": "Coba",
    "Theodora": "Dora", "Teunis": "Teun", "Lodewijk": "Lou", "Bartholomeus": "Bart",
}  # fmt: skip
_SWAPS = (
    ("ij", "y"), ("ei", "ij"), ("ck", "k"), ("c", "k"), ("z", "s"), ("v", "f"), ("dt", "t"), ("ph", "f"), ("oo", "o"),
    ("aa", "a"), ("ee", "e"), ("uij", "ui"), ("gh", "g"), ("th", "t"), ("ch", "g"),
)  # fmt: skip


def person(number: int) -> tuple[Sought, list[str], list[str]]:
    """The same person for the same number, with the other spellings of both names."""
    dice = random.Random(number)
    if dice.random() < 0.3:
        givens, lasts = dice.choice(_WORLD), dice.choice(_WORLD_LAST)
        given, last = dice.choice(givens), dice.choice(lasts)
        if dice.random() < 0.5:
            last = f"{last} {dice.choice(dice.choice(_WORLD_LAST))}"
    else:
        givens, given = [], dice.choice(_DUTCH)
        lasts, last = [], _dutch_last(dice)
        if dice.random() < 0.25:
            last = f"{last}-{_dutch_last(dice)}"
    born = f"{dice.randint(1935, 2020)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    sought = Sought(
        given_name=given, family_name=last, birth=born, phone=f"+316{dice.randint(10_000_000, 99_999_999)}",
        email=f"{given[:1].lower()}{dice.randint(10, 9_999_999)}@example.nl", place=f"Gemeente {dice.randint(1, 342)}",
    )  # fmt: skip
    return sought, givens, lasts


def _dutch_last(dice: random.Random) -> str:
    if dice.random() < 0.35:
        return dice.choice(COMMON_NAMES)
    last = dice.choice(_HEADS) + dice.choice(_TAILS)
    return (
        f"{dice.choice(('van', 'van de', 'van der', 'van den', 'de', 'ter'))} {last}"
        if dice.random() < 0.3
        else last
    )


def second_time(number: int, dice: random.Random) -> Sought:
    """How somebody else writes this person down: two or three things otherwise."""
    sought, givens, lasts = person(number)
    given, last = sought.given_name, sought.family_name
    if givens and dice.random() < 0.7:
        given = dice.choice(givens)
    elif dice.random() < 0.4:
        given = _NICK.get(given, given)
    if lasts and " " not in last and dice.random() < 0.7:
        last = dice.choice(lasts)
    for _ in range(dice.choice((1, 1, 2))):
        given, last = _otherwise(given, last, dice)
    return replace(sought, given_name=given, family_name=last)


def _otherwise(given: str, last: str, dice: random.Random) -> tuple[str, str]:
    way = dice.randrange(9)
    if way == 0 and "-" in last:
        one, _, other = last.partition("-")
        return given, dice.choice((one, other, f"{other}-{one}"))
    if way == 1:
        return given, last.replace("van den ", "v.d. ").replace("van der ", "v/d ").replace("van de ", "vd ")
    if way == 2:
        return given, dice.choice((last.replace(" ", ""), last.rpartition(" ")[2]))
    if way == 3:
        return last, given
    if way == 4 and len(given) > 3:
        return f"{given[0]}.", last
    if way == 5:
        old, new = dice.choice(_SWAPS)
        return given, last.replace(old, new, 1)
    if way == 6:
        old, new = dice.choice(_SWAPS)
        return given.replace(old, new, 1), last
    return (_slip(given, dice), last) if way == 7 else (given, _slip(last, dice))


def _slip(text: str, dice: random.Random) -> str:
    """One letter left out, doubled, replaced, or two in the wrong order."""
    if len(text) < 4:
        return text
    place = dice.randrange(1, len(text) - 1)
    return dice.choice(
        (
            text[:place] + text[place + 1 :],
            text[:place] + text[place] + text[place:],
            text[:place] + dice.choice("aeinrst") + text[place + 1 :],
            text[:place] + text[place + 1] + text[place] + text[place + 2 :],
        )
    )
