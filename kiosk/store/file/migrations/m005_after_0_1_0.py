"""Schema 5: beside a waybill as it was read, the one number of the parcel, whichever of its barcodes is read."""

STEPS = (
    "ALTER TABLE parcels ADD COLUMN canonical TEXT",
    "ALTER TABLE parcels ADD COLUMN second_canonical TEXT",
    "UPDATE parcels SET canonical = canonical_number(waybill), second_canonical = canonical_number(second_waybill)",
    "DROP INDEX parcels_by_waybill",
    "DROP INDEX parcels_by_second_waybill",
    "CREATE INDEX parcels_by_canonical ON parcels (canonical)",
    "CREATE INDEX parcels_by_second_canonical ON parcels (second_canonical) WHERE second_canonical IS NOT NULL",
)
