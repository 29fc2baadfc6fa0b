"""Every refusal reaches the caller of the SDK as the exception that the cloud would cause."""

import pytest
from alibabacloud_searchengine20211025 import models
from alibabacloud_tea_openapi.exceptions import ClientException, ServerException

from purchase import full


def refused(call, kind=ClientException):
    with pytest.raises(kind) as caught:
        call()
    error = caught.value
    assert error.request_id, "the support of the cloud asks for it"
    assert error.request_id in error.message
    return error


def test_wrong_secret(client_of, algorithm):
    client = client_of(signature_algorithm=algorithm, access_key_secret="wrong")
    error = refused(lambda: client.create_instance(full()))
    assert (error.code, error.status_code) == ("SignatureDoesNotMatch", 400)
    assert "server" in error.message


def test_unknown_key(client_of, algorithm):
    client = client_of(signature_algorithm=algorithm, access_key_id="nobody")
    error = refused(lambda: client.create_instance(full()))
    assert (error.code, error.status_code) == ("InvalidAccessKeyId.NotFound", 404)


def test_unknown_instance(client):
    for instance_id in ("ha-cn-unknown", "a b/c+d%é"):
        error = refused(lambda: client.get_instance(instance_id))
        assert (error.code, error.status_code) == ("instance.NotFound", 404)


def test_an_account_that_cannot_pay(client):
    error = refused(lambda: client.create_instance(full(resource_group_id="rg-no-money")))
    assert (error.code, error.status_code) == ("InvalidPayMethod", 400)


def test_a_user_that_may_not_buy(client):
    error = refused(lambda: client.create_instance(full(resource_group_id="rg-forbidden")))
    assert (error.code, error.status_code) == ("Forbidden.RAM", 403)
    assert error.access_denied_detail["AuthAction"] == "searchengine:CreateInstance"


def test_a_service_that_breaks(client):
    call = lambda: client.create_instance(full(resource_group_id="rg-broken"))
    error = refused(call, ServerException)
    assert (error.code, error.status_code) == ("InternalServerError", 500)


def test_pay_as_you_go(client):
    error = refused(lambda: client.create_instance(full(charge_type="POSTPAY", order=None)))
    assert (error.code, error.status_code) == ("InvalidParameter", 400)
    assert "/chargeType" in error.message


def test_a_term_that_is_not_sold(client):
    order = models.CreateInstanceRequestOrder(duration=29, pricing_cycle="Month")
    error = refused(lambda: client.create_instance(full(order=order)))
    assert (error.code, error.status_code) == ("InvalidParameter", 400)
    assert "/order/duration" in error.message


def test_an_operation_that_is_not_there(client):
    error = refused(lambda: client.list_clusters("ha-cn-1"))
    assert (error.code, error.status_code) == ("InvalidApi.NotFound", 404)
