"""Common given and family names by language, from which invented people are drawn. Pure."""

from typing import NamedTuple


class Names(NamedTuple):
    """Names of one language, the nationalities that go with it, and a second script."""

    nationalities: tuple[str, ...]
    language: str
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    native: dict[str, str]
    has_two_surnames: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SPANISH = Names(
    _words("Cuba Venezuela Honduras Guatemala Nicaragua Colombia Ecuador Peru Mexico"),
    "Spanish",
    _words("María Ana Rosa Carmen Lucía Elena Gloria Marta Juana Teresa Isabel Daniela Yolanda Norma Silvia Paola Andrea Karla Iris Doris"),
    _words("José Juan Luis Carlos Jorge Pedro Miguel Ángel Rafael Óscar Víctor Mario Héctor Julio Raúl Wilmer Edgar Nelson Darwin Elmer"),
    _words("García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Flores Rivera Gómez Díaz Reyes Morales Cruz Ortiz Gutiérrez Chávez Ramos Mendoza Ruiz Álvarez Castillo Romero Vásquez Aguilar Mejía Pineda Zelaya Orellana Alvarado Figueroa Paredes"),
    {},
    has_two_surnames=True,
)  # fmt: skip
RUSSIAN = Names(
    ("Russia", "Kyrgyzstan", "Kazakhstan"), "Russian",
    _words("Anna Elena Olga Natalia Irina Tatiana Svetlana Marina Ekaterina Yulia"),
    _words("Aleksandr Dmitry Sergei Andrei Aleksei Ivan Nikolai Mikhail Pavel Viktor"),
    _words("Ivanov Petrov Sidorov Smirnov Kuznetsov Popov Volkov Sokolov Lebedev Morozov Novikov Fedorov Orlov Zaitsev Pavlov"),
    {
        "Anna": "Анна", "Elena": "Елена", "Olga": "Ольга", "Ivan": "Иван", "Pavel": "Павел", "Viktor": "Виктор", "Sergei": "Сергей", "Andrei": "Андрей",
        "Ivanov": "Иванов", "Petrov": "Петров", "Smirnov": "Смирнов", "Kuznetsov": "Кузнецов", "Popov": "Попов", "Volkov": "Волков", "Orlov": "Орлов", "Pavlov": "Павлов",
    },
)  # fmt: skip
ARABIC = Names(
    ("Egypt", "Syria", "Yemen", "Iraq", "Mauritania"), "Arabic",
    _words("Fatima Aisha Maryam Zainab Khadija Amina Huda Salma Noor Layla"),
    _words("Mohammed Ahmed Ali Hassan Hussein Omar Khaled Ibrahim Yusuf Mahmoud Abdullah Mustafa"),
    _words("Hassan Ali Ahmed Ibrahim Khalil Mansour Saleh Haddad Najjar Nasser Farouk Aziz Rahman Hamdan"),
    {
        "Mohammed": "محمد", "Ahmed": "أحمد", "Ali": "علي", "Hassan": "حسن", "Omar": "عمر", "Khaled": "خالد", "Fatima": "فاطمة", "Maryam": "مريم",
        "Ibrahim": "إبراهيم", "Khalil": "خليل", "Mansour": "منصور", "Saleh": "صالح", "Nasser": "ناصر",
    },
)  # fmt: skip
CHINESE = Names(
    ("China",), "Chinese",
    _words("Wei Fang Na Xiuying Min Jing Li Yan Juan Xia"),
    _words("Wei Qiang Lei Jun Yang Yong Jie Tao Ming Chao Gang Peng"),
    _words("Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo"),
    {
        "Wang": "王", "Li": "李", "Zhang": "张", "Liu": "刘", "Chen": "陈", "Zhao": "赵", "Huang": "黄", "Zhou": "周", "Lin": "林",
        "Wei": "伟", "Qiang": "强", "Lei": "磊", "Jun": "军", "Fang": "芳", "Min": "敏", "Jing": "静", "Ming": "明", "Tao": "涛",
    },
)  # fmt: skip
HAITIAN = Names(
    ("Haiti",), "Haitian Creole",
    _words("Marie Rose Guerline Nadège Mirlande Fabienne Islande Rosemène Carline Ketty"),
    _words("Jean Pierre Joseph Jacques Wilner Frantz Jimmy Evens Ronald Dieuseul Woodly"),
    _words("Jean Pierre Joseph Louis Charles François Étienne Baptiste Augustin Michel Desir Toussaint Saint-Louis"),
    {},
)  # fmt: skip
PUNJABI = Names(
    ("India",),
    "Punjabi",
    _words("Simran Harpreet Jasleen Manpreet Gurleen Navdeep Kiran Rajwinder"),
    _words("Gurpreet Harjit Manjit Sukhdev Amrit Balwinder Jaspal Ranjit Kuldeep"),
    _words("Singh Kaur Sandhu Gill Dhillon Sidhu Grewal Brar"),
    {},
)
AMHARIC = Names(
    ("Ethiopia", "Eritrea"),
    "Amharic",
    _words("Almaz Tigist Hana Meron Selam Bethlehem Rahel Aster"),
    _words("Abebe Kebede Tesfaye Dawit Yonas Haile Girma Bekele Solomon"),
    _words("Abebe Bekele Tesfaye Haile Girma Alemu Mekonnen Tadesse Desta Worku"),
    {},
)
TURKISH = Names(
    ("Turkey",),
    "Turkish",
    _words("Ayşe Fatma Emine Zeynep Elif Hatice Sultan Gülsüm"),
    _words("Mehmet Mustafa Ahmet Ali Hüseyin İbrahim Murat Ömer"),
    _words("Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan"),
    {},
)
PORTUGUESE = Names(
    ("Brazil", "Angola"),
    "Portuguese",
    _words("Ana Maria Francisca Antônia Adriana Juliana Márcia Fernanda"),
    _words("João Antônio Francisco Carlos Paulo Pedro Lucas Marcos Rafael"),
    _words("Silva Santos Oliveira Souza Lima Pereira Ferreira Costa Rodrigues Almeida"),
    {},
)

# Shares of a list, roughly as many people cross a border from where each is spoken.
SHARES = (
    *((SPANISH, 58), (RUSSIAN, 8), (ARABIC, 6), (CHINESE, 7), (HAITIAN, 6)),
    *((PUNJABI, 5), (AMHARIC, 3), (TURKISH, 4), (PORTUGUESE, 3)),
)
