"""Address labels, packing slips and pull lists as PDF, exact to the millimetre. Does not need the application."""

from labels.address_labels import AddressLabel, print_addresses
from labels.calibration import print_ruler, print_window_ruler
from labels.calibration_readings import Cause, UnlikelyScale, possible_error, profile_from_ruler
from labels.documents import Document, Section, print_document
from labels.pdf.printable_text import clean, missing_glyphs
from labels.posting_sheets import PostingParcel, PostingSheet, PostingStep, print_posting_sheet
from labels.printer_profiles import EXACT, PrinterProfile, load_profile, save_profile
from labels.pull_lists import PullEntry, PullLine, PullList, print_pull_list
from labels.refusals import (
    BadLetterhead,
    BadProfile,
    BadReference,
    BadWindow,
    EmptyPile,
    ImpossibleSheet,
    LabelsRefused,
    NoGlyph,
    NoRoomForBarcode,
    NoSuchPosition,
    NothingToPrint,
    Refusal,
    Report,
    TooLong,
    UnknownSheet,
    Unprintable,
)
from labels.sheets import DEFAULT, SHEETS, Box, LabelSheet, get_sheet, roll
from labels.slips.letterhead import LETTERHEAD, WINDOW, Letterhead
from labels.slips.printing import print_slips
from labels.slips.slip import DropOff, Slip, SlipLine

__all__ = [
    "DEFAULT",
    "EXACT",
    "LETTERHEAD",
    "SHEETS",
    "WINDOW",
    "AddressLabel",
    "BadLetterhead",
    "BadProfile",
    "BadReference",
    "BadWindow",
    "Box",
    "Cause",
    "Document",
    "DropOff",
    "EmptyPile",
    "ImpossibleSheet",
    "LabelSheet",
    "LabelsRefused",
    "Letterhead",
    "NoGlyph",
    "NoRoomForBarcode",
    "NoSuchPosition",
    "NothingToPrint",
    "PostingParcel",
    "PostingSheet",
    "PostingStep",
    "PrinterProfile",
    "PullEntry",
    "PullLine",
    "PullList",
    "Refusal",
    "Report",
    "Section",
    "Slip",
    "SlipLine",
    "TooLong",
    "UnknownSheet",
    "UnlikelyScale",
    "Unprintable",
    "clean",
    "get_sheet",
    "load_profile",
    "missing_glyphs",
    "possible_error",
    "print_addresses",
    "print_document",
    "print_posting_sheet",
    "print_pull_list",
    "print_ruler",
    "print_slips",
    "print_window_ruler",
    "profile_from_ruler",
    "roll",
    "save_profile",
]
