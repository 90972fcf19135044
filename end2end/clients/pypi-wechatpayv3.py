"""PyPI wechatpayv3 against the sandbox: pays, asks, refunds, asks again. It believes no answer that it cannot verify."""

import json
import os
import urllib.request

from callbacks import Callbacks
from wechatpayv3 import WeChatPay, WeChatPayType

account = json.loads(os.environ["ACCOUNT"])
number = account["number"]


def read(answer):
    code, text = answer
    assert code == 200, (code, text)
    return json.loads(text)


with Callbacks() as callbacks:
    client = WeChatPay(
        wechatpay_type=WeChatPayType.NATIVE,
        mchid=account["mchid"],
        appid=account["appid"],
        private_key=account["key"],
        cert_serial_no=account["serial"],
        apiv3_key=account["apiV3Key"],
        notify_url=callbacks.url,
        public_key=account["platformKey"],
        public_key_id=account["platformSerial"],
    )
    client._core._gate_way = f"{account['sandbox']}/wechat"

    opened = read(client.pay(description="西湖龙井 250 克", out_trade_no=number, amount={"total": 8880}))
    assert opened["code_url"].startswith("http"), opened
    assert read(client.query(out_trade_no=number))["trade_state"] == "NOTPAY"

    urllib.request.urlopen(urllib.request.Request(f"{account['sandbox']}/control/payments/{number}/pay", method="POST"))
    headers, body = callbacks.next()
    told = client.callback(headers, body)
    assert told["event_type"] == "TRANSACTION.SUCCESS" and told["resource"]["out_trade_no"] == number, told
    assert client.callback(headers, body.replace("SUCCESS", "SUCCES5", 1)) is None, "a changed callback was believed"

    paid = read(client.query(out_trade_no=number))
    assert paid["trade_state"] == "SUCCESS" and paid["amount"]["total"] == 8880, paid
    assert read(client.query(transaction_id=paid["transaction_id"]))["out_trade_no"] == number

    amount = {"refund": 2880, "total": 8880, "currency": "CNY"}
    asked = read(client.refund(out_refund_no=f"R{number}", transaction_id=paid["transaction_id"], amount=amount, reason="买错了"))
    assert asked["out_trade_no"] == number and asked["amount"]["refund"] == 2880, asked
    headers, body = callbacks.next()
    told = client.callback(headers, body)
    assert told["event_type"] == "REFUND.SUCCESS" and told["resource"]["out_refund_no"] == f"R{number}", told
    refund = read(client.query_refund(out_refund_no=f"R{number}"))
    assert refund["status"] == "SUCCESS" and refund["amount"]["refund"] == 2880, refund

print("wechatpayv3 paid and refunded")
