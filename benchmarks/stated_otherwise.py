"""Facts in the shapes that stated.py does not have: with hard spaces, in words, as ranges, in chains; numbers
of accounts and companies; measures; negations; names of one word.
"""

from __future__ import annotations

import re

from benchmarks.stated import CURRENCY, TAGS, Drawing, Stated
from replyassist import languages

HARD_SPACES = (" ", "\u00a0", "\u202f")
ORDINALS = {
    "nb": "første andre tredje fjerde femte sjette sjuende åttende niende tiende ellevte tolvte",
    "nn": "første andre tredje fjerde femte sjette sjuande åttande niande tiande ellevte tolvte",
    "sv": "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte",
    "da": "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
}
NUMBERS = {
    "nb": "to tre fire fem seks sju åtte ni ti elleve tolv",
    "nn": "to tre fire fem seks sju åtte ni ti elleve tolv",
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
    "da": "to tre fire fem seks syv otte ni ti elleve tolv",
    "en": "two three four five six seven eight nine ten eleven twelve",
}
# What else a number is called: "sju" is "syv" too.
ALSO = {7: "|sju|syv"}
WEEKS = {"nb": "uker", "nn": "veker", "sv": "veckor", "da": "uger", "en": "weeks"}
NOT = {"nb": "ikke", "nn": "ikkje", "sv": "inte", "da": "ikke", "en": "not"}
NEGATIONS = (
    r"\b(?:ikke|ikkje|inte|ej|ingen|inga|inget|not|no|none|never|without|uten|utan|uden|aldri[g]?"
    r"|unless|med mindre|medmindre)\b|n['’]t\b"
)
MILLION = {"nb": "millioner", "nn": "millionar", "sv": "miljoner", "da": "millioner"}
CROWNS = {"nb": "kroner", "nn": "kroner", "sv": "kronor", "da": "kroner"}
SCHOOLS = {"nb": "{} skole", "nn": "{} skule", "sv": "{} skola", "da": "{} skole", "en": "{} school"}
HOUSES = dict.fromkeys(("nb", "nn", "sv", "da"), "kulturhuset {}") | {"en": "the {} culture centre"}
STREETS = {"nb": "veien", "nn": "vegen", "sv": "vägen", "da": "vej", "en": "veien"}
MEASURES = (("2.5", "km"), ("120", "m²"), ("15", "m2"), ("3.75", "m"), ("640", "kWh"))
LAW_SIGN = "(?:§|sections?|sec.|paragra(?:phs?|f(?:en|ar|er)?)|articles?)"
JOINED = {"nb": "og", "nn": "og", "sv": "och", "da": "og", "en": "and"}


