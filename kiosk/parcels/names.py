"""Names of people: masked as on a privacy waybill."""


def mask_name(name: str) -> str:
    """`张*`, `Z**** S**`: of each word its first character (GB/T 41833-2022 hides at least one; we hide the rest)."""
    return " ".join(word[0] + "*" * max(1, len(word) - 1) for word in name.split())
