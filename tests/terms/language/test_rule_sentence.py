from itertools import product

import pytest

from statsbidrag.terms.language import Kind, Name, part_of, read_rule, shown_when
from statsbidrag.terms.language.evaluation import truth
from statsbidrag.terms.language.sentence import Speech
from statsbidrag.terms.language.tree import And, Is, Not, Or

YES_NO = {"yes": "Ja", "no": "Nej"}
ENSURED = "Har ni kunnat säkerställa att de utökade hembesöken…:"
TWO_PERSONS = (
    "… genomförs av minst två personer, varav en sjuksköterska från barnhälsovården och en person från "
    "socialtjänstens verksamhet"
)
ADAPTED = "… genomförs med ett situationsanpassat arbetssätt och utgår från den enskilda familjens behov"
TARGETED = "Har ni riktat era utökade hembesöksprogram till områden där utanförskapet är stort?"
GROUPS = "Vilka av följande målgrupper har ni prioriterat när ni har erbjudit utökade hembesök under 2025?"
MODEL = "Har ni arbetat utifrån någon etablerad hembesöksmodell?"

NAMES = (
    Name("unused", Kind.NUMBER, "Oanvänt statsbidrag"),
    Name("received", Kind.NUMBER, "Mottaget statsbidrag"),
    Name("used", Kind.NUMBER, "Använt belopp *"),
    Name("visits", Kind.NUMBER, "Antal genomförda utökade hembesök:"),
    Name("families", Kind.NUMBER, "Hur många familjer fick besök?"),
    Name("recipient_kind", Kind.CHOICE, "Typ av bidragsmottagare", {"region": "Region", "municipality": "Kommun"}),
    Name("targeted", Kind.CHOICE, TARGETED, {"completely": "Ja, helt", "partly": "Ja, delvis", "no": "Nej"}),
    Name("target_groups", Kind.CHOICES, GROUPS, {"first": "Första barnet", "other": "Annan målgrupp"}),
    Name("model", Kind.CHOICE, MODEL, YES_NO),
    Name("ensured.regular", Kind.CHOICE, part_of(ENSURED, "… genomförs regelbundet"), YES_NO),
    Name("ensured.two_persons", Kind.CHOICE, part_of(ENSURED, TWO_PERSONS), YES_NO),
    Name("ensured.adapted", Kind.CHOICE, part_of(ENSURED, ADAPTED), YES_NO),
    Name("place", Kind.CHOICE, "Plats i programmet", {"ordinary": "Ordinarie", "extra": "Extra"}),
    Name("professions", Kind.CHOICES, "Yrkesgrupper", {"nurse": "Sjuksköterska", "social": "Socialtjänst"}),
    Name("codes", Kind.CHOICES, "KVÅ-koder"),
)
SCOPE = {name.id: name for name in NAMES}


def clause(text: str, *, for_columns: bool = False) -> str:
    return read_rule(text, SCOPE, expects="condition", where="", for_columns=for_columns).sentence()


