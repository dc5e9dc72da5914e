"""The words of Publication 28 and what they are shortened to. Pure."""

# Appendix C1: the standard abbreviation, then what people write for it.
_SUFFIXES = """
ALY alley allee ally aly|ANX anex annex annx anx|ARC arcade arc|AVE avenue av ave aven avenu avn avnue
BYU bayou bayoo|BCH beach bch|BND bend bnd|BLF bluff bluf blf|BLFS bluffs|BTM bottom bot bottm btm
BLVD boulevard boul boulv blvd|BR branch brnch br|BRG bridge brdge brg|BRK brook brk|BRKS brooks
BYP bypass bypa bypas byps byp|CP camp cmp cp|CYN canyon canyn cnyn cyn|CPE cape cpe
CSWY causeway causwa cswy|CTR center cent centr centre cnter cntr ctr|CTRS centers
CIR circle circ circl crcl crcle cir|CIRS circles|CLF cliff clf|CLFS cliffs clfs|CLB club clb
CMN common|CMNS commons|COR corner cor|CORS corners cors|CRSE course crse|CT court ct|CTS courts cts
CV cove cv|CVS coves|CRK creek crk|CRES crescent crsent crsnt cres|CRST crest|XING crossing crssng xing
XRD crossroad|XRDS crossroads|CURV curve|DL dale dl|DM dam dm|DV divide div dvd dv
DR drive driv drv dr|DRS drives|EST estate est|ESTS estates ests
EXPY expressway exp expr express expw expy|EXT extension extn extnsn ext|EXTS extensions|FALL fall
FLS falls fls|FRY ferry frry fry|FLD field fld|FLDS fields flds|FLT flat flt|FLTS flats flts
FRD ford frd|FRDS fords|FRST forest forests frst|FRG forge forg frg|FRK fork frk|FRKS forks frks
FT fort frt ft|FWY freeway freewy frway frwy fwy|GDN garden gardn grden grdn gdn
GDNS gardens grdns gdns|GTWY gateway gatewy gatway gtway gtwy|GLN glen gln|GLNS glens|GRN green grn
GRNS greens|GRV grove grov grv|GRVS groves|HBR harbor harb harbr hrbor hbr|HBRS harbors|HVN haven hvn
HTS heights ht hts|HWY highway highwy hiway hiwy hway hwy|HL hill hl|HLS hills hls|HOLW hollow hllw hollows holws holw
INLT inlet inlt|IS island islnd is|ISS islands islnds iss|ISLE isle isles|JCT junction jction jctn junctn juncton jct
JCTS junctions jctns jcts|KY key ky|KYS keys kys|KNL knoll knol knl|KNLS knolls knls|LK lake lk|LKS lakes lks
LAND land|LNDG landing lndng lndg|LN lane ln|LGT light lgt|LGTS lights|LF loaf lf|LCK lock lck
LCKS locks lcks|LDG lodge ldge lodg ldg|LOOP loop loops|MALL mall|MNR manor mnr|MNRS manors mnrs
MDW meadow|MDWS meadows mdw mdws medows|MEWS mews|ML mill|MLS mills|MSN mission missn mssn|MTWY motorway
MT mount mnt mt|MTN mountain mntain mntn mountin mtin mtn|MTNS mountains mntns|NCK neck nck
ORCH orchard orchrd orch|OVAL oval ovl|OPAS overpass|PARK park prk|PARK parks|PKWY parkway parkwy pkway pky pkwy
PKWY parkways pkwys|PASS pass|PSGE passage|PATH path paths|PIKE pike pikes|PNE pine|PNES pines pnes
PL place pl|PLN plain pln|PLNS plains plns|PLZ plaza plza plz|PT point pt|PTS points pts|PRT port prt
PRTS ports prts|PR prairie prr pr|RADL radial rad radiel radl|RAMP ramp|RNCH ranch ranches rnchs rnch
RPD rapid rpd|RPDS rapids rpds|RST rest rst|RDG ridge rdge rdg|RDGS ridges rdgs|RIV river rvr rivr riv
RD road rd|RDS roads rds|RTE route|ROW row|RUE rue|RUN run|SHL shoal shl|SHLS shoals shls
SHR shore shoar shr|SHRS shores shoars shrs|SKWY skyway|SPG spring spng sprng spg
SPGS springs spngs sprngs spgs|SPUR spur spurs|SQ square sqr sqre squ sq|SQS squares sqrs
STA station statn stn sta|STRA stravenue strav straven stravn strvn strvnue stra
STRM stream streme strm|ST street strt str st|STS streets|SMT summit sumit sumitt smt
TER terrace terr ter|TRWY throughway|TRCE trace traces trce|TRAK track tracks trk trks trak
TRFY trafficway|TRL trail trails trls trl|TRLR trailer trlrs trlr|TUNL tunnel tunel tunls tunnels tunnl tunl
TPKE turnpike trnpk turnpk tpke|UPAS underpass|UN union un|UNS unions|VLY valley vally vlly vly
VLYS valleys vlys|VIA viaduct vdct viadct via|VW view vw|VWS views vws
VLG village vill villag villg villiage vlg|VLGS villages vlgs|VL ville vl|VIS vista vist vst vsta vis
WALK walk walks|WALL wall|WAY way wy|WAYS ways|WL well|WLS wells wls
"""
# Appendix C2; those marked * stand without a number.
_UNITS = """
APT apartment apt apto apartamento|BSMT* basement bsmt|BLDG building bldg edificio edif|DEPT department dept
FL floor fl piso|FRNT* front frnt|HNGR hanger hangar hngr|KEY key|LBBY* lobby lbby|LOT lot|LOWR* lower lowr
OFC* office ofc oficina|PH* penthouse ph|PIER pier|REAR* rear|RM room rm|SIDE* side|SLIP slip|SPC space spc
STOP stop|STE suite ste|TRLR trailer trlr|UNIT unit unidad|UPPR* upper uppr
"""
_DIRECTIONS = """
N north norte n|S south sur s|E east este e|W west oeste w|NE northeast ne|NW northwest nw|SE southeast se
SW southwest sw
"""


def _table(text: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in text.replace("\n", "|").split("|"):
        standard, *written = entry.split() or [""]
        table |= {word.upper(): standard for word in written if word.upper() not in table}
    return table


SUFFIXES = _table(_SUFFIXES)
_UNIT_TABLE = _table(_UNITS)
UNITS = {word: standard.rstrip("*") for word, standard in _UNIT_TABLE.items()}
UNITS_ALONE = frozenset(one.rstrip("*") for one in _UNIT_TABLE.values() if one.endswith("*"))
DIRECTIONS = _table(_DIRECTIONS)
URBANIZATION = frozenset({"URB", "URBANIZACION", "URBANIZACIÓN"})
MILITARY_UNITS = frozenset({"UNIT", "PSC", "CMR"})
MILITARY_CITIES = frozenset({"APO", "FPO", "DPO"})
MILITARY_STATES = frozenset({"AA", "AE", "AP"})
UNDELIVERABLE = frozenset(
    {
        *("NFA", "NO FIXED ADDRESS", "NO FIXED ABODE", "NO ADDRESS", "HOMELESS", "UNHOUSED"),
        *("TRANSIENT", "UNKNOWN", "RELEASED", "NONE", "N/A", "NA", "SIN DOMICILIO"),
        *("SIN DOMICILIO FIJO", "SIN HOGAR"),
    }
)