class OtherDrawing(Drawing):
    """Values of other shapes, for sentences that are written in ``home``."""

    file = "fidelity_otherwise"

    def _amount(self) -> Stated:
        shape = self.chance.choice(("hard", "hard", "dash", "million", "plain"))
        if shape == "million":
            return self._millions()
        crowns = self.chance.randrange(1010, 99_900)
        space = self.chance.choice(HARD_SPACES[1:]) if shape == "hard" else " "
        code, written, shows = CURRENCY[self.home], {}, {}
        for tag in TAGS:
            group = {"en": ",", "da": "."}.get(tag, space)
            digits = str(crowns) if shape == "plain" else f"{crowns:,}".replace(",", group)
            crown = {"sv": "kronor", "da": "kr."}.get(tag, "kr")
            written[tag] = f"{digits}{space}{crown}"
            if tag == "en" or self.home == "en":
                written[tag] = f"{code}{space}{digits}"
            elif shape == "dash":
                written[tag] = f"{digits}:-" if tag == "sv" else f"kr {digits},-"
            figure = rf"(?<![\d.,]){'[ .,]?'.join(f'{crowns:,}'.split(','))}(?:[.,:](?:00|-)|(?![.,]?\d))"
            shows[tag] = rf"(?:{code}|kr\.?) {figure}|{figure} ?(?:NOK|SEK|DKK|kr|crown)|{figure}(?<=-)"
        return Stated("amount", written, shows)

    def _millions(self) -> Stated:
        tenths = self.chance.randrange(11, 69)
        comma, point = f"{tenths // 10},{tenths % 10}", f"{tenths // 10}.{tenths % 10}"
        if tenths % 10 == 0:
            comma = point = str(tenths // 10)
        code = CURRENCY[self.home]
        crowns = dict.fromkeys(TAGS, code) if self.home == "en" else CROWNS
        written = {tag: f"{comma} {MILLION[tag]} {crowns[tag]}" for tag in MILLION}
        written["en"] = f"{code} {point} million"
        whole = "[ .,]?".join(f"{tenths * 100_000:,}".split(","))
        show = rf"(?<![\d.,]){comma.replace(',', '[.,]')} ?(?:mill|mil|mio)|(?<![\d.,]){whole}(?!\d)"
        return Stated("amount", written, dict.fromkeys(TAGS, show))

    def _percentage(self) -> Stated:
        plain = f"{self.chance.choice((2.5, 3.75, 12, 0.8, 47.5)):g}"
        comma, hard = plain.replace(".", ","), self.chance.choice(HARD_SPACES)
        written = dict.fromkeys(TAGS, f"{comma}{hard}%") | {"da": f"{comma} pct.", "en": f"{plain}%"}
        show = rf"(?<![\d.,]){plain.replace('.', '[.,]')} ?(?:%|pro[sc]ent|per ?cent|p[cs]t\.|proc\.)"
        return Stated("percentage", written, dict.fromkeys(TAGS, show))

    def _date_words(self) -> Stated:
        day, month = self.chance.randrange(1, 13), self.chance.randrange(1, 13)
        written, shows = {}, {}
        for tag in TAGS:
            ordinal, name = ORDINALS[tag].split()[day - 1], languages.load(tag).months[month - 1]
            written[tag] = f"the {ordinal} of {name.capitalize()}" if tag == "en" else f"den {ordinal} {name}"
            shows[tag] = rf"(?=.*\b{name}\b)(?=.*(?:\b0?{day}(?:st|nd|rd|th)?\b|\b{ordinal}\b))"
        return Stated("date", written, shows, {tag: ORDINALS[tag].split()[day - 1] for tag in TAGS})

    def _period(self) -> Stated:
        first = self.chance.randrange(1, 15)
        last, month = first + self.chance.randrange(2, 14), self.chance.randrange(1, 13)
        year = self.chance.randrange(2025, 2028)
        written, shows = {}, {}
        for tag in TAGS:
            name = languages.load(tag).months[month - 1]
            days = {"sv": f"{first}–{last}", "en": f"{first}–{last}"}.get(tag, f"{first}.–{last}.")
            written[tag] = f"{days} {name.capitalize() if tag == 'en' else name} {year}"
            parts = [rf"\b0?{n}(?:st|nd|rd|th)?\b" for n in (first, last)] + [rf"\b{name}\b", rf"\b{year}\b"]
            shows[tag] = "".join(rf"(?=.*{part})" for part in parts)
        return Stated("date", written, shows)

    def _hours(self) -> Stated:
        opens, closes = self.chance.randrange(7, 11), self.chance.randrange(13, 20)
        minutes = self.chance.choice(("30", "15", "45"))
        written = dict.fromkeys(TAGS, f"kl. {opens}–{closes}.{minutes}")
        written["en"] = f"{opens} am–{closes - 12}.{minutes} pm"
        late = rf"\b(?:{closes}[.:]{minutes}|{closes - 12}[.:]{minutes} ?p)"
        show = rf"(?=.*\b0?{opens}(?:[.:]00)?\b)(?=.*{late})"
        return Stated("time", written, dict.fromkeys(TAGS, show))

    def _nth(self) -> Stated:
        n = self.chance.randrange(2, 10)
        ending = {2: "nd", 3: "rd"}.get(n, "th")
        written = dict.fromkeys(TAGS, f"{n}.") | {"sv": f"{n}:{'a' if n == 2 else 'e'}", "en": f"{n}{ending}"}
        shows = {tag: rf"\b{n}(?:{ending}|\b)|\b{ORDINALS[tag].split()[n - 1]}\b" for tag in TAGS}
        return Stated("number", written, shows)

    def _laws(self) -> Stated:
        numbers = sorted(self.chance.sample(range(2, 30), 3))
        sections = [str(n) for n in numbers]
        if self.home in {"nb", "nn"}:
            sections = [f"{section}-{self.chance.randrange(1, 12)}" for section in sections]
        chain = {tag: f"{sections[0]}, {sections[1]} {JOINED[tag]} {sections[2]}" for tag in TAGS}
        written = {tag: f"§§ {chain[tag]}" for tag in TAGS}
        written |= {"sv": f"{chain['sv']} §§", "en": f"sections {chain['en']}"}
        show = rf"(?=.*{LAW_SIGN})" + "".join(rf"(?=.*(?<![-\d]){s}(?![-\d]))" for s in sections)
        return Stated("law", written, dict.fromkeys(TAGS, show))

    def _clause(self) -> Stated:
        chapter, section = self.chance.randrange(2, 15), self.chance.randrange(1, 12)
        part = self.chance.randrange(1, 3)
        named = {tag: ORDINALS[tag].split()[part - 1] for tag in TAGS}
        if self.home in {"nb", "nn"}:
            number = f"{chapter}-{section}"
            written = {
                "nb": f"§ {number} {named['nb']} ledd", "nn": f"§ {number} {named['nn']} ledd",
                "sv": f"{number} § {named['sv']} stycket", "da": f"§ {number}, stk. {part}",
                "en": f"section {number}, {named['en']} paragraph",
            }  # fmt: skip
            show = rf"{LAW_SIGN} ?{number}(?![-\d])|(?<![-\d]){number}\.? ?§"
        elif self.home == "sv":
            written = dict.fromkeys(TAGS, f"kapittel {chapter} § {section}")
            written |= {"sv": f"{chapter} kap. {section} §", "da": f"kapitel {chapter} § {section}"}
            written |= {"en": f"chapter {chapter}, section {section}"}
            show = rf"\b{chapter}\b.*{LAW_SIGN} ?{section}(?![-\d])|\b{chapter}\b.*(?<![-\d]){section}\.? ?§"
            show += rf"|{LAW_SIGN} ?{section}\b.*\b{chapter}\b"
        else:
            written = dict.fromkeys(TAGS, f"§ {section}, stk. {part}")
            written |= {"nb": f"§ {section} {named['nb']} ledd", "nn": f"§ {section} {named['nn']} ledd"}
            written |= {"sv": f"{section} § {named['sv']} stycket", "en": f"section {section}({part})"}
            show = rf"{LAW_SIGN} ?{section}(?![-\d])|(?<![-\d]){section}\.? ?§"
        return Stated("law", written, dict.fromkeys(TAGS, show))

    def _iban(self) -> Stated:
        country, length = {"sv": ("SE", 20), "da": ("DK", 14)}.get(self.home, ("NO", 11))
        number = "".join(str(self.chance.randrange(10)) for _ in range(length))
        letters = "".join(str(ord(letter) - ord("A") + 10) for letter in country)
        check = 98 - int(f"{number}{letters}00") % 97  # ISO 7064, MOD 97-10
        whole = f"{country}{check:02}{number}"
        return self._same("iban", " ".join(whole[i : i + 4] for i in range(0, len(whole), 4)))

    def _account(self) -> Stated:
        drawn = self.chance.randrange
        if self.home == "sv":
            return self._same("number", f"{drawn(100, 999)}-{drawn(1000, 9999)}")
        if self.home == "da":
            return self._same("number", f"{drawn(1000, 9999)} {drawn(10**9, 10**10)}")
        sign = self.chance.choice((" ", "."))
        return self._same("number", f"{drawn(1000, 9999)}{sign}{drawn(10, 99)}{sign}{drawn(10000, 99999)}")

    def _organisation(self) -> Stated:
        drawn = self.chance.randrange
        if self.home == "sv":
            return self._same("number", f"{drawn(200000, 260000)}-{drawn(1000, 9999)}")
        if self.home == "da":
            return self._same("number", " ".join(str(drawn(10, 99)) for _ in range(4)))
        return self._same("number", f"9{drawn(10, 99)} {drawn(100, 999)} {drawn(100, 999)}")

    def _phone(self) -> Stated:
        pairs = [f"{self.chance.randrange(10, 100)}" for _ in range(4)]
        swedish = f"+46 8-{pairs[0]}{pairs[1][0]} {pairs[2]} {pairs[3]}"
        shapes = {"sv": swedish, "da": f"+45 {' '.join(pairs)}"}
        norwegian = self.chance.choice(("+47 {}", "(+47) {}", "0047 {}")).format(" ".join(pairs))
        return self._same("phone", shapes.get(self.home, norwegian))

    def _measure(self) -> Stated:
        plain, unit = self.chance.choice(MEASURES)
        comma = plain.replace(".", ",")
        written = dict.fromkeys(TAGS, f"{comma} {unit}") | {"en": f"{plain} {unit}"}
        units = rf"(?:{re.sub('[2²]', '[2²]', unit)}|met|kvadrat|square|kilom)"
        show = rf"(?<![\d.,]){plain.replace('.', '[.,]')} ?{units}"
        return Stated("number", written, dict.fromkeys(TAGS, show))

    def _years(self) -> Stated:
        first = self.chance.randrange(2022, 2027)
        if self.chance.random() < 0.5:
            return self._same("number", f"{first}/{(first + 1) % 100}")
        last = first + self.chance.randrange(2, 5)
        show = rf"(?=.*\b{first}\b)(?=.*\b{last}\b)"
        return Stated("number", dict.fromkeys(TAGS, f"{first}–{last}"), dict.fromkeys(TAGS, show))

    def _deadline(self) -> Stated:
        n = self.chance.randrange(2, 13)
        words = {tag: NUMBERS[tag].split()[n - 2] for tag in TAGS}
        written = {tag: f"{words[tag]} {WEEKS[tag]}" for tag in TAGS}
        shows = {tag: rf"\b(?:{words[tag]}|{n}{ALSO.get(n, '')})\b" for tag in TAGS}
        return Stated("number", written, shows, words)

    def _not(self) -> Stated:
        return Stated("negation", NOT, dict.fromkeys(TAGS, NEGATIONS))

    def _school(self) -> Stated:
        name = self._of("schools")
        genitive = "s" if self.home == "sv" and self.chance.random() < 0.5 and not name.endswith("s") else ""
        written = {tag: SCHOOLS[tag].format(name + genitive) for tag in TAGS}
        return Stated(
            "name", written, dict.fromkeys(TAGS, rf"(?<![\w-]){name}s?(?![\w-])"), dict.fromkeys(TAGS, name)
        )

    def _street(self) -> Stated:
        street = self._of("schools") + STREETS[self.home]
        return self._same("name", f"{street} {self.chance.randrange(1, 120)}")

    def _house(self) -> Stated:
        name = self._of("houses")
        written = {tag: HOUSES[tag].format(name) for tag in TAGS}
        return Stated(
            "name", written, dict.fromkeys(TAGS, rf"(?<![\w-]){name}s?(?![\w-])"), dict.fromkeys(TAGS, name)
        )