def expression(text: str) -> str:
    return read_rule(text, SCOPE, expects="number", where="").sentence()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("unused > 0", "Visas när ”Oanvänt statsbidrag” är större än 0."),
        ("recipient_kind is municipality", "Visas när svaret på ”Typ av bidragsmottagare” är ”Kommun”."),
        (
            "targeted in (partly, no)",
            "Visas när svaret på ”Har ni riktat era utökade hembesöksprogram till områden där utanförskapet är stort” "
            "är ”Ja, delvis” eller ”Nej”.",
        ),
        (
            "target_groups has other",
            "Visas när ”Annan målgrupp” är valt i ”Vilka av följande målgrupper har ni prioriterat när ni har erbjudit "
            "utökade hembesök under 2025”.",
        ),
        ("model is yes", "Visas när svaret på ”Har ni arbetat utifrån någon etablerad hembesöksmodell” är ”Ja”."),
        (
            "ensured.regular is no",
            "Visas när svaret på ”Har ni kunnat säkerställa att de utökade hembesöken…” – ”genomförs regelbundet” "
            "är ”Nej”.",
        ),
        (
            "ensured.two_persons is no",
            "Visas när svaret på ”Har ni kunnat säkerställa att de utökade hembesöken…” – ”genomförs av minst två "
            "personer, varav en sjuksköterska från barnhälsovården och en person från socialtjänstens verksamhet” "
            "är ”Nej”.",
        ),
        (
            "ensured.adapted is no",
            "Visas när svaret på ”Har ni kunnat säkerställa att de utökade hembesöken…” – ”genomförs med ett "
            "situationsanpassat arbetssätt och utgår från den enskilda familjens behov” är ”Nej”.",
        ),
    ],
)
def test_a_question_says_when_it_is_shown(text: str, sentence: str) -> None:
    assert shown_when(read_rule(text, SCOPE, expects="condition", where="")) == sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("used = 0", "”Använt belopp” är 0"),
        ("used <> 0", "”Använt belopp” inte är 0"),
        ("used < 20000", "”Använt belopp” är mindre än 20 000"),
        ("used <= 2.5", "”Använt belopp” är högst 2,5"),
        ("used >= -3", "”Använt belopp” är minst −3"),
        ("0 < used", "”Använt belopp” är större än 0"),
        ("5 >= used", "”Använt belopp” är högst 5"),
        ("used = received", "”Använt belopp” är lika stort som ”Mottaget statsbidrag”"),
        ("used <> received", "”Använt belopp” inte är lika stort som ”Mottaget statsbidrag”"),
        ("used <= received", "”Använt belopp” är högst lika stort som ”Mottaget statsbidrag”"),
        ("used >= received * 2", "”Använt belopp” är minst lika stort som ”Mottaget statsbidrag” gånger 2"),
        ("families >= 1", "svaret på ”Hur många familjer fick besök” är minst 1"),
        ("not used > 0", "”Använt belopp” inte är större än 0"),
        ("not used <> 0", "”Använt belopp” är 0"),
        ("count(professions) = 1", "antalet valda alternativ i ”Yrkesgrupper” är 1"),
        ("place is not extra", "svaret på ”Plats i programmet” inte är ”Extra”"),
        ("not place in (ordinary, extra)", "svaret på ”Plats i programmet” varken är ”Ordinarie” eller ”Extra”"),
        ("not professions has nurse", "”Sjuksköterska” inte är valt i ”Yrkesgrupper”"),
        ("not not professions has nurse", "”Sjuksköterska” är valt i ”Yrkesgrupper”"),
    ],
)
def test_each_comparison_is_said_in_plain_swedish(text: str, said: str) -> None:
    assert clause(text).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("received - used", "”Mottaget statsbidrag” minus ”Använt belopp”"),
        ("received - (used - unused)", "”Mottaget statsbidrag” minus (”Använt belopp” minus ”Oanvänt statsbidrag”)"),
        ("(received - used) * 2", "(”Mottaget statsbidrag” minus ”Använt belopp”) gånger 2"),
        (
            "round(unused / received * 100, 1)",
            "(”Oanvänt statsbidrag” delat med ”Mottaget statsbidrag” gånger 100) avrundat till en decimal",
        ),
        ("round(used, 0)", "”Använt belopp” avrundat till heltal"),
        ("1 + round(used, 2)", "1 plus (”Använt belopp” avrundat till två decimaler)"),
    ],
)
def test_a_computed_number_is_said_as_one_would_read_it_aloud(text: str, said: str) -> None:
    assert expression(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("used > 1 and used > 2 and used > 3", "A, B och C"),
        ("used > 1 or used > 2 or used > 3", "A, B eller C"),
        ("used > 1 and (used > 2 or used > 3)", "A och antingen B eller C"),
        ("(used > 1 or used > 2) and used > 3", "antingen A eller B, och C"),
        ("used > 1 or used > 2 and used > 3", "A eller både B och C"),
        ("used > 1 and used > 2 or used > 3", "både A och B, eller C"),
        ("not (used > 1 and used > 2)", "inte både A och B"),
        ("not (used > 1 or used > 2)", "varken A eller B"),
        ("used > 1 and not (used > 2 or not used > 3)", "A och varken B eller inte C"),
    ],
)
def test_joined_conditions_keep_together_what_belongs_together(text: str, said: str) -> None:
    heard = clause(text).replace("”Använt belopp” inte är större än 3", "inte C")
    for figure, letter in (("1", "A"), ("2", "B"), ("3", "C")):
        heard = heard.replace(f"”Använt belopp” är större än {figure}", letter)
    assert heard == said


def test_a_choice_of_several_options_is_shut_off_by_a_comma() -> None:
    assert clause("place in (ordinary, extra) and used > 0") == (
        "svaret på ”Plats i programmet” är ”Ordinarie” eller ”Extra”, och ”Använt belopp” är större än 0"
    )


def test_no_sentence_stands_for_two_rules_that_differ() -> None:
    """Every rule over three questions, two levels deep; those that are said alike must come to the same."""
    scope = {id: Name(id, Kind.CHOICE, id.upper(), YES_NO) for id in "abc"}
    leaves = [Is(id, ("yes",)) for id in scope]
    joined = [join(parts) for join in (And, Or) for parts in product(leaves, repeat=2)]
    level = [*leaves, *joined, *map(Not, leaves), *map(Not, joined)]
    together = [*product(level, level), *product(level, leaves[:1], level)]
    rules = [*level, *(join(parts) for join in (And, Or) for parts in together)]
    known = [dict(zip(scope, row, strict=True)) for row in product(("yes", "no", None), repeat=3)]

    meanings: dict[str, set[tuple[bool | None, ...]]] = {}
    for rule in rules:
        said = Speech(scope, of_columns=False).say(rule)
        meanings.setdefault(said, set()).add(tuple(truth(rule)(answers) for answers in known))
    assert len(meanings) > 6_000
    assert [said for said, different in meanings.items() if len(different) > 1] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("codes has ZV509", "”ZV509” finns i ”KVÅ-koder”"),
        ("not codes has ZV509", "”ZV509” inte finns i ”KVÅ-koder”"),
        (
            "professions has social and place is extra",
            "”Socialtjänst” finns i ”Yrkesgrupper” och ”Plats i programmet” är ”Extra”",
        ),
        ("count(codes) > 1", "antalet värden i ”KVÅ-koder” är större än 1"),
    ],
)
def test_a_rule_over_visits_does_not_speak_of_answers(text: str, said: str) -> None:
    assert clause(text, for_columns=True) == said


def test_labels_are_quoted_without_the_marks_of_the_form() -> None:
    assert clause("visits > 0") == "”Antal genomförda utökade hembesök” är större än 0"
    assert part_of("Har ni samverkat?", "Ja, med så här många:") == "”Har ni samverkat” – ”Ja, med så här många”"
