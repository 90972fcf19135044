"""PyPI python-alipay-sdk against the sandbox: pays, asks, refunds, asks again. It believes no answer that it cannot verify."""

import json
import os
import urllib.request
from urllib.parse import parse_qsl

from alipay import AliPay
from callbacks import Callbacks

account = json.loads(os.environ["ACCOUNT"])
number = account["number"]

with Callbacks() as callbacks:
    client = AliPay(
        appid=account["appId"],
        app_notify_url=callbacks.url,
        app_private_key_string=account["key"],
        alipay_public_key_string=account["platformKey"],
    )
    client._gateway = f"{account['sandbox']}/alipay/gateway.do"

    # Nothing but what the client asks for: no return_url, no quit_url, no end.
    page = client.api_alipay_trade_wap_pay(subject="西湖龙井 250 克", out_trade_no=number, total_amount=88.8)
    with urllib.request.urlopen(f"{client._gateway}?{page}") as cashier:
        assert "/cashier/" in cashier.url, cashier.url
    assert client.api_alipay_trade_query(out_trade_no=number)["trade_status"] == "WAIT_BUYER_PAY"

    urllib.request.urlopen(urllib.request.Request(f"{account['sandbox']}/control/payments/{number}/pay", method="POST"))
    told = dict(parse_qsl(callbacks.next()[1]))
    sign = told.pop("sign")
    assert told["trade_status"] == "TRADE_SUCCESS" and told["out_trade_no"] == number, told
    assert client.verify(dict(told), sign)
    assert not client.verify({**told, "total_amount": "0.01"}, sign), "a changed callback was believed"

    paid = client.api_alipay_trade_query(out_trade_no=number)
    assert paid["trade_status"] == "TRADE_SUCCESS" and paid["total_amount"] == "88.80", paid
    trade_no = paid["trade_no"]
    assert client.api_alipay_trade_query(trade_no=trade_no)["out_trade_no"] == number

    refunded = client.api_alipay_trade_refund(28.8, trade_no=trade_no, out_request_no=f"R{number}", refund_reason="买错了")
    assert refunded["fund_change"] == "Y" and refunded["refund_fee"] == "28.80", refunded
    told = dict(parse_qsl(callbacks.next()[1]))
    assert client.verify(told, told.pop("sign")) and told["refund_fee"] == "28.80", told
    refund = client.api_alipay_trade_fastpay_refund_query(f"R{number}", trade_no=trade_no)
    assert refund["refund_status"] == "REFUND_SUCCESS" and refund["refund_amount"] == "28.80", refund

print("python-alipay-sdk paid and refunded")
