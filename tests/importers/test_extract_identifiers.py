"""NPIs are known by their check digit, MBIs by their shape (rulebook 9.2 and 9.3)."""

import pytest

from ccmlib.importers.identifiers import is_mbi, is_npi


@pytest.mark.parametrize("npi", ["1234567893", "1245319599", "1003000126"])
def test_an_npi_with_the_right_check_digit(npi):
    assert is_npi(npi)


@pytest.mark.parametrize(
    "npi", ["1234567890", "0234567893", "123456789", "3234567893", "12345678931", "１２３４５６７８９３"]
)
def test_an_npi_that_cannot_be_one(npi):
    assert not is_npi(npi)


@pytest.mark.parametrize("mbi", ["1EG4-TE5-MK73", "1eg4te5mk73"])
def test_an_mbi_with_the_right_shape(mbi):
    assert is_mbi(mbi)


@pytest.mark.parametrize("mbi", ["0EG4TE5MK73", "1SG4TE5MK73", "1EG4TE5MK7", "1EG4TE5MK733"])
def test_an_mbi_that_cannot_be_one(mbi):
    assert not is_mbi(mbi)
