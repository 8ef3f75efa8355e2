"""Tables that the tests of plain commands share: BCG vaccine trials (Colditz 1994) and an invented rare event."""

from __future__ import annotations

BCG = """study,ai,n1i,ci,n2i,latitude,year,allocation
Aronson 1948,4,123,11,139,44,1948,random
Ferguson 1949,6,306,29,303,55,1949,random
Rosenthal 1960,3,231,11,220,42,1960,random
Hart 1977,62,13598,248,12867,52,1977,random
Frimodt-Moller 1973,33,5069,47,5808,13,1973,alternate
Stein 1953,180,1541,372,1451,44,1953,alternate
Vandiviere 1973,8,2545,10,629,19,1973,random
TPT Madras 1980,505,88391,499,88391,13,1980,random
Coetzee 1968,29,7499,45,7277,27,1968,random
Rosenthal 1961,17,1716,65,1665,42,1961,systematic
Comstock 1974,186,50634,141,27338,18,1974,systematic
Comstock 1969,5,2498,3,2341,33,1969,systematic
Comstock 1976,27,16913,29,17854,33,1976,systematic
"""

RARE = """study,ai,n1i,ci,n2i
One,0,52,3,50
Two,1,110,4,108
Three,2,75,2,77
Four,0,40,0,41
Five,1,200,6,195
"""

RESPONSE = """study,xi,ni
A,12,24
B,9,31
C,17,40
D,5,18
E,22,37
"""
