"""An address that no database could look up is answered, not stumbled over."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/?page=%00", "/incidents/1/people/?x=a%00b", "/%00"])
def test_a_nul_in_an_address_is_answered_by_a_page(client, address):
    answer = client.get(address)

    assert answer.status_code == 400
    assert "did not understand" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers
