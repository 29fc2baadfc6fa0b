"""Prices, billing and the account, each asked for with the official Python SDK of its service."""

from alibabacloud_bssopenapi20171214 import models as bss
from alibabacloud_bssopenapi20171214.client import Client as BssClient
from alibabacloud_cloudcontrol20220830 import models as cloud_control
from alibabacloud_cloudcontrol20220830.client import Client as CloudControlClient
from alibabacloud_sts20150401 import models as sts
from alibabacloud_sts20150401.client import Client as StsClient
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.utils_models import Config, OpenApiRequest, Params
from darabonba.runtime import RuntimeOptions

from servers import KEY, SECRET

ORDER = {
    "chargeType": "PREPAY",
    "components": [{"code": "searcherdocsize", "value": "200"}],
    "order": {"autoRenew": False, "duration": 1, "pricingCycle": "Month"},
}


class Prices:
    """The three services at one endpoint."""

    def __init__(self, endpoint, algorithm=None, **changes):
        settings = {"access_key_id": KEY, "access_key_secret": SECRET, **changes}
        if algorithm:
            settings["signature_algorithm"] = algorithm
        config = Config(endpoint=endpoint, protocol="http", **settings)
        self.cloud_control = CloudControlClient(config)
        self.bss = BssClient(config)
        self.sts = StsClient(config)

    def quote(self, parameters, name="CreateInstance"):
        body = {
            "popCode": "searchengine",
            "popVersion": "2021-10-25",
            "apiName": name,
            "parameters": parameters,
            "language": "en",
        }
        request = cloud_control.GetApiPriceRequest(body=body)
        return self.cloud_control.get_api_price(request).body.to_map()

    def supported(self, token=None):
        request = cloud_control.ListSupportedPricingApisRequest(max_results=10, next_token=token)
        return self.cloud_control.list_supported_pricing_apis(request).body

    def products(self, page):
        request = bss.QueryProductListRequest(page_num=page, page_size=5, query_total_count=True)
        return self.bss.query_product_list(request).body.data

    def products_by_form(self):
        """The same as a form, in which older SDKs send all parameters."""
        params = Params(
            action="QueryProductList",
            version="2017-12-14",
            protocol="HTTP",
            pathname="/",
            method="POST",
            auth_type="AK",
            style="RPC",
            req_body_type="formData",
            body_type="json",
        )
        request = OpenApiRequest(body={"PageNum": 2, "PageSize": 5})
        return self.bss.call_api(params, request, RuntimeOptions())["body"]["Data"]

    def modules(self, code, product_type):
        request = bss.DescribePricingModuleRequest(
            product_code=code, product_type=product_type, subscription_type="Subscription"
        )
        return self.bss.describe_pricing_module(request).body


