"""One invented record, in PubMed's layout, with a little of everything that a MEDLINE record may print."""

from __future__ import annotations

import pytest

PROPER = """\
PMID- 90000001
OWN - NLM
STAT- MEDLINE
DCOM- 20310920
LR  - 20310926
IS  - 9990-0011 (Electronic)
IS  - 9990-0012 (Print)
IS  - 9990-0011 (Linking)
VI  - 13
IP  - 4 Suppl 1
DP  - 2031 Apr-Jun
TI  - Willowbark and factor II - a trial of type I and II - disease in otters: what AD -
      and CI - do not mean.
PG  - 978-429
LID - 10.9999/otter.2031.1 [doi]
LID - 978429
AB  - OBJECTIVE: To see whether willowbark (WB) helps; 95% CI - 0.5 to 0.9 was wished
      for. METHODS: Forty otters with AD - that is, airway disease - were followed. IS -
      the scale - was read twice, AU - arbitrary units - once. RESULTS: Relapse was rarer
      (p=0.021). COPD: none was seen. CONCLUSION: It seems so. CLINICAL TRIAL REGISTRATION:
      otters.example, identifier OTT0001.
CI  - Copyright (c) 2031 Lutra, Vidra and Oter.
OAB - Publisher: Abstract available from the publisher.
OABL- fre
FAU - Lutra, Ottilie B 2nd
AU  - Lutra OB 2nd
AUID- ORCID: https://orcid.org/0000-0001-2345-678X
AD  - Department of Rivers, Weir Hospital, Weirton.
AD  - Institute of Holts, Weirton. o.lutra@example.org
FAU - Vidra, Jan
AU  - Vidra J
AD  - Department of Rivers, Weir Hospital, Weirton.
CN  - Otter Study Group
FAU - Oter, An
AU  - Oter A
LA  - eng
LA  - fre
SI  - OtterReg/OTT0001
GR  - R01 OT000001/OT/Otter Institute/Freedonia
GR  - The Holt Foundation
PT  - Journal Article
PT  - Research Support, Non-U.S. Gov't
TT  - Ecorce de saule et loutres.
DEP - 20310402
PL  - Freedonia
TA  - J Otter Med
JT  - Journal of otter medicine
JID - 999999999
RN  - 0 (Salicylates)
RN  - WM0HAQ0OTR (Willowbark (extract))
SB  - IM
CIN - J Otter Med. 2032;14(1):5. doi: 10.9999/otter.2032.5. PMID: 90000002
RIN - J Otter Med. 2033;15(1):6. PMID: 90000003
MH  - Animals
MH  - *Lung Diseases, Interstitial/drug therapy/*mortality
MH  - Otters
PMC - PMC99000001
MID - NIHMS990001
OTO - NOTNLM
OT  - otters
OT  - *willowbark
COIS- The authors declare that no otter paid them.
FIR - Nutria, Coy P
IR  - Nutria CP
IRAD- Weir Hospital, Weirton.
EDAT- 2031/04/03 06:00
MHDA- 2031/09/21 06:00
PMCR- 2031/10/01
CRDT- 2031/04/02 04:21
PHST- 2031/01/26 00:00 [received]
PHST- 2031/04/02 04:21 [entrez]
AID - 10.9999/otter.2031.1 [doi]
AID - otter.2031-1 [pii]
PST - epublish
SO  - J Otter Med. 2031 Apr-Jun;13(4 Suppl 1):978-429. doi: 10.9999/otter.2031.1.
"""


@pytest.fixture
def proper() -> str:
    return PROPER


@pytest.fixture
def flat() -> str:
    return " ".join(PROPER.split())
