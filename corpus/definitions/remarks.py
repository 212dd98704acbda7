"""Words that stand before a colon, or over a box, and mark a remark: "Note", "Example", "Deadline"."""

from corpus.labels import label_key

NO_TERM = frozenset(
    map(
        label_key,
        "note example examples tip tips warning important question answer hint q a e caution exercise "
        "solution input output pros cons advantages disadvantages advantage disadvantage goal result step "
        "reason why how when where who idea intuition remark observation conclusion explanation e.g. i.e. "
        "p.s. edit update todo key takeaway bonus challenge problem date author time duration "
        "objective correct incorrect true false yes no theorem lemma proof corollary proposition claim "
        "definition def defn thm lem cor prop notation exercise decision decided attendees absent present "
        "owner status "
        "deadline due location place participants topic summary tldr default returns usage related "
        "keywords prerequisites requirements credits contact email address rating "
        "verdict setup expected actual fix workaround cause symptom purpose benefit drawback limitation "
        "pro con plus minus before after today yesterday tomorrow monday tuesday wednesday thursday friday "
        "saturday sunday morning evening afternoon agenda minutes info danger see optional required "
        "recommended source assignment homework reading readings room instructor lecturer lastupdated "
        "lastmodified lastreviewed title front back remember reminder avoid".split(),
    )
)