def prices(endpoint, fault, algorithm):
    """Asks for everything; names each step that went well."""
    services = Prices(endpoint, algorithm)

    month = services.quote(ORDER)
    price = month["price"]
    assert (month["success"], month["code"], price["currency"]) == (True, "Success", "CNY")
    assert price["totalAmount"] == 522.4 and price["billingUnit"] == "1 Month"
    modules = price["priceSummary"]["modules"]
    assert round(sum(it["costAfterDiscount"] for it in modules), 2) == price["totalAmount"]
    year = services.quote({**ORDER, "order": {"duration": 1, "pricingCycle": "Year"}})["price"]
    assert 11 * price["totalAmount"] > year["totalAmount"] > 10 * price["totalAmount"]
    assert round(year["originalAmount"] - year["discountAmount"], 2) == year["totalAmount"]
    yield "GetApiPrice, priced"

    by_usage = [{"code": "sample-data-spec", "value": "16c64g"}]
    price = services.quote({**ORDER, "components": by_usage})["price"]
    assert price["chargeComposition"] == "mixed" and price["usageCharges"][0]["pricePerUnit"] == 0.35
    yield "GetApiPrice, fees by usage"

    unknown = [{"code": "unknown", "value": "1"}]
    for changes, code in (
        ({"components": unknown}, "COMMODITY.INVALID_COMPONENT"),
        ({"chargeType": "POSTPAY"}, "InvalidParameter"),
    ):
        refused = services.quote({**ORDER, **changes})
        assert (refused["success"], refused["code"]) == (False, code) and "price" not in refused
    yield "GetApiPrice, refused"

    assert services.quote(ORDER, "DeleteInstance")["code"] == "PricingNotSupported"
    with fault(operation="GetApiPrice", fault="soft-failure"):
        assert services.quote(ORDER)["message"] == "PRICE.PRICING_PLAN_RESULT_NOT_FOUND"
    with fault(operation="GetApiPrice", fault="refuse", code="NotAuthorized"):
        try:
            services.quote(ORDER)
            raise AssertionError("a quote without permission")
        except ClientException as error:
            assert (error.code, error.status_code) == ("NotAuthorized", 400)
    yield "GetApiPrice, not priced"

    with fault(operation="GetApiPrice", fault="change-price", percent=150):
        assert services.quote(ORDER)["price"]["totalAmount"] == 783.6
    yield "GetApiPrice, another price"

    page = services.supported()
    names = [it.pop_code for it in page.supported_apis]
    while page.next_token:
        assert len(page.supported_apis) == 10
        page = services.supported(page.next_token)
        names += [it.pop_code for it in page.supported_apis]
    assert "searchengine" in names and len(names) > 10
    yield "ListSupportedPricingApis, pages"

    pages = [services.products(number) for number in (1, 2, 3)]
    products = [it for page in pages for it in page.product_list.product]
    assert len(products) == pages[0].total_count and any(it.product_type == "" for it in products)
    by_form = services.products_by_form()["ProductList"]["Product"]
    assert [it["ProductCode"] for it in by_form] == [it.product_code for it in products[5:10]]
    yield "QueryProductList, pages"

    modules = services.modules("sample-havenask", "sample_havenask_pre").data
    first = modules.attribute_list.attribute[0]
    assert (first.code, first.unit) == ("searcherdocsize", "GB")
    assert first.values.attribute_value[0].value == "50-2000:50"
    assert modules.attribute_list.attribute[1].unit is None
    assert modules.module_list.module[0].config_list.config_list == ["searcherdocsize"]
    unknown = services.modules("nothing", "")
    assert (unknown.success, unknown.code) == (False, "ProductNotFind")
    yield "DescribePricingModule"

    balance = services.bss.query_account_balance().body
    assert (balance.code, balance.success) == ("200", True)
    assert "," in balance.data.available_amount
    yield "QueryAccountBalance"

    user = services.sts.get_caller_identity().body
    assert user.identity_type == "RAMUser" and user.account_id in user.arn
    temporary = Prices(endpoint, algorithm, access_key_id=f"STS.{KEY}", security_token="any")
    role = temporary.sts.get_caller_identity().body
    assert (role.identity_type, role.account_id) == ("AssumedRoleUser", user.account_id)
    yield "GetCallerIdentity"

    role = sts.AssumeRoleRequest(
        role_arn="acs:ram::2000000000000002:role/buyer", role_session_name="sdk", duration_seconds=900
    )
    issued = services.sts.assume_role(role).body.credentials
    assumed = Prices(
        endpoint,
        algorithm,
        access_key_id=issued.access_key_id,
        access_key_secret=issued.access_key_secret,
        security_token=issued.security_token,
    )
    caller = assumed.sts.get_caller_identity().body
    assert (caller.account_id, caller.identity_type) == ("2000000000000002", "AssumedRoleUser")
    assert assumed.quote(ORDER)["success"]
    yield "AssumeRole"

    forged = Prices(endpoint, algorithm, access_key_secret="wrong")
    for ask in (lambda: forged.quote(ORDER), forged.bss.query_account_balance):
        try:
            ask()
            raise AssertionError("a forged signature")
        except ClientException as error:
            assert error.code == "SignatureDoesNotMatch"
    yield "A wrong secret"
