"""Chinese surnames as Mandarin, Cantonese, Hokkien and older romanisations write them. Pure.

Each line is one surname (or several that share a romanisation) in Hanyu Pinyin, then in
Wade-Giles, Jyutping-like Hong Kong and South-East Asian spellings. Sources: ISO 7098:2015, the
Hong Kong Government Cantonese Romanisation, and the Wade-Giles tables of the Library of Congress.
"""

FAMILIES = """
chen chan tan chin tran
wang huang wong ong hwang vuong hoang
li lee ly
zhang chang cheung teo
liu lau liew
lin lam lim
wu ng goh ngo
zhou chow chou chu zhu
zheng cheng cheang teh tay
xie hsieh tse cheah
yang yeung yong duong
liang leung leong luong
xu hsu hui koh tsui
cai tsai choi chua
guo kuo kwok quek
he ho
zhao chao chiu
sun suen
ma mah
luo lo law
song sung
gao kao ko
deng teng tang
feng fung
xiao hsiao siu
zeng tseng tsang
peng pang
pan poon phua
jiang chiang keung kiang
qiu chiu yau
cui tsui
ye yeh yip yap
su so soh
lu loo luk
shen shum sim
zhong chung
qu chu
"""
FIRST = {
    spelling: line.split()[0]
    for line in reversed(FAMILIES.strip().splitlines())
    for spelling in line.split()
}
