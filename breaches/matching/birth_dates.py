"""Birth dates as two lists may disagree on them. Pure."""


def agreement(left: str, right: str) -> str:
    """Return same, near, different, or missing, for two dates as YYYY-MM-DD.

    Near: day and month swapped, one digit other or two exchanged, or two parts of three equal
    with the year within one.
    """
    if not left or not right:
        return "missing"
    if left == right:
        return "same"
    year, month, day = left.split("-")
    if right == f"{year}-{day}-{month}":
        return "near"
    pairs = list(zip(left.replace("-", ""), right.replace("-", ""), strict=True))
    wrong = [(a, b) for a, b in pairs if a != b]
    if len(wrong) == 1 or (len(wrong) == 2 and wrong[0] == wrong[1][::-1]):
        return "near"
    other = right.split("-")
    equal = sum(a == b for a, b in zip((year, month, day), other, strict=True))
    return "near" if equal == 2 and abs(int(year) - int(other[0])) <= 1 else "different"
