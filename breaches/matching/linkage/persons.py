"""Counting the people of a file that has some of them several times. Pure.

Chance agreement is between strangers. In a file that writes everybody four times most equal
values are of one person, and counted row by row nothing would look rare; so what surely belongs
together is counted once.
"""

from dataclasses import replace

import numpy as np

from breaches.matching.linkage import competition
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.frequencies import frequencies
from breaches.matching.linkage.index import stratum_of
from breaches.matching.linkage.linked import Linked

SURE = 0.95


def counted(files: Files, found: Linked) -> Files:
    """Return one file with its values counted by the people that were found in it."""
    kept = found.posterior >= SURE
    joined = competition.entities(found.rows[kept], found.others[kept])
    persons = competition.renamed(np.arange(len(files.left)), joined)
    index = files.index
    stratum = stratum_of(index.mapping)
    by_person = frequencies(index.side, index.names.table, stratum, persons)
    again = replace(index, counted=by_person, persons=persons)
    return Files(again.side, again)
