// Calls WeChat's own cashier with what the page was given. What the bridge answers decides where to look, never whether the order is paid.
const page = document.querySelector("[data-wechat-pay]");
const show = (state) => {
  for (const part of page.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
};
const silent = setTimeout(() => show("silent"), 10_000);

function call() {
  clearTimeout(silent);
  show("calling");
  WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(page.dataset.wechatPay), ({ err_msg: said }) => {
    if (said === "get_brand_wcpay_request:ok") location.replace(page.dataset.paid);
    else if (said === "get_brand_wcpay_request:cancel") location.replace(page.dataset.cancelled);
    else show("failed");
  });
}

show("calling");
if (window.WeixinJSBridge) call();
else document.addEventListener("WeixinJSBridgeReady", call, { once: true });
